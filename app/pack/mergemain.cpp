// counterfoil-merge: makes one PDF of several for the window, which starts it. It reads and writes nothing
// but two pieces of shared memory, and locks itself in before it looks at the first document.

#include "confinement.h"
#include "pdfmerge.h"
#include "sharedregion.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#endif

int main(int argc, char *argv[])
{
    using namespace Counterfoil;
    limitOurselves();
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
#ifdef Q_OS_WIN
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    QFile input;
    QFile output;
    if (arguments.size() != 3 || !input.open(stdin, QIODevice::ReadOnly)
        || !output.open(stdout, QIODevice::WriteOnly)) {
        std::fputs("counterfoil-merge is started by the window of Counterfoil.\n", stderr);
        return 2;
    }
    const auto documents
        = SharedRegion::attach(arguments.at(1), PackLimit::mergedBytes, SharedRegion::Child::Reads);
    const auto result
        = SharedRegion::attach(arguments.at(2), PackLimit::mergedBytes, SharedRegion::Child::Writes);
    if (!documents || !result)
        return 3;
    const auto order = decodeMergeOrder(input.read(PackLimit::orderBytes));
    PackAnswer answer;
    answer.fault = PackFault::BadOrder;
    if (order) {
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
        closeDoors();
        grantProcessorTime();
        answer = mergePdfs(*order, documents->data(), result->data());
    }
    const QByteArray said = encodeAnswer(answer);
    return output.write(said) == said.size() && output.flush() ? 0 : 4;
}
