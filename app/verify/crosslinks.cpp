#include "crosslinks.h"

#include "connector.h"

#include <algorithm>
#include <random>
#include <set>

using namespace Counterfoil;

Result<CrossLinks> CrossLinks::read(Connector &erp)
{
    constexpr int batchSize = 2'000;
    CrossLinks all;
    std::string position;
    for (bool more = true; more;) {
        const auto batch = erp.changesAfter(position, batchSize);
        if (!batch)
            return batch.error();
        for (const Change &change : batch->changes) {
            const Record from{change.kind->name, change.key};
            std::vector<Record> &links = all.m_links[from];
            for (const Field &field : change.kind->fields) {
                if (!field.is(Link) || field.in<std::string>(change.record.data()).empty())
                    continue;
                links.emplace_back(field.target->name, field.in<std::string>(change.record.data()));
                all.m_namedBy.emplace(links.back(), from);
            }
            if (!change.account.empty())
                links.emplace_back("account", change.account);
        }
        position = batch->position;
        more = batch->more;
    }
    return all;
}

std::vector<CrossLinks::Record> CrossLinks::named(const Record &record, const char *kind) const
{
    std::vector<Record> by;
    const auto [begin, end] = m_namedBy.equal_range(record);
    for (auto it = begin; it != end; ++it) {
        if (it->second.first == kind)
            by.push_back(it->second);
    }
    return by;
}

CrossLinks::Walk CrossLinks::walk(std::size_t count, std::uint32_t seed) const
{
    std::vector<Record> orders;
    for (const auto &[record, links] : m_links) {
        if (record.first == "order")
            orders.push_back(record);
    }
    std::vector<Record> drawn;
    std::ranges::sample(orders, std::back_inserter(drawn), static_cast<std::ptrdiff_t>(count),
                        std::mt19937(seed));
    Walk walk;
    for (const Record &order : drawn) {
        ++walk.orders;
        std::set<Record> reached{order};
        const std::vector<Record> invoices = named(order, "invoice");
        walk.broken += invoices.empty() ? 1 : 0;
        for (const Record &invoice : invoices) {
            const std::vector<Record> documents = named(invoice, "document");
            walk.broken += documents.size() == 1 ? 0 : 1;
            reached.insert(invoice);
            reached.insert(documents.begin(), documents.end());
        }
        const std::vector<Record> shipments = named(order, "shipment");
        reached.insert(shipments.begin(), shipments.end());
        for (const Record &target : m_links.at(order)) {
            if (target.first == "account" && m_links.contains(target))
                reached.insert(target);
        }
        walk.links += static_cast<std::int64_t>(reached.size()) - 1;
        for (const Record &record : reached) {
            for (const Record &target : m_links.at(record)) {
                ++walk.links;
                walk.broken += m_links.contains(target) ? 0 : 1;
            }
        }
    }
    return walk;
}
