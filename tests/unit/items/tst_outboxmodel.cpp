#include "clock.h"
#include "commandport.h"
#include "entrysample.h"
#include "order.h"
#include "outboxmodel.h"
#include "random.h"
#include "return.h"
#include "testcache.h"
#include "testentry.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace Counterfoil;
using namespace Counterfoil::EntrySample;

namespace {

class SetClock final : public Clock
{
public:
    Instant now() const override { return instant; }
    BootTime sinceBoot() const override { return {}; }

    Instant instant = morning;
};

// Says what it is given; asks for nothing.
class SetCommandPort final : public CommandPort
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

} // namespace

class TestOutboxModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ordersByWhatIsToBeDone();
    void leavesOutWhatIsSettled();
    void showsWhatWasDoneForAWhile();
    void namesAccounts();
    void namesOrdersAndReturns();
    void changesRowByRow();
    void joinsChangesInAHurry();
    void counts();

private:
    static QStringList keys(const QAbstractItemModel &model)
    {
        QStringList keys;
        for (int row = 0; row < model.rowCount(); ++row)
            keys.append(model.index(row, 0).data(ItemRole::Key).toString());
        return keys;
    }
    static QStringList strings(std::initializer_list<const char *> list)
    {
        QStringList all;
        for (const char *each : list)
            all.append(QString::fromLatin1(each));
        return all;
    }
};

void TestOutboxModel::ordersByWhatIsToBeDone()
{
    TestCache cache;
    SetClock clock;
    SetCommandPort port;
    OutboxEntry old = made("done-1");
    OutboxEntry young = made("done-2");
    applied(old, 3, "AD-3").changedAt = {morning.ms - 2000};
    applied(young, 4, "AD-4").changedAt = {morning.ms - 1000};
    port.set({young, made("q1"), old, made("bad", State::Rejected), made("q2", State::Received),
              made("held", State::Held)});
    OutboxModel model(port, cache.readers(), clock);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(keys(model), strings({"bad", "held", "q1", "q2", "done-2", "done-1"}));
    const QModelIndex first = model.index(0);
    QCOMPARE(first.data().toString(), QStringLiteral("Add the address Works, Leeds"));
    QCOMPARE(first.data(ItemRole::Raw).toInt(), static_cast<int>(State::Rejected));
    QCOMPARE(first.data(ItemRole::Kind).toString(), QStringLiteral("address"));
    QVERIFY(!first.data(OutboxRole::Explanation).toString().isEmpty());
    QVERIFY(OutboxActions::fromInt(first.data(OutboxRole::Actions).toInt()).testFlag(OutboxAction::Dismiss));
    for (const int role : {int(OutboxRole::When), int(OutboxRole::State), int(Qt::ToolTipRole),
                           int(Qt::AccessibleTextRole), int(ItemRole::Tone), int(ItemRole::Symbol)})
        QVERIFY2(!first.data(role).toString().isEmpty(), qPrintable(QString::number(role)));
    QVERIFY(!model.data(QModelIndex(), Qt::DisplayRole).isValid());
}

void TestOutboxModel::leavesOutWhatIsSettled()
{
    TestCache cache;
    SetClock clock;
    SetCommandPort port;
    OutboxEntry seen = made("seen", State::Rejected);
    seen.dismissed = true;
    OutboxEntry replaced = made("old", State::Conflict);
    replaced.replacedBy = "new";
    port.set({made("gone", State::Cancelled), seen, replaced, made("left", State::Withdrawn)});
    OutboxModel model(port, cache.readers(), clock);
    QCOMPARE(keys(model), strings({"left"}));
}

void TestOutboxModel::showsWhatWasDoneForAWhile()
{
    TestCache cache;
    SetClock clock;
    SetCommandPort port;
    std::vector<OutboxEntry> entries;
    for (int i = 0; i < OutboxModel::doneMost + 5; ++i) {
        OutboxEntry entry = made("k" + std::to_string(i));
        entries.push_back(applied(entry, i, "AD"));
    }
    port.set(entries);
    OutboxModel model(port, cache.readers(), clock);
    QCOMPARE(model.rowCount(), OutboxModel::doneMost);
    // Nothing but time passes.
    clock.instant.ms += OutboxModel::doneShownMs - 20;
    OutboxModel later(port, cache.readers(), clock);
    QCOMPARE(later.rowCount(), OutboxModel::doneMost);
    clock.instant.ms += 30;
    QTRY_COMPARE(later.rowCount(), 0);
}

void TestOutboxModel::namesAccounts()
{
    TestCache cache;
    SetClock clock;
    SetCommandPort port;
    Account account;
    account.key = account.account = "acme";
    account.name = "Harbour Supply";
    cache.put({changeTo(account)});
    OutboxEntry other = made("B");
    other.command.account = "not-here";
    port.set({made("A"), other});
    OutboxModel model(port, cache.readers(), clock);
    QTRY_COMPARE(model.index(0).data(OutboxRole::ForWhom).toString(), QStringLiteral("Harbour Supply"));
    QCOMPARE(model.index(1).data(OutboxRole::ForWhom).toString(), QString());
    account.name = "Harbour Supply Ltd";
    cache.put({changeTo(account)});
    QTRY_COMPARE(model.index(0).data(OutboxRole::ForWhom).toString(), QStringLiteral("Harbour Supply Ltd"));
}

