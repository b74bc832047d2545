#pragma once

#include <QString>
#include <QUrl>

namespace Counterfoil {

// Lists everything afresh at the gateway, as this person, and says in what the cache differs, a line
// for each row; empty: in nothing. The company has to stand still.
QString differenceToGateway(const QUrl &gateway, const QString &user, const QString &password,
                            const QString &cachePath, int *rows = nullptr);

} // namespace Counterfoil
