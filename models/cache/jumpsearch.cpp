#include "jumpsearch.h"

#include "database.h"
#include "invoice.h"
#include "jumptargets.h"
#include "jumptext.h"
#include "phonesearch.h"
#include "recordlayout.h"
#include "recordquery.h"
#include "searchwords.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

namespace Counterfoil {

namespace {

using By = JumpHit::By;
using JumpTargets::Name;
using JumpTargets::Target;
using JumpTargets::targets;

// How many rows of a kind that match are looked at, from the newest and from the first filled; a search
// that finds more is too short to be meant.
constexpr int candidatesPerEnd = 100;
constexpr int candidatesByPrefix = 50;
constexpr int candidatesByNumber = 50;

// How well a text fits what was typed; best first. Part: "80123" of "INV-80123".
enum class Fit { Exact, Part, Begins, Contains, None };

constexpr std::size_t shortestPart = 4;
constexpr std::size_t mostPrefixes = 8; // of the numbers in a text that are looked for as beginnings

struct Found
{
    JumpHit hit;
    const Target *target = nullptr;
    Fit fit = Fit::None;
    std::int64_t id = 0;
    std::size_t number = 0; // which of the numbers in the text it was found by
};

Outcome appendIds(CacheReader &cache, const std::string &sql, const std::vector<std::string> &values,
                  std::set<std::int64_t> &ids)
{
    const auto database = cache.database();
    if (!database)
        return database.error();
    auto statement = (*database)->prepare(sql);
    if (!statement)
        return statement.error();
    for (std::size_t i = 0; i < values.size(); ++i)
        statement->bind(static_cast<int>(i) + 1, std::string_view(values[i]));
    return statement->forEachRow([&](const Sqlite::Statement &row) { ids.insert(row.integer(0)); });
}

// A fill brings the newest first and live changes come after it, so the newest rows are at both ends.
Outcome appendMatches(CacheReader &cache, const RecordType &kind, const std::string &words, int perEnd,
                      std::set<std::int64_t> &ids)
{
    const std::string search = quotedName(KindLayout::searchTable(kind));
    for (const char *direction : {" DESC", ""}) {
        const auto done
            = appendIds(cache,
                        "SELECT rowid FROM " + search + " WHERE " + search + " MATCH ? ORDER BY rowid"
                            + direction + " LIMIT " + std::to_string(perEnd),
                        {words}, ids);
        if (!done)
            return done;
    }
    return Done();
}

// The names that an index of the kind's own table answers for.
template <class Each> Outcome forEachIndexed(const Target &target, const Each &each)
{
    for (const Name &name : target.names) {
        const Field *field = name.list.empty() ? target.kind->find(name.field) : nullptr;
        if (!field || !field->is(Sortable))
            continue;
        if (const auto done = each(quotedName(field->name)); !done)
            return done;
    }
    return Done();
}

Fit fitOf(const std::string &text, const std::string &typed)
{
    const std::string squeezed = SearchWords::squeezed(text);
    if (squeezed.empty() || typed.empty())
        return Fit::None;
    if (squeezed == typed)
        return Fit::Exact;
    if (squeezed.starts_with(typed))
        return Fit::Begins;
    std::string pieces = text;
    std::ranges::replace_if(
        pieces,
        [](char c) {
            return SearchWords::squeezed({&c, 1}).empty();
        },
        ' ');
    std::istringstream stream(pieces);
    Fit fit = Fit::None;
    for (std::string piece; stream >> piece;) {
        piece = SearchWords::squeezed(piece);
        if (piece == typed && typed.size() >= shortestPart)
            fit = Fit::Part; // unless another piece follows: "10023" is no name for "SHP-10023-2"
        else if (fit == Fit::Part || piece.starts_with(typed))
            fit = Fit::Contains;
    }
    return fit;
}

std::string textOf(const RecordType &kind, const void *record, std::string_view field)
{
    const Field *found = kind.find(field);
    return found && found->type == FieldType::Text ? found->in<std::string>(record) : std::string();
}

void take(Found &found, By by, const std::string &text, const std::string &typed)
{
    const Fit fit = fitOf(text, typed);
    const JumpHit &hit = found.hit;
    if (fit == Fit::None || (found.fit != Fit::None && std::pair(found.fit, hit.by) <= std::pair(fit, by)))
        return;
    found.fit = fit;
    found.hit.by = by;
    found.hit.matched = text;
}

// By what the record was found; the lists' texts count where the record was read with them.
void classify(Found &found, const AnyRecord &record, const std::string &typed)
{
    for (const Name &name : found.target->names) {
        if (name.list.empty()) {
            take(found, name.by, textOf(record.type(), record.data(), name.field), typed);
            continue;
        }
        const Field *list = record.type().find(name.list);
        void *elements = list->address(const_cast<void *>(record.data()));
        for (std::size_t i = 0; i < list->list->size(elements); ++i)
            take(found, name.by, textOf(*list->element, list->list->at(elements, i), name.field), typed);
    }
}

Found foundAs(const Target &target, const CachedRecord &row)
{
    const RecordType &kind = *target.kind;
    const void *record = row.record.data();
    Found found;
    found.target = &target;
    found.id = row.id;
    found.hit.ref = {&kind, textOf(kind, record, kind.findFlag(Key)->name)};
    found.hit.number = textOf(kind, record, target.number);
    found.hit.name = textOf(kind, record, target.title);
    found.hit.status = textOf(kind, record, "status");
    if (const Field *at = newestField(kind))
        found.hit.at = at->in<Instant>(record);
    if (const auto *invoice = row.record.as<Invoice>())
        found.hit.credit = invoice->credit;
    return found;
}

// Which line made the record match: the first that has a word beginning with each word typed.
void findItem(const AnyRecord &record, const std::string &typed, JumpHit &hit)
{
    const Field *lines = record.type().find("lines");
    if (!lines)
        return;
    const std::vector<std::string> words = SearchWords::typed(typed);
    void *elements = lines->address(const_cast<void *>(record.data()));
    for (std::size_t i = 0; i < lines->list->size(elements); ++i) {
        const void *line = lines->list->at(elements, i);
        if (SearchWords::hasAll(SearchWords::of(*lines->element, line), words)) {
            hit.by = By::Item;
            hit.matched
                = textOf(*lines->element, line, "sku") + ' ' + textOf(*lines->element, line, "description");
            return;
        }
    }
}

// Whether the record is known by what was typed, and not only begins like it.
bool isNamed(const Found &found)
{
    return found.fit == Fit::Exact || (found.fit == Fit::Part && found.hit.by == By::Number);
}

// A number, a tracking number and a payment's reference are each one record's own.
bool isOwn(const Found &found)
{
    const By by = found.hit.by;
    return isNamed(found) && (by == By::Number || by == By::Tracking || by == By::Reference);
}

// Orders what was found, best first.
class Ranking
{
public:
    explicit Ranking(const std::vector<Found> &all)
        : m_severalNumbers(std::ranges::any_of(
            all, [&all](const Found &each) { return isOwn(each) && each.number != all.front().number; }))
    { }

