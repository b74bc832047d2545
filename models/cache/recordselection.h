#pragma once

#include "heldlists.h"
#include "queryterms.h"
#include "recordreader.h"

namespace Counterfoil {

// Finds the rows of a query, in its order. Each restriction and each word is looked up by itself, which gives
// a set of rows; the sets meet in memory, and one walk along the kind's rows in the wanted order picks what
// is in all of them: nothing is sorted and no row is read. Sets and orders stay in HeldLists, where they are
// brought up to date row by row. To be used within one CacheReader::atOneMoment().
class RecordSelection
{
public:
    RecordSelection(CacheReader &cache, const RecordQuery &query);

    using First = RecordReader::First;
    Result<First> first(std::size_t most, std::size_t enough);
    Result<RowIdList> all(); // at most HeldLists::mostRows()
    Result<std::shared_ptr<const RowSet>> rows();

    // Those of the ids that the query finds, in its order.
    Result<std::vector<std::int64_t>> matching(std::span<const std::int64_t> ids);
    // The index of the first row in `list`, which is in the query's order, that comes after row `id`; from
    // `first` on.
    Result<std::size_t> placeOf(std::int64_t id, std::span<const RowId> list, std::size_t first = 0);

private:
    using Set = std::shared_ptr<const RowSet>;
    using Restriction = QueryTerms::Restriction;

    HeldLists::What what(const Restriction &restriction) const;
    HeldLists::What whatOrder() const;
    Result<std::optional<Set>> heldSet(const Restriction &restriction);
    Result<Set> setOf(const Restriction &restriction);
    Result<RowSet> meeting(const Restriction &restriction, std::span<const RowId> among);
    Result<RowIdList> heldOrder(); // nullptr: none is held
    Result<RowIdList> order();     // nullptr: there are too many rows
    Result<RowIdList> moved(const RowIdList &list, const std::vector<RowId> &touched);
    Result<RowIdList> sorted(std::size_t most); // by SQLite
    Result<std::optional<First>> amongFirst(std::size_t most, std::size_t enough);
    Result<std::optional<First>> sortedFirst(std::size_t most);
    Result<std::optional<First>> tryEach(std::span<const RowId> tried, const std::vector<std::string> &words,
                                         std::size_t most, std::size_t enough);
    bool comesInOrder() const;
    Result<std::vector<bool>> haveWords(std::span<const RowId> ids, const std::vector<std::string> &words);
    Result<RowIds> readIds(const std::string &sql, const QueryTerms::Condition &where);
    std::string orderBy() const;

    CacheReader &m_cache;
    const RecordQuery &m_query;
    const std::vector<Restriction> m_restrictions;
};

} // namespace Counterfoil
