// The connector on a Tryton that is slow, faulty or too talkative about some things: the others are told.
#include "address.h"
#include "faketryton.h"
#include "item.h"
#include "shipment.h"
#include "testentry.h"
#include "trytonerp.h"
#include "trytonposition.h"
#include "trytonthings.h"

#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

#include <set>

using namespace Counterfoil;

namespace {

constexpr const char *addressModel = "party.address";

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QJsonObject addressRow(qint64 id, const QString &street = {})
{
    return {{s("id"), id}, {s("party"), 9}, {s("street"), street}, {s("active"), true}};
}

QJsonArray journalRow(qint64 id, const char *model, qint64 record)
{
    return {id, s(model), record, 1'700'000'000.0};
}

bool isAbout(const QString &method, const char *model)
{
    return method == s("model.%1.search_read").arg(s(model));
}

std::string following()
{
    TrytonPosition position;
    position.identity = "one";
    position.known = "4.4.";
    position.version = 1;
    return position.toString();
}

} // namespace

class TestTrytonFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsAllButTheOneThatCannotBeRead();
    void tellsAllButTheOneThatCannotBeReadAtTheBeginning();
    void blamesNoRecordForAFaultOfTrytons();
    void asksForLessWhenAPageIsTooLarge();
    void readsAPassInPages();
    void pausesAfterAFault();
    void tellsWhatRefersToAWrongRecord();
    void removesAnItemByTheCodeItHad();
    void aDocumentThatFailsHoldsUpNothing();
    void beginsAnewWhereThereIsAGap();
    void beginsAnewWhereOtherThingsWereRead();
    void takesNoOtherServerForTryton();

private:
    // Follows until everything is told; false: it takes no end. Failures are waited for.
    bool follow(std::string position);

    std::unique_ptr<FakeTryton> m_tryton;
    HandClock m_clock;
    std::unique_ptr<TrytonErp> m_erp;
    std::set<std::string> m_told; // keys of addresses
    int m_failures = 0;
};

void TestTrytonFeed::init()
{
    m_tryton = std::make_unique<FakeTryton>();
    m_erp = std::make_unique<TrytonErp>(m_tryton->access(), m_clock);
    m_told.clear();
    m_failures = 0;
    for (qint64 id = 1; id <= 300; ++id)
        m_tryton->rows[s(addressModel)][id] = addressRow(id);
}

bool TestTrytonFeed::follow(std::string position)
{
    for (int asked = 0; asked < 2'000; ++asked) {
        const auto batch = m_erp->changesAfter(position, 2'000);
        if (!batch) {
            ++m_failures;
            m_clock.ms += TrytonSession::longestPauseMs;
            continue;
        }
        for (const Change &change : batch->changes) {
            if (change.kind == &Address::type && !change.record.isNull())
                m_told.insert(change.key);
        }
        position = batch->position;
        if (!batch->more)
            return true;
    }
    return false;
}

void TestTrytonFeed::tellsAllButTheOneThatCannotBeRead()
{
    QJsonArray rows;
    for (qint64 id = 1; id <= 300; ++id)
        rows.append(journalRow(id, addressModel, id));
    m_tryton->instead = [&, rows](const QString &method, const QJsonArray &parameters) {
        if (method.endsWith(s(".changes"))) {
            QJsonArray left;
            for (const auto &row : rows) {
                if (row.toArray().at(0).toInteger() > parameters.at(2).toString().toLongLong())
                    left.append(row);
            }
            m_tryton->journal.insert(s("rows"), left);
        }
        return isAbout(method, addressModel) && idsOf(parameters).contains(170) ? traceback() : QJsonObject();
    };
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("party.address 170 is left out")));
    QVERIFY(follow(following()));
    QCOMPARE(m_told.size(), std::size_t(299));
    QVERIFY(!m_told.contains("170"));
    QVERIFY2(m_failures <= 16, QByteArray::number(m_failures).constData());
}

void TestTrytonFeed::tellsAllButTheOneThatCannotBeReadAtTheBeginning()
{
    m_tryton->instead = [](const QString &method, const QJsonArray &parameters) {
        return isAbout(method, addressModel) && idsOf(parameters).contains(42) ? traceback() : QJsonObject();
    };
    // With the end of the fill, nothing follows.
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("party.address 42 is left out")));
    QVERIFY(follow({}));
    QCOMPARE(m_told.size(), std::size_t(299));
}

