#include "orderfilterbar.h"

#include "datechip.h"
#include "filterchip.h"
#include "flowlayout.h"
#include "icons.h"
#include "recordfilteroptions.h"
#include "searchfield.h"
#include "style.h"
#include "tokens.h"

#include <QKeyEvent>
#include <QPushButton>

namespace Counterfoil {

namespace {

std::vector<std::string> utf8(const QStringList &texts)
{
    std::vector<std::string> all;
    for (const QString &text : texts)
        all.push_back(text.toStdString());
    return all;
}

QList<Choice> choices(const QList<RecordFilterOptions::Option> &options)
{
    QList<Choice> all;
    for (const RecordFilterOptions::Option &option : options)
        all.append({option.value, option.label, option.count});
    return all;
}

} // namespace

OrderFilterBar::OrderFilterBar(const RecordFilterOptions &options, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_options(options)
    , m_text(new SearchField(Icons::Icon::Filter, tr("Filter"), QStringLiteral("/"), this))
    , m_open(new ToggleChip(tr("Open only"), this))
    , m_status(new FilterChip(tr("Status"), this))
    , m_shipTo(new FilterChip(tr("Ship to"), this))
    , m_origin(new FilterChip(tr("Origin"), this))
    , m_placed(new DateChip(tr("Placed"), clock, this))
    , m_clear(new QPushButton(tr("Clear all"), this))
    , m_columns(new QPushButton(this))
{
    m_text->setAccessibleName(tr("Filter orders by number, PO, item or ship-to"));
    m_text->setToolTip(tr("Number, PO reference, item or ship-to (/)"));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(112);
    m_text->installEventFilter(this);
    m_clear->setAccessibleName(tr("Clear all filters"));
    setLook(*m_clear, ButtonLook::Quiet);
    m_columns->setIcon(Icons::icon(Icons::Icon::Columns));
    m_columns->setAccessibleName(tr("Choose columns"));
    m_columns->setToolTip(tr("Choose columns"));
    setLook(*m_columns, ButtonLook::Quiet);

    auto *layout = new FlowLayout(Space::unit + 2, this);
    layout->setContentsMargins(Space::large, Space::small, Space::medium, Space::small);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_text, m_open, m_status, m_shipTo, m_origin,
                                                            m_placed, m_clear, m_columns})
        layout->addWidget(widget);
    m_clear->hide();
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);

    connect(m_text, &QLineEdit::textChanged, this, &OrderFilterBar::note);
    connect(m_open, &QPushButton::toggled, this, &OrderFilterBar::note);
    for (FilterChip *chip : {m_status, m_shipTo, m_origin})
        connect(chip, &FilterChip::chosenChanged, this, &OrderFilterBar::note);
    connect(m_placed, &DateChip::spanChanged, this, &OrderFilterBar::note);
    connect(m_clear, &QPushButton::clicked, this, &OrderFilterBar::clear);
    connect(m_columns, &QPushButton::clicked, this, &OrderFilterBar::columnsWanted);
    connect(&options, &RecordFilterOptions::changed, this, &OrderFilterBar::takeChoices);
    takeChoices();
}

void OrderFilterBar::takeChoices()
{
    m_status->setChoices(choices(m_options.of("status")));
    m_shipTo->setChoices(choices(m_options.of("shipToName")));
    m_origin->setChoices(choices(m_options.of("origin")));
}

void OrderFilterBar::note()
{
    if (m_clearing)
        return;
    m_clear->setVisible(isRestricting());
    Q_EMIT changed();
}

void OrderFilterBar::applyTo(RecordQuery &query) const
{
    query.text = m_text->text().trimmed().toStdString();
    query.flags.clear();
    if (m_open->isChecked())
        query.flags.push_back({"open", true});
    query.anyOf.clear();
    const auto restrict = [&query](const char *field, const FilterChip &chip) {
        if (const QStringList chosen = chip.chosen(); !chosen.isEmpty())
            query.anyOf.push_back({field, utf8(chosen)});
    };
    restrict("status", *m_status);
    restrict("shipToName", *m_shipTo);
    restrict("origin", *m_origin);
    query.ranges.clear();
    if (m_placed->from().isSet() || m_placed->before().isSet())
        query.ranges.push_back({"placedAt", m_placed->from().ms, m_placed->before().ms});
}

bool OrderFilterBar::isRestricting() const
{
    return !descriptions().isEmpty();
}

QStringList OrderFilterBar::descriptions() const
{
    QStringList all;
    if (const QString text = m_text->text().trimmed(); !text.isEmpty())
        all.append(tr("“%1”", "text that a filter looks for").arg(text));
    if (m_open->isChecked())
        all.append(m_open->text());
    for (const FilterChip *chip : {m_status, m_shipTo, m_origin}) {
        if (const QString description = chip->description(); !description.isEmpty())
            all.append(description);
    }
    if (const QString description = m_placed->description(); !description.isEmpty())
        all.append(description);
    return all;
}

void OrderFilterBar::clear()
{
    m_clearing = true; // one change, not six
    m_text->clear();
    m_open->setChecked(false);
    for (FilterChip *chip : {m_status, m_shipTo, m_origin})
        chip->setChosen({});
    m_placed->setSpan(DateChip::Span::Any);
    m_clearing = false;
    note();
}

void OrderFilterBar::focusText()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

QWidget *OrderFilterBar::columnsButton() const
{
    return m_columns;
}

bool OrderFilterBar::eventFilter(QObject *watched, QEvent *event)
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
