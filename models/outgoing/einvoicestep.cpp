#include "einvoicestep.h"

#include "einvoicereader.h"
#include "pagerenderer.h"
#include "savedcopy.h"

#include <QFile>

namespace Counterfoil {

namespace {

constexpr QLatin1String pdfEnding("pdf");
constexpr QLatin1String xmlEnding("xml");

} // namespace

EInvoiceStep::EInvoiceStep(const QString &renderProgram, const QString &folder, const NamePattern &pattern,
                           Beside beside)
    : m_renderProgram(renderProgram)
    , m_folder(folder)
    , m_pattern(pattern)
    , m_beside(beside)
    , m_save(folder, pattern)
{ }

EInvoiceStep::~EInvoiceStep()
{
    EInvoiceStep::cancel();
}

void EInvoiceStep::take(std::size_t index, const OutgoingDocument &document, const QString &file,
                        Answer answer)
{
    m_index = index;
    m_document = document;
    m_file = file;
    m_answer = std::move(answer);
    ++m_run;
    if (document.ending == xmlEnding || m_kept.contains(index))
        return saveDocument();
    if (document.ending != pdfEnding)
        return noteNone();
    // A worker has one document in its life, and so has its renderer here.
    m_renderer = std::make_unique<PageRenderer>(m_renderProgram);
    PageRenderer *renderer = m_renderer.get();
    connect(renderer, &PageRenderer::opened, this, [renderer] { renderer->attachments(); });
    connect(renderer, &PageRenderer::attachmentsListed, this,
            [this](quint64, const std::vector<AttachedFile> &files) { look(files); });
    connect(renderer, &PageRenderer::attachmentRead, this,
            [this](quint64, const QByteArray &bytes) { keep(bytes); });
    connect(renderer, &PageRenderer::failed, this, [this](quint64, const Error &error) { finish(error); });
    renderer->open(file);
}

void EInvoiceStep::cancel()
{
    ++m_run;
    m_answer = {};
    m_save.cancel();
    leaveRenderer();
    if (m_cancelled)
        m_cancelled->store(true);
}

// It may be what calls, so that it goes later; what it says until then is not for us.
void EInvoiceStep::leaveRenderer()
{
    if (!m_renderer)
        return;
    m_renderer->disconnect(this);
    m_renderer.release()->deleteLater();
}

void EInvoiceStep::look(const std::vector<AttachedFile> &files)
{
    QStringList names;
    for (const AttachedFile &file : files)
        names.append(file.name);
    const int found = eInvoiceAmong(names);
    if (found < 0)
        return noteNone();
    m_named = isEInvoiceName(names[found]);
    m_renderer->attachment(found);
}

void EInvoiceStep::keep(const QByteArray &xml)
{
    leaveRenderer();
    OutgoingDocument alone = m_document;
    alone.ending = xmlEnding;
    m_cancelled = std::make_shared<std::atomic_bool>(false);
    m_thread.start([this, xml, name = m_pattern.nameOf(alone), folder = m_folder, run = m_run,
                    named = m_named, cancelled = m_cancelled]() -> SideThread::Then {
        std::optional<Result<QString>> place;
        if (named || readEInvoice(xml)) // other XML may be anything
            place = saveMade(
                [&](QFile &file) -> Outcome {
                    return file.write(xml) == xml.size() ? Outcome(Done())
                                                         : Outcome(cannotWrite(file, folder));
                },
                folder, name, *cancelled);
        return [this, run, place] {
            if (run == m_run)
                place ? noteKept(*place) : noteNone();
        };
    });
}

void EInvoiceStep::noteKept(const Result<QString> &place)
{
    if (!place || m_beside == Beside::Nothing)
        return finish(place);
    m_kept.insert(m_index);
    saveDocument();
}

void EInvoiceStep::noteNone()
{
    if (m_beside == Beside::Document)
        return saveDocument();
    finish(Error{ErrorKind::NotFound, tr("There is no e-invoice in it. Save it as it was issued.")});
}

void EInvoiceStep::saveDocument()
{
    leaveRenderer();
    m_save.take(m_index, m_document, m_file, [this, run = m_run](const Result<QString> &place) {
        if (run == m_run)
            finish(place);
    });
}

void EInvoiceStep::finish(const Result<QString> &place)
{
    leaveRenderer();
    const Answer answer = std::exchange(m_answer, {});
    answer(place);
}

} // namespace Counterfoil
