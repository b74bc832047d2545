#include "configured.h"

#include "gatewaytext.h"
#include "progress.h"
#include "sandboxerp.h"

namespace Counterfoil {

namespace {

// All of it, as far as this ERP can take it.
Outcome applyTo(SandboxErp &sandbox, const GatewayConfiguration &configuration, Instant now)
{
    for (const StateWording &wording : configuration.wordings) {
        const auto done = sandbox.setStatusLabel(wording.status, wording.label, now);
        if (!done && done.error().kind == ErrorKind::NotFound)
            return Error{ErrorKind::BadInput,
                         GatewayText::tr("The ERP has no state \"%1\" that could be worded.")
                             .arg(QString::fromStdString(wording.status))};
        if (!done)
            return done;
    }
    return configuration.returns ? sandbox.setReturnPolicy(*configuration.returns) : Outcome(Done());
}

} // namespace

Configured::Configured(QString file, SandboxErp *sandbox, GatewayServer &server, const Clock &clock)
    : m_path(file)
    , m_file(std::move(file))
    , m_sandbox(sandbox)
    , m_server(server)
    , m_clock(clock)
{ }

Outcome Configured::begin()
{
    return m_path.isEmpty() ? Outcome(Done()) : take();
}

Outcome Configured::take()
{
    auto configuration = m_file.read();
    if (!configuration)
        return configuration.error();
    if (m_sandbox) {
        if (const auto done = applyTo(*m_sandbox, *configuration, m_clock.now()); !done)
            return done;
    } else if (configuration->returns || !configuration->wordings.empty()) {
        say(GatewayText::tr("This ERP takes no returns and words its states itself: of the configuration, "
                            "the hooks alone count."));
    }
    m_server.setHooks(std::move(configuration->hooks));
    return Done();
}

void Configured::look(bool asked)
{
    if (!asked && !m_file.changed())
        return;
    if (const auto done = take(); !done)
        say(done.error().userText + u' ' + GatewayText::tr("The configuration before stays in force."));
    else
        say(GatewayText::tr("The configuration %1 is in force.").arg(m_path));
}

} // namespace Counterfoil
