#include "simgateway.h"

#include "password.h"

namespace Counterfoil {

namespace {

constexpr PasswordCost cheap{64, 1};
constexpr std::string_view me = "gateway";
QString storeFile()
{
    return QStringLiteral("gateway.sqlite");
}

// A store as a new one is, made once: that takes longer than a whole schedule.
const MemoryDisk::Image &freshStore()
{
    static const MemoryDisk::Image image = [] {
        MemoryDisk disk(QStringLiteral("/simulated/freshgateway"));
        disk.layOut(storeFile());
        SeededRandom random(1);
        if (const auto store = SqliteGatewayStore::open(disk.path(storeFile()), random); !store)
            qFatal("the gateway's store cannot be made: %s", qUtf8Printable(store.error().detail));
        return disk.image();
    }();
    return image;
}

const std::string &passwordHash()
{
    static const std::string hash = [] {
        SeededRandom random(1);
        return *hashPassword(SimGateway::password, random, cheap);
    }();
    return hash;
}

} // namespace

SimGateway::SimGateway(World &world, const Faults &faults, SimErp &erp)
    : m_world(world)
    , m_faults(faults)
    , m_erp(erp)
    , m_disk(QStringLiteral("/simulated/gateway"))
    , m_clock(world)
{
    m_disk.restore(freshStore());
}

template <class What> void SimGateway::later(std::int64_t ms, What what)
{
    m_world.after(ms, [this, life = m_life, what = std::move(what)] {
        if (life == m_life)
            what();
    });
}

void SimGateway::start()
{
    if (isUp())
        return;
    ++m_life;
    auto store = SqliteGatewayStore::open(m_disk.path(storeFile()), m_world.random);
    if (!store) {
        m_world.note(me, "does not start", store.error().detail.toStdString());
        if (m_disk.isDead())
            m_disk.kill();
        later(m_world.between(500, 3'000), [this] { start(); });
        return;
    }
    m_store = *std::move(store);
    GatewaySettings settings;
    settings.supplier = "Simulated Supplies";
    settings.passwordCost = cheap;
    settings.accessTokenMs = 20'000; // expires often
    m_core = std::make_unique<GatewayCore>(*m_store, m_erp, m_clock, m_world.random, settings);
    m_pumping = false;
    m_world.note(me, "starts");
    m_erp.setChangeCallback([this] { pumpIn(m_world.between(0, 20)); });
    pumpIn(0);
    tick();
}

void SimGateway::die(bool powerLost)
{
    if (!isUp())
        return;
    ++m_life;
    m_dieAfter = -1;
    m_world.goesWrong(powerLost ? Fault::PowerLoss : Fault::GatewayCrash, me);
    if (powerLost)
        m_disk.losePower(m_world.random);
    else
        m_disk.kill();
    m_erp.setChangeCallback({});
    m_core.reset();
    m_store.reset();
    const auto connections = std::exchange(m_connections, {});
    for (const auto &[id, deliver] : connections)
        deliver(nullptr);
    later(m_world.between(50, 8'000), [this] { start(); });
}

void SimGateway::dieSoon()
{
    const std::int64_t operations = m_world.between(0, 60);
    m_disk.troubleAt(operations,
                     m_world.chance(0.3) ? MemoryDisk::Trouble::DiesTorn : MemoryDisk::Trouble::Dies);
    m_dieAfter = m_disk.operations() + operations;
}

bool SimGateway::survived()
{
    if (!isUp())
        return false;
    const bool now = m_dieAfter >= 0 && m_disk.operations() == m_dieAfter && m_world.chance(0.5);
    if (!m_disk.isDead() && !now)
        return true;
    die(m_world.chance(0.3));
    return false;
}

void SimGateway::renewEpoch()
{
    if (!isUp())
        return;
    m_world.goesWrong(Fault::NewEpoch, me);
    (void)m_store->restored();
    die(false); // a running gateway is never set back under its feet
}

void SimGateway::trim()
{
    if (!isUp())
        return;
    m_world.goesWrong(Fault::LogExpiry, me);
    const Retention few{3, 1'000'000, 1'000'000};
    (void)m_store->trim(few, m_clock.now());
    survived();
}

void SimGateway::restore()
{
    if (m_backup.empty() || !isUp())
        return;
    m_world.goesWrong(Fault::Restore, me);
    die(false);
    m_disk.setFull(false); // who puts a backup back makes room for it
    m_disk.noTrouble();
    m_disk.restore(m_backup);
    ++m_restores;
    m_rightsChangedAt = m_world.ms();
    ++m_rightsVersion;
    // On a real disk the store sees by itself that its file is not the one that it wrote last.
    auto store = SqliteGatewayStore::open(m_disk.path(storeFile()), m_world.random);
    if (!store || !(*store)->restored())
        qFatal("the backup cannot be used");
}

void SimGateway::pumpIn(std::int64_t ms)
{
    later(ms, [this, number = ++m_lastPump] {
        if (number == m_lastPump)
            pump();
    });
}

void SimGateway::pump()
{
    if (!isUp() || m_pumping)
        return;
    const auto question = m_core->question();
    if (!survived())
        return;
    if (!question) {
        pumpIn(500);
        return;
    }
    m_pumping = true;
    later(erpDelay(), [this, question = *question] {
        auto answer = m_erpDown || m_world.chance(m_faults.erpDown)
            ? Result<ErpBatch>(Error{ErrorKind::Offline, {}, QStringLiteral("scripted")})
            : m_erp.changesAfter(question.position, question.limit);
        later(erpDelay(), [this, question, answer = std::move(answer)] { take(question, answer); });
    });
}

void SimGateway::take(const GatewayCore::ErpQuestion &question, const Result<ErpBatch> &answer)
{
    m_pumping = false;
    const auto result = m_core->take(question, answer);
    if (!survived())
        return;
    perform(result.effects);
    askErp();
    pumpIn(result.more ? 1 : 500);
}

void SimGateway::tick()
{
    if (!isUp())
        return;
    const LiveEffects effects = m_core->tick();
    if (!survived())
        return;
    perform(effects);
    askErp();
    later(1'000, [this] { tick(); });
}

// Calls may overtake each other, and one that has left arrives, also when the gateway has died meanwhile.
void SimGateway::askErp()
{
    while (isUp()) {
        const auto asked = m_core->commandQuestion();
        if (!survived() || !asked)
            return;
        const bool executes = asked->find.empty();
        if (executes)
            m_executing.insert(asked->key);
        m_world.note(me, executes ? "asks the ERP for" : "asks the ERP whether it knows", asked->key);
        m_world.after(erpDelay(), [this, executes, question = *asked, life = m_life] {
            if (executes)
                m_executing.erase(m_executing.find(question.key));
            const auto answer = answerOfErp(question);
            m_world.after(erpDelay(), [this, question, answer, life] {
                if (life != m_life || !isUp())
                    return;
                const LiveEffects effects = m_core->takeCommand(question, answer);
                if (!survived())
                    return;
                perform(effects);
                askErp();
            });
        });
    }
}

GatewayCore::CommandAnswer SimGateway::answerOfErp(const GatewayCore::CommandQuestion &question)
{
    const Error silence{ErrorKind::Timeout, {}, QStringLiteral("scripted")};
    if (m_erpDown || m_world.chance(m_faults.erpDown)) {
        m_world.goesWrong(Fault::ErpDown, "line", question.key);
        return silence;
    }
    // The ERP cannot be sure while a call is still on its way to it.
    if (!question.find.empty() && m_executing.contains(question.find))
        return silence;
    auto answer = GatewayCore::ask(m_erp, question);
    if (m_world.chance(m_faults.erpAnswerLost)) {
        m_world.goesWrong(Fault::ErpAnswerLost, "line", question.key);
        return silence;
    }
    return answer;
}

HttpResponse SimGateway::handle(HttpRequest request)
{
    if (auto limit = request.query.find("limit"); limit != request.query.end())
        limit->second = std::to_string(pageChanges);
    auto response = m_core->handle(request);
    if (!survived())
        return {0, {}, {}, 0};
    if (response.asksErp)
        askErp();
    return isUp() ? response : HttpResponse{0, {}, {}, 0};
}

int SimGateway::openLive(ConnectionId id, const HttpRequest &request, Deliver deliver)
{
    auto opening = m_core->openLive(id, request);
    if (!survived())
        return 502;
    if (!opening.accepted)
        return opening.refusal.status;
    m_connections[id] = std::move(deliver);
    perform(opening.effects);
    return 0;
}

void SimGateway::receive(ConnectionId id, const std::string &text)
{
    if (!isUp() || !m_connections.contains(id))
        return;
    const LiveEffects effects = m_core->receive(id, text);
    if (survived())
        perform(effects);
}

void SimGateway::closed(ConnectionId id)
{
    if (m_connections.erase(id) > 0 && isUp())
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

bool SimGateway::putUser(User user)
{
    if (!isUp())
        return false;
    user.passwordHash = passwordHash();
    m_rightsChangedAt = m_world.ms();
    ++m_rightsVersion;
    m_asked.push_back(user);
    const bool done = m_store->people().putUser(user).ok();
    return survived() && done;
}

std::optional<User> SimGateway::user(const std::string &name)
{
    if (!isUp())
        return std::nullopt;
    const auto found = m_store->people().user(name);
    return found ? *found : std::nullopt;
}

} // namespace Counterfoil
