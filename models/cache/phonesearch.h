#pragma once

#include "cachereader.h"

namespace Counterfoil::PhoneSearch {

// The digits by which a number that was typed is told from others, whatever stands before them: of
// "0117 496 0140" and of "+44 (0)117 496 0140" the last ones. Empty: it is no phone number, or too short to
// be looked for.
std::string digitsOf(const std::string &typed);

// Contacts that have such a number, at most `most`. Looks at every contact: of 100,000, in a tenth of a
// second.
Result<std::vector<CachedRecord>> contacts(CacheReader &cache, const std::string &digits, int most);

// The number of the contact that has them: "+44 117 496 0140".
std::string numberWith(const void *contact, const std::string &digits);

} // namespace Counterfoil::PhoneSearch
