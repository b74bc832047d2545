#include "recordview.h"

#include "clock.h"
#include "itemroles.h"
#include "recordheader.h"
#include "rowdelegate.h"
#include "theme.h"
#include "tokens.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int glowStepMs = 50;
constexpr double glowHold = 0.25; // the part of its time that a glow stays at its full strength

} // namespace

RecordView::RecordView(const Clock &clock, QWidget *parent)
    : QTableView(parent)
    , m_clock(clock)
    , m_header(new RecordHeader(this))
{
    setHorizontalHeader(m_header);
    setItemDelegate(new RowDelegate(*this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setResizeContentsPrecision(30);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    // With its room kept, the columns do not move when the extent becomes known.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setTabKeyNavigation(false); // Tab leaves the list, as in every list
    setWordWrap(false);
    setMouseTracking(true);
    setSortingEnabled(false);
    applyDensity();
}

void RecordView::setDensity(Type::Density density)
{
    m_density = density;
    applyDensity();
}

void RecordView::applyDensity()
{
    const int height = Type::rowHeight(m_density);
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    verticalScrollBar()->setSingleStep(height);
}

void RecordView::setStrongColumn(int column)
{
    m_strongColumn = column;
    viewport()->update();
}

void RecordView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    m_glowing.clear();
    m_hoveredRow = -1;
    if (model) {
        connect(model, &QAbstractItemModel::modelReset, this, [this] {
            m_glowing.clear();
            m_hoveredRow = -1;
            noteRowsAbove(-m_rowsAbove);
        });
    }
}

// The current row stays where it is, and so does what is shown of it.
void RecordView::selectAll()
{
    const int rows = model() ? model()->rowCount() : 0;
    if (rows == 0)
        return;
    const int last = std::min(rows, m_mostSelected) - 1;
    selectionModel()->select(
        QItemSelection(model()->index(0, 0), model()->index(last, model()->columnCount() - 1)),
        QItemSelectionModel::ClearAndSelect);
    if (rows > m_mostSelected)
        Q_EMIT selectionCut(m_mostSelected);
}

double RecordView::glowOf(const QModelIndex &index) const
{
    const qint64 changedAt = index.data(ItemRole::ChangedAt).toLongLong();
    if (changedAt <= 0)
        return 0;
    const qint64 age = m_clock.sinceBoot().ms - changedAt;
    if (age < 0 || age >= glowMs)
        return 0;
    if (m_glowing.isEmpty() || m_glowing.last().row() != index.row())
        m_glowing.append(index);
    const double way = static_cast<double>(age) / glowMs;
    return Theme::wantsMotion() ? std::min(1.0, (1 - way) / (1 - glowHold)) : 1.0;
}

void RecordView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    Q_EMIT resized();
}

void RecordView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!m_glowing.isEmpty() && !m_glowTimer.isActive())
        m_glowTimer.start(Theme::wantsMotion() ? glowStepMs : glowMs, this);
}

void RecordView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_glowTimer.timerId()) {
        QTableView::timerEvent(event);
        return;
    }
    m_glowTimer.stop(); // the next painting starts it again if it meets a glow
    const QList<QPersistentModelIndex> rows = std::exchange(m_glowing, {});
    for (const QPersistentModelIndex &row : rows)
        updateRow(row.row());
}

void RecordView::updateRow(int row)
{
    if (row < 0)
        return;
    viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
}

void RecordView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                             const QList<int> &roles)
{
    QTableView::dataChanged(topLeft, bottomRight, roles);
    // A change that tells nothing but its time still lights the whole row.
    for (int row = topLeft.row(); row <= bottomRight.row() && bottomRight.row() - topLeft.row() < 200; ++row)
        updateRow(row);
}

bool RecordView::isWatched() const
{
    return hasFocus() || m_hoveredRow >= 0 || verticalScrollBar()->value() > 0;
}

int RecordView::anchorRow() const
{
    return m_hoveredRow >= 0 ? m_hoveredRow : std::max(0, rowAt(0));
}

void RecordView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    const int anchor = anchorRow();
    const bool keep = isWatched() && start <= anchor && model()->rowCount() > end - start + 1;
    QTableView::rowsInserted(parent, start, end);
    if (!keep)
        return;
    const int rows = end - start + 1;
    const int top = verticalScrollBar()->value();
    updateGeometries();
    verticalScrollBar()->setValue(top + rows * verticalHeader()->defaultSectionSize());
    if (m_hoveredRow >= 0)
        m_hoveredRow += rows;
    noteRowsAbove(rows);
}

