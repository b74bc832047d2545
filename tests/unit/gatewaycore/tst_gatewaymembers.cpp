#include "gatewayfixture.h"
#include "testentry.h"

#include <algorithm>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

// Two administrators of company A, one of B, one of the supplier's.
struct Members : Gateway
{
    Members()
    {
        fill(*this);
        user("root", "admin");
        user("anna", "admin", {"A"});
        user("bill", "admin", {"B"});
        root = token("root");
        anna = token("anna");
    }

    HttpResponse invite(const std::string &token, const MemberEntry &entry)
    {
        return send("POST", "/v1/users", token, encode(entry));
    }
    HttpResponse change(const std::string &token, const std::string &user, const MemberEntry &entry)
    {
        return send("PUT", "/v1/users/" + user, token, encode(entry));
    }
    Keys names(const std::string &token)
    {
        const auto list = decode<MemberList>(send("GET", "/v1/users", token).body);
        Keys names;
        for (const MemberEntry &member : list->members)
            names.push_back(member.user);
        return names;
    }
    static std::string problemOf(const HttpResponse &response)
    {
        const auto problem = decode<Problem>(response.body);
        return problem ? problem->typeUri.substr(problem->typeUri.rfind(':') + 1) : response.body;
    }
    HttpResponse changePassword(const std::string &token, const std::string &now, const std::string &next)
    {
        return send("POST", "/v1/session/password", token, encode(PasswordChange{now, next}));
    }

    std::string root;
    std::string anna;
};

const std::string longPassword = "a password of one's own";

} // namespace

// People, as administrators look after them.
class GatewayMembersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void forAdministratorsAlone();
    void seesOwnPeopleAlone();
    void listsInPages();
    void invitation();
    void invitationExpires();
    void grantsNoMoreThanItHas_data();
    void grantsNoMoreThanItHas();
    void malformed();
    void changeAppliesAtOnce();
    void outsidersDoNotExist();
    void lastAdministratorStays();
    void supplierMayChangeAnyAccount();
    void passwordEndsOtherSessions();
    void wrongPasswordsAreLimited();
    void withheldFromOnePerson();
    void namedAccountsLimitEveryRole();
    void whoHasALimitInvitesWithinIt();
    void limitsAreSet();
    void metricsAreTheSuppliers();
};

void GatewayMembersTest::forAdministratorsAlone()
{
    Members gateway;
    for (const char *user : {"ann", "eve", "sam"}) {
        const auto token = gateway.token(user);
        QCOMPARE(gateway.send("GET", "/v1/users", token).status, 403);
        QCOMPARE(gateway.invite(token, {"kim", "Kim", "buyer", {{"A"}}}).status, 403);
        QCOMPARE(gateway.change(token, "eve", {"eve", "Eve", "buyer", {{"A"}}}).status, 403);
        QVERIFY(!gateway.signIn(user).invitesPeople);
    }
    QVERIFY(gateway.signIn("anna").invitesPeople);
    QVERIFY(!gateway.signIn("anna").speaksForSupplier);
    QVERIFY(gateway.signIn("root").speaksForSupplier);
}

void GatewayMembersTest::seesOwnPeopleAlone()
{
    Members gateway;
    gateway.user("both", "buyer", {"A", "B"});
    gateway.user("branch", "buyer", {"A1"});
    gateway.user("nobody", "buyer", {});
    QCOMPARE(gateway.names(gateway.anna), (Keys{"ann", "anna", "branch", "eve"}));
    QCOMPARE(gateway.names(gateway.root).size(), 10U);
}

