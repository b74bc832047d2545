#include "cachereader.h"

#include "cachefile.h"
#include "heldlists.h"
#include "recordrows.h"
#include "schema.h"

#include <map>

namespace Counterfoil {

class CacheReader::Private
{
public:
    // Forgets the connection after an error that is not the caller's wish, so that the next read begins
    // afresh.
    const Error &failed(const Error &error)
    {
        if (error.kind != ErrorKind::Cancelled) {
            CacheFile::noteSuspicion(path, error);
            close();
        }
        return error;
    }
    void close()
    {
        rows.clear();
        database.reset();
    }
    Result<RecordRows *> rowsOf(CacheReader &reader, const RecordType &kind);

    QString path;
    HeldLists *lists = nullptr;
    std::uint64_t moment = 0;
    int moments = 0; // one inside the other
    const std::atomic_bool *interrupt = nullptr;
    std::optional<Sqlite::Database> database;
    std::map<const RecordType *, RecordRows> rows;
};

Result<RecordRows *> CacheReader::Private::rowsOf(CacheReader &reader, const RecordType &kind)
{
    const auto connection = reader.database();
    if (!connection)
        return connection.error();
    if (const auto known = rows.find(&kind); known != rows.end())
        return &known->second;
    return &rows.emplace(&kind, RecordRows(**connection, kind)).first->second;
}

CacheReader::CacheReader(const QString &path, HeldLists *lists)
    : d(std::make_unique<Private>())
{
    d->path = path;
    d->lists = lists;
}

CacheReader::~CacheReader() = default;

void CacheReader::interruptWhen(const std::atomic_bool *flag)
{
    d->interrupt = flag;
    if (d->database)
        d->database->interruptWhen(flag);
}

const std::atomic_bool *CacheReader::interruptFlag() const
{
    return d->interrupt;
}

void CacheReader::reopen()
{
    d->close();
}

void CacheReader::rest()
{
    d->rows.clear();
    if (d->database)
        d->database->rest();
}

Result<Sqlite::Database *> CacheReader::database()
{
    // Queries too short to be interrupted would otherwise go on one after the other.
    if (d->interrupt && d->interrupt->load())
        return Error{ErrorKind::Cancelled, {}, QStringLiteral("cancelled between queries")};
    if (!d->database) {
        auto opened = Sqlite::Database::open(d->path, Sqlite::Database::Mode::ReadOnly);
        if (!opened)
            return opened.error();
        d->database = std::move(*opened);
        d->database->interruptWhen(d->interrupt);
    }
    return &*d->database;
}

Result<std::optional<CachedRecord>> CacheReader::byKey(const RecordType &kind, const std::string &key)
{
    std::optional<CachedRecord> record;
    // At one moment: otherwise the lists could be newer than the row.
    const auto outcome = atOneMoment([&]() -> Outcome {
        const auto rows = d->rowsOf(*this, kind);
        if (!rows)
            return rows.error();
        const auto id = (*rows)->idOf(key);
        if (!id)
            return id.error();
        if (!*id)
            return Done();
        auto row = (*rows)->read(**id, WithLists::Yes);
        if (!row)
            return row.error();
        record = std::move(*row);
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return record;
}

Result<std::optional<CachedRecord>> CacheReader::byId(const RecordType &kind, std::int64_t id,
                                                      WithLists lists)
{
    auto records = byIds(kind, std::span(&id, 1), lists);
    if (!records)
        return records.error();
    return records->empty() ? std::nullopt : std::optional(std::move(records->front()));
}

Result<std::vector<CachedRecord>> CacheReader::byIds(const RecordType &kind,
                                                     std::span<const std::int64_t> ids, WithLists lists)
{
    std::vector<CachedRecord> records;
    const auto outcome = atOneMoment([&]() -> Outcome {
        const auto rows = d->rowsOf(*this, kind);
        if (!rows)
            return rows.error();
        for (std::int64_t id : ids) {
            auto row = (*rows)->read(id, lists);
            if (!row)
                return row.error();
            if (*row)
                records.push_back(std::move(**row));
        }
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return records;
}

namespace {

Result<std::vector<std::int64_t>> idsOf(Sqlite::Database &database, const std::string &sql,
                                        const std::string *value)
{
    auto statement = database.lend(sql);
    if (value)
        statement->bind(1, std::string_view(*value));
    std::vector<std::int64_t> ids;
    if (const auto done
        = statement->forEachRow([&](const Sqlite::Statement &row) { ids.push_back(row.integer(0)); });
        !done)
        return done.error();
    return ids;
}

// The records whose ids the statement selects, all as of one moment.
Result<std::vector<CachedRecord>> selected(CacheReader &reader, const RecordType &kind,
                                           const std::string &sql, const std::string *value, WithLists lists)
{
    std::vector<CachedRecord> records;
    const auto outcome = reader.atOneMoment([&]() -> Outcome {
        const auto connection = reader.database();
        if (!connection)
            return connection.error();
        const auto ids = idsOf(**connection, sql, value);
        if (!ids)
            return ids.error();
        auto found = reader.byIds(kind, *ids, lists);
        if (!found)
            return found.error();
        records = std::move(*found);
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return records;
}

} // namespace

Result<std::vector<CachedRecord>> CacheReader::byField(const RecordType &kind, std::string_view field,
                                                       const std::string &value)
{
    Q_ASSERT(kind.find(field) && kind.find(field)->type == FieldType::Text);
    // The first comparison finds rows by the index, which ignores case; the second does not.
    return selected(*this, kind,
                    "SELECT _id FROM " + quotedName(kind.plural) + " WHERE " + quotedName(field) + "=?1 AND "
                        + quotedName(field) + "=?1 COLLATE BINARY ORDER BY _id",
                    &value, WithLists::Yes);
}

Result<std::vector<CachedRecord>> CacheReader::all(const RecordType &kind)
{
    return selected(*this, kind, "SELECT _id FROM " + quotedName(kind.plural) + " ORDER BY _id", nullptr,
                    WithLists::No);
}

Result<std::int64_t> CacheReader::integer(std::string_view sql)
{
    const auto file = database();
    if (!file)
        return file.error();
    auto answer = (*file)->lend(sql)->number();
    if (!answer)
        return d->failed(answer.error());
    return answer;
}

Result<std::int64_t> CacheReader::count(const RecordType &kind)
{
    return integer("SELECT count(*) FROM " + quotedName(kind.plural));
}

Result<std::int64_t> CacheReader::unsearched(const RecordType &kind)
{
    return integer("SELECT wordsEnd - wordsNext FROM kinds WHERE name='" + std::string(kind.name) + '\'');
}

Result<std::int64_t> CacheReader::covered()
{
    return integer(Schema::coveredSql);
}

HeldLists *CacheReader::heldLists() const
{
    return d->lists;
}

std::uint64_t CacheReader::moment() const
{
    return d->moment;
}

Outcome CacheReader::atOneMoment(const std::function<Outcome()> &work)
{
    const auto connection = database();
    if (!connection)
        return connection.error();
    if (d->lists && d->moments == 0)
        d->moment = d->lists->moment();
    const auto savepoint = (*connection)->run("SAVEPOINT moment");
    if (!savepoint)
        return d->failed(savepoint.error());
    ++d->moments;
    const auto outcome = work();
    --d->moments;
    if (!outcome)
        (void)d->failed(outcome.error());
    // Not to be held up by the interrupt that ended the work.
    if (d->database) {
        d->database->interruptWhen(nullptr);
        (void)d->database->run("RELEASE moment");
        d->database->interruptWhen(d->interrupt);
    }
    return outcome;
}

} // namespace Counterfoil
