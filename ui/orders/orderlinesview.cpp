#include "orderlinesview.h"

#include "orderlinesmodel.h"
#include "recordheader.h"
#include "statuschip.h"
#include "tabular.h"
#include "type.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QWheelEvent>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int lineGap = 3;
constexpr int rowPadding = 9;
constexpr int narrowestItem = 150; // and a third of a wide table, up to the widest
constexpr int widestItem = 260;

// In the order in which columns are given room.
constexpr OrderLinesModel::Column byImportance[]{
    OrderLinesModel::Ordered,  OrderLinesModel::Shipped,     OrderLinesModel::Net,
    OrderLinesModel::Price,    OrderLinesModel::Backordered, OrderLinesModel::Allocated,
    OrderLinesModel::Invoiced, OrderLinesModel::Tax,         OrderLinesModel::Cancelled,
};

class LineDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    LineDelegate(OrderLinesModel &model, OrderLinesView &view)
        : QStyledItemDelegate(&view)
        , m_model(model)
        , m_view(view)
    { }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = Tokens::of(option.palette);
        const auto *header = static_cast<const RecordHeader *>(m_view.horizontalHeader());
        painter->save();
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? t.selection : t.panel);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.line);
        const QRect inner
            = header->contentRect(index.column(), option.rect).adjusted(0, rowPadding, 0, -rowPadding);
        if (index.column() == OrderLinesModel::Item) {
            paintItem(*painter, option, inner, index, t);
        } else {
            painter->setPen(index.data(ItemRole::Secondary).toBool() ? t.muted : t.text);
            const QRect line(inner.left(), inner.top(), inner.width(), QFontMetrics(option.font).height());
            const auto alignment = QStyle::visualAlignment(option.direction, Qt::AlignTrailing);
            Tabular::draw(*painter, line, alignment, index.data().toString(), option.font);
        }
        if (isLastShown(index.column()))
            paintBelow(*painter, option, index.row(), t);
        painter->restore();
    }

    int heightOf(int row) const
    {
        const QModelIndex item = m_model.index(row, OrderLinesModel::Item);
        const int body = QFontMetrics(m_view.font()).height();
        const int caption = QFontMetrics(Type::font(Type::Role::Caption)).height();
        int height = 2 * rowPadding + 2 * body + lineGap + 1;
        if (!item.data(OrderLinesModel::Outstanding).toString().isEmpty())
            height += StatusChip::sizeFor(QString(), QString()).height() + 2 * lineGap;
        if (!m_model.summary(row, m_view.columnsInWords()).isEmpty())
            height += caption + lineGap;
        return height;
    }

private:
    void paintItem(QPainter &painter, const QStyleOptionViewItem &option, const QRect &inner,
                   const QModelIndex &index, const Tokens &t) const
    {
        const auto side = QStyle::visualAlignment(option.direction, Qt::AlignLeading);
        const QFont strong = Type::font(Type::Role::Strong);
        const QFontMetrics metrics(strong);
        const QRect line(inner.left(), inner.top(), inner.width(), QFontMetrics(option.font).height());
        const QString sku = index.data().toString();
        painter.setFont(strong);
        painter.setPen(t.text);
        painter.drawText(line, int(side | Qt::AlignVCenter) | Qt::TextSingleLine,
                         metrics.elidedText(sku, Qt::ElideRight, line.width()));
        const QString state = index.data(OrderLinesModel::StateText).toString();
        const QString symbol = index.data(ItemRole::Symbol).toString();
        const int skuWidth = metrics.horizontalAdvance(sku) + 8;
        const QRect beside = option.direction == Qt::RightToLeft ? line.adjusted(0, 0, -skuWidth, 0)
                                                                 : line.adjusted(skuWidth, 0, 0, 0);
        const bool fits = StatusChip::sizeFor(state, symbol).width() <= beside.width();
        const bool saidBelow = !index.data(OrderLinesModel::Outstanding).toString().isEmpty();
        if (!state.isEmpty() && (fits || !saidBelow))
            StatusChip::paint(painter, beside, side, t, state, symbol,
                              toneNamed(index.data(ItemRole::Tone).toString()));
    }

    // Below the first line stand no figures, so the rest has the row's whole width: it is painted with the
    // last cell, over all of them.
    void paintBelow(QPainter &painter, const QStyleOptionViewItem &option, int row, const Tokens &t) const
    {
        const QModelIndex item = m_model.index(row, OrderLinesModel::Item);
        const QFontMetrics body(option.font);
        const auto side = QStyle::visualAlignment(option.direction, Qt::AlignLeading);
        const int flags = int(side | Qt::AlignVCenter) | Qt::TextSingleLine;
        QRect line(RecordHeader::edgePadding, option.rect.top() + rowPadding + body.height() + lineGap,
                   m_view.viewport()->width() - 2 * RecordHeader::edgePadding, body.height());
        painter.setFont(option.font);
        painter.setPen(t.muted);
        painter.drawText(line, flags,
                         body.elidedText(item.data(OrderLinesModel::Description).toString(), Qt::ElideRight,
                                         line.width()));
        const QString outstanding = item.data(OrderLinesModel::Outstanding).toString();
        if (!outstanding.isEmpty()) {
            const int height = StatusChip::sizeFor(QString(), QString()).height();
            StatusChip::paint(painter, QRect(line.left(), line.bottom() + 2 + lineGap, line.width(), height),
                              side, t, outstanding, QStringLiteral("◔"), Tone::Warn);
        }
        const QFont caption = Type::font(Type::Role::Caption);
        const QFontMetrics metrics(caption);
        line = QRect(line.left(), option.rect.bottom() - rowPadding - metrics.height(), line.width(),
                     metrics.height());
        painter.setFont(caption);
        painter.setPen(t.muted);
        painter.drawText(
            line, flags,
            metrics.elidedText(m_model.summary(row, m_view.columnsInWords()), Qt::ElideRight, line.width()));
    }

    bool isLastShown(int column) const
    {
        for (int after = column + 1; after < OrderLinesModel::ColumnCount; ++after) {
            if (!m_view.isColumnHidden(after))
                return false;
        }
        return true;
    }

    OrderLinesModel &m_model;
    OrderLinesView &m_view;
};

} // namespace

