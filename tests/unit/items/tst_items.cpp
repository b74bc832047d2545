#include "account.h"
#include "accountlistmodel.h"
#include "jumpmodel.h"
#include "recordcounts.h"
#include "recordfilteroptions.h"
#include "recordwatch.h"
#include "shipment.h"
#include "status.h"
#include "statuswording.h"
#include "testcache.h"
#include "testentry.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace Counterfoil;

namespace {

Account account(const std::string &key, const std::string &name, const std::string &parent = {})
{
    Account account;
    account.key = key;
    account.account = key;
    account.name = name;
    account.number = "N" + key;
    account.parent = parent;
    return account;
}

Status status(const std::string &code, const std::string &label, std::int64_t position)
{
    Status status;
    status.key = "order/" + code;
    status.subject = "order";
    status.code = code;
    status.label = label;
    status.tone = "warn";
    status.symbol = "!";
    status.position = position;
    return status;
}

QString names(const QAbstractItemModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        names.append(QString(index.data(ItemRole::Raw).toInt() * 2, QLatin1Char('-'))
                     + index.data().toString());
    }
    return names.join(QLatin1Char('|'));
}

} // namespace

// The smaller models: each follows the cache by itself.
class TestItems : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsAccounts();
    void listsOneAccountAlone();
    void copesWithOddParents();
    void wordsStates();
    void showsAnOrder();
    void showsAnOrderThatComesLater();
    void tellsOnlyOfDifferences();
    void jumps();
    void offersWhatOccurs();
    void countsRecordsWhileWatched();
};

void TestItems::listsAccounts()
{
    TestCache cache;
    AccountListModel model(cache.readers());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    cache.put({changeTo(account("2", "Beta")), changeTo(account("1", "Alpha")),
               changeTo(account("4", "Beta Reno", "2")), changeTo(account("3", "Beta Austin", "2"))});
    QTRY_COMPARE(names(model), QStringLiteral("All accounts|Alpha|Beta|--Beta Austin|--Beta Reno"));
    QCOMPARE(model.index(0).data(ItemRole::Key).toString(), QString());
    QCOMPARE(model.index(3).data(ItemRole::Key).toString(), QStringLiteral("3"));

    const QPersistentModelIndex reno(model.index(4));
    cache.put({changeTo(account("1", "Zeta"))});
    QTRY_COMPARE(names(model), QStringLiteral("All accounts|Beta|--Beta Austin|--Beta Reno|Zeta"));
    cache.remove(Account::type, "3");
    QTRY_COMPARE(names(model), QStringLiteral("All accounts|Beta|--Beta Reno|Zeta"));
    QCOMPARE(reno.data(ItemRole::Key).toString(), QStringLiteral("4"));
    cache.remove(Account::type, "2");
    QTRY_COMPARE(names(model), QStringLiteral("All accounts|Beta Reno|Zeta")); // its parent is out of sight
    QCOMPARE(reset.size(), 1);                                                 // when all came at once
}

void TestItems::listsOneAccountAlone()
{
    TestCache cache;
    cache.put({changeTo(account("1", "Alpha"))});
    AccountListModel model(cache.readers());
    QTRY_COMPARE(names(model), QStringLiteral("Alpha"));
}

void TestItems::copesWithOddParents()
{
    TestCache cache;
    cache.put({changeTo(account("1", "One", "2")), changeTo(account("2", "Two", "1")),
               changeTo(account("3", "Three", "3")), changeTo(account("4", "Four", "5")),
               changeTo(account("6", "Six", "7")), changeTo(account("7", "Seven", "8")),
               changeTo(account("8", "Eight"))});
    AccountListModel model(cache.readers());
    QTRY_COMPARE(names(model), QStringLiteral("All accounts|Eight|--Seven|--Six|Four|One|Three|Two"));
}

void TestItems::wordsStates()
{
    TestCache cache;
    StatusWording wording(cache.readers());
    QSignalSpy changed(&wording, &StatusWording::changed);
    QCOMPARE(wording.of("order", "held").label, QStringLiteral("held"));
    QCOMPARE(wording.of("order", "held").tone, QStringLiteral("neutral"));
    cache.put({changeTo(status("held", "On hold", 3))});
    QTRY_COMPARE(wording.of("order", "held").label, QStringLiteral("On hold"));
    QCOMPARE(wording.of("order", "held").symbol, QStringLiteral("!"));
    QCOMPARE(wording.of("shipment", "held").label, QStringLiteral("held"));
    cache.put({changeTo(status("held", "Paused", 3))});
    QTRY_COMPARE(wording.of("order", "held").label, QStringLiteral("Paused"));
    QVERIFY(changed.size() >= 2);
}

