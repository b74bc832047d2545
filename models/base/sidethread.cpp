#include "sidethread.h"

#include <QCoreApplication>
#include <QMutex>
#include <QObject>
#include <QThreadPool>

#include <deque>
#include <utility>

namespace Counterfoil {

namespace {

// Never destroyed, since a pool that is waits for its threads.
QThreadPool &threads()
{
    static QThreadPool *const pool = [] {
        auto *made = new QThreadPool;
        made->setMaxThreadCount(SideThread::mostThreads);
        // What was cancelled tidies up behind itself, in moments.
        qAddPostRoutine([] { threads().waitForDone(SideThread::mostWaitAtEndMs); });
        return made;
    }();
    return *pool;
}

} // namespace

// Where answers come. The owner's thread alone knows whether there is still an owner.
class SideThread::Home : public QObject
{
public:
    bool hasOwner = true;
};

struct SideThread::Queue
{
    QMutex mutex;
    std::deque<Work> works;
    bool runs = false;
    std::shared_ptr<Home> home;
};

SideThread::SideThread()
    : m_home(new Home, [](Home *home) { home->deleteLater(); }) // the last to hold it may be another thread
    , m_queue(std::make_shared<Queue>())
{
    m_queue->home = m_home;
}

SideThread::~SideThread()
{
    m_home->hasOwner = false;
}

void SideThread::start(Work work)
{
    const QMutexLocker locker(&m_queue->mutex);
    m_queue->works.push_back(std::move(work));
    if (std::exchange(m_queue->runs, true))
        return;
    threads().start([queue = m_queue] { run(queue); });
}

void SideThread::run(const std::shared_ptr<Queue> &queue)
{
    for (;;) {
        Work work;
        {
            const QMutexLocker locker(&queue->mutex);
            if (queue->works.empty()) {
                queue->runs = false;
                return;
            }
            work = std::move(queue->works.front());
            queue->works.pop_front();
        }
        Then then = work();
        if (!then)
            continue;
        Home *const home = queue->home.get();
        QMetaObject::invokeMethod(
            home,
            [home, then = std::move(then)] {
                if (home->hasOwner)
                    then();
            },
            Qt::QueuedConnection);
    }
}

} // namespace Counterfoil
