#pragma once

#include <QString>

#include <map>
#include <string>

namespace Counterfoil {

// What the sandbox company itself has written down of commands, read from its file. Nothing of the gateway's
// or the client's own is asked.
struct ErpLedger
{
    std::map<std::string, int> effects; // of each command, how often it took effect

    static ErpLedger read(const QString &erpStore);
};

// One text field of one of its records; "(none)" without one.
std::string erpText(const QString &erpStore, const std::string &table, const std::string &key,
                    const std::string &field);

} // namespace Counterfoil
