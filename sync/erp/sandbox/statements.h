#pragma once

#include "books.h"
#include "paperdata.h"

namespace Counterfoil::Sandbox {

// Months by the supplier's calendar, counted from the year 0.
std::int64_t monthOf(Instant at);
Instant beginningOfMonth(std::int64_t month);

// Gives each account a statement for each month since `since`, and over by `now`, in which something was
// charged or paid. Those that are there stay. Imported histories do not say what was paid and have none.
void issueStatements(Books &books, const Company &company, Instant since, Instant now);

// What the statement says; `id` is the document's. The same whenever it is asked for, since what was charged
// and paid stays as it is.
PaperStatement statementOf(Books &books, const Document &document, std::int64_t id);

} // namespace Counterfoil::Sandbox
