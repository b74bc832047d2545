#pragma once

#include "shell.h"

namespace Counterfoil {

// Serves one accepted connection, request after request, until it ends or becomes a WebSocket.
void serveHttp(Shell &shell, AnyStream stream, const std::string &peer, ConnectionCount count);

} // namespace Counterfoil
