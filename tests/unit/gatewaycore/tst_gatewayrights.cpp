#include "gatewayfixture.h"
#include "testentry.h"

#include "creditstanding.h"
#include "document.h"
#include "endpoints.h"
#include "invoice.h"
#include "kinds.h"
#include "note.h"
#include "payment.h"
#include "scope.h"

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

const std::string secret = "TOP-SECRET";

// Every text of it says the same, so that any byte that gets out is noticed.
AnyRecord secretRecord(const RecordType &type)
{
    AnyRecord record(type);
    for (const Field &field : type.fields) {
        if (field.type == FieldType::Text)
            field.in<std::string>(record.data()) = secret;
        else if (field.type == FieldType::Amount)
            field.in<Amount>(record.data()) = Amount{987'654'321};
    }
    if (const Field *key = type.findFlag(Key))
        key->in<std::string>(record.data()) = secret + '-' + std::string(type.name);
    if (const Field *account = type.findFlag(AccountKey))
        account->in<std::string>(record.data()) = "A";
    return record;
}

std::vector<const RecordType *> financialKinds()
{
    std::vector<const RecordType *> kinds;
    std::ranges::copy_if(allKinds(), std::back_inserter(kinds),
                         [](const RecordType *kind) { return kind->financial; });
    return kinds;
}

void addSecrets(ScriptedErp &erp)
{
    for (const RecordType *kind : financialKinds())
        erp.add(kind, secret + '-' + std::string(kind->name), "A", secretRecord(*kind));
}

bool tells(const std::string &text)
{
    return text.find(secret) != std::string::npos || text.find("987654321") != std::string::npos;
}

bool tells(const HttpResponse &answer)
{
    const bool inHeaders
        = std::ranges::any_of(answer.headers, [](const auto &header) { return tells(header.second); });
    return tells(answer.body) || inHeaders || answer.document || answer.wait != 0;
}

bool tells(const LiveEffects &effects)
{
    return std::ranges::any_of(effects,
                               [](const LiveEffect &effect) { return effect.text && tells(*effect.text); });
}

// The paths that an endpoint's {name} may stand for, financial ones.
std::vector<std::string> pathsOf(const Endpoint &endpoint)
{
    const std::string path(endpoint.path);
    const auto brace = path.find('{');
    if (brace == std::string::npos)
        return {path};
    std::vector<std::string> paths;
    for (const RecordType *kind : financialKinds()) {
        paths.push_back(path.substr(0, brace) + std::string(kind->name));
        paths.push_back(path.substr(0, brace) + secret + '-' + std::string(kind->name));
    }
    return paths;
}

} // namespace

// Who may not see invoices gets nothing of what is financial, whatever they ask.
class GatewayRightsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyAmountIsAPrice();
    void someKindsAreFinancial();
    void roleDecides_data();
    void roleDecides();
    void listsNothingLikeAKindWithoutRows();
    void timelineNamesNoInvoice();
    void gainedRightArrives();
    void lostRightIsAChangeOfScope();
    void notesAreTheSuppliersAlone_data();
    void notesAreTheSuppliersAlone();
    void whoGoesOverSeesNoMoreNotes();
    void papersHaveReaders_data();
    void papersHaveReaders();
    void aPaperThatBecomesAnother();
};

// So that no new kind forgets to have its money withheld.
void GatewayRightsTest::everyAmountIsAPrice()
{
    const std::function<void(const RecordType &)> check = [&](const RecordType &type) {
        for (const Field &field : type.fields) {
            const QByteArray name
                = QByteArray::fromStdString(std::string(type.name) + '.' + std::string(field.name));
            const bool unitPrice = field.type == FieldType::Decimal
                && QByteArray::fromStdString(std::string(field.name)).toLower().contains("price");
            if (field.type == FieldType::Amount || unitPrice)
                QVERIFY2(field.is(Price), name.constData());
            if (field.element)
                check(*field.element);
        }
    };
    for (const RecordType *kind : allKinds())
        check(*kind);
}

void GatewayRightsTest::someKindsAreFinancial()
{
    QVERIFY(Invoice::type.financial);
    QVERIFY(Payment::type.financial);
    QVERIFY(CreditStanding::type.financial);
    QVERIFY(Document::type.financial);
    QVERIFY(!Order::type.financial);
}

void GatewayRightsTest::roleDecides_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<bool>("sees");
    for (const Role &role : roles()) {
        const QString name = QString::fromStdString(std::string(role.name));
        QTest::newRow(qPrintable(name)) << name << role.seesInvoices;
        QVERIFY(role.seesInvoices == (role.name != "viewer"));
    }
    QTest::newRow("unknown role") << QStringLiteral("visitor") << false;
}