OrderLinesView::OrderLinesView(OrderLinesModel &model, QWidget *parent)
    : QTableView(parent)
    , m_lines(model)
{
    auto *header = new RecordHeader(this);
    header->setSectionsClickable(false);
    header->setSectionsMovable(false);
    header->setSortIndicatorShown(false);
    header->setSectionResizeMode(QHeaderView::Fixed);
    setHorizontalHeader(header);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setItemDelegate(new LineDelegate(model, *this));
    setModel(&model);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Lines of the order"));
    connect(&model, &QAbstractItemModel::modelReset, this, &OrderLinesView::fitColumns);
    connect(&model, &QAbstractItemModel::dataChanged, this, &OrderLinesView::fitHeight);
}

QSize OrderLinesView::sizeHint() const
{
    // Summed here, because the vertical header learns of new rows only later.
    const auto *delegate = static_cast<const LineDelegate *>(itemDelegate());
    int height = horizontalHeader()->sizeHint().height();
    for (int row = 0; row < m_lines.rowCount(); ++row)
        height += delegate->heightOf(row);
    return {480, height};
}

void OrderLinesView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fitColumns();
}

void OrderLinesView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitColumns();
}

void OrderLinesView::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the pane scrolls, not the table
}

void OrderLinesView::fitColumns()
{
    const QFontMetrics heading(horizontalHeader()->font());
    constexpr int edges = 2 * (RecordHeader::edgePadding - RecordHeader::cellPadding);
    const int item = std::clamp(viewport()->width() * 3 / 10, narrowestItem, widestItem);
    int room = viewport()->width() - item - edges;
    QList<int> shown;
    m_inWords.clear();
    for (const auto column : byImportance) {
        int width = heading.horizontalAdvance(
            m_lines.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        constexpr int rowsMeasured = 50;
        for (int row = 0; row < std::min(m_lines.rowCount(), rowsMeasured); ++row)
            width = std::max(width,
                             qRound(Tabular::width(m_lines.index(row, column).data().toString(), font())));
        width += 2 * RecordHeader::cellPadding + 2;
        const bool fits = width <= room && m_inWords.isEmpty();
        setColumnHidden(column, !fits);
        if (fits) {
            setColumnWidth(column, width);
            room -= width;
        } else {
            m_inWords.append(column);
        }
    }
    std::sort(m_inWords.begin(), m_inWords.end());
    m_inWords.removeOne(OrderLinesModel::Backordered); // its chip says more
    for (int column = OrderLinesModel::ColumnCount - 1; column > OrderLinesModel::Item; --column) {
        if (!isColumnHidden(column)) {
            setColumnWidth(column, columnWidth(column) + edges / 2);
            break;
        }
    }
    setColumnWidth(OrderLinesModel::Item, item + edges / 2 + std::max(0, room));
    fitHeight();
}

void OrderLinesView::fitHeight()
{
    const auto *delegate = static_cast<const LineDelegate *>(itemDelegate());
    for (int row = 0; row < m_lines.rowCount(); ++row) {
        const int height = delegate->heightOf(row);
        if (rowHeight(row) != height)
            setRowHeight(row, height);
    }
    setFixedHeight(sizeHint().height());
    viewport()->update();
}

} // namespace Counterfoil

#include "orderlinesview.moc"
