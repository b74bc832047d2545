#include "queryterms.h"

#include "item.h"
#include "recordlayout.h"
#include "searchwords.h"

#include <algorithm>

namespace Counterfoil::QueryTerms {

namespace {

// What a time that is not set is stored as.
std::int64_t unsetOf(const Field &field)
{
    return field.type == FieldType::Date ? Date().daysSinceEpoch : Instant().ms;
}

void addRange(Condition &where, const Field &field, const RecordQuery::Range &range)
{
    const bool isTime = field.type == FieldType::Instant || field.type == FieldType::Date;
    const bool isNumber = isTime || field.type == FieldType::Amount || field.type == FieldType::Integer
        || field.type == FieldType::Decimal;
    if (!isNumber)
        return;
    const std::string column = quotedName(field.name);
    if (range.from != RecordQuery::Range::open)
        where.add(column + " >= ?", range.from);
    else if (isTime && range.before != RecordQuery::Range::open)
        where.add(column + " > ?", unsetOf(field));
    if (range.before != RecordQuery::Range::open)
        where.add(column + " < ?", range.before);
}

bool asksForOpen(const RecordQuery &query)
{
    const Field *mark = query.kind->findFlag(OpenMark);
    return mark
        && std::ranges::find(query.flags, RecordQuery::Is{std::string(mark->name), true})
        != query.flags.end();
}

void addFileHere(Condition &where, const RecordQuery &query)
{
    if (const std::string files = KindLayout::filesTable(*query.kind); query.fileHere && !files.empty())
        where.add("_id IN (SELECT _record FROM " + quotedName(files) + ')');
}

// What the accounts may buy: everybody's items, and those of the assortments that they are granted.
void addAssortments(Condition &where, const std::vector<std::string> &accounts)
{
    if (accounts.empty())
        return;
    Condition granted;
    granted.addIn("key", accounts);
    where.add("(assortment='' OR assortment IN (SELECT assortment FROM accounts_assortments WHERE _record IN "
              "(SELECT _id FROM accounts WHERE "
              + granted.sql + ")))");
    where.values.insert(where.values.end(), granted.values.begin(), granted.values.end());
}

void addFlag(Condition &where, const Field &field, bool value)
{
    // Literally, so that SQLite sees that an index of just such rows has them all.
    where.add(quotedName(field.name) + (value ? "=1" : "=0"));
}

} // namespace

void Condition::addIn(const std::string &column, const std::vector<std::string> &allowed)
{
    if (allowed.empty())
        return;
    std::string term = column + " IN (";
    for (const std::string &value : allowed) {
        term += &value == &allowed.front() ? "?" : ", ?";
        values.emplace_back(value);
    }
    add(term + ')');
}

std::string Condition::text() const
{
    std::string text = sql;
    for (const auto &value : values) {
        const auto *words = std::get_if<std::string>(&value);
        const std::string each = words ? *words : std::to_string(std::get<std::int64_t>(value));
        text += '\n' + std::to_string(each.size()) + ' ' + each;
    }
    return text;
}

void addGroups(Condition &where, const RecordQuery &query)
{
    const RecordType &kind = *query.kind;
    if (&kind == &Item::type)
        addAssortments(where, query.accounts);
    else if (const Field *account = kind.findFlag(AccountKey))
        where.addIn(quotedName(account->name), query.accounts);
    for (const RecordQuery::AnyOf &any : query.anyOf) {
        if (const Field *field = kind.find(any.field); field && field->type == FieldType::Text)
            where.addIn(quotedName(field->name), any.values);
    }
    for (const RecordQuery::Is &flag : query.flags) {
        if (const Field *field = kind.find(flag.field); field && field->type == FieldType::Flag)
            addFlag(where, *field, flag.value);
    }
}

Condition conditionOf(const RecordQuery &query)
{
    Condition where;
    addGroups(where, query);
    for (const RecordQuery::Range &range : query.ranges) {
        if (const Field *field = query.kind->find(range.field))
            addRange(where, *field, range);
    }
    addFileHere(where, query);
    return where;
}

// Open rows are few, which SQLite, knowing no numbers, would not bet on.
std::string openIndexOf(const RecordQuery &query)
{
    return asksForOpen(query) ? KindLayout::openIndex(*query.kind, !query.accounts.empty()) : std::string();
}

bool hasIndex(CacheReader &cache, const std::string &index)
{
    Condition where;
    where.values = {index};
    bool found = false;
    const auto done = forEachRow(cache, "SELECT 1 FROM sqlite_master WHERE type='index' AND name=?", where,
                                 [&found](const Sqlite::Statement &) { found = true; });
    return done && found;
}

std::string tableBy(CacheReader &cache, const RecordType &kind, const std::string &index)
{
    const std::string table = quotedName(kind.plural);
    return index.empty() || !hasIndex(cache, index) ? table : table + " INDEXED BY " + quotedName(index);
}

std::vector<Restriction> restrictionsOf(const RecordQuery &query)
{
    const RecordType &kind = *query.kind;
    std::vector<Restriction> all;
    const auto add = [&](Condition where, bool others = false) {
        if (!where.values.empty() || where.sql != Condition().sql)
            all.push_back({{}, std::move(where), {}, others});
    };
    if (const std::string open = openIndexOf(query); !open.empty()) {
        // Few rows, whose index holds what is asked of them besides.
        all.push_back({{}, conditionOf(query), open, false});
    } else {
        RecordQuery part;
        part.kind = &kind;
        part.accounts = query.accounts;
        add(conditionOf(part));
        part.accounts.clear();
        for (const RecordQuery::AnyOf &any : query.anyOf) {
            part.anyOf = {any};
            add(conditionOf(part));
        }
        part.anyOf.clear();
        for (const RecordQuery::Range &range : query.ranges) {
            part.ranges = {range};
            add(conditionOf(part));
        }
        for (const RecordQuery::Is &flag : query.flags) {
            Condition where; // of those that have it: they have an index, and the others are the rest
            if (const Field *field = kind.find(flag.field); field && field->type == FieldType::Flag)
                addFlag(where, *field, true);
            add(std::move(where), !flag.value);
        }
        part.ranges.clear();
        part.fileHere = query.fileHere;
        add(conditionOf(part));
    }
    if (!kind.findFlag(Searchable))
        return all;
    for (std::string &word : SearchWords::typed(query.text))
        all.push_back({std::move(word), {}, {}, false});
    return all;
}

std::string sortTerms(const RecordQuery &query, const char *direction)
{
    const Field *field = sortFieldOf(query);
    const Field *newest = newestField(*query.kind);
    std::string terms;
    if (field)
        terms = quotedName(field->name) + direction + ", ";
    if (newest && newest != field)
        terms += quotedName(newest->name) + direction + ", ";
    return terms + "_id" + direction;
}

Result<Sqlite::Statement> prepare(CacheReader &cache, const std::string &sql, const Condition &where)
{
    const auto database = cache.database();
    if (!database)
        return database.error();
    auto statement = (*database)->prepare(sql);
    if (!statement)
        return statement;
    int index = 0;
    for (const auto &value : where.values) {
        ++index;
        if (const auto *text = std::get_if<std::string>(&value))
            statement->bind(index, std::string_view(*text));
        else
            statement->bind(index, std::get<std::int64_t>(value));
    }
    return statement;
}

std::string listOf(std::span<const std::int64_t> ids)
{
    std::string list;
    for (const std::int64_t id : ids)
        list += (list.empty() ? "" : ",") + std::to_string(id);
    return list;
}

} // namespace Counterfoil::QueryTerms
