#include "account.h"

#include "address.h"

namespace Counterfoil {

using FieldTable::field;
using FieldTable::link;
using FieldTable::list;

namespace {

constexpr Field assortmentFields[] = {
    field<&AccountAssortment::assortment>("assortment", "Assortment"),
};

constexpr Field accountFields[] = {
    field<&Account::key>("key", "Key", Key),
    field<&Account::account>("account", "Account", AccountKey),
    field<&Account::number>("number", "Number", Searchable | Sortable | Column),
    field<&Account::name>("name", "Name", Searchable | Sortable | Column),
    field<&Account::parent>("parent", "Parent"),
    field<&Account::city>("city", "City", Sortable | Column),
    field<&Account::country>("country", "Country", Sortable | Column),
    field<&Account::currency>("currency", "Currency"),
    field<&Account::terms>("terms", "Terms"),
    field<&Account::calendar>("calendar", "Calendar"),
    field<&Account::taxTreatment>("taxTreatment", "Tax"),
    link<&Account::defaultShipTo, Address>("defaultShipTo", "Usual delivery address", Editable),
    link<&Account::defaultBillTo, Address>("defaultBillTo", "Usual billing address", Editable),
    list<&Account::assortments>("assortments", "Assortments"),
};

} // namespace

constinit const RecordType AccountAssortment::type{"accountAssortment", "accountAssortments",
                                                   assortmentFields, &FieldTable::create<AccountAssortment>};
constinit const RecordType Account::type{"account", "accounts", accountFields, &FieldTable::create<Account>};

} // namespace Counterfoil
