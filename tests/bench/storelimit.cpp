#include "storelimit.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace Counterfoil {

namespace {

constexpr std::size_t rowsPerTransaction = 10'000;

// A value that stays when the statement that read it goes on.
struct Value
{
    bool isText = false;
    std::int64_t number = 0;
    std::size_t at = 0; // of the text, in the batch's bytes
    std::size_t size = 0;
};

struct Batch
{
    std::vector<Value> values;
    std::string bytes;
    std::size_t rows = 0;
};

class Copy
{
public:
    Copy(const QString &from, const QString &to)
    {
        check(sqlite3_open_v2(from.toUtf8().constData(), &m_from, SQLITE_OPEN_READONLY, nullptr));
        check(sqlite3_open(to.toUtf8().constData(), &m_to));
        run("PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-262144; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=4294967296");
    }
    ~Copy()
    {
        sqlite3_close(m_from);
        sqlite3_close(m_to);
    }

    bool failed() const { return m_failed; }
    double seconds() const { return m_seconds; }

    void run(const std::string &sql)
    {
        QElapsedTimer timer;
        timer.start();
        check(sqlite3_exec(m_to, sql.c_str(), nullptr, nullptr, nullptr));
        m_seconds += static_cast<double>(timer.nsecsElapsed()) / 1e9;
    }

    // The first two columns of each row of the source.
    std::vector<std::pair<std::string, std::string>> texts(const std::string &sql)
    {
        std::vector<std::pair<std::string, std::string>> found;
        sqlite3_stmt *statement = prepare(m_from, sql);
        while (statement && sqlite3_step(statement) == SQLITE_ROW)
            found.emplace_back(text(statement, 0), text(statement, 1));
        sqlite3_finalize(statement);
        return found;
    }

    void copyRows(const std::string &select, const std::string &insert)
    {
        sqlite3_stmt *read = prepare(m_from, select);
        if (!read)
            return;
        const int columns = sqlite3_column_count(read);
        std::string marks = "?";
        for (int i = 1; i < columns; ++i)
            marks += ",?";
        sqlite3_stmt *write = prepare(m_to, insert + " VALUES(" + marks + ')');
        while (!m_failed && write) {
            const Batch batch = take(read, columns);
            put(write, columns, batch);
            if (batch.rows < rowsPerTransaction)
                break;
        }
        sqlite3_finalize(read);
        sqlite3_finalize(write);
    }

private:
    void check(int code)
    {
        if (code == SQLITE_OK || code == SQLITE_DONE || m_failed)
            return;
        m_failed = true;
        std::fprintf(stderr, "the limit: %s\n", sqlite3_errmsg(m_to));
    }
    sqlite3_stmt *prepare(sqlite3 *database, const std::string &sql)
    {
        sqlite3_stmt *statement = nullptr;
        check(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr));
        return statement;
    }
    static std::string text(sqlite3_stmt *statement, int column)
    {
        const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
        return bytes ? bytes : "";
    }
    static Batch take(sqlite3_stmt *read, int columns);
    void put(sqlite3_stmt *write, int columns, const Batch &batch);

    sqlite3 *m_from = nullptr;
    sqlite3 *m_to = nullptr;
    double m_seconds = 0;
    bool m_failed = false;
};

Batch Copy::take(sqlite3_stmt *read, int columns)
{
    Batch batch;
    while (batch.rows < rowsPerTransaction && sqlite3_step(read) == SQLITE_ROW) {
        ++batch.rows;
        for (int i = 0; i < columns; ++i) {
            Value value;
            value.isText = sqlite3_column_type(read, i) == SQLITE_TEXT;
            if (value.isText) {
                value.at = batch.bytes.size();
                value.size = static_cast<std::size_t>(sqlite3_column_bytes(read, i));
                batch.bytes.append(reinterpret_cast<const char *>(sqlite3_column_text(read, i)), value.size);
            } else {
                value.number = sqlite3_column_int64(read, i);
            }
            batch.values.push_back(value);
        }
    }
    return batch;
}

void Copy::put(sqlite3_stmt *write, int columns, const Batch &batch)
{
    run("BEGIN");
    QElapsedTimer timer;
    timer.start();
    auto value = batch.values.begin();
    for (std::size_t row = 0; row < batch.rows; ++row) {
        for (int i = 1; i <= columns; ++i, ++value) {
            if (value->isText)
                sqlite3_bind_text(write, i, batch.bytes.data() + value->at, static_cast<int>(value->size),
                                  SQLITE_STATIC);
            else
                sqlite3_bind_int64(write, i, value->number);
        }
        check(sqlite3_step(write));
        sqlite3_reset(write);
    }
    m_seconds += static_cast<double>(timer.nsecsElapsed()) / 1e9;
    run("COMMIT");
}

std::string quotedName(const std::string &name)
{
    return '"' + name + '"';
}

} // namespace

StoreLimit StoreLimit::measure(const QString &cache, const QString &target, bool withSearch)
{
    for (const char *ending : {"", "-wal", "-shm"})
        QFile::remove(target + QLatin1String(ending));
    StoreLimit limit;
    Copy copy(cache, target);
    // Full-text tables bring tables of their own, whose rows come with theirs.
    const std::string isWords = "(name GLOB '*_search' OR name GLOB '*_search_*')";
    const auto tables = copy.texts("SELECT name, sql FROM sqlite_master WHERE type='table' AND sql NOT NULL "
                                   "AND name NOT GLOB 'sqlite_*' AND NOT "
                                   + isWords);
    for (const auto &[name, sql] : tables) {
        copy.run(sql);
        copy.copyRows("SELECT * FROM " + quotedName(name), "INSERT INTO " + quotedName(name));
    }
    for (const auto &[name, sql] :
         copy.texts("SELECT name, sql FROM sqlite_master WHERE type='index' AND sql NOT NULL"))
        copy.run(sql);
    copy.run("PRAGMA wal_checkpoint(TRUNCATE)");
    limit.seconds = copy.seconds();
    if (withSearch) {
        for (const auto &[name, sql] :
             copy.texts("SELECT name, sql FROM sqlite_master WHERE sql LIKE '%USING fts5%'")) {
            copy.run(sql);
            copy.copyRows("SELECT rowid, words FROM " + quotedName(name),
                          "INSERT INTO " + quotedName(name) + "(rowid, words)");
        }
        copy.run("PRAGMA wal_checkpoint(TRUNCATE)");
        limit.searchSeconds = copy.seconds() - limit.seconds;
    }
    limit.mb = static_cast<double>(QFileInfo(target).size()) / 1e6;
    return copy.failed() ? StoreLimit() : limit;
}

} // namespace Counterfoil
