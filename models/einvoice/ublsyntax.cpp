#include "einvoicesyntax.h"

namespace Counterfoil::Ubl {

namespace {

#define TOTALS "LegalMonetaryTotal/"

using I = EInvoice;
constexpr Term<I> invoiceTerms[] = {
    {&I::profile, "CustomizationID"},
    {&I::number, "ID"},
    {&I::typeCode, "InvoiceTypeCode"},
    {&I::issued, "IssueDate"},
    {&I::due, "DueDate"},
    {&I::due, "PaymentMeans/PaymentDueDate"},
    {&I::delivered, "Delivery/ActualDeliveryDate"},
    {&I::periodFrom, "InvoicePeriod/StartDate"},
    {&I::periodTo, "InvoicePeriod/EndDate"},
    {&I::currency, "DocumentCurrencyCode"},
    {&I::taxCurrency, "TaxCurrencyCode"},
    {&I::buyerReference, "BuyerReference"},
    {&I::order, "OrderReference/ID"},
    {&I::salesOrder, "OrderReference/SalesOrderID"},
    {&I::contract, "ContractDocumentReference/ID"},
    {&I::project, "ProjectReference/ID"},
    {&I::despatch, "DespatchDocumentReference/ID"},
    {&I::receipt, "ReceiptDocumentReference/ID"},
    {&I::buyerAccount, "AccountingCost"},
    {&I::paymentReference, "PaymentMeans/PaymentID"},
    {&I::creditorId, "AccountingSupplierParty/Party/PartyIdentification/ID[@schemeID=SEPA]"},
    {&I::lineTotal, TOTALS "LineExtensionAmount"},
    {&I::allowanceTotal, TOTALS "AllowanceTotalAmount"},
    {&I::chargeTotal, TOTALS "ChargeTotalAmount"},
    {&I::taxBasisTotal, TOTALS "TaxExclusiveAmount"},
    {&I::rounding, TOTALS "PayableRoundingAmount"},
    {&I::grandTotal, TOTALS "TaxInclusiveAmount"},
    {&I::prepaid, TOTALS "PrepaidAmount"},
    {&I::payable, TOTALS "PayableAmount"},
};

using P = EInvoiceParty;
constexpr Term<P> partyTerms[] = {
    {&P::name, "PartyLegalEntity/RegistrationName"},
    {&P::name, "PartyName/Name"},
    {&P::tradingName, "PartyName/Name"},
    {&P::ids, "PartyIdentification/ID[@schemeID!=SEPA]"},
    {&P::legalId, "PartyLegalEntity/CompanyID"},
    {&P::vatId, "PartyTaxScheme[TaxScheme/ID=VAT]/CompanyID"},
    {&P::taxNumber, "PartyTaxScheme[TaxScheme/ID!=VAT]/CompanyID"},
    {&P::electronicAddress, "EndpointID"},
    {&P::street, "PostalAddress/StreetName"},
    {&P::street2, "PostalAddress/AdditionalStreetName"},
    {&P::street3, "PostalAddress/AddressLine/Line"},
    {&P::postcode, "PostalAddress/PostalZone"},
    {&P::city, "PostalAddress/CityName"},
    {&P::region, "PostalAddress/CountrySubentity"},
    {&P::country, "PostalAddress/Country/IdentificationCode"},
    {&P::contact, "Contact/Name"},
    {&P::phone, "Contact/Telephone"},
    {&P::email, "Contact/ElectronicMail"},
    {&P::description, "PartyLegalEntity/CompanyLegalForm"},
    // Where goods go is no party but a delivery.
    {&P::name, "DeliveryParty/PartyName/Name"},
    {&P::ids, "DeliveryLocation/ID"},
    {&P::street, "DeliveryLocation/Address/StreetName"},
    {&P::street2, "DeliveryLocation/Address/AdditionalStreetName"},
    {&P::street3, "DeliveryLocation/Address/AddressLine/Line"},
    {&P::postcode, "DeliveryLocation/Address/PostalZone"},
    {&P::city, "DeliveryLocation/Address/CityName"},
    {&P::region, "DeliveryLocation/Address/CountrySubentity"},
    {&P::country, "DeliveryLocation/Address/Country/IdentificationCode"},
};

using N = EInvoiceNote;
constexpr Term<N> noteTerms[] = {
    {&N::text, ""},
};

using W = EInvoiceTerms;
constexpr Term<W> termsTerms[] = {
    {&W::text, "Note"},
};

using M = EInvoicePayment;
constexpr Term<M> paymentTerms[] = {
    {&M::code, "PaymentMeansCode"},
    {&M::text, "PaymentMeansCode/@name"},
    {&M::account, "PayeeFinancialAccount/ID"},
    {&M::accountName, "PayeeFinancialAccount/Name"},
    {&M::bank, "PayeeFinancialAccount/FinancialInstitutionBranch/ID"},
    {&M::debited, "PaymentMandate/PayerFinancialAccount/ID"},
    {&M::card, "CardAccount/PrimaryAccountNumberID"},
};

using R = EInvoiceReference;
constexpr Term<R> referenceTerms[] = {
    {&R::number, "InvoiceDocumentReference/ID"},
    {&R::date, "InvoiceDocumentReference/IssueDate"},
};

using D = EInvoiceAttachment;
constexpr Term<D> attachmentTerms[] = {
    {&D::number, "ID"},
    {&D::name, "DocumentDescription"},
    {&D::fileName, "Attachment/EmbeddedDocumentBinaryObject/@filename"},
    {&D::location, "Attachment/ExternalReference/URI"},
};

using X = EInvoiceTax;
constexpr Term<X> taxTerms[] = {
    {&X::category, "TaxCategory/ID"},
    {&X::rate, "TaxCategory/Percent"},
    {&X::basis, "TaxableAmount"},
    {&X::amount, "TaxAmount"},
    {&X::exemption, "TaxCategory/TaxExemptionReason"},
};

using A = EInvoiceAllowance;
constexpr Term<A> allowanceTerms[] = {
    {&A::charge, "ChargeIndicator"},
    {&A::amount, "Amount"},
    {&A::base, "BaseAmount"},
    {&A::percent, "MultiplierFactorNumeric"},
    {&A::reason, "AllowanceChargeReason"},
    {&A::reasonCode, "AllowanceChargeReasonCode"},
    {&A::taxCategory, "TaxCategory/ID"},
    {&A::taxRate, "TaxCategory/Percent"},
};
constexpr const char *allowancePaths[] = {"AllowanceCharge"};

using L = EInvoiceLine;
constexpr Term<L> lineTerms[] = {
    {&L::id, "ID"},
    {&L::note, "Note"},
    {&L::name, "Item/Name"},
    {&L::description, "Item/Description"},
    {&L::sellerItem, "Item/SellersItemIdentification/ID"},
    {&L::buyerItem, "Item/BuyersItemIdentification/ID"},
    {&L::standardItem, "Item/StandardItemIdentification/ID"},
    {&L::quantity, "InvoicedQuantity"},
    {&L::unit, "InvoicedQuantity/@unitCode"},
    {&L::price, "Price/PriceAmount"},
    {&L::priceBase, "Price/BaseQuantity"},
    {&L::grossPrice, "Price/AllowanceCharge/BaseAmount"},
    {&L::discount, "Price/AllowanceCharge/Amount"},
    {&L::net, "LineExtensionAmount"},
    {&L::taxCategory, "Item/ClassifiedTaxCategory/ID"},
    {&L::taxRate, "Item/ClassifiedTaxCategory/Percent"},
    {&L::from, "InvoicePeriod/StartDate"},
    {&L::to, "InvoicePeriod/EndDate"},
    {&L::orderLine, "OrderLineReference/LineID"},
};

using Y = EInvoiceProperty;
constexpr Term<Y> propertyTerms[] = {
    {&Y::name, "Name"},
    {&Y::value, "Value"},
};

} // namespace

const EInvoiceSyntax &syntax()
{
    static constexpr EInvoiceSyntax syntax{
        .invoice = invoiceTerms,
        .party = partyTerms,
        .seller = "AccountingSupplierParty/Party",
        .buyer = "AccountingCustomerParty/Party",
        .payee = "PayeeParty",
        .taxRepresentative = "TaxRepresentativeParty",
        .shipTo = "Delivery",
        .notes = "Note",
        .note = noteTerms,
        .terms = "PaymentTerms",
        .term = termsTerms,
        .payments = "PaymentMeans",
        .payment = paymentTerms,
        .preceding = "BillingReference",
        .reference = referenceTerms,
        .attachments = "AdditionalDocumentReference",
        .attachment = attachmentTerms,
        .taxes = "TaxTotal/TaxSubtotal",
        .tax = taxTerms,
        .taxTotals = "TaxTotal/TaxAmount",
        .allowances = allowancePaths,
        .lineAllowances = "AllowanceCharge",
        .allowance = allowanceTerms,
        .lines = "InvoiceLine",
        .line = lineTerms,
        .properties = "Item/AdditionalItemProperty",
        .property = propertyTerms,
    };
    return syntax;
}

std::span<const ElementName> creditNoteNames()
{
    static constexpr ElementName names[] = {
        {"CreditNoteTypeCode", "InvoiceTypeCode"},
        {"CreditNoteLine", "InvoiceLine"},
        {"CreditedQuantity", "InvoicedQuantity"},
    };
    return names;
}

#undef TOTALS

} // namespace Counterfoil::Ubl
