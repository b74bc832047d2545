#pragma once

#include "connector.h"
#include "objections.h"
#include "simulation.h"

namespace Counterfoil::Sandbox {

// Where people's commands are carried out, and changes that the supplier's own people make. All within a
// transaction of the caller's; what is not Applied has written nothing.
class RecordClerk
{
public:
    RecordClerk(Books &books, Simulation &simulation, Instant now);

    CommandEffect execute(const Command &command, const std::string &actor);

    // An Address or a Contact, known by its key, gets the values of `wanted` in its Editable fields.
    // False: there is none.
    bool edit(const AnyRecord &wanted);
    // The account's usual billing address and its own city become those of `to`. False: it has none.
    bool moveAccount(const std::string &account, const Address &to);

private:
    // A record as it is in the books.
    struct Stored
    {
        std::int64_t id = 0;
        AnyRecord record;
    };
    std::optional<Stored> find(const RecordType &type, const std::string &key);
    CommandEffect changeOrder(const Command &command, const Deed &deed);
    CommandEffect save(const Command &command, const Deed &deed);
    CommandEffect retire(const Command &command, const Deed &deed);
    CommandEffect apply(const Command &command, const Deed &deed, std::optional<Stored> stored);
    CommandEffect apply(const Deed &deed, std::int64_t id, const AnyRecord *before, const AnyRecord &after);
    CommandEffect conflict(const Stored &stored);
    std::optional<Objection> refusalToTouch(const Command &command, const std::optional<Stored> &stored);
    std::optional<Objection> refusalOfUse(const Command &command, const std::optional<Stored> &stored);
    std::optional<Objection> refusalOfDefaults(const AnyRecord &before, const Account &wanted);
    void addressesChanged(const AnyRecord &record);

    Books &m_books;
    Simulation &m_simulation;
    const Instant m_now;
};

} // namespace Counterfoil::Sandbox
