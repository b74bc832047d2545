#include "payment.h"

#include "invoice.h"

namespace Counterfoil {

using FieldTable::field;
using FieldTable::link;
using FieldTable::list;

namespace {

constexpr Field partFields[] = {
    link<&PaymentPart::invoice, Invoice>("invoice", "Invoice key"),
    field<&PaymentPart::invoiceNumber>("invoiceNumber", "Invoice", Searchable | Column),
    field<&PaymentPart::amount>("amount", "Amount", Column | Price),
    field<&PaymentPart::discount>("discount", "Discount", Price),
};

constexpr Field paymentFields[] = {
    field<&Payment::key>("key", "Key", Key),
    field<&Payment::account>("account", "Account", AccountKey),
    field<&Payment::number>("number", "Payment", Searchable | Sortable | Column),
    field<&Payment::reference>("reference", "Reference", Searchable | Sortable | Column),
    field<&Payment::receivedAt>("receivedAt", "Received", Sortable | Column),
    field<&Payment::method>("method", "Method", Sortable | Column),
    field<&Payment::status>("status", "Status", Sortable | Column),
    field<&Payment::currency>("currency", "Currency"),
    field<&Payment::amount>("amount", "Amount", Sortable | Column | Price | Summed),
    field<&Payment::unapplied>("unapplied", "Not applied", Price),
    list<&Payment::parts>("parts", "Applied to", Searchable),
};

} // namespace

constinit const RecordType PaymentPart::type{"paymentPart", "paymentParts", partFields,
                                             &FieldTable::create<PaymentPart>};
constinit const RecordType Payment::type{"payment", "payments", paymentFields, &FieldTable::create<Payment>,
                                         true};

} // namespace Counterfoil
