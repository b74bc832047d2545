#include "cartbook.h"

#include "askflag.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "overlays.h"
#include "recordquery.h"
#include "recordreader.h"
#include "topaccount.h"

#include <algorithm>
#include <set>
#include <utility>

namespace Counterfoil {

namespace {

using Accounts = std::vector<std::string>;

// All of it at one moment.
struct Picture
{
    bool several = false;
    std::vector<Account> accounts; // whose carts these are
    std::vector<BookEntry> carts;
    bool moreOpen = false;
    std::map<std::string, Approval> approvals; // the last of each cart
    std::vector<Address> shipTos;
    std::set<std::string, std::less<>> commands; // that the outbox had
    std::shared_ptr<const Overlays> overlays;
};

const Cart &cartOf(const BookEntry &entry)
{
    return *entry.record.as<Cart>();
}

Result<std::vector<CachedRecord>> readCarts(CacheReader &reader, const std::vector<std::string> &accounts,
                                            bool open, int most)
{
    RecordQuery query;
    query.kind = &Cart::type;
    query.accounts = accounts;
    query.flags = {{"open", open}};
    const auto ids = RecordReader(reader).ids(query, most);
    if (!ids)
        return ids.error();
    return reader.byIds(Cart::type, *ids, WithLists::Yes);
}

// Those that can be changed first, lists after carts, the last changed of them first.
bool standsBefore(const BookEntry &a, const BookEntry &b)
{
    const Cart &left = cartOf(a);
    const Cart &right = cartOf(b);
    if (left.open != right.open)
        return left.open;
    if (left.list != right.list)
        return right.list;
    if ((a.version == 0) != (b.version == 0)) // what is still to be made is the newest
        return a.version == 0;
    return left.changedAt > right.changedAt;
}

// Of carts that are still open; of others the order says it all.
Outcome readApprovals(CacheReader &reader, Picture &picture)
{
    for (const BookEntry &entry : picture.carts) {
        const Cart &cart = cartOf(entry);
        if (!cart.open || entry.version == 0)
            continue;
        const auto asked = reader.byField(Approval::type, "cart", cart.key);
        if (!asked)
            return asked.error();
        for (const CachedRecord &row : *asked) {
            const auto &approval = *row.record.as<Approval>();
            Approval &last = picture.approvals[cart.key];
            if (approval.requestedAt >= last.requestedAt)
                last = approval;
        }
    }
    return Done();
}

Outcome readEntries(CacheReader &reader, Picture &picture)
{
    Accounts keys;
    std::ranges::transform(picture.accounts, std::back_inserter(keys), &Account::key);
    if (keys.empty())
        return Done();
    auto open = readCarts(reader, keys, true, CartBook::openMost + 1);
    auto placed = readCarts(reader, keys, false, CartBook::placedMost);
    if (!open || !placed)
        return open ? placed.error() : open.error();
    picture.moreOpen = open->size() > CartBook::openMost;
    if (picture.moreOpen)
        open->resize(CartBook::openMost);
    std::ranges::move(*placed, std::back_inserter(*open));
    for (const std::string &key : keys) {
        std::vector<CachedRecord> own;
        std::ranges::copy_if(*open, std::back_inserter(own), [&key](const CachedRecord &row) {
            return row.record.as<Cart>()->account == key;
        });
        std::ranges::move(bookEntriesOf(*picture.overlays, Cart::type, own, key),
                          std::back_inserter(picture.carts));
        const auto addresses = reader.byField(Address::type, "account", key);
        if (!addresses)
            return addresses.error();
        for (const CachedRecord &row : *addresses) {
            const auto &address = *row.record.as<Address>();
            if (address.shipTo && address.current)
                picture.shipTos.push_back(address);
        }
    }
    std::erase_if(picture.carts, [](const BookEntry &entry) { return entry.retiring; });
    std::ranges::stable_sort(picture.carts, standsBefore);
    return readApprovals(reader, picture);
}

// Of several companies, those that have carts which are still open, or are about to.
Result<Accounts> accountsWithCarts(CacheReader &reader, const OutboxEntries &entries)
{
    const auto open = readCarts(reader, {}, true, CartBook::openMost);
    if (!open)
        return open.error();
    std::set<std::string> accounts;
    for (const CachedRecord &row : *open)
        accounts.insert(row.record.as<Cart>()->account);
    for (const OutboxEntry &entry : *entries) {
        if (entry.command.kind == &Cart::type && !entry.dismissed)
            accounts.insert(entry.command.account);
    }
    return Accounts(accounts.begin(), accounts.end());
}

Outcome readInto(CacheReader &reader, const Accounts &chosen, const OutboxEntries &entries, Picture &picture)
{
    const auto covered = reader.covered();
    const auto known = reader.all(Account::type);
    if (!covered || !known)
        return covered ? known.error() : covered.error();
    picture.overlays = std::make_shared<Overlays>(entries, *covered);
    for (const OutboxEntry &entry : *entries)
        picture.commands.insert(entry.command.key);
    Accounts wanted = chosen;
    if (chosen.empty() && !known->empty()) {
        const auto only = onlyTopAccount(reader);
        if (!only)
            return only.error();
        picture.several = only->empty();
        if (picture.several) {
            auto with = accountsWithCarts(reader, entries);
            if (!with)
                return with.error();
            wanted = *std::move(with);
        }
    }
    for (const CachedRecord &row : *known) {
        const auto &account = *row.record.as<Account>();
        const bool all = wanted.empty() && !picture.several;
        if (all || std::ranges::find(wanted, account.key) != wanted.end())
            picture.accounts.push_back(account);
    }
    const auto done = readEntries(reader, picture);
    picture.several = picture.several && picture.carts.empty(); // else they are shown, whosever they are
    return done;
}

Result<Picture> read(CacheReader &reader, const Accounts &chosen, const OutboxEntries &entries)
{
    Picture picture;
    const auto done = reader.atOneMoment([&] { return readInto(reader, chosen, entries, picture); });
    if (!done)
        return done.error();
    return picture;
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

    CartBook *q;
    CacheReaders &readers;
    CommandPort &commands;
    Accounts accounts;
    AskFlag asking;
    bool again = false;
    State state = State::Loading;
    QString errorText;
    Picture picture;
};

void CartBook::Private::load()
{
    if (asking.isUnderWay()) {
        again = true;
        return;
    }
    readers.ask(
        q, asking.renew(),
        [accounts = accounts, entries = commands.entries()](CacheReader &reader) {
            return read(reader, accounts, entries);
        },
        [this](Result<Picture> answer) {
            asking.finish();
            const bool goOn = std::exchange(again, false) && answer.ok();
            if (answer) {
                picture = std::move(*answer);
                state = picture.several ? State::Several : State::Here;
                Q_EMIT q->changed();
            } else if (state == State::Loading) {
                state = State::Failed;
                errorText = answer.error().userText;
                Q_EMIT q->changed();
            }
            if (goOn)
                load();
        });
}

CartBook::CartBook(CacheReaders &readers, CommandPort &commands, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, readers, commands))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.touches(Cart::type) || notice.touches(Approval::type) || notice.touches(Address::type)
            || notice.touches(Account::type))
            d->load();
    });
    // What the cache covers is read together with the facts, as in the account's book.
    connect(&readers, &CacheReaders::covers, this, [this] {
        if (!d->commands.entries()->empty())
            d->load();
    });
    connect(&commands, &CommandPort::entriesChanged, this, [this] { d->load(); });
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
    d->picture = {};
    d->load();
    Q_EMIT changed();
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
    return d->picture.carts;
}

