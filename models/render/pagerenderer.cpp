#include "pagerenderer.h"

#include "documentreading.h"
#include "rendererror.h"
#include "renderprocess.h"
#include "sidethread.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace Counterfoil {

namespace {

// For what a person waits for, deaths of the worker included: two and a half seconds until the sentence is
// there, of which ending a worker with a full memory takes a part.
constexpr int requestLimitMs = 2'250;
constexpr int abandonedLimitMs = 100; // for what nobody waits for; a new worker stands sooner
constexpr size_t maxJobs = 256;       // that wait
constexpr int startsInARow = 3;       // that may fail before it is said
constexpr int startAgainMs = 100;     // after a start that failed
constexpr int patienceMs = 1'000;     // after startsInARow; doubles with every further one
constexpr int longestPatienceMs = 30'000;

int turned(int rotation)
{
    return ((rotation % 360) + 360) % 360;
}

} // namespace

struct PageRenderer::Job
{
    Ticket ticket = 0;
    RenderRequest request;
    int urgency = 0;
    qint64 spentMs = 0; // while a worker had it that died
    bool died = false;
    int hits = 0;                            // of a search so far
    RenderFault refused = RenderFault::None; // is told from the event loop
    QString detail;
};

PageRenderer::PageRenderer(const QString &program, QObject *parent)
    : QObject(parent)
    , m_program(program)
    , m_process(std::make_unique<RenderProcess>(program))
{
    m_next.setSingleShot(true);
    m_next.setInterval(0);
    connect(&m_next, &QTimer::timeout, this, &PageRenderer::next);
    m_startAgain.setSingleShot(true);
    connect(&m_startAgain, &QTimer::timeout, this, &PageRenderer::startWorker);
    connectWorker();
}

void PageRenderer::connectWorker()
{
    connect(m_process.get(), &RenderProcess::ready, this, &PageRenderer::ready);
    connect(m_process.get(), &RenderProcess::ready, this, &PageRenderer::next);
    connect(m_process.get(), &RenderProcess::answered, this, &PageRenderer::take);
    connect(m_process.get(), &RenderProcess::ended, this, &PageRenderer::workerEnded);
}

PageRenderer::~PageRenderer() = default;

RenderDoors PageRenderer::openDoors() const
{
    return m_process->openDoors();
}

QSize PageRenderer::pixelSize(const PageInfo &page, double zoom, int rotation)
{
    // A page that is a hair longer than so many pixels shall not get a row of its own for the hair.
    constexpr double hair = 1e-3;
    const QSizeF size = turned(rotation) % 180 == 0 ? page.size : page.size.transposed();
    const auto pixels = [zoom](double points) {
        return int(std::clamp(std::ceil(points * zoom - hair), 1.0, double(std::numeric_limits<int>::max())));
    };
    return {pixels(size.width()), pixels(size.height())};
}

void PageRenderer::warmUp()
{
    if (m_process->state() == RenderProcess::State::Off)
        startWorker();
}

qint64 PageRenderer::workerProcessId() const
{
    return m_process->processId();
}

PageRenderer::Ticket PageRenderer::open(const QString &file)
{
    close();
    Job job;
    job.request.task = RenderTask::Open;
    job.urgency = std::numeric_limits<int>::max();
    const Ticket ticket = add(std::move(job));
    readFile(file);
    return ticket;
}

void PageRenderer::close()
{
    m_reading.reset();
    m_jobs.clear();
    m_pages.clear();
    m_bytes = 0;
    m_loaded = false;
    m_asked = 0;
    m_reopening = false;
    m_reopenDied = false;
    if (m_used)
        replaceWorker();
}

void PageRenderer::replaceWorker()
{
    m_process->disconnect(this);
    m_process = m_spare ? std::move(m_spare) : std::make_unique<RenderProcess>(m_program);
    m_used = false;
    m_written = 0;
    connectWorker();
}

void PageRenderer::keepSpare()
{
    if (m_spare)
        return;
    m_spare = std::make_unique<RenderProcess>(m_program);
    m_spare->start();
}

