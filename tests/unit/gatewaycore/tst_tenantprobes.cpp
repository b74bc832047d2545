#include "proberecipes.h"
#include "testentry.h"

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

// What of theirs is in an answer. A key that was asked for is repeated by its outcome, and says nothing.
bool says(std::string text, const HttpRequest &request)
{
    if (const auto wanted = decode<OutcomesRequest>(request.body)) {
        for (const CommandRef &ref : wanted->commands) {
            const std::string echo = "{\"command\":\"" + ref.command + "\",\"state\":\"unknown\"";
            if (const auto at = text.find(echo); at != std::string::npos)
                text.erase(at, echo.size());
        }
    }
    return text.find(marker) != std::string::npos;
}

bool says(const HttpResponse &answer, const HttpRequest &request)
{
    const bool inHeaders = std::ranges::any_of(
        answer.headers, [&](const auto &header) { return says(header.second, request); });
    return says(answer.body, request) || inHeaders || answer.document || answer.wait != 0;
}

bool says(const LiveEffects &effects)
{
    return std::ranges::any_of(effects, [](const LiveEffect &effect) {
        return effect.text && effect.text->find(marker) != std::string::npos;
    });
}

std::int64_t changesOfTheirs(const ScriptedErp &erp)
{
    return std::ranges::count_if(erp.history,
                                 [](const Change &change) { return change.account == theirAccount; });
}

} // namespace

// Nobody gets a byte of another company, whatever they name and however they write it. Made from the table of
// endpoints: one without a recipe fails.
class TenantProbesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_all = std::make_unique<Neighbours>(); }
    void cleanupTestCase() { m_all.reset(); }

    void everyEndpointHasProbes();
    void nothingGetsOut();
    void theProbesWouldNotice();

private:
    bool probe(const TenantProbe &probe, ConnectionId id)
    {
        if (!probe.live) {
            const auto answer = m_all->core->handle(probe.request);
            m_last = answer.body;
            return says(answer, probe.request);
        }
        const auto opening = m_all->core->openLive(id, probe.request);
        return says(opening.effects) || says(opening.refusal, probe.request);
    }
    // What the commands that were taken after all came to.
    bool outcomesTell(const ProbeAttacker &attacker, const std::vector<std::string> &keys)
    {
        bool told = false;
        for (const std::string &key : keys) {
            const auto answer = m_all->send("POST", "/v1/commands/outcomes", attacker.token,
                                            encode(OutcomesRequest{{{key}}}));
            told |= answer.body.find(marker) != std::string::npos && key.find(marker) == std::string::npos;
        }
        return told;
    }

    std::unique_ptr<Neighbours> m_all;
    std::string m_last; // answer
};

void TenantProbesTest::everyEndpointHasProbes()
{
    const ProbeRecipes recipes(*m_all);
    for (const Endpoint &endpoint : endpoints())
        QVERIFY2(recipes.probes(endpoint, m_all->attackers[0]), endpoint.path.data());
}

void TenantProbesTest::nothingGetsOut()
{
    const ProbeRecipes recipes(*m_all);
    const auto before = changesOfTheirs(m_all->erp);
    const auto users = m_all->store->people().users();
    std::size_t sent = 0;
    std::map<int, int> statuses;
    for (const ProbeAttacker &attacker : m_all->attackers) {
        for (const Endpoint &endpoint : endpoints()) {
            const auto probes = recipes.probes(endpoint, attacker);
            QVERIFY(probes);
            std::vector<std::string> given;
            for (const TenantProbe &one : *probes) {
                const std::string what = attacker.user + ' ' + one.request.method + ' ' + one.request.path
                    + ' ' + one.request.body;
                QVERIFY2(!probe(one, ++sent), (what + '\n' + m_last.substr(0, 2'000)).c_str());
                if (const auto command = decodeCommand(one.request.body))
                    given.push_back(command->key);
            }
            QVERIFY2(!says(m_all->settle()), attacker.user.c_str());
            QVERIFY(!outcomesTell(attacker, given));
            sent += given.size();
        }
    }
    // They go on with their business, and are told of it alone.
    QCOMPARE(changesOfTheirs(m_all->erp), before);
    m_all->erp.put(&Address::type, marker + "-address", theirAccount, theirRecord(Address::type));
    m_all->give(m_all->them.token, saveAddress(marker + "-last", theirAccount, {}, marker));
    QVERIFY(!says(m_all->settle()));
    QVERIFY(!says(m_all->core->tick()));
    for (const User &user : *users) {
        const auto now = m_all->store->people().user(user.name);
        if (user.name.starts_with(marker))
            QVERIFY((*now)->role == user.role && (*now)->accounts == user.accounts && !(*now)->disabled);
    }
    qInfo("%zu probes of %zu endpoints by %zu people, and not a byte got out", sent, endpoints().size(),
          m_all->attackers.size());
    QVERIFY(sent >= 10'000);
}

// Who may see it is told it by the same requests.
void TenantProbesTest::theProbesWouldNotice()
{
    const ProbeRecipes recipes(*m_all);
    std::set<std::string> told;
    for (const std::string &name : {marker + "-buyer", marker + "-boss"}) {
        ProbeAttacker owner{name, m_all->token(name), {}};
        owner.cursor
            = Cursor{cursorOf(m_all->them.cursor).epoch, 0, cursorOf(m_all->them.cursor).scope}.toString();
        for (const Endpoint &endpoint : endpoints()) {
            const auto probes = recipes.probes(endpoint, owner);
            for (const TenantProbe &one : *probes) {
                if (told.contains(std::string(endpoint.path)) || one.request.method == "PUT")
                    break;
                if (probe(one, 1'000'000))
                    told.insert(std::string(endpoint.path));
            }
        }
    }
    for (const char *path : {"/v1/snapshot/{kind}", "/v1/changes", "/v1/documents/{key}", "/v1/quotes",
                             "/v1/commands/outcomes", "/v1/users", "/v1/live"})
        QVERIFY2(told.contains(path), path);
}

CORE_TEST(TenantProbesTest)
#include "tst_tenantprobes.moc"
