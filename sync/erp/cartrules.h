#pragma once

#include "connector.h"

// What holds for people's carts, whichever ERP keeps them.
namespace Counterfoil {

// What the supplier has against something that somebody wants.
struct Objection
{
    std::string code;   // stable, for programs
    std::string reason; // one sentence for the person
};
CommandEffect rejected(const Objection &objection);

inline constexpr Decimal mostUnits = Decimal::fromInteger(999'999); // of a line

// Against `actor` changing, putting away or placing it (the command's verb).
std::optional<Objection> objectionToTouch(const Cart &cart, std::string_view verb, const std::string &actor);
std::optional<Objection> refusalOfLines(const std::vector<CartLine> &lines);

QuoteRequest questionAbout(const Cart &cart);
// What is not as the person saw it, in the order of the lines, the order as a whole last; empty: nothing.
// `quote` answers questionAbout(seen).
std::vector<CartDifference> differences(const Cart &seen, const Quote &quote);
// Nothing was placed, because of these, of which there is one at least.
CommandEffect refusalBecauseOf(std::vector<CartDifference> differences);

} // namespace Counterfoil
