#include "cachereader.h"
#include "clock.h"
#include "random.h"
#include "recordlistmodel.h"
#include "status.h"
#include "testcache.h"
#include "testentry.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QtTest>

#include <semaphore>

using namespace Counterfoil;

namespace {

class FixedClock final : public Clock
{
public:
    Instant now() const override { return {1'700'000'000'000}; }
    BootTime sinceBoot() const override { return boot; }
    BootTime boot{1'000};
};

// A model with everything that a test of it needs, filled with orders 1 to `count`.
struct Fixture
{
    explicit Fixture(int count)
    {
        std::vector<Change> changes;
        for (int i = 1; i <= count; ++i)
            changes.push_back(changeTo(plainOrder(i)));
        cache.put(changes);
        model = std::make_unique<RecordListModel>(cache.readers(), clock, Order::type);
        tester = std::make_unique<QAbstractItemModelTester>(
            model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    ~Fixture()
    {
        tester.reset();
        model.reset();
    }

    QString text(int row, const char *field) const
    {
        return model->index(row, model->columnOf(QLatin1String(field))).data().toString();
    }
    QString key(int row) const { return model->index(row, 0).data(ItemRole::Key).toString(); }
    bool isFetched(int row) const { return model->index(row, 0).data(ItemRole::Fetched).toBool(); }

    // Commits the order with another total; what the program is told is up to the caller.
    ChangeNotice commitTotal(int n, Amount total)
    {
        Order order = plainOrder(n);
        order.total = total;
        Change change = changeTo(order);
        change.sequence = cache.nextSequence();
        return *cache.writer().applyChanges({change}, "c");
    }
    // A notice as after a fill or a purge.
    void noteEverything()
    {
        ChangeNotice notice;
        notice.everything = true;
        notice.kinds.push_back({&Order::type, {}, {}, {}});
        cache.readers().noteChange(notice);
    }
    // Every read asked for so far has been done when this returns, though its answer has not been taken.
    void waitForReads()
    {
        const int threads = CacheReaders::threadCount();
        std::counting_semaphore<> here(0);
        std::counting_semaphore<> go(0);
        for (int i = 0; i < threads; ++i) {
            cache.readers().run({}, [&here, &go](CacheReader &) {
                here.release();
                go.acquire();
                here.release();
            });
        }
        for (int i = 0; i < threads; ++i)
            here.acquire();
        go.release(threads);
        for (int i = 0; i < threads; ++i)
            here.acquire();
    }

    TestCache cache;
    FixedClock clock;
    std::unique_ptr<RecordListModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

} // namespace

class TestRecordListModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsNewestFirst();
    void fetchesAnyRowOfAManyPagedResult();
    void changesARowInPlace();
    void insertsANewOrderAtItsPlace();
    void removesWhatLeavesTheResult();
    void keepsSelectionThroughAFill();
    void readsAgainWhatChangedWhileItWasRead();
    void showsAChangeRightAfterAFill();
    void sumsUpUnderEndlessChanges();
    void followsRandomChanges();
    void hasNoPricesToShow();
};

void TestRecordListModel::showsNewestFirst()
{
    Fixture f(3);
    QTRY_COMPARE(f.model->rowCount(), 3);
    QCOMPARE(f.key(0), QStringLiteral("o3"));
    QCOMPARE(f.key(2), QStringLiteral("o1"));
    QCOMPARE(f.text(0, "number"), QStringLiteral("SO-10003"));
    QCOMPARE(f.text(0, "unitsShipped"), QStringLiteral("6 of 9"));
    QTRY_COMPARE(f.model->totals().count, 3);
    QCOMPARE(f.model->totals().openCount, 3);
    QCOMPARE(f.model->totals().openAmounts.size(), 1);
}

void TestRecordListModel::hasNoPricesToShow()
{
    Fixture f(1);
    QVERIFY(f.model->columnOf(QStringLiteral("total")) >= 0);
    const RecordListModel without(f.cache.readers(), f.clock, Order::type, nullptr, false);
    QCOMPARE(without.columnCount(), f.model->columnCount() - 1);
    QCOMPARE(without.columnOf(QStringLiteral("total")), -1);
}

void TestRecordListModel::fetchesAnyRowOfAManyPagedResult()
{
    Fixture f(1'000);
    QTRY_COMPARE(f.model->rowCount(), 1'000);
    QTRY_VERIFY(!f.model->isCounting());
    QTRY_VERIFY(f.isFetched(999));
    QCOMPARE(f.key(999), QStringLiteral("o1"));
    QSignalSpy found(f.model.get(), &RecordListModel::rowFound);
    f.model->findRow(QStringLiteral("o500"));
    QTRY_COMPARE(found.size(), 1);
    QCOMPARE(found[0][1].toInt(), 500);
}

void TestRecordListModel::changesARowInPlace()
{
    Fixture f(3);
    QTRY_COMPARE(f.model->rowCount(), 3);
    QSignalSpy reset(f.model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy changed(f.model.get(), &QAbstractItemModel::dataChanged);
    f.clock.boot = {5'000};
    Order order = plainOrder(2);
    order.total = Amount{100};
    f.cache.put({changeTo(order)});
    QTRY_COMPARE(f.text(1, "total"), QStringLiteral("£1.00"));
    QCOMPARE(f.model->index(1, 0).data(ItemRole::ChangedAt).toLongLong(), 5'000);
    QCOMPARE(f.model->index(0, 0).data(ItemRole::ChangedAt).toLongLong(), 0);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(reset.size(), 0);
}

void TestRecordListModel::insertsANewOrderAtItsPlace()
{
    Fixture f(0);
    f.cache.put({changeTo(plainOrder(1)), changeTo(plainOrder(5)), changeTo(plainOrder(9))});
    QTRY_COMPARE(f.model->rowCount(), 3);
    QSignalSpy reset(f.model.get(), &QAbstractItemModel::modelReset);
    f.cache.put({changeTo(plainOrder(7)), changeTo(plainOrder(6)), changeTo(plainOrder(12)),
                 changeTo(plainOrder(0))});
    QTRY_COMPARE(f.model->rowCount(), 7);
    QStringList keys;
    for (int row = 0; row < 7; ++row)
        keys.append(f.key(row));
    QCOMPARE(keys.join(QLatin1Char(' ')), QStringLiteral("o12 o9 o7 o6 o5 o1 o0"));
    QCOMPARE(reset.size(), 0);
}

void TestRecordListModel::removesWhatLeavesTheResult()
{
    Fixture f(4);
    QTRY_COMPARE(f.model->rowCount(), 4);
    RecordQuery query = allOf<Order>();
    query.flags = {{"open", true}};
    f.model->setQuery(query);
    QTRY_VERIFY(!f.model->isCounting());
    QSignalSpy removed(f.model.get(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(f.model.get(), &QAbstractItemModel::modelReset);
    Order closed = plainOrder(2);
    closed.open = false;
    f.cache.put({changeTo(closed)});
    QTRY_COMPARE(f.model->rowCount(), 3);
    QCOMPARE(removed[0][1].toInt(), 2);
    f.cache.remove(Order::type, "o4");
    QTRY_COMPARE(f.model->rowCount(), 2);
    QCOMPARE(f.key(0), QStringLiteral("o3"));
    QCOMPARE(reset.size(), 0);
}

void TestRecordListModel::keepsSelectionThroughAFill()
{
    Fixture f(300);
    QTRY_COMPARE(f.model->rowCount(), 300);
    QTRY_VERIFY(!f.model->isCounting());
    QItemSelectionModel selection(f.model.get());
    QTRY_VERIFY(f.isFetched(200));
    const QString key = f.key(200);
    selection.setCurrentIndex(f.model->index(200, 0),
                              QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    QSignalSpy reset(f.model.get(), &QAbstractItemModel::modelReset);

    // Every second order is listed again, with some new ones; the others go.
    QVERIFY(f.cache.writer().beginFill({"order"}, "c"));
    FillPage page;
    page.kind = &Order::type;
    page.listed = true;
    for (int i = 2; i <= 340; i += 2) {
        page.rows.push_back(changeTo(plainOrder(i)));
        page.rows.back().sequence = i;
    }
    f.cache.readers().noteChange(*f.cache.writer().applyFillPage(page));
    f.cache.readers().noteChange(*f.cache.writer().finishFill());
    QTRY_COMPARE(f.model->rowCount(), 170);
    QCOMPARE(reset.size(), 0);
    QVERIFY(selection.currentIndex().isValid());
    QTRY_COMPARE(selection.currentIndex().data(ItemRole::Key).toString(), key);
    QCOMPARE(selection.selectedRows().size(), 1);
}

void TestRecordListModel::readsAgainWhatChangedWhileItWasRead()
{
    Fixture f(1'000);
    QTRY_COMPARE(f.model->rowCount(), 1'000);
    QTRY_VERIFY(!f.model->isCounting());
    QSignalSpy first(f.model.get(), &QAbstractItemModel::dataChanged);
    QVERIFY(!f.isFetched(500));
    QCoreApplication::processEvents(); // asks for the page
    f.waitForReads();
    QCOMPARE(first.size(), 0);
    (void)f.commitTotal(500, Amount{100});
    f.noteEverything();
    QTRY_COMPARE(f.text(500, "total"), QStringLiteral("£1.00"));

    f.model->sort(0, Qt::AscendingOrder); // asks for the first page
    f.waitForReads();
    (void)f.commitTotal(1, Amount{200});
    f.noteEverything();
    QTRY_COMPARE(f.key(0), QStringLiteral("o1"));
    QTRY_COMPARE(f.text(0, "total"), QStringLiteral("£2.00"));
}

void TestRecordListModel::showsAChangeRightAfterAFill()
{
    Fixture f(300);
    QTRY_COMPARE(f.model->rowCount(), 300);
    QTRY_VERIFY(!f.model->isCounting());
    // The ids were read just now and are not read again at once, but the row is.
    (void)f.commitTotal(300, Amount{100});
    f.noteEverything();
    QTRY_COMPARE(f.text(0, "total"), QStringLiteral("£1.00"));
    f.cache.readers().noteChange(f.commitTotal(300, Amount{200}));
    QTRY_COMPARE(f.text(0, "total"), QStringLiteral("£2.00"));
}

// Each update brings about the next.
void TestRecordListModel::sumsUpUnderEndlessChanges()
{
    Fixture f(3);
    QTRY_COMPARE(f.model->totals().count, 3);
    int pence = 100;
    connect(f.model.get(), &QAbstractItemModel::dataChanged, this,
            [&] { f.cache.readers().noteChange(f.commitTotal(1, Amount{++pence})); });
    f.cache.put({changeTo(plainOrder(4))});
    f.cache.readers().noteChange(f.commitTotal(1, Amount{pence}));
    QTRY_COMPARE(f.model->totals().count, 4);
    QVERIFY(pence > 110);
}

// Whatever comes, the list has the rows that a fresh query finds; and in its order, as long as the
// field it is sorted by does not change.
void TestRecordListModel::followsRandomChanges()
{
    Fixture f(150);
    RecordQuery query = allOf<Order>();
    query.flags = {{"open", true}};
    f.model->setQuery(query);
    SeededRandom random(7);
    for (int round = 0; round < 60; ++round) {
        std::vector<Change> changes;
        for (std::uint64_t i = 0, n = random.below(20); i < n; ++i) {
            Order order = plainOrder(static_cast<int>(random.below(400)));
            order.open = random.below(3) > 0;
            changes.push_back(changeTo(order));
            if (random.below(4) == 0)
                changes.back().record = {};
        }
        f.cache.put(changes);
        if (round % 3 == 0)
            QCoreApplication::processEvents();
    }
    RecordListModel fresh(f.cache.readers(), f.clock, Order::type);
    fresh.setQuery(query);
    QTRY_VERIFY(!fresh.isCounting() && fresh.rowCount() > 100);
    QTRY_COMPARE(f.model->rowCount(), fresh.rowCount());
    const auto same = [&] {
        for (int row = 0; row < fresh.rowCount(); ++row) {
            if (f.model->index(row, 0).data(ItemRole::RowId) != fresh.index(row, 0).data(ItemRole::RowId))
                return false;
        }
        return true;
    };
    QTRY_VERIFY(same());
}

CORE_TEST(TestRecordListModel)
#include "tst_recordlistmodel.moc"
