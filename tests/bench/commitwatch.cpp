#include "commitwatch.h"

#include "database.h"

#include <QFile>

#include <array>
#include <cstdio>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace Counterfoil {

namespace {

using namespace std::chrono_literals;

constexpr int idleMs = 20;   // between two looks while nothing is written
constexpr int writingMs = 1; // and while a commit is under way
// Of what is seen later it cannot be told which write it was.
constexpr auto longestCommit = 20ms;

// Waits for a write, and swallows what tells of it.
bool isWritten(int watch, int ms)
{
    pollfd waiting{watch, POLLIN, 0};
    if (poll(&waiting, 1, ms) <= 0)
        return false;
    std::array<char, 4096> events{};
    while (read(watch, events.data(), events.size()) > 0) { }
    return true;
}

} // namespace

CommitWatch::CommitWatch(const QString &store)
    : m_thread([this, store](const std::stop_token &stop) { run(stop, store); })
{ }

std::optional<CommitWatch::Moment> CommitWatch::writtenAt(std::int64_t sequence) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_written.lower_bound(sequence);
    // The first commit seen may hold entries of many before it.
    return found == m_written.end() || found == m_written.begin() ? std::nullopt : found->second;
}

void CommitWatch::run(const std::stop_token &stop, const QString &store)
{
    auto database = Sqlite::Database::open(store, Sqlite::Database::Mode::ReadOnly);
    const int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    const QByteArray log = QFile::encodeName(store + QStringLiteral("-wal"));
    if (!database || inotify_add_watch(watch, log.constData(), IN_MODIFY) < 0) {
        std::fputs("the gateway's file cannot be watched\n", stderr);
        return;
    }
    std::int64_t last = 0;
    std::optional<Moment> written;
    while (!stop.stop_requested()) {
        if (isWritten(watch, written ? writingMs : idleMs)) // what was written before may hold no changes
            written = std::chrono::steady_clock::now();
        if (!written)
            continue;
        const auto newest = database->integer("SELECT max(seq) FROM log");
        const bool late = std::chrono::steady_clock::now() - *written > longestCommit;
        if (newest && *newest > last) {
            const std::scoped_lock lock(m_mutex);
            last = *newest;
            m_written.emplace(last, late ? std::nullopt : written);
        } else if (!late) {
            continue;
        }
        written.reset();
    }
    close(watch);
}

} // namespace Counterfoil