void GatewayMembersTest::listsInPages()
{
    Members gateway;
    for (std::size_t i = 0; i < Limits::members; ++i)
        QVERIFY(gateway.store->people().putUser({"u" + std::to_string(1'000 + i), "U", "buyer", {"A"}, "-"}));
    const auto first = decode<MemberList>(gateway.send("GET", "/v1/users", gateway.anna).body);
    QCOMPARE(first->members.size(), Limits::members);
    QVERIFY(first->more);
    const auto rest = decode<MemberList>(
        gateway.send("GET", "/v1/users", gateway.anna, {}, {{"after", first->members.back().user}}).body);
    QCOMPARE(rest->members.size(), 3U);
    QVERIFY(!rest->more);
}

void GatewayMembersTest::invitation()
{
    Members gateway;
    const auto answer = gateway.invite(gateway.anna, {"kim", "Kim Ho", "buyer", {{"A1"}}, true, false});
    QCOMPARE(answer.status, 200);
    const auto said = decode<InvitationAnswer>(answer.body);
    QVERIFY(said->firstPassword.size() >= 12);
    QCOMPARE(gateway.problemOf(gateway.invite(gateway.anna, {"kim", "Kim", "buyer", {{"A"}}})),
             "member-exists");
    // A first password is for choosing another one, and for nothing else.
    const auto signedIn = decode<SessionAnswer>(gateway.trySignIn("kim", said->firstPassword).body);
    QVERIFY(signedIn->mustChangePassword);
    QVERIFY(!signedIn->seesPrices);
    const std::string &token = signedIn->accessToken;
    for (const auto &[method, path] : {std::pair("POST", "/v1/snapshot"), std::pair("GET", "/v1/changes"),
                                       std::pair("POST", "/v1/commands"), std::pair("GET", "/v1/users")})
        QCOMPARE(gateway.problemOf(gateway.send(method, path, token)), "password-change-needed");
    QVERIFY(!gateway.openLive(1, token, "x").accepted);
    QCOMPARE(gateway.problemOf(gateway.changePassword(token, said->firstPassword, said->firstPassword)),
             "password-refused");
    QCOMPARE(gateway.changePassword(token, said->firstPassword, longPassword).status, 204);
    QCOMPARE(gateway.send("POST", "/v1/snapshot", token).status, 200);
    QCOMPARE(gateway.trySignIn("kim", said->firstPassword).status, 401);
    QVERIFY(!decode<SessionAnswer>(gateway.trySignIn("kim", longPassword).body)->mustChangePassword);
    QCOMPARE(gateway.list(token, "order").keys(), Keys{"a1-1"});
}

void GatewayMembersTest::invitationExpires()
{
    Members gateway;
    const auto said
        = decode<InvitationAnswer>(gateway.invite(gateway.anna, {"kim", "Kim", "buyer", {{"A"}}}).body);
    gateway.clock.advance(said->expiresInMs - 1'000);
    QCOMPARE(gateway.trySignIn("kim", said->firstPassword).status, 200);
    gateway.clock.advance(1'000);
    QCOMPARE(gateway.problemOf(gateway.trySignIn("kim", said->firstPassword)), "sign-in-failed");
}

void GatewayMembersTest::grantsNoMoreThanItHas_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QStringList>("accounts");
    QTest::addColumn<bool>("prices");
    QTest::addColumn<bool>("invoices");
    QTest::addColumn<bool>("granted");
    const auto row = [](const char *name, const char *role, const QStringList &accounts, bool prices,
                        bool invoices, bool granted) {
        QTest::newRow(name) << QString::fromLatin1(role) << accounts << prices << invoices << granted;
    };
    const QStringList own{QStringLiteral("A"), QStringLiteral("A1")};
    row("less", "buyer", own, false, false, true);
    row("the same", "admin", own, false, true, true);
    row("a role that sees neither", "viewer", own, true, true, true);
    row("prices", "buyer", own, true, false, false);
    row("prices by role", "csr", own, true, true, false);
    row("another account", "buyer", {QStringLiteral("B")}, false, false, false);
    row("one of two", "buyer", {QStringLiteral("A"), QStringLiteral("B")}, false, false, false);
    row("all accounts", "csr", {}, false, false, false);
    row("no account", "buyer", {}, false, false, false);
    row("no such account", "buyer", {QStringLiteral("Z")}, false, false, false);
    row("everybody's", "buyer", {QString()}, false, false, false);
}

// By an administrator of A who sees invoices, and no prices.
void GatewayMembersTest::grantsNoMoreThanItHas()
{
    QFETCH(QString, role);
    QFETCH(QStringList, accounts);
    QFETCH(bool, prices);
    QFETCH(bool, invoices);
    QFETCH(bool, granted);
    Members gateway;
    User anna = **gateway.store->people().user("anna");
    anna.pricesWithheld = true;
    QVERIFY(gateway.store->people().putUser(anna));
    MemberEntry entry{"kim", "Kim", role.toStdString(), {}, !prices, !invoices};
    for (const QString &account : accounts)
        entry.accounts.push_back({account.toStdString()});
    const auto invited = gateway.invite(gateway.anna, entry);
    QCOMPARE(invited.status, granted ? 200 : 403);
    QVERIFY(granted || gateway.problemOf(invited) == "beyond-own-rights");
    entry.user = "eve";
    QCOMPARE(gateway.change(gateway.anna, "eve", entry).status, granted ? 200 : 403);
    const auto eve = gateway.store->people().user("eve");
    QCOMPARE((*eve)->role, granted ? entry.role : "viewer");
}

void GatewayMembersTest::malformed()
{
    Members gateway;
    for (const std::string &name : {std::string(), std::string(" kim"), std::string("kim "),
                                    std::string("k\nm"), std::string(129, 'k')})
        QCOMPARE(gateway.invite(gateway.anna, {name, "Kim", "buyer", {{"A"}}}).status, 400);
    QCOMPARE(gateway.invite(gateway.anna, {"kim", "Kim", "king", {{"A"}}}).status, 400);
    QCOMPARE(gateway.invite(gateway.anna, {"kim", "K\x1bim", "buyer", {{"A"}}}).status, 400);
    QCOMPARE(
        gateway.invite(gateway.anna, {"kim", "Kim", "buyer", std::vector<AccountRef>(501, {"A"})}).status,
        400);
    QCOMPARE(gateway.send("POST", "/v1/users", gateway.anna, "[]").status, 400);
    QCOMPARE(gateway.change(gateway.anna, "eve", {"ann", "Eve", "viewer", {{"A"}}}).status, 400);
    QCOMPARE(gateway.send("POST", "/v1/session/password", gateway.anna, "{").status, 400);
    for (int i = 0; i < 20; ++i)
        gateway.invite(gateway.anna, {"eve", "Eve", "buyer", {{"A"}}});
    QCOMPARE(gateway.invite(gateway.anna, {"eve", "Eve", "buyer", {{"A"}}}).status, 429);
}

void GatewayMembersTest::changeAppliesAtOnce()
{
    Members gateway;
    const auto eve = gateway.token("eve");
    QVERIFY(gateway.openLive(1, eve, gateway.snapshotCursor(eve)).accepted);
    QCOMPARE(gateway.change(gateway.anna, "eve", {{}, "Eve", "buyer", {{"A1"}}}).status, 200);
    auto effects = gateway.core->tick();
    QVERIFY(effects[0].text->find("\"frame\":\"scope\"") != std::string::npos);
    QVERIFY(gateway.openLive(2, eve, gateway.snapshotCursor(eve)).accepted);
    QCOMPARE(gateway.change(gateway.anna, "eve", {{}, "Eve", "buyer", {{"A1"}}, false, false, true}).status,
             200);
    effects = gateway.core->tick();
    QVERIFY(effects[0].text->find("\"frame\":\"bye\"") != std::string::npos);
    QCOMPARE(gateway.problemOf(gateway.send("POST", "/v1/snapshot", eve)), "access-ended");
}

void GatewayMembersTest::outsidersDoNotExist()
{
    Members gateway;
    gateway.user("both", "buyer", {"A", "B"});
    for (const char *name : {"bob", "bill", "root", "sam", "both", "nobody", "", "../eve"})
        QCOMPARE(gateway.problemOf(gateway.change(gateway.anna, name, {{}, "x", "viewer", {{"A"}}})),
                 "member-not-found");
    QCOMPARE((*gateway.store->people().user("both"))->role, std::string("buyer"));
}

void GatewayMembersTest::lastAdministratorStays()
{
    Members gateway;
    const MemberEntry asBuyer{{}, "x", "buyer", {{"A"}}};
    const MemberEntry disabled{{}, "x", "admin", {{"A"}}, false, false, true};
    const MemberEntry ofBranch{{}, "x", "admin", {{"A1"}}};
    for (const MemberEntry &entry : {asBuyer, disabled, ofBranch})
        QCOMPARE(gateway.problemOf(gateway.change(gateway.anna, "anna", entry)), "last-administrator");
    // Neither an invited one, nor a disabled one, nor one of a branch takes the place.
    QCOMPARE(gateway.invite(gateway.anna, {"adam", "Adam", "admin", {{"A"}}}).status, 200);
    gateway.user("abel", "admin", {"A"}, true);
    gateway.user("ava", "admin", {"A1"});
    QCOMPARE(gateway.problemOf(gateway.change(gateway.anna, "anna", disabled)), "last-administrator");
    gateway.user("amy", "admin", {"A"});
    QCOMPARE(gateway.change(gateway.anna, "anna", asBuyer).status, 200);
    QCOMPARE(gateway.send("GET", "/v1/users", gateway.anna).status, 403);
    // The supplier's last one, by themselves.
    const MemberEntry gone{{}, "x", "admin", {}, false, false, true};
    QCOMPARE(gateway.problemOf(gateway.change(gateway.root, "root", gone)), "last-administrator");
    gateway.user("ruth", "admin");
    QCOMPARE(gateway.change(gateway.root, "root", gone).status, 200);
}

void GatewayMembersTest::supplierMayChangeAnyAccount()
{
    Members gateway;
    QCOMPARE(gateway.change(gateway.root, "anna", {{}, "x", "buyer", {{"B"}}}).status, 200);
    QCOMPARE(gateway.invite(gateway.root, {"cleo", "Cleo", "csr", {}}).status, 200);
}

void GatewayMembersTest::passwordEndsOtherSessions()
{
    Members gateway;
    const auto here = gateway.signIn("ann");
    const auto there = gateway.signIn("ann");
    QVERIFY(gateway.openLive(1, there.accessToken, gateway.snapshotCursor(there.accessToken)).accepted);
    QCOMPARE(gateway.changePassword(here.accessToken, "ann-secret", longPassword).status, 204);
    QCOMPARE(gateway.send("POST", "/v1/snapshot", here.accessToken).status, 200);
    QCOMPARE(gateway.send("POST", "/v1/snapshot", there.accessToken).status, 401);
    QCOMPARE(
        gateway.send("POST", "/v1/session/refresh", {}, encode(RefreshRequest{there.refreshToken})).status,
        401);
    QCOMPARE(
        gateway.send("POST", "/v1/session/refresh", {}, encode(RefreshRequest{here.refreshToken})).status,
        200);
    QVERIFY(gateway.core->tick()[0].text->find("\"frame\":\"bye\"") != std::string::npos);
    QCOMPARE(gateway.trySignIn("ann", "ann-secret").status, 401);
    QCOMPARE(gateway.trySignIn("ann", longPassword).status, 200);
}

void GatewayMembersTest::wrongPasswordsAreLimited()
{
    Members gateway;
    const auto ann = gateway.token("ann");
    QCOMPARE(gateway.problemOf(gateway.changePassword(ann, "ann-secret", "short")), "password-refused");
    QCOMPARE(gateway.problemOf(gateway.changePassword(ann, "ann-secret", "äöüäöüäöüäö")), "password-refused");
    QCOMPARE(gateway.changePassword(ann, "ann-secret", std::string(1025, 'x')).status, 400);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(gateway.problemOf(gateway.changePassword(ann, "guess", longPassword)), "wrong-password");
    const auto limited = gateway.changePassword(ann, "ann-secret", longPassword);
    QCOMPARE(limited.status, 429);
    QVERIFY(limited.retryAfterMs > 0);
    gateway.clock.advance(limited.retryAfterMs);
    QCOMPARE(gateway.changePassword(ann, "ann-secret", longPassword).status, 204);
}

void GatewayMembersTest::withheldFromOnePerson()
{
    Members gateway;
    gateway.erp.paper("a-doc", "A", "paper");
    gateway.pumpAll();
    const auto before = gateway.signIn("ann");
    QVERIFY(before.seesPrices && before.seesInvoices);
    const auto cursor = gateway.snapshotCursor(before.accessToken);
    QCOMPARE(gateway.change(gateway.anna, "ann", {{}, "Ann", "buyer", {{"A"}}, true, false}).status, 200);
    QVERIFY(!gateway.signIn("ann").seesPrices);
    auto page = gateway.changes(before.accessToken, cursor);
    QCOMPARE(problemName(page), "scope-changed");
    QVERIFY(page.problem.redactionsChanged);
    page = gateway.list(before.accessToken, "order");
    QCOMPARE(page.page.changes[0].record.as<Order>()->total.minor, 0);
    QCOMPARE(gateway.list(before.accessToken, "document").page.changes.size(), 0U); // it shows prices
    QCOMPARE(gateway.send("GET", "/v1/documents/a-doc", before.accessToken).status, 404);
    QCOMPARE(gateway.change(gateway.anna, "ann", {{}, "Ann", "buyer", {{"A"}}, false, true}).status, 200);
    QVERIFY(!gateway.signIn("ann").seesInvoices);
    QVERIFY(gateway.list(before.accessToken, "order").page.changes[0].record.as<Order>()->total.minor > 0);
    QCOMPARE(gateway.list(before.accessToken, "document").page.changes.size(), 0U);
}

void GatewayMembersTest::namedAccountsLimitEveryRole()
{
    Members gateway;
    for (const char *role : {"csr", "admin"}) {
        gateway.user("cleo", role, {"B"});
        QCOMPARE(gateway.list(gateway.token("cleo"), "order").keys(), Keys{"b-1"});
        gateway.user("cleo", role);
        QCOMPARE(gateway.list(gateway.token("cleo"), "order").page.changes.size(), 3U);
    }
}

// ROL-06
// Or they would order through somebody whom they invite.
void GatewayMembersTest::whoHasALimitInvitesWithinIt()
{
    Members gateway;
    User anna = **gateway.store->people().user("anna");
    anna.limits = {{{}, Decimal::fromInteger(500)}};
    QVERIFY(gateway.store->people().putUser(anna));
    QCOMPARE(gateway.invite(gateway.anna, {"kim", "Kim Ho", "buyer", {{"A"}}}).status, 200);
    QVERIFY((**gateway.store->people().user("kim")).limits == anna.limits);
    MemberEntry lee{"lee", "Lee", "admin", {{"A"}}};
    lee.limits = {{{}, Decimal::fromInteger(9'000)}};
    lee.setsLimits = true;
    QCOMPARE(gateway.problemOf(gateway.invite(gateway.anna, lee)), "beyond-own-rights");
}

void GatewayMembersTest::limitsAreSet()
{
    Members gateway;
    const auto limitsOf = [&](const char *user) { return (*gateway.store->people().user(user))->limits; };
    MemberEntry eve{"eve", "Eve", "buyer", {{"A"}}};
    eve.limits = {{{}, Decimal::fromInteger(500)}, {"A1", Decimal::fromInteger(1'500)}};
    eve.setsLimits = true;
    QCOMPARE(gateway.change(gateway.anna, "eve", eve).status, 200);
    const std::vector<OrderLimit> set = limitsOf("eve");
    QVERIFY(
        (set
         == std::vector<OrderLimit>{{{}, Decimal::fromInteger(500)}, {"A1", Decimal::fromInteger(1'500)}}));
    const auto list = decode<MemberList>(gateway.send("GET", "/v1/users", gateway.anna).body);
    const auto told = std::ranges::find(list->members, "eve", &MemberEntry::user);
    QCOMPARE(told->limits.size(), 2U);
    QCOMPARE(told->limits[1].account, "A1");
    // A program that knows of no limits leaves them.
    QCOMPARE(gateway.change(gateway.anna, "eve", {"eve", "Eve Ho", "buyer", {{"A"}}}).status, 200);
    QVERIFY(limitsOf("eve") == set);

    MemberEntry bad = eve;
    bad.limits[1].account.clear();
    QCOMPARE(gateway.change(gateway.anna, "eve", bad).status, 400); // two for the same
    bad = eve;
    bad.limits[0].amount = Decimal::fromInteger(-1);
    QCOMPARE(gateway.change(gateway.anna, "eve", bad).status, 400);
    bad = eve;
    bad.limits[1].account = "B";
    QCOMPARE(gateway.problemOf(gateway.change(gateway.anna, "eve", bad)), "beyond-own-rights");
    // Who has a limit lifts nobody's.
    User anna = **gateway.store->people().user("anna");
    anna.limits = {{{}, Decimal::fromInteger(100)}};
    QVERIFY(gateway.store->people().putUser(anna));
    bad = eve;
    bad.limits.clear();
    QCOMPARE(gateway.problemOf(gateway.change(gateway.anna, "eve", bad)), "beyond-own-rights");
    QCOMPARE(gateway.change(gateway.anna, "eve", eve).status, 200);
    QVERIFY(limitsOf("eve") == set);
    bad.user = "kim";
    bad.limits = {{{}, Decimal::fromInteger(9'000)}};
    QCOMPARE(gateway.problemOf(gateway.invite(gateway.anna, bad)), "beyond-own-rights");
}

void GatewayMembersTest::metricsAreTheSuppliers()
{
    Members gateway;
    QCOMPARE(gateway.send("GET", "/metrics", gateway.anna).status, 403);
    QCOMPARE(gateway.send("GET", "/metrics", gateway.root).status, 200);
}

CORE_TEST(GatewayMembersTest)
#include "tst_gatewaymembers.moc"
