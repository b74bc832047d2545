#pragma once

#include "outboxentry.h"
#include "recordref.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace Counterfoil {

// What was asked for of one record and is not a fact yet.
class Overlay
{
public:
    const std::vector<OutboxEntry> &pending() const { return m_pending; } // still to be seen; oldest first
    const std::vector<OutboxEntry> &undecided() const { return m_undecided; } // that did not happen; likewise
    bool isEmpty() const { return m_pending.empty() && m_undecided.empty(); }
    bool retires() const; // the last pending one does

    // The record as it will be: `fact` with what the pending ones change laid over it field by field. `fact`
    // may be null; then it is null unless the pending ones make the record.
    AnyRecord over(const AnyRecord &fact) const;
    // The Editable fields in which that differs from `fact`; all of them where `fact` is null.
    std::vector<const Field *> changed(const AnyRecord &fact) const;

    // For the next command on the record: what its `target` and `after` are to be.
    const std::string &target() const { return m_target; } // of a record that is still to be made: resultOf()
    std::string after() const;                             // the last pending one without an outcome

private:
    friend class Overlays;

    std::string m_target;
    std::vector<OutboxEntry> m_pending;
    std::vector<OutboxEntry> m_undecided;
};

// What lies over the facts of a cache: entries that are not finished, and those that were applied but whose
// effect lies beyond what the cache covers. Derived from the two whenever they are needed, and nowhere
// stored. Keys may be resultOf() a command wherever a record's key may stand. Any thread.
class Overlays
{
public:
    // `covered` is CacheReader::covered(), read at one moment with the facts: so that nobody sees, between an
    // overlay's end and its fact, what was before.
    Overlays(OutboxEntries entries, std::int64_t covered);

    Overlay of(const RecordRef &ref) const;
    // The records of the account that are still to be made, or were refused and wait for a decision: oldest
    // first, each named by its own key as soon as that is known, and until then by resultOf() its first
    // command. One that has its own key may be here as a fact as well.
    std::vector<RecordRef> made(const RecordType &kind, const std::string &account) const;
    // The record's own key as soon as its first command was applied; else the text as it is, or resultOf()
    // the command that replaced that one.
    std::string keyOf(const std::string &text) const;

private:
    bool isPending(const OutboxEntry &entry) const;
    std::string keyOf(const OutboxEntry &entry) const; // of the record that it is about

    OutboxEntries m_entries;
    std::int64_t m_covered;
    std::unordered_map<std::string_view, const OutboxEntry *> m_byKey;
    // By the key of the record; those alone that count for overlays, oldest first.
    std::unordered_map<std::string, std::vector<const OutboxEntry *>> m_byRecord;
};

} // namespace Counterfoil
