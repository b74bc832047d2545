#pragma once

#include "trytonsession.h"
#include "trytonthings.h"

namespace Counterfoil {

// A page of what Tryton's journal says; see the module's change.py.
struct TrytonJournal
{
    struct Row
    {
        std::int64_t id = 0;
        const TrytonThing *thing = nullptr; // of none that we know: nullptr
        std::string name;                   // its id, or see TrytonThing::nameField
        Instant at;
    };
    std::string identity; // of Tryton's database
    std::string snapshot; // of the pass that this page is of
    std::int64_t version = 0;
    bool gap = false; // the journal does not reach back to what was known
    std::vector<Row> rows;

    static constexpr int mostRows = 1'000;

    // What happened between the snapshot `known` (empty: nothing is asked for) and `seen` (empty: now), after
    // the row `after`, at most mostRows.
    static Result<TrytonJournal> read(TrytonSession &session, const std::string &known,
                                      const std::string &seen, std::int64_t after);
};

} // namespace Counterfoil
