#pragma once

#include "einvoice.h"
#include "xmltree.h"

#include <span>
#include <variant>

namespace Counterfoil {

// Where one term of an invoice stands in the XML. Of several for the same member the first that is there
// counts; a list takes all.
template <class T> struct Term
{
    std::variant<QString T::*, QStringList T::*, Stated T::*, Date T::*, bool T::*> member;
    const char *path; // as XmlElement::at() has it, from the element of T; with "/@name" an attribute
};

// An element that is called otherwise in another version of a syntax.
struct ElementName
{
    const char *there = nullptr;
    const char *here = nullptr;
    const char *below = nullptr; // only somewhere below this element, or
    const char *notBelow = nullptr;
};

// A syntax as tables: what is read is decided there and nowhere else.
struct EInvoiceSyntax
{
    std::span<const Term<EInvoice>> invoice;
    std::span<const Term<EInvoiceParty>> party;
    const char *seller;
    const char *buyer;
    const char *payee;
    const char *taxRepresentative;
    const char *shipTo;
    const char *notes;
    std::span<const Term<EInvoiceNote>> note;
    const char *terms;
    std::span<const Term<EInvoiceTerms>> term;
    const char *payments;
    std::span<const Term<EInvoicePayment>> payment;
    const char *preceding;
    std::span<const Term<EInvoiceReference>> reference;
    const char *attachments;
    std::span<const Term<EInvoiceAttachment>> attachment;
    const char *taxes;
    std::span<const Term<EInvoiceTax>> tax;
    const char *taxTotals; // one a currency
    std::span<const char *const> allowances;
    const char *lineAllowances;
    std::span<const Term<EInvoiceAllowance>> allowance;
    const char *lines;
    std::span<const Term<EInvoiceLine>> line;
    const char *properties; // of a line
    std::span<const Term<EInvoiceProperty>> property;
};

// UN/CEFACT Cross Industry Invoice D16B, as Factur-X 1.0, ZUGFeRD 2 and XRechnung have it. Source: EN
// 16931-3-3.
namespace Cii {
const EInvoiceSyntax &syntax();
// What ZUGFeRD 1.0 calls otherwise. Source: ZUGFeRD 1.0, technical annex.
std::span<const ElementName> zugferd1Names();
} // namespace Cii

// OASIS UBL 2.1, Invoice. Source: EN 16931-3-2.
namespace Ubl {
const EInvoiceSyntax &syntax();
// What a UBL CreditNote calls otherwise.
std::span<const ElementName> creditNoteNames();
} // namespace Ubl

} // namespace Counterfoil
