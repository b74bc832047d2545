#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace Counterfoil::Sandbox {

// An account that every company has, because one of the sandbox's people works for it.
struct Founder
{
    const char *name;
    const char *country;
    const char *city;
    int parent; // its place among the founders; -1: none
    int share;  // of all orders, in thousandths
};

std::span<const Founder> founders();

// The supplier's own calendar, IANA: it says what is overdue.
inline constexpr const char *supplierCalendar = "Europe/London";

// The keys of the account, address and contact with this row id, from 1.
std::string accountKey(std::int64_t id);
std::string addressKey(std::int64_t id);
std::string contactKey(std::int64_t id);

} // namespace Counterfoil::Sandbox
