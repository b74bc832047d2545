#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Counterfoil {

// How far a reader of a Tryton has come, as the text that the gateway keeps for it.
struct TrytonPosition
{
    std::string identity;   // of Tryton's database
    std::string known;      // the snapshot of Tryton's transactions up to which everything is known
    std::string seen;       // within a pass over the journal: its snapshot, the next `known`; else empty
    std::int64_t after = 0; // within a pass: rows up to it are known
    // During a first fill: what is being fetched (0: the statuses, then trytonThings() in their order), and
    // up to which id it is known.
    int thing = -1; // -1: the fill is over
    std::int64_t id = 0;
    std::int64_t version = 0; // of all that the fill reports

    bool filling() const { return thing >= 0; }
    std::string toString() const; // "3:identity:known:seen:after:thing:id:version"
    static std::optional<TrytonPosition> parse(std::string_view text);
    bool operator==(const TrytonPosition &) const = default;
};

} // namespace Counterfoil