// The command holds of an order only what it changes.
void TestOutboxModel::namesOrdersAndReturns()
{
    TestCache cache;
    SetClock clock;
    SetCommandPort port;
    Order order;
    order.key = "O1";
    order.account = "acme";
    order.number = "SO-1042";
    Return back;
    back.key = "R1";
    back.account = "acme";
    back.number = "RMA-7";
    cache.put({changeTo(order), changeTo(back)});
    const auto about
        = [](const std::string &key, const char *verb, const RecordType *kind, const char *target) {
              OutboxEntry entry = made(key);
              entry.command.verb = verb;
              entry.command.kind = kind;
              entry.command.target = target;
              entry.command.base = {};
              entry.command.record = {};
              return entry;
          };
    port.set({about("A", "save", &Order::type, "O1"), about("B", "retire", &Order::type, "O1"),
              about("C", "retire", &Return::type, "R1"), about("D", "retire", &Order::type, "not-here")});
    OutboxModel model(port, cache.readers(), clock);
    QTRY_COMPARE(model.index(0).data().toString(), QStringLiteral("Change the order SO-1042"));
    QCOMPARE(model.index(1).data().toString(), QStringLiteral("Cancel the order SO-1042"));
    QCOMPARE(model.index(2).data().toString(), QStringLiteral("Take the return RMA-7 back"));
    QCOMPARE(model.index(3).data().toString(), QStringLiteral("Cancel a placed order"));
    order.key = "not-here";
    order.number = "SO-1043";
    cache.put({changeTo(order)});
    QTRY_COMPARE(model.index(3).data().toString(), QStringLiteral("Cancel the order SO-1043"));
}

void TestOutboxModel::changesRowByRow()
{
    TestCache cache;
    SetClock clock;
    SetCommandPort port;
    port.set({made("A"), made("B"), made("C")});
    OutboxModel model(port, cache.readers(), clock);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QPersistentModelIndex second = model.index(1);
    const QPersistentModelIndex third = model.index(2);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    port.set({made("B"), made("C", State::Rejected), made("D")});
    QTRY_COMPARE(keys(model), strings({"C", "B", "D"}));
    QCOMPARE(second.row(), 1);
    QCOMPARE(third.row(), 0);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(changes.size(), 1); // C alone says something else than before
    // By chance, and in every order.
    SeededRandom random(5);
    std::vector<OutboxEntry> entries;
    QStringList wanted;
    for (int round = 0; round < 40; ++round) {
        entries.clear();
        wanted.clear();
        for (int i = 0; i < 8; ++i) {
            if (random.below(3) != 0)
                entries.push_back(
                    made("K" + std::to_string(i), random.below(2) ? State::Held : State::Queued));
        }
        for (std::size_t i = entries.size(); i > 1; --i)
            std::swap(entries[i - 1], entries[random.below(i)]);
        for (const State state : {State::Held, State::Queued}) {
            for (const OutboxEntry &entry : entries) {
                if (entry.state == state)
                    wanted.append(QString::fromStdString(entry.command.key));
            }
        }
        port.set(entries);
        QTRY_COMPARE(keys(model), wanted);
    }
    QCOMPARE(resets.size(), 0);
}

void TestOutboxModel::joinsChangesInAHurry()
{
    TestCache cache;
    SetClock clock;
    SetCommandPort port;
    OutboxModel model(port, cache.readers(), clock);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    std::vector<OutboxEntry> entries;
    for (int i = 0; i < 100; ++i) {
        entries.push_back(made("K" + std::to_string(i)));
        port.set(entries);
    }
    QTRY_COMPARE(model.rowCount(), 100); // the last of the changes is not forgotten
}

void TestOutboxModel::counts()
{
    TestCache cache;
    SetClock clock;
    SetCommandPort port;
    OutboxModel model(port, cache.readers(), clock);
    QSignalSpy spy(&model, &OutboxModel::countsChanged);
    port.set({made("A"), made("B", State::Sending), made("C", State::Conflict)});
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(model.counts().waiting, 2);
    QCOMPARE(model.counts().needing, 1);
    OutboxEntry noted = made("A");
    noted.attempts = 4;
    port.set({noted, made("B", State::Sending), made("C", State::Conflict)});
    QTRY_VERIFY(OutboxActions::fromInt(model.index(1).data(OutboxRole::Actions).toInt())
                    .testFlag(OutboxAction::Retry));
    QCOMPARE(spy.size(), 1); // the same numbers are no news
}

CORE_TEST(TestOutboxModel)
#include "tst_outboxmodel.moc"
