#include "gatewayfixture.h"
#include "testentry.h"

#include "attemptlimit.h"

using namespace Counterfoil;
using namespace Counterfoil::Testing;

// Sign-in, tokens, and what takes them away.
class GatewaySessionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signInAnswersWhoItIs();
    void signInTellsWhatTheErpCannotDo();
    void wrongPasswordAndUnknownUserAlike();
    void accessTokenExpires();
    void lostAnswerSignsNobodyOut();
    void reuseOfOldRefreshTokenEndsTheSession();
    void sessionEndsUnusedInTheEnd();
    void signOutEndsTheTokens();
    void disabledUserIsOutAtOnce();
    void attemptsAreLimited();
    void limitTableIsBounded();
    void sessionsOfOneUserAreBounded();
    void noSecretInTheStore();

private:
    static HttpResponse refresh(Gateway &gateway, const std::string &token)
    {
        return gateway.send("POST", "/v1/session/refresh", {}, encode(RefreshRequest{token}));
    }
    static std::string nameOf(const HttpResponse &response) { return problemName(Gateway::pageOf(response)); }
};

void GatewaySessionsTest::signInAnswersWhoItIs()
{
    Gateway gateway;
    fill(gateway);
    const auto answer = gateway.signIn("ann");
    QCOMPARE(answer.user, "ann");
    QCOMPARE(answer.role, "buyer");
    QVERIFY(answer.seesPrices);
    QCOMPARE(answer.supplier, "Meridian");
    QCOMPARE(answer.accessExpiresInMs, 15 * 60 * 1000);
    QVERIFY(answer.accessToken.size() >= 43);
    QVERIFY(gateway.signIn("ann").accessToken != answer.accessToken);
}

void GatewaySessionsTest::signInTellsWhatTheErpCannotDo()
{
    GatewaySettings settings = quickSettings();
    settings.notOffered = {{"save", "message", {}, "Nobody reads these."}};
    Gateway gateway(settings);
    fill(gateway);
    QCOMPARE(gateway.signIn("ann").notOffered, settings.notOffered);
}

void GatewaySessionsTest::wrongPasswordAndUnknownUserAlike()
{
    Gateway gateway;
    fill(gateway);
    const auto wrong = gateway.trySignIn("ann", "wrong");
    const auto unknown = gateway.trySignIn("nobody", "wrong");
    QCOMPARE(wrong.status, 401);
    QCOMPARE(nameOf(wrong), "sign-in-failed");
    QCOMPARE(nameOf(unknown), "sign-in-failed");
    QCOMPARE(nameOf(gateway.trySignIn("ann", "")), "sign-in-failed");
}

void GatewaySessionsTest::accessTokenExpires()
{
    Gateway gateway;
    fill(gateway);
    const auto session = gateway.signIn("ann");
    gateway.clock.advance(15 * 60 * 1000 - 1);
    QCOMPARE(gateway.list(session.accessToken, "order").status, 200);
    gateway.clock.advance(1);
    QCOMPARE(problemName(gateway.list(session.accessToken, "order")), "token-refused");
    const auto renewed = *decode<SessionAnswer>(refresh(gateway, session.refreshToken).body);
    QCOMPARE(gateway.list(renewed.accessToken, "order").status, 200);
    QCOMPARE(renewed.user, "ann");
}

void GatewaySessionsTest::lostAnswerSignsNobodyOut()
{
    Gateway gateway;
    fill(gateway);
    const auto first = gateway.signIn("ann").refreshToken;
    const auto lost = *decode<SessionAnswer>(refresh(gateway, first).body);
    const auto second = *decode<SessionAnswer>(refresh(gateway, first).body);
    gateway.restart();
    // Either successor is good, whichever answer arrived in the end.
    const auto third = refresh(gateway, lost.refreshToken);
    QCOMPARE(third.status, 200);
    QCOMPARE(gateway.list(second.accessToken, "order").status, 200);
}

void GatewaySessionsTest::reuseOfOldRefreshTokenEndsTheSession()
{
    Gateway gateway;
    fill(gateway);
    const auto first = gateway.signIn("ann").refreshToken;
    const auto other = gateway.signIn("ann");
    const auto second = *decode<SessionAnswer>(refresh(gateway, first).body);
    const auto third = *decode<SessionAnswer>(refresh(gateway, second.refreshToken).body);
    QCOMPARE(nameOf(refresh(gateway, first)), "token-refused"); // superseded twice over
    QCOMPARE(nameOf(refresh(gateway, third.refreshToken)), "token-refused");
    QCOMPARE(problemName(gateway.list(third.accessToken, "order")), "token-refused");
    QCOMPARE(gateway.list(other.accessToken, "order").status, 200); // another device is another session
}

