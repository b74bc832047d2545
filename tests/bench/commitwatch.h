#pragma once

#include <QString>

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace Counterfoil {

// When a gateway wrote each commit of its log, told from outside by its file, so that the gateway needs no
// part in it: by the last write before the commit is seen, so early by what syncing takes. Linux.
class CommitWatch
{
public:
    using Moment = std::chrono::steady_clock::time_point;

    // Watches from the next commit on. `store`: the gateway's file, which is there.
    explicit CommitWatch(const QString &store);

    std::optional<Moment> writtenAt(std::int64_t sequence) const; // none: that could not be told

private:
    void run(const std::stop_token &stop, const QString &store);

    mutable std::mutex m_mutex;
    std::map<std::int64_t, std::optional<Moment>> m_written; // by the last sequence of each commit
    std::jthread m_thread;                                   // last, so that it ends first
};

} // namespace Counterfoil
