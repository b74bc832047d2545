// counterfoil-render: draws the pages of PDFs for the window, which starts it and is all that it knows.

#include "confinedprogram.h"
#include "confinement.h"
#include "pageworker.h"
#include "renderprotocol.h"

#include <QCoreApplication>
#include <QtEndian>

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
    ConfinedProgram window;
    if (const int failure = window.begin(RenderLimit::documentBytes, RenderLimit::pixelBytes,
                                         QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure;
    RenderAnswer hello;
    hello.open = closeDoors();
    PageWorker worker(*window.given, *window.made);
    worker.warmUp();
    if (!say(window.answers, hello))
        return 4;
    while (const auto request = readRequest(window.orders)) {
        grantProcessorTime();
        if (!say(window.answers, worker.answer(*request)))
            return 4;
    }
    return 0;
}
