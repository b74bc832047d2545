#pragma once

#include "outgoingdoors.h"
#include "outgoingwords.h"
#include "savesheet.h"
#include "savinghabits.h"
#include "sidethread.h"

#include <QPointer>
#include <QTemporaryDir>

#include <atomic>

namespace Counterfoil {

class BatchCard;
class CacheReaders;
class PrintSheet;

// Takes documents out of the program as a person asks: finds out what the rows have, asks how, and sees the
// batch through. One batch at a time. GUI thread; nothing here blocks.
class OutgoingDesk final : public QObject
{
    Q_OBJECT
public:
    struct Means // all of it outlives the desk
    {
        CacheReaders &readers;
        DocumentPort &documents;
        QString settingsFile; // of this computer's user
        bool seesPrices = false;
        QString renderProgram;
        OutgoingDoors doors;
    };

    // `host` has the card that shows how a batch is doing.
    OutgoingDesk(const Means &means, QWidget &host, QObject *parent);
    ~OutgoingDesk() override; // cancels what is under way

    // `over`: the window whose rows they are, where it is asked how.
    void save(const OutgoingRows &rows, QWidget *over); // whole documents
    void savePages(const OutgoingRows &rows, QWidget *over);
    void print(const OutgoingRows &rows, QWidget *over); // where several pages are chosen, those at first
    void pack(const OutgoingRows &rows, QWidget *over);
    void mail(const OutgoingRows &rows, QWidget *over); // whole documents
    void mailPages(const OutgoingRows &rows, QWidget *over);
    // The rows' files, or one of the pages, while somebody drags: dragReady() follows, or a sentence where
    // they are not here yet.
    void drag(const OutgoingRows &rows, QWidget *over);
    void chooseNames(QWidget *over);
    static constexpr std::size_t mostInALetter = 50;
    static constexpr int mostLettersKept = 8; // letters and drags whose files stay in the temporary folder

    DocumentBatch *batch() const { return m_batch; } // the one under way, or the last; nullptr: none yet
    bool isBusy() const { return m_batch && !m_batch->isOver(); }

Q_SIGNALS:
    void told(const QString &sentence);
    void dragReady(const QStringList &files); // they stay as Letter::files do

private:
    using Use = void (OutgoingDesk::*)(const OutgoingSet &set, QWidget *over);

    void read(const OutgoingRows &rows, QWidget *over, Use use);
    bool hasPages(const OutgoingRows &rows);
    std::unique_ptr<BatchStep> stepFor(const OutgoingSet &set, const QString &folder,
                                       const NamePattern &pattern, SaveSheet::Form form) const;
    bool isFree();
    void askHowToSave(const OutgoingSet &set, QWidget *over);
    void askHowToPrint(const OutgoingSet &set, QWidget *over);
    void findPrinters(PrinterDoor &door, PrintSheet &sheet);
    void askHowToPack(const OutgoingSet &set, QWidget *over);
    void gatherDrag(const OutgoingSet &set, QWidget *over);
    void gather(OutgoingWords::Way way, const OutgoingSet &set);
    void gatherLetter(const OutgoingSet &set, QWidget *over);
    void handOver(); // what was gathered
    QString newFolder();
    void askForName(const OutgoingDocument &document, const QString &folder, QWidget *over);
    void start(OutgoingWords::Way way, const std::vector<OutgoingDocument> &documents,
               std::unique_ptr<BatchStep> step, const QString &folder);
    void noteOver();
    void openFolder(const QString &folder);

    const Means m_means;
    QWidget &m_host;
    SavingHabits m_habits;
    std::shared_ptr<std::atomic_bool> m_asked; // a reading that a later one takes the place of
    BatchCard *m_card;
    QPointer<DocumentBatch> m_batch;
    OutgoingWords::Way m_way = OutgoingWords::Way::Save;
    QString m_folder;
    QTimer m_patience;
    std::vector<quint32> m_pages; // of the one document that is gathered; none: all
    int m_gathered = 0;
    std::unique_ptr<QTemporaryDir> m_letters; // what other programs were given
    QStringList m_folders;                    // in it, the oldest first
    SideThread m_thread;                      // asks the system for its printers, and tidies up
};

} // namespace Counterfoil
