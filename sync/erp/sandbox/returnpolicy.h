#pragma once

#include "books.h"
#include "return.h"
#include "returnrules.h"

// How the company takes things back.
namespace Counterfoil::Sandbox {

ReturnPolicy firstReturnPolicy(); // until a configuration says otherwise

// Rules are records of the feed, and stay: an account whose own are not in `policy` any more gets a copy of
// everybody's. Routes are in the books alone.
void writeReturnPolicy(Books &books, const ReturnPolicy &policy, Instant at);
ReturnPolicy readReturnPolicy(Books &books);

// Sets who is to decide.
void route(Return &record, const ReturnPolicy &policy);

} // namespace Counterfoil::Sandbox
