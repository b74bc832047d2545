#include "accountbook.h"

#include "askflag.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"
#include "overlays.h"
#include "topaccount.h"

#include <algorithm>

namespace Counterfoil {

namespace {

struct BookFacts
{
    std::string key; // of the account
    std::optional<CachedRecord> account;
    std::vector<Account> family;
    std::vector<CachedRecord> addresses;
    std::vector<CachedRecord> contacts;
    std::optional<CachedRecord> own;
    std::int64_t covered = 0;
};

Outcome readFamily(CacheReader &reader, const Account &account, std::vector<Account> &family)
{
    Account top = account;
    if (!account.parent.empty()) {
        auto parent = reader.byKey(Account::type, account.parent);
        if (!parent)
            return parent.error();
        // A person may see a branch without seeing what it is a branch of.
        if (*parent)
            top = *(*parent)->record.as<Account>();
    }
    family.push_back(top);
    auto branches = reader.byField(Account::type, "parent", top.key);
    if (!branches)
        return branches.error();
    for (const CachedRecord &row : *branches)
        family.push_back(*row.record.as<Account>());
    std::ranges::sort(family.begin() + 1, family.end(), [](const Account &a, const Account &b) {
        return QString::localeAwareCompare(Display::text(a.name), Display::text(b.name)) < 0;
    });
    return Done();
}

Result<BookFacts> readFacts(CacheReader &reader, const std::string &key, const std::string &contact)
{
    BookFacts facts;
    const auto outcome = reader.atOneMoment([&]() -> Outcome {
        if (!contact.empty()) {
            auto own = reader.byKey(Contact::type, contact);
            if (!own)
                return own.error();
            facts.own = std::move(*own);
        }
        auto covered = reader.covered();
        if (!covered)
            return covered.error();
        facts.covered = *covered;
        facts.key = key;
        if (key.empty()) {
            auto only = onlyTopAccount(reader);
            if (!only)
                return only.error();
            facts.key = *only;
        }
        if (facts.key.empty())
            return Done();
        auto account = reader.byKey(Account::type, facts.key);
        auto addresses = reader.byField(Address::type, "account", facts.key);
        auto contacts = reader.byField(Contact::type, "account", facts.key);
        if (!account || !addresses || !contacts)
            return !account ? account.error() : !addresses ? addresses.error() : contacts.error();
        facts.account = std::move(*account);
        facts.addresses = std::move(*addresses);
        facts.contacts = std::move(*contacts);
        return facts.account ? readFamily(reader, *facts.account->record.as<Account>(), facts.family)
                             : Outcome(Done());
    });
    if (!outcome)
        return outcome.error();
    return facts;
}

} // namespace

class AccountBook::Private
{
public:
    Private(AccountBook *object, CacheReaders &cacheReaders, CommandPort &commandPort, const Person &who)
        : q(object)
        , readers(cacheReaders)
        , commands(commandPort)
        , person(who)
    { }

    void load();
    void take(Result<BookFacts> read);
    void merge();

    AccountBook *q;
    CacheReaders &readers;
    CommandPort &commands;
    const Person &person;
    AskFlag asking;
    bool again = false;
    bool started = false;
    std::string key; // as it was chosen
    State state = State::Loading;
    QString errorText;
    BookFacts facts;
    BookEntry account;
    std::vector<BookEntry> addresses;
    std::vector<BookEntry> contacts;
    std::optional<BookEntry> own;
};

void AccountBook::Private::load()
{
    if (asking.isUnderWay()) {
        again = true;
        return;
    }
    readers.ask(
        q, asking.renew(),
        [wanted = key, contact = person.contact.toStdString()](CacheReader &reader) {
            return readFacts(reader, wanted, contact);
        },
        [this](Result<BookFacts> read) {
            asking.finish();
            const bool goOn = std::exchange(again, false) && read.ok();
            take(std::move(read));
            if (goOn)
                load();
        });
}

void AccountBook::Private::take(Result<BookFacts> read)
{
    if (read) {
        facts = std::move(*read);
        errorText.clear();
        state = facts.account ? State::Here : facts.key.empty() ? State::Unchosen : State::Missing;
        merge();
    } else if (state == State::Loading || state == State::Failed) {
        state = State::Failed;
        errorText = read.error().userText;
        Q_EMIT q->changed();
    }
}

void AccountBook::Private::merge()
{
    const Overlays overlays(commands.entries(), facts.covered);
    account = {};
    if (facts.account) {
        account = bookEntryOf(overlays, {&Account::type, facts.key}, &*facts.account);
        // A usual address that is still to be made is known by its command until it has a key.
        auto &record = *account.record.as<Account>();
        for (std::string *usual : {&record.defaultShipTo, &record.defaultBillTo})
            *usual = overlays.keyOf(*usual);
    }
    addresses = bookEntriesOf(overlays, Address::type, facts.addresses, facts.key);
    contacts = bookEntriesOf(overlays, Contact::type, facts.contacts, facts.key);
    own.reset();
    if (facts.own)
        own = bookEntryOf(overlays, {&Contact::type, recordKeyOf(facts.own->record)}, &*facts.own);
    Q_EMIT q->changed();
}

AccountBook::AccountBook(CacheReaders &readers, CommandPort &commands, const Person &person, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, readers, commands, person))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (!d->started)
            return;
        if (notice.touches(Account::type) || notice.touches(Address::type) || notice.touches(Contact::type))
            d->load();
    });
    // What the cache covers is read together with the facts: otherwise the old ones would be seen for a
    // moment between the end of an overlay and its fact.
    connect(&readers, &CacheReaders::covers, this, [this] {
        if (d->started && !d->commands.entries()->empty())
            d->load();
    });
    connect(&commands, &CommandPort::entriesChanged, this, [this] { d->merge(); });
}

AccountBook::~AccountBook() = default;

void AccountBook::setAccount(const std::string &key)
{
    if (d->started && key == d->key)
        return;
    d->started = true;
    d->key = key;
    d->asking.cancel();
    d->again = false;
    d->state = State::Loading;
    d->facts = {};
    d->load();
    d->merge();
}

const std::string &AccountBook::accountKey() const
{
    return d->facts.key;
}

AccountBook::State AccountBook::state() const
{
    return d->state;
}

QString AccountBook::errorText() const
{
    return d->errorText;
}

const BookEntry &AccountBook::account() const
{
    return d->account;
}

const std::vector<Account> &AccountBook::family() const
{
    return d->facts.family;
}

const std::vector<BookEntry> &AccountBook::addresses() const
{
    return d->addresses;
}

const std::vector<BookEntry> &AccountBook::contacts() const
{
    return d->contacts;
}

const BookEntry *AccountBook::own() const
{
    return d->own ? &*d->own : nullptr;
}

} // namespace Counterfoil
