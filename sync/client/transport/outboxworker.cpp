#include "outboxworker.h"

#include "storework.h"
#include "tuning.h"

#include <QCoreApplication>

#include <utility>

namespace Counterfoil {

namespace {

Error nobodySignedIn()
{
    return {ErrorKind::Unauthorized,
            QCoreApplication::translate("Outbox", "Sign in first. Nothing was changed."),
            QStringLiteral("no outbox of that profile is open")};
}

} // namespace

OutboxWorker::OutboxWorker(ProfileStore profiles, const QString &vfs)
    : m_profiles(std::move(profiles))
    , m_vfs(vfs.toStdString())
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, [this] {
        if (!m_file && !m_profile.directory.isEmpty())
            tell(openFile());
    });
    m_tidy.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_tidy, &QTimer::timeout, this, &OutboxWorker::tidy);
}

OutboxWorker::~OutboxWorker() = default;

void OutboxWorker::open(const Profile &profile)
{
    const bool same = m_file && profile.directory == m_profile.directory;
    if (!same)
        leave();
    m_profile = profile;
    if (same)
        Q_EMIT opened(m_profile, m_file->entries());
    else
        tell(openFile());
}

void OutboxWorker::close()
{
    leave();
    Q_EMIT closed();
}

void OutboxWorker::leave()
{
    m_retry.stop();
    m_tidy.stop();
    m_file.reset();
    m_told.reset();
    m_profile = Profile();
}

Outcome OutboxWorker::openFile()
{
    if (m_profile.directory.isEmpty())
        return nobodySignedIn();
    if (auto made = m_profiles.makeFolder(m_profile); !made)
        return made;
    auto file = OutboxFile::open(m_profile.outboxPath(), m_vfs, m_told);
    if (!file) {
        m_retry.start(static_cast<int>(Tuning::outboxRetryMs));
        return file.error();
    }
    m_retry.stop();
    m_file = *std::move(file);
    if (m_file->damage())
        Q_EMIT failed(*m_file->damage());
    (void)m_file->tidy(m_clock.now()); // a full disk, say: next time
    m_tidy.start(static_cast<int>(Tuning::outboxTidyMs));
    m_told = m_file->entries();
    Q_EMIT opened(m_profile, m_told);
    return Done();
}

void OutboxWorker::tell(const Outcome &outcome)
{
    if (!outcome)
        Q_EMIT failed(outcome.error());
}

void OutboxWorker::tidy()
{
    tell(change([this](OutboxFile &file) { return file.tidy(m_clock.now()); }));
}

template <class Work> Outcome OutboxWorker::change(Work work)
{
    if (!m_file) {
        if (auto ready = openFile(); !ready)
            return ready;
    }
    Outcome outcome = work(*m_file);
    if (auto entries = m_file->entries(); entries != m_told) {
        m_told = std::move(entries);
        Q_EMIT changed(m_profile.directory, m_told);
    }
    // Opening again is what tells damage from bad luck, and saves what can be read.
    if (!outcome && outcome.error().kind == ErrorKind::StorageCorrupt) {
        m_file.reset();
        m_retry.start(0);
    }
    return outcome;
}

void OutboxWorker::queue(const QString &directory, const QString &key,
                         const std::function<Outcome(OutboxFile &)> &work)
{
    const bool here = !directory.isEmpty() && directory == m_profile.directory;
    const Outcome outcome = here ? change(work) : nobodySignedIn();
    if (outcome)
        Q_EMIT queued(key);
    else
        Q_EMIT notQueued(key, outcome.error());
}

void OutboxWorker::submit(const QString &directory, const Command &command)
{
    queue(directory, QString::fromStdString(command.key),
          [&](OutboxFile &file) { return file.submit(command); });
}

void OutboxWorker::resubmit(const QString &directory, const QString &key, const Command &changed)
{
    queue(directory, QString::fromStdString(changed.key),
          [&](OutboxFile &file) { return file.resubmit(key.toStdString(), changed, m_random); });
}

// Refused where the entry has moved on meanwhile; that shows by itself.
void OutboxWorker::cancel(const QString &key)
{
    const Outcome outcome
        = change([&](OutboxFile &file) { return file.cancel(key.toStdString(), m_clock.now()); });
    if (!outcome && outcome.error().kind != ErrorKind::NotFound)
        tell(outcome);
}

void OutboxWorker::dismiss(const QString &key)
{
    const Outcome outcome
        = change([&](OutboxFile &file) { return file.dismiss(key.toStdString(), m_clock.now()); });
    if (!outcome && outcome.error().kind != ErrorKind::NotFound)
        tell(outcome);
}

void OutboxWorker::carryOut(const OutboxWork &work,
                            const std::function<void(const Result<OutboxEntries> &)> &answer)
{
    struct Step
    {
        OutboxFile &file;
        Instant now;

        Outcome operator()(const NoteSending &what) const { return file.willSend(what.key, now); }
        Outcome operator()(const NoteOutcome &what) const { return file.told(what.outcome, now); }
        Outcome operator()(const NoteFailed &what) const
        {
            return file.attemptFailed(what.key, what.error, now);
        }
    };
    const Outcome outcome = change([&](OutboxFile &file) {
        return std::visit(Step{file, m_clock.now()}, work);
    });
    if (outcome && m_file)
        answer(m_file->entries());
    else
        answer(outcome.error());
}

void OutboxWorker::withdrawUnseen(const std::function<void(const Result<RemoveAccounts> &)> &answer)
{
    if (!m_file) {
        answer(Error{ErrorKind::Storage, {}, QStringLiteral("the outbox is not open")});
        return;
    }
    CacheReader cache(m_profile.cachePath());
    const auto unseen = unseenAccounts(cache, m_file->entries());
    if (!unseen) {
        answer(unseen.error());
        return;
    }
    const RemoveAccounts what{*unseen, false};
    const auto tellWhat = [&what, &answer](const Outcome &outcome) {
        answer(outcome ? Result<RemoveAccounts>(what) : outcome.error());
    };
    if (unseen->empty())
        tellWhat(Done());
    else
        withdraw(what, tellWhat);
}

void OutboxWorker::withdraw(const RemoveAccounts &what, const std::function<void(const Outcome &)> &answer)
{
    answer(change([&](OutboxFile &file) {
        return what.all ? file.withdrawEverything(m_clock.now())
                        : file.withdraw(what.accounts, m_clock.now());
    }));
}

} // namespace Counterfoil
