#include "document.h"

#include "invoice.h"

namespace Counterfoil {

using FieldTable::field;
using FieldTable::link;

namespace {

constexpr Field documentFields[] = {
    field<&Document::key>("key", "Key", Key),
    field<&Document::account>("account", "Account", AccountKey),
    field<&Document::number>("number", "Document", Searchable | Sortable | Column),
    field<&Document::paper>("paper", "Paper", Sortable | Column),
    field<&Document::mediaType>("mediaType", "Media type"),
    link<&Document::invoice, Invoice>("invoice", "Invoice key"),
    field<&Document::dated>("dated", "Dated", Sortable | Column),
    field<&Document::issued>("issued", "Issued"),
    field<&Document::issuedAt>("issuedAt", "Issued at"),
    field<&Document::bytes>("bytes", "Size", Column),
    field<&Document::sha256>("sha256", "SHA-256", FileDigest),
};

} // namespace

constinit const RecordType Document::type{"document", "documents", documentFields,
                                          &FieldTable::create<Document>, true};

} // namespace Counterfoil
