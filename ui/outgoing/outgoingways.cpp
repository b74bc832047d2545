// Printing, packing and mailing, each asked for and begun.

#include "outgoingdesk.h"

#include "display.h"
#include "gatherstep.h"
#include "packsheet.h"
#include "packstep.h"
#include "printport.h"
#include "printsheet.h"

#include <QDir>

namespace Counterfoil {

namespace {

// What a mail's subject says of what is attached to it.
QString subjectOf(const std::vector<OutgoingDocument> &documents, const std::vector<quint32> &pages)
{
    const OutgoingDocument &first = documents.front();
    const QString name = OutgoingWords::nameOf(first);
    if (!pages.empty())
        return OutgoingDesk::tr("%1, %2", "a document, and which pages of it")
            .arg(name, OutgoingWords::pagesOf(pages));
    if (documents.size() > 1)
        return OutgoingDesk::tr("%1 and %Ln more", "a document", static_cast<int>(documents.size()) - 1)
            .arg(name);
    const QString day = QLocale().toString(QDateTime::fromMSecsSinceEpoch(first.dated.ms).date(),
                                           QStringLiteral("d MMM yyyy"));
    return first.dated.isSet() ? OutgoingDesk::tr("%1 of %2", "a document, and its day").arg(name, day)
                               : name;
}

} // namespace

void OutgoingDesk::print(const OutgoingRows &rows, QWidget *over)
{
    if (isFree())
        read(rows, over, &OutgoingDesk::askHowToPrint);
}

void OutgoingDesk::askHowToPrint(const OutgoingSet &set, QWidget *over)
{
    PrinterDoor *door = m_means.doors.printers ? m_means.doors.printers() : nullptr;
    if (!door)
        return Q_EMIT told(
            tr("The part of Counterfoil that prints cannot be loaded. Install Counterfoil anew if it "
               "stays so."));
    auto *sheet = new PrintSheet(over, set);
    sheet->goWith(this);
    connect(sheet, &PrintSheet::wanted, this,
            [this, door, documents = set.documents](const PrintStep::Order &order) {
                if (isFree())
                    start(OutgoingWords::Way::Print, documents,
                          std::make_unique<PrintStep>(*door, m_means.renderProgram, order), {});
            });
    sheet->open();
    findPrinters(*door, *sheet);
}

// The system asks the network, perhaps.
void OutgoingDesk::findPrinters(PrinterDoor &door, PrintSheet &sheet)
{
    m_thread.start([&door, sheet = QPointer<PrintSheet>(&sheet)]() -> SideThread::Then {
        const QStringList printers = door.printers();
        const QString usual = door.usualPrinter();
        return [sheet, printers, usual] {
            if (sheet)
                sheet->setPrinters(printers, usual);
        };
    });
}

void OutgoingDesk::pack(const OutgoingRows &rows, QWidget *over)
{
    if (isFree())
        read(rows, over, &OutgoingDesk::askHowToPack);
}

void OutgoingDesk::askHowToPack(const OutgoingSet &set, QWidget *over)
{
    auto *sheet = new PackSheet(over, m_habits, set);
    sheet->goWith(this);
    connect(sheet, &PackSheet::wanted, this, [this, documents = set.documents](const PackJob &plan) {
        m_habits.setFolder(plan.folder);
        if (!isFree())
            return;
        PackJob job = plan;
        job.programs = m_means.doors.programs;
        start(OutgoingWords::Way::Pack, documents, std::make_unique<PackStep>(job, m_habits.pattern()),
              job.folder);
    });
    sheet->open();
}

void OutgoingDesk::mail(const OutgoingRows &rows, QWidget *over)
{
    if (isFree())
        read(rows, over, &OutgoingDesk::gatherLetter);
}

void OutgoingDesk::mailPages(const OutgoingRows &rows, QWidget *over)
{
    if (hasPages(rows))
        mail(rows, over);
}

void OutgoingDesk::gatherLetter(const OutgoingSet &set, QWidget *)
{
    gather(OutgoingWords::Way::Mail, set);
}

void OutgoingDesk::drag(const OutgoingRows &rows, QWidget *over)
{
    if (isFree())
        read(rows, over, &OutgoingDesk::gatherDrag);
}

void OutgoingDesk::gatherDrag(const OutgoingSet &set, QWidget *)
{
    gather(OutgoingWords::Way::Drag, set);
}

// Another program gets files of its own, under the names that they are to have: it may write to them.
void OutgoingDesk::gather(OutgoingWords::Way way, const OutgoingSet &set)
{
    if (set.documents.size() > mostInALetter)
        return Q_EMIT told(
            tr("%Ln documents are the most that another program is given at once. Choose fewer, or make "
               "a pack.",
               nullptr, int{mostInALetter}));
    if (!isFree()) // the rows took a while to read
        return;
    const QString folder = newFolder();
    if (folder.isEmpty())
        return Q_EMIT told(tr("The files could not be made. See whether the disk is full."));
    m_pages = set.pages;
    start(way, set.documents,
          set.pages.empty() ? std::make_unique<GatherStep>(folder, m_habits.pattern())
                            : stepFor(set, folder, m_habits.pattern(), SaveSheet::Form::AsIssued),
          {});
}

// Each letter's files are copies, and a day of dragging would fill the disk with them.
QString OutgoingDesk::newFolder()
{
    if (!m_letters)
        m_letters = std::make_unique<QTemporaryDir>();
    const QString folder = m_letters->filePath(QString::number(++m_gathered));
    if (!m_letters->isValid() || !QDir().mkpath(folder))
        return {};
    m_folders.append(folder);
    while (m_folders.size() > mostLettersKept)
        m_thread.start([oldest = m_folders.takeFirst()]() -> SideThread::Then {
            QDir(oldest).removeRecursively();
            return {};
        });
    return folder;
}

void OutgoingDesk::handOver()
{
    Letter letter;
    std::vector<OutgoingDocument> documents;
    for (const DocumentBatch::Item &item : m_batch->items()) {
        if (item.state != DocumentBatch::ItemState::Taken)
            continue; // left out
        letter.files.append(item.place);
        documents.push_back(item.document);
    }
    if (m_way == OutgoingWords::Way::Drag)
        return Q_EMIT dragReady(letter.files);
    letter.subject = subjectOf(documents, m_pages);
    if (!m_means.doors.mail)
        return Q_EMIT told(tr("No mail program is known on this computer."));
    const Outcome sent = m_means.doors.mail(letter);
    Q_EMIT told(sent ? tr("Handed to your mail program.") : sent.error().userText);
}

} // namespace Counterfoil
