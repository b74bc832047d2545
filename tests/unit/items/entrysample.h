#pragma once

#include "account.h"
#include "address.h"
#include "outboxentry.h"

// Entries of an outbox as they may be at one moment.
namespace Counterfoil::EntrySample {

using State = OutboxEntry::State;

inline constexpr Instant morning{1'800'000'000'000};

inline AnyRecord address(const std::string &city, const std::string &phone = "1")
{
    auto record = std::make_shared<Address>();
    record->name = "Works";
    record->city = city;
    record->phone = phone;
    return AnyRecord(record);
}

inline const Address &asAddress(const AnyRecord &record)
{
    return *record.as<Address>();
}

inline OutboxEntry made(const std::string &key, State state = State::Queued)
{
    OutboxEntry entry;
    entry.command.key = key;
    entry.command.verb = "save";
    entry.command.kind = &Address::type;
    entry.command.account = "acme";
    entry.command.madeAt = morning;
    entry.command.record = address("Leeds");
    entry.changedAt = morning;
    entry.state = state;
    return entry;
}

inline OutboxEntry edited(const std::string &key, const AnyRecord &base, const AnyRecord &record,
                          State state = State::Queued, const std::string &target = "AD-1")
{
    OutboxEntry entry = made(key, state);
    entry.command.target = target;
    entry.command.base = base;
    entry.command.record = record;
    return entry;
}

inline OutboxEntry retired(const std::string &key, const std::string &target = "AD-1")
{
    OutboxEntry entry = edited(key, address("Leeds"), {}, State::Queued, target);
    entry.command.verb = "retire";
    return entry;
}

inline OutboxEntry &applied(OutboxEntry &entry, std::int64_t effectSeq, const std::string &target)
{
    entry.state = State::Applied;
    entry.outcome.command = entry.command.key;
    entry.outcome.state = CommandOutcome::State::Applied;
    entry.outcome.effectSeq = effectSeq;
    entry.outcome.target = target;
    return entry;
}

inline OutboxEntries entriesOf(std::vector<OutboxEntry> entries)
{
    std::int64_t order = 0;
    for (OutboxEntry &entry : entries)
        entry.order = ++order;
    return std::make_shared<const std::vector<OutboxEntry>>(std::move(entries));
}

} // namespace Counterfoil::EntrySample