// Where nothing can be read, nothing is given up.
void TestTrytonFeed::blamesNoRecordForAFaultOfTrytons()
{
    bool broken = true;
    m_tryton->instead = [&](const QString &method, const QJsonArray &) {
        return broken && isAbout(method, addressModel) ? traceback() : QJsonObject();
    };
    m_tryton->journal.insert(s("rows"), QJsonArray{journalRow(1, addressModel, 7)});
    for (int asked = 0; asked < 20; ++asked) {
        QVERIFY(!m_erp->changesAfter(following(), 100));
        m_clock.ms += TrytonSession::longestPauseMs;
    }
    broken = false;
    QVERIFY(follow(following()));
    QCOMPARE(m_told, std::set<std::string>{"7"});
}

void TestTrytonFeed::asksForLessWhenAPageIsTooLarge()
{
    // Thirty of them are more than an answer may be.
    const QString large(1'200'000, u'x');
    for (qint64 id = 1; id <= 40; ++id)
        m_tryton->rows[s(addressModel)][id] = addressRow(id, large);
    QVERIFY(follow({}));
    QCOMPARE(m_told.size(), std::size_t(300));
    QVERIFY2(m_failures > 0 && m_failures < 5, QByteArray::number(m_failures).constData());
}

// All pages of a pass are of the same snapshot, and a batch is no larger than a page.
void TestTrytonFeed::readsAPassInPages()
{
    QJsonArray rows;
    for (qint64 id = 1; id <= 250; ++id)
        rows.append(journalRow(id, addressModel, id));
    QStringList passes;
    m_tryton->instead = [&, rows](const QString &method, const QJsonArray &parameters) {
        if (!method.endsWith(s(".changes")))
            return QJsonObject();
        const QString seen = parameters.at(1).toString();
        passes.append(parameters.at(0).toString() + u'/' + seen);
        QJsonArray left;
        for (const auto &row : rows) {
            if (row.toArray().at(0).toInteger() > parameters.at(2).toString().toLongLong())
                left.append(row);
        }
        QJsonObject journal = m_tryton->journal;
        journal.insert(s("rows"), parameters.at(0).toString() == s("6.6.") ? QJsonArray() : left);
        journal.insert(s("snapshot"), seen.isEmpty() ? s("6.6.") : seen);
        return QJsonObject{{s("result"), journal}};
    };
    QVERIFY(follow(following()));
    QCOMPARE(m_told.size(), std::size_t(250));
    QCOMPARE(passes, QStringList({s("4.4./"), s("4.4./6.6."), s("4.4./6.6.")}));
}

void TestTrytonFeed::pausesAfterAFault()
{
    m_tryton->instead = [](const QString &method, const QJsonArray &) {
        return method.endsWith(s(".changes")) ? traceback() : QJsonObject();
    };
    int before = 0;
    for (std::int64_t pause = TrytonSession::firstPauseMs; pause <= TrytonSession::longestPauseMs;
         pause *= 2) {
        QVERIFY(!m_erp->changesAfter(following(), 100));
        const int asked = int(m_tryton->asked.count(s("model.counterfoil.change.changes")));
        QCOMPARE(asked, before + 1);
        m_clock.ms += pause - 1;
        QVERIFY(!m_erp->changesAfter(following(), 100));
        QCOMPARE(int(m_tryton->asked.count(s("model.counterfoil.change.changes"))), asked);
        m_clock.ms += 1;
        before = asked;
    }
}

// The order of a shipment bears a reference that is no text: the shipment is told without it, and the next
// one with its own.
void TestTrytonFeed::tellsWhatRefersToAWrongRecord()
{
    m_tryton->rows[s("sale.sale")]
        = {{1,
            {{s("id"), 1},
             {s("number"), s("S1")},
             {s("reference"), 5},
             {s("lines."), QJsonArray{QJsonObject{{s("id"), 11}, {s("type"), s("line")}}}}}},
           {2,
            {{s("id"), 2},
             {s("number"), s("S2")},
             {s("lines."), QJsonArray{QJsonObject{{s("id"), 12}, {s("type"), s("line")}}}}}}};
    for (const int id : {1, 2}) {
        m_tryton->rows[s("stock.shipment.out")][id]
            = {{s("id"), id},
               {s("state"), s("done")},
               {s("number"), s("SH%1").arg(id)},
               {s("customer"), 9},
               {s("outgoing_moves."),
                QJsonArray{QJsonObject{
                    {s("id"), id}, {s("origin"), s("sale.line,%1").arg(10 + id)}, {s("quantity"), 2.0}}}}};
    }
    m_tryton->journal.insert(
        s("rows"),
        QJsonArray{journalRow(1, "stock.shipment.out", 1), journalRow(2, "stock.shipment.out", 2)});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("sale.sale 1, reference")));
    const auto batch = m_erp->changesAfter(following(), 100);
    QVERIFY2(batch, batch ? "" : qPrintable(batch.error().detail));
    QCOMPARE(batch->changes.size(), std::size_t(2));
    QCOMPARE(batch->changes.at(0).record.as<Shipment>()->orderNumber, std::string());
    QCOMPARE(batch->changes.at(1).record.as<Shipment>()->orderNumber, std::string("S2"));
}

