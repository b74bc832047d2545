#include "sandboxsystem.h"

#include "account.h"
#include "address.h"
#include "codec.h"
#include "contact.h"

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>

namespace Counterfoil {

namespace {

const QString companyFile = QStringLiteral("company.sqlite");
constexpr int manyRecords = 10'000;
constexpr std::size_t knownAccounts = 5; // of which people are given some

// A company that is made once, as a file, and then lives on many disks.
struct Founded
{
    MemoryDisk::Image image;
    std::map<std::string, std::vector<std::string>> secrets; // words that no other account's records have
};

const SandboxSettings &settings()
{
    static const SandboxSettings all = [] {
        SandboxSettings one;
        one.scale = 0;
        one.changesPerSecond = 0.5;
        return one;
    }();
    return all;
}

std::map<std::string, std::string> textOfAccounts(const ErpBatch &batch)
{
    std::map<std::string, std::string> texts;
    for (const Change &change : batch.changes)
        texts[change.account] += encode(*change.kind, change.record.data());
    return texts;
}

const Founded &founded()
{
    static const Founded company = [] {
        Founded made;
        const QTemporaryDir folder;
        const QString path = folder.filePath(companyFile);
        const World birth(1);
        {
            const auto erp = SandboxErp::open(path, settings(), birth);
            if (!erp)
                qFatal("the sandbox cannot be made: %s", qUtf8Printable(erp.error().detail));
            const auto batch = (*erp)->changesAfter({}, manyRecords);
            if (!batch || batch->more)
                qFatal("the sandbox's company is larger than thought");
            const auto texts = textOfAccounts(*batch);
            for (const Change &change : batch->changes) {
                const auto *account = change.record.as<Account>();
                const bool alone = account && std::ranges::none_of(texts, [&](const auto &text) {
                                       return text.first != account->key
                                           && text.second.find(account->name) != std::string::npos;
                                   });
                if (alone && account->parent.empty())
                    made.secrets[account->key] = {account->name};
            }
        }
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly) || made.secrets.size() < knownAccounts)
            qFatal("the sandbox's company is not as thought");
        const QByteArray bytes = file.readAll();
        made.image["company.sqlite"] = {bytes.begin(), bytes.end()};
        return made;
    }();
    return company;
}

} // namespace

SandboxSystem::SandboxSystem(World &world)
    : m_world(world)
    , m_disk(QStringLiteral("/simulated/erp"))
{
    m_disk.restore(founded().image);
    SandboxSettings own = settings();
    own.vfs = MemoryDisk::vfs;
    auto erp = SandboxErp::open(m_disk.path(companyFile), own, world);
    if (!erp)
        qFatal("the sandbox does not open: %s", qUtf8Printable(erp.error().detail));
    m_erp = *std::move(erp);
    auto books = Sqlite::Database::open(m_disk.path(companyFile), Sqlite::Database::Mode::ReadOnly);
    if (!books)
        qFatal("the sandbox's books do not open: %s", qUtf8Printable(books.error().detail));
    m_books = *std::move(books);
    for (const auto &[account, words] : founded().secrets) {
        if (m_accounts.size() < knownAccounts)
            m_accounts.push_back(account);
    }
}

std::vector<std::string> SandboxSystem::secretsOf(const std::string &account) const
{
    const auto found = founded().secrets.find(account);
    return found == founded().secrets.end() ? std::vector<std::string>() : found->second;
}

std::string SandboxSystem::parentOf(const std::string &account) const
{
    const auto found = m_facts.find({std::string(Account::type.name), account});
    const auto *record = found == m_facts.end() ? nullptr : found->second.change.record.as<Account>();
    return record ? record->parent : std::string();
}

void SandboxSystem::begin(int)
{
    readBooks();
}

void SandboxSystem::change(int)
{
    (void)m_erp->advance(m_world.now());
    readBooks();
}

// Somebody at the company corrects what they have been told on the telephone.
void SandboxSystem::interfere()
{
    std::vector<const Fact *> known;
    for (const auto &[key, fact] : m_facts) {
        const bool theirs = std::ranges::find(m_accounts, fact.change.account) != m_accounts.end();
        if (theirs && (fact.change.kind == &Address::type || fact.change.kind == &Contact::type))
            known.push_back(&fact);
    }
    if (known.empty())
        return;
    const Change &change = known[m_world.random.below(std::min<std::size_t>(known.size(), 6))]->change;
    const std::string word
        = secretsOf(change.account).front() + " e" + std::to_string(m_world.between(0, 99'999));
    if (const auto *address = change.record.as<Address>()) {
        Address edited = *address;
        edited.attention = word;
        (void)m_erp->editAddress(edited, m_world.now());
    } else if (const auto *contact = change.record.as<Contact>()) {
        Contact edited = *contact;
        edited.department = word;
        (void)m_erp->editContact(edited, m_world.now());
    }
    readBooks();
}

Result<CommandEffect> SandboxSystem::execute(const Command &command, const std::string &actor)
{
    auto effect = m_erp->execute(command, actor);
    m_world.note("erp",
                 !effect                                                   ? "fails"
                     : effect->verdict == CommandEffect::Verdict::Applied  ? "does"
                     : effect->verdict == CommandEffect::Verdict::Conflict ? "sees a conflict"
                                                                           : "rejects",
                 command.key);
    readBooks();
    // What is as it was wished already leaves nothing in the audit.
    if (effect && effect->verdict == CommandEffect::Verdict::Applied
        && std::ranges::find(m_effects, command.key, &ErpEffect::command) == m_effects.end()) {
        const Key key{std::string(command.kind->name), effect->target};
        m_effects.push_back({command.key, key.first, key.second, m_facts[key].change.version});
    }
    return effect;
}

void SandboxSystem::readBooks()
{
    for (bool more = true; more;) {
        const auto batch = m_erp->changesAfter(m_position, 1'000);
        if (!batch)
            qFatal("the sandbox's books cannot be read");
        for (const Change &change : batch->changes) {
            m_history.push_back({change, m_world.ms()});
            m_facts[{std::string(change.kind->name), change.key}] = m_history.back();
        }
        m_position = batch->position;
        more = batch->more;
    }
    // A command may touch more than the record that it is about.
    const auto done = m_books
                          ->lend("SELECT a.id, a.command, a.kind, a.target FROM audit a JOIN commands c "
                                 "ON c.key = a.command AND c.kind = a.kind AND c.target = a.target "
                                 "WHERE a.id > ? ORDER BY a.id")
                          ->with(m_audited)
                          .forEachRow([this](const Sqlite::Statement &row) {
                              m_audited = row.integer(0);
                              const Key key{std::string(row.text(2)), std::string(row.text(3))};
                              m_effects.push_back({std::string(row.text(1)), key.first, key.second,
                                                   m_facts[key].change.version});
                          });
    if (!done)
        qFatal("the sandbox's audit cannot be read");
}

} // namespace Counterfoil
