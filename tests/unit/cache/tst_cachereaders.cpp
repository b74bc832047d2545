#include "cachereader.h"
#include "recordreader.h"
#include "testcache.h"
#include "testentry.h"

#include <QSignalSpy>
#include <QThread>
#include <QtTest>

#include <latch>
#include <semaphore>

using namespace Counterfoil;

class TestCacheReaders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsElsewhereAndAnswersHere();
    void doesNotRunWhatIsCancelled();
    void interruptsARunningQuery();
    void answersNobodyWhoIsGone();
    void opensAFileThatComesLater();
    void passesOnNotices();
    void longReadsLeaveShortOnesAThread();
    void stopsWhileReading();
};

void TestCacheReaders::readsElsewhereAndAnswersHere()
{
    TestCache cache;
    cache.put({changeTo(plainOrder(1))});
    QObject asker;
    std::size_t count = 0;
    QThread *readThread = nullptr;
    QThread *answerThread = nullptr;
    cache.readers().ask(
        &asker, std::make_shared<std::atomic_bool>(false),
        [&readThread](CacheReader &reader) {
            readThread = QThread::currentThread();
            return RecordReader(reader).ids(allOf<Order>());
        },
        [&](const Result<std::vector<std::int64_t>> &ids) {
            answerThread = QThread::currentThread();
            count = ids ? ids->size() : 0;
        });
    QTRY_COMPARE(count, std::size_t{1});
    QCOMPARE(answerThread, QThread::currentThread());
    QVERIFY(readThread != answerThread);
}

void TestCacheReaders::doesNotRunWhatIsCancelled()
{
    TestCache cache;
    QObject asker;
    std::atomic_int runs = 0;
    bool answered = false;
    const auto flag = std::make_shared<std::atomic_bool>(true);
    cache.readers().ask(
        &asker, flag, [&runs](CacheReader &) { return ++runs; }, [&answered](int) { answered = true; });
    bool last = false;
    cache.readers().ask(
        &asker, std::make_shared<std::atomic_bool>(false), [](CacheReader &) { return 0; },
        [&last](int) { last = true; });
    QTRY_VERIFY(last);
    QCOMPARE(runs.load(), 0);
    QVERIFY(!answered);
}

void TestCacheReaders::interruptsARunningQuery()
{
    TestCache cache;
    std::vector<Change> changes;
    for (int i = 0; i < 2'000; ++i)
        changes.push_back(changeTo(plainOrder(i)));
    cache.put(changes);
    std::binary_semaphore began(0);
    std::atomic_int kind = -1;
    const auto flag = std::make_shared<std::atomic_bool>(false);
    cache.readers().run(flag, [&](CacheReader &reader) {
        began.release();
        // As long as it takes until somebody cancels it.
        for (;;) {
            const auto totals = RecordReader(reader).totals(allOf<Order>());
            if (!totals) {
                kind = static_cast<int>(totals.error().kind);
                return;
            }
        }
    });
    began.acquire();
    flag->store(true);
    QTRY_COMPARE(kind.load(), static_cast<int>(ErrorKind::Cancelled));
    // The connection is as good as before.
    QObject asker;
    std::size_t count = 0;
    for (int i = 0; i < 6; ++i) {
        cache.readers().ask(
            &asker, std::make_shared<std::atomic_bool>(false),
            [](CacheReader &reader) { return RecordReader(reader).ids(allOf<Order>()); },
            [&count](const Result<std::vector<std::int64_t>> &ids) { count += ids ? ids->size() : 0; });
    }
    QTRY_COMPARE(count, std::size_t{12'000});
}

void TestCacheReaders::answersNobodyWhoIsGone()
{
    TestCache cache;
    auto asker = std::make_unique<QObject>();
    bool answered = false;
    std::binary_semaphore go(0);
    cache.readers().ask(
        asker.get(), std::make_shared<std::atomic_bool>(false),
        [&go](CacheReader &) {
            go.acquire();
            return 1;
        },
        [&answered](int) { answered = true; });
    asker.reset();
    go.release();
    bool last = false;
    QObject other;
    for (int i = 0; i < 3; ++i) {
        cache.readers().ask(
            &other, std::make_shared<std::atomic_bool>(false), [](CacheReader &) { return 0; },
            [&last](int) { last = true; });
    }
    QTRY_VERIFY(last);
    QVERIFY(!answered);
}

void TestCacheReaders::opensAFileThatComesLater()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("cache.db"));
    CacheReaders readers(path);
    QObject asker;
    int answers = 0;
    bool ok = true;
    const auto ask = [&] {
        readers.ask(
            &asker, std::make_shared<std::atomic_bool>(false),
            [](CacheReader &reader) { return RecordReader(reader).ids(allOf<Order>()); },
            [&](const Result<std::vector<std::int64_t>> &ids) {
                ok = ids.ok();
                ++answers;
            });
    };
    ask();
    QTRY_COMPARE(answers, 1);
    QVERIFY(!ok);
    QVERIFY(!QFile::exists(path));
    const auto writer = CacheWriter::open(path);
    QVERIFY(writer);
    ask();
    QTRY_COMPARE(answers, 2);
    QVERIFY(ok);
}

void TestCacheReaders::passesOnNotices()
{
    TestCache cache;
    QSignalSpy changed(&cache.readers(), &CacheReaders::changed);
    cache.readers().noteChange({});
    QCOMPARE(changed.size(), 0);
    cache.put({changeTo(plainOrder(1))});
    QCOMPARE(changed.size(), 1);
    // As the writer's thread does it.
    ChangeNotice everything;
    everything.everything = true;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        QMetaObject::invokeMethod(
            &cache.readers(), [&cache, everything] { cache.readers().noteChange(everything); },
            Qt::QueuedConnection);
    }));
    thread->start();
    QTRY_COMPARE(changed.size(), 2);
    thread->wait();
}

void TestCacheReaders::longReadsLeaveShortOnesAThread()
{
    TestCache cache;
    QObject asker;
    constexpr int longReads = 10;
    std::counting_semaphore<longReads> mayEnd(0);
    std::atomic_int begun = 0;
    int ended = 0;
    for (int i = 0; i < longReads; ++i) {
        cache.readers().ask(
            &asker, std::make_shared<std::atomic_bool>(false),
            [&](CacheReader &) {
                ++begun;
                mayEnd.acquire();
                return 0;
            },
            [&ended](int) { ++ended; }, CacheReaders::Length::Long);
    }
    int answered = 0;
    for (int i = 0; i < 3; ++i)
        cache.readers().ask(
            &asker, std::make_shared<std::atomic_bool>(false), [](CacheReader &) { return 1; },
            [&answered](int) { ++answered; });
    QTRY_COMPARE(answered, 3);
    QVERIFY(begun.load() < longReads);
    QCOMPARE(ended, 0);
    mayEnd.release(longReads);
    QTRY_COMPARE(ended, longReads);
}

void TestCacheReaders::stopsWhileReading()
{
    auto cache = std::make_unique<TestCache>();
    cache->put({changeTo(plainOrder(1))});
    std::latch began(1);
    cache->readers().run(std::make_shared<std::atomic_bool>(false), [&began](CacheReader &reader) {
        began.count_down();
        while (RecordReader(reader).totals(allOf<Order>())) { }
    });
    began.wait();
    cache.reset(); // would wait for ever, were the query not interrupted
}

CORE_TEST(TestCacheReaders)
#include "tst_cachereaders.moc"
