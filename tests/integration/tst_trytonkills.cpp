// People ask for things while the real gateway and the real Tryton are killed again and again: what was said
// to be queued is done, and each is there once, by Tryton's own count.
#include "address.h"
#include "buyer.h"
#include "contact.h"
#include "return.h"
#include "returnrules.h"
#include "testentry.h"
#include "trytonprocess.h"
#include "trytonrow.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QtTest>

#include <set>

using namespace Counterfoil;
using State = OutboxEntry::State;
using TrytonWords::s;

namespace {

constexpr int fewCommands = 15;
constexpr int settledMs = 600'000; // for all that was asked for, on a busy machine
constexpr int unitsSent = 1'000;   // of the order from which goods come back

template <class Record> AnyRecord asRecord(Record record)
{
    return AnyRecord(std::make_shared<Record>(std::move(record)));
}

} // namespace

class TestTrytonKills : public QObject
{
    Q_OBJECT

public:
    TestTrytonKills()
    {
        if (qEnvironmentVariableIsSet("COUNTERFOIL_TRYTON_KILLS")) // Qt gives a function five minutes
            qputenv("QTEST_FUNCTION_TIMEOUT", "36000000");
    }

private Q_SLOTS:
    void initTestCase();
    void doesEachOnce();
    void cleanupTestCase();

private:
    qint64 firstOf(const char *model, const QJsonArray &domain);
    qint64 countOf(const char *model, const QJsonArray &domain);
    bool sendOrder();
    void ask(int number);
    void askForCart(const std::string &mark);
    void askForReturn(const std::string &mark);
    void decideReturns();
    void killSomething();
    bool settled() const;
    void countEach(int commands);
    void submit(const Command &command) { m_keys.append(m_buyer->client->commands().submit(command)); }
    Command wish(const char *verb, const RecordType &kind) const;

    TrytonProcess m_tryton;
    std::unique_ptr<GatewayProcess> m_gateway;
    std::unique_ptr<Buyer> m_buyer;
    QRandomGenerator m_random{20261123};
    std::string m_account;
    std::string m_sale; // of which goods come back
    std::string m_reason;
    Quote m_quote;
    QStringList m_keys;
    std::set<std::string> m_decided;
    int m_requests = 0;
    int m_gatewayKills = 0;
    int m_trytonKills = 0;
};

