#pragma once

#include "recordheader.h"

#include <QList>

namespace Counterfoil {

// How wide a column is at least: as wide as this text.
struct ColumnRoom
{
    enum Trait : unsigned {
        Plain = 0,
        Chip = 1,       // a state
        Stretching = 2, // takes what is left over; one a list, or another one WithText
        WithText = 4,   // there only while the list is searched for a text
        PricesOnly = 8, // there only for who sees prices
    };
    // What the first and the last column keep free at the edge beyond a cell's own padding.
    static constexpr int edgeExtra = RecordHeader::edgePadding - RecordHeader::cellPadding;

    const char *field = nullptr;
    const char16_t *widest = nullptr;
    unsigned traits = Plain;
    int leaves = 0; // in which order columns are hidden where there is no room for all; 0: never
};

int leastWidth(const ColumnRoom &room);

// The columns that have to go so that the others have their least width.
QList<const char *> columnsWithoutRoom(const QList<ColumnRoom> &rooms, int given);

} // namespace Counterfoil
