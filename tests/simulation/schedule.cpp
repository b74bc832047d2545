#include "schedule.h"

#include "sandboxsystem.h"
#include "scriptederp.h"

#include <map>

namespace Counterfoil {

namespace {

constexpr std::int64_t settleMs = 20 * 60'000; // invariant 8's bound on coming right
constexpr std::int64_t judgeEveryMs = 2'000;

constexpr int leastClients = 2;
constexpr std::int64_t leastEvents = 200;
constexpr int leastFaults = 5;

} // namespace

bool Report::counts() const
{
    const auto of = [this](Fault fault) { return byKind[static_cast<std::size_t>(fault)]; };
    return clients >= leastClients && events >= leastEvents && faults >= leastFaults
        && of(Fault::ClientCrash) + of(Fault::GatewayCrash) + of(Fault::PowerLoss) > 0
        && of(Fault::ScopeChange) > 0;
}

Schedule::Schedule(std::uint64_t seed, int clients, Erp erp, bool tellsStory)
    : m_world(seed)
    , m_seed(seed)
    , m_erp(erp == Erp::Sandbox ? std::unique_ptr<SimErp>(std::make_unique<SandboxSystem>(m_world))
                                : std::make_unique<ScriptedErp>(m_world))
    , m_gateway(m_world, m_faults, *m_erp)
    , m_judge(m_world, *m_erp, m_gateway)
{
    m_world.tellsStory = tellsStory;
    m_world.afterEach = [this] { m_judge.afterEvent(); };
    for (std::size_t i = 0; i < static_cast<std::size_t>(clients); ++i) {
        m_clients.push_back(std::make_unique<SimClient>(m_world, m_faults, m_gateway, m_judge, i));
        m_people.emplace_back(m_world, *m_erp, *m_clients[i]);
    }
}

Report Schedule::run(std::uint64_t seed, bool tellsStory)
{
    SeededRandom shape(seed * 7 + 1);
    Schedule schedule(seed, shape.below(8) == 0 ? 3 : 2, shape.below(3) == 0 ? Erp::Sandbox : Erp::Scripted,
                      tellsStory);
    schedule.begin(static_cast<int>(6 + shape.below(12)));
    schedule.goWrong();
    if (shape.below(5) != 0)
        schedule.comeRight();
    return schedule.report();
}

Report Schedule::report() const
{
    Report report;
    report.seed = m_seed;
    report.clients = static_cast<int>(m_clients.size());
    report.events = m_world.events();
    for (std::size_t i = 0; i < faultKinds; ++i) {
        report.byKind[i] = m_world.count(static_cast<Fault>(i));
        report.faults += report.byKind[i];
    }
    report.commands = m_judge.commands();
    report.effects = static_cast<int>(m_erp->effects().size());
    report.cameRight = m_cameRight;
    report.trace = m_world.trace();
    report.violations = m_judge.violations();
    report.story = m_world.story;
    return report;
}

void Schedule::begin(int records)
{
    m_erp->begin(records);
    m_gateway.start();
    const auto accounts = m_erp->accounts();
    for (std::size_t i = 0; i < m_clients.size(); ++i) {
        User user;
        user.name = m_clients[i]->user();
        user.displayName = "Person " + std::to_string(i);
        user.role = "buyer";
        user.accounts = {accounts[0], accounts[1]};
        m_rights.push_back(std::move(user));
        giveRights(i);
        m_clients[i]->start();
    }
}

void Schedule::goWrong()
{
    // Until everybody has something to lose.
    m_world.runUntil(m_world.ms() + 3'000);
    m_gateway.backUp();
    const double bad = static_cast<double>(m_world.between(0, 100)) / 100.0; // some seeds are gentle
    m_faults.requestLost = 0.05 * bad;
    m_faults.answerCut = 0.03 * bad;
    m_faults.requestTwice = 0.08 * bad;
    m_faults.frameLost = 0.02 * bad;
    m_faults.frameTwice = 0.02 * bad;
    m_faults.socketCut = 0.01 * bad;
    m_faults.storeFails = 0.02 * bad;
    m_faults.storeFailsAfter = 0.01 * bad;
    m_faults.erpDown = 0.05 * bad;
    m_faults.erpAnswerLost = 0.1 * bad;
    m_faults.slowestMs = m_world.chance(0.2) ? 1'500 : 80;
    m_faults.slowestErpMs = m_world.chance(0.3) ? 3'000 : 50;
    const std::int64_t start = m_world.ms();
    std::int64_t end = start + m_world.between(6'000, 20'000);
    std::int64_t leapt = 0;
    // Whatever else comes, a crash and a change of scope do.
    std::multimap<std::int64_t, std::function<void()>> harms;
    const auto plan = [&, latest = end - 1'000](std::function<void()> what) {
        harms.emplace(m_world.between(start, latest), std::move(what));
    };
    plan([this] { crash(); });
    plan([this] { changeRights(m_world.random.below(m_clients.size())); });
    for (std::int64_t more = m_world.between(3, 7); more > 0; --more)
        plan([this] { doHarm(); });
    if (m_world.chance(0.05))
        plan([&] {
            leapt += beAway();
            end += leapt;
        });
    while (m_world.ms() < end) {
        m_world.runUntil(m_world.ms() + m_world.between(1, 1'200));
        if (m_world.chance(0.7))
            m_erp->change(static_cast<int>(m_world.chance(0.01) ? 40 : m_world.between(1, 2)));
        if (m_world.chance(0.2))
            m_erp->interfere();
        for (SimPerson &person : m_people) {
            if (m_world.chance(0.35))
                person.act();
        }
        while (!harms.empty() && harms.begin()->first + leapt <= m_world.ms())
            harms.extract(harms.begin()).mapped()();
    }
}

void Schedule::crash()
{
    const bool powerLost = m_world.chance(0.3);
    std::vector<SimClient *> running;
    for (const auto &client : m_clients) {
        if (client->isUp())
            running.push_back(client.get());
    }
    if (m_gateway.isUp() && (running.empty() || m_world.chance(0.5)))
        m_gateway.die(powerLost);
    else if (!running.empty())
        running[m_world.random.below(running.size())]->die(powerLost);
}

void Schedule::doHarm()
{
    const std::size_t who = m_world.random.below(m_clients.size());
    switch (m_world.random.below(5)) {
    case 0:
    case 1:
        harmClient(*m_clients[who]);
        break;
    case 2:
    case 3:
        harmGateway();
        break;
    case 4:
        changeRights(who);
        break;
    }
}

void Schedule::harmClient(SimClient &client)
{
    const auto laterOn = [this](std::function<void()> what) {
        m_world.after(m_world.between(100, 15'000), std::move(what));
    };
    switch (m_world.random.below(11)) {
    case 0:
    case 1:
        client.dieSoon();
        break;
    case 2:
        client.die(m_world.chance(0.5));
        break;
    case 3:
        client.setPlugged(false);
        laterOn([&client] { client.setPlugged(true); });
        break;
    case 4:
        client.setSocketsBlocked(true);
        client.cutSocket(true);
        laterOn([&client] { client.setSocketsBlocked(false); });
        break;
    case 5:
        client.cutSocket(m_world.chance(0.5));
        break;
    case 6:
        client.sleep(m_world.between(100, 30'000));
        break;
    case 7:
        m_world.goesWrong(Fault::ClockJump, client.name());
        client.setClock(m_world.between(-3, 3) * 86'400'000 + m_world.between(-60'000, 60'000));
        break;
    case 8:
    case 9:
        harmDisk(client.disk(), client.name());
        break;
    case 10:
        client.die(false);
        client.forgetKind();
        break;
    }
}

void Schedule::harmDisk(MemoryDisk &disk, std::string_view whose)
{
    if (m_world.chance(0.4)) {
        m_world.goesWrong(Fault::DiskFull, whose);
        disk.setFull(true);
        m_world.after(m_world.between(100, 10'000), [&disk] { disk.setFull(false); });
        return;
    }
    m_world.goesWrong(Fault::DiskError, whose);
    disk.troubleAt(m_world.between(0, 40),
                   m_world.chance(0.5) ? MemoryDisk::Trouble::Fails : MemoryDisk::Trouble::Tears);
}

void Schedule::harmGateway()
{
    switch (m_world.random.below(10)) {
    case 0:
    case 1:
    case 2:
        m_gateway.dieSoon();
        break;
    case 3:
        m_gateway.die(m_world.chance(0.5));
        break;
    case 4:
        m_gateway.renewEpoch();
        break;
    case 5:
        m_gateway.trim();
        break;
    case 6:
        m_world.goesWrong(Fault::ClockJump, "gateway");
        m_gateway.setClock(m_world.between(-2, 2) * 3'600'000 + m_world.between(-60'000, 60'000));
        break;
    case 7:
        harmDisk(m_gateway.disk(), "gateway");
        break;
    case 8:
        if (m_world.chance(0.5))
            m_gateway.restore();
        else
            m_gateway.backUp();
        break;
    case 9:
        m_world.goesWrong(Fault::ErpDown, "erp");
        m_gateway.setErpDown(true);
        m_world.after(m_world.between(100, 20'000), [this] { m_gateway.setErpDown(false); });
        break;
    }
}

// Sixty days in which nobody is there: longer than sessions, the log and the bodies of commands last.
std::int64_t Schedule::beAway()
{
    constexpr std::int64_t sixtyDays = 60LL * 86'400'000;
    m_world.goesWrong(Fault::LongAbsence, "everybody");
    for (const auto &client : m_clients) {
        if (m_world.chance(0.5))
            client->die(false);
    }
    m_world.leap(sixtyDays);
    return sixtyDays;
}

void Schedule::changeRights(std::size_t who)
{
    User &rights = m_rights[who];
    m_world.goesWrong(Fault::ScopeChange, rights.name);
    if (m_world.chance(0.3)) {
        // Back again before long, perhaps unseen between two pages of a listing.
        m_world.after(m_world.between(20, 3'000), [this, who, before = rights] {
            m_rights[who] = before;
            giveRights(who);
        });
    }
    rights.accounts.clear();
    for (const std::string &account : m_erp->accounts()) {
        if (m_world.chance(0.5))
            rights.accounts.push_back(account);
    }
    static constexpr const char *roles[]
        = {"buyer", "buyer", "viewer", "csr", "admin", "finance", "approver"};
    rights.role = roles[m_world.random.below(std::size(roles))];
    rights.pricesWithheld = m_world.chance(0.2);
    rights.invoicesWithheld = m_world.chance(0.2);
    rights.disabled = m_world.chance(0.15);
    if (rights.disabled) {
        m_world.after(m_world.between(1'000, 20'000), [this, who] {
            m_rights[who].disabled = false;
            giveRights(who);
        });
    }
    giveRights(who);
}

void Schedule::giveRights(std::size_t who)
{
    const User &rights = m_rights[who];
    std::string about = rights.name + " is " + rights.role + (rights.disabled ? ", disabled, of" : " of");
    for (const std::string &account : rights.accounts)
        about += ' ' + account;
    if (m_gateway.putUser(rights))
        m_world.note("administrator", "says that", about);
    else
        m_world.after(1'000, [this, who] { giveRights(who); });
}

void Schedule::comeRight()
{
    m_world.note("world", "is to come right");
    m_faults = Faults();
    m_world.runUntil(m_world.ms() + 20'000); // what was to be mended by itself, is
    m_gateway.disk().setFull(false);
    m_gateway.disk().noTrouble();
    m_gateway.setErpDown(false);
    m_gateway.setClock(0);
    m_gateway.start();
    for (std::size_t i = 0; i < m_clients.size(); ++i) {
        SimClient &client = *m_clients[i];
        m_rights[i].disabled = false;
        giveRights(i);
        client.disk().setFull(false);
        client.disk().noTrouble();
        client.setClock(0);
        client.setPlugged(true);
        client.setSocketsBlocked(false);
        client.start();
    }
    m_erp->change(3);
    const std::int64_t end = m_world.ms() + settleMs;
    std::string open = "nothing was judged";
    while (m_world.ms() < end && !open.empty()) {
        m_world.runUntil(m_world.ms() + judgeEveryMs);
        open.clear();
        for (const auto &client : m_clients) {
            if (open.empty())
                open = m_judge.unsettled(*client);
        }
    }
    if (!open.empty())
        m_judge.complain("in the end, " + open);
    for (const auto &client : m_clients) {
        m_judge.checkCovered(*client);
        client->stop();
        if (client->disk().troubles() > 0)
            client->openFilesOnce();
        m_judge.checkBytes(*client);
    }
    m_cameRight = true;
}

} // namespace Counterfoil
