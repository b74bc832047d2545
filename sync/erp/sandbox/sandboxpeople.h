#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace Counterfoil {

// Somebody who can sign in to a gateway that runs on the sandbox.
struct SandboxPerson
{
    std::string user;
    std::string displayName;
    std::string role;                  // "buyer", "approver", "finance", "viewer", "csr"
    std::vector<std::string> accounts; // account keys, branches included; empty: all accounts
    std::string contact;               // the key of the Contact that this person is
    // What they may order of an account without anybody's approval, in whole units of its currency.
    std::vector<std::pair<std::string, std::int64_t>> limits = {};
};

// Two buyers of different accounts, who approves for the first, an accounts-payable clerk, a viewer and a CS
// rep. Their accounts
// are the first that every company has, whatever its seed, and a good part of its business is theirs.
std::vector<SandboxPerson> sandboxPeople();

// The supplier whose ERP this is.
std::string sandboxSupplierName();

} // namespace Counterfoil
