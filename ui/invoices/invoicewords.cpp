#include "invoicewords.h"

#include "display.h"

#include <QCoreApplication>

namespace Counterfoil {

namespace {

class InvoiceWordsText
{
    Q_DECLARE_TR_FUNCTIONS(InvoiceWords)
};

InvoiceStanding creditStanding(const Invoice &invoice)
{
    const QString open = Display::money(-invoice.openAmount, invoice.currency);
    const QString total = Display::money(-invoice.total, invoice.currency);
    if (!invoice.open || invoice.openAmount == Amount())
        return {InvoiceWordsText::tr("A credit of %1, offset in full.", "an amount").arg(total),
                Tone::Neutral};
    return {InvoiceWordsText::tr("A credit of %1, of which %2 is still to be offset.", "amounts")
                .arg(total, open),
            Tone::Info};
}

InvoiceStanding paidStanding(const Invoice &invoice, const std::vector<Payment> &payments)
{
    for (const Payment &payment : payments) {
        for (const PaymentPart &part : payment.parts) {
            if (part.invoice == invoice.key && payment.receivedAt.isSet())
                return {InvoiceWordsText::tr("Paid in full. The last payment came on %1.", "a date")
                            .arg(Display::shortDate(payment.receivedAt)),
                        Tone::Ok};
        }
    }
    return {InvoiceWordsText::tr("Settled: nothing is to be paid."), Tone::Ok};
}

} // namespace

InvoiceStanding standingOf(const Invoice &invoice, const std::vector<Payment> &payments, Date today)
{
    if (invoice.credit)
        return creditStanding(invoice);
    if (!invoice.open)
        return paidStanding(invoice, payments);
    const QString open = Display::money(invoice.openAmount, invoice.currency);
    if (!invoice.disputeReason.empty())
        return {InvoiceWordsText::tr("Disputed: %1. %2 is open.", "the ERP's reason, and an amount")
                    .arg(Display::text(invoice.disputeReason), open),
                Tone::Warn};
    if (!invoice.dueOn.isSet())
        return {InvoiceWordsText::tr("%1 is open; no due date is set.", "an amount").arg(open), Tone::Info};
    const QString due = Display::shortDate(invoice.dueOn);
    const int days = today.isSet() ? invoice.dueOn.daysSinceEpoch - today.daysSinceEpoch : 1;
    if (days < 0)
        return {InvoiceWordsText::tr("Overdue by %Ln days: %1 was due on %2.", "an amount and a date", -days)
                    .arg(open, due),
                Tone::Bad};
    if (days == 0)
        return {InvoiceWordsText::tr("%1 is due today.", "an amount").arg(open), Tone::Warn};
    return {
        InvoiceWordsText::tr("%1 is due on %2, in %Ln days.", "an amount and a date", days).arg(open, due),
        Tone::Info};
}

QString earlyDiscountOf(const Invoice &invoice, Date today)
{
    if (!invoice.open || invoice.credit || !invoice.discountUntil.isSet() || invoice.discount <= Amount()
        || invoice.discount >= invoice.openAmount || today > invoice.discountUntil)
        return {};
    return InvoiceWordsText::tr("Keep %1 back if you pay by %2: then %3 settles it.",
                                "an amount, a date, an amount")
        .arg(Display::money(invoice.discount, invoice.currency), Display::shortDate(invoice.discountUntil),
             Display::money(invoice.openAmount - invoice.discount, invoice.currency));
}

} // namespace Counterfoil
