#include "dialogue.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

// Signing in and out, disconnecting, and one in the middle of the other.
class TestEngineSignIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void renewsATokenRefusedElsewhere();
    void wrongPasswordChangesNothing();
    void signOutForgets();
    void personDisconnects();
    void disconnectingEndsASignIn();
    void storedSignInGivesWayToATypedOne();
};

void TestEngineSignIn::wrongPasswordChangesNothing()
{
    Dialogue d;
    d.becomeLive();
    d.signIn();
    d.refuse(ProblemKind::SignInFailed);
    QCOMPARE(d.signInFailed->kind, ErrorKind::Unauthorized);
    QVERIFY(d.work<LoadState>()); // the sign-in before goes on
}

void TestEngineSignIn::signOutForgets()
{
    Dialogue d;
    d.becomeLive();
    d.take(d.engine.signOut(d.now));
    QCOMPARE(d.asked(), "DELETE /v1/session");
    QCOMPARE(d.request()->bearer, "access");
    QCOMPARE(d.forgotten, 1);
    QCOMPARE(d.mode(), Mode::SignedOut);
    d.noAnswer(ErrorKind::Offline);
    QCOMPARE(d.mode(), Mode::SignedOut);
}

void TestEngineSignIn::personDisconnects()
{
    Dialogue d;
    d.becomeLive();
    d.take(d.engine.setConnected(d.now, false));
    QCOMPARE(d.mode(), Mode::Offline);
    QVERIFY(d.engine.status().disconnectedByPerson);
    QVERIFY(!d.socket);
    d.pass(3'600'000);
    d.take(d.engine.retryNow(d.now));
    d.take(d.engine.woke(d.now));
    QCOMPARE(d.asked(), "");
    QVERIFY(!d.storing());
    d.take(d.engine.setConnected(d.now, true));
    QVERIFY(d.work<LoadState>());
}

// Nobody waits for an answer that will not come, and the next request is not taken for a part of it.
void TestEngineSignIn::disconnectingEndsASignIn()
{
    Dialogue d;
    d.becomeLive();
    d.signIn();
    d.take(d.engine.setConnected(d.now, false));
    QVERIFY(d.signInFailed);
    QVERIFY(!d.signInFailed->userText.isEmpty());
    QCOMPARE(d.asked(), "");
    d.take(d.engine.setConnected(d.now, true));
    QVERIFY(d.work<LoadState>()); // as who was signed in before
}

// The key store may take so long that the person has begun to sign in, perhaps at another gateway.
void TestEngineSignIn::storedSignInGivesWayToATypedOne()
{
    Dialogue d;
    d.signIn();
    d.resume("refresh");
    QCOMPARE(d.asked(), "POST /v1/session");
    QVERIFY(!d.storing());
    d.answer(200, Dialogue::tokens());
    QCOMPARE(*d.savedToken, "refresh-after-access");
}

void TestEngineSignIn::renewsATokenRefusedElsewhere()
{
    Dialogue d;
    d.becomeLive();
    const std::string bearer = d.engine.bearer();
    d.take(d.engine.bearerRefused(d.now, "an older one"));
    QVERIFY(d.socket);
    d.take(d.engine.bearerRefused(d.now, bearer));
    d.store({"c1", false, {}, {}});
    QCOMPARE(d.asked(), "POST /v1/session/refresh");
    QCOMPARE(d.mode(), Mode::Live); // the last heartbeat still counts
    d.answer(200, Dialogue::tokens("second"));
    QCOMPARE(d.engine.bearer(), "second");
    d.take(d.engine.bearerRefused(d.now, "second")); // a round is under way: it finds out by itself
    QVERIFY(d.asked().starts_with("GET /v1/changes?after=c1&"));
}

CORE_TEST(TestEngineSignIn)
#include "tst_enginesignin.moc"
