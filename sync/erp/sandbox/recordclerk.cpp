#include "recordclerk.h"

#include "cartclerk.h"
#include "contact.h"
#include "founders.h"
#include "note.h"
#include "notes.h"
#include "order.h"
#include "returnclerk.h"

namespace Counterfoil::Sandbox {

namespace {

constexpr std::size_t mostKeyBytes = 200;

std::string &text(AnyRecord &record, std::string_view field)
{
    return record.type().find(field)->in<std::string>(record.data());
}

const std::string &text(const AnyRecord &record, std::string_view field)
{
    return record.type().find(field)->in<std::string>(record.data());
}

bool sameEditable(const AnyRecord &a, const AnyRecord &b)
{
    return equalEditable(a.type(), a.data(), b.data());
}

AnyRecord copyOf(const AnyRecord &record)
{
    AnyRecord copy(record.type());
    for (const Field &field : record.type().fields)
        copyField(field, record.data(), copy.data());
    return copy;
}

CommandEffect applied(const std::string &target)
{
    CommandEffect effect;
    effect.target = target;
    return effect;
}

// What is no command at all: a gateway that passes it on is at fault.
bool isWhole(const Command &command)
{
    if (command.key.empty() || command.key.size() > mostKeyBytes || command.target.size() > mostKeyBytes
        || command.account.size() > mostKeyBytes || !command.kind
        || !findCommandType(command.verb, command.kind))
        return false;
    const auto isOfKind
        = [&](const AnyRecord &record) { return !record.isNull() && &record.type() == command.kind; };
    if (!carriesRecord(command.verb))
        return !command.target.empty() && (command.base.isNull() || isOfKind(command.base));
    return isOfKind(command.record) && (command.target.empty() || isOfKind(command.base));
}

bool isRetired(const AnyRecord &record)
{
    const Field *const current = record.type().find("current");
    return current && !current->in<bool>(record.data());
}

} // namespace

RecordClerk::RecordClerk(Books &books, Simulation &simulation, Instant now)
    : m_books(books)
    , m_simulation(simulation)
    , m_now(now)
{ }

std::optional<RecordClerk::Stored> RecordClerk::find(const RecordType &type, const std::string &key)
{
    const auto id = m_books.idOf(type, key);
    if (!id)
        return std::nullopt;
    Stored stored{*id, AnyRecord(type)};
    if (!m_books.read(type, *id, stored.record.data()))
        return std::nullopt;
    return stored;
}

CommandEffect RecordClerk::execute(const Command &command, const std::string &actor)
{
    if (const auto target = m_books.commandTarget(command.key))
        return applied(*target);
    if (!isWhole(command))
        return rejected({"malformed", "This is nothing that the supplier’s system can be asked for."});
    const Deed deed{actor, command.verb, command.key};
    if (command.kind == &Cart::type)
        return CartClerk(m_books, m_simulation, m_simulation.company(), m_now).execute(command, deed);
    if (command.kind == &Return::type || command.kind == &Message::type)
        return ReturnClerk(m_books, m_simulation, m_now).execute(command, deed);
    if (command.kind == &Note::type)
        return writeNote(m_books, command, deed, m_now);
    if (command.kind == &Order::type)
        return changeOrder(command, deed);
    return command.verb == "retire" ? retire(command, deed) : save(command, deed);
}

// What the order says in the end is told by itself, like every other change of it.
CommandEffect RecordClerk::changeOrder(const Command &command, const Deed &deed)
{
    const auto stored = find(Order::type, command.target);
    if (const auto refusal = refusalToTouch(command, stored))
        return rejected(*refusal);
    const auto objection = command.verb == "retire"
        ? m_simulation.cancel(command.target, deed.actor, m_now)
        : m_simulation.change(command.target, *command.base.as<Order>(), *command.record.as<Order>(),
                              deed.actor, m_now);
    if (objection)
        return rejected(*objection);
    m_books.writeCommand(deed, Order::type, command.target, m_now);
    return applied(command.target);
}

CommandEffect RecordClerk::save(const Command &command, const Deed &deed)
{
    std::optional<Stored> stored;
    if (!command.target.empty())
        stored = find(*command.kind, command.target);
    if (const auto refusal = refusalToTouch(command, stored))
        return rejected(*refusal);
    if (stored) {
        if (isRetired(stored->record))
            return rejected({"target-retired", "It is no longer used, so nothing about it can be changed."});
        if (sameEditable(stored->record, command.record))
            return apply(deed, stored->id, &stored->record, stored->record);
        if (!sameEditable(stored->record, command.base))
            return conflict(*stored);
    }
    if (const auto refusal = refusalOf(command.record))
        return rejected(*refusal);
    if (const auto refusal = refusalOfUse(command, stored))
        return rejected(*refusal);
    return apply(command, deed, std::move(stored));
}

// The record is there and the account's, or there is an account for a new one.
std::optional<Objection> RecordClerk::refusalToTouch(const Command &command,
                                                     const std::optional<Stored> &stored)
{
    if (!command.target.empty() && !stored)
        return Objection{"target-missing", "The supplier’s system has no such record."};
    if (stored && text(stored->record, "account") != command.account)
        return Objection{"account-mismatch", "This record belongs to another account."};
    if (stored)
        return std::nullopt;
    if (!findCommandType(command.verb, command.kind)->makesNew)
        return Objection{"target-missing", "The supplier’s system makes no new records of this kind."};
    if (!m_books.idOf(Account::type, command.account))
        return Objection{"account-missing", "The supplier’s system has no such account."};
    return std::nullopt;
}

// What a usual address is for, it stays good for; and an account has usual addresses of its own only.
std::optional<Objection> RecordClerk::refusalOfUse(const Command &command,
                                                   const std::optional<Stored> &stored)
{
    if (!stored)
        return std::nullopt;
    if (const auto *account = command.record.as<Account>())
        return refusalOfDefaults(stored->record, *account);
    const auto *address = command.record.as<Address>();
    const auto account = address ? find(Account::type, command.account) : std::nullopt;
    if (!account)
        return std::nullopt;
    const auto *defaults = account->record.as<Account>();
    if ((defaults->defaultShipTo == command.target && !address->shipTo)
        || (defaults->defaultBillTo == command.target && !address->billTo))
        return Objection{"address-is-default",
                         "It is the account’s usual address for this. Choose another usual address first."};
    return std::nullopt;
}

std::optional<Objection> RecordClerk::refusalOfDefaults(const AnyRecord &before, const Account &wanted)
{
    const auto *now = before.as<Account>();
    const auto refusalOfOne = [&](const std::string &was, const std::string &key,
                                  bool Address::*purpose) -> std::optional<Objection> {
        if (key == was)
            return std::nullopt;
        if (key.empty())
            return Objection{"default-missing", "An account needs a usual address. Choose one."};
        const auto found = find(Address::type, key);
        const auto *address = found ? found->record.as<Address>() : nullptr;
        if (!address || address->account != now->key)
            return Objection{"default-not-of-account", "The usual address is none of this account’s."};
        if (!address->current)
            return Objection{"default-retired", "The usual address is no longer used. Choose another one."};
        if (address->status == "refused")
            return Objection{"default-refused",
                             "The usual address was refused. Correct it, or choose another."};
        if (!(address->*purpose)) {
            return purpose == &Address::shipTo
                ? Objection{"default-not-ship-to", "No goods go to the address that was chosen for them."}
                : Objection{"default-not-bill-to", "No invoices go to the address that was chosen for them."};
        }
        return std::nullopt;
    };
    if (auto refusal = refusalOfOne(now->defaultShipTo, wanted.defaultShipTo, &Address::shipTo))
        return refusal;
    return refusalOfOne(now->defaultBillTo, wanted.defaultBillTo, &Address::billTo);
}

CommandEffect RecordClerk::apply(const Command &command, const Deed &deed, std::optional<Stored> stored)
{
    const RecordType &type = *command.kind;
    AnyRecord after = stored ? copyOf(stored->record) : AnyRecord(type);
    copyEditable(type, command.record.data(), after.data());
    std::int64_t id = stored ? stored->id : 0;
    if (!stored) {
        id = m_books.lastId(type) + 1;
        text(after, "key") = &type == &Address::type ? addressKey(id) : contactKey(id);
        text(after, "account") = command.account;
    }
    // What people say of addresses and contacts is looked at by somebody before it counts.
    if (type.find("status")) {
        text(after, "status") = "pending";
        text(after, "reason").clear();
        m_simulation.planCheck(type, id, m_now);
    }
    return apply(deed, id, stored ? &stored->record : nullptr, after);
}

CommandEffect RecordClerk::apply(const Deed &deed, std::int64_t id, const AnyRecord *before,
                                 const AnyRecord &after)
{
    const RecordType &type = after.type();
    const std::string &key = text(after, "key");
    m_books.change(deed, type, id, before ? before->data() : nullptr, after.data(), m_now);
    m_books.writeCommand(deed, type, key, m_now);
    addressesChanged(after);
    return applied(key);
}

CommandEffect RecordClerk::conflict(const Stored &stored)
{
    CommandEffect effect;
    effect.verdict = CommandEffect::Verdict::Conflict;
    effect.target = text(stored.record, "key");
    effect.theirVersion = m_books.version(stored.record.type(), stored.id);
    effect.theirs = stored.record;
    return effect;
}

CommandEffect RecordClerk::retire(const Command &command, const Deed &deed)
{
    const auto stored = find(*command.kind, command.target);
    if (const auto refusal = refusalToTouch(command, stored))
        return rejected(*refusal);
    if (isRetired(stored->record))
        return apply(deed, stored->id, &stored->record, stored->record);
    if (!command.base.isNull() && !sameEditable(stored->record, command.base))
        return conflict(*stored);
    // Where goods and bills go never moves by itself.
    const auto account = find(Account::type, command.account);
    const auto *defaults = account ? account->record.as<Account>() : nullptr;
    if (defaults
        && (defaults->defaultShipTo == command.target || defaults->defaultBillTo == command.target)) {
        return rejected({"address-is-default",
                         "It is a usual address of the account. Choose another usual address first."});
    }
    AnyRecord after = copyOf(stored->record);
    after.type().find("current")->in<bool>(after.data()) = false;
    text(after, "status") = "retired";
    text(after, "reason").clear();
    return apply(deed, stored->id, &stored->record, after);
}

bool RecordClerk::edit(const AnyRecord &wanted)
{
    const auto stored = find(wanted.type(), text(wanted, "key"));
    if (!stored)
        return false;
    AnyRecord after = copyOf(stored->record);
    copyEditable(after.type(), wanted.data(), after.data());
    if (!isRetired(after)) {
        text(after, "status") = "confirmed";
        text(after, "reason").clear();
    }
    m_books.change({supplierActor, "edit", {}}, after.type(), stored->id, stored->record.data(), after.data(),
                   m_now);
    addressesChanged(after);
    return true;
}

bool RecordClerk::moveAccount(const std::string &key, const Address &to)
{
    const auto stored = find(Account::type, key);
    const auto *before = stored ? stored->record.as<Account>() : nullptr;
    const auto office = before ? find(Address::type, before->defaultBillTo) : std::nullopt;
    if (!office)
        return false;
    AnyRecord moved = copyOf(office->record);
    for (const char *field : {"street", "city", "region", "postalCode"})
        text(moved, field) = text(AnyRecord(std::make_shared<Address>(to)), field);
    Account after = *before;
    after.city = to.city;
    m_books.change({supplierActor, "move", {}}, Account::type, stored->id, before, &after, m_now);
    return edit(moved);
}

void RecordClerk::addressesChanged(const AnyRecord &record)
{
    m_simulation.addressesChanged(text(record, "account"));
}

} // namespace Counterfoil::Sandbox
