#pragma once

#include "outboxentry.h"

#include <vector>

namespace Counterfoil {

// What a person makes of a conflict: for each Editable field that the two sides see differently, whose value
// is to count. What only one of them changed is chosen already; what both changed is not.
class Resolution
{
public:
    enum class Side { None, Mine, Theirs };
    struct Choice
    {
        const Field *field;
        bool bothChanged;
        Side side;
    };

    // Of an entry in conflict, whose `outcome.theirs` is there.
    explicit Resolution(const OutboxEntry &entry);

    const std::vector<Choice> &choices() const { return m_choices; }
    void choose(std::size_t index, Side side); // nothing for an index beyond the last
    int openChoices() const;
    bool isComplete() const { return openChoices() == 0; }
    bool keepsTheirs() const; // there would be nothing to ask for

    const AnyRecord &base() const { return m_base; }     // never null
    const AnyRecord &mine() const { return m_mine; }     // null: it is to be retired, nothing else
    const AnyRecord &theirs() const { return m_theirs; } // never null

    // The record as chosen so far; what is still open has their value. Null where mine is.
    AnyRecord record() const;
    // Of a cart, one of those above, what is to be decided about: without the lines that are the same in all
    // of them, and how many those are. Whole where nothing else is left, and of every other kind.
    struct Differing
    {
        AnyRecord record;
        qsizetype same = 0;
    };
    Differing differing(const AnyRecord &record) const;
    // The command that asks for it on top of what they made; key and time are for the outbox to give.
    Command command() const;

private:
    Command m_command; // the one that met the conflict
    CommandOutcome m_outcome;
    AnyRecord m_base;
    AnyRecord m_mine;
    AnyRecord m_theirs;
    std::vector<Choice> m_choices;
};

} // namespace Counterfoil
