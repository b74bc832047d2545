#include "contact.h"

namespace Counterfoil {

using FieldTable::field;

namespace {

constexpr Field contactFields[] = {
    field<&Contact::key>("key", "Key", Key),
    field<&Contact::account>("account", "Account", AccountKey),
    field<&Contact::name>("name", "Name", Editable | Searchable | Sortable | Column),
    field<&Contact::role>("role", "Role", Editable | Searchable | Column),
    field<&Contact::department>("department", "Department", Editable | Column),
    field<&Contact::email>("email", "E-mail", Editable | Searchable | Column),
    field<&Contact::phone>("phone", "Phone", Editable | Column),
    field<&Contact::mobile>("mobile", "Mobile", Editable),
    field<&Contact::status>("status", "Status", Column),
    field<&Contact::reason>("reason", "Reason"),
    field<&Contact::current>("current", "In use"),
};

} // namespace

constinit const RecordType Contact::type{"contact", "contacts", contactFields, &FieldTable::create<Contact>};

} // namespace Counterfoil
