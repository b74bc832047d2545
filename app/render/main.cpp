// counterfoil-render: draws the pages of PDFs for the window, which starts it and is all that it knows.

#include "confinement.h"
#include "pageworker.h"
#include "renderprotocol.h"
#include "sharedregion.h"

#include <QCoreApplication>
#include <QFile>
#include <QtEndian>

#include <cstdio>

#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#endif

using namespace Counterfoil;

namespace {

// Blocks until so many bytes are there; fewer come only when the window has gone.
QByteArray readFully(QFile &input, qint64 count)
{
    QByteArray bytes;
    while (bytes.size() < count) {
        const QByteArray more = input.read(count - bytes.size());
        if (more.isEmpty())
            break;
        bytes += more;
    }
    return bytes;
}

std::optional<RenderRequest> readRequest(QFile &input)
{
    const QByteArray length = readFully(input, sizeof(quint32));
    if (length.size() != sizeof(quint32))
        return {};
    const auto bytes = qFromBigEndian<quint32>(length.constData());
    return bytes > RenderLimit::frameBytes ? std::nullopt : decodeRequest(readFully(input, bytes));
}

bool say(QFile &output, const RenderAnswer &answer)
{
    const QByteArray frame = encodeFrame(answer);
    return output.write(frame) == frame.size() && output.flush();
}

} // namespace

int main(int argc, char *argv[])
{
    limitOurselves();
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
#ifdef Q_OS_WIN
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    QFile input;
    QFile output;
    if (arguments.size() != 3 || !input.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered)
        || !output.open(stdout, QIODevice::WriteOnly)) {
        std::fputs("counterfoil-render is started by the window of Counterfoil.\n", stderr);
        return 2;
    }
    const auto document
        = SharedRegion::attach(arguments.at(1), RenderLimit::documentBytes, SharedRegion::Child::Reads);
    const auto pixels
        = SharedRegion::attach(arguments.at(2), RenderLimit::pixelBytes, SharedRegion::Child::Writes);
    if (!document || !pixels)
        return 3;
    // Nobody reads what a document makes it say, and saying it can take calls that end the process.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    RenderAnswer hello;
    hello.open = closeDoors();
    PageWorker worker(*document, *pixels);
    worker.warmUp();
    if (!say(output, hello))
        return 4;
    while (const auto request = readRequest(input)) {
        grantProcessorTime();
        if (!say(output, worker.answer(*request)))
            return 4;
    }
    return 0;
}
