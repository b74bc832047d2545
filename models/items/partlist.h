#pragma once

#include "decimal.h"

#include <QString>
#include <QStringView>

#include <vector>

namespace Counterfoil {

// One row of a list of items and quantities that somebody pasted.
struct PartRow
{
    enum class State {
        Good,     // an item and a quantity
        Doubtful, // read, but the person should look: `note` says why
        Bad,      // not read: `note` says why
    };

    int line = 0; // of the text, from 1
    QString text; // the row as it came, cut where it is very long
    QString item; // as it was written; empty: there is none
    Decimal quantity;
    State state = State::Good;
    QString note; // one sentence; empty for Good
};

// What was copied from a spreadsheet, a CSV file or an e-mail: an item and its quantity a row, divided by
// tabs, semicolons, commas or blanks, in either order, with or without headings. Nothing is guessed silently:
// what can be read in two ways is doubtful, and every row is either in `rows` or counted in `left`.
struct PartList
{
    static constexpr int charactersMost = 4 * 1024 * 1024;
    static constexpr int rowsMost = 2'000;          // that are shown; any more are counted
    static constexpr int cellsMost = 50;            // of a row that are looked at
    static constexpr qint64 quantityMost = 999'999; // of a line; see docs/buying.md

    std::vector<PartRow> rows; // without blank rows and headings
    int left = 0;              // rows beyond rowsMost
    QString refused;           // one sentence: nothing was read at all; empty: it was

    static PartList read(QStringView text);
    static PartRow quantityOf(const QString &text); // of one cell that somebody typed
};

} // namespace Counterfoil
