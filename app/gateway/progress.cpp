#include "progress.h"

#include "gatewaytext.h"

#include <QElapsedTimer>

#include <cstdio>

namespace Counterfoil {

namespace {

constexpr qint64 progressEveryMs = 500;

} // namespace

void say(const QString &text)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(text));
}

SandboxProgressCallback progressOn(const QString &what)
{
    QElapsedTimer sinceLast;
    sinceLast.start();
    return [what, sinceLast](const SandboxProgress &progress) mutable {
        if (sinceLast.elapsed() < progressEveryMs)
            return;
        sinceLast.restart();
        say(progress.total > 0
                ? GatewayText::tr("%1: %2 of %3").arg(what).arg(progress.done).arg(progress.total)
                : GatewayText::tr("%1: %2").arg(what).arg(progress.done));
    };
}

} // namespace Counterfoil
