#include "savedcopy.h"

#include "filename.h"
#include "flush.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <filesystem>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <unistd.h>
#endif

namespace Counterfoil {

namespace {

class SavedCopyText
{
    Q_DECLARE_TR_FUNCTIONS(SavedCopy)
};

constexpr qint64 copyBlockBytes = 256 * 1024;

Error copyCancelledError()
{
    return {ErrorKind::Cancelled, SavedCopyText::tr("It was cancelled."), {}};
}

// Copies block by block. Nothing but an Error says that something is missing.
Outcome copyBytes(QFile &from, QFileDevice &to, const QString &folder, const std::atomic_bool &cancelled)
{
    QByteArray block(copyBlockBytes, Qt::Uninitialized);
    for (;;) {
        if (cancelled)
            return copyCancelledError();
        const qint64 read = from.read(block.data(), block.size());
        if (read == 0)
            return Done();
        if (read < 0)
            return Error{
                ErrorKind::Storage,
                SavedCopyText::tr("The document’s file cannot be read from this computer’s disk. Try again, "
                                  "and have the disk looked at if that does not help."),
                from.errorString()};
        // A disk that fills up takes a part first, and says why with the next.
        for (qint64 done = 0; done < read;) {
            const qint64 written = to.write(block.constData() + done, read - done);
            if (written <= 0)
                return cannotWrite(to, folder);
            done += written;
        }
    }
}

Outcome checkDigest(QFile &file, const QString &sha256, const std::atomic_bool &cancelled)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray block(copyBlockBytes, Qt::Uninitialized);
    for (qint64 read = -1; read != 0;) {
        if (cancelled)
            return copyCancelledError();
        read = file.read(block.data(), block.size());
        if (read < 0)
            return Error{
                ErrorKind::Storage,
                SavedCopyText::tr("What was written cannot be read back, so it was not kept. Choose another "
                                  "folder and try again."),
                file.errorString()};
        hash.addData(QByteArrayView(block).first(read));
    }
    if (QString::fromLatin1(hash.result().toHex()) == sha256)
        return Done();
    return Error{
        ErrorKind::StorageCorrupt,
        SavedCopyText::tr("The copy is not what the supplier issued, so it was not kept. Try again, and have "
                          "the disk looked at if that does not help."),
        QStringLiteral("digest differs")};
}

// A file under a name that nobody else takes, which goes again unless it is given its own.
class PartFile
{
public:
    explicit PartFile(const QString &folder)
        : m_file(QDir(folder).filePath(
            QStringLiteral(".counterfoil-%1.part")
                .arg(QRandomGenerator::system()->generate64(), 16, 36, QLatin1Char('0'))))
    { }
    ~PartFile()
    {
        m_file.close();
        if (!m_kept)
            m_file.remove();
    }
    Q_DISABLE_COPY_MOVE(PartFile)

    bool open() { return m_file.open(QIODevice::ReadWrite | QIODevice::NewOnly | QIODevice::Unbuffered); }
    QFile &file() { return m_file; }

    // Under the first of the names "a.pdf", "a (2).pdf" … that nobody has.
    Result<QString> nameIt(const QString &folder, const QString &name)
    {
        const QDir place(folder);
        for (int number = 1; number <= mostOfOneName; ++number) {
            const QString path = place.filePath(FileName::numbered(name, number));
            if (QFileInfo(path).isSymLink() || QFileInfo::exists(path))
                continue;
            if (rename(path))
                return path;
            if (!QFileInfo::exists(path))
                return cannotWrite(m_file, folder);
        }
        return Error{
            ErrorKind::Storage,
            SavedCopyText::tr("There are already %Ln files of that name in “%1”. Choose another folder.",
                              nullptr, mostOfOneName)
                .arg(QDir::toNativeSeparators(folder)),
            name};
    }

