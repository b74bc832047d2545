#include "listfilterbar.h"

#include "amountchip.h"
#include "flowlayout.h"
#include "recordfilteroptions.h"
#include "searchfield.h"
#include "style.h"
#include "tokens.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr char currencyField[] = "currency";

std::vector<std::string> utf8(const QStringList &texts)
{
    std::vector<std::string> all;
    for (const QString &text : texts)
        all.push_back(text.toStdString());
    return all;
}

qint64 daysSinceEpoch(QDate day)
{
    return QDate(1970, 1, 1).daysTo(day);
}

// The days of a chip as the field stores them.
RecordQuery::Range rangeOf(const Field &field, const DateChip &chip)
{
    RecordQuery::Range range;
    range.field = std::string(field.name);
    if (field.type == FieldType::Date) {
        if (chip.firstDay().isValid())
            range.from = daysSinceEpoch(chip.firstDay());
        if (chip.lastDay().isValid())
            range.before = daysSinceEpoch(chip.lastDay()) + 1;
        return range;
    }
    if (chip.from().isSet())
        range.from = chip.from().ms;
    if (chip.before().isSet())
        range.before = chip.before().ms;
    return range;
}

} // namespace

std::vector<std::string> filterFields(const ListDescription &description)
{
    std::vector<std::string> fields;
    for (const ListDescription::Facet &facet : description.facets)
        fields.emplace_back(facet.field);
    if (!description.amounts.isEmpty())
        fields.emplace_back(currencyField);
    return fields;
}

ListFilterBar::ListFilterBar(const ListDescription &description, const RecordFilterOptions &options,
                             const Clock &clock, bool showPrices, QWidget *parent)
    : QWidget(parent)
    , m_description(description)
    , m_options(options)
    , m_text(new SearchField(Icons::Icon::Filter, tr("Filter"), QStringLiteral("/"), this))
    , m_clear(new QPushButton(tr("Clear all"), this))
    , m_columns(new QPushButton(this))
{
    build(clock, showPrices);
    connect(m_text, &QLineEdit::textChanged, this, &ListFilterBar::note);
    for (ToggleChip *chip : std::as_const(m_toggles)) {
        connect(chip, &QPushButton::clicked, this, [this, chip](bool on) {
            const auto index = m_toggles.indexOf(chip);
            setToggle(on ? m_description.toggles[index].id : QString());
        });
    }
    for (FilterChip *chip : std::as_const(m_facets))
        connect(chip, &FilterChip::chosenChanged, this, &ListFilterBar::note);
    for (DateChip *chip : std::as_const(m_dates))
        connect(chip, &DateChip::spanChanged, this, &ListFilterBar::note);
    for (AmountChip *chip : std::as_const(m_amounts))
        connect(chip, &AmountChip::rangeChanged, this, &ListFilterBar::note);
    connect(m_clear, &QPushButton::clicked, this, &ListFilterBar::clear);
    connect(m_columns, &QPushButton::clicked, this, &ListFilterBar::columnsWanted);
    connect(&options, &RecordFilterOptions::changed, this, &ListFilterBar::takeChoices);
    takeChoices();
}

void ListFilterBar::build(const Clock &clock, bool showPrices)
{
    m_text->setAccessibleName(m_description.filterName);
    m_text->setToolTip(m_description.filterToolTip);
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(112);
    m_text->installEventFilter(this);
    m_clear->setAccessibleName(tr("Clear all filters"));
    setLook(*m_clear, ButtonLook::Quiet);
    m_columns->setIcon(Icons::icon(Icons::Icon::Columns));
    m_columns->setAccessibleName(tr("Choose columns"));
    m_columns->setToolTip(tr("Choose columns"));
    setLook(*m_columns, ButtonLook::Quiet);

    auto *wrapping = new QWidget(this);
    auto *layout = new FlowLayout(Space::unit + 2, wrapping);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(Space::large, Space::small, Space::medium, Space::small);
    outer->setSpacing(Space::unit);
    outer->addWidget(wrapping, 1);
    outer->addWidget(m_columns, 0, Qt::AlignTop);
    const auto add = [layout](auto &chips, auto *chip) {
        chips.append(chip);
        layout->addWidget(chip);
    };
    layout->addWidget(m_text);
    for (const ListDescription::Toggle &toggle : m_description.toggles)
        add(m_toggles, new ToggleChip(toggle.text, this));
    for (const ListDescription::Facet &facet : m_description.facets)
        add(m_facets, new FilterChip(facet.name, this));
    for (const ListDescription::Dates &dates : m_description.dates)
        add(m_dates, new DateChip(dates.name, clock, this, dates.looking));
    if (showPrices) {
        for (const ListDescription::Amounts &amounts : m_description.amounts)
            add(m_amounts, new AmountChip(amounts.name, this));
    }
    layout->addWidget(m_clear);
    m_clear->hide();
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred); // as high as its rows
    policy.setHeightForWidth(true);
    wrapping->setSizePolicy(policy);
    setSizePolicy(policy);
}

QList<Choice> ListFilterBar::choicesOf(const ListDescription::Facet &facet) const
{
    QList<Choice> choices;
    for (const RecordFilterOptions::Option &option : m_options.of(facet.field)) {
        if (!facet.never.contains(option.value))
            choices.append({option.value, option.label, option.count});
    }
    return choices;
}

