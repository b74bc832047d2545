#pragma once

#include <QList>

#include <string>
#include <vector>

namespace Counterfoil {

// Bare SQL for the first page and for the count of each text, in milliseconds.
struct BareTimes
{
    QList<double> first;
    QList<double> count;
};

// On the cache in this file; nothing when it cannot be read.
BareTimes bareTimes(const QString &path, const std::vector<std::string> &texts);

} // namespace Counterfoil
