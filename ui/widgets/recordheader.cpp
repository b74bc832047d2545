#include "recordheader.h"

#include "linetext.h"
#include "tokens.h"
#include "type.h"

#include <QPainter>

#include <algorithm>

namespace Counterfoil {

RecordHeader::RecordHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setSortIndicatorShown(true);
    setMinimumSectionSize(44);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    Type::set(*this, Type::Role::CaptionStrong);
}

bool RecordHeader::isFirstVisible(int logicalIndex) const
{
    for (int visual = visualIndex(logicalIndex) - 1; visual >= 0; --visual) {
        if (!isSectionHidden(this->logicalIndex(visual)))
            return false;
    }
    return true;
}

bool RecordHeader::isLastVisible(int logicalIndex) const
{
    for (int visual = visualIndex(logicalIndex) + 1; visual < count(); ++visual) {
        if (!isSectionHidden(this->logicalIndex(visual)))
            return false;
    }
    return true;
}

QRect RecordHeader::contentRect(int logicalIndex, const QRect &section) const
{
    int before = isFirstVisible(logicalIndex) ? edgePadding : cellPadding;
    int after = isLastVisible(logicalIndex) ? edgePadding : cellPadding;
    if (layoutDirection() == Qt::RightToLeft)
        std::swap(before, after);
    return section.adjusted(before, 0, -after, 0);
}

QSize RecordHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), QFontMetrics(font()).height() + 17};
}

void RecordHeader::paintEvent(QPaintEvent *event)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), t.panel);
    painter.fillRect(0, viewport()->height() - 1, viewport()->width(), 1, t.line);
    painter.end();
    QHeaderView::paintEvent(event);
}

void RecordHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    const Tokens &t = Tokens::of(palette());
    painter->save();
    painter->fillRect(rect.adjusted(0, 0, 0, -1), t.panel);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.line);
    const QVariant given = model()->headerData(logicalIndex, orientation(), Qt::TextAlignmentRole);
    const auto alignment = given.isValid() ? Qt::Alignment(given.toInt()) : Qt::Alignment(Qt::AlignLeft);
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == logicalIndex;
    const QRect inner = contentRect(logicalIndex, rect);
    const QString title = model()->headerData(logicalIndex, orientation(), Qt::DisplayRole).toString();
    const int arrowRoom = sorted ? 13 : 0;
    const int width = std::clamp(LineText::width(title, font()), 0, std::max(0, inner.width() - arrowRoom));
    const bool trailing = (alignment & Qt::AlignRight) != (layoutDirection() == Qt::RightToLeft);
    const int start = trailing ? inner.right() + 1 - width - arrowRoom : inner.left();
    painter->setPen(sorted ? t.text : t.muted);
    LineText::draw(*painter, QRect(start, inner.top(), width, inner.height()), Qt::AlignLeft, title, font());
    if (sorted) {
        painter->setRenderHint(QPainter::Antialiasing);
        const QPointF tip(start + width + 8.5, inner.center().y() + 0.5);
        const double way = sortIndicatorOrder() == Qt::DescendingOrder ? 1 : -1;
        painter->setPen(QPen(t.text, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawLine(tip - QPointF(0, 4 * way), tip + QPointF(0, 4 * way));
        painter->drawPolyline(
            QPolygonF({tip + QPointF(-3, way), tip + QPointF(0, 4 * way), tip + QPointF(3, way)}));
    }
    painter->restore();
}

} // namespace Counterfoil
