#pragma once

#include "random.h"

#include <string>
#include <string_view>
#include <vector>

namespace Counterfoil::Sandbox {

// What a draw is about. Every thing has random numbers of its own, from the company's seed, what it is
// and its number; so the same thing comes out whatever else was drawn before, and after a restart.
enum class ChanceOf : std::uint64_t {
    Product = 1,
    Account,
    Contract,
    Day,
    Order,
    Task,
    Claim,
    Stock,
    Limit,
    Address,
    Contact,
    Price,
    Withdrawal,
    Return,
    ReturnRequest
};

inline SeededRandom chanceOf(std::uint64_t seed, ChanceOf what, std::int64_t number)
{
    SeededRandom mixer((seed * 0x9e3779b97f4a7c15U) ^ (static_cast<std::uint64_t>(what) << 56)
                       ^ static_cast<std::uint64_t>(number));
    return SeededRandom(mixer.next());
}

// True once in a hundred for each per cent.
inline bool percent(Random &random, std::uint64_t chance)
{
    return random.below(100) < chance;
}

// Both ends included.
inline std::int64_t between(Random &random, std::int64_t low, std::int64_t high)
{
    return low + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(high - low) + 1));
}

inline std::string pick(Random &random, const std::vector<std::string_view> &choices)
{
    return std::string(choices[random.below(choices.size())]);
}

// The pattern with a digit for each '#' and a capital letter for each '@'.
inline std::string filledIn(Random &random, std::string pattern)
{
    for (char &c : pattern) {
        if (c == '#')
            c = static_cast<char>('0' + random.below(10));
        else if (c == '@')
            c = static_cast<char>('A' + random.below(26));
    }
    return pattern;
}

} // namespace Counterfoil::Sandbox
