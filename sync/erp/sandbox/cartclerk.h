#pragma once

#include "cart.h"
#include "connector.h"
#include "importedtrade.h"
#include "objections.h"
#include "quoting.h"

namespace Counterfoil::Sandbox {

// Where people's carts are kept, and made into orders. All within a transaction of the caller's; what is not
// Applied has written nothing.
class CartClerk
{
public:
    CartClerk(Books &books, Simulation &simulation, const Company &company, Instant now);

    // A whole command about a Cart whose key took no effect before.
    CommandEffect execute(const Command &command, const Deed &deed);

private:
    struct Stored
    {
        std::int64_t id = 0;
        Cart cart;
    };
    CommandEffect save(const Command &command, const Deed &deed, const std::optional<Stored> &stored);
    CommandEffect retire(const Command &command, const Deed &deed, const Stored &stored);
    CommandEffect place(const Command &command, const Deed &deed, const Stored &stored);
    CommandEffect write(const Deed &deed, std::int64_t id, const Cart *before, Cart after);
    CommandEffect conflict(const Stored &stored);
    std::optional<Objection> refusalToTouch(const Command &command, const Deed &deed,
                                            const std::optional<Stored> &stored);
    std::string makeOrder(const Cart &seen, const Quote &quote, const Deed &deed);

    Books &m_books;
    Simulation &m_simulation;
    const Company &m_company;
    ImportedTrade m_imported;
    const Instant m_now;
};

} // namespace Counterfoil::Sandbox