PageRenderer::Ticket PageRenderer::draw(int page, double zoom, int rotation, const QRect &part, int urgency)
{
    Job job;
    job.request.task = RenderTask::Draw;
    job.request.page = page;
    job.request.zoom = zoom;
    job.request.colours = m_colours;
    job.request.rotation = turned(rotation);
    job.urgency = urgency;
    if (page < 0 || size_t(page) >= m_pages.size() || job.request.rotation % 90 != 0) {
        refuse(job, RenderFault::NoSuchPage, QStringLiteral("page %1").arg(page));
        return add(std::move(job));
    }
    if (!(zoom > 0 && zoom <= RenderLimit::zoom)) {
        refuse(job, RenderFault::TooLarge, QStringLiteral("zoom %1").arg(zoom));
        return add(std::move(job));
    }
    const QRect whole(QPoint(), pixelSize(m_pages[size_t(page)], zoom, rotation));
    job.request.part = part.isEmpty() ? whole : part.intersected(whole);
    const qint64 pixels = qint64(job.request.part.width()) * job.request.part.height();
    if (job.request.part.isEmpty())
        refuse(job, RenderFault::NoSuchPage, QStringLiteral("outside page %1").arg(page));
    else if (pixels > RenderLimit::pixelBytes / bytesOfPixel)
        refuse(job, RenderFault::TooLarge, QStringLiteral("%1 pixels").arg(pixels));
    return add(std::move(job));
}

PageRenderer::Ticket PageRenderer::text(int page)
{
    return addOfPage(RenderTask::Text, page);
}

PageRenderer::Ticket PageRenderer::links(int page)
{
    return addOfPage(RenderTask::Links, page);
}

PageRenderer::Ticket PageRenderer::outline()
{
    return addOfPage(RenderTask::Outline, 0);
}

PageRenderer::Ticket PageRenderer::attachments()
{
    return addOfPage(RenderTask::Attachments, 0);
}

PageRenderer::Ticket PageRenderer::attachment(int index)
{
    Job job;
    job.request.task = RenderTask::Attachment;
    job.request.attachment = index;
    if (index < 0 || quint32(index) >= RenderLimit::attachments || m_pages.empty())
        refuse(job, RenderFault::NoSuchFile, QStringLiteral("file %1").arg(index));
    return add(std::move(job));
}

PageRenderer::Ticket PageRenderer::addOfPage(RenderTask task, int page)
{
    Job job;
    job.request.task = task;
    job.request.page = page;
    if (page < 0 || size_t(page) >= m_pages.size())
        refuse(job, RenderFault::NoSuchPage, QStringLiteral("page %1").arg(page));
    return add(std::move(job));
}

PageRenderer::Ticket PageRenderer::find(const QString &words, bool matchCase)
{
    Job job;
    job.request.task = RenderTask::Find;
    job.request.words = words.simplified().left(RenderLimit::textLength);
    job.request.matchCase = matchCase;
    if (job.request.words.isEmpty())
        job.request.page = qint32(m_pages.size());
    job.urgency = std::numeric_limits<int>::min();
    return add(std::move(job));
}

void PageRenderer::setUrgency(Ticket ticket, int urgency)
{
    if (Job *job = jobOf(ticket))
        job->urgency = urgency;
}

void PageRenderer::drop(Ticket ticket)
{
    const Job *job = jobOf(ticket);
    if (!job)
        return;
    if (job->request.task == RenderTask::Open) {
        close();
        return;
    }
    remove(ticket);
    if (m_asked == ticket) {
        m_asked = 0;
        m_process->hurry(abandonedLimitMs);
    }
}

