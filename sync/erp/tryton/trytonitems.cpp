#include "item.h"
#include "returnrules.h"
#include "trytonthings.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr const char *itemFields[] = {"code"};

// The module says what there is of a product; see goods.py. What it costs and how much of it there is, is
// asked for at the moment that somebody wants to know.
void makeItem(const TrytonRow &row, const TrytonLookups &, std::vector<AnyRecord> &records)
{
    const auto item = std::make_shared<Item>();
    item->key = item->sku = row.text("code");
    item->name = row.text("name");
    item->description = row.text("description");
    item->category = row.text("category");
    item->unit = row.text("unit");
    item->minimum = item->multiple = std::max(row.quantity("rounding"), Decimal{1});
    item->withdrawn = !row.flag("sold");
    for (const TrytonRow &barcode : row.rows("barcodes"))
        item->packs.push_back({item->unit, Decimal::fromInteger(1), barcode.text("code")});
    records.emplace_back(item);
}

constexpr const char *termsFields[] = {"types"};

// Each of Tryton's types of complaints about a sale is a reason. Tryton knows no window and no fee, and how
// goods are credited is all that it makes of them.
void makeTerms(const TrytonRow &row, const TrytonLookups &, std::vector<AnyRecord> &records)
{
    const auto rules = std::make_shared<ReturnRules>();
    rules->key = trytonKey("", row.id());
    rules->name = "Standard terms";
    rules->returnTo = row.text("address");
    rules->fromShipping = true;
    for (const TrytonRow &type : row.rows("types")) {
        ReturnReason reason;
        reason.code = trytonKey("", type.id());
        reason.label = type.text("name");
        reason.outcomes = "credit";
        rules->reasons.push_back(std::move(reason));
    }
    rules->accepts = !rules->reasons.empty();
    records.emplace_back(rules);
}

constexpr TrytonThing::Kind itemKinds[] = {{&Item::type, ""}};
constexpr TrytonThing::Kind termsKinds[] = {{&ReturnRules::type, ""}};

} // namespace

const TrytonThing trytonItem{"counterfoil.item", "counterfoil.item", itemFields, "[]",
                             itemKinds,          makeItem,           nullptr,    "code"};
const TrytonThing trytonTerms{
    "counterfoil.terms", "counterfoil.terms", termsFields, "[]", termsKinds, makeTerms};

} // namespace Counterfoil
