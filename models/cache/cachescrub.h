#pragma once

#include "database.h"

namespace Counterfoil {

// Does away with the bytes of what was deleted: they stay in the file until it is rewritten, and in the
// write-ahead log until it is emptied. A reader in the middle of a query can hold up the last step, a full
// disk the one before, and whoever has a copy of a corrupt cache open that one's end; the file remembers what
// is left to do.
class CacheScrub
{
public:
    CacheScrub(Sqlite::Database &database, QString path)
        : m_database(database)
        , m_path(std::move(path))
    { }

    Outcome read(); // what an earlier run left, and does it
    void wanted();  // the file has been told so in a transaction of the caller's
    void makeUp();  // tries the last step again when it was held up

private:
    enum class Left : std::int64_t { None = 0, Rewrite = 1, EmptyLog = 2 };

    Outcome rewrite();
    void run();

    Sqlite::Database &m_database;
    QString m_path;
    Left m_left = Left::None;
};

} // namespace Counterfoil