PageRenderer::Ticket PageRenderer::add(Job job)
{
    job.ticket = ++m_lastTicket;
    const Ticket ticket = job.ticket;
    m_jobs.push_back(std::move(job));
    const auto waits = [](const Job &one) { return one.refused == RenderFault::None; };
    if (size_t(std::ranges::count_if(m_jobs, waits)) > maxJobs) {
        // What is least urgent, and of that the latest, is what somebody misses least.
        Job *least = nullptr;
        for (Job &one : m_jobs) {
            if (waits(one) && one.ticket != m_asked && (!least || one.urgency <= least->urgency))
                least = &one;
        }
        if (least)
            refuse(*least, RenderFault::TooMany, {});
    }
    schedule();
    return ticket;
}

PageRenderer::Job *PageRenderer::jobOf(Ticket ticket)
{
    const auto found = std::ranges::find(m_jobs, ticket, &Job::ticket);
    return found == m_jobs.end() ? nullptr : &*found;
}

void PageRenderer::remove(Ticket ticket)
{
    std::erase_if(m_jobs, [ticket](const Job &job) { return job.ticket == ticket; });
}

void PageRenderer::refuse(Job &job, RenderFault fault, const QString &detail)
{
    job.refused = fault;
    job.detail = detail;
}

void PageRenderer::refuseAll(RenderFault fault, const QString &detail)
{
    for (Job &job : m_jobs) {
        if (job.refused == RenderFault::None)
            refuse(job, fault, detail);
    }
    schedule();
}

// Never on a thread of the pool that all share: on one of those Qt paints, and a disk may never answer.
void PageRenderer::readFile(const QString &file)
{
    const auto region = m_process->document();
    if (!region)
        return;
    m_used = true;
    m_reading = std::make_unique<SideThread>();
    m_reading->start([this, file, region, written = m_written]() -> SideThread::Then {
        return [this, read = readInto(*region, file, written)] {
            m_used = false;
            m_written = read.written;
            m_bytes = read.bytes;
            if (read.fault != RenderFault::None)
                refuseAll(read.fault, read.detail);
            schedule();
        };
    });
}

void PageRenderer::schedule()
{
    if (!m_next.isActive())
        m_next.start();
}

// Tells one refusal, or gives the worker the most urgent job. Nothing of this object is touched after a
// signal: whoever hears it may delete us.
void PageRenderer::next()
{
    const auto told = std::ranges::find_if(m_jobs, [this](const Job &job) {
        return job.refused != RenderFault::None
            || (job.request.task == RenderTask::Find && size_t(job.request.page) >= m_pages.size());
    });
    if (told != m_jobs.end()) {
        const Job job = std::move(*told);
        m_jobs.erase(told);
        schedule();
        if (job.refused != RenderFault::None)
            Q_EMIT failed(job.ticket, renderError(job.refused, job.detail));
        else
            Q_EMIT findEnded(job.ticket, job.hits);
        return;
    }
    if (m_jobs.empty())
        return;
    if (m_process->state() == RenderProcess::State::Off)
        startWorker();
    else if (m_process->state() == RenderProcess::State::Idle && m_bytes > 0)
        ask(*std::ranges::max_element(m_jobs, {}, &Job::urgency));
}

void PageRenderer::ask(Job &job)
{
    m_used = true;
    if (m_loaded || job.request.task == RenderTask::Open) {
        m_asked = job.ticket;
        job.request.documentBytes = m_bytes;
        m_process->ask(job.request, int(std::max<qint64>(1, requestLimitMs - job.spentMs)));
        return;
    }
    RenderRequest again;
    again.task = RenderTask::Open;
    again.documentBytes = m_bytes;
    m_reopening = true;
    m_process->ask(again, requestLimitMs);
}

void PageRenderer::startWorker()
{
    if (m_process->state() != RenderProcess::State::Off || m_startAgain.isActive())
        return;
    if (m_patience.hasExpired())
        m_process->start();
    else
        refuseAll(RenderFault::CannotStart, QStringLiteral("it failed a moment ago"));
}

