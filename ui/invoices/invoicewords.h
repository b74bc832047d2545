#pragma once

#include "invoice.h"
#include "payment.h"
#include "tokens.h"

#include <QString>

#include <vector>

namespace Counterfoil {

// How an invoice or credit memo stands, in sentences.
struct InvoiceStanding
{
    QString sentence;
    Tone tone = Tone::Neutral;
};

// `payments`: those with parts of it, newest first. `today` in the supplier's calendar.
InvoiceStanding standingOf(const Invoice &invoice, const std::vector<Payment> &payments, Date today);

// "Keep £12.30 back if you pay by 25 Nov: £602.70 then settles it." Empty without such a discount, or when it
// is too late for it.
QString earlyDiscountOf(const Invoice &invoice, Date today);

} // namespace Counterfoil
