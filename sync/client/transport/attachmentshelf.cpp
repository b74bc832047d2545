#include "attachmentshelf.h"

#include "attachmentrules.h"
#include "messages.h"
#include "owneronly.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace Counterfoil {

namespace {

#define TEXT(text) QCoreApplication::translate("Attachments", text)

constexpr const char *uploadsFolder = "uploads";
constexpr const char *seenFolder = "attachments";
constexpr qint64 copyBytes = 256 * 1024;
constexpr qsizetype nameCharacters = 120; // of what the record says; the rest is left out

Error isTooLarge(const QString &name)
{
    return {ErrorKind::BadInput,
            TEXT("“%1” is too large: a file has at most 20 MB. Make the picture smaller, then add it again.")
                .arg(name),
            QStringLiteral("a file too large")};
}

Error isNothingTaken(const QString &name)
{
    return {
        ErrorKind::BadInput,
        TEXT("“%1” is neither a photo (JPEG, PNG, WebP, HEIC) nor a PDF, whatever its name says. Add a photo "
             "or a PDF.")
            .arg(name),
        QStringLiteral("a file of another type")};
}

Error cannotRead(const QString &name, const QString &detail)
{
    return {ErrorKind::BadInput,
            TEXT("“%1” cannot be read. Check that it is still there and that you may read it.").arg(name),
            detail};
}

Error cannotKeep(const QFileDevice &file)
{
    const bool full = file.error() == QFileDevice::ResourceError;
    return {
        full ? ErrorKind::StorageFull : ErrorKind::Storage,
        full ? TEXT("There is no room left on this computer for this file. Make room, then add it again.")
             : TEXT("Counterfoil cannot keep this file in its folder. Check the folder’s permissions and the "
                    "disk."),
        file.errorString()};
}

Error tooMuchWaits()
{
    return {
        ErrorKind::Rejected,
        TEXT("So many files wait to be sent that no more are taken. Connect, and add it once they are sent."),
        QStringLiteral("more than mostWaitingBytes")};
}

Error signInFirst()
{
    return {ErrorKind::Unauthorized, TEXT("Sign in first. The file was not added."),
            QStringLiteral("no profile is open")};
}

// As the record has it: without a folder, and what may be printed.
QString plainName(const QString &name)
{
    QString plain;
    for (const QChar c : name) {
        if (c.isPrint())
            plain += c;
    }
    return plain.trimmed().right(nameCharacters);
}

bool isId(const std::string &upload)
{
    return !upload.empty() && upload.size() <= Limits::commandKeyBytes
        && std::ranges::all_of(upload, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
           });
}

QString fileNameOf(const Attachment &file)
{
    const std::string_view ending = attachmentEnding(file.mediaType);
    return isId(file.upload) && !ending.empty()
        ? QString::fromStdString(file.upload) + QString::fromUtf8(ending.data(), std::ssize(ending))
        : QString();
}

#undef TEXT

} // namespace

QString AttachmentShelf::path(const char *folder, const Attachment &file) const
{
    const QString name = fileNameOf(file);
    return m_directory.isEmpty() || name.isEmpty() ? QString()
                                                   : m_directory + u'/' + QLatin1String(folder) + u'/' + name;
}

Outcome AttachmentShelf::makeFolder(const char *folder) const
{
    const QString at = m_directory + u'/' + QLatin1String(folder);
    if (QDir().mkpath(at) && QFile::setPermissions(at, ownerOnlyDirectory))
        return Done();
    return cannotKeep(QFile(at));
}

void AttachmentShelf::follow(const QString &directory, const OutboxEntries &entries)
{
    if (directory != m_directory) {
        m_held.clear();
        m_directory = directory;
        forgetSeen();
    }
    m_needed.clear();
    for (const OutboxEntry &entry : *entries) {
        const bool over = entry.state == OutboxEntry::State::Applied
            || entry.state == OutboxEntry::State::Cancelled || (entry.isFinished() && !entry.needsDecision());
        if (over || !entry.command.kind)
            continue;
        for (const Attachment &file : attachmentsOf(entry.command))
            m_needed.insert(fileNameOf(file));
    }
    m_held -= m_needed; // from now on the outbox says how long
    sweep();
}

void AttachmentShelf::sweep()
{
    QDir folder(m_directory + u'/' + QLatin1String(uploadsFolder));
    if (m_directory.isEmpty() || !folder.exists())
        return;
    const QStringList files = folder.entryList(QDir::Files | QDir::Hidden);
    for (const QString &file : files) {
        if (!m_needed.contains(file) && !m_held.contains(file))
            folder.remove(file);
    }
}

