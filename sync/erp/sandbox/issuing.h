#pragma once

#include "books.h"
#include "connector.h"
#include "paperdata.h"

namespace Counterfoil::Sandbox {

// The document's bytes when it was issued before; or none, and in `data` what its paper is to say, as the
// books have kept it since the day of the invoice. NotFound: there is no such document.
Result<IssuedDocument> findDocument(Sqlite::Database &database, const Company &company,
                                    const std::string &key, PaperData &data);

// The bytes that `drawing` makes of it. BadInput: it makes none, however often it is asked.
Result<std::string> drawn(const PaperDrawing &drawing, const PaperData &data);

// Keeps the bytes and says so in the document's record, in one transaction. When it was issued already, those
// bytes are the ones.
Result<IssuedDocument> issueDocument(Sqlite::Database &database, const std::string &key,
                                     const std::string &bytes, Instant at);

} // namespace Counterfoil::Sandbox
