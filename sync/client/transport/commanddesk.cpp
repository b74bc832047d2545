#include "commanddesk.h"

namespace Counterfoil {

namespace {

OutboxEntries noEntries()
{
    return std::make_shared<const std::vector<OutboxEntry>>();
}

} // namespace

CommandDesk::CommandDesk(OutboxWorker *worker, std::function<void(const QString &)> retry)
    : m_worker(worker)
    , m_retry(std::move(retry))
    , m_entries(noEntries())
{
    connect(
        worker, &OutboxWorker::opened, this,
        [this](const Profile &profile, const OutboxEntries &entries) { take(profile.directory, entries); });
    connect(worker, &OutboxWorker::changed, this, &CommandDesk::take);
    connect(worker, &OutboxWorker::queued, this, &CommandPort::queued);
    connect(worker, &OutboxWorker::notQueued, this, &CommandPort::notQueued);
    connect(worker, &OutboxWorker::failed, this, &CommandPort::failed);
}

void CommandDesk::setProfile(const QString &directory)
{
    if (m_directory == directory)
        return;
    m_directory = directory;
    if (!m_entries->empty()) {
        m_entries = noEntries();
        Q_EMIT entriesChanged();
    }
}

void CommandDesk::take(const QString &directory, const OutboxEntries &entries)
{
    if (directory != m_directory || entries == m_entries)
        return;
    m_entries = entries;
    Q_EMIT entriesChanged();
}

template <class Work> void CommandDesk::onWorker(Work work)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, work = std::move(work)] { work(*worker); }, Qt::QueuedConnection);
}

Command CommandDesk::made(Command command)
{
    command.key = m_random.uuid();
    command.madeAt = m_clock.now();
    return command;
}

QString CommandDesk::submit(const Command &command)
{
    const Command wish = made(command);
    onWorker([wish, directory = m_directory](OutboxWorker &worker) { worker.submit(directory, wish); });
    return QString::fromStdString(wish.key);
}

QString CommandDesk::resubmit(const QString &key, const Command &changed)
{
    const Command wish = made(changed);
    onWorker([wish, key, directory = m_directory](OutboxWorker &worker) {
        worker.resubmit(directory, key, wish);
    });
    return QString::fromStdString(wish.key);
}

void CommandDesk::retryNow(const QString &key)
{
    m_retry(key);
}

void CommandDesk::cancel(const QString &key)
{
    onWorker([key](OutboxWorker &worker) { worker.cancel(key); });
}

void CommandDesk::dismiss(const QString &key)
{
    onWorker([key](OutboxWorker &worker) { worker.dismiss(key); });
}

} // namespace Counterfoil
