#include "cachereader.h"

#include "database.h"
#include "kinds.h"
#include "recordlayout.h"
#include "recordquery.h"

#include <algorithm>

namespace Counterfoil {

namespace {

// One way in which records of a kind name records of another.
struct LinkPath
{
    const RecordType *from;
    const Field *list; // of `from`, whose elements have the field; nullptr: `from` itself has it
    const Field *field;
};

std::vector<LinkPath> linkPaths()
{
    std::vector<LinkPath> paths;
    for (const RecordType *kind : allKinds()) {
        for (const Field &field : kind->fields) {
            if (field.is(Link))
                paths.push_back({kind, nullptr, &field});
            if (field.type != FieldType::List)
                continue;
            for (const Field &inner : field.element->fields) {
                if (inner.is(Link))
                    paths.push_back({kind, &field, &inner});
            }
        }
    }
    return paths;
}

std::string keyColumn(const RecordType &kind)
{
    return quotedName(kind.findFlag(Key)->name);
}

// " ORDER BY the newest first LIMIT …" for rows of `kind`.
std::string newestFirst(const RecordType &kind)
{
    const Field *newest = newestField(kind);
    return " ORDER BY " + (newest ? quotedName(newest->name) + " DESC, " : std::string()) + "_id DESC LIMIT "
        + std::to_string(CacheReader::linkedPerField);
}

// Ids of the records that name the key ?1 through the path.
std::string inwards(const LinkPath &path)
{
    const std::string named = quotedName(path.field->name) + "=?1";
    const std::string condition = path.list ? "_id IN (SELECT _record FROM "
            + quotedName(KindLayout::listTable(*path.from, *path.list)) + " WHERE " + named + ')'
                                            : named;
    return "SELECT _id FROM " + quotedName(path.from->plural) + " WHERE " + condition
        + newestFirst(*path.from);
}

// Ids of the records that the record with the key ?1 names through the path. What names nothing is
// empty, as no key is.
std::string outwards(const LinkPath &path)
{
    const std::string self
        = "(SELECT _id FROM " + quotedName(path.from->plural) + " WHERE " + keyColumn(*path.from) + "=?1)";
    const std::string names = "SELECT " + quotedName(path.field->name) + " FROM "
        + (path.list ? quotedName(KindLayout::listTable(*path.from, *path.list)) + " WHERE _record="
                     : quotedName(path.from->plural) + " WHERE _id=")
        + self;
    const RecordType &target = *path.field->target;
    return "SELECT _id FROM " + quotedName(target.plural) + " WHERE " + keyColumn(target) + " IN (" + names
        + ')' + newestFirst(target);
}

Result<std::vector<std::int64_t>> idsFor(CacheReader &reader, const std::string &sql, const std::string &key)
{
    const auto database = reader.database();
    if (!database)
        return database.error();
    auto statement = (*database)->prepare(sql);
    if (!statement)
        return statement.error();
    statement->bind(1, std::string_view(key));
    std::vector<std::int64_t> ids;
    if (const auto done
        = statement->forEachRow([&](const Sqlite::Statement &row) { ids.push_back(row.integer(0)); });
        !done)
        return done.error();
    return ids;
}

Outcome append(CacheReader &reader, const LinkPath &path, bool outgoing, const std::string &key,
               WithLists lists, std::vector<Linked> &found)
{
    const auto ids = idsFor(reader, outgoing ? outwards(path) : inwards(path), key);
    if (!ids)
        return ids.error();
    auto rows = reader.byIds(outgoing ? *path.field->target : *path.from, *ids, lists);
    if (!rows)
        return rows.error();
    for (CachedRecord &row : *rows)
        found.push_back({std::move(row), path.field, outgoing});
    return Done();
}

Instant timeOf(const Linked &linked)
{
    const Field *newest = newestField(linked.row.record.type());
    return newest ? newest->in<Instant>(linked.row.record.data()) : linked.row.time;
}

} // namespace

Result<std::vector<Linked>> CacheReader::linked(const RecordRef &ref, WithLists lists)
{
    std::vector<Linked> found;
    if (ref.isNull())
        return found;
    static const std::vector<LinkPath> paths = linkPaths();
    const auto outcome = atOneMoment([&]() -> Outcome {
        for (const LinkPath &path : paths) {
            if (path.from == ref.kind) {
                if (const auto done = append(*this, path, true, ref.key, lists, found); !done)
                    return done;
            }
            if (path.field->target == ref.kind) {
                if (const auto done = append(*this, path, false, ref.key, lists, found); !done)
                    return done;
            }
        }
        return Done();
    });
    if (!outcome)
        return outcome.error();
    std::ranges::stable_sort(found, [](const Linked &a, const Linked &b) {
        const Instant left = timeOf(a);
        const Instant right = timeOf(b);
        return left != right ? left > right : a.row.id > b.row.id;
    });
    return found;
}

} // namespace Counterfoil
