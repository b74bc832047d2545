#include "recordreader.h"

#include "filetexts.h"
#include "firstload.h"
#include "itemsearch.h"
#include "queryterms.h"
#include "recordlayout.h"
#include "recordselection.h"
#include "searchwords.h"

#include <algorithm>

namespace Counterfoil {

using QueryTerms::Condition;

Result<RowIdList> RecordReader::list(const RecordQuery &query)
{
    RowIdList rows;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        auto all = ItemSearch::answers(query) ? ranked(query) : RecordSelection(m_cache, query).all();
        if (!all)
            return all.error();
        rows = std::move(*all);
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return rows;
}

Result<RowIdList> RecordReader::ranked(const RecordQuery &query)
{
    auto found = ItemSearch(m_cache).find(query);
    if (!found)
        return found.error();
    return RowIdList(std::make_shared<RowIds>(std::move(found->rows)));
}

Result<RecordReader::First> RecordReader::first(const RecordQuery &query, std::size_t most,
                                                std::size_t enough)
{
    First first;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        if (ItemSearch::answers(query)) {
            auto best = ranked(query);
            if (!best)
                return best.error();
            first = {std::move(*best), true};
            return Done();
        }
        auto found = RecordSelection(m_cache, query).first(most, enough);
        if (!found)
            return found.error();
        first = std::move(*found);
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return first;
}

Result<std::vector<std::int64_t>> RecordReader::ids(const RecordQuery &query, std::int64_t limit)
{
    RowIdList rows;
    if (limit < 0) {
        auto all = list(query);
        if (!all)
            return all.error();
        rows = std::move(*all);
    } else {
        const auto most = static_cast<std::size_t>(limit);
        auto some = first(query, most, most);
        if (!some)
            return some.error();
        rows = std::move(some->rows);
    }
    const auto size = limit < 0 ? rows->size() : std::min(rows->size(), static_cast<std::size_t>(limit));
    return std::vector<std::int64_t>(rows->begin(), rows->begin() + static_cast<std::ptrdiff_t>(size));
}

namespace {

bool isTotalledBy(const RecordType &kind, std::string_view field)
{
    return std::ranges::any_of(KindLayout::totalledBy(kind),
                               [field](const Field *each) { return each->name == field; });
}

// Whether the running totals answer for the query; otherwise its rows have to be added up.
bool isTotalled(const RecordQuery &query)
{
    const auto known = [&](const auto &each) {
        return !query.kind->find(each.field) || isTotalledBy(*query.kind, each.field);
    };
    return !KindLayout::totalsTable(*query.kind).empty() && query.ranges.empty()
        && SearchWords::typed(query.text).empty() && std::ranges::all_of(query.anyOf, known)
        && std::ranges::all_of(query.flags, known);
}

} // namespace

// No totals are kept during a kind's first fill, see firstload.h.
bool RecordReader::isLoading(const RecordType &kind)
{
    const auto database = m_cache.database();
    if (!database)
        return false;
    const auto loading
        = (*database)->lend("SELECT loading FROM kinds WHERE name=?")->with(kind.name).number();
    return loading && *loading == static_cast<std::int64_t>(FirstLoad::State::Loading);
}

Outcome RecordReader::addKept(const RecordQuery &query, RecordTotals &totals)
{
    const RecordType &kind = *query.kind;
    const Field *currency = kind.find("currency");
    const Field *mark = kind.findFlag(OpenMark);
    const std::string open = mark ? quotedName(mark->name) : "1";
    Condition where;
    QueryTerms::addGroups(where, query);
    return QueryTerms::forEachRow(
        m_cache,
        "SELECT " + (currency ? quotedName(currency->name) : "''") + ", sum(_count), sum(" + open
            + "*_count), sum(" + open + "*_sum) FROM " + quotedName(KindLayout::totalsTable(kind)) + " WHERE "
            + where.sql + " GROUP BY 1",
        where, [&totals](const Sqlite::Statement &row) {
            totals.count += row.integer(1);
            totals.byCurrency.push_back({std::string(row.text(0)), row.integer(2), {row.integer(3)}});
        });
}

// The open rows, or all where the kind has no such mark, are gone through by an index that has what is added
// up: few rows, none of them read.
Outcome RecordReader::addRows(const RecordQuery &query, RecordTotals &totals)
{
    const RecordType &kind = *query.kind;
    const auto rows = RecordSelection(m_cache, query).rows();
    if (!rows)
        return rows.error();
    totals.count = (*rows)->count();
    const std::string index = KindLayout::sumsIndex(kind);
    if (index.empty() || totals.count == 0 || !QueryTerms::hasIndex(m_cache, index))
        return Done();
    const Field *currency = kind.find("currency");
    const Field *mark = kind.findFlag(OpenMark);
    const Field *summed = kind.findFlag(Summed);
    return QueryTerms::forEachRow(
        m_cache,
        "SELECT _id, " + (currency ? quotedName(currency->name) : "''") + ", "
            + (summed ? quotedName(summed->name) : "0") + " FROM " + quotedName(kind.plural) + " INDEXED BY "
            + quotedName(index) + (mark ? " WHERE " + quotedName(mark->name) + "=1" : ""),
        {}, [&](const Sqlite::Statement &row) {
            if (!(*rows)->contains(static_cast<RowId>(row.integer(0))))
                return;
            auto total = std::ranges::find(totals.byCurrency, row.text(1), &CurrencyTotal::currency);
            if (total == totals.byCurrency.end())
                total = totals.byCurrency.insert(total, {std::string(row.text(1)), 0, {}});
            ++total->count;
            total->sum.minor += row.integer(2);
        });
}

Result<RecordTotals> RecordReader::totals(const RecordQuery &query)
{
    const RecordType &kind = *query.kind;
    RecordTotals totals;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        if (ItemSearch::answers(query)) {
            const auto found = ItemSearch(m_cache).find(query);
            if (!found)
                return found.error();
            totals.count = std::ssize(found->rows);
            totals.widened = totals.count > 0 && found->closeness != ItemIndex::Closeness::AsTyped;
            return Done();
        }
        return isTotalled(query) && !isLoading(kind) ? addKept(query, totals) : addRows(query, totals);
    });
    if (!outcome)
        return outcome.error();
    const HeldLists *lists = m_cache.heldLists();
    totals.listed
        = std::min(totals.count, static_cast<std::int64_t>(lists ? lists->mostRows() : HeldLists::rowsMost));
    if (!query.text.empty() && !ItemSearch::answers(query)) {
        // A file that an older program wrote, and that nobody may bring up to date, does not say.
        if (const auto unsearched = m_cache.unsearched(kind))
            totals.unsearched = *unsearched;
        if (kind.findFlag(FileDigest)) {
            if (const auto files = FileTexts(m_cache, kind).counts())
                totals.unsearched = std::max(totals.unsearched, files->records - files->read);
        }
    }
    std::erase_if(totals.byCurrency, [](const CurrencyTotal &total) { return total.count == 0; });
    std::ranges::sort(totals.byCurrency, [](const CurrencyTotal &a, const CurrencyTotal &b) {
        return a.count != b.count ? a.count > b.count : a.currency < b.currency;
    });
    return totals;
}

