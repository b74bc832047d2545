#include "renderprocess.h"

namespace Counterfoil {

namespace {

// A warm start takes 20 ms; a computer that was just switched on reads it all from its disk.
constexpr int startLimitMs = 5'000;

} // namespace

RenderProcess::RenderProcess(const QString &program, QObject *parent)
    : QObject(parent)
    , m_process(new QProcess)
    , m_document(SharedRegion::create(RenderLimit::documentBytes, SharedRegion::Child::Reads))
    , m_pixels(SharedRegion::create(RenderLimit::pixelBytes, SharedRegion::Child::Writes))
{
    m_limit.setSingleShot(true);
    m_limit.setTimerType(Qt::PreciseTimer); // a coarse one may be a twentieth late
    connect(&m_limit, &QTimer::timeout, this, [this] {
        end(m_state == State::Starting ? RenderFault::NeverReady : RenderFault::TooSlow,
            QStringLiteral("no answer in time"));
    });
    m_process->setProgram(program);
    // What a document makes it say is kept nowhere: without a bound it would fill memory or disk.
    m_process->setStandardErrorFile(QProcess::nullDevice());
    connect(m_process, &QProcess::readyReadStandardOutput, this, &RenderProcess::read);
    connect(m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        finished(status == QProcess::CrashExit ? QStringLiteral("the render worker crashed")
                                               : QStringLiteral("the render worker ended with %1").arg(code));
    });
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finished(m_process->program() + QStringLiteral(": ") + m_process->errorString());
    });
    if (!m_document || !m_pixels)
        return;
    m_process->setArguments({m_document->handle(), m_pixels->handle()});
    SharedRegion::hand({m_document.get(), m_pixels.get()}, *m_process);
}

RenderProcess::~RenderProcess()
{
    // A QProcess waits for its process when it is deleted; ours deletes itself once that has ended.
    m_process->disconnect(this);
    if (m_process->state() == QProcess::NotRunning) {
        m_process->deleteLater();
        return;
    }
    // Not finished(), which does not follow where the program could not even be started.
    connect(m_process, &QProcess::stateChanged, m_process, [process = m_process](QProcess::ProcessState now) {
        if (now == QProcess::NotRunning)
            process->deleteLater();
    });
    m_process->kill();
}

qint64 RenderProcess::processId() const
{
    return m_process->processId();
}

void RenderProcess::start()
{
    Q_ASSERT(m_state == State::Off);
    m_state = State::Starting;
    m_task = RenderTask::Hello;
    m_id = 0;
    m_why = RenderFault::None;
    m_frames.clear();
    if (!m_document || !m_pixels) {
        QMetaObject::invokeMethod(
            this, [this] { finished(QStringLiteral("no shared memory")); }, Qt::QueuedConnection);
        return;
    }
    m_limit.start(startLimitMs);
    m_process->start(QIODevice::ReadWrite);
}

void RenderProcess::ask(RenderRequest request, int ms)
{
    Q_ASSERT(m_state == State::Idle);
    m_state = State::Busy;
    m_task = request.task;
    request.id = ++m_id;
    m_size = request.part.size();
    m_asked.start();
    m_limit.start(ms);
    m_process->write(encodeFrame(request));
}

void RenderProcess::hurry(int ms)
{
    if (m_state == State::Busy && m_limit.remainingTime() > ms)
        m_limit.start(ms);
}

// One frame at most: only one answer is ever awaited, and whoever hears of it may delete us. A frame too
// many is found when the next answer is read, and is that one's nonsense.
void RenderProcess::read()
{
    m_frames.add(m_process->readAllStandardOutput());
    if (m_state == State::Ending)
        return;
    if (m_frames.broken()) {
        end(RenderFault::Nonsense, QStringLiteral("a frame that is too long"));
        return;
    }
    const auto body = m_frames.next();
    if (!body)
        return;
    const auto answer = decodeAnswer(*body);
    if (answer)
        take(*answer);
    else
        end(RenderFault::Nonsense, QStringLiteral("a frame that cannot be read"));
}

void RenderProcess::take(const RenderAnswer &answer)
{
    const bool awaited = (m_state == State::Starting || m_state == State::Busy) && answer.task == m_task
        && answer.id == m_id;
    const bool whole = answer.fault != RenderFault::None
        || ((m_task != RenderTask::Draw || answer.drawn == m_size)
            && (m_task != RenderTask::Open || !answer.document.pages.empty()));
    if (!awaited || !whole) {
        end(RenderFault::Nonsense, QStringLiteral("an answer to what was not asked"));
        return;
    }
    m_limit.stop();
    const bool started = m_state == State::Starting;
    m_state = State::Idle;
    if (started) {
        m_open = answer.open;
        Q_EMIT ready();
    } else {
        Q_EMIT answered(answer);
    }
}

void RenderProcess::end(RenderFault why, const QString &detail)
{
    if (m_state == State::Off || m_state == State::Ending)
        return;
    m_why = m_state == State::Starting && why != RenderFault::NeverReady ? RenderFault::CannotStart : why;
    m_detail = detail;
    m_state = State::Ending;
    m_limit.stop();
    m_process->kill(); // finished() comes once it is gone and writes no more pixels
}

void RenderProcess::finished(const QString &detail)
{
    if (m_state == State::Off)
        return;
    if (m_state != State::Ending) {
        m_why = m_state == State::Starting ? RenderFault::CannotStart : RenderFault::Died;
        m_detail = detail;
    }
    m_limit.stop();
    m_state = State::Off;
    Q_EMIT ended(m_why, m_detail);
}

} // namespace Counterfoil
