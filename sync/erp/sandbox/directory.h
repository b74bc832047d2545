#pragma once

#include "books.h"

namespace Counterfoil::Sandbox {

// Writes the accounts of a new company with their addresses, of which each has one to six, and contacts, one
// to five and those of the sandbox's people; and the contacts at the supplier itself.
void writeDirectory(Books &books, const Company &company, Instant founded);

// A telephone number as the country has them.
std::string anyPhone(Random &random, const Country &country);

} // namespace Counterfoil::Sandbox
