#include "documentanswer.h"
#include "testentry.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Counterfoil;

class TestDocumentAnswer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesAWholeDocument();
    void goesOnWhereItWasCut();
    void refuses_data();
    void refuses();

private:
    static AnswerHead whole();
    static PartState part();
    static QByteArray digest() { return QCryptographicHash::hash("bytes", QCryptographicHash::Sha256); }
};

AnswerHead TestDocumentAnswer::whole()
{
    AnswerHead head;
    head.status = 200;
    head.etag = "\"e1\"";
    head.reprDigest = "sha-256=:" + digest().toBase64().toStdString() + ':';
    head.contentLength = "200";
    return head;
}

PartState TestDocumentAnswer::part()
{
    return {50, 200, "\"e1\"", digest().toHex().toStdString()};
}

void TestDocumentAnswer::takesAWholeDocument()
{
    auto answer = readDocumentAnswer(whole(), {});
    QVERIFY(answer);
    QCOMPARE(answer->offset, 0);
    QCOMPARE(answer->total, 200);
    QCOMPARE(answer->etag, "\"e1\"");
    QCOMPARE(QByteArray::fromStdString(answer->sha256), digest().toHex());
    // Also where the rest of one was asked for: it is another one by now.
    QVERIFY(readDocumentAnswer(whole(), part()));
    QCOMPARE(readDocumentAnswer(whole(), part())->offset, 0);
    AnswerHead head = whole();
    head.contentLength.clear();
    head.etag = "W/\"e1\"";
    head.reprDigest = "sha-512=:AAAA:, " + head.reprDigest;
    answer = readDocumentAnswer(head, {});
    QVERIFY(answer);
    QCOMPARE(answer->total, 0);
    QVERIFY(answer->etag.empty());
}

void TestDocumentAnswer::goesOnWhereItWasCut()
{
    AnswerHead head = whole();
    head.status = 206;
    head.contentLength = "150";
    head.contentRange = "bytes 50-199/200";
    const auto answer = readDocumentAnswer(head, part());
    QVERIFY(answer);
    QCOMPARE(answer->offset, 50);
    QCOMPARE(answer->total, 200);
}

void TestDocumentAnswer::refuses_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("partial");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const char *name, const char *header, const char *value, bool partial,
                        ErrorKind kind = ErrorKind::BadReply) {
        QTest::newRow(name) << QByteArray(header) << QByteArray(value) << partial << kind;
    };
    row("no digest", "digest", "", false);
    row("another kind of digest", "digest", "sha-512=:AAAA:", false);
    row("a digest cut short", "digest", "sha-256=:AAAA:", false);
    row("a digest that is none", "digest", "sha-256=:!!!:", false);
    row("a digest without end", "digest", "sha-256=:AAAA", false);
    row("packed", "encoding", "gzip", false);
    row("a length that is none", "length", "many", false);
    row("a negative length", "length", "-5", false);
    row("too large", "length", "67108865", false, ErrorKind::Rejected);
    row("a length beyond numbers", "length", "99999999999999999999999", false);
    row("no range", "range", "", true);
    row("another range", "range", "bytes 60-199/200", true);
    row("a range without end", "range", "bytes 50-/200", true);
    row("a range cut short", "range", "bytes 50-100/200", true);
    row("an unknown total", "range", "bytes 50-199/*", true);
    row("another unit", "range", "pages 50-199/200", true);
    row("a range the wrong way", "range", "bytes 199-50/200", true);
    row("nonsense", "range", "/-", true);
    row("too large in parts", "range", "bytes 50-67108864/67108865", true, ErrorKind::Rejected);
}

void TestDocumentAnswer::refuses()
{
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, value);
    QFETCH(const bool, partial);
    QFETCH(const ErrorKind, kind);
    AnswerHead head = whole();
    if (partial) {
        head.status = 206;
        head.contentRange = "bytes 50-199/200";
    }
    std::string &changed = header == "digest" ? head.reprDigest
        : header == "encoding"                ? head.contentEncoding
        : header == "length"                  ? head.contentLength
                                              : head.contentRange;
    changed = value.toStdString();
    const auto answer = readDocumentAnswer(head, partial ? part() : PartState());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, kind);
    QVERIFY(answer.error().userText.endsWith(u'.'));
}

CORE_TEST(TestDocumentAnswer)
#include "tst_documentanswer.moc"
