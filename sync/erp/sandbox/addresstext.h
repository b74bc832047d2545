#pragma once

#include "address.h"

// Addresses as orders, shipments and invoices bear them: text of its day, with lines separated by \n.
namespace Counterfoil::Sandbox {

// Without the address's own name, which stands above it; `company` is left out when it is the same.
std::string addressText(const Address &address, const std::string &company);

// The city that a text of addressText() names, or something near it.
std::string cityIn(const std::string &addressText);

} // namespace Counterfoil::Sandbox
