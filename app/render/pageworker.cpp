#include "pageworker.h"

#include "attachedfiles.h"
#include "documentlinks.h"
#include "freedmemory.h"
#include "pagecolours.h"
#include "pagewords.h"
#include "sharedregion.h"

#include <poppler-qt6.h>

#include <QImage>

#include <algorithm>
#include <cstring>
#include <utility>

namespace Counterfoil {

namespace {

constexpr double pointsPerInch = 72;
constexpr int keptBytes = 32 * 1024 * 1024; // a page that fills a large screen, and what drawing it takes
constexpr qsizetype mostComplaints = 100;   // of a request; a damaged page can yield millions
constexpr QSizeF unknownSize(595, 842);     // A4, for a page so damaged that it has no size

constexpr const char *warmUpDocument = R"(%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 34>>stream
BT/F 9 Tf 9 9 Td(Counterfoil)Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
)";

void setHints(Poppler::Document &document)
{
    document.setRenderHint(Poppler::Document::Antialiasing);
    document.setRenderHint(Poppler::Document::TextAntialiasing);
    document.setRenderHint(Poppler::Document::TextHinting);
    document.setRenderHint(Poppler::Document::TextSlightHinting);
}

// A PDF begins with its mark, or within its first kilobyte.
bool isPdf(const QByteArray &bytes)
{
    return bytes.left(1024).contains("%PDF-");
}

// Without its font a text is left out, and the page looks as if it were complete.
bool missesFont(const QStringList &complaints)
{
    return std::ranges::any_of(complaints, [](const QString &complaint) {
        return complaint.contains(QStringLiteral("Couldn't find a font"))
            || complaint.contains(QStringLiteral("Couldn't create a font"))
            || complaint.contains(QStringLiteral("No display font for"))
            || complaint.contains(QStringLiteral("Missing language pack"));
    });
}

bool isSaneSize(const QSizeF &size)
{
    const auto edge = [](double points) { return points > 0 && points <= RenderLimit::pageEdge; };
    return edge(size.width()) && edge(size.height());
}

} // namespace

PageWorker::PageWorker(SharedRegion &document, SharedRegion &pixels)
    : m_documentBytes(document)
    , m_pixels(pixels)
{
    Poppler::setDebugErrorFunction(
        [](const QString &message, const QVariant &complaints) {
            auto *list = static_cast<QStringList *>(complaints.value<void *>());
            if (list->size() < mostComplaints)
                list->append(message);
        },
        QVariant::fromValue(static_cast<void *>(&m_complaints)));
}

PageWorker::~PageWorker() = default;

// As large as a page is mostly shown, so that its memory is at hand when the first one comes.
void PageWorker::warmUp()
{
    constexpr double dotsPerInch = 150;
    keepFreedMemory(keptBytes);
    m_kept = Poppler::Document::loadFromData(QByteArray(warmUpDocument));
    if (!m_kept)
        return;
    setHints(*m_kept);
    const auto page = m_kept->page(0);
    const QImage image = page ? page->renderToImage(dotsPerInch, dotsPerInch) : QImage();
    if (image.isNull())
        return;
    std::memcpy(m_pixels.data(), image.constBits(),
                size_t(std::min<qint64>(image.sizeInBytes(), m_pixels.size())));
}

RenderAnswer PageWorker::answer(const RenderRequest &request)
{
    m_complaints.clear();
    RenderAnswer answer;
    answer.task = request.task;
    answer.id = request.id;
    if (request.task == RenderTask::Open) {
        open(request, answer);
        return answer;
    }
    const auto page = m_document ? m_document->page(request.page) : nullptr;
    if (!page)
        answer.fault = RenderFault::Damaged;
    else if (request.task == RenderTask::Draw)
        draw(*page, request, answer);
    else if (request.task == RenderTask::Text)
        answer.words = wordsOf(*page);
    else if (request.task == RenderTask::Find)
        answer.hits = hitsOn(*page, request.words, request.matchCase);
    else if (request.task == RenderTask::Links)
        answer.links = linksOf(*m_document, *page);
    else if (request.task == RenderTask::Outline)
        answer.outline = outlineOf(*m_document);
    else if (request.task == RenderTask::Attachments)
        answer.attachments = attachedFilesOf(*m_document);
    else if (request.task == RenderTask::Attachment)
        unpack(request.attachment, answer);
    return answer;
}

void PageWorker::open(const RenderRequest &request, RenderAnswer &answer)
{
    m_document.reset();
    // A copy: the region is the window's to fill with the next document.
    const QByteArray bytes(reinterpret_cast<const char *>(m_documentBytes.data()),
                           qsizetype(request.documentBytes));
    if (!isPdf(bytes)) {
        answer.fault = RenderFault::NotPdf;
        return;
    }
    auto document = Poppler::Document::loadFromData(bytes);
    const int pages = document && !document->isLocked() ? document->numPages() : 0;
    if (document && document->isLocked())
        answer.fault = RenderFault::Locked;
    else if (pages <= 0)
        answer.fault = RenderFault::Damaged;
    else if (quint32(pages) > RenderLimit::pages)
        answer.fault = RenderFault::TooLarge;
    if (answer.fault != RenderFault::None)
        return;
    for (int i = 0; i < pages; ++i) {
        const auto page = document->page(i);
        const QSizeF size = page ? page->pageSizeF() : QSizeF();
        answer.document.pages.push_back({isSaneSize(size) ? size : unknownSize});
    }
    answer.document.title = document->title().left(RenderLimit::textLength);
    setHints(*document);
    m_document = std::move(document);
}

void PageWorker::draw(const Poppler::Page &page, const RenderRequest &request, RenderAnswer &answer)
{
    const QRect &part = request.part;
    const double dotsPerInch = request.zoom * pointsPerInch;
    QImage image = page.renderToImage(dotsPerInch, dotsPerInch, part.x(), part.y(), part.width(),
                                      part.height(), Poppler::Page::Rotation(request.rotation / 90))
                       .convertToFormat(QImage::Format_RGB32);
    if (image.size() != part.size())
        answer.fault = RenderFault::Damaged;
    else if (missesFont(m_complaints))
        answer.fault = RenderFault::FontMissing;
    if (answer.fault != RenderFault::None)
        return;
    recolour(image, request.colours);
    const qsizetype row = qsizetype(part.width()) * bytesOfPixel;
    if (image.bytesPerLine() == row) {
        std::memcpy(m_pixels.data(), image.constBits(), size_t(row * part.height()));
    } else {
        for (int y = 0; y < part.height(); ++y)
            std::memcpy(m_pixels.data() + y * row, image.constScanLine(y), size_t(row));
    }
    answer.drawn = part.size();
}

void PageWorker::unpack(int index, RenderAnswer &answer)
{
    const QByteArray bytes = attachedBytes(*m_document, index, answer.fault);
    if (answer.fault != RenderFault::None)
        return;
    std::memcpy(m_pixels.data(), bytes.constData(), size_t(bytes.size()));
    answer.attachedBytes = bytes.size();
}

} // namespace Counterfoil
