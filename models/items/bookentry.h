#pragma once

#include "cachedrecord.h"
#include "outboxentry.h"
#include "recordref.h"

#include <optional>
#include <string>
#include <vector>

namespace Counterfoil {

class Overlays;

// A record of an account as it will be once everything that was asked for has happened, and what of that is
// still to happen.
struct BookEntry
{
    AnyRecord record;
    std::string target;       // the key of the record, or resultOf() the command that makes it
    std::string after = {};   // what the next command on it comes after; empty: it is made on top of the fact
    std::int64_t version = 0; // of the fact; 0: there is none
    std::optional<OutboxEntry> pending = {};   // the last that changes it and is not settled
    std::optional<OutboxEntry> undecided = {}; // the last that did not happen and waits for a decision
    bool retiring = false;                     // the pending one retires it

    bool isCurrent() const; // neither retired nor about to be
};

// `fact` may be null: of a record that is still to be made.
BookEntry bookEntryOf(const Overlays &overlays, const RecordRef &ref, const CachedRecord *fact);
// The facts of one kind and what is to become of them, then what is still to be made.
std::vector<BookEntry> bookEntriesOf(const Overlays &overlays, const RecordType &kind,
                                     const std::vector<CachedRecord> &facts, const std::string &account);

std::string recordKeyOf(const AnyRecord &record);
// With its Editable fields alone, as a Command carries it.
AnyRecord editableOf(const AnyRecord &record);
// A command on the record as it is seen now, without `record`.
Command commandOn(const BookEntry &entry, std::string_view verb, const std::string &account);

} // namespace Counterfoil
