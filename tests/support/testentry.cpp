#include "testentry.h"

#include <QFileInfo>

#include <cstdio>
#include <map>

namespace Counterfoil {

namespace {

using Entries = std::map<QString, TestEntries::Run>;

// Made by the first entry, whichever file that is in.
Entries &entries()
{
    static Entries all;
    return all;
}

} // namespace

bool TestEntries::add(const char *file, Run run)
{
    entries().emplace(QFileInfo(QString::fromUtf8(file)).completeBaseName(), run);
    return true;
}

int TestEntries::runAsked(int argc, char **argv)
{
    const Entries &all = entries();
    auto asked = all.find(QFileInfo(QString::fromLocal8Bit(argv[0])).completeBaseName());
    if (asked == all.end() && argc > 1) {
        asked = all.find(QString::fromLocal8Bit(argv[1]));
        ++argv;
        --argc;
    }
    if (asked != all.end())
        return asked->second(argc, argv);
    std::fputs("Call this program by the name of a test, or name one:\n", stderr);
    for (const auto &[name, run] : all)
        std::fprintf(stderr, "  %s\n", qUtf8Printable(name));
    return 2;
}

} // namespace Counterfoil

int main(int argc, char **argv)
{
    return Counterfoil::TestEntries::runAsked(argc, argv);
}
