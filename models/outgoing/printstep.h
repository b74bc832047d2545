#pragma once

#include "documentbatch.h"
#include "openeddocument.h"
#include "printport.h"
#include "renderprotocol.h"
#include "sidethread.h"

namespace Counterfoil {

class PageRenderer;

// Prints each document of a batch as a job of its own, in order. Pages are drawn in bands by a render worker,
// and handed to the printer on a thread of its own.
class PrintStep final : public QObject, public BatchStep
{
    Q_OBJECT
public:
    static constexpr int mostDotsPerInch = 300; // a page of text is as crisp as its printer's toner
    static constexpr int mostCopies = 99;
    // As many as the worker may draw at once: A4 is one picture, since a seam between two can be seen.
    static constexpr qint64 bandPixels = RenderLimit::pixelBytes / bytesOfPixel;

    static constexpr qsizetype mostRanges = 500;

    struct Range
    {
        int first = 1;
        int last = 0; // 0: to the document's end
    };
    struct Order
    {
        QString printer;
        int copies = 1;
        std::vector<Range> pages{Range()}; // of each document, as they are to come
        bool actualSize = false;           // as large as it is, instead of as large as the paper allows
    };

    // Of "" for all, or "3", "2-5", "2-" and what of them there is behind commas; none: it says none of that.
    static std::vector<Range> rangesIn(const QString &text);

    PrintStep(PrinterDoor &printers, QString renderProgram, Order order);
    ~PrintStep() override;

    bool keepsOrder() const override { return true; }
    void take(std::size_t index, const OutgoingDocument &document, const QString &file,
              Answer answer) override;
    void cancel() override;

private:
    using Work = std::function<bool(PrintedPaper &)>;

    void noteOpened(const OpenedDocument &document);
    const PageInfo &page() const { return m_document.pages[static_cast<std::size_t>(m_pages[m_printed])]; }
    void nextPage();
    void placePage();
    void nextBand();
    void takeBand(const QImage &image);
    void onPaper(Work work, void (PrintStep::*next)());
    void finish();
    void leaveRenderer();
    void fail(const Error &error);
    Error printerError() const;

    const PrinterDoor &m_printers;
    const QString m_renderProgram;
    const Order m_order;
    std::unique_ptr<PageRenderer> m_renderer;
    std::shared_ptr<PrintedPaper> m_paper; // its thread may have it longer than we
    OpenedDocument m_document;
    QString m_title;
    Answer m_answer;
    quint64 m_run = 0;         // counts documents: answers to an older one are none
    std::vector<int> m_pages;  // to be printed, from 0
    std::size_t m_printed = 0; // of them
    QSizeF m_area;             // points of the sheet
    QRectF m_place;            // points, of the page on it
    QSize m_size;              // of the page as it is drawn, device pixels
    double m_zoom = 1;
    QRect m_band;
    SideThread m_thread;
};

} // namespace Counterfoil
