#pragma once

#include <QString>
#include <QStringList>

namespace Counterfoil {

// A first pull as the desktop program does it: the real sync client with a profile of its own. Runs as a
// process of its own, so that its memory is its own: `bench_pull --client URL USER PASSWORD FOLDER [list]`.
// With "list" somebody also looks at the newest orders. Prints one line of JSON and returns the exit code.
int runPullClient(const QStringList &arguments);

// What it printed.
struct PullResult
{
    double firstPageSeconds = 0; // from the sign-in until the newest orders are in the list; 0: nobody looked
    double ordersSeconds = 0;    // until all orders are in the cache
    double usableSeconds = 0;    // until everything is
    double searchableSeconds = 0; // and found by its words, and safely on disk
    double peakMb = 0;
    std::int64_t records = 0;

    static PullResult read(const QByteArray &json);
};

} // namespace Counterfoil
