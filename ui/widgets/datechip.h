#pragma once

#include "filterchip.h"
#include "instant.h"

#include <QDate>

class QDateEdit;

namespace Counterfoil {

class Clock;

// Restricts to a span of days, in the person's own calendar: so many around today, this year, or between two.
class DateChip final : public ChipButton
{
    Q_OBJECT
public:
    enum class Span {
        Any,
        Today,
        Week, // the last so many days, today with them
        Month,
        Quarter,
        Year,
        NextWeek, // the next so many, today with them
        NextMonth,
        Past, // until yesterday
        Between
    };
    Q_ENUM(Span)
    enum class Looking { Back, Ahead }; // which spans are offered

    DateChip(const QString &name, const Clock &clock, QWidget *parent = nullptr,
             Looking looking = Looking::Back);

    Span span() const { return m_span; }
    void setSpan(Span span);
    void setBetween(QDate first, QDate last); // both inclusive; an invalid one: no bound

    QDate firstDay() const;      // invalid: no bound
    QDate lastDay() const;       // inclusive; invalid: no bound
    Instant from() const;        // inclusive; none: no bound
    Instant before() const;      // exclusive; none: no bound
    QString description() const; // empty for any

Q_SIGNALS:
    void spanChanged();

private:
    QWidget *buildCard(Looking looking);
    QDate today() const;
    void describe();
    void choose(Span span);

    QString m_name;
    const Clock &m_clock;
    Span m_span = Span::Any;
    QDate m_firstDay; // while Between
    QDate m_lastDay;
    QDateEdit *m_first = nullptr;
    QDateEdit *m_last = nullptr;
    Popover *m_card = nullptr;
};

} // namespace Counterfoil
