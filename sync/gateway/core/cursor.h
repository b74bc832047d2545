#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Counterfoil {

// A place in the change log as one person sees it. Opaque to clients; as text it fits into a URL.
struct Cursor
{
    std::string epoch;         // of the log: a UUID
    std::int64_t sequence = 0; // everything up to and with it is covered
    std::string scope;         // Scope::hash()

    bool operator==(const Cursor &) const = default;

    static std::optional<Cursor> parse(std::string_view text); // exactly what toString() makes
    std::string toString() const;
};

// Where a listing of one kind goes on: after this row, newest first.
struct ListingToken
{
    std::int64_t sortTime = 0; // of the last row listed, milliseconds
    std::string key;           // empty: from the beginning
    std::string beyond = {};   // Scope::hash() of one whose accounts are left out; empty: none

    bool operator==(const ListingToken &) const = default;

    static std::optional<ListingToken> parse(std::string_view text);
    std::string toString() const;
};

} // namespace Counterfoil
