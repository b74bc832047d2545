// The connector on a real Tryton: what is changed there, by its own means or behind its back, is what the
// projection says.
#include "address.h"
#include "change.h"
#include "item.h"
#include "order.h"
#include "returnrules.h"
#include "testentry.h"
#include "trytonchanges.h"
#include "trytonposition.h"
#include "trytonprocess.h"
#include "trytonrow.h"

#include <QJsonObject>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QtTest>

#include <map>

using namespace Counterfoil;
using TrytonWords::s;

namespace {

using Held = std::map<std::pair<const RecordType *, std::string>, AnyRecord>;

// Somebody who follows a connector.
struct Follower
{
    Held held;
    std::string position;

    bool follow(TrytonErp &erp, int limit = 2'000)
    {
        for (;;) {
            const auto batch = erp.changesAfter(position, limit);
            if (!batch) {
                qWarning("%s (%s)", qUtf8Printable(batch.error().userText),
                         qUtf8Printable(batch.error().detail));
                return false;
            }
            for (const Change &change : batch->changes) {
                if (change.record.isNull())
                    held.erase({change.kind, change.key});
                else
                    held.insert_or_assign({change.kind, change.key}, change.record);
            }
            position = batch->position;
            if (!batch->more)
                return true;
        }
    }
    template <class Record> const Record *find(const std::string &key) const
    {
        const auto found = held.find({&Record::type, key});
        return found == held.end() ? nullptr : found->second.template as<Record>();
    }
};

// The first field in which the two differ; empty: none.
QByteArray difference(const Held &a, const Held &b)
{
    const auto named = [](const Held::value_type &entry) {
        return QByteArray(entry.first.first->name.data()) + ' '
            + QByteArray::fromStdString(entry.first.second);
    };
    for (const auto &entry : a) {
        const auto other = b.find(entry.first);
        if (other == b.end())
            return named(entry) + " is not there";
        for (const Field &field : entry.first.first->fields) {
            if (!equalField(field, entry.second.data(), other->second.data()))
                return named(entry) + ", " + field.name.data();
        }
    }
    for (const auto &entry : b) {
        if (!a.contains(entry.first))
            return named(entry) + " should not be there";
    }
    return {};
}

} // namespace

class TestTryton : public QObject
{
    Q_OBJECT

public:
    TestTryton()
    {
        if (qEnvironmentVariableIsSet("COUNTERFOIL_TRYTON_CHANGES")) // Qt gives a function five minutes
            qputenv("QTEST_FUNCTION_TIMEOUT", "36000000");
    }

private Q_SLOTS:
    void initTestCase();
    void saysWhatTrytonSays();
    void followsRandomChanges();
    void missesNoLateCommit();
    void beginsAnewAfterARestore();
    void followsALineAlone();
    void followsTheCategoryAbove();
    void tellsAnotherItemAlone();
    void takesGoodsBackAtAnAddressInUse();
    void leavesOutWhatItCannotTake();
    void signsInAgainWhenTheSessionEnds();
    void refusesAWrongPasswordOnce();
    void catchesUpAfterTrytonWasDown();
    void goesOnAfterAnUpgrade();

private:
    QJsonArray search(const char *model, const QJsonArray &domain = {}, int limit = 1'000)
    {
        return m_changes.search(model, domain, limit);
    }
    QJsonValue call(const char *method, const QJsonArray &parameters)
    {
        return m_changes.call(method, parameters);
    }

    TrytonProcess m_tryton;
    QRandomGenerator m_random{4711};
    TrytonChanges m_changes{m_tryton, m_random};
};

void TestTryton::initTestCase()
{
    if (!TrytonProcess::isInstalled())
        QSKIP("Tryton is not installed here; ./dev test installs it.");
    QElapsedTimer timer;
    timer.start();
    QVERIFY(m_tryton.start());
    qInfo("Tryton was started and filled in %.1f s.", double(timer.elapsed()) / 1'000);
}

// Against Tryton's own figures, read in another way than the connector does.
void TestTryton::saysWhatTrytonSays()
{
    Follower follower;
    const auto erp = m_tryton.connector();
    QVERIFY(follower.follow(*erp));
    const QJsonArray states{s("confirmed"), s("processing"), s("done"), s("cancelled")};
    const QJsonArray sales
        = call("sale.sale.search_read",
               {where("state", states, "in"), 0, 1'000, QJsonValue(),
                QJsonArray{s("number"), s("reference"), s("total_amount"), s("party"), s("origin")}})
              .toArray();
    int orders = 0;
    for (const auto &each : sales) {
        const QJsonObject sale = each.toObject();
        // What comes back is no order.
        if (sale.value(s("number")).toString().isEmpty() || !sale.value(s("origin")).isNull())
            continue;
        ++orders;
        const auto *order = follower.find<Order>(std::to_string(sale.value(s("id")).toInteger()));
        QVERIFY2(order, qPrintable(sale.value(s("number")).toString()));
        QCOMPARE(QString::fromStdString(order->number), sale.value(s("number")).toString());
        QCOMPARE(QString::fromStdString(order->poReference), sale.value(s("reference")).toString());
        QCOMPARE(order->account, std::to_string(sale.value(s("party")).toInteger()));
        const QString total = sale.value(s("total_amount")).toObject().value(s("decimal")).toString();
        QCOMPARE(order->total.minor, qRound64(total.toDouble() * 100));
        Amount sum = order->freight;
        for (const OrderLine &line : order->lines)
            sum += line.net;
        QCOMPARE(sum + order->tax, order->total);
    }
    QVERIFY(orders > 20);
    QCOMPARE(std::ranges::count_if(follower.held,
                                   [](const auto &entry) { return entry.first.first == &Order::type; }),
             orders);
}

void TestTryton::followsRandomChanges()
{
    const int changes = qEnvironmentVariableIntValue("COUNTERFOIL_TRYTON_CHANGES");
    QElapsedTimer timer;
    timer.start();
    Follower follower;
    const auto erp = m_tryton.connector();
    QVERIFY(follower.follow(*erp, 37));
    for (int change = 0; change < (changes > 0 ? changes : 120); ++change) {
        // Now and then somebody's transaction stays open over many others, and then another one.
        if (change % 40 == 15) {
            QVERIFY(m_tryton.beginTransaction("update account_invoice set reference = 'LATE ' || id "
                                              "where state = 'posted' and id % 2 = 0",
                                              1));
        }
        if (change % 40 == 35)
            QVERIFY(m_tryton.endTransaction("commit", 1));
        if (change % 40 == 10) {
            QVERIFY(m_tryton.beginTransaction(
                "update stock_package set shipping_reference = 'LATE ' || id where id % 3 = 0"));
        }
        m_changes.changeSomething();
        if (change % 7 == 0)
            QVERIFY(follower.follow(*erp, 2 + m_random.bounded(50)));
        if (change % 40 == 30)
            QVERIFY(m_tryton.endTransaction());
    }
    QVERIFY(follower.follow(*erp));
    qInfo("%zu records after %d changes in %.0f s.", follower.held.size(), changes > 0 ? changes : 120,
          double(timer.elapsed()) / 1'000);
    Follower anew;
    const auto other = m_tryton.connector();
    QVERIFY(anew.follow(*other));
    QCOMPARE(difference(follower.held, anew.held), QByteArray());
}

void TestTryton::missesNoLateCommit()
{
    Follower follower;
    const auto erp = m_tryton.connector();
    QVERIFY(follower.follow(*erp));
    const QJsonArray ids = search("party.address", {}, 2);
    const std::string slow = std::to_string(ids.at(0).toInteger());
    const std::string quick = std::to_string(ids.at(1).toInteger());
    QVERIFY(m_tryton.beginTransaction("update party_address set street = 'Slow Lane' where id = "
                                      + QByteArray::fromStdString(slow)));
    QVERIFY(follower.follow(*erp));
    call("party.address.write", {QJsonArray{ids.at(1)}, QJsonObject{{s("street"), s("Quick Lane")}}});
    QVERIFY(follower.follow(*erp));
    // Nobody waits for the slow one,
    QCOMPARE(follower.find<Address>(quick)->street, std::string("Quick Lane"));
    QVERIFY(follower.find<Address>(slow)->street != "Slow Lane");
    // nor is anything told again for its sake, not even to a gateway that was started again,
    const auto batch = m_tryton.connector()->changesAfter(follower.position, 100);
    QVERIFY(batch);
    QVERIFY(batch->changes.empty());
    // and it comes when it does.
    QVERIFY(m_tryton.endTransaction());
    QVERIFY(follower.follow(*erp));
    QCOMPARE(follower.find<Address>(slow)->street, std::string("Slow Lane"));
}

// A dump from another cluster brings rows that bear the numbers of transactions that are still to come here.
void TestTryton::beginsAnewAfterARestore()
{
    Follower follower;
    const auto erp = m_tryton.connector();
    QVERIFY(follower.follow(*erp));
    TrytonPosition before = *TrytonPosition::parse(follower.position);
    before.identity = "the-other-cluster";
    const QJsonValue address = search("party.address", {}, 1).at(0);
    QVERIFY(m_tryton.sql("insert into counterfoil_change (xid, model, record) "
                         "select pg_current_xact_id()::text::bigint + n, 'party.address', "
                         + QByteArray::number(address.toInteger())
                         + " from generate_series(1, 3000) n;"
                           "update counterfoil_journal set identity = 'the-other-cluster', "
                           "forgotten = pg_current_xact_id()::text::bigint + 1000000"));
    const auto refused = erp->changesAfter(before.toString(), 100);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::NotFound);
    // Once is enough,
    follower = {};
    QVERIFY(follower.follow(*erp));
    // and what happens from then on is not taken for what happened there.
    for (const char *street : {"One Day After", "Two Days After"}) {
        call("party.address.write", {QJsonArray{address}, QJsonObject{{s("street"), s(street)}}});
        QVERIFY(follower.follow(*erp));
        QCOMPARE(follower.find<Address>(std::to_string(address.toInteger()))->street, std::string(street));
    }
}

// Nothing of the sale itself is written.
void TestTryton::followsALineAlone()
{
    Follower follower;
    const auto erp = m_tryton.connector();
    QVERIFY(follower.follow(*erp));
    QVERIFY(
        m_tryton.sql("update sale_line set description = 'Green, not blue' where id = (select max(l.id) from "
                     "sale_line l join sale_sale s on l.sale = s.id where s.state = 'processing' and "
                     "s.origin is null and l.shipment_cost is null)"));
    QVERIFY(follower.follow(*erp));
    int found = 0;
    for (const auto &[name, record] : follower.held) {
        if (const auto *order = record.as<Order>()) {
            found += int(
                std::ranges::count(order->lines, std::string("Green, not blue"), &OrderLine::description));
        }
    }
    QCOMPARE(found, 1);
}

// Whose name stands in the name of the one that the item is in.
void TestTryton::followsTheCategoryAbove()
{
    Follower follower;
    const auto erp = m_tryton.connector();
    // Not those that books are kept by; of the others there is one, however it is called by now.
    const QJsonArray below = call("product.category.search_read",
                                  {where("accounting", false), 0, 1, QJsonValue(), QJsonArray{s("name")}})
                                 .toArray();
    QCOMPARE(below.size(), 1);
    const QJsonArray above
        = call("product.category.create", listOf(QJsonArray{QJsonObject{{s("name"), s("All")}}})).toArray();
    call("product.category.write",
         {QJsonArray{below.at(0).toObject().value(s("id"))}, QJsonObject{{s("parent"), above.at(0)}}});
    QVERIFY(follower.follow(*erp));
    call("product.category.write", {above, QJsonObject{{s("name"), s("Everything")}}});
    QVERIFY(follower.follow(*erp));
    const std::string name
        = "Everything / " + below.at(0).toObject().value(s("name")).toString().toStdString();
    QVERIFY(std::ranges::any_of(follower.held, [&](const auto &entry) {
        const auto *const item = entry.second.template as<Item>();
        return item && item->category == name;
    }));
}

// When one cannot be read, another is asked for, to see whether any can; not all of them.
void TestTryton::tellsAnotherItemAlone()
{
    const SystemClock clock;
    TrytonSession session(m_tryton.access(), clock);
    const auto rows = session.call(
        s("model.counterfoil.item.search_read"),
        {where("code", s("of none"), "!="), 0, 1, QJsonValue(), QJsonArray{s("id"), s("name")}});
    QVERIFY(rows);
    QCOMPARE(rows->toArray().size(), 1);
}

void TestTryton::takesGoodsBackAtAnAddressInUse()
{
    Follower follower;
    const auto erp = m_tryton.connector();
    const QJsonValue company = call("company.company.read", {QJsonArray{1}, QJsonArray{s("party")}})
                                   .toArray()
                                   .at(0)
                                   .toObject()
                                   .value(s("party"));
    const QJsonArray old = search("party.address", where("party", company));
    QVERIFY(!old.isEmpty());
    call("party.address.write", {old, QJsonObject{{s("street"), s("Old Yard")}, {s("delivery"), true}}});
    call("party.address.create",
         listOf(QJsonArray{
             QJsonObject{{s("party"), company}, {s("street"), s("New Yard")}, {s("delivery"), true}}}));
    const auto isAt = [&](const char *street) {
        return follower.follow(*erp) && std::ranges::any_of(follower.held, [&](const auto &entry) {
                   const auto *const rules = entry.second.template as<ReturnRules>();
                   return rules && rules->returnTo.find(street) != std::string::npos;
               });
    };
    QVERIFY(isAt("Old Yard"));
    call("party.address.write", {old, QJsonObject{{s("active"), false}}});
    QVERIFY(isAt("New Yard"));
}

// A quantity beyond all measure: the order stays as it was, and everything else goes on.
void TestTryton::leavesOutWhatItCannotTake()
{
    Follower follower;
    const auto erp = m_tryton.connector();
    QVERIFY(follower.follow(*erp));
    const QByteArray where
        = " where id = (select max(l.id) from sale_line l join sale_sale s on l.sale = s.id "
          "where s.state = 'processing' and l.shipment_cost is null)";
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("sale.sale \\d+")));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("party.party \\d+")));
    QVERIFY(m_tryton.sql("update sale_line set quantity = quantity + 1e13" + where));
    const QJsonValue address = search("party.address", {}, 1).at(0);
    call("party.address.write", {QJsonArray{address}, QJsonObject{{s("street"), s("Next Door")}}});
    QVERIFY(follower.follow(*erp));
    QCOMPARE(follower.find<Address>(std::to_string(address.toInteger()))->street, std::string("Next Door"));
    QVERIFY(m_tryton.sql("update sale_line set quantity = quantity - 1e13" + where));
    QVERIFY(follower.follow(*erp));
    Follower anew;
    const auto other = m_tryton.connector();
    QVERIFY(anew.follow(*other));
    QCOMPARE(difference(follower.held, anew.held), QByteArray());
}

