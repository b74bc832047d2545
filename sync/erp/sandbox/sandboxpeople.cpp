#include "sandboxpeople.h"

#include "founders.h"

namespace Counterfoil {

namespace {

constexpr std::int64_t limitedPlace = 2; // the first branch of the group
constexpr std::int64_t limitOfBranch = 1'500;

} // namespace

std::vector<SandboxPerson> sandboxPeople()
{
    // The accounts by their place in Sandbox::founders(): a group with its branches, then two companies.
    const auto keys = [](std::size_t first, std::size_t count) {
        std::vector<std::string> accounts;
        for (std::size_t i = first; i < first + count; ++i)
            accounts.push_back(Sandbox::accountKey(static_cast<std::int64_t>(i) + 1));
        return accounts;
    };
    return {
        {"maya",
         "Maya Lindqvist",
         "buyer",
         keys(0, 5),
         Sandbox::contactKey(1),
         {{Sandbox::accountKey(limitedPlace), limitOfBranch}}},
        {"jonas", "Jonas Brückner", "buyer", keys(5, 1), Sandbox::contactKey(2)},
        {"tomasz", "Tomasz Nowak", "finance", keys(0, 5), Sandbox::contactKey(3)},
        {"yuki", "田中 優希", "viewer", keys(6, 1), Sandbox::contactKey(4)},
        {"sam", "Sam Okafor", "csr", {}, Sandbox::contactKey(5)},
        {"ingrid", "Ingrid Solberg", "approver", keys(0, 5), Sandbox::contactKey(6)},
    };
}

std::string sandboxSupplierName()
{
    return "Meridian Trade Supply";
}

} // namespace Counterfoil
