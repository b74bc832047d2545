#include "ledgerclient.h"

#include "account.h"
#include "contact.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace Counterfoil {

namespace {

constexpr std::size_t unfinishedAtOnce = 12;
constexpr int paceMs = 20;
constexpr int worryMs = 15'000;           // not settled by then, it says what it waits for
constexpr std::size_t mostAddresses = 40; // that are changed: few, so that changes meet

const char *name(OutboxEntry::State state)
{
    static constexpr const char *names[] = {"queued",   "sending", "received",  "applied",  "rejected",
                                            "conflict", "held",    "cancelled", "withdrawn"};
    return names[static_cast<std::size_t>(state)];
}

} // namespace

LedgerClient::LedgerClient(const Options &options)
    : m_options(options)
    , m_random(options.seed)
    , m_client(
          SyncClient::Options{options.folder + QStringLiteral("/profiles"), QStringLiteral("ledger"), false})
    , m_ledger(options.folder + QStringLiteral("/ledger"))
{
    connect(&m_client, &SyncClient::profileOpened, this,
            [this](const Profile &profile) { m_cache = std::make_unique<CacheReader>(profile.cachePath()); });
    connect(&m_client.signIn(), &SignInPort::signInNeeded, this, &LedgerClient::signIn);
    connect(&m_client.signIn(), &SignInPort::signInFailed, this,
            [this]() { QTimer::singleShot(100, this, &LedgerClient::signIn); });
    connect(&m_client.commands(), &CommandPort::entriesChanged, this, [this]() { m_outboxKnown = true; });
    connect(&m_client.commands(), &CommandPort::queued, this, &LedgerClient::noteQueued);
    connect(&m_client.commands(), &CommandPort::notQueued, this, [](const QString &, const Error &error) {
        std::fprintf(stderr, "not queued: %s %s\n", qUtf8Printable(error.userText),
                     qUtf8Printable(error.detail));
    });
    connect(&m_pace, &QTimer::timeout, this, &LedgerClient::look);
    const auto complain = [](const Error &error) {
        std::fprintf(stderr, "%s (%s)\n", qUtf8Printable(error.userText), qUtf8Printable(error.detail));
    };
    connect(&m_client, &SyncClient::storeFailed, this, complain);
    connect(&m_client.commands(), &CommandPort::failed, this, complain);
    if (m_options.settles) {
        // To fetch a document ahead is to change its record, while records are compared.
        m_client.documents().setAhead({0, DocumentPort::Ahead::usualBytes});
        QTimer::singleShot(worryMs, this, &LedgerClient::tellWhatIsMissing);
    }
}

