#include "document.h"
#include "failingcache.h"
#include "invoice.h"
#include "jumpmodel.h"
#include "order.h"
#include "payment.h"
#include "recordwatch.h"
#include "shipment.h"
#include "testcache.h"
#include "testentry.h"

#include <QSignalSpy>
#include <QtTest>

using namespace Counterfoil;

namespace {

Invoice invoiceOf(const std::string &order, const std::string &key)
{
    Invoice invoice;
    invoice.key = key;
    invoice.account = "a1";
    invoice.number = key;
    invoice.order = order;
    return invoice;
}

} // namespace

// One record and what is linked to it, live.
class TestRecordWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsLinksAsTheyAppear();
    void followsWhatItsListsName();
    void namesALinkedRecordOnce();
    void changesFromOneKindToAnother();
    void forgetsTheOneBefore();
    void saysWhyAReadFailedAndRecovers();
    void keepsWhatIsShownWhenALaterReadFails();
    void tellsAFailedJumpFromAnEmptyOne();
};

void TestRecordWatch::showsLinksAsTheyAppear()
{
    TestCache cache;
    cache.put({changeTo(plainOrder(1))});
    RecordWatch watch(cache.readers());
    watch.setRef({&Order::type, "o1"});
    QTRY_COMPARE(watch.state(), RecordWatch::State::Here);
    QVERIFY(watch.linked().empty());

    Shipment shipment;
    shipment.key = "s1";
    shipment.order = "o1";
    shipment.parcels.resize(2);
    cache.put({changeTo(shipment)});
    QTRY_COMPARE(watch.linkedOf<Shipment>().size(), std::size_t{1});
    QCOMPARE(watch.linkedOf<Shipment>()[0].parcels.size(), std::size_t{2}); // with its lists
    QVERIFY(!watch.linked()[0].outgoing);

    cache.put({changeTo(invoiceOf("o1", "i1"))});
    QTRY_COMPARE(watch.linkedOf<Invoice>().size(), std::size_t{1});
    cache.put({changeTo(invoiceOf("o2", "i1"))}); // it was another order's after all
    QTRY_VERIFY(watch.linkedOf<Invoice>().empty());
    QCOMPARE(watch.linked().size(), std::size_t{1});
}

void TestRecordWatch::followsWhatItsListsName()
{
    TestCache cache;
    Payment payment;
    payment.key = "p1";
    payment.parts.push_back({"i1", "INV-1", {}, {}});
    cache.put({changeTo(payment)});
    RecordWatch watch(cache.readers());
    watch.setRef({&Payment::type, "p1"});
    QTRY_COMPARE(watch.state(), RecordWatch::State::Here);
    QVERIFY(watch.linked().empty());
    cache.put({changeTo(invoiceOf("", "i1"))});
    QTRY_COMPARE(watch.linkedOf<Invoice>().size(), std::size_t{1});
    QVERIFY(watch.linked()[0].outgoing);

    RecordWatch invoice(cache.readers());
    invoice.setRef({&Invoice::type, "i1"});
    QTRY_COMPARE(invoice.linkedOf<Payment>().size(), std::size_t{1});
    Document document;
    document.key = "d1";
    document.invoice = "i1";
    cache.put({changeTo(document)});
    QTRY_COMPARE(invoice.linkedOf<Document>().size(), std::size_t{1});
    cache.remove(Payment::type, "p1");
    QTRY_VERIFY(invoice.linkedOf<Payment>().empty());
}

void TestRecordWatch::namesALinkedRecordOnce()
{
    TestCache cache;
    Invoice self = invoiceOf("", "i1");
    self.creditedInvoice = "i1"; // both ways, as no ERP should report
    cache.put({changeTo(self)});
    RecordWatch watch(cache.readers());
    watch.setRef({&Invoice::type, "i1"});
    QTRY_COMPARE(watch.linked().size(), std::size_t{2});
    QCOMPARE(watch.linkedOf<Invoice>().size(), std::size_t{1});
}

