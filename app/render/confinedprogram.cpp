#include "confinedprogram.h"

#include <QCoreApplication>

#include <cstdio>

#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#endif

namespace Counterfoil {

int ConfinedProgram::begin(qint64 givenBytes, qint64 madeBytes, QIODevice::OpenMode ordersMode)
{
    const QStringList arguments = QCoreApplication::arguments();
#ifdef Q_OS_WIN
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    if (arguments.size() != 3 || !orders.open(stdin, ordersMode)
        || !answers.open(stdout, QIODevice::WriteOnly)) {
        std::fprintf(stderr, "%s is started by the window of Counterfoil.\n",
                     qUtf8Printable(QCoreApplication::applicationName()));
        return 2;
    }
    given = SharedRegion::attach(arguments.at(1), givenBytes, SharedRegion::Child::Reads);
    made = SharedRegion::attach(arguments.at(2), madeBytes, SharedRegion::Child::Writes);
    if (!given || !made)
        return 3;
    // Nobody reads what a document makes a library say, and saying it can take calls that end the process.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    return 0;
}

} // namespace Counterfoil