    // Of the file of that name, which is whole until then; where it is a link, of what that leads to.
    Result<QString> takePlace(const QString &folder, const QString &name)
    {
        const QString path = QDir(folder).filePath(name);
        const QFileInfo other(path);
        const QFileInfo place(other.isSymLink() && other.exists() ? other.canonicalFilePath() : path);
        if (place.exists() && !place.isWritable())
            return cannotWrite(m_file, folder); // somebody protected it
        if (place.exists())
            m_file.setPermissions(place.permissions());
        m_file.close();
        std::error_code failed;
        std::filesystem::rename(QFileInfo(m_file.fileName()).filesystemFilePath(), place.filesystemFilePath(),
                                failed);
        if (failed)
            return cannotWrite(m_file, folder);
        m_kept = true;
        return path;
    }

private:
    // Never takes the place of another file, also of one that comes just now.
    bool rename(const QString &path)
    {
        m_file.close();
#ifdef Q_OS_UNIX
        if (link(QFile::encodeName(m_file.fileName()).constData(), QFile::encodeName(path).constData()) == 0)
            return true; // and the other name goes with this object
        if (errno == EEXIST)
            return false;
#endif
        return m_kept = m_file.rename(path); // where a file has but one name
    }

    QFile m_file;
    bool m_kept = false;
};

// The whole file, as it was issued, under a name of its own yet.
Outcome fillPart(PartFile &part, QFile &from, const CopyOrder &order, const std::atomic_bool &cancelled)
{
    if (!part.open())
        return cannotWrite(part.file(), order.folder);
    if (const auto done = copyBytes(from, part.file(), order.folder, cancelled); !done)
        return done;
    if (!flushToDisk(part.file()) || !part.file().seek(0))
        return cannotWrite(part.file(), order.folder);
    return order.sha256.isEmpty() ? Done() : checkDigest(part.file(), order.sha256, cancelled);
}

} // namespace

Error cannotWrite(const QFileDevice &file, const QString &folder)
{
    const QString where = QDir::toNativeSeparators(folder);
    if (!QFileInfo(folder).isDir())
        return {ErrorKind::NotFound,
                SavedCopyText::tr("The folder “%1” is no longer there. Choose another one and try again.")
                    .arg(where),
                file.errorString()};
    if (file.error() == QFileDevice::ResourceError)
        return {ErrorKind::StorageFull,
                SavedCopyText::tr(
                    "There is no room left on the disk for “%1”. Make room or choose another folder, and "
                    "try again.")
                    .arg(where),
                file.errorString()};
    if (!QFileInfo(folder).isWritable() || file.error() == QFileDevice::PermissionsError)
        return {ErrorKind::StorageReadOnly,
                SavedCopyText::tr("Nothing may be written to “%1”. Choose another folder and try again.")
                    .arg(where),
                file.errorString()};
    return {ErrorKind::Storage,
            SavedCopyText::tr("The file could not be written to “%1”. Choose another folder and try again.")
                .arg(where),
            file.errorString()};
}

Result<QString> saveMade(const std::function<Outcome(QFile &)> &make, const QString &folder,
                         const QString &name, const std::atomic_bool &cancelled)
{
    PartFile part(folder);
    if (!part.open())
        return cannotWrite(part.file(), folder);
    if (const auto made = make(part.file()); !made)
        return made.error();
    if (cancelled)
        return copyCancelledError();
    if (!flushToDisk(part.file()))
        return cannotWrite(part.file(), folder);
    if (cancelled)
        return copyCancelledError();
    return part.nameIt(folder, name);
}

Result<QString> saveCopy(const CopyOrder &order, const std::atomic_bool &cancelled)
{
    QFile from(order.from);
    if (!from.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return Error{
            ErrorKind::Storage,
            SavedCopyText::tr("The document’s file cannot be read from this computer’s disk. Try again, and "
                              "have the disk looked at if that does not help."),
            from.errorString()};
    PartFile part(order.folder);
    if (const auto filled = fillPart(part, from, order, cancelled); !filled)
        return filled.error();
    return order.over ? part.takePlace(order.folder, order.name) : part.nameIt(order.folder, order.name);
}

} // namespace Counterfoil
