#include "item.h"

namespace Counterfoil {

using FieldTable::field;
using FieldTable::link;
using FieldTable::list;

namespace {

constexpr Field packFields[] = {
    field<&ItemPack::name>("name", "Pack"),
    field<&ItemPack::content>("content", "Content"),
    field<&ItemPack::barcode>("barcode", "Barcode"),
};

constexpr Field itemFields[] = {
    field<&Item::key>("key", "Key", Key),
    field<&Item::account>("assortment", "Assortment", AccountKey),
    field<&Item::sku>("sku", "Item", Searchable | Sortable | Column),
    field<&Item::name>("name", "Name", Searchable | Sortable | Column),
    field<&Item::description>("description", "Description"),
    field<&Item::category>("category", "Category", Sortable | Column),
    field<&Item::family>("family", "Family", Sortable | Column),
    field<&Item::manufacturer>("manufacturer", "Maker", Sortable | Column),
    field<&Item::manufacturerNumber>("manufacturerNumber", "Maker’s number", Searchable | Column),
    field<&Item::keywords>("keywords", "Also called"),
    field<&Item::unit>("unit", "Unit", Column),
    field<&Item::minimum>("minimum", "Least order"),
    field<&Item::multiple>("multiple", "In multiples of"),
    field<&Item::picture>("picture", "Picture"),
    field<&Item::withdrawn>("withdrawn", "Withdrawn"),
    link<&Item::successor, Item>("successor", "Successor"),
    link<&Item::substitute, Item>("substitute", "Substitute"),
    list<&Item::packs>("packs", "Packs"),
};

constexpr Field numberFields[] = {
    field<&ItemNumber::key>("key", "Key", Key),
    field<&ItemNumber::account>("account", "Account", AccountKey),
    link<&ItemNumber::sku, Item>("sku", "Item"),
    field<&ItemNumber::number>("number", "Your number", Searchable | Column),
};

} // namespace

constinit const RecordType ItemPack::type{"itemPack", "itemPacks", packFields, &FieldTable::create<ItemPack>};
constinit const RecordType Item::type{"item", "items", itemFields, &FieldTable::create<Item>};
constinit const RecordType ItemNumber::type{"itemNumber", "itemNumbers", numberFields,
                                            &FieldTable::create<ItemNumber>};

} // namespace Counterfoil
