#pragma once

#include "erpwords.h"
#include "instant.h"
#include "random.h"
#include "status.h"

#include <vector>

// How the sandbox's supplier says things. It speaks English: these are the ERP's words, not ours.
namespace Counterfoil::Sandbox {

// The states as the supplier words them at first, in the order in which lists show them.
std::vector<Status> firstStatuses();

std::string dayAndMonth(Date date); // "3 Dec"

std::string placedText(const std::string &origin, const std::string &by); // "Placed by Ruth Adeyemi by phone"

std::string notesText(const std::string &notes); // what the buyer wants to be heeded

// The buyer's own order number, in the style of the account.
std::string poReference(int style, std::int64_t order, Date placed, const std::string &accountNumber);

Date dateOf(Instant at); // the UTC day

} // namespace Counterfoil::Sandbox