void GatewaySessionsTest::sessionEndsUnusedInTheEnd()
{
    Gateway gateway;
    fill(gateway);
    const auto session = gateway.signIn("ann");
    gateway.clock.advance(30LL * 24 * 3600 * 1000);
    QCOMPARE(nameOf(refresh(gateway, session.refreshToken)), "token-refused");
    (void)gateway.core->tick();
    const auto id = session.refreshToken.substr(0, session.refreshToken.find('.'));
    QVERIFY(!gateway.store->people().session(id)->has_value());
}

void GatewaySessionsTest::signOutEndsTheTokens()
{
    Gateway gateway;
    fill(gateway);
    const auto session = gateway.signIn("ann");
    QCOMPARE(gateway.send("DELETE", "/v1/session", session.accessToken).status, 204);
    QCOMPARE(problemName(gateway.list(session.accessToken, "order")), "token-refused");
    QCOMPARE(nameOf(refresh(gateway, session.refreshToken)), "token-refused");
    QCOMPARE(gateway.send("DELETE", "/v1/session", session.accessToken).status, 401);
}

void GatewaySessionsTest::disabledUserIsOutAtOnce()
{
    Gateway gateway;
    fill(gateway);
    const auto session = gateway.signIn("ann");
    gateway.user("ann", "buyer", {"A"}, true);
    auto page = gateway.list(session.accessToken, "order");
    QCOMPARE(page.status, 403);
    QCOMPARE(problemName(page), "access-ended");
    QCOMPARE(nameOf(refresh(gateway, session.refreshToken)), "access-ended");
    QCOMPARE(nameOf(gateway.trySignIn("ann", "ann-secret")), "access-ended");
    QCOMPARE(nameOf(gateway.trySignIn("ann", "wrong")), "sign-in-failed");
    gateway.user("ann", "buyer", {"A"});
    QCOMPARE(gateway.list(session.accessToken, "order").status, 200);
}

void GatewaySessionsTest::attemptsAreLimited()
{
    Gateway gateway;
    fill(gateway);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(gateway.trySignIn("ann", "wrong").status, 401);
    const auto limited = gateway.trySignIn("ann", "ann-secret");
    QCOMPARE(limited.status, 429);
    QCOMPARE(limited.retryAfterMs, 30'000);
    QCOMPARE(Gateway::pageOf(limited).problem.retryAfterMs, 30'000);
    QCOMPARE(gateway.trySignIn("bob", "bob-secret").status, 200);
    // From another place she still gets in.
    const std::string body = encode(SessionRequest{"ann", "ann-secret", "test"});
    QCOMPARE(gateway.core->handle({"POST", "/v1/session", {}, {}, body, "198.51.100.7"}).status, 200);
    gateway.clock.advance(30'000);
    QCOMPARE(gateway.trySignIn("ann", "ann-secret").status, 200);
    // From one address, with a new name each time.
    int refused = 0;
    for (int i = 0; i < 60; ++i)
        refused += gateway.trySignIn("guess" + std::to_string(i), "x").status == 429;
    QVERIFY2(refused >= 30 && refused < 60, qPrintable(QString::number(refused)));
}

void GatewaySessionsTest::limitTableIsBounded()
{
    AttemptLimit limit({5, 30'000});
    for (int i = 0; i < 5; ++i)
        limit.failed("victim", {0});
    for (std::size_t i = 0; i < 3 * AttemptLimit::maxNames; ++i)
        limit.failed("flood" + std::to_string(i), {0});
    QVERIFY(limit.size() <= AttemptLimit::maxNames);
    QVERIFY(limit.waitMs("victim", {0}) > 0); // a flood of names washes out nobody who failed often
}

void GatewaySessionsTest::sessionsOfOneUserAreBounded()
{
    Gateway gateway;
    fill(gateway);
    const auto first = gateway.signIn("ann");
    for (int i = 0; i < 40; ++i) {
        gateway.clock.advance(10);
        (void)gateway.signIn("ann");
    }
    QCOMPARE(gateway.list(first.accessToken, "order").status, 401);
    const auto last = gateway.signIn("ann");
    for (int i = 0; i < 40; ++i) {
        gateway.clock.advance(10);
        QCOMPARE(refresh(gateway, last.refreshToken).status, 200);
    }
    QCOMPARE(gateway.list(last.accessToken, "order").status, 401);
}

void GatewaySessionsTest::noSecretInTheStore()
{
    Gateway gateway;
    fill(gateway);
    const auto session = gateway.signIn("ann");
    gateway.core.reset();
    gateway.store.reset();
    QByteArray bytes;
    const auto files = QDir(gateway.folder.path()).entryList(QDir::Files);
    for (const QString &name : files) {
        QFile file(gateway.folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        bytes += file.readAll();
    }
    QVERIFY(bytes.contains("$argon2id$"));
    QVERIFY(!bytes.contains("ann-secret"));
    QVERIFY(!bytes.contains(session.accessToken.c_str()));
    QVERIFY(!bytes.contains(session.refreshToken.c_str()));
}

CORE_TEST(GatewaySessionsTest)
#include "tst_gatewaysessions.moc"
