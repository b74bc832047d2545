#include "fuzztarget.h"

#include <algorithm>

namespace Counterfoil {

std::vector<FuzzTarget> fuzzTargets()
{
    std::vector<FuzzTarget> all;
    for (const auto targets : {protocolFuzzTargets(), gatewayFuzzTargets(), clientFuzzTargets(),
                               modelsFuzzTargets(), erpFuzzTargets()})
        all.insert(all.end(), targets.begin(), targets.end());
    return all;
}

const FuzzTarget *findFuzzTarget(std::string_view name)
{
    static const std::vector<FuzzTarget> all = fuzzTargets();
    const auto found = std::ranges::find(all, name, &FuzzTarget::name);
    return found == all.end() ? nullptr : &*found;
}

std::string damaged(std::string bytes, std::string_view other, Random &random)
{
    static constexpr std::string_view pieces[] = {
        "{", "}", "[",     "]",    "\"", "\\",   ",",    ":", "null", "-", "1e999",   "9223372036854775808",
        ".", "=", "\\u00", "\xff", "\n", "true", "\r\n", "%", "-1",   "/", "$result:"};
    const auto strokes = 1 + random.below(4);
    for (std::uint64_t i = 0; i < strokes; ++i) {
        const auto at = static_cast<std::size_t>(random.below(bytes.size() + 1));
        const auto length = static_cast<std::size_t>(1 + random.below(60));
        switch (random.below(5)) {
        case 0:
            if (at < bytes.size())
                bytes[at] = static_cast<char>(random.below(256));
            break;
        case 1:
            bytes.erase(at, length);
            break;
        case 2:
            bytes.insert(at, pieces[random.below(std::size(pieces))]);
            break;
        case 3:
            bytes.insert(at, bytes.substr(static_cast<std::size_t>(random.below(bytes.size() + 1)), length));
            break;
        default:
            bytes.insert(at, other.substr(static_cast<std::size_t>(random.below(other.size() + 1)), length));
        }
    }
    return bytes;
}

} // namespace Counterfoil
