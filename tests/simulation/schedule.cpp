#include "schedule.h"

#include "codec.h"
#include "kinds.h"
#include "order.h"
#include "scope.h"

namespace Counterfoil {

namespace {

constexpr std::int64_t settleMs = 20 * 60'000; // invariant 8's bound on coming right
constexpr std::int64_t judgeEveryMs = 2'000;

std::string userName(std::size_t index)
{
    return "person" + std::to_string(index);
}

} // namespace

Schedule::Schedule(std::uint64_t seed, int clients)
    : m_world(seed)
    , m_erp(m_world, m_faults)
    , m_gateway(m_world, m_faults, m_erp)
{
    for (std::size_t i = 0; i < static_cast<std::size_t>(clients); ++i) {
        m_clients.push_back(std::make_unique<SimClient>(m_world, m_faults, m_gateway, userName(i)));
        m_clients[i]->onPublished = [this, i] { checkFreshness(i); };
    }
}

void Schedule::begin(int records)
{
    m_erp.begin(records);
    m_gateway.start();
    for (std::size_t i = 0; i < m_clients.size(); ++i) {
        m_rights.push_back({"buyer", {"acc1", "acc2"}, m_world.ms()});
        m_gateway.putUser(userName(i), "buyer", m_rights[i].accounts);
        m_clients[i]->start();
    }
}

void Schedule::goWrong()
{
    const double bad = static_cast<double>(m_world.between(0, 100)) / 100.0; // some seeds are gentle
    m_faults = {0.05 * bad,
                0.03 * bad,
                0.05 * bad,
                0.02 * bad,
                0.01 * bad,
                0.01 * bad,
                0.03 * bad,
                0.02 * bad,
                0.004 * bad,
                0.05 * bad,
                m_world.chance(0.2) ? 1'500 : 80};
    const std::int64_t end = m_world.ms() + m_world.between(30'000, 120'000);
    while (m_world.ms() < end) {
        m_world.runUntil(m_world.ms() + m_world.between(1, 600));
        m_erp.change(static_cast<int>(m_world.chance(0.01) ? 250 : m_world.between(1, 3)));
        if (m_world.chance(0.05))
            doHarm();
    }
}

void Schedule::doHarm()
{
    const std::size_t who = m_world.random.below(m_clients.size());
    SimClient &client = *m_clients[who];
    const auto laterOn = [this](std::function<void()> what) {
        m_world.after(m_world.between(100, 15'000), std::move(what));
    };
    switch (m_world.random.below(9)) {
    case 0:
        client.die();
        laterOn([&client] { client.start(); });
        break;
    case 1:
        client.setPlugged(false);
        laterOn([&client] { client.setPlugged(true); });
        break;
    case 2:
        client.setSocketsBlocked(true);
        client.cutSocket(true);
        laterOn([&client] { client.setSocketsBlocked(false); });
        break;
    case 3:
        client.cutSocket(m_world.chance(0.5));
        break;
    case 4:
        client.sleep(m_world.between(100, 30'000));
        break;
    case 5:
        if (m_gateway.isUp()) {
            m_gateway.die();
            laterOn([this] {
                if (!m_gateway.isUp())
                    m_gateway.start();
            });
        }
        break;
    case 6:
        if (m_gateway.isUp())
            m_gateway.renewEpoch();
        break;
    case 7:
        if (m_gateway.isUp())
            m_gateway.trim();
        break;
    case 8:
        if (m_gateway.isUp())
            changeRights(who);
        break;
    }
}

void Schedule::changeRights(std::size_t who)
{
    Rights &rights = m_rights[who];
    if (m_world.chance(0.3)) {
        // Back again before long, perhaps unseen between two pages of a listing.
        m_world.after(m_world.between(20, 3'000), [this, who, before = rights] {
            if (!m_gateway.isUp())
                return;
            m_rights[who] = before;
            m_rights[who].changedAt = m_world.ms();
            m_gateway.putUser(userName(who), before.role, before.accounts);
        });
    }
    rights.changedAt = m_world.ms();
    std::vector<std::string> accounts;
    for (const std::string &account : ScriptedErp::accounts()) {
        if (m_world.chance(0.5))
            accounts.push_back(account);
    }
    m_everLost.insert(who);
    rights.accounts = accounts;
    rights.role = m_world.chance(0.3) ? "viewer" : m_world.chance(0.2) ? "csr" : "buyer";
    m_gateway.putUser(userName(who), rights.role, accounts);
    if (m_world.chance(0.2)) {
        m_gateway.putUser(userName(who), rights.role, accounts, true);
        m_world.after(m_world.between(1'000, 20'000), [this, who] {
            m_rights[who].changedAt = m_world.ms();
            if (m_gateway.isUp())
                m_gateway.putUser(userName(who), m_rights[who].role, m_rights[who].accounts);
        });
    }
}

void Schedule::comeRight()
{
    m_faults = Faults();
    m_world.runUntil(m_world.ms() + 30'000); // what was to be mended by itself, is
    if (!m_gateway.isUp())
        m_gateway.start();
    for (std::size_t i = 0; i < m_clients.size(); ++i) {
        m_gateway.putUser(userName(i), m_rights[i].role, m_rights[i].accounts);
        m_clients[i]->setPlugged(true);
        m_clients[i]->setSocketsBlocked(false);
        m_clients[i]->start();
    }
    m_erp.change(5);
    const std::int64_t end = m_world.ms() + settleMs;
    QString last = QStringLiteral("nothing was judged");
    while (m_world.ms() < end && !last.isEmpty()) {
        m_world.runUntil(m_world.ms() + judgeEveryMs);
        last.clear();
        for (std::size_t i = 0; i < m_clients.size() && last.isEmpty(); ++i) {
            const SyncStatus &status = m_clients[i]->status();
            if (status.mode != SyncStatus::Mode::Live)
                last = QStringLiteral("client %1 is in mode %2, error: %3")
                           .arg(i)
                           .arg(static_cast<int>(status.mode))
                           .arg(status.lastError ? status.lastError->detail : QString());
            else
                last = difference(i);
        }
    }
    if (!last.isEmpty())
        complain(last);
    for (std::size_t i = 0; i < m_clients.size(); ++i) {
        m_clients[i]->die();
        if (const QString found = findForeignBytes(i); !found.isEmpty())
            complain(found);
    }
}

bool Schedule::sees(const Rights &rights, const std::string &account) const
{
    return account.empty() || findRole(rights.role)->allAccounts
        || std::ranges::find(rights.accounts, account) != rights.accounts.end();
}

bool Schedule::sees(const Rights &rights, const Change &change) const
{
    return sees(rights, change.account) && (findRole(rights.role)->seesInvoices || !change.kind->financial);
}

QString Schedule::difference(std::size_t who)
{
    SimClient &client = *m_clients[who];
    const Rights &rights = m_rights[who];
    std::map<ScriptedErp::Key, std::string> expected;
    for (const auto &[key, fact] : m_erp.facts()) {
        if (fact.change.record.isNull() || !sees(rights, fact.change))
            continue;
        AnyRecord record(*fact.change.kind);
        // Through the codec, so that the ERP's own copy stays as it is.
        record = *decode(*fact.change.kind, encode(*fact.change.kind, fact.change.record.data()));
        if (!findRole(rights.role)->seesPrices)
            withholdPrices(*fact.change.kind, record.data());
        // Chance makes events of codes that nobody knows, which may speak of invoices.
        if (Order *order = record.as<Order>(); order && !findRole(rights.role)->seesInvoices)
            order->events.clear();
        expected[key] = encode(*fact.change.kind, record.data()) + " v" + std::to_string(fact.change.version);
    }
    for (const RecordType *kind : allKinds()) {
        const auto rows = client.reader().all(*kind);
        if (!rows)
            return QStringLiteral("the cache cannot be read: ") + rows.error().detail;
        std::vector<std::int64_t> ids;
        for (const CachedRecord &row : *rows)
            ids.push_back(row.id);
        const auto whole = client.reader().byIds(*kind, ids, WithLists::Yes);
        if (!whole)
            return QStringLiteral("the cache cannot be read: ") + whole.error().detail;
        for (const CachedRecord &row : *whole) {
            const std::string key = kind->findFlag(Key)->in<std::string>(row.record.data());
            const auto found = expected.find({std::string(kind->name), key});
            const QString name
                = QStringLiteral("client %1, %2 %3")
                      .arg(who)
                      .arg(QString::fromLatin1(kind->name.data()), QString::fromStdString(key));
            if (found == expected.end())
                return name + QStringLiteral(" should not be there");
            if (encode(*kind, row.record.data()) + " v" + std::to_string(row.version) != found->second)
                return name + QStringLiteral(" differs");
            expected.erase(found);
        }
    }
    if (!expected.empty())
        return QStringLiteral("client %1 lacks %2 records, first %3")
            .arg(who)
            .arg(expected.size())
            .arg(QString::fromStdString(expected.begin()->first.second));
    const auto state = client.writer()->syncState();
    if (!state || state->filling || state->cursor.empty())
        return QStringLiteral("client %1 is live without a whole cache").arg(who);
    return {};
}

// Invariant 7: what the ERP had committed by the moment that the status names is in the cache.
void Schedule::checkFreshness(std::size_t who)
{
    SimClient &client = *m_clients[who];
    const SyncStatus &status = client.status();
    if (status.mode == SyncStatus::Mode::Live && !status.provenAt)
        complain(QStringLiteral("client %1 says live and proves nothing").arg(who));
    constexpr std::int64_t recentMs = 3'000;
    const std::int64_t provenAt = status.asOf.ms - World::epochMs;
    if (!status.asOf.isSet() || !status.provenAt || m_world.ms() - m_rights[who].changedAt < 120'000)
        return;
    if (provenAt > m_world.ms())
        complain(QStringLiteral("client %1 claims to know the future").arg(who));
    const auto &history = m_erp.history();
    for (auto fact = history.rbegin(); fact != history.rend() && fact->at > provenAt - recentMs; ++fact) {
        if (fact->at > provenAt || !sees(m_rights[who], fact->change))
            continue;
        const auto row = client.reader().byKey(*fact->change.kind, fact->change.key);
        // A cache that catches up may be past a later removal already.
        const bool goneMeanwhile = std::any_of(history.rbegin(), fact, [&](const ScriptedErp::Fact &later) {
            return later.change.kind == fact->change.kind && later.change.key == fact->change.key
                && (later.change.record.isNull() || !sees(m_rights[who], later.change));
        });
        if (!row
            || (*row ? (*row)->version < fact->change.version
                     : !goneMeanwhile && !fact->change.record.isNull())) {
            complain(QStringLiteral("client %1 claims to be as of %2, but %3 v%4 of %5 is missing: %6")
                         .arg(who)
                         .arg(provenAt)
                         .arg(QString::fromStdString(fact->change.key))
                         .arg(fact->change.version)
                         .arg(fact->at)
                         .arg(!row       ? row.error().detail
                                  : *row ? QStringLiteral("v%1").arg((*row)->version)
                                         : QStringLiteral("no row")));
            return;
        }
    }
}

QString Schedule::findForeignBytes(std::size_t who)
{
    const Role &role = *findRole(m_rights[who].role);
    const MemoryDisk &disk = m_clients[who]->disk();
    if (!role.seesInvoices && disk.holds(ScriptedErp::financialSecret()))
        return QStringLiteral("client %1 still holds bytes of invoices or the like").arg(who);
    for (const std::string &account : ScriptedErp::accounts()) {
        if (!sees(m_rights[who], account) && disk.holds(ScriptedErp::secretOf(account)))
            return QStringLiteral("client %1 still holds bytes of %2")
                .arg(who)
                .arg(QString::fromStdString(account));
    }
    return {};
}

} // namespace Counterfoil
