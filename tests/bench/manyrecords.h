#pragma once

#include "cachewriter.h"

#include <functional>

namespace Counterfoil {

// The books of a supplier with any number of orders, for measuring: for each order one invoice and, of every
// fifth, a second shipment; five lines an order on average. Record `n` is made from its number alone, so the
// same books come out every time and nothing is held in memory. A higher number is newer.
class ManyRecords
{
public:
    explicit ManyRecords(std::int64_t orders)
        : m_orders(orders)
    { }

    std::int64_t orders() const { return m_orders; }
    std::int64_t shipments() const { return m_orders + m_orders / 5; }
    std::int64_t accounts() const;

    Change account(std::int64_t n) const;
    Change order(std::int64_t n) const;
    Change invoice(std::int64_t n) const;
    Change shipment(std::int64_t n) const;

    // Fills the cache as a gateway does, the newest first, and tells after each page how far it is.
    Outcome fill(CacheWriter &writer, const std::function<void(std::int64_t done)> &progress) const;

private:
    std::int64_t m_orders;
};

} // namespace Counterfoil
