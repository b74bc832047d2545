#include "outboxfile.h"

#include "corruptcopies.h"
#include "database.h"
#include "outboxdraft.h"
#include "outboxrows.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace Counterfoil {

namespace {

using Sqlite::Database;

class FileOutbox final : public OutboxFile
{
public:
    static Result<std::unique_ptr<FileOutbox>> open(const QString &path, const std::string &vfs);

    Outcome storeAll(const std::vector<OutboxEntry> &entries);
    void setDamage(int saved);

    const std::optional<Error> &damage() const override { return m_damage; }
    OutboxEntries entries() const override { return m_entries; }

    Outcome submit(const Command &command) override
    {
        return change([&](OutboxDraft &draft) { return draft.submit(command); });
    }
    Outcome resubmit(const std::string &key, const Command &changed, Random &random) override
    {
        return change([&](OutboxDraft &draft) { return draft.resubmit(key, changed, random); });
    }
    Outcome cancel(const std::string &key, Instant now) override
    {
        return change([&](OutboxDraft &draft) { return draft.cancel(key, now); });
    }
    Outcome dismiss(const std::string &key, Instant now) override
    {
        return change([&](OutboxDraft &draft) { return draft.dismiss(key, now); });
    }
    Outcome willSend(const std::string &key, Instant now) override
    {
        return change([&](OutboxDraft &draft) { return draft.willSend(key, now); });
    }
    Outcome attemptFailed(const std::string &key, const Error &error, Instant now) override
    {
        return change([&](OutboxDraft &draft) { return draft.attemptFailed(key, error, now); });
    }
    Outcome told(const CommandOutcome &outcome, Instant now) override
    {
        return change([&](OutboxDraft &draft) { return draft.told(outcome, now); });
    }
    Outcome tidy(Instant now) override
    {
        return change([&](OutboxDraft &draft) { return draft.tidy(now); });
    }
    Outcome withdraw(const std::vector<std::string> &accounts, Instant now) override;
    Outcome withdrawEverything(Instant now) override
    {
        return wipe([](const OutboxEntry &) { return true; }, now);
    }

private:
    FileOutbox(Database database, QString path)
        : m_database(std::move(database))
        , m_path(std::move(path))
    { }

    Outcome change(const std::function<Outcome(OutboxDraft &)> &work);
    Outcome wipe(const std::function<bool(const OutboxEntry &)> &belongs, Instant now);
    Outcome write(const OutboxDraft &draft, const std::vector<OutboxEntry> &entries);
    void scrub();

