#include "cachescrub.h"

#include "cachefile.h"
#include "kinds.h"
#include "recordlayout.h"

namespace Counterfoil {

Outcome CacheScrub::read()
{
    const auto left = m_database.integer("SELECT scrub FROM sync");
    if (!left)
        return left.error();
    m_left = static_cast<Left>(*left);
    run();
    return Done();
}

void CacheScrub::wanted()
{
    m_left = Left::Rewrite;
    run();
}

void CacheScrub::makeUp()
{
    if (m_left == Left::EmptyLog)
        run();
}

// Deleted words stay in a full-text index until its segments are merged, and deleted rows in the file
// until it is written anew from the live ones.
Outcome CacheScrub::rewrite()
{
    for (const RecordType *kind : allKinds()) {
        const std::string table = KindLayout::searchTable(*kind);
        if (table.empty())
            continue;
        const std::string search = quotedName(table);
        const auto done = m_database.execute("INSERT INTO " + search + '(' + search + ") VALUES('optimize')");
        if (!done)
            return done;
    }
    // The copy may be as large as the cache: on disk, not in memory.
    const auto done = m_database.execute("PRAGMA temp_store=FILE; VACUUM");
    (void)m_database.execute("PRAGMA temp_store=MEMORY");
    return done;
}

void CacheScrub::run()
{
    if (m_left == Left::None)
        return;
    const bool copiesGone = CacheFile::removeCorruptCopies(m_path).ok();
    if (m_left == Left::Rewrite) {
        const auto done = rewrite();
        if (!done)
            CacheFile::noteSuspicion(m_path, done.error());
        if (!done || !m_database.execute("UPDATE sync SET scrub=2"))
            return;
        m_left = Left::EmptyLog;
    }
    const auto busy = m_database.integer("PRAGMA wal_checkpoint(TRUNCATE)");
    // The mark itself goes into the log again, which by then holds nothing else.
    if (copiesGone && busy && *busy == 0 && m_database.execute("UPDATE sync SET scrub=0"))
        m_left = Left::None;
}

} // namespace Counterfoil
