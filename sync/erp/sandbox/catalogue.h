#pragma once

#include "decimal.h"

#include <string>

namespace Counterfoil::Sandbox {

struct Product
{
    std::int64_t id = 0; // from 1 without holes; low ids sell most
    std::string sku;
    std::string description;
    std::string unit;               // "each", "box of 200", "m"
    Decimal listPrice;              // in GBP for one unit
    std::int64_t usualQuantity = 1; // of an order line, in units
    bool protective = false;        // helmets and boots, which Britain does not tax
};

// The product with this number in the catalogue that belongs to the seed.
Product makeProduct(std::uint64_t seed, std::int64_t id);

} // namespace Counterfoil::Sandbox
