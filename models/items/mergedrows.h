#pragma once

#include <QAbstractItemModel>

#include <algorithm>
#include <set>
#include <vector>

namespace Counterfoil {

// A QAbstractListModel or QAbstractTableModel of rows that are told apart by their `key`.
template <class Model> class MergedRows : public Model
{
public:
    using Model::Model;

protected:
    // Makes `rows` what is wanted row by row, so that a view keeps what is selected: what is gone goes, what
    // is new comes in at its place, and what moved moves.
    template <class Row> void mergeRows(std::vector<Row> &rows, const std::vector<Row> &wanted)
    {
        removeOthers(rows, wanted);
        for (int i = 0; i < static_cast<int>(wanted.size()); ++i) {
            const auto at = static_cast<std::size_t>(i);
            const Row &row = wanted[at];
            const auto found = std::ranges::find(rows.begin() + std::min(i, static_cast<int>(rows.size())),
                                                 rows.end(), row.key, &Row::key);
            if (found == rows.end()) {
                this->beginInsertRows({}, i, i);
                rows.insert(rows.begin() + i, row);
                this->endInsertRows();
                continue;
            }
            if (const int from = static_cast<int>(found - rows.begin()); from != i) {
                this->beginMoveRows({}, from, from, {}, i);
                std::rotate(rows.begin() + i, found, found + 1);
                this->endMoveRows();
            }
            if (!(rows[at] == row)) {
                rows[at] = row;
                const QAbstractItemModel &model = *this; // a list's columnCount() is private
                Q_EMIT this->dataChanged(this->index(i, 0), this->index(i, model.columnCount() - 1));
            }
        }
    }

private:
    template <class Row> void removeOthers(std::vector<Row> &rows, const std::vector<Row> &wanted)
    {
        std::set<decltype(Row::key)> keys;
        for (const Row &row : wanted)
            keys.insert(row.key);
        for (int i = static_cast<int>(rows.size()) - 1; i >= 0; --i) {
            if (keys.contains(rows[static_cast<std::size_t>(i)].key))
                continue;
            this->beginRemoveRows({}, i, i);
            rows.erase(rows.begin() + i);
            this->endRemoveRows();
        }
    }
};

} // namespace Counterfoil
