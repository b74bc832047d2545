#include "order.h"

namespace Counterfoil {

using FieldTable::field;
using FieldTable::list;

namespace {

constexpr Field orderLineFields[] = {
    field<&OrderLine::lineNumber>("lineNumber", "Line"),
    field<&OrderLine::sku>("sku", "Item", Searchable | Column),
    field<&OrderLine::description>("description", "Description", Searchable),
    field<&OrderLine::unit>("unit", "Unit"),
    field<&OrderLine::status>("status", "Status"),
    field<&OrderLine::ordered>("ordered", "Ordered", Column),
    field<&OrderLine::allocated>("allocated", "Allocated", Column),
    field<&OrderLine::shipped>("shipped", "Shipped", Column),
    field<&OrderLine::backordered>("backordered", "Backordered", Column),
    field<&OrderLine::invoiced>("invoiced", "Invoiced", Column),
    field<&OrderLine::cancelled>("cancelled", "Cancelled"),
    field<&OrderLine::cancellable>("cancellable", "Can be cancelled"),
    field<&OrderLine::expectedOn>("expectedOn", "Expected"),
    field<&OrderLine::unitPrice>("unitPrice", "Price", Column | Price),
    field<&OrderLine::net>("net", "Net", Column | Price),
    field<&OrderLine::tax>("tax", "Tax", Price),
};

constexpr Field orderEventFields[] = {
    field<&OrderEvent::at>("at", "Time"),
    field<&OrderEvent::code>("code", "Event"),
    field<&OrderEvent::text>("text", "What happened"),
    field<&OrderEvent::reference>("reference", "Reference"),
};

constexpr Field orderWishFields[] = {
    field<&OrderWish::lineNumber>("lineNumber", "Line"),
    field<&OrderWish::quantity>("quantity", "Quantity"),
};

constexpr Field orderFields[] = {
    field<&Order::key>("key", "Key", Key),
    field<&Order::account>("account", "Account", AccountKey),
    field<&Order::number>("number", "Order", Searchable | Sortable | Column),
    field<&Order::poReference>("poReference", "Your PO", Searchable | Sortable | Column),
    field<&Order::placedAt>("placedAt", "Placed", Sortable | Column),
    field<&Order::placedBy>("placedBy", "Placed by"),
    field<&Order::status>("status", "Status", Sortable | Column),
    field<&Order::open>("open", "Open", OpenMark),
    field<&Order::holdReason>("holdReason", "On hold because"),
    field<&Order::origin>("origin", "Origin", Sortable | Column),
    field<&Order::shipToName>("shipToName", "Ship to", Searchable | Sortable | Column),
    field<&Order::shipToAddress>("shipToAddress", "Ship-to address"),
    field<&Order::billToName>("billToName", "Bill to"),
    field<&Order::billToAddress>("billToAddress", "Bill-to address"),
    field<&Order::terms>("terms", "Terms"),
    field<&Order::paymentMethod>("paymentMethod", "Payment method"),
    field<&Order::requestedOn>("requestedOn", "Requested for", Editable),
    field<&Order::promisedOn>("promisedOn", "Promised for"),
    field<&Order::unitsOrdered>("unitsOrdered", "Units ordered"),
    field<&Order::unitsShipped>("unitsShipped", "Shipped", Sortable | Column),
    field<&Order::currency>("currency", "Currency"),
    field<&Order::net>("net", "Net", Price),
    field<&Order::tax>("tax", "Tax", Price),
    field<&Order::freight>("freight", "Freight", Price),
    field<&Order::total>("total", "Total", Sortable | Column | Price | Summed),
    list<&Order::lines>("lines", "Lines", Searchable),
    list<&Order::events>("events", "Timeline"),
    list<&Order::wishes>("wishes", "Quantities", Editable),
};

} // namespace

constinit const RecordType OrderLine::type{"orderLine", "orderLines", orderLineFields,
                                           &FieldTable::create<OrderLine>};
constinit const RecordType OrderEvent::type{"orderEvent", "orderEvents", orderEventFields,
                                            &FieldTable::create<OrderEvent>};
constinit const RecordType OrderWish::type{"orderWish", "orderWishes", orderWishFields,
                                           &FieldTable::create<OrderWish>};
constinit const RecordType Order::type{"order", "orders", orderFields, &FieldTable::create<Order>};

} // namespace Counterfoil
