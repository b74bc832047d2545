#include "printstep.h"

#include "pagerenderer.h"

#include <QRegularExpression>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr double pointsPerInch = 72;

bool isLandscape(const PageInfo &page)
{
    return page.size.width() > page.size.height();
}

} // namespace

std::vector<PrintStep::Range> PrintStep::rangesIn(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^\\s*(\\d{1,6})\\s*([-–]\\s*(\\d{0,6}))?\\s*$"));
    if (text.trimmed().isEmpty())
        return {Range()};
    if (text.count(u',') >= mostRanges)
        return {};
    std::vector<Range> ranges;
    const QStringList parts = text.split(u',');
    for (const QString &part : parts) {
        const auto found = form.match(part);
        Range range{found.captured(1).toInt()};
        range.last = found.captured(2).isEmpty() ? range.first : found.captured(3).toInt();
        if (range.first < 1 || (range.last != 0 && range.last < range.first))
            return {};
        ranges.push_back(range);
    }
    return ranges;
}

PrintStep::PrintStep(PrinterDoor &printers, QString renderProgram, Order order)
    : m_printers(printers)
    , m_renderProgram(std::move(renderProgram))
    , m_order(std::move(order))
{ }

PrintStep::~PrintStep()
{
    PrintStep::cancel();
}

void PrintStep::take(std::size_t, const OutgoingDocument &document, const QString &file, Answer answer)
{
    ++m_run;
    m_answer = std::move(answer);
    m_title = document.number;
    // A worker has one document in its life, and so has its renderer here.
    m_renderer = std::make_unique<PageRenderer>(m_renderProgram);
    connect(m_renderer.get(), &PageRenderer::opened, this,
            [this, run = m_run](quint64, const OpenedDocument &opened) {
                if (run == m_run)
                    noteOpened(opened);
            });
    connect(m_renderer.get(), &PageRenderer::drawn, this, [this, run = m_run](quint64, const QImage &image) {
        if (run == m_run)
            takeBand(image);
    });
    connect(m_renderer.get(), &PageRenderer::failed, this, [this, run = m_run](quint64, const Error &error) {
        if (run == m_run)
            fail(error);
    });
    m_renderer->open(file);
}

void PrintStep::cancel()
{
    ++m_run;
    m_answer = {};
    leaveRenderer();
    if (const auto paper = std::exchange(m_paper, {}))
        m_thread.start([paper]() -> SideThread::Then {
            paper->abort();
            return {};
        });
}

// It may be what calls, so that it goes later; what it says until then is not for us.
void PrintStep::leaveRenderer()
{
    if (!m_renderer)
        return;
    m_renderer->disconnect(this);
    m_renderer.release()->deleteLater();
}

void PrintStep::noteOpened(const OpenedDocument &document)
{
    m_document = document;
    const int pages = static_cast<int>(document.pages.size());
    m_printed = 0;
    m_pages.clear();
    for (const Range &range : m_order.pages) {
        for (int page = range.first; page <= (range.last == 0 ? pages : std::min(pages, range.last)); ++page)
            m_pages.push_back(page - 1);
    }
    if (m_pages.empty())
        return fail(
            {ErrorKind::BadInput, tr("It has %Ln pages, and none of those that you chose.", nullptr, pages)});
    m_paper = m_printers.paper();
    onPaper(
        [order = m_order, title = m_title, landscape = isLandscape(page())](PrintedPaper &paper) {
            return paper.begin(order.printer, title, order.copies, mostDotsPerInch, landscape);
        },
        &PrintStep::placePage);
}

void PrintStep::nextPage()
{
    if (++m_printed >= m_pages.size()) {
        onPaper([](PrintedPaper &paper) { return paper.end(); }, nullptr);
        return;
    }
    const bool landscape = isLandscape(page());
    onPaper([landscape](PrintedPaper &paper) { return paper.nextSheet(landscape); }, &PrintStep::placePage);
}

// In the middle of the sheet: as large as it is, or as large as there is room.
void PrintStep::placePage()
{
    const QSizeF size = page().size;
    const double fit = std::min(m_area.width() / size.width(), m_area.height() / size.height());
    const double scale = m_order.actualSize ? 1.0 : fit;
    const QSizeF printed = size * scale;
    m_place = QRectF((m_area.width() - printed.width()) / 2, (m_area.height() - printed.height()) / 2,
                     printed.width(), printed.height());
    m_zoom = scale * mostDotsPerInch / pointsPerInch;
    m_size = PageRenderer::pixelSize({size}, m_zoom, 0);
    // What lies beyond the paper is not drawn.
    const double dots = mostDotsPerInch / pointsPerInch;
    const QRect seen = QRectF((QPointF() - m_place.topLeft()) * dots, m_area * dots).toAlignedRect();
    m_band = QRect(QPoint(), m_size).intersected(seen);
    m_band.setHeight(0);
    nextBand();
}

void PrintStep::nextBand()
{
    const double dots = mostDotsPerInch / pointsPerInch;
    const int end = std::min(m_size.height(), static_cast<int>((m_area.height() - m_place.top()) * dots) + 1);
    const int top = m_band.top() + m_band.height();
    if (top >= end || m_band.width() <= 0)
        return nextPage();
    const int rows = static_cast<int>(std::max<qint64>(1, bandPixels / m_band.width()));
    m_band = QRect(m_band.left(), top, m_band.width(), std::min(rows, end - top));
    m_renderer->draw(m_pages[m_printed], m_zoom, 0, m_band, 0);
}

void PrintStep::takeBand(const QImage &image)
{
    const double dots = mostDotsPerInch / pointsPerInch;
    const QRectF place(m_place.left() + m_band.left() / dots, m_place.top() + m_band.top() / dots,
                       image.width() / dots, image.height() / dots);
    onPaper(
        [image, place](PrintedPaper &paper) {
            // Most pages have no colour, and then take a third of the printer's memory.
            paper.draw(image.allGray() ? image.convertToFormat(QImage::Format_Grayscale8) : image, place);
            return true;
        },
        &PrintStep::nextBand);
}

// `next`: nullptr: it is printed.
void PrintStep::onPaper(Work work, void (PrintStep::*next)())
{
    m_thread.start([this, paper = m_paper, work = std::move(work), next, run = m_run]() -> SideThread::Then {
        const bool done = work(*paper);
        const QSizeF area = done && next ? paper->area() : QSizeF();
        return [this, done, area, next, run] {
            if (run != m_run)
                return;
            m_area = area;
            if (!done)
                fail(printerError());
            else if (next)
                (this->*next)();
            else
                finish();
        };
    });
}

Error PrintStep::printerError() const
{
    return {
        ErrorKind::Storage,
        tr("The printer “%1” did not take it. See whether it is on, then try again.").arg(m_order.printer)};
}

void PrintStep::fail(const Error &error)
{
    const Answer answer = std::move(m_answer);
    cancel();
    if (answer)
        answer(error);
}

void PrintStep::finish()
{
    m_paper.reset();
    leaveRenderer();
    const Answer answer = std::move(m_answer);
    m_answer = {};
    answer(m_order.printer);
}

} // namespace Counterfoil
