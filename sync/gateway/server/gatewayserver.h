#pragma once

#include "gatewaycore.h"

#include <QString>

namespace Counterfoil {

struct ServerSettings
{
    QString host = QStringLiteral("127.0.0.1"); // a name or an address
    std::uint16_t port = 0;                     // 0: any that is free
    QString certificateFile; // PEM, the chain; empty: plain HTTP, which loopback addresses alone may have
    QString keyFile;         // PEM
    int threads = 2;
    std::size_t connections = 20'000;
    std::int64_t idleMs = 75'000;    // of a connection between two requests
    std::int64_t requestMs = 20'000; // from a request's first byte to its last, and for its body what follows
    std::int64_t writeMs = 30'000;   // without a byte taken by the client
    // That a client has to take and to send on average, so that none holds on to a connection for ever.
    std::int64_t leastBytesPerSecond = 2'048;
    std::int64_t erpEveryMs = 250; // asked at least so often
    // Packing costs more time than it saves where nothing travels; a proxy on this machine packs itself.
    bool packForLoopback = false;
};

// Answers whether an address may carry plain HTTP.
bool isLoopbackAddress(const QString &host);

// The gateway's sockets: HTTP/1.1, WebSocket, TLS. Runs the core on threads of its own and asks the ERP
// on one more, so that a slow ERP holds up nobody. Everything it was given outlives it.
class GatewayServer
{
public:
    // `hooks`: null where none are ever set. `papers`: another connector to the same ERP, for an ERP whose
    // documents take long; it is asked on one thread more.
    GatewayServer(GatewayCore &core, Connector &erp, HookCaller *hooks = nullptr,
                  Connector *papers = nullptr);
    ~GatewayServer(); // stops

    // Listens; from here on the core belongs to the server. The address clients use comes back.
    Result<QString> start(const ServerSettings &settings);
    // GatewayCore::setHooks(), once it is the server's. From any thread.
    void setHooks(std::vector<Hook> hooks);
    // Tells open WebSockets goodbye, then closes everything. Blocks, a second at most after the
    // connector has returned.
    void stop();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
