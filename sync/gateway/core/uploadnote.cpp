#include "uploadnote.h"

namespace Counterfoil {

namespace {

using FieldTable::field;

constexpr Field uploadNoteFields[] = {
    field<&UploadNote::upload>("upload", "Upload"), field<&UploadNote::account>("account", "Account"),
    field<&UploadNote::name>("name", "Name"),       field<&UploadNote::mediaType>("mediaType", "Media type"),
    field<&UploadNote::bytes>("bytes", "Bytes"),    field<&UploadNote::sha256>("sha256", "SHA-256"),
    field<&UploadNote::person>("person", "Person"),
};

} // namespace

constinit const RecordType UploadNote::type{"uploadNote", "uploadNotes", uploadNoteFields,
                                            &FieldTable::create<UploadNote>};

} // namespace Counterfoil
