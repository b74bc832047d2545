#include "return.h"

#include "invoice.h"
#include "order.h"
#include "shipment.h"

namespace Counterfoil {

using FieldTable::create;
using FieldTable::field;
using FieldTable::link;
using FieldTable::list;

namespace {

constexpr Field returnLineFields[] = {
    field<&ReturnLine::lineNumber>("lineNumber", "Line"),
    field<&ReturnLine::orderLine>("orderLine", "Order line"),
    field<&ReturnLine::sku>("sku", "Item", Searchable | Column),
    field<&ReturnLine::description>("description", "Description", Searchable),
    field<&ReturnLine::unit>("unit", "Unit"),
    field<&ReturnLine::quantity>("quantity", "Asked for", Column),
    field<&ReturnLine::reason>("reason", "Reason", Column),
    field<&ReturnLine::comment>("comment", "Comment", Searchable),
    field<&ReturnLine::feeBasisPoints>("feeBasisPoints", "Restocking fee"),
    field<&ReturnLine::authorised>("authorised", "Authorised", Column),
    field<&ReturnLine::refusal>("refusal", "Not authorised because"),
    field<&ReturnLine::disposition>("disposition", "What becomes of it", Column),
    field<&ReturnLine::received>("received", "Received", Column),
    field<&ReturnLine::accepted>("accepted", "Accepted", Column),
    field<&ReturnLine::finding>("finding", "Not accepted because"),
};

constexpr Field returnAnswerFields[] = {
    field<&ReturnAnswer::lineNumber>("lineNumber", "Line"),
    field<&ReturnAnswer::question>("question", "Question"),
    field<&ReturnAnswer::text>("text", "Answer", Searchable),
};

constexpr Field returnAmountFields[] = {
    field<&ReturnAmount::lineNumber>("lineNumber", "Line"),
    field<&ReturnAmount::unitPrice>("unitPrice", "Price", Price),
    field<&ReturnAmount::goods>("goods", "Goods", Price),
    field<&ReturnAmount::fee>("fee", "Restocking fee", Price),
    field<&ReturnAmount::tax>("tax", "Tax", Price),
    field<&ReturnAmount::credit>("credit", "Credit", Price),
};

constexpr Field returnEventFields[] = {
    field<&ReturnEvent::number>("number", "Number"),
    field<&ReturnEvent::at>("at", "Time"),
    field<&ReturnEvent::code>("code", "Code"),
    field<&ReturnEvent::by>("by", "By"),
    field<&ReturnEvent::text>("text", "What happened"),
    field<&ReturnEvent::reference>("reference", "Reference"),
};

constexpr Field returnFields[] = {
    field<&Return::key>("key", "Key", Key),
    field<&Return::account>("account", "Account", AccountKey),
    field<&Return::number>("number", "Return", Searchable | Sortable | Column),
    link<&Return::order, Order>("order", "Order key", Editable),
    field<&Return::orderNumber>("orderNumber", "Order", Searchable | Sortable | Column),
    link<&Return::shipment, Shipment>("shipment", "Shipment key", Editable),
    field<&Return::shipmentNumber>("shipmentNumber", "Shipment"),
    link<&Return::invoice, Invoice>("invoice", "Invoice key", Editable),
    field<&Return::invoiceNumber>("invoiceNumber", "Invoice", Searchable),
    field<&Return::poReference>("poReference", "Your PO", Searchable | Sortable | Column),
    field<&Return::requestedBy>("requestedBy", "Asked for by", Searchable),
    field<&Return::requestedAt>("requestedAt", "Asked for", Sortable | Column),
    field<&Return::status>("status", "Status", Sortable | Column),
    field<&Return::statusAt>("statusAt", "Since", Sortable),
    field<&Return::open>("open", "Open", OpenMark),
    field<&Return::reason>("reason", "Reason", Sortable | Column),
    field<&Return::outcome>("outcome", "Outcome", Editable | Sortable),
    field<&Return::comment>("comment", "Comment", Editable | Searchable),
    field<&Return::routedTo>("routedTo", "Decided by"),
    field<&Return::decidingRole>("decidingRole", "Role that decides"),
    field<&Return::decidedBy>("decidedBy", "Decided"),
    field<&Return::refusal>("refusal", "Refused because", Editable),
    field<&Return::instructions>("instructions", "How to send it"),
    field<&Return::returnTo>("returnTo", "Send to"),
    field<&Return::labelPaid>("labelPaid", "Label is prepaid"),
    field<&Return::currency>("currency", "Currency"),
    field<&Return::units>("units", "Units", Column),
    field<&Return::restockingFee>("restockingFee", "Restocking fee", Price),
    field<&Return::expectedCredit>("expectedCredit", "Expected credit", Sortable | Column | Price | Summed),
    field<&Return::postedCredit>("postedCredit", "Credited", Sortable | Column | Price),
    link<&Return::creditMemo, Invoice>("creditMemo", "Credit memo key"),
    field<&Return::creditMemoNumber>("creditMemoNumber", "Credit memo", Searchable | Column),
    field<&Return::creditRemark>("creditRemark", "Difference"),
    link<&Return::replacement, Order>("replacement", "Replacement key"),
    field<&Return::replacementNumber>("replacementNumber", "Replacement", Searchable),
    list<&Return::lines>("lines", "Lines", Editable | Searchable),
    list<&Return::answers>("answers", "Answers", Editable),
    list<&Return::attachments>("attachments", "Files", Editable),
    list<&Return::amounts>("amounts", "Amounts"),
    list<&Return::events>("events", "Events"),
};

} // namespace

constinit const RecordType ReturnLine::type{"returnLine", "returnLines", returnLineFields,
                                            &create<ReturnLine>};
constinit const RecordType ReturnAnswer::type{"returnAnswer", "returnAnswers", returnAnswerFields,
                                              &create<ReturnAnswer>};
constinit const RecordType ReturnAmount::type{"returnAmount", "returnAmounts", returnAmountFields,
                                              &create<ReturnAmount>};
constinit const RecordType ReturnEvent::type{"returnEvent", "returnEvents", returnEventFields,
                                             &create<ReturnEvent>};
constinit const RecordType Return::type{"return", "returns", returnFields, &create<Return>};

std::span<const std::string_view> returnOutcomes()
{
    static constexpr std::string_view all[]
        = {ReturnOutcome::credit, ReturnOutcome::refund, ReturnOutcome::replacement, ReturnOutcome::repair};
    return all;
}

std::span<const std::string_view> returnDispositions()
{
    static constexpr std::string_view all[] = {"restock", "repair", "replace", "scrap", "vendor"};
    return all;
}

} // namespace Counterfoil
