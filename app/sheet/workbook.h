#pragma once

#include <QByteArray>
#include <QString>

namespace Counterfoil {

// The first visible sheet of a workbook (Office Open XML), as rows of cells divided by tabs. Nothing in it is
// run or calculated: a formula gives the value that was saved with it, after an equals sign.
struct Workbook
{
    static constexpr qint64 inflatedMost = 64LL * 1024 * 1024; // of all that is looked at
    static constexpr qsizetype textMost = 8 * 1024 * 1024;     // characters; what is longer is cut
    static constexpr int columnsMost = 50;

    QString text;
    bool hasMacro = false;
    bool hasMoreSheets = false;
    const char *refused = nullptr; // "broken", "too-much", "no-sheet"; see PartFile. null: it was read

    static Workbook read(const QByteArray &file);
};

} // namespace Counterfoil
