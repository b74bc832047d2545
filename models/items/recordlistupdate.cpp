#include "recordlistupdate.h"

#include "recordreader.h"

#include <algorithm>
#include <map>
#include <set>

namespace Counterfoil {

namespace {

// Where the ids are in the list; one pass over it.
std::map<std::int64_t, std::size_t> placesOf(const RowIds &list, const std::set<std::int64_t> &ids)
{
    std::map<std::int64_t, std::size_t> places;
    if (ids.empty())
        return places;
    const std::int64_t lowest = *ids.begin();
    const std::int64_t highest = *ids.rbegin();
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i] >= lowest && list[i] <= highest && ids.contains(list[i]))
            places.emplace(list[i], i);
    }
    return places;
}

} // namespace

Result<RecordListUpdate> RecordListUpdate::compute(CacheReader &reader, const RecordQuery &query,
                                                   const RowIds &list,
                                                   const std::vector<std::int64_t> &touched,
                                                   const std::vector<std::int64_t> &gone)
{
    RecordListUpdate update;
    std::set<std::int64_t> mentioned(touched.begin(), touched.end());
    mentioned.insert(gone.begin(), gone.end());
    const auto places = placesOf(list, mentioned);

    const auto outcome = reader.atOneMoment([&]() -> Outcome {
        RecordReader records(reader);
        const auto matching = records.matching(query, touched);
        if (!matching)
            return matching.error();
        auto rows = reader.byIds(*query.kind, *matching, WithLists::No);
        if (!rows)
            return rows.error();
        std::set<std::int64_t> staying;
        std::size_t lowest = 0; // new rows come in order, so each one's place is at or below the one before
        for (CachedRecord &row : *rows) {
            staying.insert(row.id);
            if (const auto listed = places.find(row.id); listed != places.end()) {
                update.updated.push_back({listed->second, std::move(row)});
                continue;
            }
            const auto place = records.placeOf(query, row.id, list);
            if (!place)
                return place.error();
            lowest = std::max(lowest, *place);
            update.inserted.push_back({lowest, std::move(row)});
        }
        for (const auto &[id, place] : places) {
            if (!staying.contains(id))
                update.removed.push_back(place);
        }
        return Done();
    });
    if (!outcome)
        return outcome.error();
    std::ranges::sort(update.removed);
    return update;
}

} // namespace Counterfoil
