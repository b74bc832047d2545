#pragma once

#include "accountfigures.h"
#include "tokens.h"

#include <QString>

class QFont;
class QPainter;
class QRect;
class QRectF;

// What all charts draw alike.
namespace Counterfoil::ChartPaint {

QColor ageColour(const Tokens &tokens, Ageing::Bucket bucket); // at least 3 : 1 against a panel

// A bar of shares of `whole` in a row, parted by gaps; what is left of the whole stays quiet. No share that
// is not nothing becomes invisible. From the right where the text runs so.
struct Share
{
    std::int64_t amount = 0;
    QColor colour;
};
void shares(QPainter &painter, const QRectF &bar, const QList<Share> &shares, std::int64_t whole,
            const QColor &rest, Qt::LayoutDirection direction);

// One line, ended with an ellipsis where it does not fit. Returns how wide it is.
int text(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QString &text,
         const QFont &font, const QColor &colour, Qt::LayoutDirection direction);

} // namespace Counterfoil::ChartPaint
