#include "cartbook.h"

#include "askflag.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "overlays.h"
#include "topaccount.h"

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

using Accounts = std::vector<std::string>;

struct Facts
{
    bool several = false;
    std::vector<Account> accounts; // whose carts these are
    std::vector<CachedRecord> carts;
    std::vector<CachedRecord> addresses;
    std::int64_t covered = 0;
};

Outcome readInto(CacheReader &reader, const Accounts &chosen, Facts &facts)
{
    const auto covered = reader.covered();
    auto known = reader.all(Account::type);
    if (!covered || !known)
        return covered ? known.error() : covered.error();
    facts.covered = *covered;
    if (chosen.empty() && !known->empty()) {
        const auto only = onlyTopAccount(reader);
        if (!only)
            return only.error();
        facts.several = only->empty();
        if (facts.several)
            return Done();
    }
    for (const CachedRecord &row : *known) {
        const auto &account = *row.record.as<Account>();
        if (!chosen.empty() && std::ranges::find(chosen, account.key) == chosen.end())
            continue;
        facts.accounts.push_back(account);
        auto carts = reader.byField(Cart::type, "account", account.key);
        auto addresses = reader.byField(Address::type, "account", account.key);
        if (!carts || !addresses)
            return carts ? addresses.error() : carts.error();
        std::ranges::move(*carts, std::back_inserter(facts.carts));
        std::ranges::move(*addresses, std::back_inserter(facts.addresses));
    }
    return Done();
}

Result<Facts> read(CacheReader &reader, const Accounts &chosen)
{
    Facts facts;
    const auto done = reader.atOneMoment([&] { return readInto(reader, chosen, facts); });
    if (!done)
        return done.error();
    return facts;
}

const Cart &cartOf(const BookEntry &entry)
{
    return *entry.record.as<Cart>();
}

} // namespace

class CartBook::Private
{
public:
    Private(CartBook *object, CacheReaders &cacheReaders, CommandPort &commandPort)
        : q(object)
        , readers(cacheReaders)
        , commands(commandPort)
    { }

    void load();
    void merge();

    CartBook *q;
    CacheReaders &readers;
    CommandPort &commands;
    Accounts accounts;
    AskFlag asking;
    bool again = false;
    State state = State::Loading;
    QString errorText;
    Facts facts;
    std::vector<BookEntry> carts;
};

void CartBook::Private::load()
{
    if (asking.isUnderWay()) {
        again = true;
        return;
    }
    readers.ask(
        q, asking.renew(), [accounts = accounts](CacheReader &reader) { return read(reader, accounts); },
        [this](Result<Facts> answer) {
            asking.finish();
            const bool goOn = std::exchange(again, false) && answer.ok();
            if (answer) {
                facts = std::move(*answer);
                state = facts.several ? State::Several : State::Here;
                merge();
            } else if (state == State::Loading) {
                state = State::Failed;
                errorText = answer.error().userText;
                Q_EMIT q->changed();
            }
            if (goOn)
                load();
        });
}

void CartBook::Private::merge()
{
    const Overlays overlays(commands.entries(), facts.covered);
    carts.clear();
    for (const Account &account : facts.accounts) {
        std::vector<CachedRecord> own;
        std::ranges::copy_if(facts.carts, std::back_inserter(own), [&account](const CachedRecord &row) {
            return row.record.as<Cart>()->account == account.key;
        });
        std::ranges::move(bookEntriesOf(overlays, Cart::type, own, account.key), std::back_inserter(carts));
    }
    std::erase_if(carts, [](const BookEntry &entry) { return entry.retiring; });
    std::ranges::stable_sort(carts, [](const BookEntry &a, const BookEntry &b) {
        const Cart &left = cartOf(a);
        const Cart &right = cartOf(b);
        if (left.open != right.open)
            return left.open;
        if ((a.version == 0) != (b.version == 0)) // what is still to be made is the newest
            return a.version == 0;
        return left.changedAt > right.changedAt;
    });
    const auto placed = std::ranges::find_if(carts, [](const BookEntry &each) { return !cartOf(each).open; });
    if (std::distance(placed, carts.end()) > placedMost)
        carts.erase(placed + placedMost, carts.end());
    Q_EMIT q->changed();
}

CartBook::CartBook(CacheReaders &readers, CommandPort &commands, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, readers, commands))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.touches(Cart::type) || notice.touches(Address::type) || notice.touches(Account::type))
            d->load();
    });
    // What the cache covers is read together with the facts, as in the account's book.
    connect(&readers, &CacheReaders::covers, this, [this] {
        if (!d->commands.entries()->empty())
            d->load();
    });
    connect(&commands, &CommandPort::entriesChanged, this, [this] { d->merge(); });
    d->load();
}

CartBook::~CartBook() = default;

void CartBook::setAccounts(const std::vector<std::string> &accounts)
{
    if (d->accounts == accounts)
        return;
    d->accounts = accounts;
    d->asking.cancel();
    d->again = false;
    d->state = State::Loading;
    d->facts = {};
    d->load();
    d->merge();
}

CartBook::State CartBook::state() const
{
    return d->state;
}

QString CartBook::errorText() const
{
    return d->errorText;
}

const std::vector<BookEntry> &CartBook::carts() const
{
    return d->carts;
}

const BookEntry *CartBook::find(const std::string &target) const
{
    const std::string key = Overlays(d->commands.entries(), d->facts.covered).keyOf(target);
    const auto found = std::ranges::find_if(
        d->carts, [&](const BookEntry &each) { return each.target == key || each.target == target; });
    return found == d->carts.end() ? nullptr : &*found;
}

std::vector<Address> CartBook::shipTos(const std::string &account) const
{
    std::vector<Address> addresses;
    for (const CachedRecord &row : d->facts.addresses) {
        const auto &address = *row.record.as<Address>();
        if (address.account == account && address.shipTo && address.current)
            addresses.push_back(address);
    }
    return addresses;
}

const Account *CartBook::account(const std::string &key) const
{
    const auto found = std::ranges::find(d->facts.accounts, key, &Account::key);
    return found == d->facts.accounts.end() ? nullptr : &*found;
}

CommandPort &CartBook::commands() const
{
    return d->commands;
}

} // namespace Counterfoil
