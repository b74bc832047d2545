// Prints the rows that several benchmarks left in the file that is its one argument, as one table.

#include "benchtable.h"

#include <cstdio>

int main(int argc, char *argv[])
{
    if (argc != 2) {
        std::fputs("Usage: benchreport FILE\n", stderr);
        return 2;
    }
    const auto table = Counterfoil::BenchTable::read(QString::fromLocal8Bit(argv[1]));
    return table.finish();
}
