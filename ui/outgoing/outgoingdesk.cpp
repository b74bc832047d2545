#include "outgoingdesk.h"

#include "batchcard.h"
#include "cachereaders.h"
#include "einvoicestep.h"
#include "pagesstep.h"
#include "savestep.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QLocale>
#include <QUrl>

namespace Counterfoil {

namespace {

constexpr int patienceMs = 300; // one document is mostly saved sooner, and a card would only flicker

} // namespace

OutgoingDesk::OutgoingDesk(const Means &means, QWidget &host, QObject *parent)
    : QObject(parent)
    , m_means(means)
    , m_host(host)
    , m_habits(means.settingsFile)
    , m_card(new BatchCard(&host))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (isBusy())
            m_card->follow(*m_batch, m_way, m_folder);
    });
    connect(m_card, &BatchCard::folderWanted, this, &OutgoingDesk::openFolder);
}

OutgoingDesk::~OutgoingDesk()
{
    if (m_asked)
        m_asked->store(true);
    delete m_batch;
    delete m_card;
}

void OutgoingDesk::read(const OutgoingRows &rows, QWidget *over, Use use)
{
    if (rows.isEmpty())
        return Q_EMIT told(tr("Choose a row that has a document first."));
    if (rows.size() > DocumentBatch::mostDocuments)
        return Q_EMIT told(
            tr("More than %1 rows are chosen, and that many are the most at once. Choose fewer.")
                .arg(QLocale().toString(static_cast<qulonglong>(DocumentBatch::mostDocuments))));
    if (m_asked)
        m_asked->store(true);
    m_asked = std::make_shared<std::atomic_bool>(false);
    m_means.readers.ask(
        this, m_asked,
        [rows, withAmounts = m_means.seesPrices](CacheReader &reader) {
            return readOutgoing(reader, rows, withAmounts);
        },
        [this, over = QPointer<QWidget>(over), use](const Result<OutgoingSet> &set) {
            if (!set)
                Q_EMIT told(set.error().userText);
            else if (set->documents.empty())
                Q_EMIT told(set->without.isEmpty() ? tr("Choose a row that has a document first.")
                                                   : OutgoingWords::leftOut(set->without));
            else if (set->documents.size() > DocumentBatch::mostDocuments)
                Q_EMIT told(tr("These rows have more documents than can be taken at once. Choose fewer."));
            else if (over)
                (this->*use)(*set, over);
        });
}

// One at a time: two that write into one folder, or one printer, help nobody.
bool OutgoingDesk::isFree()
{
    if (!isBusy())
        return true;
    m_card->follow(*m_batch, m_way, m_folder);
    Q_EMIT told(tr("Other documents are still on their way. Wait for them, or cancel them first."));
    return false;
}

void OutgoingDesk::save(const OutgoingRows &rows, QWidget *over)
{
    if (isFree())
        read(rows, over, &OutgoingDesk::askHowToSave);
}

bool OutgoingDesk::hasPages(const OutgoingRows &rows)
{
    if (rows.pages.empty())
        Q_EMIT told(tr("Read a document first, and choose pages among those in small beside it."));
    return !rows.pages.empty();
}

void OutgoingDesk::savePages(const OutgoingRows &rows, QWidget *over)
{
    if (hasPages(rows))
        save(rows, over);
}

void OutgoingDesk::chooseNames(QWidget *over)
{
    askHowToSave({}, over);
}

void OutgoingDesk::askHowToSave(const OutgoingSet &set, QWidget *over)
{
    auto *sheet = new SaveSheet(over, m_habits, set);
    sheet->goWith(this);
    connect(sheet, &SaveSheet::wanted, this,
            [this, set](const QString &folder, const NamePattern &pattern, SaveSheet::Form form) {
                m_habits.setPattern(pattern);
                m_habits.setFolder(folder);
                if (!set.documents.empty() && isFree())
                    start(OutgoingWords::Way::Save, set.documents, stepFor(set, folder, pattern, form),
                          folder);
            });
    connect(sheet, &SaveSheet::ownNameWanted, this,
            [this, documents = set.documents, over = QPointer<QWidget>(over)](const QString &folder) {
                if (over)
                    askForName(documents.front(), folder, over);
            });
    sheet->open();
}

