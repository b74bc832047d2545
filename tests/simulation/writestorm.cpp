#include "writestorm.h"

#include "address.h"
#include "codec.h"
#include "commandcodec.h"
#include "commandoutcome.h"
#include "messages.h"
#include "scriptederp.h"
#include "simgateway.h"

#include <map>

namespace Counterfoil {

namespace {

constexpr int people = 10;
constexpr int mostSends = 5;
constexpr std::int64_t paceMs = 4; // between two writes
constexpr std::int64_t patienceMs = 600'000;

class Storm
{
public:
    Storm(std::uint64_t seed, int writes);
    StormReport run();

private:
    struct Write
    {
        int person = 0;
        std::string body;
        bool taken = false; // the gateway said that it has it
    };

    void signIn(int person);
    void send(std::size_t write);
    void killNow();
    std::string judge() const;

    World m_world;
    Faults m_faults;
    ScriptedErp m_erp;
    SimGateway m_gateway;
    std::vector<std::string> m_tokens;
    std::vector<Write> m_writes;
    std::map<std::string, std::size_t> m_byKey;
    StormReport m_report;
    bool m_over = false;
};

Storm::Storm(std::uint64_t seed, int writes)
    : m_world(seed)
    , m_erp(m_world, ScriptedErp::Mood::Obliging)
    , m_gateway(m_world, m_faults, m_erp)
    , m_tokens(people)
{
    m_erp.begin(5);
    m_gateway.start();
    for (int i = 0; i < people; ++i) {
        User user;
        user.name = "person" + std::to_string(i);
        user.role = "buyer";
        user.accounts = m_erp.accounts();
        m_gateway.putUser(user);
    }
    m_world.runUntil(m_world.ms() + 3'000); // until the gateway knows the accounts
    m_report.writes = static_cast<std::uint64_t>(writes);
    const auto accounts = m_erp.accounts();
    for (int i = 0; i < writes; ++i) {
        Command command;
        command.key = m_world.random.uuid();
        command.verb = "save";
        command.kind = &Address::type;
        command.account = accounts[m_world.random.below(accounts.size())];
        command.madeAt = m_world.now();
        command.record = AnyRecord(Address::type);
        command.record.as<Address>()->name = "Dock " + std::to_string(i);
        m_byKey[command.key] = m_writes.size();
        m_writes.push_back({i % people, encodeCommand(command), false});
    }
}

void Storm::signIn(int person)
{
    const SessionRequest who{"person" + std::to_string(person), SimGateway::password, "storm"};
    const auto response
        = m_gateway.handle({"POST", "/v1/session", {}, {}, encode(who), std::to_string(person)});
    const auto answer
        = response.status == 200 ? decode<SessionAnswer>(response.body) : Result<SessionAnswer>(Error());
    if (answer)
        m_tokens[static_cast<std::size_t>(person)] = answer->accessToken;
}

void Storm::send(std::size_t number)
{
    Write &write = m_writes[number];
    const auto again = [&] { m_world.after(m_world.between(50, 3'000), [this, number] { send(number); }); };
    if (!m_gateway.isUp()) {
        again();
        return;
    }
    const std::string &token = m_tokens[static_cast<std::size_t>(write.person)];
    ++m_report.sends;
    const auto response = m_gateway.handle({"POST", "/v1/commands", {}, token, write.body, "storm"});
    if (response.status == 401)
        signIn(write.person);
    if (response.status != 200) {
        again();
        return;
    }
    write.taken = true;
}

void Storm::killNow()
{
    if (m_over)
        return;
    m_world.after(m_world.between(300, 2'500), [this] { killNow(); });
    if (!m_gateway.isUp())
        return;
    ++m_report.deaths;
    m_gateway.dieSoon();
}

std::string Storm::judge() const
{
    std::map<std::string, int> counts;
    for (const ErpEffect &effect : const_cast<ScriptedErp &>(m_erp).effects())
        ++counts[effect.command];
    for (const auto &[key, number] : m_byKey) {
        const auto found = counts.find(key);
        if (found == counts.end())
            return key + " never took effect";
        if (found->second != 1)
            return key + " took effect " + std::to_string(found->second) + " times";
    }
    return counts.size() == m_byKey.size() ? std::string() : "something nobody asked for took effect";
}

StormReport Storm::run()
{
    m_faults.erpDown = 0.02;
    m_faults.erpAnswerLost = 0.05;
    m_faults.slowestErpMs = 30;
    std::int64_t at = 0;
    for (std::size_t number = 0; number < m_writes.size(); ++number) {
        at += m_world.between(0, 2 * paceMs);
        for (std::int64_t sends = m_world.between(1, mostSends); sends > 0; --sends)
            m_world.after(at + m_world.between(0, 5'000), [this, number] { send(number); });
    }
    m_world.after(500, [this] { killNow(); });
    m_world.runUntil(m_world.ms() + at);
    m_over = true;
    m_faults = Faults();
    const std::int64_t end = m_world.ms() + patienceMs;
    do {
        m_world.runUntil(m_world.ms() + 5'000);
        m_report.violation = judge();
    } while (!m_report.violation.empty() && m_world.ms() < end);
    m_report.effects = m_erp.effects().size();
    return m_report;
}

} // namespace

StormReport writeStorm(std::uint64_t seed, int writes)
{
    return Storm(seed, writes).run();
}

} // namespace Counterfoil
