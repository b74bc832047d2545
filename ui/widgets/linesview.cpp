#include "linesview.h"

#include "linesmodel.h"
#include "linetext.h"
#include "plaintipdelegate.h"
#include "recordheader.h"
#include "statuschip.h"
#include "type.h"

#include <QHeaderView>
#include <QPainter>
#include <QWheelEvent>
#include <QtMath>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int lineGap = 3;
constexpr int rowPadding = 9;
constexpr int narrowestItem = 150; // and a third of a wide table, up to the widest
constexpr int widestItem = 260;
constexpr int rowsMeasured = 50;

int chipHeight()
{
    return StatusChip::sizeFor(QString(), QString()).height();
}

int captionHeight()
{
    return QFontMetrics(Type::font(Type::Role::Caption)).height();
}

class LineDelegate final : public PlainTipDelegate
{
    Q_OBJECT
public:
    LineDelegate(LinesModel &model, LinesView &view)
        : PlainTipDelegate(&view)
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
        if (index.column() == LinesModel::Name) {
            paintItem(*painter, option, inner, index, t);
        } else {
            painter->setPen(index.data(ItemRole::Secondary).toBool() ? t.muted : t.text);
            const QRect line(inner.left(), inner.top(), inner.width(), QFontMetrics(option.font).height());
            const auto alignment = QStyle::visualAlignment(option.direction, Qt::AlignTrailing);
            LineText::draw(*painter, line, alignment, index.data().toString(), option.font,
                           LineText::Digits::Even);
        }
        if (isLastShown(index.column()))
            paintBelow(*painter, option, index.row(), t);
        painter->restore();
    }

    int heightOf(int row) const
    {
        const QModelIndex item = m_model.index(row, LinesModel::Name);
        const int body = QFontMetrics(m_view.font()).height();
        int height = 2 * rowPadding + body + 1;
        if (!item.data(LinesModel::Description).toString().isEmpty())
            height += body + lineGap;
        if (!item.data(LinesModel::Outlook).toString().isEmpty())
            height += chipHeight() + 2 * lineGap;
        return height + static_cast<int>(captions(row).size()) * (captionHeight() + lineGap);
    }

private:
    // What stands in small type below everything else.
    QStringList captions(int row) const
    {
        QStringList lines = m_model.index(row, LinesModel::Name).data(LinesModel::Notes).toStringList();
        if (const QString summary = m_model.summary(row, m_view.columnsInWords()); !summary.isEmpty())
            lines.prepend(summary);
        return lines;
    }

    void paintItem(QPainter &painter, const QStyleOptionViewItem &option, const QRect &inner,
                   const QModelIndex &index, const Tokens &t) const
    {
        const auto side = QStyle::visualAlignment(option.direction, Qt::AlignLeading);
        const QFont strong = Type::font(Type::Role::Strong);
        const QRect line(inner.left(), inner.top(), inner.width(), QFontMetrics(option.font).height());
        const QString name = index.data().toString();
        painter.setPen(t.text);
        const int nameWidth = qCeil(LineText::draw(painter, line, side, name, strong)) + 8;
        const QString state = index.data(LinesModel::StateText).toString();
        const QString symbol = index.data(ItemRole::Symbol).toString();
        const QRect beside = option.direction == Qt::RightToLeft ? line.adjusted(0, 0, -nameWidth, 0)
                                                                 : line.adjusted(nameWidth, 0, 0, 0);
        const bool fits = StatusChip::sizeFor(state, symbol).width() <= beside.width();
        const bool saidBelow = !index.data(LinesModel::Outlook).toString().isEmpty();
        if (!state.isEmpty() && (fits || !saidBelow))
            StatusChip::paint(painter, beside, side, t, state, symbol,
                              toneNamed(index.data(ItemRole::Tone).toString()));
    }

    // Below the first line stand no figures, so the rest has the row's whole width: it is painted with the
    // last cell, over all of them.
    void paintBelow(QPainter &painter, const QStyleOptionViewItem &option, int row, const Tokens &t) const
    {
        const QModelIndex item = m_model.index(row, LinesModel::Name);
        const QFontMetrics body(option.font);
        const auto side = QStyle::visualAlignment(option.direction, Qt::AlignLeading);
        QRect line(RecordHeader::edgePadding, option.rect.top() + rowPadding + body.height() + lineGap,
                   m_view.viewport()->width() - 2 * RecordHeader::edgePadding, body.height());
        painter.setPen(t.muted);
        if (const QString text = item.data(LinesModel::Description).toString(); !text.isEmpty()) {
            LineText::draw(painter, line, side, text, option.font);
            line.translate(0, body.height() + lineGap);
        }
        if (const QString outlook = item.data(LinesModel::Outlook).toString(); !outlook.isEmpty()) {
            StatusChip::paint(painter, QRect(line.left(), line.top() + lineGap, line.width(), chipHeight()),
                              side, t, outlook, QStringLiteral("◔"),
                              static_cast<Tone>(item.data(LinesModel::OutlookTone).toInt()));
            line.translate(0, chipHeight() + 2 * lineGap);
        }
        const QFont caption = Type::font(Type::Role::Caption);
        const QFontMetrics metrics(caption);
        painter.setPen(t.muted);
        line.setHeight(metrics.height());
        for (const QString &text : captions(row)) {
            LineText::draw(painter, line, side, text, caption);
            line.translate(0, metrics.height() + lineGap);
        }
    }

    bool isLastShown(int column) const
    {
        for (int after = column + 1; after < m_model.columnCount(); ++after) {
            if (!m_view.isColumnHidden(after))
                return false;
        }
        return true;
    }

    LinesModel &m_model;
    LinesView &m_view;
};

} // namespace

