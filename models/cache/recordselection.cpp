#include "recordselection.h"

#include "recordlayout.h"
#include "searchwords.h"

#include <algorithm>

namespace Counterfoil {

namespace {

using QueryTerms::Condition;

// How many rows are looked at one by one, before all that have a word are gathered: about as many as are read
// in a few milliseconds, and enough that a word that one row in ten has fills a page.
constexpr std::size_t triedRows = 1'000;
constexpr std::size_t triedAtOnce = 250;

// Those in the set along the order, at most `most`.
RowIds walk(const RowIds &order, const RowSet &rows, std::size_t most)
{
    RowIds found;
    found.reserve(std::min(most, static_cast<std::size_t>(rows.count())));
    for (const RowId id : order) {
        if (!rows.contains(id))
            continue;
        if (found.size() >= most)
            break;
        found.push_back(id);
    }
    return found;
}

std::vector<std::int64_t> wide(std::span<const RowId> ids)
{
    return {ids.begin(), ids.end()};
}

} // namespace

RecordSelection::RecordSelection(CacheReader &cache, const RecordQuery &query)
    : m_cache(cache)
    , m_query(query)
    , m_restrictions(QueryTerms::restrictionsOf(query))
{ }

HeldLists::What RecordSelection::what(const Restriction &restriction) const
{
    return {m_query.kind, restriction.text()};
}

HeldLists::What RecordSelection::whatOrder() const
{
    return {m_query.kind, "by " + QueryTerms::sortTerms(m_query, "")};
}

std::string RecordSelection::orderBy() const
{
    return " ORDER BY " + QueryTerms::sortTerms(m_query, m_query.descending ? " DESC" : "");
}

Result<RowIds> RecordSelection::readIds(const std::string &sql, const Condition &where)
{
    RowIds ids;
    const auto outcome = QueryTerms::forEachRow(m_cache, sql, where, [&ids](const Sqlite::Statement &row) {
        ids.push_back(static_cast<RowId>(row.integer(0)));
    });
    if (!outcome)
        return outcome.error();
    return ids;
}

// Which of the rows have words that begin with each of these. Looking through what the full-text table was
// given costs what these rows are, not what the words are in a million others.
Result<std::vector<bool>> RecordSelection::haveWords(std::span<const RowId> ids,
                                                     const std::vector<std::string> &words)
{
    const auto database = m_cache.database();
    if (!database)
        return database.error();
    auto select = (*database)->prepare("SELECT " + KindLayout::storedWords(*m_query.kind) + " WHERE id=?");
    if (!select)
        return select.error();
    std::vector<bool> found;
    for (const RowId id : ids) {
        const auto row = select->with(std::int64_t{id}).step();
        if (!row)
            return row.error();
        found.push_back(*row && SearchWords::hasAll(select->text(0), words));
    }
    return found;
}

// Those of a few rows that meet the restriction.
Result<RowSet> RecordSelection::meeting(const Restriction &restriction, std::span<const RowId> among)
{
    RowSet rows;
    if (restriction.word.empty()) {
        Condition where = restriction.where;
        where.add("_id IN (" + QueryTerms::listOf(wide(among)) + ')');
        const auto ids
            = readIds("SELECT _id FROM " + quotedName(m_query.kind->plural) + " WHERE " + where.sql, where);
        if (!ids)
            return ids.error();
        for (const RowId id : *ids)
            rows.insert(id);
        return rows;
    }
    const auto found = haveWords(among, {restriction.word});
    if (!found)
        return found.error();
    for (std::size_t i = 0; i < among.size(); ++i) {
        if ((*found)[i])
            rows.insert(among[i]);
    }
    return rows;
}

Result<std::optional<RecordSelection::Set>> RecordSelection::heldSet(const Restriction &restriction)
{
    HeldLists *lists = m_cache.heldLists();
    const auto held = lists ? lists->find(what(restriction)) : std::nullopt;
    if (!held)
        return std::optional<Set>();
    if (held->touched.empty())
        return std::optional(held->rows);
    const auto met = meeting(restriction, held->touched);
    if (!met)
        return met.error();
    auto rows = std::make_shared<RowSet>(*held->rows);
    for (const RowId id : held->touched) {
        if (met->contains(id))
            rows->insert(id);
        else
            rows->remove(id);
    }
    lists->keep(what(restriction), {nullptr, rows, false, {}}, m_cache.moment());
    return std::optional<Set>(rows);
}

Result<RecordSelection::Set> RecordSelection::setOf(const Restriction &restriction)
{
    const auto held = heldSet(restriction);
    if (!held)
        return held.error();
    if (*held)
        return **held;
    std::string sql = "SELECT _id FROM " + QueryTerms::tableBy(m_cache, *m_query.kind, restriction.index)
        + " WHERE " + restriction.where.sql;
    Condition where = restriction.where;
    if (!restriction.word.empty()) {
        // Row ids alone: with no places of words kept, the table answers them as fast as it can count.
        const std::string search = quotedName(KindLayout::searchTable(*m_query.kind));
        sql = "SELECT rowid FROM " + search + " WHERE " + search + " MATCH ?";
        where.values = {SearchWords::beginningWith(restriction.word)};
    }
    auto rows = std::make_shared<RowSet>();
    const auto outcome = QueryTerms::forEachRow(m_cache, sql, where, [&rows](const Sqlite::Statement &row) {
        rows->insert(static_cast<RowId>(row.integer(0)));
    });
    if (!outcome)
        return outcome.error();
    if (HeldLists *lists = m_cache.heldLists())
        lists->keep(what(restriction), {nullptr, rows, false, {}}, m_cache.moment());
    return Set(std::move(rows));
}

Result<RecordSelection::Set> RecordSelection::rows()
{
    std::shared_ptr<RowSet> all;
    for (const Restriction &restriction : m_restrictions) {
        if (restriction.others)
            continue;
        const auto rows = setOf(restriction);
        if (!rows)
            return rows.error();
        if (all)
            all->keepOnly(**rows);
        else
            all = std::make_shared<RowSet>(**rows);
    }
    if (!all) {
        all = std::make_shared<RowSet>();
        const auto every = order();
        if (!every)
            return every.error();
        auto ids = *every ? RowIds() : readIds("SELECT _id FROM " + quotedName(m_query.kind->plural), {});
        if (!ids)
            return ids.error();
        for (const RowId id : *every ? **every : *ids)
            all->insert(id);
    }
    for (const Restriction &restriction : m_restrictions) {
        if (!restriction.others)
            continue;
        const auto rows = setOf(restriction);
        if (!rows)
            return rows.error();
        all->removeAll(**rows);
    }
    return Set(std::move(all));
}

// Rows that were touched leave their places and are put where they belong now.
Result<RowIdList> RecordSelection::moved(const RowIdList &list, const std::vector<RowId> &touched)
{
    RowSet leaving;
    for (const RowId id : touched)
        leaving.insert(id);
    RowIds others;
    others.reserve(list->size() + touched.size());
    std::ranges::copy_if(*list, std::back_inserter(others),
                         [&leaving](RowId id) { return !leaving.contains(id); });
    Condition where;
    where.add("_id IN (" + QueryTerms::listOf(wide(touched)) + ')');
    const auto coming = readIds(
        "SELECT _id FROM " + quotedName(m_query.kind->plural) + " WHERE " + where.sql + orderBy(), where);
    if (!coming)
        return coming.error();
    auto now = std::make_shared<RowIds>();
    now->reserve(others.size() + coming->size());
    std::size_t done = 0;
    for (const RowId id : *coming) {
        const auto place = placeOf(id, others, done);
        if (!place)
            return place.error();
        now->insert(now->end(), others.begin() + static_cast<std::ptrdiff_t>(done),
                    others.begin() + static_cast<std::ptrdiff_t>(*place));
        now->push_back(id);
        done = *place;
    }
    now->insert(now->end(), others.begin() + static_cast<std::ptrdiff_t>(done), others.end());
    return RowIdList(std::move(now));
}

Result<RowIdList> RecordSelection::heldOrder()
{
    HeldLists *lists = m_cache.heldLists();
    const auto held = lists ? lists->find(whatOrder()) : std::nullopt;
    if (!held || !held->order)
        return RowIdList();
    RowIdList list = held->order;
    if (held->descending != m_query.descending)
        list = std::make_shared<RowIds>(list->rbegin(), list->rend());
    if (!held->touched.empty()) {
        auto now = moved(list, held->touched);
        if (!now)
            return now;
        list = std::move(*now);
    }
    if (list != held->order)
        lists->keep(whatOrder(), {list, nullptr, m_query.descending, {}}, m_cache.moment());
    return list;
}

Result<RowIdList> RecordSelection::order()
{
    auto held = heldOrder();
    if (!held || *held)
        return held;
    HeldLists *lists = m_cache.heldLists();
    if (lists && lists->find(whatOrder())) // too many a moment ago
        return RowIdList();
    const std::size_t most = lists ? lists->mostRows() : HeldLists::rowsMost;
    auto ids = readIds("SELECT _id FROM " + quotedName(m_query.kind->plural) + orderBy() + " LIMIT "
                           + std::to_string(most + 1),
                       {});
    if (!ids)
        return ids.error();
    const RowIdList list = ids->size() > most ? nullptr : std::make_shared<RowIds>(std::move(*ids));
    if (lists)
        lists->keep(whatOrder(), {list, nullptr, m_query.descending, {}}, m_cache.moment());
    return list;
}

// Where the rows come in the query's order from an index, or are too many to be held.
Result<RowIdList> RecordSelection::sorted(std::size_t most)
{
    Condition where = QueryTerms::conditionOf(m_query);
    const std::string search = KindLayout::searchTable(*m_query.kind);
    if (const std::string words = SearchWords::query(m_query.text); !words.empty() && !search.empty())
        where.add("_id IN (SELECT rowid FROM " + quotedName(search) + " WHERE " + quotedName(search)
                      + " MATCH ?)",
                  words);
    auto ids = readIds("SELECT _id FROM "
                           + QueryTerms::tableBy(m_cache, *m_query.kind, QueryTerms::openIndexOf(m_query))
                           + " WHERE " + where.sql + orderBy() + " LIMIT " + std::to_string(most),
                       where);
    if (!ids)
        return ids.error();
    return RowIdList(std::make_shared<RowIds>(std::move(*ids)));
}

// Whether an index gives the rows in the query's order, so that the first few cost little.
bool RecordSelection::comesInOrder() const
{
    const Field *newest = newestField(*m_query.kind);
    const bool free
        = m_query.accounts.empty() && m_query.anyOf.empty() && m_query.flags.empty() && !m_query.fileHere;
    return newest && (free || sortFieldOf(m_query) == newest)
        && std::ranges::all_of(m_query.ranges,
                               [newest](const auto &range) { return range.field == newest->name; });
}

// Looks at the rows one by one. A word that few of the first have is left to the full-text table.
Result<std::optional<RecordSelection::First>> RecordSelection::tryEach(std::span<const RowId> tried,
                                                                       const std::vector<std::string> &words,
                                                                       std::size_t most, std::size_t enough)
{
    auto found = std::make_shared<RowIds>();
    for (std::size_t at = 0; at < tried.size() && found->size() < most; at += triedAtOnce) {
        const auto some = tried.subspan(at, std::min(triedAtOnce, tried.size() - at));
        const auto have = haveWords(some, words);
        if (!have)
            return have.error();
        for (std::size_t i = 0; i < some.size(); ++i) {
            if ((*have)[i])
                found->push_back(some[i]);
        }
        if (tried.size() == triedRows && found->size() * triedRows < enough * (at + triedAtOnce) / 2)
            return std::optional<First>();
    }
    if (tried.size() == triedRows && found->size() < enough)
        return std::optional<First>();
    const bool isAll = tried.size() < triedRows && found->size() <= most;
    found->resize(std::min(found->size(), most));
    return std::optional(First{std::move(found), isAll});
}

// A word that many rows have is found among the first of them.
Result<std::optional<RecordSelection::First>> RecordSelection::amongFirst(std::size_t most,
                                                                          std::size_t enough)
{
    std::vector<std::string> words;
    bool allHeld = true;
    std::optional<RowSet> rows;
    for (const Restriction &restriction : m_restrictions) {
        const auto held = heldSet(restriction);
        if (!held)
            return held.error();
        if (!*held && !restriction.word.empty())
            words.push_back(restriction.word);
        allHeld = allHeld && (*held || !restriction.word.empty()) && !restriction.others;
        if (*held && rows)
            rows->keepOnly(***held);
        else if (*held)
            rows = ***held;
    }
    const auto order = heldOrder();
    if (!order)
        return order.error();
    if (*order && allHeld) {
        if (words.empty()) // all is at hand
            return std::optional<First>();
        const std::size_t size = std::min(triedRows, (*order)->size());
        if (!rows)
            return tryEach(std::span(**order).first(size), words, most, enough);
        return tryEach(walk(**order, *rows, triedRows), words, most, enough);
    }
    RecordQuery without = m_query;
    without.text.clear();
    RecordSelection selection(m_cache, without);
    if (!selection.comesInOrder())
        return std::optional<First>();
    const auto some = selection.sorted(triedRows);
    if (!some)
        return some.error();
    return tryEach(**some, SearchWords::typed(m_query.text), most, enough);
}

Result<std::optional<RecordSelection::First>> RecordSelection::sortedFirst(std::size_t most)
{
    const auto order = heldOrder();
    if (!order)
        return order.error();
    bool allHeld = *order != nullptr;
    for (const Restriction &restriction : m_restrictions) {
        if (!allHeld)
            break;
        const auto held = heldSet(restriction);
        if (!held)
            return held.error();
        allHeld = held->has_value();
    }
    if (allHeld || !comesInOrder())
        return std::optional<First>();
    auto some = sorted(most);
    if (!some)
        return some.error();
    const bool isAll = (*some)->size() < most;
    return std::optional(First{std::move(*some), isAll});
}

Result<RecordSelection::First> RecordSelection::first(std::size_t most, std::size_t enough)
{
    const bool searches
        = std::ranges::any_of(m_restrictions, [](const auto &each) { return !each.word.empty(); });
    auto some = !searches   ? sortedFirst(most)
        : most <= triedRows ? amongFirst(most, enough)
                            : std::optional<First>();
    if (!some)
        return some.error();
    if (*some)
        return std::move(**some);
    const auto list = order();
    if (!list)
        return list.error();
    if (!*list || m_restrictions.empty()) {
        auto whole = *list ? list : sorted(most);
        if (!whole)
            return whole.error();
        const bool isAll = *list || (*whole)->size() < most;
        return First{std::move(*whole), isAll};
    }
    const auto found = rows();
    if (!found)
        return found.error();
    auto first = std::make_shared<RowIds>(walk(**list, **found, most));
    const bool isAll = first->size() < most;
    return First{std::move(first), isAll};
}

Result<RowIdList> RecordSelection::all()
{
    const auto list = order();
    if (!list)
        return list;
    const HeldLists *lists = m_cache.heldLists();
    if (!*list)
        return sorted(lists ? lists->mostRows() : HeldLists::rowsMost);
    if (m_restrictions.empty())
        return list;
    const auto found = rows();
    if (!found)
        return found.error();
    return RowIdList(std::make_shared<RowIds>(walk(**list, **found, (*list)->size())));
}

Result<std::vector<std::int64_t>> RecordSelection::matching(std::span<const std::int64_t> ids)
{
    Condition where = QueryTerms::conditionOf(m_query);
    where.add("_id IN (" + QueryTerms::listOf(ids) + ')');
    const auto found = readIds(
        "SELECT _id FROM " + quotedName(m_query.kind->plural) + " WHERE " + where.sql + orderBy(), where);
    if (!found)
        return found.error();
    std::vector<std::string> words;
    for (const Restriction &restriction : m_restrictions) {
        if (!restriction.word.empty())
            words.push_back(restriction.word);
    }
    if (words.empty())
        return wide(*found);
    const auto have = haveWords(*found, words);
    if (!have)
        return have.error();
    std::vector<std::int64_t> matching;
    for (std::size_t i = 0; i < found->size(); ++i) {
        if ((*have)[i])
            matching.push_back((*found)[i]);
    }
    return matching;
}

Result<std::size_t> RecordSelection::placeOf(std::int64_t id, std::span<const RowId> list, std::size_t first)
{
    const auto database = m_cache.database();
    if (!database)
        return database.error();
    // SQLite compares, so that the place is by the same rules as the order itself.
    const std::string terms = QueryTerms::sortTerms(m_query, "");
    const std::string table = quotedName(m_query.kind->plural);
    auto isBefore
        = (*database)->prepare("SELECT (" + terms + ") " + (m_query.descending ? ">" : "<") + " (SELECT "
                               + terms + " FROM " + table + " WHERE _id=?2) FROM " + table + " WHERE _id=?1");
    if (!isBefore)
        return isBefore.error();
    std::size_t low = first;
    std::size_t high = list.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        // A listed row may be gone from the cache already; the nearest one below stands in for it.
        std::size_t probe = middle;
        bool found = false;
        for (; probe < high; ++probe) {
            const auto row = isBefore->with(std::int64_t{list[probe]}, id).step();
            if (!row)
                return row.error();
            if (found = *row; found)
                break;
        }
        if (found && isBefore->integer(0) != 0)
            low = probe + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace Counterfoil
