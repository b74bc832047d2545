#pragma once

#include "codec.h"
#include "effects.h"
#include "freshnessproof.h"

#include <deque>
#include <optional>

namespace Counterfoil {

// The pushed frames of one socket. Each must begin where the one before ended, or it is not taken.
// What waits while the store works is handed over as one transaction.
class LiveFeed
{
public:
    void start(std::string cursor);                           // what is stored already
    bool take(ChangeFrame frame, std::optional<Proof> proof); // false: does not join on, or too much waits

    std::optional<ApplyChanges> nextWork(); // everything that waits
    void stored();

    // The newest proof whose range is stored by now, once.
    std::optional<Proof> settled();

private:
    struct Waiting
    {
        std::vector<Change> changes;
        std::string to;
        std::int64_t toSeq = 0;
        std::optional<Proof> proof;
    };

    std::string m_head; // where the next frame has to begin
    std::string m_stored;
    std::deque<Waiting> m_waiting;
    std::size_t m_waitingChanges = 0;
    std::string m_storing; // cursor of the work under way; empty: none
    std::optional<Proof> m_storingProof;
    std::optional<Proof> m_settled;
};

} // namespace Counterfoil
