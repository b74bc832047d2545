#include "newestfirst.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace Counterfoil {

Result<GatewayStore::Listed> listNewestFirst(Sqlite::Database &database, const GatewayStore::Listing &listing)
{
    // One ordered query for each account, merged: the cost does not depend on how many rows others have.
    static constexpr std::string_view select
        = "SELECT sortTime, key, change FROM projection WHERE kind = ?1 AND ";
    static constexpr std::string_view order = "(sortTime, key) < (?2, ?3) ORDER BY sortTime DESC, key DESC";
    const std::set<std::string> everyone{std::string()};
    const auto after
        = listing.after.value_or(std::pair(std::numeric_limits<std::int64_t>::max(), std::string()));

    const bool byAudience = listing.kind->audience && listing.audience != Audience::InvoiceReaders;
    const std::string sql = std::string(select) + (listing.accounts ? "account = ?4 AND " : "")
        + (byAudience ? "audience <= ?5 AND " : "") + std::string(order);
    std::vector<Sqlite::Lent> queries;
    const auto older = [&queries](std::size_t a, std::size_t b) {
        return std::tuple(queries[a]->integer(0), queries[a]->text(1))
            < std::tuple(queries[b]->integer(0), queries[b]->text(1));
    };
    std::vector<std::size_t> heap; // of queries that stand on a row, the newest first
    for (const std::string &account : listing.accounts ? *listing.accounts : everyone) {
        auto query = database.lend(sql);
        query->bind(1, listing.kind->name).bind(2, after.first).bind(3, after.second);
        if (listing.accounts)
            query->bind(4, account);
        if (byAudience)
            query->bind(5, static_cast<std::int64_t>(listing.audience));
        const auto row = query->step();
        if (!row)
            return row.error();
        if (*row) {
            heap.push_back(queries.size());
            queries.push_back(std::move(query));
        }
    }
    std::ranges::make_heap(heap, older);

    GatewayStore::Listed listed;
    for (std::size_t bytes = 0; !heap.empty();) {
        if (std::ssize(listed.rows) >= listing.limit || (bytes > 0 && bytes >= listing.maxBytes)) {
            listed.more = true;
            break;
        }
        std::ranges::pop_heap(heap, older);
        Sqlite::Lent &query = queries[heap.back()];
        listed.rows.push_back({query->integer(0), std::string(query->text(1)), std::string(query->text(2))});
        bytes += listed.rows.back().text.size();
        const auto row = query->step();
        if (!row)
            return row.error();
        if (*row)
            std::ranges::push_heap(heap, older);
        else
            heap.pop_back();
    }
    return listed;
}

Result<std::int64_t> countShown(Sqlite::Database &database, const GatewayStore::Listing &listing)
{
    std::int64_t rows = 0;
    const auto done
        = database.lend("SELECT account, rows, audience FROM counts WHERE kind = ?")
              ->with(listing.kind->name)
              .forEachRow([&](const Sqlite::Statement &row) {
                  const bool shown = !listing.kind->audience || Audience(row.integer(2)) <= listing.audience;
                  if (shown && (!listing.accounts || listing.accounts->contains(std::string(row.text(0)))))
                      rows += row.integer(1);
              });
    if (!done)
        return done.error();
    return rows;
}

} // namespace Counterfoil
