#include "returncase.h"

#include "recordreader.h"

#include <algorithm>

namespace Counterfoil {

namespace {

template <class T> Outcome readOf(CacheReader &reader, const std::string &order, std::vector<T> &into)
{
    const auto rows = reader.byField(T::type, "order", order);
    if (!rows)
        return rows.error();
    for (const CachedRecord &row : *rows)
        into.push_back(*row.record.as<T>());
    return Done();
}

// Of those of the order's lines that are in the catalogue of this computer.
Outcome readItems(CacheReader &reader, ReturnCase &found)
{
    for (const OrderLine &line : found.order.lines) {
        if (std::ranges::find(found.items, line.sku, &Item::key) != found.items.end())
            continue;
        const auto row = reader.byKey(Item::type, line.sku);
        if (!row)
            return row.error();
        if (*row)
            found.items.push_back(*(*row)->record.as<Item>());
    }
    return Done();
}

Outcome readRules(CacheReader &reader, std::vector<ReturnRules> &rules)
{
    RecordQuery all;
    all.kind = &ReturnRules::type;
    const auto ids = RecordReader(reader).ids(all);
    if (!ids)
        return ids.error();
    const auto rows = reader.byIds(ReturnRules::type, *ids, WithLists::Yes);
    if (!rows)
        return rows.error();
    for (const CachedRecord &row : *rows)
        rules.push_back(*row.record.as<ReturnRules>());
    return Done();
}

// Sets what the case is restricted to, and returns the order's key; empty: there is none.
Result<std::string> orderOf(CacheReader &reader, const RecordRef &from, ReturnCase &found)
{
    if (from.kind == &Order::type)
        return from.key;
    const auto row = reader.byKey(*from.kind, from.key);
    if (!row)
        return row.error();
    if (!*row)
        return std::string();
    const AnyRecord &record = (*row)->record;
    if (const auto *shipment = record.as<Shipment>()) {
        found.shipment = shipment->key;
        return shipment->order;
    }
    if (const auto *invoice = record.as<Invoice>()) {
        found.invoice = invoice->key;
        return invoice->credit ? std::string() : invoice->order;
    }
    if (const auto *asked = record.as<Return>()) {
        found.shipment = asked->shipment;
        found.invoice = asked->invoice;
        found.self = asked->key;
        return asked->order;
    }
    return std::string();
}

} // namespace

ReturnFacts ReturnCase::facts(Instant now) const
{
    ReturnFacts facts;
    facts.order = &order;
    facts.shipments = shipments;
    facts.invoices = invoices;
    facts.returns = returns;
    facts.items = items;
    facts.rules = rulesFor(rules, order.account);
    facts.now = now;
    facts.shipment = shipment;
    facts.invoice = invoice;
    facts.self = self;
    return facts;
}

void ReturnCase::addUnsent(const std::vector<OutboxEntry> &outbox)
{
    for (const OutboxEntry &entry : outbox) {
        const Command &command = entry.command;
        const auto *wanted = command.kind == &Return::type ? command.record.as<Return>() : nullptr;
        if (!wanted || command.verb != "request" || entry.isFinished() || wanted->order != order.key)
            continue;
        Return unsent = *wanted;
        unsent.key = resultOf(command.key);
        unsent.status = ReturnStatus::requested;
        unsent.open = true;
        returns.push_back(std::move(unsent));
    }
}

Result<std::optional<ReturnCase>> ReturnCase::read(CacheReader &reader, const RecordRef &from)
{
    ReturnCase found;
    bool here = false;
    const auto outcome = reader.atOneMoment([&]() -> Outcome {
        const auto key = orderOf(reader, from, found);
        if (!key)
            return key.error();
        const auto row = reader.byKey(Order::type, *key);
        if (!row)
            return row.error();
        if (!*row)
            return Done();
        here = true;
        found.order = *(*row)->record.as<Order>();
        if (const auto done = readOf(reader, *key, found.shipments); !done)
            return done;
        if (const auto done = readOf(reader, *key, found.invoices); !done)
            return done;
        if (const auto done = readOf(reader, *key, found.returns); !done)
            return done;
        if (const auto done = readItems(reader, found); !done)
            return done;
        return readRules(reader, found.rules);
    });
    if (!outcome)
        return outcome.error();
    return here ? std::optional(std::move(found)) : std::nullopt;
}

} // namespace Counterfoil
