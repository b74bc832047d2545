#pragma once

#include <QList>
#include <QString>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace Counterfoil {

struct Fact
{
    QString caption;
    QString value; // lines separated by \n
    QString fullForm; // shown on hover; may be empty
};

// Captions over values, in as many columns as fit. A new set of facts of the same length changes the
// texts in place.
class FactsGrid final : public QWidget
{
    Q_OBJECT
public:
    explicit FactsGrid(QWidget *parent = nullptr);

    void setFacts(const QList<Fact> &facts);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Cell
    {
        QLabel *caption;
        QLabel *value;
    };
    void reflow();
    int columnsFor(int width) const;

    QGridLayout *m_grid;
    QList<Cell> m_cells;
    int m_columns = 0;
};

} // namespace Counterfoil
