#include "cart.h"

#include "address.h"
#include "order.h"

namespace Counterfoil {

using FieldTable::field;
using FieldTable::link;
using FieldTable::list;

namespace {

constexpr Field cartLineFields[] = {
    field<&CartLine::lineNumber>("lineNumber", "Line"),
    field<&CartLine::sku>("sku", "Item", Searchable | Column),
    field<&CartLine::description>("description", "Description", Searchable),
    field<&CartLine::unit>("unit", "Unit"),
    field<&CartLine::quantity>("quantity", "Quantity", Column),
    field<&CartLine::unitPrice>("unitPrice", "Price", Column | Price),
    field<&CartLine::pricedAt>("pricedAt", "Price of"),
    field<&CartLine::inStock>("inStock", "In stock"),
    field<&CartLine::fromOrder>("fromOrder", "From order"),
    field<&CartLine::fromLine>("fromLine", "From line"),
};

constexpr Field cartFields[] = {
    field<&Cart::key>("key", "Key", Key),
    field<&Cart::account>("account", "Account", AccountKey),
    field<&Cart::name>("name", "Name", Editable | Searchable | Sortable | Column),
    field<&Cart::owner>("owner", "Made by", Searchable | Sortable | Column),
    field<&Cart::shared>("shared", "Shared", Editable),
    field<&Cart::list>("list", "Saved list", Editable),
    field<&Cart::status>("status", "Status", Sortable | Column),
    field<&Cart::open>("open", "Open", OpenMark),
    field<&Cart::poReference>("poReference", "Your PO", Editable | Searchable | Sortable | Column),
    field<&Cart::wantedOn>("wantedOn", "Wanted", Editable),
    link<&Cart::shipTo, Address>("shipTo", "Ship to", Editable),
    field<&Cart::notes>("notes", "Notes", Editable | Searchable),
    field<&Cart::currency>("currency", "Currency"),
    field<&Cart::total>("total", "Total", Editable | Sortable | Column | Price),
    field<&Cart::acceptsHold>("acceptsHold", "Wanted even if held", Editable),
    link<&Cart::order, Order>("order", "Order", Searchable | Column),
    field<&Cart::changedAt>("changedAt", "Changed", Sortable | Column),
    field<&Cart::lineCount>("lineCount", "Lines", Column),
    list<&Cart::lines>("lines", "Items", Editable | Searchable),
};

constexpr Field differenceFields[] = {
    field<&CartDifference::lineNumber>("lineNumber", "Line; 0: the order as a whole"),
    field<&CartDifference::sku>("sku", "Item"),
    field<&CartDifference::code>("code", "What differs"),
    field<&CartDifference::was>("was", "As the person saw it"),
    field<&CartDifference::now>("now", "As it is now"),
    field<&CartDifference::text>("text", "The ERP's sentence"),
};

} // namespace

using FieldTable::create;

constinit const RecordType CartLine::type{"cartLine", "cartLines", cartLineFields, &create<CartLine>};
constinit const RecordType Cart::type{"cart", "carts", cartFields, &create<Cart>};
constinit const RecordType CartDifference::type{"cartDifference", "cartDifferences", differenceFields,
                                                &create<CartDifference>};

} // namespace Counterfoil
