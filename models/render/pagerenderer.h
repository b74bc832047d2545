#pragma once

#include "error.h"

#include <QImage>
#include <QObject>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <memory>
#include <vector>

namespace Counterfoil {

// Page numbers count from 0. A place on a page is in points (1/72 inch) from the top left of the page as
// its document wants it shown, before anybody turns it.
struct PageInfo
{
    QSizeF size; // points
};

struct TextBox // a word
{
    QRectF box;
    QString text;
    bool spaceAfter = false;
};

struct OpenedDocument
{
    std::vector<PageInfo> pages;
    QString title; // as the document names itself; often empty
};

// The pages of one PDF, drawn by a process of its own: a hostile document kills or occupies that process
// and nothing else. Lives on the GUI thread, never blocks, answers by signal.
//
// Every call returns a ticket, and exactly one of its answers or failed() follows later, unless the ticket
// is dropped. A process that died is started anew and asked once more; what then fails is that one ticket.
class PageRenderer final : public QObject
{
    Q_OBJECT
public:
    using Ticket = quint64;

    // `program`: the render worker. It is started when first needed and kept warm.
    explicit PageRenderer(const QString &program, QObject *parent = nullptr);
    ~PageRenderer() override;

    // Opens a file; opened() or failed() follows. Takes the place of the document opened before, whose
    // tickets are dropped.
    Ticket open(const QString &file);
    void close();

    // Draws a part of a page: `zoom` in device pixels a point, `rotation` clockwise in degrees (0, 90, 180,
    // 270), `part` in device pixels of the page so turned; empty: all of it. The greater `urgency` is drawn
    // first, of equals the one asked first.
    Ticket draw(int page, double zoom, int rotation, const QRect &part, int urgency);
    Ticket text(int page); // words() follows: for selecting and copying
    // found() for each page that has hits, in page order, then findEnded(). Pages asked for go first.
    Ticket find(const QString &words, bool matchCase);

    // Forgets what is not needed any more; no signal follows.
    void drop(Ticket ticket);

Q_SIGNALS:
    void opened(quint64 ticket, const Counterfoil::OpenedDocument &document);
    void drawn(quint64 ticket, const QImage &image);
    void words(quint64 ticket, int page, const std::vector<Counterfoil::TextBox> &words);
    void found(quint64 ticket, int page, const std::vector<QRectF> &boxes);
    void findEnded(quint64 ticket, int hits);
    void failed(quint64 ticket, const Counterfoil::Error &error);
};

} // namespace Counterfoil
