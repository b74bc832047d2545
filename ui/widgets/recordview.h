#pragma once

#include "type.h"

#include <QBasicTimer>
#include <QPersistentModelIndex>
#include <QTableView>

#include <limits>
#include <optional>

namespace Counterfoil {

class Clock;
class RecordHeader;

// The list of a pane: virtual rows of one height, hairlines, whole-row selection. Live changes do not
// move what a person looks at: rows that come or go above it shift the scroll position instead, and
// changed rows glow (ItemRole::ChangedAt) and fade. A timer runs only while something glows.
class RecordView final : public QTableView
{
    Q_OBJECT
public:
    explicit RecordView(const Clock &clock, QWidget *parent = nullptr);

    static constexpr int glowMs = 2500;

    RecordHeader &recordHeader() const { return *m_header; }
    void setDensity(Type::Density density);
    Type::Density density() const { return m_density; }

    // The column that names the row, in semibold.
    void setStrongColumn(int column);
    int strongColumn() const { return m_strongColumn; }

    int hoveredRow() const { return m_hoveredRow; }
    double glowOf(const QModelIndex &index) const; // 0: none, 1: just changed
    bool isGlowing() const { return m_glowTimer.isActive(); }

    void setModel(QAbstractItemModel *model) override;

    // Selecting all selects so many from the top, where there are more; selectionCut() says so.
    void setMostSelected(int rows) { m_mostSelected = rows; }
    void selectAll() override;

Q_SIGNALS:
    void opened(const QModelIndex &index); // Enter or a double click
    void currentRowChanged(const QModelIndex &index);
    void selectionCut(int rows);
    void resized();
    void dragWanted();               // of the rows selected, with the button down
    void rowsAboveChanged(int rows); // rows that came above the visible ones and wait to be looked at

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void applyDensity();
    void setHoveredRow(int row);
    void updateRow(int row);
    int anchorRow() const;
    bool isWatched() const;
    void afterRemoval(int pixels);
    void noteRowsAbove(int rows);

    const Clock &m_clock;
    RecordHeader *m_header;
    Type::Density m_density = Type::Density::Normal;
    int m_strongColumn = -1;
    int m_hoveredRow = -1;
    int m_rowsAbove = 0;
    std::optional<QPoint> m_pressedOnSelected;
    int m_mostSelected = std::numeric_limits<int>::max();
    QBasicTimer m_glowTimer;
    mutable QList<QPersistentModelIndex> m_glowing; // as the last painting met them
};

} // namespace Counterfoil