void GatewayRightsTest::roleDecides()
{
    QFETCH(QString, role);
    QFETCH(bool, sees);
    Gateway gateway;
    fill(gateway);
    addSecrets(gateway.erp);
    gateway.pumpAll();
    gateway.user("pat", role.toStdString(), {"A"});
    const auto answer = gateway.signIn("pat");
    QCOMPARE(answer.seesInvoices, sees);
    const std::string &token = answer.accessToken;
    const std::string begin = gateway.snapshotCursor(token);
    const auto opening = gateway.openLive(1, token, begin);
    QVERIFY(opening.accepted);

    addSecrets(gateway.erp); // changed,
    auto effects = gateway.pumpAll();
    QVERIFY(sees || effects.empty());
    gateway.erp.remove(Payment::type, secret + "-payment"); // removed,
    for (const auto &effect : gateway.pumpAll())
        effects.push_back(effect);
    QVERIFY(sees || effects.empty());
    gateway.erp.order("a-2", "A"); // and beside something that everybody sees
    addSecrets(gateway.erp);
    for (const auto &effect : gateway.pumpAll())
        effects.push_back(effect);
    for (const auto &effect : gateway.core->receive(1, "{\"ping\":1}"))
        effects.push_back(effect);
    QVERIFY(!effects.empty());
    QCOMPARE(tells(effects), sees);

    bool told = false;
    for (const Endpoint &endpoint : endpoints()) {
        if (endpoint.method == "DELETE" || endpoint.path.ends_with("refresh"))
            continue;
        for (const std::string &path : pathsOf(endpoint)) {
            for (const std::string &method : {std::string(endpoint.method), std::string("HEAD")}) {
                const auto got = gateway.send(method.c_str(), path, token, {}, {{"after", begin}});
                QVERIFY2(sees || !tells(got), path.c_str());
                told |= tells(got);
            }
        }
    }
    QCOMPARE(told, sees);
    const auto page = gateway.changes(token, begin);
    QCOMPARE(page.status, 200);
    // Their numbers are in the range, and that is all.
    QCOMPARE(page.page.head.total, static_cast<std::int64_t>(page.page.changes.size()));
    if (sees)
        QVERIFY(page.page.changes.size() > financialKinds().size());
    else
        QVERIFY(page.keys() == Keys{"a-2"} || page.keys().empty());
}

void GatewayRightsTest::listsNothingLikeAKindWithoutRows()
{
    Gateway gateway;
    fill(gateway);
    addSecrets(gateway.erp);
    gateway.pumpAll();
    const auto eve = gateway.token("eve");
    for (const RecordType *kind : financialKinds()) {
        const auto page = gateway.list(eve, std::string(kind->name));
        QCOMPARE(page.status, 200);
        QCOMPARE(page.page.head.total, 0);
        QVERIFY(!page.page.head.more);
        QVERIFY(page.page.changes.empty());
        QCOMPARE(gateway.list(gateway.token("ann"), std::string(kind->name)).page.head.total, 1);
        QCOMPARE(gateway.list(gateway.token("bob"), std::string(kind->name)).page.head.total, 0);
    }
}

void GatewayRightsTest::timelineNamesNoInvoice()
{
    Gateway gateway;
    fill(gateway);
    auto order = std::make_shared<Order>();
    order->key = "a-9";
    order->account = "A";
    order->events = {{{}, "placed", "Placed", {}},      {{}, "invoiced", secret, secret},
                     {{}, "shipped", "Shipped", "S-1"}, {{}, "credited", secret, secret},
                     {{}, "disputed", secret, secret},  {{}, "limit-raised", secret, secret}};
    gateway.erp.add(&Order::type, "a-9", "A", AnyRecord(order));
    gateway.pumpAll();
    for (const auto &[user, events] : {std::pair("ann", 6U), std::pair("sam", 6U), std::pair("eve", 2U)}) {
        const auto page = gateway.list(gateway.token(user), "order", 1);
        QCOMPARE(page.keys(), Keys{"a-9"});
        const auto &seen = page.page.changes[0].record.as<Order>()->events;
        QCOMPARE(seen.size(), events);
        QCOMPARE(std::ranges::count(seen, secret, &OrderEvent::text), events == 6 ? 4 : 0);
    }
}

void GatewayRightsTest::gainedRightArrives()
{
    Gateway gateway;
    fill(gateway);
    addSecrets(gateway.erp);
    gateway.pumpAll();
    const auto eve = gateway.token("eve");
    const auto before = gateway.snapshotCursor(eve);
    gateway.user("eve", "buyer", {"A"});
    const auto page = gateway.changes(eve, before);
    QCOMPARE(problemName(page), "scope-changed");
    QVERIFY(page.problem.redactionsChanged);
    QVERIFY(page.problem.added.empty());
    QVERIFY(page.problem.removed.empty());
    QCOMPARE(gateway.list(eve, "invoice").page.head.total, 1);
}

