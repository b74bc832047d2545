#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// Where an account, or one of its branches, has goods or bills sent.
struct Address
{
    std::string key;
    std::string account; // the account or branch whose list it is in
    std::string name;    // of the site or company, as it stands on a label
    std::string attention;
    std::string street; // lines separated by \n
    std::string city;
    std::string region; // state or province, where the country has them
    std::string postalCode;
    std::string country; // ISO 3166-1 alpha-2
    std::string phone;
    bool shipTo = false; // goods may be sent here
    bool billTo = false; // bills may be sent here
    std::string status;  // the code of a Status: "pending", "confirmed", "refused", "retired"
    std::string reason;  // the ERP's, when it is refused; may be empty
    bool current = true; // not retired

    static const RecordType type;
};

} // namespace Counterfoil
