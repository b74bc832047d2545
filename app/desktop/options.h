#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace Counterfoil {

// What the command line asked for.
struct Options
{
    bool demo = false;
    QString tourFolder;           // empty: no tour
    QUrl gateway;                 // offered on the sign-in page; empty: the last one
    QString dataFolder;           // where profiles are kept
    QString theme;                // "system", "light", "dark"; empty: as chosen in the window
    QStringList gatewayArguments; // for the demonstration's own gateway
};

// Reads the arguments of the running application. Prints --help and --version itself; a mistake is
// printed to standard error in one sentence. Nothing is returned when the program is to end, with
// `exitCode` set.
std::optional<Options> parseOptions(int &exitCode);

} // namespace Counterfoil