void TestItems::showsAnOrder()
{
    TestCache cache;
    Order order = plainOrder(1);
    order.lines.push_back({});
    order.lines.back().sku = "AB-1";
    Shipment shipment;
    shipment.key = "s1";
    shipment.account = order.account;
    shipment.order = order.key;
    shipment.parcels.push_back({"1Z", "", {}});
    Shipment other = shipment;
    other.key = "s2";
    other.order = "O1"; // not the same key
    cache.put({changeTo(order), changeTo(shipment), changeTo(other)});

    RecordWatch detail(cache.readers());
    QCOMPARE(detail.state(), RecordWatch::State::None);
    detail.setRef({&Order::type, "o1"});
    QCOMPARE(detail.state(), RecordWatch::State::Loading);
    QTRY_COMPARE(detail.state(), RecordWatch::State::Here);
    QCOMPARE(detail.record<Order>()->lines.size(), std::size_t{1});
    QCOMPARE(detail.linkedOf<Shipment>().size(), std::size_t{1});
    QCOMPARE(detail.linkedOf<Shipment>()[0].parcels.size(), std::size_t{1});
    QVERIFY(detail.knownSince().isSet());

    order.lines.back().sku = "AB-2";
    cache.put({changeTo(order)});
    QTRY_COMPARE(detail.record<Order>()->lines[0].sku, std::string("AB-2"));
    cache.remove(Shipment::type, "s1");
    QTRY_VERIFY(detail.linkedOf<Shipment>().empty());
    cache.remove(Order::type, "o1");
    QTRY_COMPARE(detail.state(), RecordWatch::State::Missing);
    QCOMPARE(detail.record<Order>(), nullptr);
    detail.setRef({});
    QCOMPARE(detail.state(), RecordWatch::State::None);
}

void TestItems::showsAnOrderThatComesLater()
{
    TestCache cache;
    RecordWatch detail(cache.readers());
    detail.setRef({&Order::type, "o1"});
    QTRY_COMPARE(detail.state(), RecordWatch::State::Missing);
    cache.put({changeTo(plainOrder(1))});
    QTRY_COMPARE(detail.state(), RecordWatch::State::Here);
}

void TestItems::tellsOnlyOfDifferences()
{
    TestCache cache;
    cache.put({changeTo(plainOrder(1)), changeTo(plainOrder(2))});
    RecordWatch detail(cache.readers());
    detail.setRef({&Order::type, "o1"});
    QTRY_COMPARE(detail.state(), RecordWatch::State::Here);
    QSignalSpy changed(&detail, &RecordWatch::changed);
    Order other = plainOrder(2);
    other.number = "changed";
    Shipment shipment;
    shipment.key = "s";
    shipment.order = "o2";
    cache.put({changeTo(other), changeTo(shipment)});
    Order mine = plainOrder(1);
    mine.number = "changed as well";
    cache.put({changeTo(mine)});
    QTRY_COMPARE(detail.record<Order>()->number, std::string("changed as well"));
    QCOMPARE(changed.size(), 1);
}

void TestItems::jumps()
{
    TestCache cache;
    cache.put({changeTo(plainOrder(1)), changeTo(plainOrder(2))});
    JumpModel model(cache.readers());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy answered(&model, &JumpModel::answered);
    // Typed faster than read: what was asked first is not answered once more was typed.
    model.setText(QStringLiteral("SO-1"));
    model.setText(QStringLiteral("SO-10002"));
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(answered[0][0].toString(), QStringLiteral("SO-10002"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("SO-10002 · Reno plant"));
    QCOMPARE(model.index(0).data(ItemRole::Key).toString(), QStringLiteral("o2"));
    QCOMPARE(model.index(0).data(ItemRole::Raw).toString(), QStringLiteral("Order SO-10002"));
    model.setText({});
    QTRY_COMPARE(answered.size(), 2);
    QCOMPARE(model.rowCount(), 0);
}

void TestItems::offersWhatOccurs()
{
    TestCache cache;
    Order held = plainOrder(2);
    held.status = "held";
    held.account = "a2";
    held.origin = "fax";
    held.shipToName = "Austin";
    cache.put({changeTo(status("held", "On hold", 1)), changeTo(status("open", "Open", 2)),
               changeTo(plainOrder(1)), changeTo(held), changeTo(plainOrder(3))});
    RecordFilterOptions options(cache.readers(), Order::type, {"status", "origin", "shipToName"});
    QTRY_COMPARE(options.of("status").size(), 2);
    QTRY_COMPARE(options.of("status")[0].label, QStringLiteral("On hold")); // in the supplier's order
    QCOMPARE(options.of("status")[1].count, 2);
    QStringList origins;
    for (const auto &option : options.of("origin"))
        origins.append(option.label);
    origins.sort(Qt::CaseInsensitive); // the order among others than states is the locale's
    QCOMPARE(origins, QStringList({QStringLiteral("fax"), QStringLiteral("Web")}));
    QCOMPARE(options.of("shipToName")[0].value, QStringLiteral("Austin"));
    options.setAccounts({"a2"});
    QTRY_COMPARE(options.of("status").size(), 1);
    // What comes within the pause is shown after it.
    Order another = held;
    another.key = "o9";
    cache.put({changeTo(another)});
    QTRY_COMPARE(options.of("status")[0].count, 2);
}

void TestItems::countsRecordsWhileWatched()
{
    TestCache cache;
    cache.put({changeTo(plainOrder(1)), changeTo(account("1", "Alpha"))});
    RecordCounts counts(cache.readers());
    QSignalSpy changed(&counts, &RecordCounts::changed);
    counts.setWatched(true);
    counts.setWatched(true); // asking anew gives up what was asked before
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(counts.counts().value(QStringLiteral("order")).rows, 1);
    QCOMPARE(counts.counts().value(QStringLiteral("account")).rows, 1);
    QCOMPARE(counts.counts().value(QStringLiteral("shipment"), {-1, 0}).rows, 0);
    cache.put({changeTo(plainOrder(2))});
    QTRY_COMPARE(counts.counts().value(QStringLiteral("order")).rows, 2);
    QCOMPARE(changed.size(), 2);
}

CORE_TEST(TestItems)
#include "tst_items.moc"
