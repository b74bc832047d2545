#pragma once

#include "result.h"

#include <string>

namespace Counterfoil {

class CacheReader;

// The key of the account that all others in the cache are branches of. Empty: there are several that belong
// to nothing else, or none. Reader thread.
Result<std::string> onlyTopAccount(CacheReader &reader);

} // namespace Counterfoil
