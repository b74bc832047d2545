#pragma once

#include "command.h"
#include "gatewaystore.h"
#include "quote.h"
#include "refusal.h"
#include "scope.h"

namespace Counterfoil {

// Whether this person may ask for that: by role, or because the record is who they are themselves; and only
// about records in sight that belong to the account named; who does not see prices sets none. What is out of
// sight is NotFound, the same as what does not exist. References to other commands that still stand in it are
// passed over. `made`: keys of records that commands of this person made for this account, which the log may
// not have yet.
Answer<Done> permitCommand(GatewayStore &store, const User &user, const Scope &scope, const Command &command,
                           const std::set<std::string> &made = {});

// The same of a question about prices: whoever may place a cart of the account may ask.
Answer<Done> permitQuote(GatewayStore &store, const User &user, const Scope &scope,
                         const QuoteRequest &request);

} // namespace Counterfoil
