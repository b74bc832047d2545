#include "account.h"
#include "clock.h"
#include "commandport.h"
#include "entrysample.h"
#include "invoice.h"
#include "outboxwords.h"
#include "return.h"
#include "shipment.h"
#include "signinport.h"
#include "testcache.h"
#include "testentry.h"
#include "workmodel.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Counterfoil;
using namespace Counterfoil::EntrySample;

namespace {

class WorkClock final : public Clock
{
public:
    Instant now() const override { return instant; }
    BootTime sinceBoot() const override { return {}; }

    Instant instant{1'795'248'720'000}; // 2026-11-21, 08:12 UTC
};

class WorkCommands final : public CommandPort
{
public:
    OutboxEntries entries() const override { return m_entries; }
    QString submit(const Command &) override { return {}; }
    QString resubmit(const QString &, const Command &) override { return {}; }
    void retryNow(const QString &) override { }
    void cancel(const QString &) override { }
    void dismiss(const QString &) override { }

    void set(std::vector<OutboxEntry> entries)
    {
        m_entries = entriesOf(std::move(entries));
        Q_EMIT entriesChanged();
    }

private:
    OutboxEntries m_entries = entriesOf({});
};

Account accountNamed(const char *key, const char *name, const char *calendar = "Europe/London")
{
    Account account;
    account.key = account.account = key;
    account.name = name;
    account.calendar = calendar;
    return account;
}

Order heldOrder(int n)
{
    Order order = plainOrder(n);
    order.open = true;
    order.holdReason = "Credit limit exceeded";
    order.currency = "GBP";
    order.total = Amount{123'45};
    return order;
}

Shipment lateShipment(int n, Date expected, const char *account = "a1")
{
    Shipment shipment;
    shipment.key = "s" + std::to_string(n);
    shipment.account = account;
    shipment.number = "SH-" + std::to_string(n);
    shipment.open = true;
    shipment.carrier = "DPD";
    shipment.expectedOn = expected;
    shipment.events.push_back({{}, Instant{1'795'000'000'000}, "delayed", "Held up by snow", "Leeds"});
    return shipment;
}

Invoice disputedInvoice()
{
    Invoice invoice;
    invoice.key = "i1";
    invoice.account = "a1";
    invoice.number = "INV-1";
    invoice.open = true;
    invoice.disputeReason = "Two boxes were missing";
    invoice.currency = "GBP";
    invoice.openAmount = Amount{99'00};
    return invoice;
}

constexpr Date yesterday{20'777}; // 2026-11-20

QStringList keysOf(const QAbstractItemModel &model)
{
    QStringList keys;
    for (int row = 0; row < model.rowCount(); ++row)
        keys.append(model.index(row, 0).data(ItemRole::Key).toString());
    return keys;
}

QString told(const WorkModel &model, int row, int role)
{
    return model.index(row).data(role).toString();
}

} // namespace

// What needs a person, from the cache and the outbox together.
class TestWorkModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsTheMostUrgentFirst();
    void tellsWhatWhoseAndWhatToDo();
    void followsTheCacheRowByRow();
    void restrictsToAccountsAndToAReason();
    void countsMoreThanItShows();
    void takesEachAccountsOwnDay();
    void tellsNoPriceWhereThereIsNone();
    void saysWhoDecides();
};

void TestWorkModel::putsTheMostUrgentFirst()
{
    TestCache cache;
    cache.put({changeTo(accountNamed("a1", "Harbour Supply")), changeTo(heldOrder(2)), changeTo(heldOrder(1)),
               changeTo(lateShipment(2, yesterday)),
               changeTo(lateShipment(1, {yesterday.daysSinceEpoch - 3})), changeTo(disputedInvoice()),
               changeTo(plainOrder(3))});
    WorkClock clock;
    WorkCommands commands;
    commands.set({made("c1", OutboxEntry::State::Rejected), made("c2", OutboxEntry::State::Queued)});
    WorkModel model(commands, cache.readers(), clock, Person());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_VERIFY(model.isKnown());
    QCOMPARE(keysOf(model),
             QStringList({QStringLiteral("entry/c1"), QStringLiteral("order/o1"), QStringLiteral("order/o2"),
                          QStringLiteral("invoice/i1"), QStringLiteral("shipment/s1"),
                          QStringLiteral("shipment/s2")}));
    QCOMPARE(model.total(), 6);
    QCOMPARE(model.count(WorkReason::Refused), 1);
    QCOMPARE(model.entryAt(0), QStringLiteral("c1"));
    QVERIFY(model.refAt(0).isNull());
    QCOMPARE(model.refAt(1), (RecordRef{&Order::type, "o1"}));
    QVERIFY(model.refAt(6).isNull() && model.refAt(-1).isNull() && model.entryAt(6).isEmpty());
}

void TestWorkModel::tellsWhatWhoseAndWhatToDo()
{
    TestCache cache;
    cache.put({changeTo(accountNamed("a1", "Harbour Supply")), changeTo(heldOrder(1)),
               changeTo(lateShipment(1, {yesterday.daysSinceEpoch - 3})), changeTo(disputedInvoice())});
    WorkClock clock;
    WorkCommands commands;
    WorkModel model(commands, cache.readers(), clock, Person());
    QTRY_COMPARE(model.rowCount(), 3);
    QVERIFY(told(model, 0, OutboxRole::Explanation).startsWith(QStringLiteral("Credit limit exceeded. ")));
    QVERIFY(told(model, 0, OutboxRole::Changes).contains(QStringLiteral("£123.45")));
    QVERIFY(told(model, 1, OutboxRole::Explanation).contains(QStringLiteral("Two boxes were missing.")));
    QCOMPARE(told(model, 2, OutboxRole::State), QStringLiteral("4 days late"));
    QVERIFY(told(model, 2, OutboxRole::Explanation).contains(QStringLiteral("Held up by snow.")));
    for (int row = 0; row < model.rowCount(); ++row) {
        QCOMPARE(told(model, row, OutboxRole::ForWhom), QStringLiteral("Harbour Supply"));
        for (const int role : {int(Qt::DisplayRole), int(Qt::AccessibleTextRole), int(ItemRole::Tone),
                               int(ItemRole::Symbol), int(ItemRole::Kind), int(OutboxRole::When)})
            QVERIFY2(!told(model, row, role).isEmpty(), qPrintable(QString::number(role)));
    }
}

void TestWorkModel::followsTheCacheRowByRow()
{
    TestCache cache;
    cache.put({changeTo(heldOrder(1)), changeTo(heldOrder(2)), changeTo(lateShipment(1, yesterday))});
    WorkClock clock;
    WorkCommands commands;
    WorkModel model(commands, cache.readers(), clock, Person());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE(model.rowCount(), 3);
    const QPersistentModelIndex last(model.index(2));
    Change released = changeTo(plainOrder(1));
    released.version = 2;
    cache.put({released});
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(last.row(), 1);
    commands.set({made("c1", OutboxEntry::State::Conflict)}); // the outbox is no matter of the cache
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(last.row(), 2);
}

void TestWorkModel::restrictsToAccountsAndToAReason()
{
    TestCache cache;
    Order other = heldOrder(2);
    other.account = "a2";
    cache.put({changeTo(heldOrder(1)), changeTo(other), changeTo(lateShipment(1, yesterday))});
    WorkClock clock;
    WorkCommands commands;
    commands.set({made("c1", OutboxEntry::State::Held)});
    WorkModel model(commands, cache.readers(), clock, Person());
    QTRY_COMPARE(model.rowCount(), 4);
    model.setOnly(WorkReason::Held);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.total(), 4);
    model.setAccounts({"a2"});
    QTRY_COMPARE(keysOf(model), QStringList(QStringLiteral("order/o2")));
    model.setOnly({});
    QCOMPARE(model.rowCount(), 2); // one's own refused change is there whatever is chosen
}

void TestWorkModel::countsMoreThanItShows()
{
    TestCache cache;
    std::vector<Change> changes;
    constexpr int many = WorkQueue::mostPerReason + 30;
    for (int i = 1; i <= many; ++i)
        changes.push_back(changeTo(lateShipment(i, {yesterday.daysSinceEpoch - i})));
    cache.put(changes);
    WorkClock clock;
    WorkCommands commands;
    WorkModel model(commands, cache.readers(), clock, Person());
    QTRY_COMPARE(model.rowCount(), WorkQueue::mostPerReason);
    QCOMPARE(model.total(), many);
    QCOMPARE(model.refAt(0).key, "s" + std::to_string(many)); // it has waited longest
}

void TestWorkModel::takesEachAccountsOwnDay()
{
    TestCache cache;
    WorkClock clock;
    clock.instant = {1'795'219'200'000}; // 2026-11-21, midnight UTC: still the 20th in America
    cache.put({changeTo(accountNamed("west", "West", "America/Los_Angeles")),
               changeTo(accountNamed("east", "East", "Pacific/Auckland")),
               changeTo(lateShipment(1, yesterday, "west")), changeTo(lateShipment(2, yesterday, "east"))});
    WorkCommands commands;
    WorkModel model(commands, cache.readers(), clock, Person());
    QTRY_VERIFY(model.isKnown());
    QCOMPARE(keysOf(model), QStringList(QStringLiteral("shipment/s2")));
    QCOMPARE(model.count(WorkReason::Late), 1);
}

void TestWorkModel::tellsNoPriceWhereThereIsNone()
{
    TestCache cache;
    cache.put({changeTo(heldOrder(1))});
    WorkClock clock;
    WorkCommands commands;
    Person reader;
    reader.seesPrices = false;
    WorkModel model(commands, cache.readers(), clock, reader);
    QTRY_COMPARE(model.rowCount(), 1);
    QVERIFY(!told(model, 0, Qt::AccessibleTextRole).contains(QStringLiteral("123")));
}

// What a route gives to an administrator is nothing for a rep to authorise.
void TestWorkModel::saysWhoDecides()
{
    TestCache cache;
    Return asked;
    asked.key = "r1";
    asked.number = "RMA-1";
    asked.account = "a1";
    asked.status = ReturnStatus::requested;
    asked.open = true;
    asked.decidingRole = "admin";
    asked.routedTo = "Returns approval, York";
    Return plain = asked;
    plain.key = "r2";
    plain.decidingRole = "csr";
    cache.put({changeTo(asked), changeTo(plain)});
    WorkClock clock;
    WorkCommands commands;
    Person reader;
    for (const char *role : {"csr", "admin"}) {
        reader.role = QString::fromLatin1(role);
        WorkModel model(commands, cache.readers(), clock, reader);
        QTRY_COMPARE(model.rowCount(), 2);
        const QString first = told(model, 0, OutboxRole::Explanation);
        QCOMPARE(first.startsWith(QStringLiteral("Authorise")), reader.role == QLatin1String("admin"));
        QCOMPARE(first.contains(QStringLiteral("not you: Returns approval, York.")),
                 reader.role == QLatin1String("csr"));
        QVERIFY(told(model, 1, OutboxRole::Explanation).startsWith(QStringLiteral("Authorise")));
    }
}

CORE_TEST(TestWorkModel)
#include "tst_workmodel.moc"