void TestTrytonKills::initTestCase()
{
    if (!TrytonProcess::isInstalled())
        QSKIP("Tryton is not installed here; ./dev test installs it.");
    QVERIFY(m_tryton.start());
    m_account = std::to_string(firstOf("party.party", where("name", s("Ateliers Moreau SARL"))));
    QVERIFY(sendOrder());
    m_gateway = std::make_unique<GatewayProcess>(0);
    m_gateway->setErp(m_tryton.access().url, m_tryton.access().user, m_tryton.access().password);
    QVERIFY(m_gateway->addUser(s("tess"), s("csr")));
    QVERIFY(m_gateway->start(0));
    m_buyer = std::make_unique<Buyer>(*m_gateway);
    m_buyer->signIn();
    QTRY_VERIFY_WITH_TIMEOUT(m_buyer->is(SyncStatus::Mode::Live), 120'000);
    CacheReader reader(m_buyer->client->profile().cachePath());
    const auto rules = reader.byField(ReturnRules::type, "name", "Standard terms");
    QVERIFY(rules && !rules->empty());
    QVERIFY(!rules->front().record.as<ReturnRules>()->reasons.empty());
    m_reason = rules->front().record.as<ReturnRules>()->reasons.front().code;
    QuoteRequest request{m_account, {}, {}, "KILL", {}, {{1, "ANC-M10", Decimal::fromInteger(1)}}};
    const auto quote = m_buyer->ask(request);
    QVERIFY2(quote, qPrintable(m_buyer->lastError.userText + m_buyer->lastError.detail));
    QVERIFY(quote->lines.front().possible);
    m_quote = *quote;
}

void TestTrytonKills::cleanupTestCase()
{
    m_buyer.reset();
    m_gateway.reset();
}

qint64 TestTrytonKills::firstOf(const char *model, const QJsonArray &domain)
{
    return m_tryton.call(s("model.%1.search").arg(s(model)), {domain, 0, 1, QJsonValue()})
        .toArray()
        .at(0)
        .toInteger();
}

qint64 TestTrytonKills::countOf(const char *model, const QJsonArray &domain)
{
    return m_tryton.call(s("model.%1.search_count").arg(s(model)), listOf(domain)).toInteger(-1);
}

// As Tryton's own people do it: an order of the account, sent.
bool TestTrytonKills::sendOrder()
{
    const qint64 address
        = firstOf("party.address", where("party", static_cast<qint64>(std::stoll(m_account))));
    const QJsonObject price{{s("__class__"), s("Decimal")}, {s("decimal"), s("1.3500")}};
    const QJsonObject line{{s("type"), s("line")},
                           {s("product"), firstOf("product.product", where("code", s("SCR-5060")))},
                           {s("quantity"), unitsSent},
                           {s("unit"), 1},
                           {s("unit_price"), price}};
    const QJsonArray sale
        = m_tryton
              .call(s("model.sale.sale.create"),
                    listOf(QJsonArray{QJsonObject{
                        {s("party"), static_cast<qint64>(std::stoll(m_account))},
                        {s("company"), 1},
                        {s("currency"), firstOf("currency.currency", {})},
                        {s("invoice_address"), address},
                        {s("shipment_address"), address},
                        {s("warehouse"), firstOf("stock.location", where("type", s("warehouse")))},
                        {s("carrier"), firstOf("carrier", {})},
                        {s("reference"), s("SENT")},
                        {s("lines"), listOf({s("create"), QJsonArray{line}})}}}))
              .toArray();
    for (const char *step : {"quote", "confirm"})
        m_tryton.call(s("model.sale.sale.") + s(step), listOf(sale));
    const QJsonArray shipments = m_tryton.call(s("model.sale.sale.read"), {sale, QJsonArray{s("shipments")}})
                                     .toArray()
                                     .at(0)
                                     .toObject()
                                     .value(s("shipments"))
                                     .toArray();
    for (const char *step : {"wait", "assign_force", "pick", "pack", "done"})
        m_tryton.call(s("model.stock.shipment.out.") + s(step), listOf(shipments));
    m_sale = std::to_string(sale.at(0).toInteger());
    return countOf("stock.shipment.out",
                   {where("state", s("done")).at(0), where("id", shipments, "in").at(0)})
        == 1;
}

Command TestTrytonKills::wish(const char *verb, const RecordType &kind) const
{
    Command command;
    command.verb = verb;
    command.kind = &kind;
    command.account = m_account;
    return command;
}

void TestTrytonKills::ask(int number)
{
    const std::string mark = "KILL-" + std::to_string(number) + '-';
    if (number % 4 == 0)
        return askForCart(mark);
    if (number % 4 == 1)
        return askForReturn(mark);
    Command save = wish("save", number % 4 == 2 ? Address::type : Contact::type);
    if (number % 4 == 2) {
        Address address;
        address.account = m_account;
        address.name = "Ateliers Moreau";
        address.street = mark;
        address.city = "Lyon";
        address.postalCode = "69001";
        address.country = "FR";
        address.shipTo = true;
        save.record = asRecord(address);
    } else {
        Contact contact;
        contact.account = m_account;
        contact.name = mark;
        contact.email = "kill@moreau.example";
        save.record = asRecord(contact);
    }
    submit(save);
}

void TestTrytonKills::askForCart(const std::string &mark)
{
    const QuoteLine &line = m_quote.lines.front();
    Cart cart;
    cart.account = m_account;
    cart.poReference = mark;
    cart.total = m_quote.total;
    cart.lines.push_back({1,
                          line.sku,
                          line.description,
                          line.unit,
                          line.quantity,
                          line.unitPrice,
                          m_quote.at,
                          line.inStock,
                          {},
                          0});
    Command save = wish("save", Cart::type);
    save.record = asRecord(cart);
    const QString key = m_buyer->client->commands().submit(save);
    m_keys.append(key);
    Command place = wish("place", Cart::type);
    place.target = resultOf(key.toStdString());
    place.after = key.toStdString();
    place.base = place.record = save.record;
    submit(place);
}

void TestTrytonKills::askForReturn(const std::string &mark)
{
    Return wanted;
    wanted.account = m_account;
    wanted.order = m_sale;
    wanted.outcome = ReturnOutcome::credit;
    wanted.comment = mark;
    wanted.lines.push_back(
        {.lineNumber = 1, .orderLine = 1, .quantity = Decimal::fromInteger(1), .reason = m_reason});
    Command request = wish("request", Return::type);
    request.record = asRecord(wanted);
    submit(request);
    ++m_requests;
}

// What was asked for and has come back from Tryton as a fact is authorised, once.
void TestTrytonKills::decideReturns()
{
    CacheReader reader(m_buyer->client->profile().cachePath());
    const auto rows = reader.byField(Return::type, "status", std::string(ReturnStatus::requested));
    if (!rows)
        return;
    for (const CachedRecord &row : *rows) {
        const Return &asked = *row.record.as<Return>();
        if (!asked.comment.starts_with("KILL-") || !m_decided.insert(asked.key).second)
            continue;
        Return decided = asked;
        decided.lines.front().authorised = decided.lines.front().quantity;
        Command decide = wish("decide", Return::type);
        decide.target = asked.key;
        decide.baseVersion = row.version;
        decide.base = asRecord(asked);
        decide.record = asRecord(decided);
        submit(decide);
    }
}

void TestTrytonKills::killSomething()
{
    if (m_random.bounded(4) == 0) {
        ++m_trytonKills;
        QVERIFY(m_tryton.restart());
    } else {
        ++m_gatewayKills;
        m_gateway->kill();
        QVERIFY(m_gateway->start(0));
    }
}

bool TestTrytonKills::settled() const
{
    return int(m_decided.size()) == m_requests && std::ranges::all_of(m_keys, [this](const QString &key) {
               const auto entry = m_buyer->entry(key);
               return entry && entry->isFinished();
           });
}

void TestTrytonKills::doesEachOnce()
{
    int commands = qEnvironmentVariableIntValue("COUNTERFOIL_TRYTON_KILLS");
    commands = commands > 0 ? commands : fewCommands;
    QElapsedTimer timer;
    timer.start();
    int asked = 0;
    qint64 nextKill = 1'500;
    while (asked < commands || !settled()) {
        QVERIFY2(timer.elapsed() < std::max<qint64>(settledMs, commands * 5'000), "it takes too long");
        for (int each = 0; each < 3 && asked < commands; ++each)
            ask(asked++);
        decideReturns();
        // The last ones are left in peace, or a short run would be one of kills alone.
        if (timer.elapsed() > nextKill && (asked < commands || m_gatewayKills < commands / 5)) {
            killSomething();
            nextKill = timer.elapsed() + m_random.bounded(500, 4'000);
        }
        QTest::qWait(100);
    }
    for (const QString &key : std::as_const(m_keys)) {
        const auto entry = m_buyer->entry(key);
        QVERIFY2(entry->state == State::Applied, entry->outcome.reason.c_str());
    }
    countEach(commands);
    qInfo("%d commands in %.0f s, the gateway killed %d times and Tryton %d times: each is there once.",
          int(m_keys.size()), double(timer.elapsed()) / 1'000, m_gatewayKills, m_trytonKills);
}

void TestTrytonKills::countEach(int commands)
{
    for (int number = 0; number < commands; ++number) {
        const QString mark = s("KILL-%1-").arg(number);
        const QString within = u'%' + mark + u'%';
        const qint64 found = number % 4 == 0 ? countOf("sale.sale", where("reference", mark))
            : number % 4 == 1                ? countOf("sale.complaint", where("description", within, "like"))
            : number % 4 == 2                ? countOf("party.address", where("street", mark))
                                             : countOf("party.contact_mechanism", where("name", mark));
        QVERIFY2(found == 1, qPrintable(s("%1: %2").arg(mark).arg(found)));
    }
    // And as many sales of what comes back as were authorised.
    QCOMPARE(countOf("sale.sale",
                     QJsonArray{where("origin", s("sale.complaint,%"), "like").at(0),
                                where("comment", s("%Counterfoil%"), "like").at(0)}),
             qint64(m_decided.size()));
}

CORE_TEST(TestTrytonKills)
#include "tst_trytonkills.moc"
