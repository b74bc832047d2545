#include "note.h"

namespace Counterfoil {

using FieldTable::field;

namespace {

constexpr Field noteFields[] = {
    field<&Note::key>("key", "Key", Key),
    field<&Note::account>("account", "Account", AccountKey),
    field<&Note::author>("author", "Written by", Sortable | Column),
    field<&Note::at>("at", "Written", Sortable | Column),
    field<&Note::text>("text", "Note", Editable | Column),
};

} // namespace

constinit const RecordType Note::type{"note", "notes", noteFields, &FieldTable::create<Note>};

} // namespace Counterfoil