void GatewayRightsTest::lostRightIsAChangeOfScope()
{
    Gateway gateway;
    fill(gateway);
    addSecrets(gateway.erp);
    gateway.pumpAll();
    const auto ann = gateway.token("ann");
    const auto before = gateway.snapshotCursor(ann);
    QVERIFY(gateway.openLive(1, ann, before).accepted);
    gateway.user("ann", "viewer", {"A"});
    const auto effects = gateway.core->tick();
    QCOMPARE(effects.size(), 2U);
    QVERIFY(effects[0].text->find("\"scope\"") != std::string::npos);
    QVERIFY(!effects[1].text);
    const auto page = gateway.changes(ann, before);
    QCOMPARE(problemName(page), "scope-changed");
    QVERIFY(page.problem.redactionsChanged);
    QCOMPARE(gateway.list(ann, "invoice").page.head.total, 0);
}

void GatewayRightsTest::notesAreTheSuppliersAlone_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<bool>("named"); // whether accounts are
    QTest::addColumn<bool>("sees");
    for (const Role &role : roles()) {
        const QString name = QString::fromStdString(std::string(role.name));
        QTest::newRow(qPrintable(name)) << name << true << (role.name == "csr");
    }
    QTest::newRow("the supplier's administrator") << QStringLiteral("admin") << false << true;
    QTest::newRow("unknown role") << QStringLiteral("visitor") << true << false;
}

// By whatever way something leaves the gateway.
void GatewayRightsTest::notesAreTheSuppliersAlone()
{
    QFETCH(QString, role);
    QFETCH(bool, named);
    QFETCH(bool, sees);
    Gateway gateway;
    fill(gateway);
    const auto write
        = [&gateway] { gateway.erp.add(&Note::type, secret + "-note", "A", secretRecord(Note::type)); };
    write();
    gateway.pumpAll();
    gateway.user("pat", role.toStdString(),
                 named ? std::vector<std::string>{"A"} : std::vector<std::string>());
    const auto token = gateway.signIn("pat").accessToken;
    const auto begin = gateway.snapshotCursor(token);
    QVERIFY(gateway.openLive(1, token, begin).accepted);
    write();
    QCOMPARE(tells(gateway.pumpAll()), sees);
    const auto listed = gateway.list(token, "note");
    QCOMPARE(listed.page.head.total, sees ? 1 : 0);
    QCOMPARE(listed.page.changes.size(), sees ? 1U : 0U);
    bool told = false;
    for (const Endpoint &endpoint : endpoints()) {
        if (endpoint.method == "DELETE" || endpoint.path.ends_with("refresh"))
            continue;
        const auto brace = endpoint.path.find('{');
        const std::string path
            = std::string(endpoint.path.substr(0, brace)) + (brace == std::string_view::npos ? "" : "note");
        const auto got
            = gateway.send(std::string(endpoint.method).c_str(), path, token, {}, {{"after", begin}});
        QVERIFY2(sees || !tells(got), path.c_str());
        told |= tells(got);
    }
    QCOMPARE(told, sees);
    QCOMPARE(tells(gateway.changes(token, begin).problem.title), false);
}

void GatewayRightsTest::whoGoesOverSeesNoMoreNotes()
{
    Gateway gateway;
    fill(gateway);
    gateway.erp.add(&Note::type, secret + "-note", "A", secretRecord(Note::type));
    gateway.pumpAll();
    gateway.user("pat", "csr", {"A"});
    const auto token = gateway.signIn("pat").accessToken;
    const auto before = gateway.snapshotCursor(token);
    gateway.user("pat", "buyer", {"A"});
    const auto page = gateway.changes(token, before);
    QCOMPARE(problemName(page), "scope-changed");
    QVERIFY(page.problem.redactionsChanged); // so that the client begins anew
    QCOMPARE(gateway.list(token, "note").page.head.total, 0);
}

namespace {

bool isOfGoods(std::string_view code)
{
    return code == Paper::packingSlip || code == Paper::billOfLading || code == Paper::proofOfDelivery
        || code == Paper::returnLabel;
}

// A paper of account A, and everybody's where it is of an item.
void addPaper(ScriptedErp &erp, std::string_view code, const std::string &key = {})
{
    auto document = std::make_shared<Document>();
    document->key = key.empty() ? "D-" + std::string(code) : key;
    document->account = audienceOfPaper(code) == Audience::Everybody && !isOfGoods(code) ? "" : "A";
    document->paper = code;
    document->number = document->key;
    erp.add(&Document::type, document->key, document->account, AnyRecord(document));
}

} // namespace

