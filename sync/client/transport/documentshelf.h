#pragma once

#include "cachereader.h"
#include "documentfolder.h"
#include "filetexts.h"
#include "profile.h"

#include <QObject>
#include <QStringList>

#include <memory>

namespace Counterfoil {

class StockTaking;

// The document files of the present profile, seen together with the cache's records of them. Lives on
// the documents thread; may block there. Calls arrive by queued invocation and are done in order.
class DocumentShelf final : public QObject
{
    Q_OBJECT
public:
    explicit DocumentShelf(DocumentFolder::FullDiskTest isFull = {});
    ~DocumentShelf() override;

    void open(const Profile &profile); // also when its cache was begun anew
    void close();

    // `complete`: the cache holds every record that there is, so files without one are removed.
    Result<ShelfStock> takeStock(const TakeStock &what, bool complete);
    Result<RecordsRead> read(const ReadRecords &what);

    // Files whose text is not known yet, the newest documents first.
    struct Unread
    {
        std::vector<UnreadFile> records;
        QStringList files; // the file of each
        bool later = false;
    };
    Result<Unread> unread(const std::string &program, std::size_t most);

    Result<FileState> openFile(const OpenFile &what);
    void remove(const RemoveFile &what);
    Outcome keepPin(const KeepPin &what);
    Outcome removeAccounts(const RemoveAccounts &what);

    // One transfer, step by step, as DocumentFolder has it.
    Result<PartState> begin(TransferId id, const std::string &account, const std::string &document);
    Outcome place(TransferId id, const DocumentAnswer &answer);
    Outcome write(TransferId id, const QByteArray &bytes);
    Result<std::optional<Transferred>> finish(const StartTransfer &what, const std::string &sha256);
    Outcome discard(TransferId id);
    void leave(TransferId id);

private:
    struct Fetched
    {
        std::string account;
        std::string sha256;
    };

    ShelfEntry entryOf(const CachedRecord &row) const;
    Result<bool> lookThrough(StockTaking &taking, std::int64_t limit);
    Outcome lookAtNoted(StockTaking &taking);
    Outcome takeRows(StockTaking &taking, std::span<const std::int64_t> ids);

    DocumentFolder::FullDiskTest m_isFull;
    QString m_directory;
    std::unique_ptr<CacheReader> m_reader;
    std::unique_ptr<DocumentFolder> m_folder;
    // Files that came in this run, by document: a record that is not issued yet belongs to its file all the
    // same.
    std::map<std::string, Fetched> m_fetched;
};

} // namespace Counterfoil
