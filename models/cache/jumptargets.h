#pragma once

#include "account.h"
#include "address.h"
#include "contact.h"
#include "invoice.h"
#include "item.h"
#include "jumpsearch.h"
#include "order.h"
#include "payment.h"
#include "return.h"
#include "shipment.h"

#include <span>

// What can be jumped to, and by what it is known.
namespace Counterfoil::JumpTargets {

using By = JumpHit::By;

// A text by which people know a record of the kind.
struct Name
{
    std::string_view list; // whose elements have the field; empty: the record itself
    std::string_view field;
    By by;
};

// A kind that can be jumped to.
struct Target
{
    const RecordType *kind;
    // Among exact numbers, the paper that speaks of another comes before that other: an e-mail about an
    // invoice names its order too.
    int specific;
    std::span<const Name> names; // best first
    std::string_view number;     // the field that names it in lists
    std::string_view title;      // the field beside that; empty: none
};

inline constexpr Name orderNames[]
    = {{{}, "number", By::Number}, {{}, "poReference", By::PoReference}, {{}, "shipToName", By::ShipTo}};
inline constexpr Name shipmentNames[] = {{{}, "number", By::Number},
                                         {{}, "tracking", By::Tracking},
                                         {"parcels", "trackingNumber", By::Tracking},
                                         {{}, "poReference", By::PoReference},
                                         {{}, "orderNumber", By::Related},
                                         {{}, "shipToName", By::ShipTo}};
inline constexpr Name invoiceNames[] = {{{}, "number", By::Number},
                                        {{}, "poReference", By::PoReference},
                                        {{}, "orderNumber", By::Related},
                                        {{}, "creditedNumber", By::Related},
                                        {{}, "shipToName", By::ShipTo}};
inline constexpr Name paymentNames[]
    = {{{}, "number", By::Number}, {{}, "reference", By::Reference}, {"parts", "invoiceNumber", By::Related}};
inline constexpr Name returnNames[] = {{{}, "number", By::Number},
                                       {{}, "poReference", By::PoReference},
                                       {{}, "orderNumber", By::Related},
                                       {{}, "invoiceNumber", By::Related},
                                       {{}, "creditMemoNumber", By::Related}};
inline constexpr Name accountNames[] = {{{}, "number", By::Number}, {{}, "name", By::Name}};
inline constexpr Name contactNames[] = {{{}, "name", By::Name}, {{}, "email", By::Name}};
inline constexpr Name itemNames[]
    = {{{}, "sku", By::Number}, {{}, "manufacturerNumber", By::Reference}, {{}, "name", By::Name}};
inline constexpr Name addressNames[] = {{{}, "name", By::Place}, {{}, "postalCode", By::Place}};

// In the order in which they are listed where all else is equal.
inline constexpr Target targets[] = {{&Order::type, 3, orderNames, "number", "shipToName"},
                                     {&Shipment::type, 2, shipmentNames, "number", "shipToName"},
                                     {&Invoice::type, 1, invoiceNames, "number", "shipToName"},
                                     {&Return::type, 0, returnNames, "number", "orderNumber"},
                                     {&Payment::type, 0, paymentNames, "number", "reference"},
                                     {&Account::type, 4, accountNames, "number", "name"},
                                     {&Contact::type, 5, contactNames, "name", "role"},
                                     {&Address::type, 6, addressNames, "name", "city"},
                                     {&Item::type, 7, itemNames, "sku", "name"}};

} // namespace Counterfoil::JumpTargets
