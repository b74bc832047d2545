#include "status.h"

namespace Counterfoil {

using FieldTable::field;

namespace {

constexpr Field statusFields[] = {
    field<&Status::key>("key", "Key", Key),
    field<&Status::account>("account", "Account", AccountKey),
    field<&Status::subject>("subject", "Subject"),
    field<&Status::code>("code", "Code"),
    field<&Status::label>("label", "Label", Column),
    field<&Status::tone>("tone", "Tone"),
    field<&Status::symbol>("symbol", "Symbol"),
    field<&Status::position>("position", "Position"),
};

} // namespace

constinit const RecordType Status::type{"status", "statuses", statusFields, &FieldTable::create<Status>};

} // namespace Counterfoil
