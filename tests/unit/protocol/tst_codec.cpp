#include "codec.h"
#include "order.h"
#include "problems.h"
#include "status.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;

namespace {

Change sampleOrder()
{
    auto order = std::make_shared<Order>();
    order->key = "o-1";
    order->account = "a-1";
    order->number = "SO-20415";
    order->poReference = "PO \"7779\"\n\x01";
    order->shipToName = "Łódź – 東京";
    order->placedAt = *Instant::parse("2026-11-21T08:12:00.250Z");
    order->promisedOn = *Date::parse("2026-12-02");
    order->currency = "GBP";
    order->total = {-1'120'495};
    order->unitsOrdered = *Decimal::parse("12.5");
    order->lines.resize(2);
    order->lines[0].sku = "WH-4410";
    order->lines[1].unitPrice = *Decimal::parse("0.000001");
    return {&Order::type,
            "o-1",
            "a-1",
            7,
            3,
            *Instant::parse("2026-11-21T08:12:01Z"),
            AnyRecord(std::move(order))};
}

std::string samplePage()
{
    const std::string changes[] = {encodeChange(sampleOrder()), encodeChange(sampleOrder())};
    return encodePage({.from = "a", .to = "b", .more = true, .total = 2, .lagMs = 3, .erpDown = false},
                      changes);
}

} // namespace

class CodecTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changeSurvives();
    void removalSurvives();
    void pageSurvives();
    void frameSurvives();
    void absentAndUnknownFields();
    void invalidUtf8IsReplaced();
    void mistyped_data();
    void mistyped();
    void cutAtEveryByte();
    void tooMuch();
    void unknownKindIsPassedOver();
    void pricesAreWithheld();
    void problemsBecomeErrors();
};

void CodecTest::changeSurvives()
{
    const Change sent = sampleOrder();
    const auto got = decodeChange(encodeChange(sent));
    QVERIFY(got.ok());
    QCOMPARE(got->kind, sent.kind);
    QCOMPARE(got->key, sent.key);
    QCOMPARE(got->account, sent.account);
    QCOMPARE(got->sequence, sent.sequence);
    QCOMPARE(got->version, sent.version);
    QCOMPARE(got->time, sent.time);
    QVERIFY(equal(Order::type, got->record.data(), sent.record.data()));
}

void CodecTest::removalSurvives()
{
    Change removal = sampleOrder();
    removal.record = {};
    const auto got = decodeChange(encodeChange(removal));
    QVERIFY(got.ok());
    QVERIFY(got->record.isNull());
    QCOMPARE(got->key, removal.key);
}

void CodecTest::pageSurvives()
{
    const auto page = decodePage(samplePage());
    QVERIFY(page.ok());
    QCOMPARE(page->head.from, std::string("a"));
    QCOMPARE(page->head.to, std::string("b"));
    QVERIFY(page->head.more);
    QCOMPARE(page->head.lagMs, 3);
    QCOMPARE(page->changes.size(), 2u);
}

void CodecTest::frameSurvives()
{
    const std::string changes[] = {encodeChange(sampleOrder())};
    LiveFrame head;
    head.frame = "changes";
    head.from = "a";
    head.to = "b";
    const auto frame = decodeFrame(encodeFrame(head, changes));
    QVERIFY(frame.ok());
    QCOMPARE(frame->head.to, std::string("b"));
    QCOMPARE(frame->changes.size(), 1u);

    head.frame = "pong";
    head.ping = 12;
    const auto pong = decodeFrame(encodeFrame(head, {}));
    QVERIFY(pong.ok());
    QCOMPARE(pong->head.ping, 12);
    QVERIFY(pong->changes.empty());
}

void CodecTest::absentAndUnknownFields()
{
    const auto order = decode<Order>(R"({"future":{"a":[1,2]},"total":5,"promisedOn":null})");
    QVERIFY(order.ok());
    QCOMPARE(order->total.minor, 5);
    QVERIFY(!order->promisedOn.isSet());
    QVERIFY(order->lines.empty());
}

void CodecTest::invalidUtf8IsReplaced()
{
    Status status;
    status.label = "a\xff\xc0\xaf\xed\xa0\x80z";
    const auto got = decode<Status>(encode(status));
    QVERIFY(got.ok());
    QVERIFY(QString::fromStdString(got->label).startsWith(QStringLiteral("a\uFFFD")));
    QVERIFY(got->label.ends_with('z'));
}