LinesView::LinesView(LinesModel &model, QWidget *parent)
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
    setAccessibleName(tr("Lines"));
    connect(&model, &QAbstractItemModel::modelReset, this, &LinesView::fitColumns);
    connect(&model, &QAbstractItemModel::dataChanged, this, &LinesView::fitHeight);
}

QSize LinesView::sizeHint() const
{
    // Summed here, because the vertical header learns of new rows only later.
    const auto *delegate = static_cast<const LineDelegate *>(itemDelegate());
    int height = horizontalHeader()->sizeHint().height();
    for (int row = 0; row < m_lines.rowCount(); ++row)
        height += delegate->heightOf(row);
    return {480, height};
}

// What is below a row's first line is painted with its last cell, so it takes whole rows to mend a part.
void LinesView::paintEvent(QPaintEvent *event)
{
    QPaintEvent rows(QRect(0, event->rect().top(), viewport()->width(), event->rect().height()));
    QTableView::paintEvent(&rows);
}

void LinesView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fitColumns();
}

void LinesView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitColumns();
}

void LinesView::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the pane scrolls, not the table
}

int LinesView::widthOf(int column) const
{
    int width = LineText::width(m_lines.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                                horizontalHeader()->font());
    for (int row = 0; row < std::min(m_lines.rowCount(), rowsMeasured); ++row)
        width = std::max(
            width,
            LineText::width(m_lines.index(row, column).data().toString(), font(), LineText::Digits::Even));
    return width + 2 * RecordHeader::cellPadding + 2;
}

void LinesView::fitColumns()
{
    constexpr int edges = 2 * (RecordHeader::edgePadding - RecordHeader::cellPadding);
    const int item = std::clamp(viewport()->width() * 3 / 10, narrowestItem, widestItem);
    int room = viewport()->width() - item - edges;
    const QList<LinesColumn> &columns = m_lines.columns();
    QList<int> byRank;
    for (int column = 1; column <= columns.size(); ++column)
        byRank.append(column);
    std::ranges::stable_sort(byRank, {}, [&columns](int column) { return columns[column - 1].rank; });
    m_inWords.clear();
    int lastShown = LinesModel::Name;
    bool full = false;
    for (const int column : byRank) {
        const int width = widthOf(column);
        full = full || width > room;
        setColumnHidden(column, full);
        if (full) {
            if (!columns[column - 1].saidInWords)
                m_inWords.append(column);
            continue;
        }
        setColumnWidth(column, width);
        room -= width;
        lastShown = std::max(lastShown, column);
    }
    std::ranges::sort(m_inWords);
    if (lastShown != LinesModel::Name)
        setColumnWidth(lastShown, columnWidth(lastShown) + edges / 2);
    setColumnWidth(LinesModel::Name, item + edges / 2 + std::max(0, room));
    fitHeight();
}

void LinesView::fitHeight()
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

#include "linesview.moc"
