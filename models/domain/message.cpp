#include "message.h"

#include "return.h"

namespace Counterfoil {

using FieldTable::field;
using FieldTable::link;
using FieldTable::list;

namespace {

constexpr Field messageFields[] = {
    field<&Message::key>("key", "Key", Key),
    field<&Message::account>("account", "Account", AccountKey),
    link<&Message::ofReturn, Return>("return", "Return key", Editable),
    field<&Message::author>("author", "Written by", Sortable | Column),
    field<&Message::fromSupplier>("fromSupplier", "From the supplier", Editable),
    field<&Message::at>("at", "Written", Sortable | Column),
    field<&Message::text>("text", "Message", Editable | Searchable | Column),
    list<&Message::attachments>("attachments", "Files", Editable),
};

} // namespace

constinit const RecordType Message::type{"message", "messages", messageFields, &FieldTable::create<Message>};

} // namespace Counterfoil
