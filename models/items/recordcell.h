#pragma once

#include "fieldtable.h"

#include <QVariant>

namespace Counterfoil {

class StatusWording;

// What a cell needs to know besides its record.
struct CellContext
{
    Date today; // in the supplier's calendar
};

// What one cell of a list of records answers for a role. `record` is of the type that `kind` describes.
QVariant recordCell(const RecordType &kind, const void *record, const Field &field, int role,
                    const StatusWording &wording, const CellContext &context);

// How a value of a Text field is shown: in words where it is a code.
QString valueText(const RecordType &kind, const Field &field, const std::string &value,
                  const StatusWording &wording);

// Numbers stand at the right, in cells and headers alike.
Qt::Alignment alignmentOf(const Field &field);

} // namespace Counterfoil
