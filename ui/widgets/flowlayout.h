#pragma once

#include <QLayout>

namespace Counterfoil {

// Lays its widgets in reading order and wraps; in each row what is left over goes to the first widget
// that wants to expand. Rows are as high as their highest widget.
class FlowLayout final : public QLayout
{
public:
    explicit FlowLayout(int gap, QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override;
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    int arrange(const QRect &rect, bool apply) const;
    void placeRow(const QList<QLayoutItem *> &row, const QRect &rect, int y, int height, int spare) const;

    QList<QLayoutItem *> m_items;
    int m_gap;
};

} // namespace Counterfoil
