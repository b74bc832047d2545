#pragma once

#include <QTableView>

namespace Counterfoil {

class LinesModel;

// The table of a record's lines. Shows as many columns as fit; what does not fit is put into words
// below the item. As high as its lines: the pane around it scrolls.
class LinesView final : public QTableView
{
    Q_OBJECT
public:
    explicit LinesView(LinesModel &model, QWidget *parent = nullptr);

    const QList<int> &columnsInWords() const { return m_inWords; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void fitColumns();
    void fitHeight();
    int widthOf(int column) const;

    LinesModel &m_lines;
    QList<int> m_inWords;
};

} // namespace Counterfoil
