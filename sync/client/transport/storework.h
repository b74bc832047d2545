#pragma once

#include "cachewriter.h"
#include "effects.h"

namespace Counterfoil {

struct StoreDone
{
    StoredState state;   // of LoadState
    ChangeNotice notice; // of everything else
};

// One store work of the engine, done on the cache. The program and the simulation both go through here.
Result<StoreDone> carryOut(CacheWriter &cache, const StoreWork &work);

} // namespace Counterfoil
