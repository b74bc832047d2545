#include "storework.h"

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

    Result<StoreDone> operator()(const LoadState &) const
    {
        auto state = cache.syncState();
        if (!state)
            return state.error();
        StoredState stored{
            std::move(state->cursor), state->filling, {}, std::move(state->incomplete), state->covered};
        for (FillState &fill : state->fills)
            stored.fills.push_back(
                {std::move(fill.kind), std::move(fill.next), fill.listed, fill.done, fill.total});
        return StoreDone{std::move(stored), {}};
    }
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
    Result<StoreDone> operator()(const FinishFill &) const { return noted(cache.finishFill()); }
    Result<StoreDone> operator()(const Purge &work) const { return noted(cache.purge(work.accounts)); }
    Result<StoreDone> operator()(const PurgeEverything &) const { return noted(cache.purgeEverything()); }
};

} // namespace

Result<StoreDone> carryOut(CacheWriter &cache, const StoreWork &work)
{
    return std::visit(Worker{cache}, work);
}

} // namespace Counterfoil
