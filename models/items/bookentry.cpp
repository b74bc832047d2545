#include "bookentry.h"

#include "overlays.h"

#include <algorithm>

namespace Counterfoil {

std::string recordKeyOf(const AnyRecord &record)
{
    return record.type().findFlag(Key)->in<std::string>(record.data());
}

BookEntry bookEntryOf(const Overlays &overlays, const RecordRef &ref, const CachedRecord *fact)
{
    const Overlay overlay = overlays.of(ref);
    BookEntry entry;
    entry.target = overlay.target();
    entry.after = overlay.after();
    entry.version = fact ? fact->version : 0;
    entry.retiring = overlay.retires();
    entry.record = overlay.over(fact ? fact->record : AnyRecord());
    if (!overlay.pending().empty())
        entry.pending = overlay.pending().back();
    if (!overlay.undecided().empty())
        entry.undecided = overlay.undecided().back();
    if (entry.record.isNull()) { // to be made, and refused: there is what was asked for
        entry.record = AnyRecord(*ref.kind);
        if (entry.undecided && !entry.undecided->command.record.isNull())
            copyEditable(*ref.kind, entry.undecided->command.record.data(), entry.record.data());
        ref.kind->findFlag(AccountKey)->in<std::string>(entry.record.data())
            = entry.undecided ? entry.undecided->command.account : std::string();
    }
    return entry;
}

std::vector<BookEntry> bookEntriesOf(const Overlays &overlays, const RecordType &kind,
                                     const std::vector<CachedRecord> &facts, const std::string &account)
{
    std::vector<BookEntry> entries;
    entries.reserve(facts.size());
    for (const CachedRecord &fact : facts)
        entries.push_back(bookEntryOf(overlays, {&kind, recordKeyOf(fact.record)}, &fact));
    for (const RecordRef &ref : overlays.made(kind, account)) {
        if (std::ranges::find(entries, ref.key, &BookEntry::target) == entries.end())
            entries.push_back(bookEntryOf(overlays, ref, nullptr));
    }
    return entries;
}

AnyRecord editableOf(const AnyRecord &record)
{
    AnyRecord copy(record.type());
    copyEditable(record.type(), record.data(), copy.data());
    return copy;
}

Command commandOn(const BookEntry &entry, std::string_view verb, const std::string &account)
{
    Command command;
    command.verb = verb;
    command.kind = &entry.record.type();
    command.account = account;
    command.target = entry.target;
    command.base = editableOf(entry.record);
    command.after = entry.after;
    if (entry.after.empty())
        command.baseVersion = entry.version;
    return command;
}

bool BookEntry::isCurrent() const
{
    const Field *current = record.type().find("current");
    return !retiring && (!current || current->in<bool>(record.data()));
}

} // namespace Counterfoil
