#pragma once

#include "result.h"

#include <QString>

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

// A thin, safe layer over SQLite's C interface. Not Qt Sql: binding through it halves the speed, and on
// Windows and macOS its plugin carries a second copy of SQLite, which must never open the same file.
namespace Counterfoil::Sqlite {

class Database;

// One statement, which is prepared already or when it is first used. Errors surface at step() or run();
// binding cannot fail for indexes that the statement has. Parameters count from 1, columns from 0. Not to be
// used across threads or to outlive its Database.
class Statement
{
public:
    Statement() = default;
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&other) noexcept;
    ~Statement();

    // Bound text must stay alive until the next reset().
    Statement &bind(int index, std::string_view text);
    Statement &bind(int index, std::int64_t value);
    Statement &bindNull(int index);

    // Binds in order from 1; for statements with few parameters. Resets first.
    template <class... Values> Statement &with(const Values &...values)
    {
        reset();
        int index = 0;
        (bindOne(++index, values), ...);
        return *this;
    }

    Result<bool> step(); // true: a row is there; false: finished (and reset)
    Outcome run();       // steps to the end and resets
    // Calls each(row) for every row up to the end; an error that `each` returns, if it returns an Outcome,
    // ends it before. Resets.
    template <class Each> Outcome forEachRow(const Each &each);
    Result<std::int64_t> number(); // the first column of the first row, 0 when there is none; resets
    void reset();                  // and clears the bindings

    std::int64_t integer(int column) const;
    std::string_view text(int column) const; // valid until the next step or reset
    bool isNull(int column) const;

private:
    friend class Database;
    Statement(sqlite3 *handle, std::string sql);

    bool isPrepared(); // by now
    void bindOne(int index, std::string_view text) { bind(index, text); }
    void bindOne(int index, const std::string &text) { bind(index, std::string_view(text)); }
    void bindOne(int index, const char *text) { bind(index, std::string_view(text)); }
    template <class Integer>
        requires std::is_integral_v<Integer>
    void bindOne(int index, Integer value)
    {
        bind(index, static_cast<std::int64_t>(value));
    }

    sqlite3 *m_handle = nullptr;
    std::string m_sql; // until it is prepared
    sqlite3_stmt *m_statement = nullptr;
    bool m_unbound = false; // a value was not taken, since it could not be prepared
};

template <class Each> Outcome Statement::forEachRow(const Each &each)
{
    for (;;) {
        const auto row = step();
        if (!row)
            return row.error();
        if (!*row)
            return Done();
        if constexpr (std::is_void_v<std::invoke_result_t<const Each &, const Statement &>>) {
            each(*this);
        } else if (const Outcome done = each(*this); !done) {
            reset();
            return done;
        }
    }
}

using Statements = std::multimap<std::string, Statement, std::less<>>; // by text

// A statement that goes back, reset, to those of its Database, which stays where it is meanwhile.
class Lent
{
public:
    Lent(Statements &from, Statements::node_type statement)
        : m_from(&from)
        , m_statement(std::move(statement))
    { }
    Lent(Lent &&) noexcept = default;
    Lent &operator=(Lent &&) = delete;
    ~Lent();

    Statement *operator->() { return &m_statement.mapped(); }

private:
    Statements *m_from;
    Statements::node_type m_statement;
};

// One connection. Used by one thread at a time.
class Database
{
public:
    enum class Mode { ReadWrite, ReadOnly };
    enum class Durability {
        Normal, // WAL, synchronous=NORMAL: a power cut may lose the last commits, never tear them
        Full,   // WAL, synchronous=FULL: what is committed stays committed
    };

    // Opens, or with ReadWrite creates, the file (with owner-only permissions) in WAL mode, foreign
    // keys on, waiting up to `busyMs` for a lock. ":memory:" is taken. `vfs` names a registered VFS, for
    // tests that inject faults; empty: the platform's own.
    static Result<Database> open(const QString &path, Mode mode, Durability durability = Durability::Normal,
                                 int busyMs = 2000, const std::string &vfs = {});
    Database(Database &&other) noexcept;
    Database &operator=(Database &&other) noexcept;
    ~Database();

    Result<Statement> prepare(std::string_view sql);
    // One that is prepared when it is first used: whoever has many that may be needed need not wait for them
    // all.
    Statement later(std::string sql) { return {m_handle, std::move(sql)}; }
    // One that stays prepared for whoever asks for the same text again; for texts of which there are few.
    Lent lend(std::string_view sql);
    template <class... Values> Outcome run(std::string_view sql, const Values &...values)
    {
        return lend(sql)->with(values...).run();
    }
    Outcome execute(std::string_view sql);                       // one or more statements, results ignored
    Outcome executeAll(const std::vector<std::string> &scripts); // up to the first that fails

    // Runs `work` in one transaction (BEGIN IMMEDIATE for a writer): committed when it succeeds, rolled back
    // when not.
    Outcome transaction(const std::function<Outcome()> &work);

    // Runs the migrations from PRAGMA user_version on, each script one step, all in one transaction.
    // Creating a file is migrating it from version 0. A file from a newer program is refused.
    Outcome migrate(std::span<const std::string> scripts);

    // Gives up the memory that it can do without: pages, and statements that nobody has.
    void rest();

    std::int64_t lastInsertId() const;
    std::int64_t changeCount() const; // rows touched by the last statement
    // Ends queries with Cancelled while the flag, which any thread may set, is true. nullptr: never. The flag
    // must outlive the call that replaces it.
    void interruptWhen(const std::atomic_bool *flag);

    // One row, one column; for PRAGMAs and counts. An absent row is 0.
    Result<std::int64_t> integer(std::string_view sql) { return later(std::string(sql)).number(); }

private:
    explicit Database(sqlite3 *handle);

    sqlite3 *m_handle = nullptr;
    Statements m_idle;
};

} // namespace Counterfoil::Sqlite
