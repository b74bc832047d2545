#pragma once

#include "hook.h"
#include "result.h"
#include "returnrules.h"

#include <QByteArray>

#include <optional>

namespace Counterfoil {

// How the supplier words a state, instead of as the ERP does.
struct StateWording
{
    std::string status; // Status::key, "return/requested"
    std::string label;
};

// What a supplier says in the gateway's configuration file; docs/configuration.md.
struct GatewayConfiguration
{
    std::optional<ReturnPolicy> returns; // nothing: as the ERP has it
    std::vector<StateWording> wordings;
    std::vector<Hook> hooks;
};

// The largest file that is looked at.
inline constexpr qint64 mostConfigurationBytes = 1024 * 1024;

// All of it or none: the first thing that is wrong is an Error with a sentence that names the line and
// column. `folder` is where the files lie that it names without a folder, such as a hook's secret.
Result<GatewayConfiguration> readConfiguration(const QByteArray &text, const QString &folder);

} // namespace Counterfoil
