#include "withheldcredit.h"

namespace Counterfoil {

namespace {

constexpr const char *holdCode = "credit-hold";
constexpr const char *holdText
    = "Credit control will look at this order before it is sent. Ask who looks after your company’s credit.";

} // namespace

void withholdCredit(Quote &quote)
{
    quote.creditTold = quote.creditLimited = false;
    quote.creditLimit = quote.creditAvailable = quote.creditAfter = {};
    if (quote.willHold)
        quote.holdReason = holdText;
    for (QuoteNotice &notice : quote.notices) {
        if (notice.code == holdCode)
            notice.text = holdText;
    }
}

void withholdCredit(CommandOutcome &outcome)
{
    for (CartDifference &difference : outcome.differences) {
        if (difference.code != holdCode)
            continue;
        difference.was.clear();
        difference.now.clear();
        difference.text = holdText;
        outcome.reason = holdText; // the ERP's own may begin with it
    }
}

} // namespace Counterfoil