void PageRenderer::take(const RenderAnswer &answer)
{
    m_failedStarts = 0;
    schedule();
    const Job *job = jobOf(std::exchange(m_asked, 0));
    if (std::exchange(m_reopening, false)) {
        m_reopenDied = false;
        m_loaded = answer.fault == RenderFault::None && answer.document.pages.size() == m_pages.size();
        if (!m_loaded)
            refuseAll(answer.fault == RenderFault::None ? RenderFault::Nonsense : answer.fault,
                      QStringLiteral("when opened again"));
    } else if (job) {
        takeJob(Job(*job), answer); // a copy, because the job is removed before it is told
    }
}

void PageRenderer::takeJob(const Job &job, const RenderAnswer &answer)
{
    if (job.request.task == RenderTask::Find && answer.fault == RenderFault::None) {
        Job *search = jobOf(job.ticket);
        ++search->request.page;
        search->hits += int(answer.hits.size());
        search->spentMs = 0;
        search->died = false;
        if (!answer.hits.empty())
            Q_EMIT found(job.ticket, job.request.page, answer.hits);
        return;
    }
    remove(job.ticket);
    if (answer.fault != RenderFault::None) {
        Q_EMIT failed(job.ticket, renderError(answer.fault, QStringLiteral("page %1").arg(job.request.page)));
        return;
    }
    switch (job.request.task) {
    case RenderTask::Open:
        m_loaded = true;
        m_pages = answer.document.pages;
        Q_EMIT opened(job.ticket, answer.document);
        break;
    case RenderTask::Draw: {
        // Once whoever hears of the page has returned.
        QMetaObject::invokeMethod(this, &PageRenderer::keepSpare, Qt::QueuedConnection);
        // The region is the worker's to write again with the next request.
        const QImage shared(m_process->pixels(), answer.drawn.width(), answer.drawn.height(),
                            qsizetype(answer.drawn.width()) * bytesOfPixel, QImage::Format_RGB32);
        Q_EMIT drawn(job.ticket, shared.copy());
        break;
    }
    case RenderTask::Text:
        Q_EMIT words(job.ticket, job.request.page, answer.words);
        break;
    case RenderTask::Links:
        Q_EMIT linked(job.ticket, job.request.page, answer.links);
        break;
    case RenderTask::Outline:
        Q_EMIT outlined(job.ticket, answer.outline);
        break;
    case RenderTask::Attachments:
        Q_EMIT attachmentsListed(job.ticket, answer.attachments);
        break;
    case RenderTask::Attachment: // a copy: the region is written again with the next request
        Q_EMIT attachmentRead(
            job.ticket,
            QByteArray(reinterpret_cast<const char *>(m_process->pixels()), qsizetype(answer.attachedBytes)));
        break;
    case RenderTask::Find:
    case RenderTask::Hello:
        break;
    }
}

void PageRenderer::workerEnded(RenderFault why, const QString &detail)
{
    m_loaded = false;
    schedule();
    Job *job = jobOf(std::exchange(m_asked, 0));
    const bool reopening = std::exchange(m_reopening, false);
    if (why == RenderFault::CannotStart || why == RenderFault::NeverReady) {
        // Who waited that long for nothing does not want to wait as long again.
        if (why == RenderFault::NeverReady)
            m_failedStarts = std::max(m_failedStarts, startsInARow - 1);
        startFailed(detail);
    } else if (job) {
        job->spentMs += m_process->askedMs();
        if (why == RenderFault::TooSlow || job->died)
            refuse(*job, why, detail);
        job->died = true;
    } else if (reopening) {
        if (why == RenderFault::TooSlow || std::exchange(m_reopenDied, true))
            refuseAll(why, detail);
    } else if (why == RenderFault::Died) {
        // It had nothing to do: it is kept warm, unless that is all it ever does.
        startFailed(detail);
    }
}

void PageRenderer::startFailed(const QString &detail)
{
    ++m_failedStarts;
    if (m_failedStarts < startsInARow) {
        m_startAgain.start(startAgainMs);
        return;
    }
    const int doublings = std::min(m_failedStarts - startsInARow, 16);
    m_patience = QDeadlineTimer(std::min(patienceMs << doublings, longestPatienceMs));
    refuseAll(RenderFault::CannotStart, detail);
}

} // namespace Counterfoil
