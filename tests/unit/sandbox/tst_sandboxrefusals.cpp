#include "sandboxpeople.h"
#include "smallcompany.h"
#include "testentry.h"

#include <QTest>

#include <functional>

using namespace CommandedCompany;

// What the sandbox does not do, and what it says then.

class SandboxRefusalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whatTheCompanyRefuses_data();
    void whatTheCompanyRefuses();
    void rejectedAtOnce_data();
    void rejectedAtOnce();

private:
    std::unique_ptr<SmallCompany> m_company;
};

void SandboxRefusalsTest::init()
{
    m_company = std::make_unique<SmallCompany>();
    QVERIFY(m_company->open());
}

void SandboxRefusalsTest::cleanup()
{
    QCOMPARE(booksThatDoNotAddUp(m_company->path()).join(u'\n'), QString());
}

void SandboxRefusalsTest::whatTheCompanyRefuses_data()
{
    QTest::addColumn<QByteArray>("country");
    QTest::addColumn<QByteArray>("postalCode");
    QTest::addColumn<QByteArray>("street");
    QTest::addColumn<bool>("goods");
    QTest::addColumn<QByteArray>("word"); // of the reason; empty: it is confirmed
    const QByteArray road = "Mill Lane 3";
    QTest::newRow("German code in Britain")
        << QByteArray("GB") << QByteArray("70173") << road << true << QByteArray("70173");
    QTest::newRow("too short") << QByteArray("DE") << QByteArray("7017") << road << true
                               << QByteArray("Germany");
    QTest::newRow("another spelling")
        << QByteArray("GB") << QByteArray("ls14ap") << road << true << QByteArray();
    QTest::newRow("none") << QByteArray("IE") << QByteArray() << road << true << QByteArray();
    QTest::newRow("a country without")
        << QByteArray("AE") << QByteArray("00000") << road << true << QByteArray();
    QTest::newRow("a country not known here")
        << QByteArray("PE") << QByteArray("15001") << road << true << QByteArray();
    QTest::newRow("goods to a box") << QByteArray("GB") << QByteArray("LS1 4AP") << QByteArray("P.O. Box 12")
                                    << true << QByteArray("pallets");
    QTest::newRow("goods to a German box") << QByteArray("DE") << QByteArray("70173")
                                           << QByteArray("Postfach 12") << true << QByteArray("pallets");
    QTest::newRow("bills to a box") << QByteArray("GB") << QByteArray("LS1 4AP") << QByteArray("PO Box 12")
                                    << false << QByteArray();
    QTest::newRow("a street that begins alike")
        << QByteArray("GB") << QByteArray("LS1 4AP") << QByteArray("Po Boxall Road") << true << QByteArray();
}

void SandboxRefusalsTest::whatTheCompanyRefuses()
{
    QFETCH(QByteArray, country);
    QFETCH(QByteArray, postalCode);
    QFETCH(QByteArray, street);
    QFETCH(bool, goods);
    QFETCH(QByteArray, word);
    Address wanted = goodAddress();
    wanted.country = country.toStdString();
    wanted.postalCode = postalCode.toStdString();
    wanted.street = street.toStdString();
    wanted.shipTo = goods;
    wanted.billTo = !goods;
    const CommandEffect effect = m_company->give(newRecord("k1", wanted));
    QVERIFY(effect.verdict == Verdict::Applied);
    QVERIFY(live(*m_company->erp, later(60)) > 0);
    const Address seen = m_company->record<Address>(effect.target);
    QVERIFY(equalEditable(Address::type, &seen, &wanted)); // it keeps its text
    QCOMPARE(seen.status, std::string(word.isEmpty() ? "confirmed" : "refused"));
    QVERIFY2(QByteArray::fromStdString(seen.reason).contains(word), seen.reason.c_str());
    if (word.isEmpty())
        return;
    // Put right, it is looked at again.
    QVERIFY(m_company->give(saved("k2", seen, goodAddress())).verdict == Verdict::Applied);
    QCOMPARE(m_company->record<Address>(effect.target).status, std::string("pending"));
    QCOMPARE(m_company->record<Address>(effect.target).reason, std::string());
    QVERIFY(live(*m_company->erp, later(120)) > 0);
    QCOMPARE(m_company->record<Address>(effect.target).status, std::string("confirmed"));
}

