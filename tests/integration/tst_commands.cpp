#include "account.h"
#include "address.h"
#include "comparison.h"
#include "erpledger.h"
#include "order.h"
#include "station.h"
#include "testentry.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <set>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;
using State = OutboxEntry::State;

namespace {

constexpr int commandPatienceMs = 60'000;

// Without the assortments that come and go with an account.
QStringList accountsOf(QStringList gainedOrLost)
{
    gainedOrLost.removeIf([](const QString &key) { return key.startsWith(QLatin1String("assortment-")); });
    return gainedOrLost;
}

// A station whose person asks for things.
struct Desk : Station
{
    explicit Desk(const GatewayProcess &gateway, const QString &who)
        : Station(gateway.port())
    {
        user = who;
        begin();
    }
    void begin()
    {
        QObject::connect(&client->commands(), &CommandPort::queued, client.get(),
                         [this](const QString &key) { queued.append(key); });
        QObject::connect(&client->sync(), &SyncPort::scopeChanged, client.get(),
                         [this](const ScopeChange &change) { scopes.append(change); });
    }
    void restart()
    {
        client.reset();
        open();
        begin();
        client->start();
    }
    void online(bool on) { client->sync().setConnected(on); }
    Command save(const RecordType &kind, const std::string &account, const std::string &target = {}) const
    {
        Command command;
        command.verb = "save";
        command.kind = &kind;
        command.account = account;
        command.target = target;
        return command;
    }
    // Of a record in the cache, with its present fields as base and a copy to change.
    template <class Record> Command edit(const CachedRecord &row, const std::string &account) const
    {
        const Record &now = *row.record.as<Record>();
        Command command = save(Record::type, account, now.key);
        command.baseVersion = row.version;
        command.base = AnyRecord(std::make_shared<Record>(now));
        command.record = AnyRecord(std::make_shared<Record>(now));
        return command;
    }
    Command newAddress(const std::string &account, const std::string &name) const
    {
        Command command = save(Address::type, account);
        auto address = std::make_shared<Address>();
        address->account = account;
        address->name = name;
        address->street = "12 Harbour Road";
        address->city = "Springfield";
        address->region = "IL";
        address->postalCode = "62701";
        address->country = "US";
        address->shipTo = true;
        command.record = AnyRecord(address);
        return command;
    }
    QString submit(const Command &command) { return client->commands().submit(command); }
    std::optional<OutboxEntry> entry(const QString &key) const
    {
        const auto entries = client->commands().entries();
        const auto found = std::ranges::find_if(
            *entries, [&](const OutboxEntry &one) { return one.command.key == key.toStdString(); });
        return found == entries->end() ? std::nullopt : std::optional(*found);
    }
    bool isIn(const QString &key, State state) const
    {
        const auto found = entry(key);
        return found && found->state == state;
    }
    bool allApplied(const QStringList &keys) const
    {
        return std::ranges::all_of(keys, [this](const QString &key) { return isIn(key, State::Applied); });
    }
    std::optional<CachedRecord> find(const RecordType &kind, const std::string &key) const
    {
        CacheReader reader(client->profile().cachePath());
        const auto row = reader.byKey(kind, key);
        return row ? *row : std::nullopt;
    }
    // The accounts, those with most orders first.
    std::vector<std::pair<std::string, int>> accountsByOrders() const
    {
        std::map<std::string, int> counts;
        const auto orders = all(Order::type);
        for (const CachedRecord &row : *orders)
            ++counts[row.record.as<Order>()->account];
        std::vector<std::pair<std::string, int>> list(counts.begin(), counts.end());
        std::ranges::sort(list, std::greater(), [](const auto &pair) { return pair.second; });
        return list;
    }
    std::vector<CachedRecord> addressesOf(const std::string &account) const
    {
        std::vector<CachedRecord> rows = *all(Address::type);
        std::erase_if(rows, [&](const CachedRecord &row) {
            return row.record.as<Address>()->account != account || !row.record.as<Address>()->current;
        });
        return rows;
    }
    QStringList filesWith(const QByteArray &text) const
    {
        QStringList files;
        QDirIterator each(directory.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (each.hasNext()) {
            QFile file(each.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
                files.append(file.fileName());
        }
        return files;
    }

    QStringList queued;
    QList<ScopeChange> scopes;
};

} // namespace

// What a person does, over the real gateway to the sandbox company: judged by the company's own file.
class TestCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void nothingIsQueuedForNobody();
    void queuedOfflineHappensOnceWhateverDies();
    void chainMadeOffline();
    void laterOneIsAConflict();
    void refusedWithTheReason();
    void signsOutAndInAgain();
    void grantBringsOnlyWhatIsNew();
    void withdrawalLeavesNothing();

private:
    GatewayProcess m_gateway{400};
    std::string m_busy;  // an account with many orders
    std::string m_small; // one with few
    std::string m_third;
};

void TestCommands::initTestCase()
{
    QVERIFY(m_gateway.addUser(QStringLiteral("tess"), QStringLiteral("csr")));
    QVERIFY(m_gateway.addUser(QStringLiteral("lea"), QStringLiteral("csr")));
    QVERIFY(m_gateway.start(0));
    Desk desk(m_gateway, QStringLiteral("tess"));
    desk.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(desk.is(Mode::Live), commandPatienceMs);
    // Accounts that have no branches and are none.
    std::set<std::string> family;
    const auto rows = desk.all(Account::type);
    for (const CachedRecord &row : *rows) {
        const auto *account = row.record.as<Account>();
        if (!account->parent.empty())
            family.insert({account->parent, account->key});
    }
    auto accounts = desk.accountsByOrders();
    std::erase_if(accounts, [&](const auto &pair) { return family.contains(pair.first); });
    QVERIFY(accounts.size() > 3);
    m_busy = accounts[0].first;
    m_third = accounts[1].first;
    m_small = accounts.back().first;
}

void TestCommands::nothingIsQueuedForNobody()
{
    Desk desk(m_gateway, QStringLiteral("tess"));
    QSignalSpy refused(&desk.client->commands(), &CommandPort::notQueued);
    QVERIFY(desk.client->commands().entries()->empty());
    const QString key = desk.submit(desk.newAddress(m_busy, "Nowhere"));
    QTRY_COMPARE(refused.count(), 1);
    QCOMPARE(refused.front().front().toString(), key);
    QVERIFY(!refused.front().back().value<Error>().userText.isEmpty());
    QVERIFY(desk.queued.isEmpty());
}

// SYN-06: made without a network; then connections are cut, the gateway is killed and the client started
// anew, again and again, until all is settled.
void TestCommands::queuedOfflineHappensOnceWhateverDies()
{
    constexpr int count = 60;
    Desk desk(m_gateway, QStringLiteral("tess"));
    desk.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(desk.is(Mode::Live), commandPatienceMs);
    desk.proxy.setMode(TcpProxy::Mode::Swallow);
    desk.proxy.cutAll();
    for (int i = 0; i < count; ++i)
        desk.submit(desk.newAddress(m_busy, "Depot " + std::to_string(i)));
    QTRY_COMPARE_WITH_TIMEOUT(desk.queued.size(), count, commandPatienceMs);
    const QStringList keys = desk.queued;

    desk.restart();
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<int>(desk.client->commands().entries()->size()), count,
                              commandPatienceMs);
    const auto ended = [&] {
        return std::ranges::count_if(keys,
                                     [&](const QString &key) { return desk.isIn(key, State::Applied); });
    };
    desk.proxy.setMode(TcpProxy::Mode::Forward);
    desk.signIn();
    int deaths = 0;
    while (ended() < count) {
        const auto before = ended();
        QTRY_VERIFY_WITH_TIMEOUT(ended() >= std::min<qsizetype>(count, before + 10), commandPatienceMs);
        switch (deaths++ % 3) {
        case 0:
            desk.proxy.cutAll();
            break;
        case 1:
            m_gateway.kill();
            QVERIFY(m_gateway.start(0));
            desk.client->sync().retryNow();
            break;
        default:
            desk.restart();
            desk.signIn(); // no key store here
            QTRY_VERIFY_WITH_TIMEOUT(!desk.client->commands().entries()->empty(), commandPatienceMs);
        }
    }
    QVERIFY(deaths >= 3);
    const ErpLedger ledger = ErpLedger::read(m_gateway.erpFile());
    for (const QString &key : keys) {
        const auto found = ledger.effects.find(key.toStdString());
        QVERIFY2(found != ledger.effects.end(), qPrintable(key));
        QCOMPARE(found->second, 1);
    }
    QTRY_COMPARE_WITH_TIMEOUT(
        std::ranges::count_if(
            desk.addressesOf(m_busy),
            [](const CachedRecord &row) { return row.record.as<Address>()->name.starts_with("Depot "); }),
        count, commandPatienceMs);
}

