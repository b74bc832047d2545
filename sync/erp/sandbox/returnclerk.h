#pragma once

#include "connector.h"
#include "message.h"
#include "objections.h"
#include "returnbook.h"
#include "simulation.h"

namespace Counterfoil::Sandbox {

// Where people's returns are taken in, decided and written about. All within a transaction of the caller's;
// what is not Applied has written nothing.
class ReturnClerk
{
public:
    ReturnClerk(Books &books, Simulation &simulation, Instant now);

    // A whole command about a Return or a Message whose key took no effect before.
    CommandEffect execute(const Command &command, const Deed &deed);

private:
    struct Stored
    {
        std::int64_t id = 0;
        Return record;
    };
    std::optional<Stored> find(const Command &command);
    CommandEffect request(const Command &command, const Deed &deed);
    CommandEffect decide(const Command &command, const Deed &deed, const Stored &stored);
    CommandEffect withdraw(const Command &command, const Deed &deed, const Stored &stored);
    CommandEffect write(const Command &command, const Deed &deed);
    CommandEffect conflict(const Stored &stored);
    CommandEffect keep(const Deed &deed, std::int64_t id, const Return *before, Return after);

    Books &m_books;
    Simulation &m_simulation;
    const Instant m_now;
};

// Puts the return into its next state, and says so in its events.
void moveTo(Return &record, std::string_view status, Instant at, const std::string &by, std::string text,
            std::string reference = {});

std::string returnNumber(std::int64_t id); // "RMA-20001"

// A request as the ERP keeps it, of what somebody asked for: facts filled in, and nothing that is not theirs
// to say.
Return requested(const Return &wanted, const ReturnBook &book, const std::string &key,
                 const std::string &actor, Instant at);

// Takes what was decided over, with what follows from it. By the rules of `book`.
void applyDecision(Return &record, const Return &decided, const ReturnBook &book, const std::string &actor,
                   Instant at);

} // namespace Counterfoil::Sandbox
