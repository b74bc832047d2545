#include "commandcodec.h"
#include "hookserver.h"
#include "httphookcaller.h"
#include "serverfixture.h"
#include "testentry.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

constexpr std::int64_t hookTimeoutMs = 300;

HookServer::Reply say(const HookServer::Received &asked, const char *rest)
{
    const QString id = QJsonDocument::fromJson(asked.body).object()[QStringLiteral("id")].toString();
    return {HookServer::http(200, "{\"id\":\"" + id.toUtf8() + "\"," + rest + "}")};
}

} // namespace

// The whole way over real sockets: a client's command, the gateway, somebody's hook, the ERP, and the hook
// that is told of it.
class HookedServerTest : public ServerFixture
{
    Q_OBJECT
private Q_SLOTS:
    void asksAndTells();
    void refusalReachesThePerson();
    void hangingHookHoldsUpNobodyElse();
    void wakesUpAgain();

private:
    void startHooked()
    {
        m_hooks.received.clear();
        m_caller = std::make_unique<HttpHookCaller>(m_clock);
        m_server = std::make_unique<GatewayServer>(*m_core, *m_connector, m_caller.get());
        m_erp->happen([](ScriptedErp &erp) { erp.account("A"); });
        const auto started = m_server->start({});
        QVERIFY(started);
        m_url = *started;
        (void)cursor(token("ann")); // the ERP is read to its end: what is told from here on is news
    }
    Hook hook(Hook::When when, const RecordType &kind)
    {
        Hook one;
        one.name = when == Hook::When::Before ? "check" : "told";
        one.when = when;
        one.kinds = {&kind};
        one.url = m_hooks.url(when == Hook::When::Before ? "/before" : "/after");
        one.secret = std::string(32, 'k');
        one.timeoutMs = hookTimeoutMs;
        return one;
    }
    void give(const std::string &person, const std::string &key, const std::string &city)
    {
        Command command;
        command.key = key;
        command.verb = "save";
        command.kind = &Address::type;
        command.account = "A";
        command.record = AnyRecord(Address::type);
        command.record.as<Address>()->name = "Dock";
        command.record.as<Address>()->city = city;
        const auto answer = fetch("POST", QStringLiteral("/v1/commands"), person,
                                  QByteArray::fromStdString(encodeCommand(command)));
        QVERIFY2(answer.status == 200, answer.body.constData());
    }
    CommandOutcome outcome(const std::string &person, const std::string &key)
    {
        OutcomesRequest request;
        request.commands.push_back({key});
        const auto answer = fetch("POST", QStringLiteral("/v1/commands/outcomes"), person,
                                  QByteArray::fromStdString(encode(request)));
        const auto outcomes = decodeOutcomes(answer.body.toStdString());
        return outcomes && !outcomes->empty() ? outcomes->front() : CommandOutcome();
    }
    CommandOutcome ended(const std::string &person, const std::string &key)
    {
        CommandOutcome last;
        (void)QTest::qWaitFor(
            [&] {
                last = outcome(person, key);
                return last.state != CommandOutcome::State::Received;
            },
            patienceMs);
        return last;
    }

    HookServer m_hooks;
    std::unique_ptr<HttpHookCaller> m_caller;
};

void HookedServerTest::asksAndTells()
{
    startHooked();
    m_hooks.answer = [](const HookServer::Received &asked) {
        return asked.path == "/before"
            ? say(asked,
                  R"("decision":"amend","sentence":"York has the free dock.","record":{"city":"York"})")
            : HookServer::Reply{HookServer::http(204, {})};
    };
    m_server->setHooks({hook(Hook::When::Before, Address::type), hook(Hook::When::After, Address::type)});
    const auto ann = token("ann");
    give(ann, "k-1", "Leeds");
    const auto outcome = ended(ann, "k-1");
    QVERIFY(outcome.state == CommandOutcome::State::Applied);
    QCOMPARE(outcome.reason, std::string("York has the free dock."));
    const auto isTold = [](const HookServer::Received &request) {
        return request.path == "/after" && request.body.contains("\"York\"")
            && request.body.contains("\"after\"");
    };
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::any_of(m_hooks.received, isTold), patienceMs);
}

void HookedServerTest::refusalReachesThePerson()
{
    startHooked();
    m_hooks.answer = [](const HookServer::Received &asked) {
        return say(asked, R"("decision":"refuse","sentence":"Leeds is closed in December.")");
    };
    m_server->setHooks({hook(Hook::When::Before, Address::type)});
    const auto ann = token("ann");
    give(ann, "k-1", "Leeds");
    const auto outcome = ended(ann, "k-1");
    QVERIFY(outcome.state == CommandOutcome::State::Rejected);
    QCOMPARE(outcome.reasonCode, std::string(RejectionCode::checkRefused));
    QCOMPARE(outcome.reason, std::string("Leeds is closed in December."));
}

void HookedServerTest::hangingHookHoldsUpNobodyElse()
{
    startHooked();
    m_hooks.answer = [](const HookServer::Received &) { return HookServer::Reply{{}, false}; };
    auto patient = hook(Hook::When::Before, Address::type);
    patient.timeoutMs = 30'000;
    m_server->setHooks({patient});
    const auto ann = token("ann");
    give(ann, "k-1", "Leeds");
    QTRY_COMPARE_WITH_TIMEOUT(m_hooks.received.size(), 1, patienceMs);
    // The feed goes on, and so do questions; and the gateway ends without waiting for the hook.
    const auto socket = openSocket(ann, cursor(ann));
    QSignalSpy frames(socket.get(), &QWebSocket::textMessageReceived);
    m_erp->happen([](ScriptedErp &erp) { erp.order("a-77", "A"); });
    const auto arrived = [&frames] {
        return std::ranges::any_of(frames, [](const QVariantList &frame) {
            return frame.value(0).toString().contains(QStringLiteral("a-77"));
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(arrived(), patienceMs);
    QVERIFY(outcome(ann, "k-1").state == CommandOutcome::State::Received);
    m_server->stop();
}

// A hook that failed is asked again by itself, and what it was not told is told.
void HookedServerTest::wakesUpAgain()
{
    startHooked();
    int asked = 0;
    m_hooks.answer = [&asked](const HookServer::Received &request) {
        if (++asked <= 3)
            return HookServer::Reply{HookServer::http(503, "{}")};
        return request.path == "/before" ? say(request, R"("decision":"allow")")
                                         : HookServer::Reply{HookServer::http(200, "{}")};
    };
    m_server->setHooks({hook(Hook::When::Before, Address::type), hook(Hook::When::After, Order::type)});
    const auto ann = token("ann");
    m_erp->happen([](ScriptedErp &erp) { erp.order("a-88", "A"); });
    give(ann, "k-1", "Leeds");
    QVERIFY(ended(ann, "k-1").state == CommandOutcome::State::Applied);
    QSet<QByteArray> ids;
    const auto isTold = [&] {
        ids.clear();
        for (const auto &request : m_hooks.received) {
            if (request.path == "/after" && request.body.contains("a-88"))
                ids.insert(request.headers["webhook-id"]);
        }
        return ids.size() == 1;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isTold(), patienceMs);
}

CORE_TEST(HookedServerTest)
#include "tst_hookedserver.moc"
