#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

namespace Counterfoil {

// What the person was told was queued, by command key: the marker that was in it.
QHash<QByteArray, QByteArray> readLedger(const QString &file);

// How a command ended, as the client says.
struct Ending
{
    QByteArray state;
    QByteArray reasonCode;
};

// Where what the person was told, what the client says became of it and what is in the ERP's own file
// disagree: a line for each; empty: nowhere. The ERP must be closed.
QStringList disagreements(const QHash<QByteArray, QByteArray> &told, const QHash<QByteArray, Ending> &ended,
                          const QString &erpFile);

} // namespace Counterfoil
