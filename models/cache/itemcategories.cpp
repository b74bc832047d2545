#include "itemcategories.h"

#include "item.h"
#include "queryterms.h"

namespace Counterfoil {

Result<std::vector<ItemFamily>> itemFamilies(CacheReader &cache, const std::vector<std::string> &accounts)
{
    RecordQuery query;
    query.kind = &Item::type;
    query.accounts = accounts;
    query.flags = {{"withdrawn", false}};
    const QueryTerms::Condition where = QueryTerms::conditionOf(query);
    std::vector<ItemFamily> families;
    const auto done = QueryTerms::forEachRow(
        cache,
        "SELECT category, family, count(*) FROM items WHERE " + where.sql
            + " GROUP BY category, family ORDER BY category, family LIMIT "
            + std::to_string(itemFamiliesMost),
        where, [&families](const Sqlite::Statement &row) {
            families.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2)});
        });
    if (!done)
        return done.error();
    return families;
}

} // namespace Counterfoil
