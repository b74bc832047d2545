#pragma once

#include "decimal.h"

#include <string>

namespace Counterfoil::Sandbox {

struct Product
{
    std::int64_t id = 0;  // from 1 without holes; low ids sell most
    std::size_t good = 0; // which sort of thing it is
    std::string sku;
    std::string make;
    std::string description;
    std::string unit;               // "each", "box of 200", "m"
    Decimal listPrice;              // in GBP for one unit
    std::int64_t usualQuantity = 1; // of an order line, in units
    bool protective = false;        // helmets and boots, which Britain does not tax
};

// The product with this number in the catalogue that belongs to the seed.
Product makeProduct(std::uint64_t seed, std::int64_t id);

std::string categoryOf(const Product &product); // "Fixings"
std::string familyOf(const Product &product);   // "Hex bolts"
std::string keywordsOf(const Product &product); // other words for it, with commas between

} // namespace Counterfoil::Sandbox
