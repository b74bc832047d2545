#pragma once

#include "documentanswer.h"
#include "documenteffects.h"
#include "result.h"

#include <QFile>
#include <QHash>
#include <QSet>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace Counterfoil {

// The files of documents below one profile's folder, readable by the owner alone:
//   documents/<account>/<sha256>.pdf              a whole one
//   documents/<account>/<document>.part        one that is still coming; beside it, in .part.resume, how
//                                              to go on with it
//   documents/<account>/<document>.pin         empty: it is pinned
// where <account> and <document> are hashes of their keys, so that an account is purged by removing
// its folder. Knows nothing of records. Blocks; used by one thread at a time. Errors: Storage,
// StorageFull, and Rejected for what is too large.
class DocumentFolder
{
public:
    struct Found // below documents/
    {
        QHash<QString, ShelfEntry> files; // by relative path; bytes and opened are set
        QSet<QString> pins;               // relative paths
        QStringList others;               // parts, and what is none of ours; relative paths
    };

    // True when so many bytes more do not fit: lets a test fill the disk.
    using FullDiskTest = std::function<bool(std::int64_t bytes)>;

    explicit DocumentFolder(const QString &profileDirectory, FullDiskTest isFull = {});

    static bool isDigest(const std::string &sha256); // nothing else names a file
    static QString root(const QString &profileDirectory);
    static QString filePath(const std::string &account, const std::string &sha256); // below root()
    static QString partPath(const std::string &account, const std::string &document);
    static QString pinPath(const std::string &account, const std::string &document);
    static QString partOf(const QString &path); // of the part or of its notes

    Found look() const;
    std::optional<ShelfEntry> find(const std::string &account, const std::string &sha256) const;
    // Reads all of it, unless this object has done so since it last changed. Sets when it was opened.
    Result<FileState> open(const OpenFile &what);
    void remove(const QString &path);        // below root()
    bool isInUse(const QString &path) const; // by a part being written
    bool isOld(const QString &path, Instant before) const;
    void tidy(); // empty folders
    bool isPinned(const std::string &account, const std::string &document) const;
    Outcome setPinned(const std::string &account, const std::string &document, bool pinned);
    Outcome removeAccounts(const RemoveAccounts &what);

    // One transfer, step by step.
    PartState begin(TransferId id, const std::string &account, const std::string &document);
    Outcome place(TransferId id, const DocumentAnswer &answer); // where the bytes that follow belong
    Outcome write(TransferId id, const QByteArray &bytes);
    // None: the bytes are not those of the digest, and are gone.
    Result<std::optional<Transferred>> finish(TransferId id, const std::string &sha256, Instant opened);
    void discard(TransferId id); // what came, this time and before
    void leave(TransferId id);   // as it is, to be gone on with

private:
    struct Part
    {
        std::string account;
        QString path; // below root()
        std::unique_ptr<QFile> file;
        std::int64_t size = 0;
    };
    struct Checked
    {
        qint64 size = 0;
        Instant changed;
    };

    QString absolute(const QString &path) const;
    Outcome makeFolder(const std::string &account) const;
    void removePart(const QString &path);

    QString m_root;
    FullDiskTest m_isFull;
    std::map<TransferId, Part> m_parts;
    QHash<QString, Checked> m_checked; // by path; as many as were opened in this run
};

} // namespace Counterfoil
