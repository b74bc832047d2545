#include "simperson.h"

#include "account.h"
#include "address.h"
#include "contact.h"
#include "overlays.h"

#include <algorithm>

namespace Counterfoil {

namespace {

AnyRecord copied(const AnyRecord &record)
{
    AnyRecord copy(record.type());
    for (const Field &field : record.type().fields) {
        if (field.type != FieldType::List)
            copyField(field, record.data(), copy.data());
    }
    return copy;
}

} // namespace

void SimPerson::act()
{
    if (!m_client.isUp() || !m_client.hasOutbox())
        return;
    const RecordType &kind = m_world.chance(0.6) ? Address::type : Contact::type;
    switch (m_world.random.below(12)) {
    case 0:
    case 1:
        makeNew();
        break;
    case 2:
        setDefault(makeNew()); // before it exists
        break;
    case 3:
        setDefault({});
        break;
    case 4:
    case 5:
    case 6:
        edit(kind, 1);
        break;
    case 7:
        edit(kind, 3);
        break;
    case 8:
        editNew();
        break;
    case 9:
        retire();
        break;
    case 10:
        cancel();
        break;
    case 11:
        if (const OutboxEntries entries = m_client.entries(); !entries->empty())
            m_client.retryNow((*entries)[m_world.random.below(entries->size())].command.key);
        break;
    }
    if (m_world.chance(0.4))
        decide();
}

// The rows of the cache with what lies over them, and what is still to be made.
std::vector<SimPerson::Shown> SimPerson::shown(const RecordType &kind)
{
    std::vector<Shown> all;
    const auto covered = m_client.reader().covered();
    const auto rows = m_client.reader().all(kind);
    if (!covered || !rows)
        return all;
    const OutboxEntries entries = m_client.entries();
    const Overlays overlays(entries, *covered);
    const auto accountOf = [&entries](const std::string &wish) {
        const auto found
            = std::ranges::find(*entries, wish, [](const OutboxEntry &e) { return e.command.key; });
        return found == entries->end() ? std::string() : found->command.account;
    };
    const Field &key = *kind.findFlag(Key);
    const Field &account = *kind.findFlag(AccountKey);
    for (const CachedRecord &row : *rows) {
        Shown one{&kind,
                  account.in<std::string>(row.record.data()),
                  key.in<std::string>(row.record.data()),
                  row.record,
                  row.version,
                  {}};
        const Overlay overlay = overlays.of({&kind, one.key});
        if (!overlay.isEmpty()) {
            one.record = overlay.over(row.record);
            one.after = overlay.after();
        }
        // What was typed about a record that has moved since would be of two accounts, which the judge cannot
        // tell apart.
        if (one.after.empty() || accountOf(one.after) == one.account)
            all.push_back(std::move(one));
    }
    for (const std::string &owner : m_erp.accounts()) {
        for (const RecordRef &ref : overlays.made(kind, owner)) {
            const Overlay overlay = overlays.of(ref);
            Shown one{&kind,
                      owner,
                      overlay.target().empty() ? ref.key : overlay.target(),
                      overlay.over({}),
                      0,
                      overlay.after()};
            if (!one.record.isNull())
                all.push_back(std::move(one));
        }
    }
    std::erase_if(all, [](const Shown &one) { return one.account.empty(); });
    return all;
}

std::optional<SimPerson::Shown> SimPerson::oneOf(std::vector<Shown> all)
{
    if (all.empty())
        return std::nullopt;
    // Few of them often, so that people meet.
    const std::uint64_t bound = m_world.chance(0.5) ? std::min<std::size_t>(all.size(), 2) : all.size();
    return std::move(all[m_world.random.below(bound)]);
}

Command SimPerson::begin(std::string_view verb, const Shown &of)
{
    Command command;
    command.key = m_world.random.uuid();
    command.verb = verb;
    command.kind = of.kind;
    command.account = of.account;
    command.target = of.key;
    command.after = of.after;
    command.baseVersion = of.after.empty() ? of.version : 0;
    command.madeAt = m_world.now();
    command.base = of.record;
    return command;
}

std::string SimPerson::word(const std::string &account)
{
    const auto secrets = m_erp.secretsOf(account);
    return (secrets.empty() ? account : secrets.front()) + " p"
        + std::to_string(m_world.random.below(100'000));
}

AnyRecord SimPerson::edited(const Shown &of)
{
    AnyRecord record = copied(of.record);
    static constexpr std::string_view texts[] = {"name", "attention", "street", "role", "department"};
    for (int i = 0; i < 2; ++i) {
        if (const Field *field = of.kind->find(texts[m_world.random.below(std::size(texts))]))
            field->in<std::string>(record.data()) = word(of.account);
    }
    if (of.kind->find("name"))
        of.kind->find("name")->in<std::string>(record.data()) = word(of.account);
    return record;
}

std::string SimPerson::makeNew()
{
    const RecordType &kind = m_world.chance(0.7) ? Address::type : Contact::type;
    const auto like = oneOf(shown(kind));
    if (!like)
        return {};
    Shown fresh = *like;
    fresh.key.clear();
    fresh.after.clear();
    fresh.version = 0;
    Command command = begin("save", fresh);
    command.base = AnyRecord();
    command.record = edited(fresh);
    return m_client.submit(command) && &kind == &Address::type ? command.key : std::string();
}

void SimPerson::edit(const RecordType &kind, int times)
{
    const auto chosen = oneOf(shown(kind));
    if (!chosen)
        return;
    for (int i = 0; i < times && m_client.isUp(); ++i) {
        for (const Shown &now : shown(kind)) {
            if (now.key != chosen->key)
                continue;
            Command command = begin("save", now);
            command.record = edited(now);
            (void)m_client.submit(command);
            break;
        }
    }
}

// What the person made a moment ago, and the ERP does not know yet.
void SimPerson::editNew()
{
    makeNew();
    std::vector<Shown> all = m_client.isUp() ? shown(Address::type) : std::vector<Shown>();
    std::erase_if(all, [](const Shown &one) { return one.version > 0; });
    const auto chosen = oneOf(std::move(all));
    if (!chosen)
        return;
    Command command = begin("save", *chosen);
    command.record = edited(*chosen);
    (void)m_client.submit(command);
}

void SimPerson::setDefault(const std::string &made)
{
    if (!m_client.isUp())
        return;
    std::string address;
    std::string owner;
    const OutboxEntries entries = m_client.entries();
    for (const OutboxEntry &entry : *entries) {
        if (!made.empty() && entry.command.key == made) {
            address = resultOf(made);
            owner = entry.command.account;
        }
    }
    if (address.empty()) {
        const auto chosen = oneOf(shown(Address::type));
        if (!chosen)
            return;
        address = chosen->key;
        owner = chosen->account;
    }
    for (const Shown &account : shown(Account::type)) {
        if (account.key != owner)
            continue;
        Command command = begin("save", account);
        AnyRecord record = copied(account.record);
        record.as<Account>()->defaultShipTo = address;
        command.record = record;
        (void)m_client.submit(command);
    }
}

void SimPerson::retire()
{
    const auto chosen = oneOf(shown(Address::type));
    if (chosen && commandOfResult(chosen->key).empty())
        (void)m_client.submit(begin("retire", *chosen));
}

void SimPerson::decide()
{
    if (!m_client.isUp())
        return;
    const OutboxEntries entries = m_client.entries();
    for (const OutboxEntry &entry : *entries) {
        if (!entry.needsDecision())
            continue;
        if (m_world.chance(0.4) || entry.state == OutboxEntry::State::Withdrawn) {
            (void)m_client.dismiss(entry.command.key);
            return;
        }
        Command changed = entry.command;
        changed.key = m_world.random.uuid();
        changed.madeAt = m_world.now();
        if (!entry.outcome.theirs.isNull()) {
            changed.base = entry.outcome.theirs;
            changed.baseVersion = entry.outcome.theirVersion;
            changed.after.clear();
            if (!entry.outcome.target.empty())
                changed.target = entry.outcome.target;
        }
        (void)m_client.resubmit(entry.command.key, changed);
        return;
    }
}

void SimPerson::cancel()
{
    const OutboxEntries entries = m_client.entries();
    for (const OutboxEntry &entry : *entries) {
        if (entry.canCancel() && m_world.chance(0.5)) {
            (void)m_client.cancel(entry.command.key);
            return;
        }
    }
}

} // namespace Counterfoil
