#pragma once

#include <Qt>

namespace Counterfoil::ItemRole {

// Qt::DisplayRole is text in the person's locale; Qt::ToolTipRole the full form (a complete time stamp).
// Views and delegates read roles, they never cast to our classes.
enum Role {
    Raw = Qt::UserRole + 1, // the field's value unformatted: text, qint64, bool
    Key,                    // the record's key, QString
    RowId,                  // the record's row in the cache, qint64
    Fetched,   // bool: false while the row is still on its way from the disk; other roles are then empty
    Tone,      // a state's tone as Status::tone, QString; empty where the cell is not a state
    Symbol,    // a state's symbol, QString
    ChangedAt, // qint64, BootTime ms of the last live change to this row; 0: none since it was read
    Secondary, // bool: the cell is of lesser weight (muted)
    Kind,      // the record's kind, QString: RecordType::name
    Lit,       // QPoint: from which character of the text on, and how many, are what was looked for
    Note,      // QString: what tells the row from another of the same name; may be empty
};

} // namespace Counterfoil::ItemRole
