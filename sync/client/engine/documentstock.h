#pragma once

#include "documenteffects.h"

#include <limits>
#include <set>
#include <unordered_map>
#include <utility>

namespace Counterfoil {

// Knows which documents there are and which of them are here, as far as that decides what to fetch
// next and what to give up.
class DocumentStock
{
public:
    void clear();
    void setRule(const AheadRule &rule); // for what is put from now on
    void take(const ShelfStock &stock);  // in place of everything; what was passed over still is

    const ShelfEntry *find(const std::string &key) const;
    // A record read anew. What is here of it stays here, unless its digest is another one.
    void put(ShelfEntry entry);
    // A record that is gone; its entry, if there was one.
    std::optional<ShelfEntry> remove(std::int64_t id);
    void removeAccounts(const std::vector<std::string> &accounts);
    void setKnown(std::int64_t known) { m_known = known; }

    void arrived(const std::string &key, const Transferred &file, Instant opened);
    void opened(const std::string &key, Instant at);
    void lost(const std::string &key);     // its file is not here, or not any more
    void passOver(const std::string &key); // not to be fetched ahead
    void reconsider();                     // what was passed over
    std::size_t passedOver() const { return m_passedOver.size(); }
    void setPinned(const std::string &key, bool pinned);
    const std::set<std::string> &pinned() const { return m_pinned; }

    // The newest that is missing: of what is pinned, else of what the rule takes, not older than `since`.
    const ShelfEntry *nextAhead(Instant since) const;
    bool hasMore() const { return m_more; } // to be fetched ahead than it knows of
    // What has to go, with a `newcomer` or without, to be within the bounds, oldest first: nothing that is
    // pinned, nothing opened after `kept`, and nothing newer than the newcomer. None: there is no room for
    // it; for one that is pinned there always is.
    std::optional<std::vector<ShelfEntry>> makeRoom(std::int64_t mostBytes, Instant kept,
                                                    const ShelfEntry *newcomer) const;

    DocumentPort::Holdings holdings() const;
    // Which files came and went since this was asked last; after take(), all that are here.
    FilesHere takeMoves();
    std::size_t size() const { return m_entries.size(); }

private:
    using Place = std::pair<Instant, std::string>; // dated, key

    void index(const ShelfEntry &entry);
    void unindex(const ShelfEntry &entry);
    template <class Change> void change(const std::string &key, Change change);

    std::unordered_map<std::string, ShelfEntry> m_entries;
    std::unordered_map<std::int64_t, std::string> m_keys; // by row
    AheadRule m_rule;
    std::set<std::string> m_pinned; // keys
    std::set<Place> m_missing;
    std::set<Place> m_missingPinned;
    std::set<Place> m_passedOver;
    std::set<Place> m_here;
    std::set<std::int64_t> m_moved; // rows of which it may be news whether the file is here
    std::set<std::int64_t> m_told;  // rows whose file is here, as was told last
    bool m_allMoved = false;
    bool m_more = false;
    Instant m_knownSince{std::numeric_limits<std::int64_t>::min()}; // of what is missing, if there is more
    std::int64_t m_bytes = 0;                                       // of what is here
    std::int64_t m_known = 0;
};

} // namespace Counterfoil
