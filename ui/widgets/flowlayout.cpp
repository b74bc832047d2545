#include "flowlayout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace Counterfoil {

FlowLayout::FlowLayout(int gap, QWidget *parent)
    : QLayout(parent)
    , m_gap(gap)
{ }

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.append(item);
}

int FlowLayout::count() const
{
    return static_cast<int>(m_items.size());
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return m_items.value(index);
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (const QLayoutItem *item : m_items) {
        width += item->sizeHint().width() + m_gap;
        height = std::max(height, item->sizeHint().height());
    }
    const QMargins margins = contentsMargins();
    return {width + margins.left() + margins.right(), height + margins.top() + margins.bottom()};
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        size = size.expandedTo(item->minimumSize());
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect &rect, bool apply) const
{
    const QRect inner = rect.marginsRemoved(contentsMargins());
    QList<QLayoutItem *> row;
    int y = inner.top();
    int used = 0;
    int height = 0;
    const auto finishRow = [&] {
        if (apply)
            placeRow(row, inner, y, height, inner.width() - used);
        y += height;
    };
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        // What can shrink asks for its least, and gets what is left over afterwards.
        const bool expands = item->expandingDirections() & Qt::Horizontal;
        const int wants = expands ? item->minimumSize().width() : item->sizeHint().width();
        if (!row.isEmpty() && used + m_gap + wants > inner.width()) {
            finishRow();
            y += m_gap;
            row.clear();
            used = height = 0;
        }
        used += wants + (row.isEmpty() ? 0 : m_gap);
        height = std::max(height, item->sizeHint().height());
        row.append(item);
    }
    finishRow();
    return y + contentsMargins().bottom() - rect.top();
}

void FlowLayout::placeRow(const QList<QLayoutItem *> &row, const QRect &rect, int y, int height,
                          int spare) const
{
    const auto direction = parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    int x = rect.left();
    for (QLayoutItem *item : row) {
        const bool expands = item->expandingDirections() & Qt::Horizontal;
        int width = expands ? item->minimumSize().width() : item->sizeHint().width();
        if (expands) {
            width += std::max(0, spare);
            spare = 0;
        }
        const int itemHeight = item->sizeHint().height();
        const QRect place(x, y + (height - itemHeight) / 2, std::min(width, rect.width()), itemHeight);
        item->setGeometry(QStyle::visualRect(direction, rect, place));
        x += width + m_gap;
    }
}

} // namespace Counterfoil
