#pragma once

#include "cachedrecord.h"
#include "recordref.h"
#include "result.h"

#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace Counterfoil {

namespace Sqlite {
class Database;
}

class HeldLists;

// A record that a Link field ties to another.
struct Linked
{
    CachedRecord row;
    const Field *by = nullptr; // the Link field, of one of the two or of an element of its lists
    bool outgoing = false;     // the field belongs to the record that was asked about and names this one
};

// Reads one profile's cache through a read-only connection of its own, which it opens when first
// needed and again after an error. Knows every kind alike; what lists ask is in RecordReader. Used by one
// thread at a time. Errors: those of storage, and Cancelled.
class CacheReader
{
public:
    // With what lists hold in memory, whoever says what changes must tell it; nullptr: nothing is held.
    explicit CacheReader(const QString &path, HeldLists *lists = nullptr);
    ~CacheReader();

    // Queries end with Cancelled while the flag is true; nullptr: never.
    void interruptWhen(const std::atomic_bool *flag);
    void reopen(); // before the next read: the file may have been replaced
    void rest();   // gives up pages of the file that are held in memory; the next read fetches what it needs

    Result<std::optional<CachedRecord>> byKey(const RecordType &kind, const std::string &key);
    Result<std::optional<CachedRecord>> byId(const RecordType &kind, std::int64_t id, WithLists lists);
    // Those of the ids that exist, in the order asked for.
    Result<std::vector<CachedRecord>> byIds(const RecordType &kind, std::span<const std::int64_t> ids,
                                            WithLists lists);
    // All rows whose text field has the value, with their lists; oldest row first.
    Result<std::vector<CachedRecord>> byField(const RecordType &kind, std::string_view field,
                                              const std::string &value);
    // What every Link field ties to the record: its own fields and those of its lists' elements outwards,
    // all kinds' inwards, which needs no record to be here. Newest first, at most `linkedPerField` for each
    // field and direction; a record that is tied twice is listed twice.
    static constexpr int linkedPerField = 200;
    Result<std::vector<Linked>> linked(const RecordRef &ref, WithLists lists = WithLists::No);
    // The whole of a kind of which there are few (states, accounts), without lists; oldest row first.
    Result<std::vector<CachedRecord>> all(const RecordType &kind);

    Result<std::int64_t> count(const RecordType &kind); // reads the whole index: milliseconds for a million
    // How many of those, at most, a text does not find yet: their words are stored behind, see WordsBehind.
    Result<std::int64_t> unsearched(const RecordType &kind);

    // The place in the gateway's log up to which the cache knows everything; 0: none, or not known.
    Result<std::int64_t> covered();

    // Reads inside `work` all see the cache at one moment, whatever is written meanwhile.
    Outcome atOneMoment(const std::function<Outcome()> &work);

    // Runs `read` to its end, whatever interruptWhen() says.
    template <class Answer, class Read> Answer uninterrupted(const Read &read)
    {
        const std::atomic_bool *flag = interruptFlag();
        interruptWhen(nullptr);
        Answer answer = read();
        interruptWhen(flag);
        return answer;
    }

    // For readers in this room; nobody else can include its header.
    Result<Sqlite::Database *> database();
    HeldLists *heldLists() const;
    std::uint64_t moment() const; // of HeldLists, that the present atOneMoment() is not older than

private:
    Result<std::int64_t> integer(std::string_view sql);
    const std::atomic_bool *interruptFlag() const;

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
