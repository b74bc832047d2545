#include "datechip.h"

#include "clock.h"
#include "popover.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QDateEdit>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QRegularExpression>

namespace Counterfoil {

namespace {

Instant startOf(QDate day)
{
    return day.isValid() ? Instant{day.startOfDay().toMSecsSinceEpoch()} : Instant();
}

QDateEdit *makeDateField(const QString &name, QWidget *parent)
{
    auto *field = new QDateEdit(parent);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    field->setDisplayFormat(
        QLocale()
            .dateFormat(QLocale::ShortFormat)
            .replace(QRegularExpression(QStringLiteral("\\by{1,2}\\b")), QStringLiteral("yyyy")));
    field->setAccessibleName(name);
    return field;
}

} // namespace

DateChip::DateChip(const QString &name, const Clock &clock, QWidget *parent)
    : ChipButton(parent)
    , m_name(name)
    , m_clock(clock)
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Space::small, Space::small, Space::small, Space::small);
    layout->setSpacing(2);
    const std::pair<Span, QString> spans[]
        = {{Span::Any, tr("Any time")},         {Span::Today, tr("Today")},
           {Span::Week, tr("Last 7 days")},     {Span::Month, tr("Last 30 days")},
           {Span::Quarter, tr("Last 90 days")}, {Span::Year, tr("This year")}};
    for (const auto &[span, text] : spans) {
        auto *button = new QPushButton(text, content);
        setLook(*button, ButtonLook::Item);
        connect(button, &QPushButton::clicked, this, [this, chosen = span] { choose(chosen); });
        layout->addWidget(button);
    }
    m_first = makeDateField(tr("First day"), content);
    m_last = makeDateField(tr("Last day"), content);
    auto *between = new QPushButton(tr("Show"), content);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::small);
    row->addWidget(m_first);
    row->addWidget(new QLabel(tr("to", "between two dates"), content));
    row->addWidget(m_last);
    row->addWidget(between);
    layout->addSpacing(Space::unit);
    layout->addLayout(row);
    m_first->setDate(today().addDays(-30));
    m_last->setDate(today());
    connect(between, &QPushButton::clicked, this, [this] { choose(Span::Between); });
    m_card = new Popover(this, content);
    connect(this, &QPushButton::clicked, this, [this] { m_card->open(); });
    describe();
}

QDate DateChip::today() const
{
    return QDateTime::fromMSecsSinceEpoch(m_clock.now().ms).date();
}

void DateChip::choose(Span span)
{
    if (span == Span::Between && m_first->date() > m_last->date()) {
        const QDate later = m_first->date();
        m_first->setDate(m_last->date());
        m_last->setDate(later);
    }
    setSpan(span);
    m_card->dismiss();
    Q_EMIT spanChanged();
}

void DateChip::setSpan(Span span)
{
    m_span = span;
    describe();
}

void DateChip::setBetween(QDate first, QDate last)
{
    m_first->setDate(first);
    m_last->setDate(last);
    setSpan(Span::Between);
}

Instant DateChip::from() const
{
    switch (m_span) {
    case Span::Any:
        return {};
    case Span::Today:
        return startOf(today());
    case Span::Week:
        return startOf(today().addDays(-6));
    case Span::Month:
        return startOf(today().addDays(-29));
    case Span::Quarter:
        return startOf(today().addDays(-89));
    case Span::Year:
        return startOf(QDate(today().year(), 1, 1));
    case Span::Between:
        break;
    }
    return startOf(m_first->date());
}

Instant DateChip::before() const
{
    return m_span == Span::Between ? startOf(m_last->date().addDays(1)) : Instant();
}

QString DateChip::description() const
{
    switch (m_span) {
    case Span::Any:
        return {};
    case Span::Today:
        return tr("Today");
    case Span::Week:
        return tr("Last 7 days");
    case Span::Month:
        return tr("Last 30 days");
    case Span::Quarter:
        return tr("Last 90 days");
    case Span::Year:
        return tr("This year");
    case Span::Between:
        break;
    }
    const QLocale locale;
    return tr("%1 to %2", "two dates")
        .arg(locale.toString(m_first->date(), QLocale::ShortFormat),
             locale.toString(m_last->date(), QLocale::ShortFormat));
}

void DateChip::describe()
{
    const QString description = this->description();
    setText(description.isEmpty() ? m_name : description);
    setAccessibleName(description.isEmpty()
                          ? tr("%1: any time").arg(m_name)
                          : tr("%1: %2", "name of a filter and what is chosen").arg(m_name, description));
    setActive(m_span != Span::Any);
}

} // namespace Counterfoil
