#pragma once

#include <algorithm>
#include <set>
#include <vector>

namespace Counterfoil {

// Makes `rows` what is wanted row by row, so that a view keeps what is selected: what is gone goes, what is
// new comes in at its place, and what moved moves. Rows are told apart by their `key`. `model` passes on what
// a QAbstractItemModel has to be told: removing(i), removed(), moving(from, to), moved(), inserting(i),
// inserted(), rowChanged(i).
template <class Row, class Model>
void mergeRows(std::vector<Row> &rows, const std::vector<Row> &wanted, Model &model)
{
    std::set<decltype(Row::key)> keys;
    for (const Row &row : wanted)
        keys.insert(row.key);
    for (int i = static_cast<int>(rows.size()) - 1; i >= 0; --i) {
        if (keys.contains(rows[static_cast<std::size_t>(i)].key))
            continue;
        model.removing(i);
        rows.erase(rows.begin() + i);
        model.removed();
    }
    for (int i = 0; i < static_cast<int>(wanted.size()); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const Row &row = wanted[at];
        const auto found = std::ranges::find(rows.begin() + std::min(i, static_cast<int>(rows.size())),
                                             rows.end(), row.key, &Row::key);
        if (found == rows.end()) {
            model.inserting(i);
            rows.insert(rows.begin() + i, row);
            model.inserted();
            continue;
        }
        if (const int from = static_cast<int>(found - rows.begin()); from != i) {
            model.moving(from, i);
            std::rotate(rows.begin() + i, found, found + 1);
            model.moved();
        }
        if (!(rows[at] == row)) {
            rows[at] = row;
            model.rowChanged(i);
        }
    }
}

} // namespace Counterfoil
