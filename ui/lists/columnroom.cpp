#include "columnroom.h"

#include "linetext.h"
#include "statuschip.h"
#include "type.h"

#include <algorithm>

namespace Counterfoil {

int leastWidth(const ColumnRoom &room)
{
    const QString text = QString::fromUtf16(room.widest);
    const int content = room.traits & ColumnRoom::Chip
        ? StatusChip::sizeFor(text, QStringLiteral("●")).width()
        : LineText::width(text, Type::font(Type::Role::Body), LineText::Digits::Even);
    return content + 2 * RecordHeader::cellPadding + 2;
}

QList<const char *> columnsWithoutRoom(const QList<ColumnRoom> &rooms, int given)
{
    int needed = 2 * ColumnRoom::edgeExtra;
    QList<ColumnRoom> dispensable;
    for (const ColumnRoom &room : rooms) {
        needed += leastWidth(room);
        if (room.leaves > 0)
            dispensable.append(room);
    }
    std::ranges::sort(dispensable, {}, &ColumnRoom::leaves);
    QList<const char *> gone;
    for (const ColumnRoom &room : std::as_const(dispensable)) {
        if (needed <= given)
            break;
        needed -= leastWidth(room);
        gone.append(room.field);
    }
    return gone;
}

} // namespace Counterfoil
