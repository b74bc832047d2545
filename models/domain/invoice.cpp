#include "invoice.h"

#include "order.h"
#include "return.h"
#include "shipment.h"

namespace Counterfoil {

using FieldTable::field;
using FieldTable::link;
using FieldTable::list;

namespace {

constexpr Field invoiceLineFields[] = {
    field<&InvoiceLine::lineNumber>("lineNumber", "Line"),
    field<&InvoiceLine::orderLine>("orderLine", "Order line"),
    field<&InvoiceLine::sku>("sku", "Item", Searchable | Column),
    field<&InvoiceLine::description>("description", "Description", Searchable),
    field<&InvoiceLine::unit>("unit", "Unit"),
    field<&InvoiceLine::quantity>("quantity", "Quantity", Column),
    field<&InvoiceLine::unitPrice>("unitPrice", "Price", Column | Price),
    field<&InvoiceLine::taxRate>("taxRate", "Tax rate"),
    field<&InvoiceLine::net>("net", "Net", Column | Price),
    field<&InvoiceLine::tax>("tax", "Tax", Price),
};

constexpr Field invoiceFields[] = {
    field<&Invoice::key>("key", "Key", Key),
    field<&Invoice::account>("account", "Account", AccountKey),
    field<&Invoice::number>("number", "Invoice", Searchable | Sortable | Column),
    field<&Invoice::credit>("credit", "Credit memo"),
    link<&Invoice::order, Order>("order", "Order key"),
    field<&Invoice::orderNumber>("orderNumber", "Order", Searchable | Sortable | Column),
    field<&Invoice::poReference>("poReference", "Your PO", Searchable | Sortable | Column),
    link<&Invoice::shipment, Shipment>("shipment", "Shipment key"),
    field<&Invoice::shipmentNumber>("shipmentNumber", "Shipment"),
    link<&Invoice::creditedInvoice, Invoice>("creditedInvoice", "Credited invoice key"),
    field<&Invoice::creditedNumber>("creditedNumber", "Credits", Searchable),
    link<&Invoice::ofReturn, Return>("return", "Return key"),
    field<&Invoice::issuedAt>("issuedAt", "Issued", Sortable | Column),
    field<&Invoice::dueOn>("dueOn", "Due", Sortable | Column),
    field<&Invoice::status>("status", "Status", Sortable | Column),
    field<&Invoice::open>("open", "Open", OpenMark),
    field<&Invoice::disputeReason>("disputeReason", "Disputed because"),
    field<&Invoice::billToName>("billToName", "Bill to"),
    field<&Invoice::billToAddress>("billToAddress", "Bill-to address"),
    field<&Invoice::shipToName>("shipToName", "Ship to", Searchable | Sortable),
    field<&Invoice::shipToAddress>("shipToAddress", "Ship-to address"),
    field<&Invoice::terms>("terms", "Terms"),
    field<&Invoice::discountUntil>("discountUntil", "Discount until"),
    field<&Invoice::discount>("discount", "Discount", Price),
    field<&Invoice::currency>("currency", "Currency"),
    field<&Invoice::net>("net", "Net", Price),
    field<&Invoice::tax>("tax", "Tax", Price),
    field<&Invoice::freight>("freight", "Freight", Price),
    field<&Invoice::total>("total", "Amount", Sortable | Column | Price),
    field<&Invoice::openAmount>("openAmount", "Open amount", Sortable | Column | Price | Summed),
    list<&Invoice::lines>("lines", "Lines", Searchable),
};

} // namespace

constinit const RecordType InvoiceLine::type{"invoiceLine", "invoiceLines", invoiceLineFields,
                                             &FieldTable::create<InvoiceLine>};
constinit const RecordType Invoice::type{"invoice", "invoices", invoiceFields, &FieldTable::create<Invoice>,
                                         true};

} // namespace Counterfoil
