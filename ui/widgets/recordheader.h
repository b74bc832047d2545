#pragma once

#include <QHeaderView>

namespace Counterfoil {

// Column headings in the small muted type, the sort arrow right beside its heading.
class RecordHeader final : public QHeaderView
{
    Q_OBJECT
public:
    explicit RecordHeader(QWidget *parent = nullptr);

    // Space kept free before the first and after the last visible column; cells use the same.
    static constexpr int edgePadding = 16;
    static constexpr int cellPadding = 9;
    QRect contentRect(int logicalIndex, const QRect &section) const;

    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool isFirstVisible(int logicalIndex) const;
    bool isLastVisible(int logicalIndex) const;
};

} // namespace Counterfoil
