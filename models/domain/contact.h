#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// A person at an account, whether or not they may sign in; without an account: somebody at the supplier.
struct Contact
{
    std::string key;
    std::string account; // empty: of the supplier, seen by everybody
    std::string name;
    std::string role; // what they do: "Purchasing", "Accounts payable"
    std::string department;
    std::string email;
    std::string phone;
    std::string mobile;
    std::string status;  // the code of a Status: "pending", "confirmed", "refused", "retired"
    std::string reason;  // the ERP's, when it is refused; may be empty
    bool current = true; // not retired

    static const RecordType type;
};

} // namespace Counterfoil
