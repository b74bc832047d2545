#pragma once

#include <string>
#include <vector>

namespace Counterfoil {

// Somebody who can sign in to a gateway that runs on the sandbox.
struct SandboxPerson
{
    std::string user;
    std::string displayName;
    std::string role;                  // "buyer", "finance", "viewer", "csr"
    std::vector<std::string> accounts; // account keys, branches included; empty: all accounts
    std::string contact;               // the key of the Contact that this person is
};

// Two buyers of different accounts, an accounts-payable clerk, a viewer and a CS rep. Their accounts
// are the first that every company has, whatever its seed, and a good part of its business is theirs.
std::vector<SandboxPerson> sandboxPeople();

// The supplier whose ERP this is.
std::string sandboxSupplierName();

} // namespace Counterfoil
