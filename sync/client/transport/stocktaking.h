#pragma once

#include "documentfolder.h"

#include <QSet>

namespace Counterfoil {

// Brings together what the documents' folder holds and the records, which are to come newest first, until
// more of them would tell nothing new; then any others whose file may be here.
class StockTaking
{
public:
    // `found`: as the folder was before the first record was read, so that a file always has one already.
    StockTaking(DocumentFolder::Found found, TakeStock what);

    void take(ShelfEntry entry);
    // What is to be fetched ahead is known, and one record of each file. Others that name the same file may
    // be missing still.
    bool isDone() const;

    ShelfStock stock; // but for how many records there are

    // Removes what belongs to no record: it was withdrawn, or replaced, or the program ended in between. Only
    // after all records were taken or isDone().
    void sweep(DocumentFolder &folder) const;

private:
    bool isAhead(const ShelfEntry &entry);

    DocumentFolder::Found m_found;
    TakeStock m_what;
    QSet<QString> m_parts;   // that there are
    QSet<QString> m_files;   // of those found, whose record was taken
    QSet<QString> m_pins;    // the same
    QSet<QString> m_claimed; // the same of the parts
    std::size_t m_missing = 0;
    bool m_tooOld = false;
};

} // namespace Counterfoil
