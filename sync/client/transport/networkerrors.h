#pragma once

#include "error.h"

#include <QAbstractSocket>
#include <QNetworkReply>

namespace Counterfoil {

// What a request that got no usable answer means to the program and to the person.
Error networkError(QNetworkReply::NetworkError error, const QString &detail);
Error socketError(QAbstractSocket::SocketError error, const QString &detail);
Error oversizedAnswer();

} // namespace Counterfoil
