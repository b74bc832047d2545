#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// Items that an account may buy, besides those that are everybody's. Named as an account would be, and never
// like one.
struct AccountAssortment
{
    std::string assortment; // Item::account

    static const RecordType type;
};

// A buying company, or one of its branches.
struct Account
{
    std::string key;
    std::string account; // the same as key: an account is seen by who may see it
    std::string number;
    std::string name;
    std::string parent; // the parent account's key; empty at the top
    std::string city;
    std::string country; // ISO 3166-1 alpha-2
    std::string currency;
    std::string terms;
    std::string calendar;      // the time zone (IANA) whose calendar decides when an invoice is overdue
    std::string taxTreatment;  // how it is taxed, as the ERP words it: "Standard VAT", "Reverse charge"
    std::string defaultShipTo; // the keys of its addresses; empty: none
    std::string defaultBillTo;
    std::vector<AccountAssortment> assortments; // branches have their own

    static const RecordType type;
};

} // namespace Counterfoil
