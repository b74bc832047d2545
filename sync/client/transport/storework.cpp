#include "storework.h"

#include "account.h"

#include <map>

namespace Counterfoil {

namespace {

Result<StoreDone> noted(Result<ChangeNotice> result)
{
    if (!result)
        return result.error();
    return StoreDone{{}, *std::move(result)};
}

struct Worker
{
    CacheWriter &cache;

    Result<StoreDone> withState(ChangeNotice notice) const
    {
        auto state = cache.syncState();
        if (!state)
            return state.error();
        StoredState stored{
            std::move(state->cursor), state->filling, {}, std::move(state->incomplete), state->covered};
        for (FillState &fill : state->fills)
            stored.fills.push_back(
                {std::move(fill.kind), std::move(fill.next), fill.listed, fill.done, fill.total});
        return StoreDone{std::move(stored), std::move(notice)};
    }
    Result<StoreDone> operator()(const LoadState &) const { return withState({}); }
    Result<StoreDone> operator()(const ApplyChanges &work) const
    {
        return noted(cache.applyChanges(work.changes, work.cursor, work.covered));
    }
    Result<StoreDone> operator()(const BeginFill &work) const
    {
        const auto outcome = cache.beginFill(work.kinds, work.cursor, work.listing);
        if (!outcome)
            return outcome.error();
        return StoreDone();
    }
    Result<StoreDone> operator()(const ApplyFillPage &work) const
    {
        return noted(cache.applyFillPage({work.kind, work.rows, work.next, work.listed, work.total}));
    }
    Result<StoreDone> operator()(const FinishFill &) const
    {
        auto notice = cache.finishFill();
        return notice ? withState(*std::move(notice)) : Result<StoreDone>(notice.error());
    }
    Result<StoreDone> operator()(const Purge &work) const { return noted(cache.purge(work.accounts)); }
    Result<StoreDone> operator()(const PurgeEverything &) const { return noted(cache.purgeEverything()); }
};

} // namespace

Result<std::vector<std::string>> unseenAccounts(CacheReader &cache, const OutboxEntries &entries)
{
    std::vector<std::string> unseen;
    std::map<std::string, bool> seen;
    for (const OutboxEntry &entry : *entries) {
        const std::string &account = entry.command.account;
        if (account.empty() || seen.contains(account))
            continue;
        const auto row = cache.byKey(Account::type, account);
        if (!row)
            return row.error();
        seen[account] = row->has_value();
        if (!*row)
            unseen.push_back(account);
    }
    return unseen;
}

Result<StoreDone> carryOut(CacheWriter &cache, const StoreWork &work)
{
    return std::visit(Worker{cache}, work);
}

} // namespace Counterfoil
