#pragma once

#include <QString>
#include <QUrl>

namespace Counterfoil {

// Lists everything afresh at the gateway, as this person, and says in what the cache differs; empty: in
// nothing.
QString differenceToGateway(const QUrl &gateway, const QString &user, const QString &password,
                            const QString &cachePath, int *rows = nullptr);

} // namespace Counterfoil