void LedgerClient::start()
{
    if (!m_ledger.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        qFatal("the ledger cannot be written");
    if (!m_client.start())
        signIn();
    m_pace.start(paceMs);
}

void LedgerClient::signIn()
{
    m_client.signIn().signIn(m_options.gateway, m_options.user, m_options.password);
}

void LedgerClient::look()
{
    if (m_options.settles)
        return tellIfSettled();
    if (m_cache && m_outboxKnown && knowsAccounts())
        askForMore();
}

// Nothing is asked for before the first fill brought something that it can be about.
bool LedgerClient::knowsAccounts()
{
    if (!m_addresses.empty())
        return true;
    const auto accounts = m_cache->all(Account::type);
    const auto addresses = m_cache->all(Address::type);
    if (!accounts || !addresses || accounts->empty() || addresses->empty())
        return false;
    for (const CachedRecord &row : *accounts)
        m_accounts.push_back(row.record.as<Account>()->key);
    for (const CachedRecord &row : *addresses) {
        const Address &address = *row.record.as<Address>();
        if (!address.current || m_addresses.size() == mostAddresses)
            continue;
        m_addresses.push_back(address);
        m_versions[address.key] = row.version;
    }
    return true;
}

void LedgerClient::askForMore()
{
    const auto entries = m_client.commands().entries();
    const auto unfinished
        = std::ranges::count_if(*entries, [](const OutboxEntry &entry) { return !entry.isFinished(); });
    for (auto open = static_cast<std::size_t>(unfinished) + static_cast<std::size_t>(m_markers.size());
         open < unfinishedAtOnce; ++open) {
        const std::string marker = "Kill " + m_random.uuid();
        switch (m_random.below(5)) {
        case 0:
        case 1:
            submit(newAddress(marker), marker);
            break;
        case 2:
            submit(newContact(marker), marker);
            break;
        default:
            submit(changedAddress(marker), marker);
        }
    }
}

void LedgerClient::submit(const Command &command, const std::string &marker)
{
    const QString key = m_client.commands().submit(command);
    m_markers.insert(key, QByteArray::fromStdString(marker));
    if (command.target.empty())
        return;
    m_latest[command.target] = {key.toStdString(), *command.record.as<Address>()};
}

Command LedgerClient::newAddress(const std::string &marker)
{
    Address wish = m_addresses[m_random.below(m_addresses.size())];
    wish.name = marker;
    wish.street = "1 New Road"; // no earlier marker
    Command command;
    command.verb = "save";
    command.kind = &Address::type;
    command.account = wish.account;
    command.record = AnyRecord(std::make_shared<Address>(wish));
    return command;
}

// On top of the earlier wish for the same address while that has no outcome, else on top of the fact; and now
// and then on top of something that never was, which is a conflict.
Command LedgerClient::changedAddress(const std::string &marker)
{
    const Address &start = m_addresses[m_random.below(m_addresses.size())];
    Command command;
    command.verb = "save";
    command.kind = &Address::type;
    command.account = start.account;
    command.target = start.key;
    Address base = start;
    const auto latest = m_latest.find(start.key);
    const auto entries = m_client.commands().entries();
    const auto earlier = latest == m_latest.end()
        ? entries->end()
        : std::ranges::find(*entries, latest->second.command,
                            [](const OutboxEntry &entry) { return entry.command.key; });
    if (earlier != entries->end() && !earlier->isFinished()) {
        base = latest->second.wish;
        command.after = latest->second.command;
    } else if (const auto fact = m_cache->byKey(Address::type, start.key); fact && *fact) {
        base = *(*fact)->record.as<Address>();
        command.baseVersion = (*fact)->version;
    }
    if (m_random.below(10) == 0 && command.after.empty())
        base.city += " Never";
    Address wish = base;
    wish.street = marker;
    command.base = AnyRecord(std::make_shared<Address>(base));
    command.record = AnyRecord(std::make_shared<Address>(wish));
    return command;
}

Command LedgerClient::newContact(const std::string &marker)
{
    Contact wish;
    wish.name = marker;
    wish.account = m_accounts[m_random.below(m_accounts.size())];
    wish.email = m_random.uuid() + "@example.com";
    Command command;
    command.verb = "save";
    command.kind = &Contact::type;
    command.account = wish.account;
    command.record = AnyRecord(std::make_shared<Contact>(wish));
    return command;
}

// What this says is what the person was told.
void LedgerClient::noteQueued(const QString &key)
{
    m_ledger.write(key.toLatin1() + ' ' + m_markers.take(key) + '\n');
    ::fsync(m_ledger.handle());
}

void LedgerClient::tellIfSettled()
{
    const auto entries = m_client.commands().entries();
    const bool live = m_client.sync().status().mode == SyncStatus::Mode::Live;
    if (!live || !m_cache || !m_outboxKnown || !std::ranges::all_of(*entries, &OutboxEntry::isFinished))
        return;
    const auto covered = m_cache->covered();
    const bool seen = covered && std::ranges::all_of(*entries, [&](const OutboxEntry &entry) {
                          return entry.outcome.effectSeq <= *covered;
                      });
    if (!seen)
        return;
    for (const OutboxEntry &entry : *entries)
        std::printf("%s %s %s\n", entry.command.key.c_str(), name(entry.state),
                    entry.outcome.reasonCode.c_str());
    std::printf("settled %s\n", qUtf8Printable(m_client.profile().cachePath()));
    std::fflush(stdout);
    QCoreApplication::quit();
}

void LedgerClient::tellWhatIsMissing()
{
    const SyncStatus status = m_client.sync().status();
    std::fprintf(stderr, "not settled: mode %d, covered %lld, %s\n", static_cast<int>(status.mode),
                 static_cast<long long>(m_cache ? m_cache->covered().ok() ? *m_cache->covered() : -1 : -2),
                 status.lastError ? qUtf8Printable(status.lastError->detail) : "no error");
    for (const OutboxEntry &entry : *m_client.commands().entries()) {
        if (!entry.isFinished())
            std::fprintf(stderr, "%s is %s, sent %d times, after %s: %s\n", entry.command.key.c_str(),
                         name(entry.state), entry.attempts, entry.command.after.c_str(),
                         entry.lastError ? qUtf8Printable(entry.lastError->detail) : "");
    }
}

} // namespace Counterfoil

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 7)
        qFatal("ledgerclient FOLDER GATEWAY USER PASSWORD load|settle SEED");
    Counterfoil::LedgerClient client({arguments[1], QUrl(arguments[2]), arguments[3], arguments[4],
                                      arguments[5] == QLatin1String("settle"), arguments[6].toULongLong()});
    client.start();
    return QCoreApplication::exec();
}
