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

QList<DateChip::Span> offered(DateChip::Looking looking)
{
    using Span = DateChip::Span;
    if (looking == DateChip::Looking::Ahead)
        return {Span::Any, Span::Past, Span::Today, Span::NextWeek, Span::NextMonth};
    return {Span::Any, Span::Today, Span::Week, Span::Month, Span::Quarter, Span::Year};
}

QString nameOf(DateChip::Span span)
{
    switch (span) {
    case DateChip::Span::Any:
        return DateChip::tr("Any time");
    case DateChip::Span::Today:
        return DateChip::tr("Today");
    case DateChip::Span::Week:
        return DateChip::tr("Last 7 days");
    case DateChip::Span::Month:
        return DateChip::tr("Last 30 days");
    case DateChip::Span::Quarter:
        return DateChip::tr("Last 90 days");
    case DateChip::Span::Year:
        return DateChip::tr("This year");
    case DateChip::Span::NextWeek:
        return DateChip::tr("Next 7 days");
    case DateChip::Span::NextMonth:
        return DateChip::tr("Next 30 days");
    case DateChip::Span::Past:
        return DateChip::tr("Before today");
    case DateChip::Span::Between:
        break;
    }
    return {};
}

} // namespace

DateChip::DateChip(const QString &name, const Clock &clock, QWidget *parent, Looking looking)
    : ChipButton(parent)
    , m_name(name)
    , m_clock(clock)
{
    m_card = new Popover(this, buildCard(looking));
    connect(this, &QPushButton::clicked, this, [this] { m_card->open(); });
    describe();
}

QWidget *DateChip::buildCard(Looking looking)
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Space::small, Space::small, Space::small, Space::small);
    layout->setSpacing(2);
    for (const Span span : offered(looking)) {
        auto *button = new QPushButton(nameOf(span), content);
        setLook(*button, ButtonLook::Item);
        connect(button, &QPushButton::clicked, this, [this, span] { choose(span); });
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
    m_first->setDate(today().addDays(looking == Looking::Back ? -30 : 0));
    m_last->setDate(today().addDays(looking == Looking::Back ? 0 : 30));
    connect(between, &QPushButton::clicked, this, [this] { choose(Span::Between); });
    return content;
}

QDate DateChip::today() const
{
    return QDateTime::fromMSecsSinceEpoch(m_clock.now().ms).date();
}

void DateChip::choose(Span span)
{
    if (span == Span::Between)
        setBetween(m_first->date(), m_last->date());
    else
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
    if (first.isValid() && last.isValid() && last < first)
        std::swap(first, last);
    m_firstDay = first;
    m_lastDay = last;
    if (first.isValid())
        m_first->setDate(first);
    if (last.isValid())
        m_last->setDate(last);
    setSpan(first.isValid() || last.isValid() ? Span::Between : Span::Any);
}

QDate DateChip::firstDay() const
{
    switch (m_span) {
    case Span::Any:
    case Span::Past:
        return {};
    case Span::Today:
    case Span::NextWeek:
    case Span::NextMonth:
        return today();
    case Span::Week:
        return today().addDays(-6);
    case Span::Month:
        return today().addDays(-29);
    case Span::Quarter:
        return today().addDays(-89);
    case Span::Year:
        return {today().year(), 1, 1};
    case Span::Between:
        break;
    }
    return m_firstDay;
}

QDate DateChip::lastDay() const
{
    switch (m_span) {
    case Span::Past:
        return today().addDays(-1);
    case Span::Today:
        return today();
    case Span::NextWeek:
        return today().addDays(6);
    case Span::NextMonth:
        return today().addDays(29);
    case Span::Between:
        return m_lastDay;
    case Span::Any:
    case Span::Week:
    case Span::Month:
    case Span::Quarter:
    case Span::Year:
        break;
    }
    return {};
}

Instant DateChip::from() const
{
    return startOf(firstDay());
}

Instant DateChip::before() const
{
    return lastDay().isValid() ? startOf(lastDay().addDays(1)) : Instant();
}

QString DateChip::description() const
{
    if (m_span == Span::Any)
        return {};
    if (m_span != Span::Between)
        return nameOf(m_span);
    const QLocale locale;
    const QString first = locale.toString(m_firstDay, QLocale::ShortFormat);
    const QString last = locale.toString(m_lastDay, QLocale::ShortFormat);
    if (!m_firstDay.isValid())
        return tr("Until %1", "a date").arg(last);
    if (!m_lastDay.isValid())
        return tr("From %1", "a date").arg(first);
    return tr("%1 to %2", "two dates").arg(first, last);
}

void DateChip::describe()
{
    const QString description = this->description();
    setText(description.isEmpty()
                ? m_name
                : tr("%1: %2", "name of a filter and what is chosen").arg(m_name, description));
    setAccessibleName(description.isEmpty() ? tr("%1: any time").arg(m_name) : text());
    setToolTip(description.isEmpty() ? QString() : text());
    setActive(m_span != Span::Any);
}

} // namespace Counterfoil
