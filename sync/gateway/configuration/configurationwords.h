#pragma once

#include <QCoreApplication>
#include <QString>

#include <string_view>

// How the room speaks; its sentences are those of the gateway program.
namespace Counterfoil::ConfigurationWords {

inline QString tr(const char *text)
{
    return QCoreApplication::translate("Gateway", text);
}

inline QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace Counterfoil::ConfigurationWords