void SandboxRefusalsTest::rejectedAtOnce_data()
{
    using Change = std::function<void(Command &, const SmallCompany &)>;
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<Change>("change");
    const auto address = [](const char *name, const char *code, auto change) {
        QTest::newRow(name) << QByteArray(code) << Change([change](Command &command, const SmallCompany &) {
            change(*command.record.as<Address>());
        });
    };
    address("no name", "name-missing", [](Address &a) { a.name.clear(); });
    address("no street", "street-missing", [](Address &a) { a.street.clear(); });
    address("no city", "city-missing", [](Address &a) { a.city.clear(); });
    address("no country", "country-missing", [](Address &a) { a.country.clear(); });
    address("no such country", "country-unknown", [](Address &a) { a.country = "XQ"; });
    address("a country's name", "country-unknown", [](Address &a) { a.country = "Britain"; });
    address("for nothing", "use-missing", [](Address &a) { a.shipTo = false; });
    address("a long name", "name-too-long", [](Address &a) { a.name.assign(201, 'x'); });
    address("a huge name", "name-too-long", [](Address &a) { a.name.assign(5'000'000, 'x'); });
    address("too many lines", "street-too-long", [](Address &a) { a.street = "1\n2\n3\n4\n5"; });
    address("a control character", "text-unprintable", [](Address &a) {
        a.city = "Le\x07"
                 "eds";
    });
    address("a line break in the name", "text-unprintable", [](Address &a) { a.name = "one\ntwo"; });
    address("a zero byte", "text-unprintable", [](Address &a) { a.city.push_back('\0'); });
    address("broken UTF-8", "text-unprintable", [](Address &a) {
        a.city = "Le\xff"
                 "eds";
    });
    const auto command = [](const char *name, const char *code, const Change &change) {
        QTest::newRow(name) << QByteArray(code) << change;
    };
    command("no key", "malformed", [](Command &c, const SmallCompany &) { c.key.clear(); });
    command("a huge key", "malformed", [](Command &c, const SmallCompany &) { c.key.assign(10'000, 'k'); });
    command("another verb", "malformed", [](Command &c, const SmallCompany &) { c.verb = "burn"; });
    command("no kind", "malformed", [](Command &c, const SmallCompany &) { c.kind = nullptr; });
    command("no record", "malformed", [](Command &c, const SmallCompany &) { c.record = {}; });
    command("another kind's record", "malformed",
            [](Command &c, const SmallCompany &) { c.record = any(goodContact()); });
    command("a change without a base", "malformed",
            [](Command &c, const SmallCompany &company) { c.target = company.anyOf<Address>(harbour).key; });
    command("retire nothing", "malformed", [](Command &c, const SmallCompany &) { c.verb = "retire"; });
    command("no such account", "account-missing",
            [](Command &c, const SmallCompany &) { c.account = "A-1"; });
    command("no account", "account-missing", [](Command &c, const SmallCompany &) { c.account.clear(); });
    command("no such address", "target-missing", [](Command &c, const SmallCompany &) {
        c.target = "AD-999999";
        c.base = c.record;
    });
    command("a reference that nobody resolved", "target-missing", [](Command &c, const SmallCompany &) {
        c.target = resultOf("k0");
        c.base = c.record;
    });
    command("another account's address", "account-mismatch", [](Command &c, const SmallCompany &company) {
        const Address other = company.anyOf<Address>(jonas);
        c.target = other.key;
        c.base = any(other);
    });
    command("retire another account's", "account-mismatch", [](Command &c, const SmallCompany &company) {
        c.verb = "retire";
        c.target = company.anyOf<Address>(jonas).key;
    });
    command("retire a usual address", "address-is-default", [](Command &c, const SmallCompany &company) {
        c.verb = "retire";
        c.target = company.record<Account>(harbour).defaultShipTo;
    });
    command("a new account", "target-missing", [](Command &c, const SmallCompany &) {
        c.kind = &Account::type;
        c.record = any(Account());
    });
    command("an e-mail address that is none", "email-invalid", [](Command &c, const SmallCompany &) {
        Contact contact = goodContact();
        contact.email = "ada at harbour";
        c.kind = &Contact::type;
        c.record = any(contact);
    });
}

void SandboxRefusalsTest::rejectedAtOnce()
{
    using Change = std::function<void(Command &, const SmallCompany &)>;
    QFETCH(QByteArray, code);
    QFETCH(Change, change);
    Command command = newRecord("k1", goodAddress());
    change(command, *m_company);
    CommandEffect effect;
    QVERIFY(m_company->nothingHappens([&] { effect = m_company->give(command); }));
    QVERIFY(effect.verdict == Verdict::Rejected);
    QCOMPARE(QByteArray::fromStdString(effect.reasonCode), code);
    const QByteArray reason = QByteArray::fromStdString(effect.reason);
    QVERIFY2(reason.size() > 10 && reason.endsWith('.') && reason.size() < 400, reason.constData());
}

CORE_TEST(SandboxRefusalsTest)
#include "tst_sandboxrefusals.moc"
