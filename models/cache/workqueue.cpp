#include "workqueue.h"

#include "account.h"
#include "accountdays.h"
#include "invoice.h"
#include "order.h"
#include "queryterms.h"
#include "recordlayout.h"
#include "return.h"
#include "shipment.h"

namespace Counterfoil {

namespace {

// "SELECT … FROM the open rows of the kind, by their index, WHERE …"; `where` says which.
std::string selectOpen(CacheReader &cache, const RecordType &kind, const std::vector<std::string> &accounts,
                       const std::string &columns, QueryTerms::Condition &where)
{
    where.add("open=1");
    where.addIn("account", accounts);
    return "SELECT " + columns + " FROM "
        + QueryTerms::tableBy(cache, kind, KindLayout::openIndex(kind, !accounts.empty())) + " WHERE ";
}

bool hasRoom(const std::vector<std::int64_t> &ids)
{
    return ids.size() < static_cast<std::size_t>(WorkQueue::mostPerReason);
}

} // namespace

Outcome WorkQueue::take(WorkReason reason, const RecordType &kind, const std::vector<std::int64_t> &ids,
                        Found &found)
{
    auto rows = m_cache.byIds(kind, ids, WithLists::Yes);
    if (!rows)
        return rows.error();
    for (CachedRecord &row : *rows)
        found.items.push_back({reason, std::move(row.record)});
    return Done();
}

Outcome WorkQueue::add(WorkReason reason, const RecordType &kind, const std::vector<std::string> &accounts,
                       const std::string &condition, const char *oldestFirst, Found &found)
{
    QueryTerms::Condition where;
    const std::string select = selectOpen(m_cache, kind, accounts, "_id", where);
    where.add(condition);
    std::vector<std::int64_t> ids;
    std::int64_t &count = found.counts[static_cast<std::size_t>(reason)];
    const auto done
        = QueryTerms::forEachRow(m_cache, select + where.sql + " ORDER BY " + oldestFirst + ", _id", where,
                                 [&](const Sqlite::Statement &row) {
                                     ++count;
                                     if (hasRoom(ids))
                                         ids.push_back(row.integer(0));
                                 });
    return done ? take(reason, kind, ids, found) : done;
}

// A day ends at another moment in each account's calendar, so each row is asked for its own.
Outcome WorkQueue::addLate(const std::vector<std::string> &accounts, Instant now, Found &found)
{
    AccountDays days(m_cache, now);
    if (const auto done = days.read(); !done)
        return done;
    QueryTerms::Condition where;
    const std::string select
        = selectOpen(m_cache, Shipment::type, accounts, "_id, account, expectedOn", where);
    where.add("expectedOn>?", std::int64_t{Date().daysSinceEpoch});
    std::vector<std::int64_t> ids;
    std::int64_t &count = found.counts[static_cast<std::size_t>(WorkReason::Late)];
    const auto done = QueryTerms::forEachRow(m_cache, select + where.sql + " ORDER BY expectedOn, _id", where,
                                             [&](const Sqlite::Statement &row) {
                                                 if (row.integer(2) >= days.today(row.text(1)).daysSinceEpoch)
                                                     return;
                                                 ++count;
                                                 if (hasRoom(ids))
                                                     ids.push_back(row.integer(0));
                                             });
    return done ? take(WorkReason::Late, Shipment::type, ids, found) : done;
}

Outcome WorkQueue::nameAccounts(Found &found)
{
    for (const Item &item : found.items) {
        const RecordType &kind = item.record.type();
        const auto &key = kind.findFlag(AccountKey)->in<std::string>(item.record.data());
        if (found.accountNames.contains(key))
            continue;
        const auto row = m_cache.byKey(Account::type, key);
        if (!row)
            return row.error();
        if (*row)
            found.accountNames.emplace(key, (*row)->record.as<Account>()->name);
    }
    return Done();
}

Result<WorkQueue::Found> WorkQueue::read(const std::vector<std::string> &accounts, Instant now)
{
    Found found;
    const std::string undecided = "status='" + std::string(ReturnStatus::requested) + '\'';
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        if (const auto done
            = add(WorkReason::ToDecide, Return::type, accounts, undecided, "requestedAt", found);
            !done)
            return done;
        if (const auto done
            = add(WorkReason::Held, Order::type, accounts, "holdReason<>''", "placedAt", found);
            !done)
            return done;
        if (const auto done
            = add(WorkReason::Disputed, Invoice::type, accounts, "disputeReason<>''", "issuedAt", found);
            !done)
            return done;
        if (const auto done = addLate(accounts, now, found); !done)
            return done;
        return nameAccounts(found);
    });
    if (!outcome)
        return outcome.error();
    return found;
}

} // namespace Counterfoil