void AttachmentShelf::forgetSeen()
{
    if (!m_directory.isEmpty())
        QDir(m_directory + u'/' + QLatin1String(seenFolder)).removeRecursively();
}

void AttachmentShelf::take(quint64 number, const QString &directory, const QString &path)
{
    const QString name = plainName(QFileInfo(path).fileName());
    QFile file(path);
    // What is no file may never end.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        Q_EMIT refused(number, cannotRead(name, file.errorString()));
        return;
    }
    const auto made = file.size() > mostAttachmentBytes ? Result<Attachment>(isTooLarge(name))
                                                        : copied(directory, name, file);
    if (made)
        Q_EMIT taken(number, *made);
    else
        Q_EMIT refused(number, made.error());
}

void AttachmentShelf::takeBytes(quint64 number, const QString &directory, const QString &name,
                                const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    const auto made = copied(directory, plainName(name), buffer);
    if (made)
        Q_EMIT taken(number, *made);
    else
        Q_EMIT refused(number, made.error());
}

Result<Attachment> AttachmentShelf::copied(const QString &directory, const QString &name, QIODevice &from)
{
    if (m_directory.isEmpty() || directory != m_directory)
        return signInFirst();
    const QByteArray head = from.peek(static_cast<qint64>(attachmentHeadBytes));
    Attachment file;
    file.mediaType = attachmentType({head.constData(), static_cast<std::size_t>(head.size())});
    if (file.mediaType.empty())
        return isNothingTaken(name);
    file.upload = m_random.uuid();
    file.name = name.toStdString();
    if (const auto made = makeFolder(uploadsFolder); !made)
        return made.error();
    qint64 waiting = 0;
    const auto there = QDir(m_directory + u'/' + QLatin1String(uploadsFolder)).entryInfoList(QDir::Files);
    for (const QFileInfo &each : there)
        waiting += each.size();
    if (waiting + from.size() > mostWaitingBytes)
        return tooMuchWaits();
    QSaveFile to(path(uploadsFolder, file)); // on disk when it is said to be taken
    if (!to.open(QIODevice::WriteOnly) || !to.setPermissions(ownerOnlyFile))
        return cannotKeep(to);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    while (!from.atEnd()) {
        const QByteArray piece = from.read(copyBytes);
        if (piece.isEmpty())
            return cannotRead(name, from.errorString());
        file.bytes += piece.size();
        if (file.bytes > mostAttachmentBytes) // it grew meanwhile
            return isTooLarge(name);
        hash.addData(piece);
        if (to.write(piece) != piece.size())
            return cannotKeep(to);
    }
    file.sha256 = hash.result().toHex().toStdString();
    if (!to.commit())
        return cannotKeep(to);
    m_held.insert(fileNameOf(file));
    return file;
}

void AttachmentShelf::drop(const QString &upload)
{
    const auto isOf = [&upload](const QString &name) { return name.section(u'.', 0, 0) == upload; };
    const auto found = std::ranges::find_if(m_held, isOf);
    if (found == m_held.end())
        return;
    QFile::remove(m_directory + u'/' + QLatin1String(uploadsFolder) + u'/' + *found);
    m_held.erase(found);
}

void AttachmentShelf::read(const Attachment &file, std::int64_t offset, const Piece &answer)
{
    QFile from(path(uploadsFolder, file));
    if (from.fileName().isEmpty() || !from.open(QIODevice::ReadOnly) || from.size() != file.bytes
        || !from.seek(offset)) {
        answer(cannotRead(QString::fromStdString(file.name), from.errorString()));
        return;
    }
    answer(from.read(static_cast<qint64>(Limits::uploadPieceBytes)).toStdString());
}

void AttachmentShelf::find(const Attachment &file)
{
    for (const char *folder : {uploadsFolder, seenFolder}) {
        const QString at = path(folder, file);
        if (!at.isEmpty() && QFileInfo(at).size() == file.bytes) {
            Q_EMIT here(file, at);
            return;
        }
    }
    Q_EMIT notHere(file);
}

void AttachmentShelf::keep(const Attachment &file, const QByteArray &bytes)
{
    const auto made = makeFolder(seenFolder);
    QSaveFile to(path(seenFolder, file));
    if (!made || !to.open(QIODevice::WriteOnly) || !to.setPermissions(ownerOnlyFile)
        || to.write(bytes) != bytes.size() || !to.commit())
        Q_EMIT failed(file, made ? cannotKeep(to) : made.error());
    else
        Q_EMIT here(file, to.fileName());
}

} // namespace Counterfoil
