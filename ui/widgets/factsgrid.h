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
    QString value;         // lines separated by \n
    QString fullForm = {}; // shown on hover; may be empty
};

// Captions over values, in as many columns as fit, where a column is wide enough for so many digits.
// The first line of a value is what counts and stands out; further lines explain it. A new set of facts
// of the same length changes the texts in place.
class FactsGrid final : public QWidget
{
    Q_OBJECT
public:
    FactsGrid(int digitsPerColumn, int mostColumns, QWidget *parent = nullptr);

    void setFacts(const QList<Fact> &facts);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Cell
    {
        QLabel *caption;
        QLabel *value;
        QLabel *more;
    };
    void reflow();
    int columnsFor(int width) const;

    int m_digitsPerColumn;
    int m_mostColumns;
    QGridLayout *m_grid;
    QList<Cell> m_cells;
    int m_columns = 0;
};

} // namespace Counterfoil
