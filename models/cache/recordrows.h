#pragma once

#include "cachedrecord.h"
#include "change.h"
#include "database.h"
#include "keptfiles.h"
#include "recordlayout.h"

#include <optional>
#include <span>

namespace Counterfoil {

// Reads rows of one kind through one connection, with statements that stay prepared. One thread.
class RecordRows
{
public:
    RecordRows(Sqlite::Database &database, const RecordType &type);

    Result<std::optional<CachedRecord>> read(std::int64_t id, WithLists lists);
    Result<std::optional<std::int64_t>> idOf(const std::string &key);

private:
    struct List
    {
        const Field *field;
        Sqlite::Statement select;
    };

    const RecordType *m_type;
    Sqlite::Statement m_byId;
    Sqlite::Statement m_byKey;
    std::vector<List> m_lists;
};

// What a writer must know of a row before it decides.
struct StoredRow
{
    std::int64_t id = 0;
    std::int64_t sequence = 0;
    std::int64_t generation = 0;
};

// Writes rows of one kind. Every call belongs into the caller's transaction.
class RecordStore
{
public:
    RecordStore(Sqlite::Database &database, const RecordType &type);

    Result<std::optional<StoredRow>> find(const std::string &key);
    // Stores the change's record with its lists as row `id`, or as a new row when there is none, and its
    // words unless `words` says that they are stored later.
    enum class Words { Now, Later };
    Result<std::int64_t> store(const Change &change, std::int64_t generation, std::optional<std::int64_t> id,
                               Words words = Words::Now);
    // The same for what is most likely a new row: nothing when there is one with that key. Without its words.
    Result<std::optional<std::int64_t>> load(const Change &change, std::int64_t generation);
    Outcome remove(std::int64_t id);
    KeptFiles *files() { return m_files ? &*m_files : nullptr; } // nullptr: of a kind without files

private:
    struct List
    {
        const Field *field;
        Sqlite::Statement insert;
        Sqlite::Statement clear;
    };

    Outcome put(Sqlite::Statement &statement, const Change &change, std::int64_t generation,
                std::optional<std::int64_t> id);
    Outcome storeList(List &list, const void *record, std::int64_t id);
    Outcome storeWords(const void *record, std::int64_t id, bool isNew);

    Sqlite::Database *m_database;
    const RecordType *m_type;
    Sqlite::Statement m_find;
    Sqlite::Statement m_insert;
    Sqlite::Statement m_load;
    Sqlite::Statement m_update;
    Sqlite::Statement m_remove;
    std::vector<List> m_lists;
    bool m_searched = false;
    Sqlite::Statement m_words;
    Sqlite::Statement m_storeWords;
    Sqlite::Statement m_changeWords;
    Sqlite::Statement m_removeWords;
    std::optional<KeptFiles> m_files;
};

} // namespace Counterfoil
