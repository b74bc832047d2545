#pragma once

#include "gatewayserver.h"
#include "trytonsession.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace Counterfoil {

// What the command line asks for.
struct GatewayOptions
{
    enum class Verb { Serve, UserAdd, UserSet, UserDisable, UserEnable, UserList, UserAccounts };

    Verb verb = Verb::Serve;
    QString storeFile; // SQLite
    bool renewEpoch = false;
    ServerSettings server;

    std::optional<TrytonAccess> tryton; // nothing: the sandbox
    QString erpStoreFile;
    QString supplier;
    std::uint64_t seed = 1;
    std::int64_t scale = 5'000;
    double speed = 1.0; // 0: the company stands still
    double changesPerSecond = 0;
    QString configurationFile; // TOML; empty: none
    QString importFile;
    QString importMap;
    bool demo = false;

    QString user;
    QString role;
    QString displayName;
    QStringList accounts;
    bool accountsGiven = false;
    bool allAccounts = false;
    std::optional<bool> seesPrices; // nothing: as it is
    std::optional<bool> seesInvoices;
    std::optional<QString> contact;
    bool newPassword = false;
    QStringList orderLimits; // "ACCOUNT=AMOUNT" or "AMOUNT"
    bool noOrderLimits = false;
};

// Reads the application's arguments; answers --help and --version itself and does not come back then.
Result<GatewayOptions> readOptions(const QStringList &arguments);

} // namespace Counterfoil
