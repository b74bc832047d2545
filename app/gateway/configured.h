#pragma once

#include "configurationfile.h"
#include "gatewayserver.h"

namespace Counterfoil {

class SandboxErp;

// Has the configuration file in force, and what becomes of it while the gateway runs. One thread.
class Configured
{
public:
    // `sandbox`: null where the ERP is another. Everything outlives it.
    Configured(QString file, SandboxErp *sandbox, GatewayServer &server, const Clock &clock);

    Outcome begin(); // a gateway does not start on a configuration that cannot be used
    // Reads it again when it changed, or when somebody asked for that. One that cannot be used leaves the one
    // before in force, and says so.
    void look(bool asked);

private:
    Outcome take();

    const QString m_path;
    ConfigurationFile m_file;
    SandboxErp *m_sandbox;
    GatewayServer &m_server;
    const Clock &m_clock;
};

} // namespace Counterfoil
