#include "jumpsearch.h"

#include "database.h"
#include "order.h"
#include "searchwords.h"
#include "shipment.h"

#include <algorithm>
#include <map>
#include <sstream>

namespace Counterfoil {

namespace {

// How many rows that match are looked at, from the newest and from the first filled; a search that finds
// more is too short to be meant.
constexpr int candidatesPerEnd = 200;
constexpr int candidatesByPrefix = 50;
constexpr std::size_t maxTypedBytes = 1024;
constexpr std::size_t shortestNumber = 3;

struct Found
{
    JumpHit hit;
    bool exact = false;
    std::int64_t id = 0;
};

Outcome appendIds(CacheReader &cache, const std::string &sql, const std::string &first,
                  const std::string &second, std::vector<std::int64_t> &ids)
{
    const auto database = cache.database();
    if (!database)
        return database.error();
    auto statement = (*database)->prepare(sql);
    if (!statement)
        return statement.error();
    statement->bind(1, std::string_view(first));
    if (!second.empty())
        statement->bind(2, std::string_view(second));
    for (;;) {
        const auto row = statement->step();
        if (!row)
            return row.error();
        if (!*row)
            return Done();
        ids.push_back(statement->integer(0));
    }
}

// A fill brings the newest first and live changes come after it, so the newest rows are at both ends.
Outcome appendMatches(CacheReader &cache, const RecordType &kind, const std::string &words,
                      std::vector<std::int64_t> &ids)
{
    const std::string search = std::string(kind.plural) + "_search";
    for (const char *direction : {" DESC", ""}) {
        const auto done
            = appendIds(cache,
                        "SELECT rowid FROM " + search + " WHERE " + search + " MATCH ? ORDER BY rowid"
                            + direction + " LIMIT " + std::to_string(candidatesPerEnd),
                        words, {}, ids);
        if (!done)
            return done;
    }
    return Done();
}

Outcome appendPrefixed(CacheReader &cache, const char *column, const std::string &prefix,
                       std::vector<std::int64_t> &ids)
{
    const std::string name(column);
    return appendIds(cache,
                     "SELECT _id FROM orders WHERE " + name + " >= ? AND " + name + " < ? ORDER BY " + name
                         + " LIMIT " + std::to_string(candidatesByPrefix),
                     prefix, prefix + "\U0010FFFF", ids);
}

bool begins(const std::string &text, const std::string &squeezedPrefix)
{
    return SearchWords::squeezed(text).starts_with(squeezedPrefix);
}

struct ShipmentMatch
{
    JumpHit::By by;
    std::string text;
};

// The orders whose shipments match, by order key.
Outcome findShipments(CacheReader &cache, const std::string &words, const std::string &squeezed,
                      std::map<std::string, ShipmentMatch> &orders)
{
    std::vector<std::int64_t> ids;
    if (const auto done = appendMatches(cache, Shipment::type, words, ids); !done)
        return done;
    const auto rows = cache.byIds(Shipment::type, ids, WithLists::Yes);
    if (!rows)
        return rows.error();
    for (const CachedRecord &row : *rows) {
        const auto *shipment = row.record.as<Shipment>();
        ShipmentMatch match{JumpHit::By::Shipment, shipment->number};
        for (const Parcel &parcel : shipment->parcels) {
            if (begins(parcel.trackingNumber, squeezed))
                match = {JumpHit::By::Tracking, parcel.trackingNumber};
        }
        orders.emplace(shipment->order, std::move(match));
    }
    return Done();
}

Found classify(const CachedRecord &row, const std::string &squeezed,
               const std::map<std::string, ShipmentMatch> &shipments)
{
    const auto *order = row.record.as<Order>();
    Found found;
    found.id = row.id;
    JumpHit &hit = found.hit;
    hit.key = order->key;
    hit.number = order->number;
    hit.shipToName = order->shipToName;
    hit.status = order->status;
    hit.placedAt = order->placedAt;
    const auto shipment = shipments.find(order->key);
    const auto take = [&](JumpHit::By by, const std::string &text) {
        hit.by = by;
        hit.matched = text;
        found.exact = SearchWords::squeezed(text) == squeezed;
    };
    if (begins(order->number, squeezed))
        take(JumpHit::By::Number, order->number);
    else if (begins(order->poReference, squeezed))
        take(JumpHit::By::PoReference, order->poReference);
    else if (shipment != shipments.end())
        take(shipment->second.by, shipment->second.text);
    else if (begins(order->shipToName, squeezed))
        take(JumpHit::By::ShipTo, order->shipToName);
    return found;
}

// Which line made the order match: the first that has a word beginning with each word typed.
void findItem(const Order &order, const std::string &typed, JumpHit &hit)
{
    for (const OrderLine &line : order.lines) {
        // Padded, so that a word begins where a blank stands before it.
        std::string text = ' ' + SearchWords::of(OrderLine::type, &line);
        std::ranges::transform(text, text.begin(), [](char c) {
            return c == '\n' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        std::istringstream words(typed);
        bool all = true;
        for (std::string word; all && words >> word;)
            all = text.find(' ' + SearchWords::squeezed(word)) != std::string::npos;
        if (all) {
            hit.by = JumpHit::By::Item;
            hit.matched = line.sku + ' ' + line.description;
            return;
        }
    }
}

bool better(const Found &a, const Found &b)
{
    if (a.exact != b.exact)
        return a.exact;
    if (a.hit.by != b.hit.by)
        return a.hit.by < b.hit.by;
    if (a.hit.placedAt != b.hit.placedAt)
        return a.hit.placedAt > b.hit.placedAt;
    return a.id > b.id;
}

} // namespace

Result<std::vector<JumpHit>> JumpSearch::find(const std::string &typed)
{
    if (typed.size() > maxTypedBytes || SearchWords::query(typed).empty())
        return std::vector<JumpHit>();
    auto hits = findAll(typed);
    if (!hits || !hits->empty())
        return hits;
    if (const std::string whole = SearchWords::squeezed(typed); whole != typed) {
        auto some = findAll(whole);
        if (!some || !some->empty())
            return some;
    }
    std::istringstream words(typed);
    for (std::string word; words >> word;) {
        const bool isNumber = std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
        if (!isNumber || SearchWords::squeezed(word).size() < shortestNumber || word == typed)
            continue;
        auto some = findAll(word);
        if (!some || !some->empty())
            return some;
    }
    return hits;
}

Result<std::vector<JumpHit>> JumpSearch::findAll(const std::string &typed)
{
    std::vector<JumpHit> hits;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        const std::string words = SearchWords::query(typed);
        const std::string squeezed = SearchWords::squeezed(typed);
        const auto first = typed.find_first_not_of(" \t\r\n");
        const std::string prefix = typed.substr(first, typed.find_last_not_of(" \t\r\n") + 1 - first);

        std::map<std::string, ShipmentMatch> shipments;
        if (const auto done = findShipments(m_cache, words, squeezed, shipments); !done)
            return done;
        std::vector<std::int64_t> ids;
        for (const auto &[key, match] : shipments) {
            if (const auto done = appendIds(m_cache, "SELECT _id FROM orders WHERE key=?", key, {}, ids);
                !done)
                return done;
        }
        for (const char *column : {"number", "poReference"}) {
            if (const auto done = appendPrefixed(m_cache, column, prefix, ids); !done)
                return done;
        }
        if (const auto done = appendMatches(m_cache, Order::type, words, ids); !done)
            return done;
        std::ranges::sort(ids);
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());

        const auto rows = m_cache.byIds(Order::type, ids, WithLists::No);
        if (!rows)
            return rows.error();
        std::vector<Found> found;
        for (const CachedRecord &row : *rows)
            found.push_back(classify(row, squeezed, shipments));
        std::ranges::sort(found, better);
        found.resize(std::min(found.size(), maxHits));
        for (Found &each : found) {
            if (each.hit.by == JumpHit::By::Other) {
                const auto whole = m_cache.byId(Order::type, each.id, WithLists::Yes);
                if (!whole)
                    return whole.error();
                if (*whole)
                    findItem(*(*whole)->record.as<Order>(), typed, each.hit);
            }
            hits.push_back(std::move(each.hit));
        }
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return hits;
}

} // namespace Counterfoil
