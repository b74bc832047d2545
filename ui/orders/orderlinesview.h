#pragma once

#include <QTableView>

namespace Counterfoil {

class OrderLinesModel;

// The lines table of an order. Shows as many columns as fit; what does not fit is put into words
// below the item. As high as its lines: the pane around it scrolls.
class OrderLinesView final : public QTableView
{
    Q_OBJECT
public:
    explicit OrderLinesView(OrderLinesModel &model, QWidget *parent = nullptr);

    const QList<int> &columnsInWords() const { return m_inWords; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void fitColumns();
    void fitHeight();

    OrderLinesModel &m_lines;
    QList<int> m_inWords;
};

} // namespace Counterfoil
