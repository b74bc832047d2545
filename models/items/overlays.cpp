#include "overlays.h"

#include <algorithm>

namespace Counterfoil {

namespace {

using State = OutboxEntry::State;

bool makesNew(const Command &command)
{
    return command.target.empty();
}

// What a record made by the command is known to be.
AnyRecord madeBy(const Command &command, const std::string &key)
{
    AnyRecord record(*command.kind);
    copyEditable(*command.kind, command.record.data(), record.data());
    command.kind->findFlag(Key)->in<std::string>(record.data()) = key;
    command.kind->findFlag(AccountKey)->in<std::string>(record.data()) = command.account;
    return record;
}

AnyRecord copyOf(const AnyRecord &record)
{
    AnyRecord copy(record.type());
    for (const Field &field : record.type().fields)
        copyField(field, record.data(), copy.data());
    return copy;
}

// What was not touched stays as somebody else may have made it meanwhile.
void lay(const Command &command, AnyRecord &record)
{
    const RecordType &kind = *command.kind;
    if (command.record.isNull()) {
        if (const Field *current = kind.find("current"))
            current->in<bool>(record.data()) = false;
        return;
    }
    for (const Field &field : kind.fields) {
        if (field.is(Editable)
            && (command.base.isNull() || !equalField(field, command.base.data(), command.record.data())))
            copyField(field, command.record.data(), record.data());
    }
}

} // namespace

bool Overlay::retires() const
{
    return !m_pending.empty() && m_pending.back().command.record.isNull();
}

AnyRecord Overlay::over(const AnyRecord &fact) const
{
    AnyRecord record;
    if (!fact.isNull())
        record = copyOf(fact);
    for (const OutboxEntry &entry : m_pending) {
        if (record.isNull()) {
            if (!makesNew(entry.command))
                return {};
            record = madeBy(entry.command, m_target);
        }
        lay(entry.command, record);
    }
    return record;
}

std::vector<const Field *> Overlay::changed(const AnyRecord &fact) const
{
    std::vector<const Field *> fields;
    const AnyRecord record = over(fact);
    if (record.isNull())
        return fields;
    for (const Field &field : record.type().fields) {
        if (field.is(Editable) && (fact.isNull() || !equalField(field, fact.data(), record.data())))
            fields.push_back(&field);
    }
    return fields;
}

std::string Overlay::after() const
{
    const auto last = std::ranges::find_if(m_pending.rbegin(), m_pending.rend(),
                                           [](const OutboxEntry &entry) { return !entry.isFinished(); });
    return last == m_pending.rend() ? std::string() : last->command.key;
}

Overlays::Overlays(OutboxEntries entries, std::int64_t covered)
    : m_entries(std::move(entries))
    , m_covered(covered)
{
    for (const OutboxEntry &entry : *m_entries)
        m_byKey.emplace(entry.command.key, &entry);
    for (const OutboxEntry &entry : *m_entries) {
        // Of a withdrawn one nothing is left that could be laid over anything.
        if (entry.state != State::Withdrawn && (isPending(entry) || entry.needsDecision()))
            m_byRecord[keyOf(entry)].push_back(&entry);
    }
}

bool Overlays::isPending(const OutboxEntry &entry) const
{
    return !entry.isFinished() || (entry.state == State::Applied && entry.outcome.effectSeq > m_covered);
}

std::string Overlays::keyOf(const OutboxEntry &entry) const
{
    return keyOf(makesNew(entry.command) ? resultOf(entry.command.key) : entry.command.target);
}

std::string Overlays::keyOf(const std::string &text) const
{
    const std::string_view maker = commandOfResult(text);
    if (maker.empty())
        return text;
    auto entry = m_byKey.find(maker);
    // What replaced it is newer, so this ends.
    while (entry != m_byKey.end() && !entry->second->replacedBy.empty()
           && m_byKey.contains(entry->second->replacedBy))
        entry = m_byKey.find(entry->second->replacedBy);
    if (entry == m_byKey.end())
        return text;
    const OutboxEntry &last = *entry->second;
    return last.state == State::Applied && !last.outcome.target.empty() ? last.outcome.target
                                                                        : resultOf(last.command.key);
}

Overlay Overlays::of(const RecordRef &ref) const
{
    Overlay overlay;
    overlay.m_target = keyOf(ref.key);
    const auto found = m_byRecord.find(overlay.m_target);
    if (found == m_byRecord.end())
        return overlay;
    for (const OutboxEntry *entry : found->second) {
        if (entry->command.kind == ref.kind)
            (isPending(*entry) ? overlay.m_pending : overlay.m_undecided).push_back(*entry);
    }
    return overlay;
}

std::vector<RecordRef> Overlays::made(const RecordType &kind, const std::string &account) const
{
    std::vector<RecordRef> refs;
    for (const OutboxEntry &entry : *m_entries) {
        const Command &command = entry.command;
        if (entry.state != State::Withdrawn && command.kind == &kind && command.account == account
            && makesNew(command) && (isPending(entry) || entry.needsDecision()))
            refs.push_back({&kind, keyOf(entry)});
    }
    return refs;
}

} // namespace Counterfoil
