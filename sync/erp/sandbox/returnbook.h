#pragma once

#include "books.h"
#include "returnable.h"
#include "returnpolicy.h"

namespace Counterfoil::Sandbox {

// All that the books have of one order, for what is said of its returns.
struct ReturnBook
{
    Order order;
    std::vector<Shipment> shipments;
    std::vector<Invoice> invoices; // and credit memos
    std::vector<Return> returns;
    std::vector<Item> items; // of its lines
    ReturnPolicy policy;

    static std::optional<ReturnBook> of(Books &books, const std::string &orderKey); // nothing: no such order

    // As `record` is about it, and without it. Good as long as this is.
    ReturnFacts factsFor(const Return &record, Instant now) const;
};

} // namespace Counterfoil::Sandbox
