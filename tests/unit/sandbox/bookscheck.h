#pragma once

#include <QStringList>

// Sums everything in a sandbox's file against everything else, with queries of its own. Returns one
// sentence for each thing that does not add up.
QStringList booksThatDoNotAddUp(const QString &path);