void CodecTest::mistyped_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("not an object") << QByteArray("[]");
    QTest::newRow("nothing") << QByteArray("");
    QTest::newRow("text for amount") << QByteArray(R"({"total":"5"})");
    QTest::newRow("fraction for amount") << QByteArray(R"({"total":5.5})");
    QTest::newRow("beyond 64 bits") << QByteArray(R"({"total":9223372036854775808})");
    QTest::newRow("number for text") << QByteArray(R"({"number":5})");
    QTest::newRow("null for text") << QByteArray(R"({"number":null})");
    QTest::newRow("number for decimal") << QByteArray(R"({"unitsOrdered":5})");
    QTest::newRow("too many places") << QByteArray(R"({"unitsOrdered":"0.0000001"})");
    QTest::newRow("no such day") << QByteArray(R"({"promisedOn":"2026-02-30"})");
    QTest::newRow("local time") << QByteArray(R"({"placedAt":"2026-02-03T10:00:00+01:00"})");
    QTest::newRow("object for list") << QByteArray(R"({"lines":{}})");
    QTest::newRow("number in list") << QByteArray(R"({"lines":[1]})");
    QTest::newRow("invalid UTF-8") << QByteArray("{\"number\":\"\xff\"}");
    QTest::newRow("too deep") << QByteArray(100'000, '[');
    QTest::newRow("two values") << QByteArray("{}{}");
}

void CodecTest::mistyped()
{
    QFETCH(QByteArray, json);
    const auto order = decode<Order>(json.toStdString());
    QVERIFY(!order.ok());
    QCOMPARE(order.error().kind, ErrorKind::BadReply);
    QVERIFY(!order.error().userText.isEmpty());
    QVERIFY(order.error().detail.size() < 300);
}

void CodecTest::cutAtEveryByte()
{
    const std::string page = samplePage();
    // Without its last line break the page is still whole.
    for (std::size_t length = 0; length + 1 < page.size(); ++length)
        QVERIFY2(!decodePage(std::string_view(page).substr(0, length)).ok(),
                 qPrintable(QString::number(length)));
    QVERIFY(decodePage(page).ok());

    const std::string frame = encodeFrame({.frame = "changes"}, std::vector{encodeChange(sampleOrder())});
    for (std::size_t length = 0; length < frame.size(); ++length)
        QVERIFY2(!decodeFrame(std::string_view(frame).substr(0, length)).ok(),
                 qPrintable(QString::number(length)));
}

void CodecTest::tooMuch()
{
    const std::vector<std::string> many(Limits::pageChanges + 1, encodeChange(sampleOrder()));
    QVERIFY(!decodePage(encodePage({}, many)).ok());
    QVERIFY(!decodeFrame(encodeFrame({.frame = "changes"}, std::span(many).first(Limits::frameChanges + 1)))
                 .ok());
    QVERIFY(!decodeFrame(encodeFrame({.frame = std::string(Limits::frameBytes, 'x')}, {})).ok());
    QVERIFY(!decode<Status>(encode(Status{.label = std::string(Limits::recordBytes, 'x')})).ok());
    QVERIFY(!decodePage(std::string(Limits::pageBytes + 1, '\n')).ok());
}

void CodecTest::unknownKindIsPassedOver()
{
    const std::string lines[] = {R"({"seq":1,"kind":"zeppelin","key":"z"})", encodeChange(sampleOrder())};
    const auto page = decodePage(encodePage({}, lines));
    QVERIFY(page.ok());
    QCOMPARE(page->changes.size(), 1u);
}

void CodecTest::pricesAreWithheld()
{
    Change change = sampleOrder();
    withholdPrices(Order::type, change.record.data());
    const Order &order = *change.record.as<Order>();
    QCOMPARE(order.total.minor, 0);
    QVERIFY(order.lines[1].unitPrice.isZero());
    QCOMPARE(order.lines[0].sku, std::string("WH-4410"));
    QCOMPARE(order.number, std::string("SO-20415"));
}

void CodecTest::problemsBecomeErrors()
{
    for (const ProblemType &type : problemTypes()) {
        const Problem problem{.typeUri = std::string(type.uri), .status = type.status, .requestId = "r-1"};
        const Error error = errorFromAnswer(type.status, encode(problem));
        QCOMPARE(error.kind, type.errorKind);
        QCOMPARE(error.requestId, QStringLiteral("r-1"));
        QVERIFY(!error.userText.isEmpty());
    }
    QCOMPARE(errorFromAnswer(502, "<html>Bad gateway</html>").kind, ErrorKind::ServerDown);
    QCOMPARE(errorFromAnswer(401, "").kind, ErrorKind::Unauthorized);
    QCOMPARE(errorFromAnswer(418, "{}").kind, ErrorKind::Rejected);
}

CORE_TEST(CodecTest)

#include "tst_codec.moc"