// A new address, made the usual one, then corrected: all without a network, across a restart.
void TestCommands::chainMadeOffline()
{
    Desk desk(m_gateway, QStringLiteral("tess"));
    desk.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(desk.is(Mode::Live), commandPatienceMs);
    desk.online(false);
    QTRY_VERIFY(desk.is(Mode::Offline));
    const QString made = desk.submit(desk.newAddress(m_third, "Cold store"));
    const std::string reference = resultOf(made.toStdString());
    const auto account = desk.find(Account::type, m_third);
    QVERIFY(account);
    Command standard = desk.edit<Account>(*account, m_third);
    standard.record.as<Account>()->defaultShipTo = reference;
    const QString usual = desk.submit(standard);
    Command better = desk.newAddress(m_third, "Cold store, gate 4");
    better.target = reference;
    better.after = made.toStdString();
    better.base = desk.newAddress(m_third, "Cold store").record;
    const QString edited = desk.submit(better);
    QTRY_COMPARE_WITH_TIMEOUT(desk.queued.size(), 3, commandPatienceMs);

    desk.restart();
    desk.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(desk.allApplied({made, usual, edited}), commandPatienceMs);
    const std::string key = desk.entry(made)->outcome.target;
    QVERIFY(!key.empty());
    QCOMPARE(erpText(m_gateway.erpFile(), "addresses", key, "name"), "Cold store, gate 4");
    QCOMPARE(erpText(m_gateway.erpFile(), "accounts", m_third, "defaultShipTo"), key);
    // What it led to is in the cache by the place in the log that was told.
    const std::int64_t effect = desk.entry(edited)->outcome.effectSeq;
    QVERIFY(effect > 0);
    const auto covered = [&] {
        CacheReader reader(desk.client->profile().cachePath());
        const auto place = reader.covered();
        return place ? *place : 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(covered() >= effect, commandPatienceMs);
    QCOMPARE(desk.find(Address::type, key)->record.as<Address>()->name, "Cold store, gate 4");
    QCOMPARE(desk.find(Account::type, m_third)->record.as<Account>()->defaultShipTo, key);
}

void TestCommands::laterOneIsAConflict()
{
    Desk tess(m_gateway, QStringLiteral("tess"));
    Desk lea(m_gateway, QStringLiteral("lea"));
    for (Desk *desk : {&tess, &lea}) {
        desk->signIn();
        QTRY_VERIFY_WITH_TIMEOUT(desk->is(Mode::Live), commandPatienceMs);
    }
    const auto addresses = tess.addressesOf(m_busy);
    QVERIFY(!addresses.empty());
    const std::string key = addresses.front().record.as<Address>()->key;
    const auto change = [&](Desk &desk, const char *attention) {
        Command command = desk.edit<Address>(*desk.find(Address::type, key), m_busy);
        command.record.as<Address>()->attention = attention;
        return desk.submit(command);
    };
    for (Desk *desk : {&tess, &lea})
        desk->online(false);
    const QString first = change(tess, "Tess");
    const QString second = change(lea, "Lea");
    tess.online(true);
    QTRY_VERIFY_WITH_TIMEOUT(tess.isIn(first, State::Applied), commandPatienceMs);
    lea.online(true);
    QTRY_VERIFY_WITH_TIMEOUT(lea.isIn(second, State::Conflict), commandPatienceMs);
    const auto *theirs = lea.entry(second)->outcome.theirs.as<Address>();
    QVERIFY(theirs);
    QCOMPARE(theirs->attention, "Tess");
    QCOMPARE(erpText(m_gateway.erpFile(), "addresses", key, "attention"), "Tess");
    // Decided: mine, on top of theirs.
    Command again = lea.entry(second)->command;
    again.base = lea.entry(second)->outcome.theirs;
    again.baseVersion = lea.entry(second)->outcome.theirVersion;
    const QString decided = lea.client->commands().resubmit(second, again);
    QTRY_VERIFY_WITH_TIMEOUT(lea.isIn(decided, State::Applied), commandPatienceMs);
    QCOMPARE(erpText(m_gateway.erpFile(), "addresses", key, "attention"), "Lea");
}

void TestCommands::refusedWithTheReason()
{
    Desk desk(m_gateway, QStringLiteral("tess"));
    desk.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(desk.is(Mode::Live), commandPatienceMs);
    const std::string usual = desk.find(Account::type, m_busy)->record.as<Account>()->defaultShipTo;
    Command retire = desk.save(Address::type, m_busy, usual);
    retire.verb = "retire";
    retire.baseVersion = desk.find(Address::type, usual)->version;
    const QString refused = desk.submit(retire);
    Command foreign = desk.newAddress(m_third, "Elsewhere"); // of another account than its record says
    foreign.target = usual;
    foreign.base = foreign.record;
    const QString invisible = desk.submit(foreign);
    const QString other = desk.submit(desk.newAddress(m_busy, "Goes on"));
    QTRY_VERIFY_WITH_TIMEOUT(desk.isIn(other, State::Applied), commandPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(desk.isIn(refused, State::Rejected), commandPatienceMs);
    QCOMPARE(desk.entry(refused)->outcome.reasonCode, "address-is-default");
    QVERIFY(!desk.entry(refused)->outcome.reason.empty());
    QTRY_VERIFY_WITH_TIMEOUT(desk.isIn(invisible, State::Rejected), commandPatienceMs);
    QCOMPARE(desk.entry(invisible)->outcome.reasonCode, "not-found");
}

void TestCommands::signsOutAndInAgain()
{
    Desk desk(m_gateway, QStringLiteral("tess"));
    desk.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(desk.is(Mode::Live), commandPatienceMs);
    desk.online(false);
    const QString key = desk.submit(desk.newAddress(m_busy, "Later"));
    QTRY_COMPARE(desk.queued.size(), 1);
    desk.client->signIn().signOut();
    QTRY_VERIFY(desk.is(Mode::SignedOut));
    QVERIFY(desk.client->commands().entries()->empty()); // nobody's to see
    desk.user = QStringLiteral("lea");
    desk.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(desk.is(Mode::Live), commandPatienceMs);
    QVERIFY(desk.client->commands().entries()->empty());
    desk.client->signIn().signOut();
    desk.user = QStringLiteral("tess");
    desk.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(desk.isIn(key, State::Applied), commandPatienceMs);
    QCOMPARE(ErpLedger::read(m_gateway.erpFile()).effects[key.toStdString()], 1);
}

// ROL-15
void TestCommands::grantBringsOnlyWhatIsNew()
{
    const QString busy = QString::fromStdString(m_busy);
    const QString small = QString::fromStdString(m_small);
    QVERIFY(m_gateway.addUser(QStringLiteral("gus"), QStringLiteral("buyer"),
                              {QStringLiteral("--account"), busy}));
    Desk desk(m_gateway, QStringLiteral("gus"));
    desk.proxy.count();
    desk.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(desk.is(Mode::Live), commandPatienceMs);
    const int whole = desk.proxy.changes();
    const auto before = desk.all(Order::type)->size();
    QVERIFY(before > 0 && whole > static_cast<int>(before));
    desk.proxy.count();
    QVERIFY(m_gateway.setUser(desk.user,
                              {QStringLiteral("--account"), busy, QStringLiteral("--account"), small}));
    QTRY_COMPARE_WITH_TIMEOUT(desk.scopes.size(), 1, commandPatienceMs);
    QCOMPARE(accountsOf(desk.scopes.front().gained), QStringList{small});
    QVERIFY(desk.scopes.front().lost.isEmpty() && !desk.scopes.front().ended);
    QTRY_VERIFY_WITH_TIMEOUT(desk.is(Mode::Live), commandPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(desk.all(Order::type)->size() > before, commandPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(desk.is(Mode::Live), commandPatienceMs);
    const auto fixed = desk.proxy.requests().filter(QStringLiteral("POST /v1/snapshot"));
    QCOMPARE(fixed.size(), 1);
    QVERIFY(fixed.front().contains(QLatin1String("?beyond=")));
    int rows = 0;
    const QString difference
        = differenceToGateway(m_gateway.url(), desk.user, QString::fromLatin1(GatewayProcess::password),
                              desk.client->profile().cachePath(), &rows);
    QCOMPARE(difference, QString());
    // What everybody sees counted once, with the first copy.
    qInfo("first copy %d rows, then %d more for the account gained, %d in all", whole, desk.proxy.changes(),
          rows);
    QCOMPARE(whole + desk.proxy.changes(), rows);
}

// ROL-16 and invariant 5, with something queued for the lost account.
void TestCommands::withdrawalLeavesNothing()
{
    const QString busy = QString::fromStdString(m_busy);
    const QString small = QString::fromStdString(m_small);
    QVERIFY(m_gateway.addUser(QStringLiteral("wanda"), QStringLiteral("buyer"),
                              {QStringLiteral("--account"), busy, QStringLiteral("--account"), small}));
    Desk desk(m_gateway, QStringLiteral("wanda"));
    desk.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(desk.is(Mode::Live), commandPatienceMs);
    desk.online(false);
    QTRY_VERIFY(desk.is(Mode::Offline));
    const QString lost = desk.submit(desk.newAddress(m_small, "Marker of the lost"));
    const QString kept = desk.submit(desk.newAddress(m_busy, "Marker of the kept"));
    QTRY_COMPARE(desk.queued.size(), 2);
    QVERIFY(!desk.filesWith("Marker of the lost").isEmpty());
    QVERIFY(!desk.filesWith(small.toUtf8()).isEmpty());
    QVERIFY(m_gateway.setUser(desk.user, {QStringLiteral("--account"), busy}));
    desk.restart();
    desk.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(desk.isIn(kept, State::Applied), commandPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(desk.is(Mode::Live), commandPatienceMs);
    QCOMPARE(desk.scopes.size(), 1);
    QCOMPARE(accountsOf(desk.scopes.front().lost), QStringList{small});
    QVERIFY(desk.isIn(lost, State::Withdrawn));
    QVERIFY(desk.entry(lost)->command.account.empty() && desk.entry(lost)->command.record.isNull());
    QCOMPARE(ErpLedger::read(m_gateway.erpFile()).effects.count(lost.toStdString()), 0U);
    QCOMPARE(desk.filesWith("Marker of the lost"), QStringList());
    QCOMPARE(desk.filesWith(small.toUtf8()), QStringList());
    QVERIFY(!desk.filesWith(busy.toUtf8()).isEmpty()); // that the search finds what is there

    QVERIFY(m_gateway.disableUser(desk.user));
    QTRY_VERIFY_WITH_TIMEOUT(desk.signInNeeded, commandPatienceMs);
    QTRY_COMPARE(desk.scopes.size(), 2);
    QVERIFY(desk.scopes.back().ended);
    QCOMPARE(desk.filesWith("Marker of the kept"), QStringList());
    QCOMPARE(desk.filesWith(busy.toUtf8()), QStringList());
}

CORE_TEST(TestCommands)
#include "tst_commands.moc"
