#pragma once

#include <QPainter>
#include <QString>

// Draws figures in columns: every digit takes the width of the widest, so that numbers under each
// other line up in fonts whose digits differ in width (Qt 6.4 cannot ask a font for its tabular ones).
namespace Counterfoil::Tabular {

qreal width(const QString &text, const QFont &font);

// One line, vertically centred; `alignment` says left, right or centre. The painter's pen gives the colour.
void draw(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text,
          const QFont &font);

} // namespace Counterfoil::Tabular