void RecordView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    const int above = std::min(end, anchorRow() - 1) - start + 1;
    QTableView::rowsAboutToBeRemoved(parent, start, end);
    if (above > 0 && isWatched()) {
        const int pixels = above * verticalHeader()->defaultSectionSize();
        // The header only knows its new length once the model has let go of the rows.
        QMetaObject::invokeMethod(
            this, [this, pixels] { afterRemoval(pixels); }, Qt::QueuedConnection);
    }
}

void RecordView::afterRemoval(int pixels)
{
    const int top = verticalScrollBar()->value();
    updateGeometries();
    verticalScrollBar()->setValue(top - pixels);
}

void RecordView::noteRowsAbove(int rows)
{
    m_rowsAbove = std::max(0, m_rowsAbove + rows);
    Q_EMIT rowsAboveChanged(m_rowsAbove);
}

void RecordView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    const int height = verticalHeader()->defaultSectionSize();
    const int hidden = verticalScrollBar()->value() / std::max(1, height);
    if (hidden < m_rowsAbove)
        noteRowsAbove(hidden - m_rowsAbove);
}

void RecordView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    updateRow(previous.row());
    updateRow(current.row());
    if (current.row() != previous.row() || current.isValid() != previous.isValid())
        Q_EMIT currentRowChanged(current);
}

void RecordView::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentIndex().isValid() && event->modifiers() == Qt::NoModifier) {
        Q_EMIT opened(currentIndex());
        return;
    }
    if (event->matches(QKeySequence::MoveToStartOfLine) || event->matches(QKeySequence::MoveToEndOfLine)) {
        // In a list Home and End mean its first and last row, not a column.
        const int row = event->matches(QKeySequence::MoveToStartOfLine) ? 0 : model()->rowCount() - 1;
        if (row >= 0)
            setCurrentIndex(model()->index(row, std::max(0, m_strongColumn)));
        return;
    }
    QTableView::keyPressEvent(event);
}

// A press on what is selected may begin a drag of all of it, so it selects that row alone only when it ends
// where it began.
void RecordView::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const bool plain = event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier;
    m_pressedOnSelected.reset();
    if (plain && index.isValid() && selectionModel()->isSelected(index)) {
        m_pressedOnSelected = event->position().toPoint();
        setFocus(Qt::MouseFocusReason);
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        return;
    }
    QTableView::mousePressEvent(event);
}

void RecordView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_pressedOnSelected && event->button() == Qt::LeftButton) {
        m_pressedOnSelected.reset();
        if (const QModelIndex index = indexAt(event->position().toPoint()); index.isValid())
            selectionModel()->setCurrentIndex(
                index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        return;
    }
    QTableView::mouseReleaseEvent(event);
}

void RecordView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_pressedOnSelected) {
        const QPoint way = event->position().toPoint() - *m_pressedOnSelected;
        if ((event->buttons() & Qt::LeftButton)
            && way.manhattanLength() >= QApplication::startDragDistance()) {
            m_pressedOnSelected.reset();
            Q_EMIT dragWanted();
        }
        return;
    }
    setHoveredRow(rowAt(event->position().toPoint().y()));
    QTableView::mouseMoveEvent(event);
}

void RecordView::mouseDoubleClickEvent(QMouseEvent *event)
{
    QTableView::mouseDoubleClickEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid())
        Q_EMIT opened(index);
}

bool RecordView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHoveredRow(-1);
    return QTableView::viewportEvent(event);
}

void RecordView::setHoveredRow(int row)
{
    if (row == m_hoveredRow)
        return;
    updateRow(m_hoveredRow);
    m_hoveredRow = row;
    updateRow(m_hoveredRow);
}

void RecordView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        applyDensity();
}

void RecordView::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    if (!currentIndex().isValid() && model() && model()->rowCount() > 0
        && event->reason() != Qt::MouseFocusReason)
        setCurrentIndex(model()->index(std::max(0, rowAt(0)), std::max(0, m_strongColumn)));
    updateRow(currentIndex().row());
}

void RecordView::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    updateRow(currentIndex().row());
}

} // namespace Counterfoil
