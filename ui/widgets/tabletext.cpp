#include "tabletext.h"

#include <QHeaderView>
#include <QTableView>

#include <algorithm>
#include <utility>

namespace Counterfoil {

QString selectedTableText(const QTableView &view)
{
    if (!view.selectionModel() || !view.selectionModel()->hasSelection())
        return {};
    const QHeaderView *header = view.horizontalHeader();
    const QAbstractItemModel *model = view.model();
    QList<int> columns;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (!view.isColumnHidden(column))
            columns.append(column);
    }
    QList<int> rows;
    const QModelIndexList selected = view.selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());

    QStringList lines;
    const auto append = [&columns, &lines](auto &&textOf) {
        QStringList cells;
        for (const int column : std::as_const(columns))
            cells.append(textOf(column).simplified());
        lines.append(cells.join(QLatin1Char('\t')));
    };
    if (rows.size() > 1)
        append([model](int column) { return model->headerData(column, Qt::Horizontal).toString(); });
    for (const int row : std::as_const(rows))
        append([model, row](int column) { return model->index(row, column).data().toString(); });
    return lines.join(QLatin1Char('\n'));
}

} // namespace Counterfoil
