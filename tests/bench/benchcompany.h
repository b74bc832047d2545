#pragma once

#include "error.h"

#include <QString>
#include <QStringList>

namespace Counterfoil {

// A sandbox company of a given size and a gateway's memory of it, made once below build/bench and kept
// there. Making one runs the real gateway, which takes minutes for a million orders.
struct BenchCompany
{
    std::int64_t orders = 0;
    QString folder;
    // Of the making: seconds until all orders were in the sandbox's file, and until the gateway had read
    // them; the process's peak memory. 0: not known.
    double madeSeconds = 0;
    double readSeconds = 0;
    double peakMb = 0;

    static BenchCompany
    of(std::int64_t orders);              // makes it when it is not there; ends the program when it cannot
    QStringList gatewayArguments() const; // for a DemoGateway on `folder`, in which nothing happens

    static QString size(std::int64_t orders); // "100k", "1m"
    static QString root(); // COUNTERFOIL_BENCH_DATA, or "bench" beside the programs' folder
};

// Of the process with this id, in MB; 0 when it has gone.
double peakMemoryMb(std::int64_t process);

} // namespace Counterfoil
