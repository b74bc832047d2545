#pragma once

#include "order.h"
#include "shipment.h"

#include <QString>

namespace Counterfoil {

class StatusWording;

// What there is to say of a record in a chat or a mail: whole sentences that need no table and no window
// beside them. The most of a list is told and the rest counted.
class RecordSummary
{
public:
    static constexpr qsizetype listedMost = 6; // shipments, or lines that are still to come

    // `today` in the calendar of the record's account.
    RecordSummary(const StatusWording &wording, Date today, bool withPrices)
        : m_wording(wording)
        , m_today(today)
        , m_withPrices(withPrices)
    { }

    QString of(const Order &order, const std::vector<Shipment> &shipments) const;
    QString of(const Shipment &shipment) const;

private:
    QString shipped(const Shipment &shipment) const;

    const StatusWording &m_wording;
    const Date m_today;
    const bool m_withPrices;
};

} // namespace Counterfoil