const BookEntry *CartBook::find(const std::string &target) const
{
    const auto &overlays = d->picture.overlays;
    const std::string key = overlays ? overlays->keyOf(target) : target;
    const auto found = std::ranges::find_if(
        d->picture.carts, [&](const BookEntry &each) { return each.target == key || each.target == target; });
    return found == d->picture.carts.end() ? nullptr : &*found;
}

bool CartBook::hasMoreOpen() const
{
    return d->picture.moreOpen;
}

bool CartBook::knows(const QString &command) const
{
    const std::string key = command.toStdString();
    const auto &entries = *d->commands.entries();
    return d->picture.commands.contains(key)
        || std::ranges::none_of(entries, [&key](const OutboxEntry &each) { return each.command.key == key; });
}

const Approval *CartBook::approvalOf(const std::string &cart) const
{
    const auto found = d->picture.approvals.find(cart);
    return found == d->picture.approvals.end() ? nullptr : &found->second;
}

std::vector<Address> CartBook::shipTos(const std::string &account) const
{
    std::vector<Address> addresses;
    std::ranges::copy_if(d->picture.shipTos, std::back_inserter(addresses),
                         [&account](const Address &address) { return address.account == account; });
    return addresses;
}

const Account *CartBook::account(const std::string &key) const
{
    const auto found = std::ranges::find(d->picture.accounts, key, &Account::key);
    return found == d->picture.accounts.end() ? nullptr : &*found;
}

CommandPort &CartBook::commands() const
{
    return d->commands;
}

} // namespace Counterfoil