void GatewayRightsTest::papersHaveReaders_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<bool>("pricesWithheld");
    QTest::addColumn<bool>("invoicesWithheld");
    QTest::addColumn<int>("audience");
    const auto row = [](const char *name, const char *role, bool prices, bool invoices, Audience audience) {
        QTest::newRow(name) << QString::fromLatin1(role) << prices << invoices << static_cast<int>(audience);
    };
    row("finance", "finance", false, false, Audience::InvoiceReaders);
    row("without invoices", "buyer", false, true, Audience::PriceReaders);
    row("without prices", "buyer", true, false, Audience::Everybody);
    row("without either", "buyer", true, true, Audience::Everybody);
    row("viewer", "viewer", false, false, Audience::Everybody);
    row("unknown role", "visitor", false, false, Audience::Everybody);
}

// A paper cannot be redacted, so it goes to those alone who may see all that is on it: its record as well as
// its bytes.
void GatewayRightsTest::papersHaveReaders()
{
    QFETCH(QString, role);
    QFETCH(bool, pricesWithheld);
    QFETCH(bool, invoicesWithheld);
    QFETCH(int, audience);
    Gateway gateway;
    fill(gateway);
    gateway.user("pat", role.toStdString(), {"A"});
    auto pat = gateway.store->people().user("pat");
    QVERIFY(pat && *pat);
    (*pat)->pricesWithheld = pricesWithheld;
    (*pat)->invoicesWithheld = invoicesWithheld;
    QVERIFY(gateway.store->people().putUser(**pat));
    const auto token = gateway.signIn("pat").accessToken;
    const std::string begin = gateway.snapshotCursor(token);
    QVERIFY(gateway.openLive(1, token, begin).accepted);

    Keys shown;
    std::string live;
    const auto tell = [&](std::string_view code) {
        addPaper(gateway.erp, code);
        for (const auto &effect : gateway.pumpAll())
            live += effect.text ? *effect.text : std::string();
        const std::string key = "D-" + std::string(code);
        const bool sees = static_cast<int>(audienceOfPaper(code)) <= audience;
        const bool unscoped = role == QLatin1String("visitor") && isOfGoods(code);
        if (sees && !unscoped)
            shown.push_back(key);
        QCOMPARE(live.find('"' + key + '"') != std::string::npos, sees && !unscoped);
        const auto answer = gateway.send("GET", "/v1/documents/" + key, token);
        QCOMPARE(answer.status == 404, !sees || unscoped);
    };
    for (const Paper &paper : papers())
        tell(paper.code);
    tell("aPaperOfTomorrow");
    std::ranges::sort(shown);
    auto listed = gateway.list(token, "document", 3); // by pages
    Keys keys = listed.keys();
    QCOMPARE(listed.page.head.total, static_cast<std::int64_t>(shown.size()));
    while (listed.page.head.more) {
        listed = gateway.list(token, "document", 3, listed.page.head.to);
        std::ranges::copy(listed.keys(), std::back_inserter(keys));
    }
    std::ranges::sort(keys);
    QCOMPARE(keys, shown);
    Keys pulled = gateway.changes(token, begin).keys();
    std::ranges::sort(pulled);
    QCOMPARE(pulled, shown);
    QCOMPARE(gateway.changes(token, begin).page.head.total, static_cast<std::int64_t>(shown.size()));
}

// The ERP has called an invoice a packing slip, and mends that: who may not see it loses it.
void GatewayRightsTest::aPaperThatBecomesAnother()
{
    Gateway gateway;
    fill(gateway);
    addPaper(gateway.erp, Paper::packingSlip, "D-1");
    gateway.pumpAll();
    const auto eve = gateway.token("eve");
    const std::string begin = gateway.snapshotCursor(eve);
    QCOMPARE(gateway.list(eve, "document").keys(), Keys{"D-1"});
    QVERIFY(gateway.openLive(1, eve, begin).accepted);
    addPaper(gateway.erp, Paper::invoice, "D-1");
    const auto effects = gateway.pumpAll();
    QVERIFY(!effects.empty());
    QVERIFY(!tells(effects) && effects[0].text->find("\"invoice\"") == std::string::npos);
    const auto page = gateway.changes(eve, begin);
    QCOMPARE(page.keys(), Keys{"-D-1"}); // removed
    QCOMPARE(gateway.list(eve, "document").page.head.total, 0);
    QCOMPARE(gateway.list(gateway.token("ann"), "document").page.head.total, 1);
    // And back.
    addPaper(gateway.erp, Paper::packingSlip, "D-1");
    gateway.pumpAll();
    QCOMPARE(gateway.list(eve, "document").page.head.total, 1);
    gateway.erp.remove(Document::type, "D-1");
    gateway.pumpAll();
    QCOMPARE(gateway.list(eve, "document").page.head.total, 0);
    QVERIFY(gateway.changes(eve, begin).keys().back() == "-D-1");
}

CORE_TEST(GatewayRightsTest)
#include "tst_gatewayrights.moc"
