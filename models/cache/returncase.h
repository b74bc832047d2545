#pragma once

#include "cachereader.h"
#include "outboxentry.h"
#include "returnable.h"

namespace Counterfoil {

// All that this computer knows of one order, to judge what of it may come back and what that comes to.
struct ReturnCase
{
    Order order;
    std::vector<Shipment> shipments;
    std::vector<Invoice> invoices; // and credit memos
    std::vector<Return> returns;
    std::vector<Item> items;
    std::vector<ReturnRules> rules;
    std::string shipment; // what it is restricted to, as ReturnFacts has it
    std::string invoice;
    std::string self;

    // Refers to this, which must outlive it.
    ReturnFacts facts(Instant now) const;
    // What was asked for here and is not known to the ERP yet counts, too: without a connection nobody is to
    // ask for the same units twice.
    void addUnsent(const std::vector<OutboxEntry> &outbox);

    // From an order, a shipment, an invoice or a return. Nothing: it is not here, or of no order.
    static Result<std::optional<ReturnCase>> read(CacheReader &reader, const RecordRef &from);
};

} // namespace Counterfoil