Result<std::vector<FacetValue>> RecordReader::facets(const RecordType &kind, std::string_view field,
                                                     const std::vector<std::string> &accounts)
{
    const Field *counted = kind.find(field);
    Q_ASSERT(counted && counted->type == FieldType::Text);
    RecordQuery query;
    query.kind = &kind;
    query.accounts = accounts;
    Condition where;
    QueryTerms::addGroups(where, query);
    const bool kept = !KindLayout::totalsTable(kind).empty() && isTotalledBy(kind, field) && !isLoading(kind);
    std::vector<FacetValue> values;
    const auto outcome = QueryTerms::forEachRow(
        m_cache,
        "SELECT " + quotedName(counted->name) + (kept ? ", sum(_count)" : ", count(*)") + " FROM "
            + quotedName(kept ? KindLayout::totalsTable(kind) : std::string(kind.plural)) + " WHERE "
            + where.sql + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + std::to_string(facetValues),
        where, [&values](const Sqlite::Statement &row) {
            values.push_back({std::string(row.text(0)), row.integer(1)});
        });
    if (!outcome)
        return outcome.error();
    return values;
}

Result<std::vector<std::int64_t>> RecordReader::matching(const RecordQuery &query,
                                                         std::span<const std::int64_t> ids)
{
    std::vector<std::int64_t> found;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        auto read = ItemSearch::answers(query) ? rankedOf(query, ids)
                                               : RecordSelection(m_cache, query).matching(ids);
        if (!read)
            return read.error();
        found = std::move(*read);
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return found;
}

Result<std::vector<std::int64_t>> RecordReader::rankedOf(const RecordQuery &query,
                                                         std::span<const std::int64_t> ids)
{
    const auto all = ranked(query);
    if (!all)
        return all.error();
    std::vector<std::int64_t> found;
    std::ranges::copy_if(**all, std::back_inserter(found),
                         [ids](RowId row) { return std::ranges::find(ids, std::int64_t{row}) != ids.end(); });
    return found;
}

Result<std::size_t> RecordReader::placeOf(const RecordQuery &query, std::int64_t id, const RowIds &list)
{
    std::size_t place = 0;
    if (ItemSearch::answers(query)) // what comes in while they are looked at comes after the others
        return list.size();
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        const auto found = RecordSelection(m_cache, query).placeOf(id, list);
        if (!found)
            return found.error();
        place = *found;
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return place;
}

} // namespace Counterfoil
