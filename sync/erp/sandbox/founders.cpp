#include "founders.h"

namespace Counterfoil::Sandbox {

std::span<const Founder> founders()
{
    static constexpr Founder all[] = {
        {"Harbour Supply Co.", "GB", "Bristol", -1, 50},
        {"Harbour Supply Co. · Bristol", "GB", "Bristol", 0, 70},
        {"Harbour Supply Co. · Cardiff", "GB", "Cardiff", 0, 50},
        {"Harbour Supply Co. · Exeter", "GB", "Exeter", 0, 40},
        {"Harbour Supply Co. · Leeds", "GB", "Leeds", 0, 40},
        {"Brückner Anlagenbau GmbH", "DE", "Stuttgart", -1, 150},
        {"大阪精密工業株式会社", "JP", "大阪市", -1, 70},
    };
    return all;
}

std::string accountKey(std::int64_t id)
{
    return "A-" + std::to_string(10'000 + id);
}

std::string addressKey(std::int64_t id)
{
    return "AD-" + std::to_string(id);
}

std::string contactKey(std::int64_t id)
{
    return "CT-" + std::to_string(id);
}

} // namespace Counterfoil::Sandbox
