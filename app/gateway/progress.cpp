#include "progress.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

namespace Counterfoil {

namespace {

constexpr qint64 progressEveryMs = 500;

QString tr(const char *text)
{
    return QCoreApplication::translate("Gateway", text);
}

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
        say(progress.total > 0 ? tr("%1: %2 of %3").arg(what).arg(progress.done).arg(progress.total)
                               : tr("%1: %2").arg(what).arg(progress.done));
    };
}

} // namespace Counterfoil
