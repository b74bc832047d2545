#pragma once

#include <QByteArray>
#include <QList>

namespace Counterfoil {

struct HostilePdf
{
    const char *name;
    QByteArray bytes;
};

// Small files that the format's rules allow, or nearly, and that ask for more time, memory or depth than
// any computer has.
QList<HostilePdf> bombPdfs();

QByteArray lockedPdf();             // opens with a password that nobody knows
QByteArray manyPagesPdf(int pages); // all of them the same
QByteArray bombAmongPagesPdf();     // three pages with a black square, of which the second never ends

} // namespace Counterfoil
