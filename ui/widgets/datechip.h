#pragma once

#include "filterchip.h"
#include "instant.h"

class QDateEdit;

namespace Counterfoil {

class Clock;

// Restricts to a span of days, in the person's own calendar: the last so many, this year, or between two.
class DateChip final : public ChipButton
{
    Q_OBJECT
public:
    enum class Span { Any, Today, Week, Month, Quarter, Year, Between };
    Q_ENUM(Span)

    DateChip(const QString &name, const Clock &clock, QWidget *parent = nullptr);

    Span span() const { return m_span; }
    void setSpan(Span span);
    void setBetween(QDate first, QDate last); // both inclusive

    Instant from() const;        // inclusive; none: no bound
    Instant before() const;      // exclusive; none: no bound
    QString description() const; // empty for any

Q_SIGNALS:
    void spanChanged();

private:
    QDate today() const;
    void describe();
    void choose(Span span);

    QString m_name;
    const Clock &m_clock;
    Span m_span = Span::Any;
    QDateEdit *m_first;
    QDateEdit *m_last;
    Popover *m_card;
};

} // namespace Counterfoil
