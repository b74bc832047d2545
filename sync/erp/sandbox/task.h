#pragma once

#include <cstdint>

namespace Counterfoil::Sandbox {

// What the company does, each at its time. The numbers are in its books.
enum class Task : std::int64_t {
    Review,  // an order was placed: credit, then stock
    Decide,  // it is on hold: release or cancel it
    Ship,    // detail: the warehouse
    Track,   // detail: the shipment
    Deliver, // detail: the shipment
    Bill,    // detail: the shipment
    Close,
    Receive, // subject: a stock place, detail: how many units in millionths
    Pay,     // subject from here on: an invoice; detail: 1 for early enough to keep back the discount
    Dispute,
    Resolve,      // the dispute
    Credit,       // detail: 1 for the whole invoice, 0 for what the customer claims
    CheckAddress, // subject: what a customer has entered
    CheckContact,
    Tidy,         // without a subject
    Withdraw,     // subject: a product
    AskForReturn, // subject: a shipment, of which something goes back
    MoveReturn,   // subject: a return, to its next state
};

} // namespace Counterfoil::Sandbox