    Database m_database;
    QString m_path;
    OutboxEntries m_entries = std::make_shared<const std::vector<OutboxEntry>>();
    std::optional<Error> m_damage;
    bool m_scrub = false; // what was withdrawn may still lie in the file, the log or a copy
};

Result<std::unique_ptr<FileOutbox>> FileOutbox::open(const QString &path, const std::string &vfs)
{
    constexpr int busyMs = 2000;
    auto database = Database::open(path, Database::Mode::ReadWrite, Database::Durability::Full, busyMs, vfs);
    if (!database)
        return database.error();
    std::unique_ptr<FileOutbox> outbox(new FileOutbox(std::move(*database), path));
    if (const auto ready = OutboxRows::prepare(outbox->m_database); !ready)
        return ready.error();
    // A life that ended while a write failed may have left it in the log, unsynced: what is shown from here
    // on is to be there after a power loss as well. A disk that cannot do it now still shows it.
    (void)outbox->m_database.integer("PRAGMA wal_checkpoint(PASSIVE)");
    auto entries = OutboxRows::read(outbox->m_database);
    if (!entries)
        return entries.error();
    outbox->m_entries = std::make_shared<const std::vector<OutboxEntry>>(*std::move(entries));
    const auto left = outbox->m_database.integer("SELECT scrub FROM upkeep");
    if (!left)
        return left.error();
    outbox->m_scrub = *left != 0;
    outbox->scrub();
    return outbox;
}

// The work is done on a copy; what it left there is stored, and only then is it what entries() says.
Outcome FileOutbox::change(const std::function<Outcome(OutboxDraft &)> &work)
{
    OutboxDraft draft(*m_entries);
    if (const auto worked = work(draft); !worked)
        return worked;
    if (draft.changed().empty() && draft.gone().empty())
        return Done();
    auto entries = std::make_shared<std::vector<OutboxEntry>>(draft.take());
    if (const auto written = m_database.transaction([&] { return write(draft, *entries); }); !written)
        return written;
    m_entries = std::move(entries);
    scrub();
    return Done();
}

Outcome FileOutbox::write(const OutboxDraft &draft, const std::vector<OutboxEntry> &entries)
{
    if (const auto done = OutboxRows::remove(m_database, draft.gone()); !done)
        return done;
    return OutboxRows::write(m_database, entries, draft.changed());
}

Outcome FileOutbox::storeAll(const std::vector<OutboxEntry> &entries)
{
    std::set<std::int64_t> orders;
    for (const OutboxEntry &entry : entries)
        orders.insert(entry.order);
    const auto written
        = m_database.transaction([&] { return OutboxRows::write(m_database, entries, orders); });
    if (!written)
        return written;
    // The file is about to be renamed: nothing may be left in its log.
    const auto busy = m_database.integer("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!busy)
        return busy.error();
    return *busy == 0 ? Outcome(Done()) : Error{ErrorKind::StorageLocked, {}, QStringLiteral("checkpoint")};
}

void FileOutbox::setDamage(int saved)
{
    m_damage
        = Error{ErrorKind::StorageCorrupt,
                QCoreApplication::translate("Outbox",
                                            "The file with your changes was damaged; %Ln of them could be "
                                            "read. Look through the list, and repeat what is missing. "
                                            "The damaged file was kept.",
                                            nullptr, saved),
                QStringLiteral("%1 entries taken over").arg(saved)};
}

Outcome FileOutbox::withdraw(const std::vector<std::string> &accounts, Instant now)
{
    const auto isOne = [&accounts](const std::string &account) {
        return !account.empty() && std::ranges::find(accounts, account) != accounts.end();
    };
    return wipe(
        [&isOne](const OutboxEntry &entry) {
            const AnyRecord &theirs = entry.outcome.theirs; // may belong to another account by now
            const Field *owner = theirs.isNull() ? nullptr : theirs.type().findFlag(AccountKey);
            return isOne(entry.command.account) || (owner && isOne(owner->in<std::string>(theirs.data())));
        },
        now);
}

Outcome FileOutbox::wipe(const std::function<bool(const OutboxEntry &)> &belongs, Instant now)
{
    OutboxDraft draft(*m_entries);
    if (const auto worked = draft.withdraw(belongs, now); !worked)
        return worked;
    auto entries = std::make_shared<std::vector<OutboxEntry>>(draft.take());
    const auto written = m_database.transaction([&]() -> Outcome {
        if (const auto done = write(draft, *entries); !done)
            return done;
        return m_database.execute("UPDATE upkeep SET scrub=1");
    });
    if (!written)
        return written;
    m_entries = std::move(entries);
    m_scrub = true;
    scrub();
    return Done();
}

// Deleting leaves bytes in the file until it is written anew, in the log until that is emptied, and in the
// copies of damaged files. What cannot be done now is done after the next change or by the next open().
void FileOutbox::scrub()
{
    if (!m_scrub || !Sqlite::CorruptCopies::remove(m_path) || !m_database.execute("VACUUM"))
        return;
    const auto busy = m_database.integer("PRAGMA wal_checkpoint(TRUNCATE)");
    // The mark itself goes into the log again, which by then holds nothing else.
    if (busy && *busy == 0 && m_database.execute("UPDATE upkeep SET scrub=0"))
        m_scrub = false;
}

} // namespace

namespace {

// What can be read of a damaged file is written to "PATH.part", which becomes "PATH.sound" when it is
// complete. From then on that one counts: the damaged file is moved aside and kept, and the sound one takes
// its place, now or when the program has died in between and opens it the next time.
QString partPath(const QString &path)
{
    return path + QLatin1String(".part");
}

QString soundPath(const QString &path)
{
    return path + QLatin1String(".sound");
}

Outcome rename(const QString &from, const QString &to)
{
    if (QFile::rename(from, to))
        return Done();
    return Error{ErrorKind::StorageReadOnly,
                 QCoreApplication::translate("Outbox",
                                             "The file with your changes was damaged and cannot be replaced. "
                                             "Check the permissions of its folder."),
                 from};
}

Outcome putInPlace(const QString &path)
{
    if (!QFile::exists(soundPath(path)))
        return Done();
    const auto moved = Sqlite::CorruptCopies::moveAside(path);
    return moved ? rename(soundPath(path), path) : moved;
}

Result<int> rescue(const QString &path, const std::string &vfs, const OutboxEntries &known)
{
    const std::vector<OutboxEntry> entries = known ? *known : OutboxRows::readable(path, vfs);
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(partPath(path) + QLatin1String(suffix)); // of an attempt that was broken off
    {
        const auto part = FileOutbox::open(partPath(path), vfs);
        if (!part)
            return part.error();
        if (const auto stored = (*part)->storeAll(entries); !stored)
            return stored.error();
    }
    if (const auto done = rename(partPath(path), soundPath(path)); !done)
        return done.error();
    if (const auto done = putInPlace(path); !done)
        return done.error();
    return static_cast<int>(entries.size());
}

} // namespace

Result<std::unique_ptr<OutboxFile>> OutboxFile::open(const QString &path, const std::string &vfs,
                                                     const OutboxEntries &known)
{
    if (const auto done = putInPlace(path); !done)
        return done.error();
    auto opened = FileOutbox::open(path, vfs);
    if (!opened && opened.error().kind == ErrorKind::StorageCorrupt) {
        const auto saved = rescue(path, vfs, known);
        if (!saved)
            return saved.error();
        opened = FileOutbox::open(path, vfs);
        if (opened)
            (*opened)->setDamage(*saved);
    }
    if (!opened)
        return opened.error();
    return std::unique_ptr<OutboxFile>(*std::move(opened));
}

} // namespace Counterfoil