// Everything names an item by its code, so what has another one now is another item.
void TestTrytonFeed::removesAnItemByTheCodeItHad()
{
    m_tryton->rows[s("counterfoil.item")][7] = {{s("id"), 7},
                                                {s("code"), s("NEW/1")},
                                                {s("name"), s("Screw")},
                                                {s("rounding"), 1.0},
                                                {s("sold"), true}};
    m_tryton->journal.insert(
        s("rows"),
        QJsonArray{journalRow(1, "counterfoil.item/OLD", 7), journalRow(2, "counterfoil.item/NEW/1", 7)});
    const auto batch = m_erp->changesAfter(following(), 100);
    QVERIFY2(batch, batch ? "" : qPrintable(batch.error().detail));
    QCOMPARE(batch->changes.size(), std::size_t(2));
    for (const Change &change : batch->changes) {
        QCOMPARE(change.kind, &Item::type);
        QCOMPARE(change.record.isNull(), change.key == "OLD");
    }
    QCOMPARE(batch->changes.at(1).key, std::string("NEW/1"));
}

void TestTrytonFeed::aDocumentThatFailsHoldsUpNothing()
{
    m_tryton->rows[s("account.invoice")][3] = {{s("id"), 3},
                                               {s("type"), s("out")},
                                               {s("state"), s("posted")},
                                               {s("number"), s("INV-3")},
                                               {s("party"), 9}};
    const QString report = s("report.account.invoice.execute");
    m_tryton->instead = [&](const QString &method, const QJsonArray &) {
        return method == report ? traceback() : QJsonObject();
    };
    for (int asked = 0; asked < 3; ++asked) {
        QVERIFY(!m_erp->document("invoice-3"));
        QVERIFY(m_erp->changesAfter(following(), 100));
    }
    QCOMPARE(m_tryton->asked.count(report), 1); // set aside
    m_clock.ms += 60'000;
    QVERIFY(!m_erp->document("invoice-3"));
    QCOMPARE(m_tryton->asked.count(report), 2);
}

void TestTrytonFeed::beginsAnewWhereThereIsAGap()
{
    QVERIFY(m_erp->changesAfter(following(), 100));
    for (const auto &[name, value] :
         {std::pair("gap", QJsonValue(true)), std::pair("identity", QJsonValue(s("two")))}) {
        const QJsonObject before = m_tryton->journal;
        m_tryton->journal.insert(s(name), value);
        const auto batch = m_erp->changesAfter(following(), 100);
        QVERIFY(!batch);
        QCOMPARE(batch.error().kind, ErrorKind::NotFound);
        m_tryton->journal = before;
    }
}

// Who reads another number of things counts them by another form of positions, so that a gateway that was
// upgraded fetches what it never asked for.
void TestTrytonFeed::beginsAnewWhereOtherThingsWereRead()
{
    std::string position = following();
    QVERIFY(position.starts_with("3:"));
    QCOMPARE(trytonThings().size(), std::size_t(14));
    position.front() = '2'; // it knew no items and no returns
    const auto batch = m_erp->changesAfter(position, 100);
    QVERIFY(!batch);
    QCOMPARE(batch.error().kind, ErrorKind::NotFound);
}

void TestTrytonFeed::takesNoOtherServerForTryton()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QByteArray answer;
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *const socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, &answer] {
            socket->write(answer);
            socket->disconnectFromHost();
        });
    });
    const SystemClock clock;
    const TrytonAccess access{QUrl(s("http://127.0.0.1:%1/erp").arg(server.serverPort())), s("x"), "y"};
    const QByteArray html = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Please sign in</html>";
    for (const auto &[bytes, kind] :
         {std::pair(html, ErrorKind::BadReply),
          std::pair(QByteArray("HTTP/1.1 502 Bad Gateway\r\n\r\n<html>"), ErrorKind::ServerDown),
          std::pair(QByteArray("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"), ErrorKind::BadReply),
          std::pair(QByteArray("HTTP/1.1 200 OK\r\n\r\n{\"id\":1,\"result\":[2]}"), ErrorKind::Unauthorized),
          std::pair(QByteArray(), ErrorKind::Offline)}) {
        answer = bytes;
        TrytonErp erp(access, clock);
        const auto batch = erp.changesAfter({}, 100);
        QVERIFY(!batch);
        QVERIFY2(batch.error().kind == kind,
                 QByteArray(bytes.left(40) + name(batch.error().kind)).constData());
        QVERIFY(!batch.error().userText.isEmpty());
    }
}

CORE_TEST(TestTrytonFeed)
#include "tst_trytonfeed.moc"
