#include "chartpaint.h"

#include "linetext.h"
#include "style.h"

#include <QPainter>
#include <QtMath>

#include <algorithm>

namespace Counterfoil::ChartPaint {

namespace {

constexpr double gap = 2;
constexpr double leastWidth = 3;

} // namespace

QColor ageColour(const Tokens &tokens, Ageing::Bucket bucket)
{
    switch (bucket) {
    case Ageing::NotDue:
        return blend(tokens.panel, tokens.ok.text, 0.68);
    case Ageing::To30:
        return blend(tokens.panel, tokens.accent, 0.75);
    case Ageing::To60:
        return blend(tokens.panel, tokens.warn.text, 0.78);
    case Ageing::Beyond:
    case Ageing::Count:
        break;
    }
    return blend(tokens.panel, tokens.bad.text, 0.82);
}

void shares(QPainter &painter, const QRectF &bar, const QList<Share> &shares, std::int64_t whole,
            const QColor &rest, Qt::LayoutDirection direction)
{
    const double radius = bar.height() / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintBox(painter, bar, radius, rest, Qt::transparent);
    double x = 0;
    for (const Share &share : shares) {
        if (share.amount <= 0 || whole <= 0)
            continue;
        const double ideal = bar.width() * (static_cast<double>(share.amount) / static_cast<double>(whole));
        const double width = std::min(std::max(ideal - gap, leastWidth), bar.width() - x);
        if (width <= 0)
            break;
        const double left = direction == Qt::RightToLeft ? bar.right() - x - width : bar.left() + x;
        const QRectF box(left, bar.top(), width, bar.height());
        paintBox(painter, box, std::min(radius, 2.5), share.colour, Qt::transparent);
        x += width + gap;
    }
    painter.restore();
}

int text(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QString &text,
         const QFont &font, const QColor &colour, Qt::LayoutDirection direction)
{
    const bool right = bool(alignment & Qt::AlignRight) != (direction == Qt::RightToLeft);
    painter.setPen(colour);
    return qCeil(LineText::draw(painter, rect, right ? Qt::AlignRight : Qt::AlignLeft, text, font));
}

} // namespace Counterfoil::ChartPaint
