#pragma once

#include <QPainter>
#include <QString>

// One line of text, elided at its end where it has no room. Most lines of a window are plain Latin text,
// painted again with every frame: their glyphs and widths are looked up once for each font, and no line is
// broken, shaped or kerned. Whatever else a text has goes Qt's own way. GUI thread.
namespace Counterfoil::LineText {

// Even: every digit from 0 to 9 takes the width of the widest, so that numbers under each other line up in
// fonts whose digits differ in width (Qt 6.4 cannot ask a font for its tabular ones).
enum class Digits { Own, Even };

bool isPlain(const QString &text, const QFont &font); // not for Qt to lay out

int width(const QString &text, const QFont &font, Digits digits = Digits::Own); // in pixels, rounded up

// Vertically centred. `side` is AlignLeft, AlignRight or AlignHCenter as it is seen, mirrored already where
// the window is. The painter's pen gives the colour, its font is left alone. Returns the width it took: none
// where not even the ellipsis has room.
qreal draw(QPainter &painter, const QRectF &rect, Qt::Alignment side, const QString &text, const QFont &font,
           Digits digits = Digits::Own);

} // namespace Counterfoil::LineText
