#include "einvoicesyntax.h"

namespace Counterfoil::Cii {

namespace {

#define AGREEMENT "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/"
#define DELIVERY "SupplyChainTradeTransaction/ApplicableHeaderTradeDelivery/"
#define SETTLEMENT "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/"
#define TOTALS SETTLEMENT "SpecifiedTradeSettlementHeaderMonetarySummation/"

using I = EInvoice;
constexpr Term<I> invoiceTerms[] = {
    {&I::profile, "ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID"},
    {&I::number, "ExchangedDocument/ID"},
    {&I::typeCode, "ExchangedDocument/TypeCode"},
    {&I::issued, "ExchangedDocument/IssueDateTime/DateTimeString"},
    {&I::due, SETTLEMENT "SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString"},
    {&I::delivered, DELIVERY "ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString"},
    {&I::periodFrom, SETTLEMENT "BillingSpecifiedPeriod/StartDateTime/DateTimeString"},
    {&I::periodTo, SETTLEMENT "BillingSpecifiedPeriod/EndDateTime/DateTimeString"},
    {&I::currency, SETTLEMENT "InvoiceCurrencyCode"},
    {&I::taxCurrency, SETTLEMENT "TaxCurrencyCode"},
    {&I::buyerReference, AGREEMENT "BuyerReference"},
    {&I::order, AGREEMENT "BuyerOrderReferencedDocument/IssuerAssignedID"},
    {&I::salesOrder, AGREEMENT "SellerOrderReferencedDocument/IssuerAssignedID"},
    {&I::contract, AGREEMENT "ContractReferencedDocument/IssuerAssignedID"},
    {&I::project, AGREEMENT "SpecifiedProcuringProject/ID"},
    {&I::despatch, DELIVERY "DespatchAdviceReferencedDocument/IssuerAssignedID"},
    {&I::despatch, DELIVERY "DeliveryNoteReferencedDocument/IssuerAssignedID"},
    {&I::receipt, DELIVERY "ReceivingAdviceReferencedDocument/IssuerAssignedID"},
    {&I::buyerAccount, SETTLEMENT "ReceivableSpecifiedTradeAccountingAccount/ID"},
    {&I::paymentReference, SETTLEMENT "PaymentReference"},
    {&I::creditorId, SETTLEMENT "CreditorReferenceID"},
    {&I::lineTotal, TOTALS "LineTotalAmount"},
    {&I::allowanceTotal, TOTALS "AllowanceTotalAmount"},
    {&I::chargeTotal, TOTALS "ChargeTotalAmount"},
    {&I::taxBasisTotal, TOTALS "TaxBasisTotalAmount"},
    {&I::rounding, TOTALS "RoundingAmount"},
    {&I::grandTotal, TOTALS "GrandTotalAmount"},
    {&I::prepaid, TOTALS "TotalPrepaidAmount"},
    {&I::payable, TOTALS "DuePayableAmount"},
};

using P = EInvoiceParty;
constexpr Term<P> partyTerms[] = {
    {&P::name, "Name"},
    {&P::tradingName, "SpecifiedLegalOrganization/TradingBusinessName"},
    {&P::ids, "ID"},
    {&P::ids, "GlobalID"},
    {&P::legalId, "SpecifiedLegalOrganization/ID"},
    {&P::vatId, "SpecifiedTaxRegistration/ID[@schemeID=VA]"},
    {&P::taxNumber, "SpecifiedTaxRegistration/ID[@schemeID=FC]"},
    {&P::electronicAddress, "URIUniversalCommunication/URIID"},
    {&P::street, "PostalTradeAddress/LineOne"},
    {&P::street2, "PostalTradeAddress/LineTwo"},
    {&P::street3, "PostalTradeAddress/LineThree"},
    {&P::postcode, "PostalTradeAddress/PostcodeCode"},
    {&P::city, "PostalTradeAddress/CityName"},
    {&P::region, "PostalTradeAddress/CountrySubDivisionName"},
    {&P::country, "PostalTradeAddress/CountryID"},
    {&P::contact, "DefinedTradeContact/PersonName"},
    {&P::department, "DefinedTradeContact/DepartmentName"},
    {&P::phone, "DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber"},
    {&P::email, "DefinedTradeContact/EmailURIUniversalCommunication/URIID"},
    {&P::description, "Description"},
};

using N = EInvoiceNote;
constexpr Term<N> noteTerms[] = {
    {&N::subject, "SubjectCode"},
    {&N::text, "Content"},
};

using W = EInvoiceTerms;
constexpr Term<W> termsTerms[] = {
    {&W::text, "Description"},
    {&W::due, "DueDateDateTime/DateTimeString"},
    {&W::mandate, "DirectDebitMandateID"},
};

using M = EInvoicePayment;
constexpr Term<M> paymentTerms[] = {
    {&M::code, "TypeCode"},
    {&M::text, "Information"},
    {&M::account, "PayeePartyCreditorFinancialAccount/IBANID"},
    {&M::account, "PayeePartyCreditorFinancialAccount/ProprietaryID"},
    {&M::accountName, "PayeePartyCreditorFinancialAccount/AccountName"},
    {&M::bank, "PayeeSpecifiedCreditorFinancialInstitution/BICID"},
    {&M::debited, "PayerPartyDebtorFinancialAccount/IBANID"},
    {&M::card, "ApplicableTradeSettlementFinancialCard/ID"},
};

using R = EInvoiceReference;
constexpr Term<R> referenceTerms[] = {
    {&R::number, "IssuerAssignedID"},
    {&R::date, "FormattedIssueDateTime/DateTimeString"},
};

using D = EInvoiceAttachment;
constexpr Term<D> attachmentTerms[] = {
    {&D::number, "IssuerAssignedID"},
    {&D::name, "Name"},
    {&D::fileName, "AttachmentBinaryObject/@filename"},
    {&D::location, "URIID"},
};

using X = EInvoiceTax;
constexpr Term<X> taxTerms[] = {
    {&X::category, "CategoryCode"},   {&X::rate, "RateApplicablePercent"}, {&X::basis, "BasisAmount"},
    {&X::amount, "CalculatedAmount"}, {&X::exemption, "ExemptionReason"},
};

using A = EInvoiceAllowance;
constexpr Term<A> allowanceTerms[] = {
    {&A::charge, "ChargeIndicator/Indicator"},
    {&A::amount, "ActualAmount"},
    {&A::base, "BasisAmount"},
    {&A::percent, "CalculationPercent"},
    {&A::reason, "Reason"},
    {&A::reasonCode, "ReasonCode"},
    {&A::taxCategory, "CategoryTradeTax/CategoryCode"},
    {&A::taxRate, "CategoryTradeTax/RateApplicablePercent"},
    // Freight, as EXTENDED and ZUGFeRD 1.0 can have it.
    {&A::amount, "AppliedAmount"},
    {&A::reason, "Description"},
    {&A::taxCategory, "AppliedTradeTax/CategoryCode"},
    {&A::taxRate, "AppliedTradeTax/RateApplicablePercent"},
};
constexpr const char *allowancePaths[]
    = {SETTLEMENT "SpecifiedTradeAllowanceCharge", SETTLEMENT "SpecifiedLogisticsServiceCharge"};

using L = EInvoiceLine;
constexpr Term<L> lineTerms[] = {
    {&L::id, "AssociatedDocumentLineDocument/LineID"},
    {&L::kind, "AssociatedDocumentLineDocument/LineStatusReasonCode"},
    {&L::note, "AssociatedDocumentLineDocument/IncludedNote/Content"},
    {&L::name, "SpecifiedTradeProduct/Name"},
    {&L::description, "SpecifiedTradeProduct/Description"},
    {&L::sellerItem, "SpecifiedTradeProduct/SellerAssignedID"},
    {&L::buyerItem, "SpecifiedTradeProduct/BuyerAssignedID"},
    {&L::standardItem, "SpecifiedTradeProduct/GlobalID"},
    {&L::quantity, "SpecifiedLineTradeDelivery/BilledQuantity"},
    {&L::unit, "SpecifiedLineTradeDelivery/BilledQuantity/@unitCode"},
    {&L::price, "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount"},
    {&L::priceBase, "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/BasisQuantity"},
    {&L::grossPrice, "SpecifiedLineTradeAgreement/GrossPriceProductTradePrice/ChargeAmount"},
    {&L::discount,
     "SpecifiedLineTradeAgreement/GrossPriceProductTradePrice/"
     "AppliedTradeAllowanceCharge[ChargeIndicator/Indicator!=true]/ActualAmount"},
    {&L::net, "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount"},
    {&L::taxCategory, "SpecifiedLineTradeSettlement/ApplicableTradeTax/CategoryCode"},
    {&L::taxRate, "SpecifiedLineTradeSettlement/ApplicableTradeTax/RateApplicablePercent"},
    {&L::from, "SpecifiedLineTradeSettlement/BillingSpecifiedPeriod/StartDateTime/DateTimeString"},
    {&L::to, "SpecifiedLineTradeSettlement/BillingSpecifiedPeriod/EndDateTime/DateTimeString"},
    {&L::orderLine, "SpecifiedLineTradeAgreement/BuyerOrderReferencedDocument/LineID"},
};

using Y = EInvoiceProperty;
constexpr Term<Y> propertyTerms[] = {
    {&Y::name, "Description"},
    {&Y::value, "Value"},
};

} // namespace

const EInvoiceSyntax &syntax()
{
    static constexpr EInvoiceSyntax syntax{
        .invoice = invoiceTerms,
        .party = partyTerms,
        .seller = AGREEMENT "SellerTradeParty",
        .buyer = AGREEMENT "BuyerTradeParty",
        .payee = SETTLEMENT "PayeeTradeParty",
        .taxRepresentative = AGREEMENT "SellerTaxRepresentativeTradeParty",
        .shipTo = DELIVERY "ShipToTradeParty",
        .notes = "ExchangedDocument/IncludedNote",
        .note = noteTerms,
        .terms = SETTLEMENT "SpecifiedTradePaymentTerms",
        .term = termsTerms,
        .payments = SETTLEMENT "SpecifiedTradeSettlementPaymentMeans",
        .payment = paymentTerms,
        .preceding = SETTLEMENT "InvoiceReferencedDocument",
        .reference = referenceTerms,
        .attachments = AGREEMENT "AdditionalReferencedDocument",
        .attachment = attachmentTerms,
        .taxes = SETTLEMENT "ApplicableTradeTax",
        .tax = taxTerms,
        .taxTotals = TOTALS "TaxTotalAmount",
        .allowances = allowancePaths,
        .lineAllowances = "SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge",
        .allowance = allowanceTerms,
        .lines = "SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem",
        .line = lineTerms,
        .properties = "SpecifiedTradeProduct/ApplicableProductCharacteristic",
        .property = propertyTerms,
    };
    return syntax;
}

std::span<const ElementName> zugferd1Names()
{
    static constexpr char line[] = "IncludedSupplyChainTradeLineItem";
    static constexpr ElementName names[] = {
        {"SpecifiedExchangedDocumentContext", "ExchangedDocumentContext"},
        {"HeaderExchangedDocument", "ExchangedDocument"},
        {"SpecifiedSupplyChainTradeTransaction", "SupplyChainTradeTransaction"},
        {"ApplicableSupplyChainTradeAgreement", "ApplicableHeaderTradeAgreement"},
        {"ApplicableSupplyChainTradeDelivery", "ApplicableHeaderTradeDelivery"},
        {"ApplicableSupplyChainTradeSettlement", "ApplicableHeaderTradeSettlement"},
        {"SpecifiedSupplyChainTradeAgreement", "SpecifiedLineTradeAgreement"},
        {"SpecifiedSupplyChainTradeDelivery", "SpecifiedLineTradeDelivery"},
        {"SpecifiedSupplyChainTradeSettlement", "SpecifiedLineTradeSettlement"},
        {"SpecifiedTradeSettlementMonetarySummation", "SpecifiedTradeSettlementLineMonetarySummation", line},
        {"SpecifiedTradeSettlementMonetarySummation", "SpecifiedTradeSettlementHeaderMonetarySummation",
         nullptr, line},
        {"ApplicablePercent", "RateApplicablePercent"},
        {"ID", "IssuerAssignedID", "BuyerOrderReferencedDocument"},
        {"ID", "IssuerAssignedID", "SellerOrderReferencedDocument"},
        {"ID", "IssuerAssignedID", "ContractReferencedDocument"},
        {"ID", "IssuerAssignedID", "DeliveryNoteReferencedDocument"},
        {"ID", "IssuerAssignedID", "InvoiceReferencedDocument"},
        {"ID", "IssuerAssignedID", "AdditionalReferencedDocument"},
    };
    return names;
}

#undef TOTALS
#undef SETTLEMENT
#undef DELIVERY
#undef AGREEMENT

} // namespace Counterfoil::Cii