void TestTryton::signsInAgainWhenTheSessionEnds()
{
    const auto erp = m_tryton.connector();
    Follower follower;
    QVERIFY(follower.follow(*erp));
    QVERIFY(m_tryton.sql("delete from ir_session"));
    QVERIFY(follower.follow(*erp));
}

void TestTryton::refusesAWrongPasswordOnce()
{
    const SystemClock clock;
    TrytonAccess access = m_tryton.access();
    access.password = "not-this-one";
    TrytonErp erp(access, clock);
    QElapsedTimer timer;
    for (int attempt = 0; attempt < 20; ++attempt) {
        const auto batch = erp.changesAfter({}, 100);
        QVERIFY(!batch);
        QCOMPARE(batch.error().kind, ErrorKind::Unauthorized);
        QVERIFY(!batch.error().userText.contains(s("not-this-one"))
                && !batch.error().detail.contains(s("not-this-one")));
        // From the second on Tryton is left alone.
        if (attempt == 0)
            timer.start();
    }
    QVERIFY(timer.elapsed() < 1'000);
}

void TestTryton::catchesUpAfterTrytonWasDown()
{
    Follower follower;
    const auto erp = m_tryton.connector();
    QVERIFY(follower.follow(*erp));
    QVERIFY(m_tryton.sql(
        "update party_address set city = 'Elsewhere' where id = (select min(id) from party_address "
        "where party <> (select party from company_company))"));
    QVERIFY(m_tryton.restart());
    QVERIFY(follower.follow(*erp));
    QVERIFY(std::ranges::any_of(follower.held, [](const auto &entry) {
        const auto *const address = entry.second.template as<Address>();
        return address && address->city == "Elsewhere";
    }));
}

// The tables of the journal and its triggers are made again, and the sessions are gone.
void TestTryton::goesOnAfterAnUpgrade()
{
    Follower follower;
    const auto erp = m_tryton.connector();
    QVERIFY(follower.follow(*erp));
    const QJsonArray addresses = search("party.address", {}, 2);
    call("party.address.write", {QJsonArray{addresses.at(0)}, QJsonObject{{s("street"), s("Before It")}}});
    QVERIFY(m_tryton.upgrade());
    call("party.address.write", {QJsonArray{addresses.at(1)}, QJsonObject{{s("street"), s("After It")}}});
    QVERIFY(m_tryton.sql("update sale_line set description = 'After it' where id = (select max(l.id) from "
                         "sale_line l join sale_sale s on l.sale = s.id where s.state = 'processing' and "
                         "s.origin is null and l.shipment_cost is null)"));
    QVERIFY(follower.follow(*erp)); // from where it was
    QCOMPARE(follower.find<Address>(std::to_string(addresses.at(0).toInteger()))->street,
             std::string("Before It"));
    Follower anew;
    const auto other = m_tryton.connector();
    QVERIFY(anew.follow(*other));
    QCOMPARE(difference(follower.held, anew.held), QByteArray());
}

CORE_TEST(TestTryton)
#include "tst_tryton.moc"
