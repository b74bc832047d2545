#include "configuration.h"

#include "configurationwords.h"
#include "hooksection.h"
#include "returnterms.h"

#include <algorithm>

namespace Counterfoil {

using ConfigurationWords::tr;

namespace {

constexpr std::size_t mostHooks = 32;

StateWording readWording(SectionReader &section)
{
    StateWording wording;
    section.readCode("status", wording.status);
    section.read("label", wording.label);
    section.need("status");
    section.need("label");
    return wording;
}

void readAll(const ConfigurationValue &file, const QString &folder, Complaints &complaints,
             GatewayConfiguration &configuration)
{
    SectionReader all(file, complaints);
    all.section("returns", [&](SectionReader &section) { configuration.returns = readReturns(section); });
    all.each("wording", [&](SectionReader &section) {
        configuration.wordings.push_back(readWording(section));
        const auto same = std::ranges::count(configuration.wordings, configuration.wordings.back().status,
                                             &StateWording::status);
        if (same > 1)
            section.complain("status", tr("this state is worded twice."));
    });
    all.each("hook", [&](SectionReader &section) {
        configuration.hooks.push_back(readHook(section, folder));
        if (std::ranges::count(configuration.hooks, configuration.hooks.back().name, &Hook::name) > 1)
            section.complain("name", tr("another hook has this name."));
    });
    if (configuration.hooks.size() > mostHooks)
        all.complain("hook", tr("there are more than %1 hooks.").arg(mostHooks));
}

} // namespace

Result<GatewayConfiguration> readConfiguration(const QByteArray &text, const QString &folder)
{
    if (text.size() > mostConfigurationBytes)
        return configurationError({1, 1},
                                  tr("the file is larger than %1 bytes.").arg(mostConfigurationBytes));
    const auto file = parseToml(text);
    if (!file)
        return file.error();
    Complaints complaints;
    GatewayConfiguration configuration;
    readAll(*file, folder, complaints, configuration);
    if (!complaints.none())
        return complaints.first();
    return configuration;
}

} // namespace Counterfoil
