#pragma once

#include "commandoutcome.h"
#include "quote.h"

namespace Counterfoil {

// For people who do not see the account's credit standing: that an order will be held remains, since they are
// asked whether they want it nevertheless; how the account stands does not.
void withholdCredit(Quote &quote);
void withholdCredit(CommandOutcome &outcome);

} // namespace Counterfoil
