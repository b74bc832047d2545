#include "simgateway.h"

#include "password.h"

namespace Counterfoil {

SimGateway::SimGateway(World &world, const Faults &faults, ScriptedErp &erp)
    : m_world(world)
    , m_faults(faults)
    , m_erp(erp)
    , m_disk(QStringLiteral("/simulated/gateway"))
{
    m_passwordHash = *hashPassword(password, world.random, {64, 1});
}

void SimGateway::start()
{
    auto store = SqliteGatewayStore::open(m_disk.path(QStringLiteral("gateway.sqlite")), m_world.random);
    if (!store)
        qFatal("the gateway's store does not open: %s", qUtf8Printable(store.error().detail));
    m_store = *std::move(store);
    GatewaySettings settings;
    settings.supplier = "Simulated Supplies";
    settings.passwordCost = {64, 1};
    settings.accessTokenMs = 20'000; // expires often
    m_core = std::make_unique<GatewayCore>(*m_store, m_erp, m_world, m_world.random, settings);
    const std::uint64_t life = ++m_life;
    m_erp.setChangeCallback(
        [this, life] { m_world.after(m_world.between(0, 20), [this, life] { pump(life); }); });
    pump(life);
    tick(life);
}

void SimGateway::die()
{
    ++m_life;
    m_erp.setChangeCallback({});
    m_core.reset();
    m_store.reset();
    const auto connections = std::exchange(m_connections, {});
    for (const auto &[id, deliver] : connections)
        deliver(nullptr);
}

void SimGateway::renewEpoch()
{
    if (!m_store->renewEpoch())
        qFatal("the epoch could not be renewed");
    die(); // a running gateway is never set back under its feet
    start();
}

void SimGateway::trim()
{
    const Retention few{3, 1'000'000, 1'000'000};
    if (!m_store->trim(few, m_world.now()))
        qFatal("the log could not be trimmed");
}

void SimGateway::pump(std::uint64_t life)
{
    if (life != m_life)
        return;
    const auto result = m_core->pump();
    if (m_world.chance(m_faults.gatewayDies)) {
        die(); // after the commit, before anybody was told
        m_world.after(m_world.between(50, 8'000), [this] { start(); });
        return;
    }
    perform(result.effects);
    m_world.after(result.more ? 1 : 500, [this, life] { pump(life); });
}

void SimGateway::tick(std::uint64_t life)
{
    if (life != m_life)
        return;
    perform(m_core->tick());
    m_world.after(1'000, [this, life] { tick(life); });
}

HttpResponse SimGateway::handle(HttpRequest request)
{
    if (auto limit = request.query.find("limit"); limit != request.query.end())
        limit->second = std::to_string(pageChanges);
    auto response = m_core->handle(request);
    if (m_world.chance(m_faults.gatewayDies)) {
        die();
        m_world.after(m_world.between(50, 8'000), [this] { start(); });
        return {0, {}, {}, 0};
    }
    return response;
}

int SimGateway::openLive(ConnectionId id, const HttpRequest &request, Deliver deliver)
{
    auto opening = m_core->openLive(id, request);
    if (!opening.accepted)
        return opening.refusal.status;
    m_connections[id] = std::move(deliver);
    perform(opening.effects);
    return 0;
}

void SimGateway::receive(ConnectionId id, const std::string &text)
{
    if (m_core && m_connections.contains(id))
        perform(m_core->receive(id, text));
}

void SimGateway::closed(ConnectionId id)
{
    if (m_connections.erase(id) > 0 && m_core)
        m_core->closed(id);
}

void SimGateway::perform(const LiveEffects &effects)
{
    for (const LiveEffect &effect : effects) {
        const auto found = m_connections.find(effect.connection);
        if (found == m_connections.end())
            continue;
        const Deliver deliver = found->second;
        if (!effect.text) {
            m_connections.erase(found);
            m_core->closed(effect.connection);
        }
        deliver(effect.text);
    }
}

void SimGateway::putUser(const std::string &name, const std::string &role,
                         const std::vector<std::string> &accounts, bool disabled)
{
    if (!m_store->people().putUser({name, "Person " + name, role, accounts, m_passwordHash, disabled}))
        qFatal("the user could not be stored");
}

} // namespace Counterfoil
