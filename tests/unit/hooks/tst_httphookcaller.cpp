#include "hookserver.h"
#include "hooksignature.h"
#include "httphookcaller.h"
#include "testentry.h"

#include <QElapsedTimer>
#include <QTest>

#include <future>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

constexpr std::int64_t timeoutMs = 400;
constexpr int callPatienceMs = 10'000;

} // namespace

// Real sockets to a hook that does everything wrong that can be done.
class HttpHookCallerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signsWhatItSends();
    void signatureIsStandard();
    void whatCounts_data();
    void whatCounts();
    void hangingIsEnded();
    void drippingIsEnded();
    void nobodyListens();
    void manyAtOnce();
    void stopsWithoutAnAnswer();

private:
    HookQuestion question(const std::string &url) const
    {
        Hook hook;
        hook.name = "check";
        hook.url = url;
        hook.secret = std::string(32, 'k');
        hook.timeoutMs = timeoutMs;
        return {1, std::make_shared<const Hook>(hook), "before-k-1", R"({"id":"before-k-1"})"};
    }
    // Runs this thread's events until it is there, since the hook lives on it.
    HookAnswer ask(HttpHookCaller &caller, const HookQuestion &question)
    {
        auto promise = std::make_shared<std::promise<HookAnswer>>();
        auto future = promise->get_future();
        caller.call(question, [promise](HookAnswer answer) { promise->set_value(std::move(answer)); });
        const bool came = QTest::qWaitFor(
            [&future] { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; },
            callPatienceMs);
        return came ? future.get()
                    : HookAnswer(Error{ErrorKind::Cancelled, {}, QStringLiteral("never answered")});
    }

    SystemClock m_clock;
};

void HttpHookCallerTest::signsWhatItSends()
{
    HookServer server;
    server.answer
        = [](const HookServer::Received &) { return HookServer::Reply{HookServer::http(200, "{\"a\":1}")}; };
    HttpHookCaller caller(m_clock);
    const auto answer = ask(caller, question(server.url("/check")));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    QCOMPARE(*answer, std::string("{\"a\":1}"));
    QCOMPARE(server.received.size(), 1);
    const auto &request = server.received[0];
    QCOMPARE(request.path, QByteArray("/check"));
    QCOMPARE(request.body, QByteArray(R"({"id":"before-k-1"})"));
    QCOMPARE(request.headers["webhook-id"], QByteArray("before-k-1"));
    const auto seconds = request.headers["webhook-timestamp"].toLongLong();
    QVERIFY(std::abs(seconds - m_clock.now().ms / 1000) < 60);
    QCOMPARE(request.headers["webhook-signature"],
             hookSignature(std::string(32, 'k'), "before-k-1", seconds, request.body.toStdString()));
}

// The example that the Standard Webhooks' own libraries are tested with.
void HttpHookCallerTest::signatureIsStandard()
{
    const auto secret = QByteArray::fromBase64("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").toStdString();
    QCOMPARE(hookSignature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"),
             QByteArray("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
}

void HttpHookCallerTest::whatCounts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("counts");
    const auto http = &HookServer::http;
    QTest::newRow("nothing to say") << http(204, {}, {}) << true;
    QTest::newRow("fault") << http(500, "{}", {}) << false;
    QTest::newRow("refused") << http(401, "{}", {}) << false;
    QTest::newRow("elsewhere") << http(302, {}, "Location: http://127.0.0.1:1/\r\n") << false;
    QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << false;
    QTest::newRow("gone") << QByteArray() << false;
    QTest::newRow("cut short") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":")
                               << false;
    QTest::newRow("too much") << http(200, QByteArray(2 * 1024 * 1024, 'x'), {}) << false;
    QTest::newRow("as much as is taken") << http(200, QByteArray(1024 * 1024, 'x'), {}) << true;
}

void HttpHookCallerTest::whatCounts()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, counts);
    HookServer server;
    server.answer = [bytes](const HookServer::Received &) { return HookServer::Reply{bytes}; };
    HttpHookCaller caller(m_clock);
    HookQuestion patient = question(server.url());
    auto hook = std::make_shared<Hook>(*patient.hook);
    hook->timeoutMs = callPatienceMs;
    patient.hook = hook;
    const auto answer = ask(caller, patient);
    QCOMPARE(answer.ok(), counts);
    if (!answer)
        QVERIFY2(answer.error().kind == ErrorKind::BadReply || answer.error().kind == ErrorKind::Offline,
                 qPrintable(answer.error().detail));
}

void HttpHookCallerTest::hangingIsEnded()
{
    HookServer server;
    server.answer = [](const HookServer::Received &) { return HookServer::Reply{{}, false}; };
    HttpHookCaller caller(m_clock);
    const auto answer = ask(caller, question(server.url()));
    QVERIFY(!answer);
    QVERIFY(answer.error().kind == ErrorKind::Timeout);
}

// A byte now and then keeps a connection busy, but not the gateway.
void HttpHookCallerTest::drippingIsEnded()
{
    HookServer server;
    server.answer = [](const HookServer::Received &) {
        return HookServer::Reply{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", false,
                                 "1\r\n \r\n"};
    };
    HttpHookCaller caller(m_clock);
    const auto answer = ask(caller, question(server.url()));
    QVERIFY(!answer);
    QVERIFY(answer.error().kind == ErrorKind::Timeout || answer.error().kind == ErrorKind::BadReply);
}

void HttpHookCallerTest::nobodyListens()
{
    std::string url;
    {
        HookServer server;
        url = server.url();
    }
    HttpHookCaller caller(m_clock);
    const auto answer = ask(caller, question(url));
    QVERIFY(!answer);
    QVERIFY(answer.error().kind == ErrorKind::Offline);
}

void HttpHookCallerTest::manyAtOnce()
{
    constexpr int calls = 50;
    HookServer server;
    HttpHookCaller caller(m_clock);
    std::atomic<int> answered = 0;
    auto one = question(server.url());
    auto hook = std::make_shared<Hook>(*one.hook);
    hook->timeoutMs = callPatienceMs;
    one.hook = hook;
    for (int i = 0; i < calls; ++i)
        caller.call(one, [&answered](const HookAnswer &answer) { answered += answer.ok() ? 1 : 0; });
    QTRY_COMPARE_WITH_TIMEOUT(answered.load(), calls, callPatienceMs);
}

void HttpHookCallerTest::stopsWithoutAnAnswer()
{
    HookServer server;
    server.answer = [](const HookServer::Received &) { return HookServer::Reply{{}, false}; };
    std::atomic<bool> answered = false;
    {
        HttpHookCaller caller(m_clock);
        caller.call(question(server.url()), [&answered](const HookAnswer &) { answered = true; });
        QTRY_COMPARE_WITH_TIMEOUT(server.received.size(), 1, callPatienceMs);
    }
    QVERIFY(!answered);
}

CORE_TEST(HttpHookCallerTest)
#include "tst_httphookcaller.moc"
