#include "address.h"

namespace Counterfoil {

using FieldTable::field;

namespace {

constexpr Field addressFields[] = {
    field<&Address::key>("key", "Key", Key),
    field<&Address::account>("account", "Account", AccountKey),
    field<&Address::name>("name", "Name", Editable | Searchable | Sortable | Column),
    field<&Address::attention>("attention", "Attention", Editable | Searchable),
    field<&Address::street>("street", "Street", Editable | Searchable | Column),
    field<&Address::city>("city", "City", Editable | Searchable | Sortable | Column),
    field<&Address::region>("region", "Region", Editable),
    field<&Address::postalCode>("postalCode", "Postal code", Editable | Searchable | Column),
    field<&Address::country>("country", "Country", Editable | Column),
    field<&Address::phone>("phone", "Phone", Editable),
    field<&Address::shipTo>("shipTo", "Deliveries", Editable),
    field<&Address::billTo>("billTo", "Invoices", Editable),
    field<&Address::status>("status", "Status", Column),
    field<&Address::reason>("reason", "Reason"),
    field<&Address::current>("current", "In use"),
};

} // namespace

constinit const RecordType Address::type{"address", "addresses", addressFields, &FieldTable::create<Address>};

} // namespace Counterfoil