    bool operator()(const Found &a, const Found &b) const
    {
        const auto left = rank(a);
        const auto right = rank(b);
        if (left != right)
            return left < right;
        if (a.hit.at != b.hit.at)
            return a.hit.at > b.hit.at;
        return a.id > b.id;
    }
    bool isAsGood(const Found &a, const Found &b) const { return rank(a) == rank(b); }

private:
    std::tuple<bool, int, int, Fit> rank(const Found &found) const
    {
        const bool own = isOwn(found);
        const auto listed = static_cast<int>(found.target - std::begin(targets));
        return {!isNamed(found), own ? 0 : static_cast<int>(found.hit.by),
                own && m_severalNumbers ? found.target->specific : listed, found.fit};
    }

    bool m_severalNumbers;
};

// Words longer than the beginnings that the full-text tables index, and without punctuation, which makes them
// numbers.
bool isPlain(const std::string &typed)
{
    constexpr std::size_t indexedBeginning = 4;
    return typed.size() > indexedBeginning && std::ranges::all_of(typed, [](char c) {
               return c == ' ' || !SearchWords::squeezed({&c, 1}).empty();
           });
}

// The records of the kind that have words beginning as those typed do, best first.
Outcome findWords(CacheReader &cache, const Target &target, const std::string &typed,
                  std::vector<Found> &found)
{
    std::set<std::int64_t> ids;
    const auto prefixed = forEachIndexed(target, [&](const std::string &column) {
        return appendIds(cache,
                         "SELECT _id FROM " + quotedName(target.kind->plural) + " WHERE " + column
                             + " >= ? AND " + column + " < ? ORDER BY " + column + " LIMIT "
                             + std::to_string(candidatesByPrefix),
                         {typed, typed + "\U0010FFFF"}, ids);
    });
    if (!prefixed)
        return prefixed;
    std::string words = SearchWords::query(typed);
    const std::string squeezed = SearchWords::squeezed(typed);
    // The whole may be one number that is written without the blanks elsewhere.
    if (const std::string whole = SearchWords::query(squeezed); whole != words && !whole.empty())
        words = '(' + words + ") OR " + whole;
    // Of what begins with a longer word SQLite gathers all before the first, so as whole words first.
    const std::size_t before = ids.size();
    if (isPlain(typed)) {
        const auto done = appendMatches(cache, *target.kind, SearchWords::query(typed, SearchWords::Whole),
                                        candidatesPerEnd, ids);
        if (!done)
            return done;
    }
    if (ids.size() < before + candidatesPerEnd) {
        if (const auto done = appendMatches(cache, *target.kind, words, candidatesPerEnd, ids); !done)
            return done;
    }
    const auto rows
        = cache.byIds(*target.kind, std::vector<std::int64_t>(ids.begin(), ids.end()), WithLists::No);
    if (!rows)
        return rows.error();
    std::vector<Found> all;
    for (const CachedRecord &row : *rows) {
        all.push_back(foundAs(target, row));
        classify(all.back(), row.record, squeezed);
    }
    std::ranges::sort(all, Ranking(all));
    all.resize(std::min(all.size(), JumpSearch::maxPerKind));
    for (Found &each : all) {
        if (each.fit == Fit::None) {
            const auto whole = cache.byId(*target.kind, each.id, WithLists::Yes);
            if (!whole)
                return whole.error();
            if (*whole) {
                classify(each, (*whole)->record, squeezed);
                if (each.fit == Fit::None)
                    findItem((*whole)->record, typed, each.hit);
            }
        }
        found.push_back(std::move(each));
    }
    return Done();
}

// The records of the kind that are known by just this number.
Outcome findNumber(CacheReader &cache, const Target &target, const std::string &number,
                   std::vector<Found> &found)
{
    std::set<std::int64_t> ids;
    const auto equal = forEachIndexed(target, [&](const std::string &column) {
        return appendIds(cache,
                         "SELECT _id FROM " + quotedName(target.kind->plural) + " WHERE " + column
                             + "=? LIMIT " + std::to_string(candidatesByNumber),
                         {number}, ids);
    });
    if (!equal)
        return equal;
    if (const auto done = appendMatches(cache, *target.kind, SearchWords::query(number, SearchWords::Whole),
                                        candidatesByNumber, ids);
        !done)
        return done;
    const auto rows
        = cache.byIds(*target.kind, std::vector<std::int64_t>(ids.begin(), ids.end()), WithLists::Yes);
    if (!rows)
        return rows.error();
    for (const CachedRecord &row : *rows) {
        Found each = foundAs(target, row);
        classify(each, row.record, number);
        if (isNamed(each))
            found.push_back(std::move(each));
    }
    return Done();
}

template <class Find>
Outcome findInAll(CacheReader &cache, const std::string &text, std::vector<Found> &found, const Find &find)
{
    for (const Target &target : targets) {
        if (const auto done = find(cache, target, text, found); !done)
            return done;
    }
    return Done();
}

// The records that are known by one of the numbers.
Outcome findNumbers(CacheReader &cache, const std::vector<std::string> &numbers, std::vector<Found> &found)
{
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const std::size_t before = found.size();
        if (const auto done = findInAll(cache, numbers[i], found, findNumber); !done)
            return done;
        for (std::size_t at = before; at < found.size(); ++at)
            found[at].number = i;
    }
    return Done();
}

// Who calls from that number.
Outcome findPhone(CacheReader &cache, const std::string &typed, std::vector<Found> &found)
{
    const std::string digits = PhoneSearch::digitsOf(typed);
    if (digits.empty())
        return Done();
    const auto rows = PhoneSearch::contacts(cache, digits, candidatesByNumber);
    if (!rows)
        return rows.error();
    for (const CachedRecord &row : *rows) {
        Found each = foundAs(*std::ranges::find(targets, &Contact::type, &Target::kind), row);
        each.fit = Fit::Exact;
        each.hit.by = By::Phone;
        each.hit.matched = PhoneSearch::numberWith(row.record.data(), digits);
        found.push_back(std::move(each));
    }
    return Done();
}

// Those that begin with the longest of the numbers that any begins with.
Outcome findBeginnings(CacheReader &cache, std::vector<std::string> numbers, std::vector<Found> &found)
{
    std::ranges::stable_sort(numbers, std::greater<>(), &std::string::size);
    numbers.resize(std::min(numbers.size(), mostPrefixes));
    for (const std::string &number : numbers) {
        if (number.size() < shortestPart || !found.empty())
            break;
        if (const auto done = findInAll(cache, number, found, findWords); !done)
            return done;
    }
    return Done();
}

Outcome findAny(CacheReader &cache, const std::string &text, std::vector<Found> &found)
{
    if (const auto done = findPhone(cache, text, found); !done)
        return done;
    if (const auto done = findInAll(cache, text, found, findWords); !done || !found.empty())
        return done;
    const std::vector<std::string> numbers = JumpText::numbers(text);
    if (const auto done = findNumbers(cache, numbers, found); !done || !found.empty())
        return done;
    std::vector<std::string> bare;
    for (const std::string &number : numbers) {
        if (std::string rest = JumpText::withoutLabel(number); !rest.empty())
            bare.push_back(std::move(rest));
    }
    if (const auto done = findNumbers(cache, bare, found); !done || !found.empty())
        return done;
    return findBeginnings(cache, numbers, found);
}

// Best first, each record once, and of each kind only so many.
std::vector<JumpHit> bestHits(std::vector<Found> found)
{
    if (found.empty())
        return {};
    const Ranking ranking(found);
    std::ranges::sort(found, ranking);
    std::vector<const Found *> best;
    std::map<const Target *, std::set<std::int64_t>> known;
    for (const Found &each : found) {
        auto &ofKind = known[each.target];
        if (best.size() < JumpSearch::maxHits && ofKind.size() < JumpSearch::maxPerKind
            && ofKind.insert(each.id).second)
            best.push_back(&each);
    }
    std::vector<JumpHit> hits;
    hits.reserve(best.size());
    for (const Found *each : best)
        hits.push_back(each->hit);
    hits.front().exact = isNamed(*best[0]) && (best.size() == 1 || !ranking.isAsGood(*best[0], *best[1]));
    return hits;
}

} // namespace

Result<std::vector<JumpHit>> JumpSearch::find(const std::string &typed)
{
    const std::string text = JumpText::cleaned(typed);
    std::vector<Found> found;
    if (SearchWords::query(text).empty())
        return std::vector<JumpHit>();
    const auto outcome = m_cache.atOneMoment([&] { return findAny(m_cache, text, found); });
    if (!outcome)
        return outcome.error();
    return bestHits(std::move(found));
}

} // namespace Counterfoil
