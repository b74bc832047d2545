#pragma once

#include <QByteArray>

#include <cstdint>
#include <span>
#include <string_view>

namespace Counterfoil {

enum class Victim { Client, Gateway };

// A place in a program's work at which its process is ended with SIGKILL.
struct KillPoint
{
    std::string_view name;
    Victim victim;
    std::string_view rule; // see interposer.cpp
    bool afresh = false;   // the client begins without cache and documents, and fetches them
};

// Every place where a death could lose something or do it twice, in words.
std::span<const KillPoint> namedKillPoints();

// After that many changes to any file.
QByteArray ruleAfterChanges(std::uint64_t changes);

} // namespace Counterfoil
