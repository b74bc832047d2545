#pragma once

#include "address.h"
#include "company.h"

#include <optional>

namespace Counterfoil::Sandbox {

// What somebody orders who is not made up.
struct Purchase
{
    struct Item
    {
        const Product *product;
        Decimal quantity;
        Decimal unitPrice;
    };
    const Customer *customer = nullptr;
    std::string placedBy;
    std::string poReference;
    std::string notes;
    Date wantedOn;                 // none: as soon as possible
    std::optional<Address> shipTo; // none: the usual one
    std::vector<Item> items;       // at least one
};

} // namespace Counterfoil::Sandbox
