#include "attachment.h"

namespace Counterfoil {

using FieldTable::field;

namespace {

constexpr Field attachmentFields[] = {
    field<&Attachment::upload>("upload", "Upload"),
    field<&Attachment::lineNumber>("lineNumber", "Line; 0: the whole"),
    field<&Attachment::name>("name", "File", Searchable | Column),
    field<&Attachment::mediaType>("mediaType", "Media type"),
    field<&Attachment::bytes>("bytes", "Size", Column),
    field<&Attachment::sha256>("sha256", "SHA-256"),
};

} // namespace

constinit const RecordType Attachment::type{"attachment", "attachments", attachmentFields,
                                            &FieldTable::create<Attachment>};

} // namespace Counterfoil
