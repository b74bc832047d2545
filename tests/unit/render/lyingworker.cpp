// A render worker that a document has taken over, or that was never ours: it behaves as the environment's
// RENDER_LIE says. Without one it becomes the real worker.

#include "renderprotocol.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

#include <unistd.h>

using namespace Counterfoil;

namespace {

void say(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

RenderRequest hear()
{
    FrameReader frames;
    for (;;) {
        char byte = 0;
        if (read(STDIN_FILENO, &byte, 1) != 1)
            _exit(0);
        frames.add(QByteArray(1, byte));
        if (const auto body = frames.next())
            return decodeRequest(*body).value_or(RenderRequest{});
    }
}

RenderAnswer honest(const RenderRequest &request)
{
    RenderAnswer answer;
    answer.task = request.task;
    answer.id = request.id;
    answer.drawn = request.part.size();
    if (request.task == RenderTask::Open)
        answer.document.pages.assign(3, PageInfo{QSizeF(100, 100)});
    return answer;
}

[[noreturn]] void becomeReal(char **arguments)
{
    execv(RENDER_PROGRAM, arguments);
    _exit(9);
}

// What is said in place of an honest answer.
QByteArray lie(const QByteArray &kind, const RenderRequest &request)
{
    RenderAnswer answer = honest(request);
    if (kind == "garbage")
        return QByteArray("\0\0\0\x40", 4).append(4096, '\x5a');
    if (kind == "longframe")
        return {4, '\xff'};
    if (kind == "halfframe")
        return encodeFrame(answer).chopped(3);
    if (kind == "chatter")
        return encodeFrame(answer) + encodeFrame(answer);
    if (kind == "wrongid")
        answer.id += 1;
    else if (kind == "wrongtask")
        answer.task = RenderTask::Hello;
    else if (kind == "wrongfault")
        answer.fault = RenderFault::CannotStart;
    else if (kind == "wrongsize")
        answer.drawn = request.part.size() * 1000;
    else if (kind == "negativesize")
        answer.drawn = QSize(-1, -1);
    else if (kind == "nopages")
        answer.document.pages.clear();
    else if (kind == "manypages")
        answer.document.pages.assign(RenderLimit::pages + 1, PageInfo{QSizeF(1, 1)});
    else if (kind == "nosize")
        answer.document.pages.assign(3, PageInfo{QSizeF(0, -5)});
    else if (kind == "nan")
        answer.document.pages.assign(3, PageInfo{QSizeF(qQNaN(), qInf())});
    else if (kind == "longtitle")
        answer.document.title = QString(5'000, u'x');
    QByteArray frame = encodeFrame(answer);
    if (kind == "version")
        frame[7] = char(frame[7] + 1);
    else if (kind == "manywords") // the last count in the frame, with nothing behind it
        frame.replace(frame.size() - 4, 4, QByteArray("\x7f\xff\xff\xff", 4));
    return frame;
}

} // namespace

int main(int argc, char *argv[])
{
    Q_UNUSED(argc)
    // "garbage draw": garbage when asked to draw, and honest before; "exit draw 1": only for that page.
    const QList<QByteArray> words = qgetenv("RENDER_LIE").split(' ');
    const QByteArray kind = words.value(0);
    const QByteArray when = words.value(1);
    if (kind.isEmpty())
        becomeReal(argv);
    if (when == "start") {
        if (kind == "exit")
            return 1;
        if (kind == "silence")
            pause();
        say(lie(kind, RenderRequest{}));
        pause();
    }
    RenderAnswer hello;
    if (kind == "unlocked")
        hello.open = RenderDoor::Files | RenderDoor::Network;
    say(encodeFrame(hello));
    for (;;) {
        const RenderRequest request = hear();
        const bool now = (when == "open") == (request.task == RenderTask::Open)
            && (words.size() < 3 || words.at(2).toInt() == request.page);
        if (!now) {
            say(encodeFrame(honest(request)));
            continue;
        }
        if (kind == "exit")
            return 1;
        if (kind == "silence")
            pause();
        if (kind == "flood") {
            for (;;)
                say(QByteArray(65'536, '\0'));
        }
        say(lie(kind, request));
    }
}
