#pragma once

#include "result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace Counterfoil {

class CacheReader;

// One family of a category, and how many items that accounts may buy are in it.
struct ItemFamily
{
    std::string category;
    std::string family;
    std::int64_t count = 0;

    bool operator==(const ItemFamily &) const = default;
};

// By category and family; withdrawn items are not counted. No accounts: of all that is here. At most
// itemFamiliesMost of them. Reader thread; takes long where there are many items.
inline constexpr int itemFamiliesMost = 5'000;
Result<std::vector<ItemFamily>> itemFamilies(CacheReader &cache, const std::vector<std::string> &accounts);

} // namespace Counterfoil
