#pragma once

#include "error.h"
#include "openeddocument.h"
#include "renderdoors.h"

#include <QDeadlineTimer>
#include <QImage>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace Counterfoil {

class RenderProcess;
class SideThread;
struct RenderAnswer;
enum class RenderFault : quint8;
enum class RenderTask : quint8;

// The pages of one PDF, drawn by a process of its own: a hostile document kills or occupies that process
// and nothing else. Lives on the GUI thread, never blocks, answers by signal.
//
// Every call returns a ticket, and exactly one of its answers or failed() follows later, unless the ticket
// is dropped. A process that died is started anew and asked once more; what then fails is that one ticket.
//
// A process has one document in its life: one that was taken over has nothing of the next. So that nobody
// waits for a start, another one stands by.
class PageRenderer final : public QObject
{
    Q_OBJECT
public:
    using Ticket = quint64;

    // `program`: the render worker. It is started when first needed and kept warm.
    explicit PageRenderer(const QString &program, QObject *parent = nullptr);
    ~PageRenderer() override;

    // How large a page is drawn, in device pixels.
    static QSize pixelSize(const PageInfo &page, double zoom, int rotation);

    void warmUp(); // starts the worker, so that the first document does not wait for it
    // The system's number of the worker's process, for reports and tests; 0 while there is none.
    qint64 workerProcessId() const;

    // Opens a file; opened() or failed() follows. Takes the place of the document opened before, whose
    // tickets are dropped. What follows here is for after opened().
    Ticket open(const QString &file);
    void close();

    // Draws a part of a page: `zoom` in device pixels a point, `rotation` clockwise in degrees (0, 90, 180,
    // 270), `part` in device pixels of the page so turned; empty: all of it, and what lies outside the page
    // is left out. The greater `urgency` is drawn first, of equals the one asked first.
    Ticket draw(int page, double zoom, int rotation, const QRect &part, int urgency);
    Ticket text(int page);  // words() follows, in reading order; as urgent as a page drawn with urgency 0
    Ticket links(int page); // linked() follows
    Ticket outline();       // outlined() follows, without entries where the document has none
    // found() for each page that has hits, in page order, then findEnded(). Whatever else is asked goes
    // first.
    Ticket find(const QString &words, bool matchCase);

    Ticket attachments();         // attachmentsListed() follows, without files where there are none
    Ticket attachment(int index); // attachmentRead() follows: the bytes of one of them
    // How pages are drawn that are asked for from now on.
    void setColours(const PageColours &colours) { m_colours = colours; }

    // What was wanted ahead is wanted now, or the other way round. What the worker is at goes on.
    void setUrgency(Ticket ticket, int urgency);
    // Forgets what is not needed any more; no signal follows.
    void drop(Ticket ticket);

    // Whether the last worker that was started came up, or none was yet.
    bool canStart() const { return m_failedStarts == 0; }
    // What the worker of now is not locked out of on this computer; none before it is ready.
    RenderDoors openDoors() const;

Q_SIGNALS:
    void ready(); // a worker is
    void opened(quint64 ticket, const Counterfoil::OpenedDocument &document);
    void drawn(quint64 ticket, const QImage &image);
    void words(quint64 ticket, int page, const std::vector<Counterfoil::TextBox> &words);
    void found(quint64 ticket, int page, const std::vector<Counterfoil::TextHit> &hits);
    void findEnded(quint64 ticket, int hits);
    void linked(quint64 ticket, int page, const std::vector<Counterfoil::PageLink> &links);
    void outlined(quint64 ticket, const std::vector<Counterfoil::OutlineEntry> &outline);
    void attachmentsListed(quint64 ticket, const std::vector<Counterfoil::AttachedFile> &files);
    void attachmentRead(quint64 ticket, const QByteArray &bytes);
    void failed(quint64 ticket, const Counterfoil::Error &error);

private:
    struct Job;

    Ticket add(Job job);
    Ticket addOfPage(RenderTask task, int page);
    Job *jobOf(Ticket ticket);
    void remove(Ticket ticket);
    void refuse(Job &job, RenderFault fault, const QString &detail);
    void refuseAll(RenderFault fault, const QString &detail);
    void readFile(const QString &file);
    void schedule();
    void next();
    void ask(Job &job);
    void startWorker();
    void replaceWorker();
    void connectWorker();
    void keepSpare();
    void take(const RenderAnswer &answer);
    void takeJob(const Job &job, const RenderAnswer &answer);
    void workerEnded(RenderFault why, const QString &detail);
    void startFailed(const QString &detail);

    const QString m_program;
    std::unique_ptr<RenderProcess> m_process;
    std::unique_ptr<RenderProcess> m_spare; // for the next document
    std::vector<Job> m_jobs;                // in the order in which they were asked
    Ticket m_lastTicket = 0;
    QTimer m_next; // runs next() once the caller has returned

    std::unique_ptr<SideThread> m_reading; // brings the document into the region of the worker of now
    qint64 m_bytes = 0;                    // of the document there; 0: it is not there yet
    qint64 m_written = 0;                  // of that region, ever
    std::vector<PageInfo> m_pages;
    PageColours m_colours;

    bool m_used = false;      // the worker was given a document, or one is still being read for it
    bool m_loaded = false;    // it has the document open
    Ticket m_asked = 0;       // which job the worker has; 0: none, or one that was dropped
    bool m_reopening = false; // it opens the document again for the jobs that wait
    bool m_reopenDied = false;
    int m_failedStarts = 0; // in a row
    QTimer m_startAgain;
    QDeadlineTimer m_patience; // no start before this
};

} // namespace Counterfoil