std::unique_ptr<BatchStep> OutgoingDesk::stepFor(const OutgoingSet &set, const QString &folder,
                                                 const NamePattern &pattern, SaveSheet::Form form) const
{
    using Beside = EInvoiceStep::Beside;
    if (!set.pages.empty()) {
        PackJob job;
        job.folder = folder;
        job.name = OutgoingWords::fileOfPages(pattern.nameOf(set.documents.front()), set.pages);
        job.programs = m_means.doors.programs;
        return std::make_unique<PagesStep>(job, set.pages);
    }
    if (form == SaveSheet::Form::AsIssued)
        return std::make_unique<SaveStep>(folder, pattern);
    return std::make_unique<EInvoiceStep>(m_means.renderProgram, folder, pattern,
                                          form == SaveSheet::Form::Both ? Beside::Document : Beside::Nothing);
}

void OutgoingDesk::askForName(const OutgoingDocument &document, const QString &folder, QWidget *over)
{
    auto *dialog = new QFileDialog(over, tr("Save %1").arg(OutgoingWords::nameOf(document)), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(document.ending);
    dialog->selectFile(m_habits.pattern().nameOf(document));
    connect(this, &QObject::destroyed, dialog, &QObject::deleteLater);
    connect(dialog, &QFileDialog::fileSelected, this, [this, document](const QString &path) {
        const QFileInfo chosen(path);
        m_habits.setFolder(chosen.absolutePath());
        if (isFree())
            start(OutgoingWords::Way::Save, {document},
                  std::make_unique<SaveStep>(chosen.absolutePath(), chosen.fileName()),
                  chosen.absolutePath());
    });
    dialog->open();
}

void OutgoingDesk::start(OutgoingWords::Way way, const std::vector<OutgoingDocument> &documents,
                         std::unique_ptr<BatchStep> step, const QString &folder)
{
    delete m_batch;
    m_way = way;
    m_folder = folder;
    m_batch = new DocumentBatch(documents, std::move(step), m_means.documents, this);
    connect(m_batch, &DocumentBatch::over, this, &OutgoingDesk::noteOver);
    connect(m_batch, &DocumentBatch::changed, this, [this] {
        if (m_batch->count(DocumentBatch::ItemState::Failed) > 0)
            m_card->follow(*m_batch, m_way, m_folder);
    });
    if (documents.size() > 1 && way != OutgoingWords::Way::Drag)
        m_card->follow(*m_batch, way, folder);
    else
        m_patience.start();
    m_batch->start();
}

void OutgoingDesk::noteOver()
{
    m_patience.stop();
    const bool gathers = m_way == OutgoingWords::Way::Drag || m_way == OutgoingWords::Way::Mail;
    if (gathers && m_batch->state() == DocumentBatch::State::Done) {
        m_card->dismiss();
        return handOver();
    }
    const DocumentBatch::Item &first = m_batch->items().front();
    const bool one = m_batch->items().size() == 1;
    if (m_batch->state() == DocumentBatch::State::Cancelled)
        m_card->dismiss();
    if (!one || m_batch->state() != DocumentBatch::State::Done
        || first.state != DocumentBatch::ItemState::Taken)
        return;
    m_card->dismiss();
    if (m_way == OutgoingWords::Way::Print)
        Q_EMIT told(tr("%1 went to the printer “%2”.", "a document")
                        .arg(OutgoingWords::nameOf(first.document), first.place));
    else if (m_way == OutgoingWords::Way::Save)
        Q_EMIT told(tr("Saved as “%1” in “%2”.", "a file and its folder")
                        .arg(QFileInfo(first.place).fileName(),
                             QDir::toNativeSeparators(QFileInfo(first.place).path())));
}

void OutgoingDesk::openFolder(const QString &folder)
{
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        Q_EMIT told(tr("The folder “%1” could not be opened.").arg(QDir::toNativeSeparators(folder)));
}

} // namespace Counterfoil
