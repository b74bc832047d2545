#include "database.h"

#include <QCoreApplication>
#include <QFile>

#include <sqlite3.h>

#include <utility>

namespace Counterfoil::Sqlite {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Storage", text);
}

Error errorOf(int code, const char *message)
{
    const QString detail
        = QStringLiteral("SQLite %1: %2").arg(code).arg(QString::fromUtf8(message ? message : ""));
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::StorageLocked,
                tr("The data file is in use by another program. Close it there; Counterfoil tries again."),
                detail};
    case SQLITE_FULL:
        return {ErrorKind::StorageFull, tr("The disk is full. Free some space; Counterfoil then goes on."),
                detail};
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return {ErrorKind::StorageReadOnly,
                tr("The data file cannot be written. Check the permissions of its folder."), detail};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorKind::StorageCorrupt, tr("The data file is damaged."), detail};
    case SQLITE_INTERRUPT:
        return {ErrorKind::Cancelled, tr("Stopped."), detail};
    case SQLITE_CANTOPEN:
        return {ErrorKind::Storage,
                tr("The data file cannot be opened. Check that its folder exists and is yours."), detail};
    default:
        return {ErrorKind::Storage, tr("The data file could not be read or written. Check the disk."),
                detail};
    }
}

Error errorOf(sqlite3 *handle)
{
    return errorOf(sqlite3_extended_errcode(handle), sqlite3_errmsg(handle));
}

// Before SQLite is first used: counting what is allocated, which nobody asks for, makes every thread wait for
// the others at each allocation.
void tuneOnce()
{
    [[maybe_unused]] static const int tuned = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

} // namespace

Statement::Statement(sqlite3 *handle, std::string sql)
    : m_handle(handle)
    , m_sql(std::move(sql))
{ }

Statement::Statement(Statement &&other) noexcept
    : m_handle(other.m_handle)
    , m_sql(std::move(other.m_sql))
    , m_statement(std::exchange(other.m_statement, nullptr))
    , m_unbound(other.m_unbound)
{ }

Statement &Statement::operator=(Statement &&other) noexcept
{
    std::swap(m_handle, other.m_handle);
    std::swap(m_sql, other.m_sql);
    std::swap(m_statement, other.m_statement);
    std::swap(m_unbound, other.m_unbound);
    return *this;
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

bool Statement::isPrepared()
{
    if (!m_statement
        && sqlite3_prepare_v3(m_handle, m_sql.data(), static_cast<int>(m_sql.size()),
                              SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr)
            == SQLITE_OK)
        m_sql = {};
    return m_statement != nullptr;
}

Statement &Statement::bind(int index, std::string_view text)
{
    if (!isPrepared()) {
        m_unbound = true; // which step() tells
        return *this;
    }
    // An empty view may have no address, which SQLite would take for NULL.
    const char *data = text.data() ? text.data() : "";
    [[maybe_unused]] const int code
        = sqlite3_bind_text64(m_statement, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    Q_ASSERT(code == SQLITE_OK || code == SQLITE_TOOBIG);
    return *this;
}

Statement &Statement::bind(int index, std::int64_t value)
{
    if (!isPrepared()) {
        m_unbound = true;
        return *this;
    }
    [[maybe_unused]] const int code = sqlite3_bind_int64(m_statement, index, value);
    Q_ASSERT(code == SQLITE_OK);
    return *this;
}

Statement &Statement::bindNull(int index)
{
    if (!isPrepared()) {
        m_unbound = true;
        return *this;
    }
    [[maybe_unused]] const int code = sqlite3_bind_null(m_statement, index);
    Q_ASSERT(code == SQLITE_OK);
    return *this;
}

Result<bool> Statement::step()
{
    if (!isPrepared())
        return errorOf(m_handle);
    if (m_unbound) // it could not be prepared a moment ago, and now it can: a value is missing
        return errorOf(SQLITE_BUSY, "a statement could not be prepared in time");
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_statement);
        return false;
    }
    const Error error = errorOf(m_handle);
    sqlite3_reset(m_statement);
    return error;
}

Outcome Statement::run()
{
    return forEachRow([](const Statement &) {});
}

Result<std::int64_t> Statement::number()
{
    const auto row = step();
    if (!row)
        return row.error();
    const std::int64_t value = *row ? integer(0) : 0;
    reset();
    return value;
}

void Statement::reset()
{
    m_unbound = false;
    if (!m_statement)
        return;
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

std::string_view Statement::text(int column) const
{
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column)))
                : std::string_view();
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

Lent::~Lent()
{
    constexpr std::size_t idleMost = 16; // of one text
    if (m_statement.empty() || m_from->count(m_statement.key()) >= idleMost)
        return;
    m_statement.mapped().reset();
    m_from->insert(std::move(m_statement));
}

