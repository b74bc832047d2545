#include "judge.h"

#include "account.h"
#include "codec.h"
#include "database.h"
#include "kinds.h"
#include "note.h"
#include "order.h"
#include "return.h"
#include "scope.h"

#include <algorithm>
#include <set>

namespace Counterfoil {

namespace {

constexpr std::size_t manyViolations = 5;
constexpr std::int64_t rightsSettleMs = 5'000; // a claim of so soon after a change of rights says nothing

// Of an order's timeline, what somebody may know who may not know of invoices.
bool isOfGoods(const OrderEvent &event)
{
    static const std::set<std::string> codes{
        "placed",           "held",      "released",        "allocated", "backordered", "shipped", "delayed",
        "out-for-delivery", "delivered", "delivery-failed", "returned",  "cancelled",   "closed"};
    return codes.contains(event.code);
}

} // namespace

Judge::Judge(World &world, SimErp &erp, SimGateway &gateway)
    : m_world(world)
    , m_erp(erp)
    , m_gateway(gateway)
    , m_commands(
          erp, [this](const std::string &what) { complain(what); },
          [this](const SimClient &client, const std::string &account) {
              return wasLost(of(client), account);
          })
{ }

void Judge::complain(const std::string &what)
{
    m_world.note("judge", "objects:", what);
    if (m_violations.size() < manyViolations)
        m_violations.push_back(what);
}

void Judge::afterEvent()
{
    m_commands.checkBooks();
    lookAtRights();
}

// As the ERP has it now.
const std::set<std::string> &Judge::grantedTo(const std::string &assortment)
{
    const auto &history = m_erp.history();
    for (; m_historySeen < history.size(); ++m_historySeen) {
        const Change &change = history[m_historySeen].change;
        if (change.kind != &Account::type)
            continue;
        for (auto &[name, accounts] : m_grantedTo)
            accounts.erase(change.key);
        const auto *account = change.record.as<Account>();
        if (!account)
            continue;
        for (const AccountAssortment &each : account->assortments)
            m_grantedTo[each.assortment].insert(change.key);
    }
    static const std::set<std::string> nobody;
    const auto found = m_grantedTo.find(assortment);
    return found == m_grantedTo.end() ? nobody : found->second;
}

Judge::Seen &Judge::of(const SimClient &client)
{
    Seen &seen = m_seen[client.number()];
    if (!seen.known)
        m_rightsSeen = -1;
    lookAtRights();
    return seen;
}

// As the gateway has them in its store: a restored one may have given back what was taken.
void Judge::lookAtRights()
{
    // Rights that are given and taken again while the store cannot be read are in force all the same.
    for (; m_askedSeen < m_gateway.askedUsers().size(); ++m_askedSeen) {
        const User &user = m_gateway.askedUsers()[m_askedSeen];
        for (auto &[number, seen] : m_seen) {
            if (user.name == "person" + std::to_string(number))
                seen.had.push_back(user);
        }
    }
    if (m_rightsSeen == m_gateway.rightsVersion() || !m_gateway.isUp())
        return;
    m_rightsSeen = m_gateway.rightsVersion();
    for (auto &[number, seen] : m_seen) {
        const auto user = m_gateway.user("person" + std::to_string(number));
        if (!user) {
            m_rightsSeen = -1; // its disk is in trouble
            continue;
        }
        seen.user = *user;
        seen.known = true;
        seen.had.push_back(*user);
    }
}

bool Judge::wasLost(const Seen &seen, const std::string &account)
{
    return std::ranges::any_of(seen.had,
                               [&](const User &user) { return user.disabled || !sees(user, account); });
}

bool Judge::sees(const User &user, const std::string &account)
{
    if (account.empty() || (user.accounts.empty() && (user.role == "csr" || user.role == "admin")))
        return true;
    for (std::string above = account; !above.empty(); above = m_erp.parentOf(above)) {
        if (std::ranges::find(user.accounts, above) != user.accounts.end())
            return true;
    }
    // An assortment is whoever's who sees an account that it is granted to.
    return std::ranges::any_of(grantedTo(account), [&](const std::string &to) { return sees(user, to); });
}

bool Judge::sees(const User &user, const Change &change)
{
    if (!sees(user, change.account) || (change.kind == &Note::type && !speaksForSupplier(user)))
        return false;
    if (!change.kind->audience)
        return seesInvoices(user) || !change.kind->financial;
    return audienceOf(user)
        >= (change.record.isNull() ? Audience::InvoiceReaders : change.kind->audience(change.record.data()));
}

// Freshness: what the ERP had committed by the moment that the status names is in the cache.
void Judge::published(SimClient &client)
{
    constexpr std::int64_t recentMs = 3'000;
    const Seen &seen = of(client);
    const auto proven = client.provenAt();
    if (client.status().mode == SyncStatus::Mode::Live && !proven)
        complain(client.name() + " says live and proves nothing");
    if (!proven || !seen.known)
        return;
    if (*proven > m_world.ms())
        complain(client.name() + " claims to know the future");
    if (*proven - m_gateway.rightsChangedAt() < rightsSettleMs)
        return; // it may speak of what was seen before
    const auto &history = m_erp.history();
    for (auto fact = history.rbegin(); fact != history.rend() && fact->at > *proven - recentMs; ++fact) {
        if (fact->at > *proven || !sees(seen.user, fact->change))
            continue;
        const auto row = client.reader().byKey(*fact->change.kind, fact->change.key);
        if (!row)
            return; // its disk is in trouble
        // A cache that catches up may be past a later removal already.
        const bool goneMeanwhile = std::any_of(history.rbegin(), fact, [&](const SimErp::Fact &later) {
            return later.change.kind == fact->change.kind && later.change.key == fact->change.key
                && (later.change.record.isNull() || !sees(seen.user, later.change));
        });
        if (*row ? (*row)->version < fact->change.version : !goneMeanwhile && !fact->change.record.isNull()) {
            complain(client.name() + " claims to be as of " + std::to_string(*proven) + ", but "
                     + fact->change.key + " v" + std::to_string(fact->change.version) + " of "
                     + std::to_string(fact->at) + " is missing");
            return;
        }
    }
}

void Judge::cacheChanged(SimClient &client)
{
    m_commands.cacheChanged(client);
}

void Judge::withdrawing(SimClient &client, const std::vector<std::string> &accounts, bool all)
{
    const Seen &seen = of(client);
    for (const std::string &account : accounts) {
        if (!wasLost(seen, account) && (!seen.known || sees(seen.user, account)))
            complain(client.name() + " withdraws what belongs to " + account + ", which it never lost");
    }
    m_commands.withdrawn(client, accounts, all);
}

// Not where the disk has just failed: what is left then goes later, at the latest before the end.
void Judge::purged(SimClient &client, const std::vector<std::string> &accounts)
{
    Seen &seen = of(client);
    const bool troubled = seen.diskTroubles != client.disk().troubles() || client.disk().isFull();
    seen.diskTroubles = client.disk().troubles();
    if (troubled)
        return;
    for (const std::string &account : accounts) {
        for (const std::string &secret : m_erp.secretsOf(account)) {
            if (client.disk().holds(secret))
                complain(client.name() + " has purged " + account + " and still holds its bytes");
        }
    }
}

std::string Judge::unsettled(SimClient &client)
{
    const auto user = m_gateway.user(client.user());
    if (!user)
        return "the gateway is down";
    const SyncStatus &status = client.status();
    if (status.mode != SyncStatus::Mode::Live)
        return client.name() + " is in mode " + std::to_string(static_cast<int>(status.mode))
            + ", error: " + (status.lastError ? status.lastError->detail.toStdString() : std::string());
    if (std::string open = m_commands.unsettled(client); !open.empty())
        return open;
    return difference(client, *user);
}

AnyRecord Judge::asSeenBy(const User &user, const Change &change) const
{
    // Through the codec, so that the ERP's own copy stays as it is.
    AnyRecord record = *decode(*change.kind, encode(*change.kind, change.record.data()));
    if (!seesPrices(user))
        withholdPrices(*change.kind, record.data());
    if (Order *order = record.as<Order>(); order && !seesInvoices(user))
        std::erase_if(order->events, [](const OrderEvent &event) { return !isOfGoods(event); });
    if (Return *returned = record.as<Return>(); returned && !seesInvoices(user)) {
        for (const char *field :
             {"invoice", "invoiceNumber", "creditMemo", "creditMemoNumber", "creditRemark"})
            Return::type.find(field)->in<std::string>(static_cast<void *>(returned)).clear();
        returned->postedCredit = {};
        for (ReturnEvent &event : returned->events)
            event.reference = event.code == "credited" ? std::string() : event.reference;
    }
    return record;
}

// Convergence: the cache is what the ERP says, for this person.
std::string Judge::difference(SimClient &client, const User &user)
{
    std::map<SimErp::Key, const SimErp::Fact *> expected;
    for (const auto &[key, fact] : m_erp.facts()) {
        if (!fact.change.record.isNull() && sees(user, fact.change))
            expected[key] = &fact;
    }
    for (const RecordType *kind : allKinds()) {
        const auto rows = client.reader().all(*kind);
        if (!rows)
            return "the cache cannot be read: " + rows.error().detail.toStdString();
        std::vector<std::int64_t> ids;
        for (const CachedRecord &row : *rows)
            ids.push_back(row.id);
        const auto whole = client.reader().byIds(*kind, ids, WithLists::Yes);
        if (!whole)
            return "the cache cannot be read: " + whole.error().detail.toStdString();
        for (const CachedRecord &row : *whole) {
            const std::string key = kind->findFlag(Key)->in<std::string>(row.record.data());
            const auto found = expected.find({std::string(kind->name), key});
            const std::string name = client.name() + ", " + std::string(kind->name) + ' ' + key;
            if (found == expected.end())
                return name + " should not be there";
            const Change &change = found->second->change;
            if (row.version != change.version
                || !equal(*kind, row.record.data(), asSeenBy(user, change).data()))
                return name + " differs";
            expected.erase(found);
        }
    }
    if (!expected.empty())
        return client.name() + " lacks " + std::to_string(expected.size()) + " records, first "
            + expected.begin()->first.first + ' ' + expected.begin()->first.second;
    const auto state = client.writer() ? client.writer()->syncState() : Result<SyncState>(Error());
    if (!state || state->filling || state->cursor.empty() || !state->incomplete.empty())
        return client.name() + " is live without a whole cache";
    return {};
}

void Judge::checkBytes(SimClient &client)
{
    const auto user = m_gateway.user(client.user());
    if (!user)
        return;
    const MemoryDisk &disk = client.disk();
    if (const std::string secret = m_erp.financialSecret();
        !secret.empty() && !seesInvoices(*user) && disk.holds(secret))
        complain(client.name() + " still holds bytes of invoices or the like");
    for (const std::string &account : m_erp.accounts()) {
        if (sees(*user, account))
            continue;
        for (const std::string &secret : m_erp.secretsOf(account)) {
            if (disk.holds(secret))
                complain(client.name() + " still holds bytes of " + account);
        }
    }
}

void Judge::checkCovered(SimClient &client)
{
    const auto state = client.writer() ? client.writer()->syncState() : Result<SyncState>(Error());
    const auto user = m_gateway.user(client.user());
    if (!state || !user || state->filling || state->cursor.empty() || !state->incomplete.empty()
        || state->covered == 0)
        return;
    const auto log = m_gateway.store()->logState();
    const bool sameLog = log && state->cursor.find(log->epoch) != std::string::npos;
    if (!sameLog || m_world.ms() - m_gateway.rightsChangedAt() < rightsSettleMs)
        return;
    auto database = Sqlite::Database::open(m_gateway.disk().path(QStringLiteral("gateway.sqlite")),
                                           Sqlite::Database::Mode::ReadOnly);
    auto rows = database
        ? database->prepare("SELECT kind, key, account, version, audience FROM projection WHERE seq <= ?")
        : Result<Sqlite::Statement>(Error());
    if (!rows)
        return;
    rows->with(state->covered);
    for (auto row = rows->step(); row && *row; row = rows->step()) {
        const RecordType *kind = findKind(rows->text(0));
        const bool shown = kind->audience ? Audience(rows->integer(4)) <= audienceOf(*user)
                                          : seesInvoices(*user) || !kind->financial;
        if (!shown || !sees(*user, std::string(rows->text(2)))
            || (kind == &Note::type && !speaksForSupplier(*user)))
            continue;
        const auto held = client.reader().byKey(*kind, std::string(rows->text(1)));
        if (held && (!*held || (*held)->version != rows->integer(3)))
            complain(client.name() + " covers " + std::to_string(state->covered) + " and has not "
                     + std::string(rows->text(0)) + ' ' + std::string(rows->text(1)) + " v"
                     + std::to_string(rows->integer(3)));
    }
}

} // namespace Counterfoil
