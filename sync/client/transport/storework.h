#pragma once

#include "cachereader.h"
#include "cachewriter.h"
#include "effects.h"
#include "outboxentry.h"

namespace Counterfoil {

struct StoreDone
{
    StoredState state;
    ChangeNotice notice;
};

// One store work of the engine, done on the cache. The program and the simulation both go through here.
Result<StoreDone> carryOut(CacheWriter &cache, const StoreWork &work);

// The accounts that commands are about and a complete cache does not show.
Result<std::vector<std::string>> unseenAccounts(CacheReader &cache, const OutboxEntries &entries);

} // namespace Counterfoil
