#include "cachereaders.h"

#include "cachereader.h"
#include "freedmemory.h"
#include "heldlists.h"

#include <QThread>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

namespace Counterfoil {

namespace {

// A search may take one of them for a while, what is looked at needs another. No more, since each reads the
// cache's schema at a start, which takes 5 ms.
constexpr int shortThreads = 2;
// At most two reads that are long (the extent of a million rows, its sums, the filters' values) at a time:
// more, or as many as there are processors, would take the window's own from it.
constexpr int mostLong = 2;

int longThreads()
{
    return std::clamp(QThread::idealThreadCount() - 1, 1, mostLong);
}

// Without a question for that long, memory goes back to the system.
constexpr std::chrono::seconds restAfter{5};

struct ReadJob
{
    std::shared_ptr<std::atomic_bool> cancelled;
    std::function<void(CacheReader &)> work;
};

} // namespace

class CacheReaders::Private
{
public:
    explicit Private(std::size_t mostRows)
        : lists(mostRows)
    { }
    void read(const QString &path);
    bool isAsked(std::unique_lock<std::mutex> &lock, CacheReader &reader);
    std::deque<ReadJob> *due(); // jobs of which one may run now; nullptr: none

    HeldLists lists;
    std::mutex mutex;
    std::condition_variable wake;
    // Bounded by those who ask: each has one read under way and cancels it before the next.
    std::deque<ReadJob> shortJobs;
    std::deque<ReadJob> longJobs;
    const int longRoom = longThreads();
    int longRunning = 0;
    std::vector<std::shared_ptr<std::atomic_bool>> running;
    std::atomic<int> replacements = 0; // how often the file may have been replaced
    bool stopping = false;
    std::vector<std::unique_ptr<QThread>> threads;
};

std::deque<ReadJob> *CacheReaders::Private::due()
{
    if (!shortJobs.empty())
        return &shortJobs;
    return longJobs.empty() || longRunning >= longRoom ? nullptr : &longJobs;
}

// Waits for a job; false: it is time to stop.
bool CacheReaders::Private::isAsked(std::unique_lock<std::mutex> &lock, CacheReader &reader)
{
    const auto somethingIsUp = [this] { return stopping || due(); };
    if (!wake.wait_for(lock, restAfter, somethingIsUp)) {
        lock.unlock();
        reader.rest();
        returnFreedMemory();
        lock.lock();
        wake.wait(lock, somethingIsUp);
    }
    return !stopping;
}

void CacheReaders::Private::read(const QString &path)
{
    CacheReader reader(path, &lists);
    int seen = replacements.load();
    for (;;) {
        ReadJob job;
        bool isLong = false;
        {
            std::unique_lock lock(mutex);
            if (!isAsked(lock, reader))
                return;
            std::deque<ReadJob> &jobs = *due();
            job = std::move(jobs.front());
            jobs.pop_front();
            if (job.cancelled->load())
                continue;
            running.push_back(job.cancelled);
            isLong = &jobs == &longJobs;
            longRunning += isLong;
        }
        if (const int now = replacements.load(); now != seen) {
            reader.reopen();
            seen = now;
        }
        reader.interruptWhen(job.cancelled.get());
        job.work(reader);
        reader.interruptWhen(nullptr);
        const std::lock_guard lock(mutex);
        std::erase(running, job.cancelled);
        longRunning -= isLong;
        wake.notify_one(); // a long one may wait for just that, and this thread may be given a short one
    }
}

CacheReaders::CacheReaders(const QString &path, QObject *parent, std::size_t mostRows)
    : QObject(parent)
    , d(std::make_unique<Private>(mostRows))
{
    qRegisterMetaType<ChangeNotice>();
    for (int i = 0; i < threadCount(); ++i) {
        auto &thread = d->threads.emplace_back(QThread::create([this, path] { d->read(path); }));
        thread->setObjectName(QStringLiteral("cache reader %1").arg(i + 1));
        thread->start();
    }
}

int CacheReaders::threadCount()
{
    return shortThreads + longThreads();
}

CacheReaders::~CacheReaders()
{
    {
        const std::lock_guard lock(d->mutex);
        d->stopping = true;
        d->shortJobs.clear();
        d->longJobs.clear();
        for (const auto &cancelled : d->running)
            cancelled->store(true);
    }
    d->wake.notify_all();
    for (const auto &thread : d->threads)
        thread->wait();
}

void CacheReaders::run(std::shared_ptr<std::atomic_bool> cancelled, std::function<void(CacheReader &)> work,
                       Length length)
{
    if (!cancelled)
        cancelled = std::make_shared<std::atomic_bool>(false);
    {
        const std::lock_guard lock(d->mutex);
        (length == Length::Short ? d->shortJobs : d->longJobs)
            .push_back({std::move(cancelled), std::move(work)});
    }
    d->wake.notify_one();
}

void CacheReaders::noteChange(const ChangeNotice &notice)
{
    if (notice.everything && notice.kinds.empty())
        ++d->replacements;
    d->lists.note(notice); // before anybody asks again
    if (notice.everything || !notice.kinds.empty())
        Q_EMIT changed(notice);
    if (notice.covered != 0)
        Q_EMIT covers(notice.covered);
}

} // namespace Counterfoil
