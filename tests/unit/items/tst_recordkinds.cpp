#include "account.h"
#include "calendars.h"
#include "clock.h"
#include "display.h"
#include "document.h"
#include "invoice.h"
#include "itemroles.h"
#include "kinds.h"
#include "payment.h"
#include "recordcell.h"
#include "recordlistmodel.h"
#include "recordquery.h"
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

constexpr Instant now{1'700'000'000'000}; // 2023-11-14, 22:13 UTC: the 15th in Tokyo

class StandingClock final : public Clock
{
public:
    Instant now() const override { return time; }
    BootTime sinceBoot() const override { return {1'000}; }
    Instant time = ::now;
};

// What people know it by.
const Field *calledBy(const RecordType &kind)
{
    const Field *number = kind.find("number");
    return number ? number : kind.find("name");
}

// Record `n` of any kind: a higher number is newer, and the odd ones are open.
Change plain(const RecordType &kind, int n)
{
    Change change;
    change.kind = &kind;
    change.key = "k" + std::to_string(n);
    change.account = "a1";
    change.version = 1;
    change.time = now;
    change.record = AnyRecord(kind);
    void *record = change.record.data();
    if (const Field *newest = newestField(kind))
        newest->in<Instant>(record) = {now.ms + n * 60'000};
    if (const Field *open = kind.findFlag(OpenMark))
        open->in<bool>(record) = n % 2 == 1;
    if (const Field *summed = kind.findFlag(Summed))
        summed->in<Amount>(record) = {100 * n};
    if (const Field *currency = kind.find("currency"))
        currency->in<std::string>(record) = "GBP";
    if (const Field *called = calledBy(kind))
        called->in<std::string>(record) = "N-" + std::to_string(1'000 + n);
    return change;
}

QString keys(const RecordListModel &model)
{
    QStringList keys;
    for (int row = 0; row < model.rowCount(); ++row)
        keys.append(model.index(row, 0).data(ItemRole::Key).toString());
    return keys.join(QLatin1Char(' '));
}

Date onDay(int day)
{
    return Date::fromCivil(2023, 11, day);
}

} // namespace

// Lists and cells of kinds other than orders.
class TestRecordKinds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsAnyKind_data();
    void listsAnyKind();
    void showsEveryColumnOfEveryKind();
    void wordsWhatHasToBeDoneAboutAnInvoice_data();
    void wordsWhatHasToBeDoneAboutAnInvoice();
    void showsOneOfSeveralParcels();
    void knowsWhatDayItIsAtTheSupplier();
    void repaintsStatesWhenTheDayTurns();
};

void TestRecordKinds::listsAnyKind_data()
{
    QTest::addColumn<const void *>("kind");
    for (const RecordType *kind : allKinds()) {
        if (newestField(*kind) && calledBy(*kind))
            QTest::addRow("%s", kind->name.data()) << static_cast<const void *>(kind);
    }
}

void TestRecordKinds::listsAnyKind()
{
    QFETCH(const void *, kind);
    const auto &type = *static_cast<const RecordType *>(kind);
    TestCache cache;
    StandingClock clock;
    cache.put({plain(type, 1), plain(type, 2), plain(type, 3)});
    RecordListModel model(cache.readers(), clock, type);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE(keys(model), QStringLiteral("k3 k2 k1"));
    QCOMPARE(model.index(0, 0).data(ItemRole::Kind).toString().toStdString(), type.name);

    cache.put({plain(type, 5), plain(type, 0)});
    QTRY_COMPARE(keys(model), QStringLiteral("k5 k3 k2 k1 k0"));
    const Field *called = calledBy(type);
    QVERIFY(called);
    const int number = model.columnOf(QString::fromStdString(std::string(called->name)));
    QVERIFY(number >= 0);
    Change changed = plain(type, 2);
    called->in<std::string>(changed.record.data()) = "other";
    cache.put({changed});
    QTRY_COMPARE(model.index(2, number).data().toString(), QStringLiteral("other"));
    cache.remove(type, "k3");
    QTRY_COMPARE(keys(model), QStringLiteral("k5 k2 k1 k0"));

    const bool marked = type.findFlag(OpenMark) != nullptr;
    const bool summed = type.findFlag(Summed) != nullptr;
    QTRY_COMPARE(model.totals().count, 4);
    QCOMPARE(model.totals().openCount, marked ? 2 : 0);
    const QStringList sums{Display::money({marked ? 600 : 800}, "GBP")};
    QCOMPARE(model.totals().openAmounts, summed ? sums : QStringList());

    model.sort(number, Qt::AscendingOrder);
    QTRY_COMPARE(keys(model), QStringLiteral("k0 k1 k5 k2"));
    if (!marked)
        return;
    RecordQuery query = model.query();
    query.flags = {{std::string(type.findFlag(OpenMark)->name), true}};
    model.setQuery(query);
    QTRY_COMPARE(keys(model), QStringLiteral("k1 k5"));
    cache.put({plain(type, 7), plain(type, 8)});
    QTRY_COMPARE(keys(model), QStringLiteral("k1 k5 k7"));
}

void TestRecordKinds::showsEveryColumnOfEveryKind()
{
    TestCache cache;
    const StatusWording wording(cache.readers());
    for (const RecordType *kind : allKinds()) {
        const AnyRecord empty(*kind);
        const Change full = plain(*kind, 3);
        for (const Field &field : kind->fields) {
            if (field.type == FieldType::List)
                continue;
            for (const int role :
                 {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(ItemRole::Tone), int(ItemRole::Symbol)}) {
                QVERIFY(recordCell(*kind, empty.data(), field, role, wording, {}).isValid());
                QVERIFY(recordCell(*kind, full.record.data(), field, role, wording, {onDay(15)}).isValid());
            }
            QVERIFY(recordCell(*kind, empty.data(), field, ItemRole::Raw, wording, {}).isValid());
        }
    }
    Document document;
    document.paper = "creditMemo";
    QCOMPARE(
        recordCell(Document::type, &document, *Document::type.find("paper"), Qt::DisplayRole, wording, {}),
        QVariant(QStringLiteral("Credit memo")));
    Payment yen;
    yen.currency = "JPY"; // without minor units
    yen.amount = {1'234};
    QCOMPARE(recordCell(Payment::type, &yen, *Payment::type.find("amount"), Qt::DisplayRole, wording, {}),
             QVariant(QStringLiteral("¥1,234")));
}

void TestRecordKinds::wordsWhatHasToBeDoneAboutAnInvoice_data()
{
    QTest::addColumn<bool>("open");
    QTest::addColumn<bool>("credit");
    QTest::addColumn<QString>("dispute");
    QTest::addColumn<int>("dueOn"); // 0: not set
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tone");
    const auto row = [](const char *name, bool open, bool credit, const char *dispute, int due,
                        const char *text, const char *tone) {
        QTest::newRow(name) << open << credit << QString::fromLatin1(dispute) << due
                            << QString::fromLatin1(text) << QString::fromLatin1(tone);
    };
    row("due later", true, false, "", 16, "Sent", "info");
    row("due today", true, false, "", 15, "Sent", "info");
    row("due yesterday", true, false, "", 14, "Overdue 1 d", "bad");
    row("long overdue", true, false, "", 4, "Overdue 11 d", "bad");
    row("paid late", false, false, "", 4, "Sent", "info");
    row("due on no day", true, false, "", 0, "Sent", "info");
    row("disputed", true, false, "Short by two", 4, "Disputed", "warn");
    row("dispute settled", false, false, "Short by two", 4, "Sent", "info");
    row("a credit memo", true, true, "", 4, "Credit", "neutral");
}

void TestRecordKinds::wordsWhatHasToBeDoneAboutAnInvoice()
{
    QFETCH(bool, open);
    QFETCH(bool, credit);
    QFETCH(QString, dispute);
    QFETCH(int, dueOn);
    TestCache cache;
    Status sent;
    sent.key = "invoice/sent";
    sent.subject = "invoice";
    sent.code = "sent";
    sent.label = "Sent";
    sent.tone = "info";
    cache.put({changeTo(sent)});
    const StatusWording wording(cache.readers());
    QTRY_COMPARE(wording.of("invoice", "sent").label, QStringLiteral("Sent"));
    Invoice invoice;
    invoice.status = "sent";
    invoice.open = open;
    invoice.credit = credit;
    invoice.disputeReason = dispute.toStdString();
    invoice.dueOn = dueOn > 0 ? onDay(dueOn) : Date();
    const auto cell = [&](int role) {
        return recordCell(Invoice::type, &invoice, *Invoice::type.find("status"), role, wording, {onDay(15)})
            .toString();
    };
    QTEST(cell(Qt::DisplayRole), "text");
    QTEST(cell(ItemRole::Tone), "tone");
    QCOMPARE(cell(ItemRole::Raw), QStringLiteral("sent")); // the ERP's own stays what filters go by
    if (open && !dispute.isEmpty())
        QCOMPARE(cell(Qt::ToolTipRole), dispute);
}

void TestRecordKinds::showsOneOfSeveralParcels()
{
    TestCache cache;
    const StatusWording wording(cache.readers());
    Shipment shipment;
    const auto text = [&] {
        return recordCell(Shipment::type, &shipment, *Shipment::type.find("tracking"), Qt::DisplayRole,
                          wording, {})
            .toString();
    };
    QCOMPARE(text(), QString()); // a shipment without parcels
    shipment.tracking = "JD0146";
    shipment.parcelCount = 1;
    QCOMPARE(text(), QStringLiteral("JD0146"));
    shipment.parcelCount = 3;
    QCOMPARE(text(), QStringLiteral("JD0146 +2"));
}

void TestRecordKinds::knowsWhatDayItIsAtTheSupplier()
{
    TestCache cache;
    StandingClock clock;
    const Calendars calendars(cache.readers(), clock);
    QCOMPARE(calendars.today("a1"), onDay(14)); // UTC's, as long as nothing is known
    Account tokyo;
    tokyo.key = tokyo.account = "a1";
    tokyo.calendar = "Asia/Tokyo";
    Account nowhere;
    nowhere.key = nowhere.account = "a2";
    nowhere.calendar = "Mars/Olympus Mons";
    cache.put({changeTo(tokyo), changeTo(nowhere)});
    QTRY_COMPARE(calendars.today("a1"), onDay(15));
    QCOMPARE(calendars.today("a2"), onDay(14));
    QCOMPARE(calendars.today("no such account"), onDay(14));
}

void TestRecordKinds::repaintsStatesWhenTheDayTurns()
{
    TestCache cache;
    StandingClock clock;
    clock.time = {Date::fromCivil(2023, 11, 15).daysSinceEpoch * 86'400'000LL - 400}; // just before midnight
    Change due = plain(Invoice::type, 1);
    due.record.as<Invoice>()->dueOn = onDay(14);
    cache.put({due});
    RecordListModel model(cache.readers(), clock, Invoice::type);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE(model.rowCount(), 1);
    const int status = model.columnOf(QStringLiteral("status"));
    const auto text = [&] { return model.index(0, status).data().toString(); };
    QVERIFY(!text().startsWith(QStringLiteral("Overdue")));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    clock.time.ms += 1'000;
    QTRY_VERIFY(changed.size() > 0);
    QCOMPARE(text(), QStringLiteral("Overdue 1 d"));
}

CORE_TEST(TestRecordKinds)
#include "tst_recordkinds.moc"
