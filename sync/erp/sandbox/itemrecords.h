#pragma once

#include "item.h"
#include "offers.h"

namespace Counterfoil::Sandbox {

// What the company says of a product on a day of its own time, and what an account calls it.
Item itemOf(const Offers &offers, const Product &product, std::int64_t day);
ItemNumber numberOf(const Customer &customer, const Product &product);

} // namespace Counterfoil::Sandbox