Database::Database(sqlite3 *handle)
    : m_handle(handle)
{ }

Database::Database(Database &&other) noexcept
    : m_handle(std::exchange(other.m_handle, nullptr))
    , m_idle(std::move(other.m_idle))
{ }

Database &Database::operator=(Database &&other) noexcept
{
    std::swap(m_handle, other.m_handle);
    std::swap(m_idle, other.m_idle);
    return *this;
}

Database::~Database()
{
    m_idle.clear();
    sqlite3_close_v2(m_handle);
}

Result<Database> Database::open(const QString &path, Mode mode, Durability durability, int busyMs,
                                const std::string &vfs)
{
    // Made before SQLite makes it, so that it and the files beside it never exist with wider permissions.
    if (mode == Mode::ReadWrite && vfs.empty() && path != QLatin1String(":memory:") && !QFile::exists(path)) {
        QFile file(path);
        (void)file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                        QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }
    tuneOnce();
    const int flags = SQLITE_OPEN_NOMUTEX
        | (mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3 *handle = nullptr;
    const int code
        = sqlite3_open_v2(path.toUtf8().constData(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
    Database database(handle);
    if (code != SQLITE_OK)
        return errorOf(code, handle ? sqlite3_errmsg(handle) : "out of memory");
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, busyMs);

    std::string pragmas = "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;";
    if (mode == Mode::ReadWrite) {
        pragmas += "PRAGMA journal_mode=WAL;";
        pragmas += durability == Durability::Full ? "PRAGMA synchronous=FULL;" : "PRAGMA synchronous=NORMAL;";
    }
    if (const auto done = database.execute(pragmas); !done)
        return done.error();
    return database;
}

Result<Statement> Database::prepare(std::string_view sql)
{
    Statement statement(m_handle, std::string(sql));
    if (!statement.isPrepared())
        return errorOf(m_handle);
    return statement;
}

Lent Database::lend(std::string_view sql)
{
    auto found = m_idle.find(sql);
    if (found == m_idle.end())
        found = m_idle.emplace(sql, later(std::string(sql)));
    return {m_idle, m_idle.extract(found)};
}

Outcome Database::execute(std::string_view sql)
{
    if (sqlite3_exec(m_handle, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return errorOf(m_handle);
    return Done();
}

Outcome Database::executeAll(const std::vector<std::string> &scripts)
{
    for (const std::string &sql : scripts) {
        if (auto done = execute(sql); !done)
            return done;
    }
    return Done();
}

Outcome Database::transaction(const std::function<Outcome()> &work)
{
    if (const auto begun = run("BEGIN IMMEDIATE"); !begun)
        return begun;
    auto outcome = work();
    if (outcome)
        outcome = run("COMMIT");
    // A failed commit may or may not have ended the transaction (a full disk ends it).
    if (!outcome && sqlite3_get_autocommit(m_handle) == 0)
        (void)execute("ROLLBACK");
    return outcome;
}

Outcome Database::migrate(std::span<const std::string> scripts)
{
    const auto current = static_cast<std::int64_t>(scripts.size());
    const auto version = integer("PRAGMA user_version");
    if (!version)
        return version.error();
    if (*version == current)
        return Done();
    return transaction([&]() -> Outcome {
        // Read again under the lock: another program may have migrated meanwhile.
        const auto locked = integer("PRAGMA user_version");
        if (!locked)
            return locked.error();
        if (*locked > current) {
            return Error{
                ErrorKind::Storage,
                tr("The data file was written by a newer version of Counterfoil. Install that version."),
                QStringLiteral("schema %1, known up to %2").arg(*locked).arg(current)};
        }
        for (auto step = *locked; step < current; ++step) {
            if (const auto done = execute(scripts[static_cast<std::size_t>(step)]); !done)
                return done;
        }
        return execute("PRAGMA user_version=" + std::to_string(current));
    });
}

void Database::rest()
{
    m_idle.clear();
    (void)execute("PRAGMA shrink_memory"); // what cannot be given up is kept
}

std::int64_t Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

std::int64_t Database::changeCount() const
{
    return sqlite3_changes64(m_handle);
}

void Database::interruptWhen(const std::atomic_bool *flag)
{
    constexpr int operationsBetweenLooks = 2000; // well under a millisecond
    const auto look
        = [](void *argument) { return static_cast<const std::atomic_bool *>(argument)->load() ? 1 : 0; };
    if (flag)
        sqlite3_progress_handler(m_handle, operationsBetweenLooks, look,
                                 const_cast<std::atomic_bool *>(flag));
    else
        sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
}

} // namespace Counterfoil::Sqlite
