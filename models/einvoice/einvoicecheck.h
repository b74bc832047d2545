#pragma once

#include "einvoice.h"

#include <variant>
#include <vector>

namespace Counterfoil {

struct Invoice;

// What somebody who checks an e-invoice would say about it: one thing, with the value that it states and the
// one that it should. The words are in einvoicewords.h.
struct EInvoiceFinding
{
    enum class What {
        // In itself.
        Unreadable,
        Missing,
        NoLines,
        NoTaxes,
        NoTerms,
        LineNet,
        LineNetRounded,
        LineTooLarge,
        LineDiscount,
        PeriodReversed,
        LineSum,
        AllowanceSum,
        ChargeSum,
        NetTotal,
        TaxSum,
        GrandTotal,
        Payable,
        PaidUnknown,
        TaxBasis,
        TaxUnlisted,
        TaxAmount,
        TaxAmountRounded,
        TaxTooLarge,
        LastInItself = TaxTooLarge,
        // Against the ERP's record.
        RecordNumber,
        RecordKind,
        RecordIssued,
        RecordDue,
        RecordCurrency,
        RecordSeller,
        RecordBuyer,
        RecordShipTo,
        RecordOrder,
        RecordPoReference,
        RecordLineMissing,
        RecordLineMore,
        RecordLineItem,
        RecordLineQuantity,
        RecordLinePrice,
        RecordLineTaxRate,
        RecordLineNet,
        RecordNet,
        RecordTaxAtRate,
        RecordTax,
        RecordTotal,
        LastInRecord = RecordTotal,
        // Against the words on the pages.
        NumberNotPrinted,
        TotalNotPrinted,
        // Of any check.
        LeftOut,
    };
    enum class Grade {
        Note, // worth knowing, and nothing is wrong by it
        Wrong,
    };
    using Value = std::variant<std::monostate, Decimal, Date, QString>;

    What what = What::Missing;
    QString rule = {};    // as EN 16931-1 names it, "BR-CO-10"; empty: none of its own
    QString subject = {}; // a line's number, a rate, a term
    Value stated = {};
    Value expected = {};

    Grade grade() const;
    bool operator==(const EInvoiceFinding &) const = default;
};
using EInvoiceFindings = std::vector<EInvoiceFinding>;

// Findings of a grade beyond so many of one check are left out, and a note (LeftOut) says how many.
inline constexpr std::size_t findingsMost = 200;

bool anyWrong(const EInvoiceFindings &findings);

// The invoice in itself: what EN 16931-1 requires of sums (BR-CO-10 to 17), of taxes by rate (BR-S-8 and its
// like), of lines (the definition of BT-131) and of terms that must be there, as far as its profile has them.
// Amounts are compared to the last place, after rounding to the currency's, halves away from zero, where the
// standard rounds: a line's net amount and a tax. A difference there that rounding elsewhere explains (taxes
// added up by line, a price rounded to fewer places) is a note.
EInvoiceFindings checkInItself(const EInvoice &invoice);

// Against what the ERP says. What the file does not say is no difference. `seller`: whose ERP it is; empty:
// not known.
EInvoiceFindings compareWithRecord(const EInvoice &invoice, const Invoice &record,
                                   const QString &seller = {});

// Whether number and total are among the words of the pages, in any usual way of writing them.
EInvoiceFindings compareWithPages(const EInvoice &invoice, const QString &words);

} // namespace Counterfoil