void ListFilterBar::takeChoices()
{
    for (qsizetype i = 0; i < m_facets.size(); ++i)
        m_facets[i]->setChoices(choicesOf(m_description.facets[i]));
    QList<RecordFilterOptions::Option> currencies = m_options.of(currencyField);
    std::ranges::stable_sort(currencies, std::greater(), &RecordFilterOptions::Option::count);
    QStringList codes;
    for (const RecordFilterOptions::Option &option : std::as_const(currencies))
        codes.append(option.value);
    for (AmountChip *chip : std::as_const(m_amounts))
        chip->setCurrencies(codes);
    if (std::ranges::any_of(m_description.facets, [](const auto &facet) { return !facet.never.isEmpty(); }))
        Q_EMIT changed(); // of something new that occurs there are rows to show
}

// The values that rows of the list have; empty: any.
QStringList ListFilterBar::valuesOf(qsizetype facet) const
{
    const ListDescription::Facet &described = m_description.facets[facet];
    if (const QStringList chosen = m_facets[facet]->chosen(); !chosen.isEmpty() || described.never.isEmpty())
        return chosen;
    QStringList values = described.usual;
    for (const RecordFilterOptions::Option &option : m_options.of(described.field)) {
        if (!described.never.contains(option.value) && !values.contains(option.value))
            values.append(option.value);
    }
    return values;
}

void ListFilterBar::note()
{
    if (m_quiet)
        return;
    m_clear->setVisible(isRestricting());
    Q_EMIT changed();
}

void ListFilterBar::applyTo(RecordQuery &query, Date today) const
{
    query.text = text().toStdString();
    query.anyOf.clear();
    query.ranges.clear();
    query.flags.clear();
    query.fileHere = false;
    for (qsizetype i = 0; i < m_facets.size(); ++i) {
        if (const QStringList values = valuesOf(i); !values.isEmpty())
            query.anyOf.push_back({m_description.facets[i].field, utf8(values)});
    }
    for (qsizetype i = 0; i < m_dates.size(); ++i) {
        const Field *field = m_description.kind->find(m_description.dates[i].field);
        if (field && m_dates[i]->isActive())
            query.ranges.push_back(rangeOf(*field, *m_dates[i]));
    }
    for (qsizetype i = 0; i < m_amounts.size(); ++i) {
        const AmountChip &chip = *m_amounts[i];
        if (chip.currency().isEmpty())
            continue;
        query.anyOf.push_back({currencyField, {chip.currency().toStdString()}});
        RecordQuery::Range range{m_description.amounts[i].field};
        if (chip.least())
            range.from = chip.least()->minor;
        if (chip.most())
            range.before = chip.most()->minor + 1;
        query.ranges.push_back(range);
    }
    query.exactly = false;
    for (qsizetype i = 0; i < m_toggles.size(); ++i) {
        if (m_toggles[i]->isChecked())
            m_description.toggles[i].restrict(query, today);
    }
}

bool ListFilterBar::isRestricting() const
{
    return !descriptions().isEmpty();
}

QStringList ListFilterBar::descriptions() const
{
    QStringList all;
    if (const QString text = m_text->text().trimmed(); !text.isEmpty())
        all.append(tr("“%1”", "text that a filter looks for").arg(text));
    for (const ToggleChip *chip : m_toggles) {
        if (chip->isChecked())
            all.append(chip->text());
    }
    for (const FilterChip *chip : m_facets)
        all.append(chip->description());
    // These say of what in their text.
    for (const DateChip *chip : m_dates)
        all.append(chip->isActive() ? chip->text() : QString());
    for (const AmountChip *chip : m_amounts)
        all.append(chip->isActive() ? chip->text() : QString());
    all.removeAll(QString());
    return all;
}

void ListFilterBar::clear()
{
    m_quiet = true;
    m_text->clear();
    setToggle({});
    for (FilterChip *chip : std::as_const(m_facets))
        chip->setChosen({});
    for (DateChip *chip : std::as_const(m_dates))
        chip->setSpan(DateChip::Span::Any);
    for (AmountChip *chip : std::as_const(m_amounts))
        chip->clear();
    m_quiet = false;
    note();
}

void ListFilterBar::setFacets(const QHash<QString, QStringList> &values)
{
    m_quiet = true;
    for (qsizetype i = 0; i < m_facets.size(); ++i) {
        const QString field = QString::fromLatin1(m_description.facets[i].field);
        if (values.contains(field))
            m_facets[i]->setChosen(values[field]);
    }
    m_quiet = false;
    note();
}

QStringList ListFilterBar::facet(const QString &field) const
{
    for (qsizetype i = 0; i < m_facets.size(); ++i) {
        if (field == QLatin1String(m_description.facets[i].field))
            return m_facets[i]->chosen();
    }
    return {};
}

void ListFilterBar::setToggle(const QString &id)
{
    for (qsizetype i = 0; i < m_toggles.size(); ++i)
        m_toggles[i]->setChecked(!id.isEmpty() && m_description.toggles[i].id == id);
    note();
}

QString ListFilterBar::toggle() const
{
    for (qsizetype i = 0; i < m_toggles.size(); ++i) {
        if (m_toggles[i]->isChecked())
            return m_description.toggles[i].id;
    }
    return {};
}

void ListFilterBar::setDates(const QString &field, QDate first, QDate last)
{
    for (qsizetype i = 0; i < m_dates.size(); ++i) {
        if (field == QLatin1String(m_description.dates[i].field))
            m_dates[i]->setBetween(first, last);
    }
    note();
}

QString ListFilterBar::text() const
{
    return m_text->text().trimmed();
}

void ListFilterBar::focusText()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

bool ListFilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            Q_EMIT leftDownwards();
            return true;
        }
        if (key == Qt::Key_Escape) {
            if (m_text->text().isEmpty())
                Q_EMIT leftDownwards();
            else
                m_text->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Counterfoil