void TestRecordWatch::changesFromOneKindToAnother()
{
    TestCache cache;
    cache.put({changeTo(plainOrder(1)), changeTo(invoiceOf("o1", "o1"))}); // of one key
    RecordWatch watch(cache.readers());
    watch.setRef({&Order::type, "o1"});
    QTRY_COMPARE(watch.state(), RecordWatch::State::Here);
    QVERIFY(watch.record<Order>());
    QVERIFY(!watch.record<Invoice>());
    watch.setRef({&Invoice::type, "o1"});
    QCOMPARE(watch.state(), RecordWatch::State::Loading);
    QVERIFY(!watch.record<Order>());
    QTRY_VERIFY(watch.record<Invoice>());
    QCOMPARE(watch.linkedOf<Order>().size(), std::size_t{1});
}

void TestRecordWatch::forgetsTheOneBefore()
{
    TestCache cache;
    cache.put({changeTo(plainOrder(1)), changeTo(plainOrder(2))});
    RecordWatch watch(cache.readers());
    QSignalSpy changed(&watch, &RecordWatch::changed);
    watch.setRef({&Order::type, "o1"});
    watch.setRef({&Order::type, "o2"}); // before the first was read
    QTRY_COMPARE(watch.state(), RecordWatch::State::Here);
    QCOMPARE(watch.record<Order>()->key, std::string("o2"));
    QCOMPARE(changed.size(), 3); // two to load, one read
    watch.setRef({&Order::type, ""});
    QCOMPARE(watch.state(), RecordWatch::State::None);
    QVERIFY(watch.ref().isNull());
    QVERIFY(!watch.knownSince().isSet());
}

void TestRecordWatch::saysWhyAReadFailedAndRecovers()
{
    FailingCache cache;
    RecordWatch watch(cache.readers());
    watch.setRef({&Order::type, "o1"});
    QTRY_COMPARE(watch.state(), RecordWatch::State::Failed);
    QVERIFY(!watch.errorText().isEmpty());
    QVERIFY(!watch.record<Order>());
    cache.mend({changeTo(invoiceOf("", "i9"))}); // whatever it is that changes
    QTRY_COMPARE(watch.state(), RecordWatch::State::Missing);
    QVERIFY(watch.errorText().isEmpty());
    cache.mend({changeTo(plainOrder(1))});
    QTRY_COMPARE(watch.state(), RecordWatch::State::Here);
}

void TestRecordWatch::keepsWhatIsShownWhenALaterReadFails()
{
    FailingCache cache;
    cache.mend({changeTo(plainOrder(1))});
    RecordWatch watch(cache.readers());
    watch.setRef({&Order::type, "o1"});
    QTRY_COMPARE(watch.state(), RecordWatch::State::Here);
    // The file is replaced by none.
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(cache.path() + QLatin1String(suffix));
    QSignalSpy changed(&watch, &RecordWatch::changed);
    ChangeNotice replaced;
    replaced.everything = true;
    cache.readers().noteChange(replaced);
    JumpModel jump(cache.readers());
    QSignalSpy answered(&jump, &JumpModel::answered);
    jump.setText(QStringLiteral("SO-10001"));
    QTRY_COMPARE(answered.size(), 1); // by then the watch has been answered, too
    QVERIFY(!jump.errorText().isEmpty());
    QCOMPARE(watch.state(), RecordWatch::State::Here);
    Order later = plainOrder(1);
    later.number = "later";
    cache.mend({changeTo(later)});
    QTRY_COMPARE(watch.record<Order>()->number, std::string("later"));
}

void TestRecordWatch::tellsAFailedJumpFromAnEmptyOne()
{
    FailingCache cache;
    JumpModel model(cache.readers());
    QSignalSpy answered(&model, &JumpModel::answered);
    model.setText(QStringLiteral("SO-10001"));
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.errorText().isEmpty());
    cache.mend({changeTo(plainOrder(1))}); // and looks again by itself
    QTRY_COMPARE(model.rowCount(), 1);
    QVERIFY(model.errorText().isEmpty());
    QCOMPARE(model.refAt(0), (RecordRef{&Order::type, "o1"}));
    QCOMPARE(model.index(0).data(ItemRole::Kind).toString(), QStringLiteral("order"));
    QVERIFY(model.isExact(0));
    QVERIFY(!model.isExact(7));
    model.setText(QStringLiteral("no such thing"));
    QTRY_COMPARE(model.rowCount(), 0);
    QVERIFY(model.errorText().isEmpty());
}

CORE_TEST(TestRecordWatch)
#include "tst_recordwatch.moc"
