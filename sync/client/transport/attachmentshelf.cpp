#include "attachmentshelf.h"

#include "attachmentreading.h"
#include "attachmentrules.h"
#include "messages.h"
#include "owneronly.h"

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

Error isNothingTaken(const QString &name)
{
    return {
        ErrorKind::BadInput,
        TEXT("“%1” is neither a photo (JPEG, PNG, WebP, HEIC) nor a PDF, whatever its name says. Add a photo "
             "or a PDF.")
            .arg(name),
        QStringLiteral("a file of another type")};
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

Error cannotRemove(const QString &detail)
{
    return {
        ErrorKind::Storage,
        TEXT("Files that you may not see any more cannot be removed. Check the folder’s permissions and the "
             "disk."),
        detail};
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

Error rightsChanged()
{
    return {ErrorKind::Unauthorized, TEXT("What you may see has just changed. Open or add the file again."),
            QStringLiteral("withdrawn meanwhile")};
}

std::string digestOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString();
}

// What is there, if it has the digest that the record says; else nothing.
QByteArray wholeFile(const QString &at, const Attachment &file)
{
    QFile from(at);
    if (at.isEmpty() || !from.open(QIODevice::ReadOnly) || from.size() != file.bytes)
        return {};
    QByteArray bytes = from.readAll();
    return digestOf(bytes) == file.sha256 ? bytes : QByteArray();
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
        leave();
        m_directory = directory;
        (void)forgetSeen(); // of an earlier run
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
    for (const QString &name : std::as_const(m_needed))
        m_held.remove(name); // from now on the outbox says how long
    (void)sweep();           // what fails is made up for by the next
}

Outcome AttachmentShelf::sweep()
{
    const QDir folder(m_directory + u'/' + QLatin1String(uploadsFolder));
    if (m_directory.isEmpty() || !folder.exists())
        return Done();
    Outcome outcome = Done();
    const QStringList files = folder.entryList(QDir::Files | QDir::Hidden);
    for (const QString &name : files) {
        QFile file(folder.filePath(name));
        if (!m_needed.contains(name) && !m_held.contains(name) && !file.remove())
            outcome = cannotRemove(file.errorString());
    }
    return outcome;
}

void AttachmentShelf::withdraw(const RemoveAccounts &what, const std::function<void(const Outcome &)> &answer)
{
    const auto goes = [&what](const QString &account) {
        return what.all || std::ranges::find(what.accounts, account.toStdString()) != what.accounts.end();
    };
    refuseExpected(goes);
    removeHeld([&goes](const QString &, const Held &held) { return goes(held.account); });
    const Outcome seen = forgetSeen();
    const Outcome swept = sweep();
    answer(seen ? swept : seen);
}

void AttachmentShelf::leave()
{
    refuseExpected([](const QString &) { return true; });
    m_held.clear();
    (void)forgetSeen();
    (void)sweep();
    m_needed.clear();
    m_directory.clear();
}

template <class Which> void AttachmentShelf::refuseExpected(Which which)
{
    m_expected.removeIf([&](QHash<quint64, QString>::iterator expected) {
        const bool goes = which(expected.value());
        if (goes)
            Q_EMIT refused(expected.key(), rightsChanged());
        return goes;
    });
}

Outcome AttachmentShelf::forgetSeen()
{
    ++m_generation; // what is on its way there does not arrive
    if (m_directory.isEmpty())
        return Done();
    const QString at = m_directory + u'/' + QLatin1String(seenFolder);
    Q_EMIT gone(at);
    QDir folder(at);
    if (!folder.exists() || folder.removeRecursively())
        return Done();
    return cannotRemove(QStringLiteral("what was looked at"));
}

void AttachmentShelf::expect(quint64 number, const QString &directory, const QString &account)
{
    if (m_directory.isEmpty() || directory != m_directory)
        Q_EMIT refused(number, signInFirst());
    else
        m_expected.insert(number, account);
}

void AttachmentShelf::take(quint64 number, const QString &name, const QByteArray &bytes)
{
    if (!m_expected.contains(number))
        return;
    const QString account = m_expected.take(number);
    const auto made = copied(name, bytes);
    if (!made) {
        Q_EMIT refused(number, made.error());
        return;
    }
    m_held.insert(fileNameOf(*made), {number, account});
    Q_EMIT taken(number, *made);
}

Result<Attachment> AttachmentShelf::copied(const QString &name, const QByteArray &bytes)
{
    Attachment file;
    const auto head = std::min(static_cast<std::size_t>(bytes.size()), attachmentHeadBytes);
    file.mediaType = attachmentType({bytes.constData(), head});
    if (file.mediaType.empty())
        return isNothingTaken(name);
    if (bytes.size() > mostAttachmentBytes)
        return attachmentTooLarge(name);
    file.upload = m_random.uuid();
    file.name = name.toStdString();
    file.bytes = bytes.size();
    file.sha256 = digestOf(bytes);
    if (const auto made = makeFolder(uploadsFolder); !made)
        return made.error();
    qint64 waiting = 0;
    const auto there = QDir(m_directory + u'/' + QLatin1String(uploadsFolder)).entryInfoList(QDir::Files);
    for (const QFileInfo &each : there)
        waiting += each.size();
    if (waiting + bytes.size() > mostWaitingBytes)
        return tooMuchWaits();
    QSaveFile to(path(uploadsFolder, file)); // on disk when it is said to be taken
    if (!to.open(QIODevice::WriteOnly) || !to.setPermissions(ownerOnlyFile) || to.write(bytes) != bytes.size()
        || !to.commit())
        return cannotKeep(to);
    return file;
}

template <class Which> void AttachmentShelf::removeHeld(Which which)
{
    m_held.removeIf([&](QHash<QString, Held>::iterator held) {
        const bool goes = which(held.key(), held.value());
        if (goes)
            QFile::remove(m_directory + u'/' + QLatin1String(uploadsFolder) + u'/' + held.key());
        return goes;
    });
}

void AttachmentShelf::forget(quint64 number)
{
    m_expected.remove(number);
    removeHeld([number](const QString &, const Held &held) { return held.number == number; });
}

void AttachmentShelf::drop(const QString &upload)
{
    removeHeld([&upload](const QString &name, const Held &) { return name.section(u'.', 0, 0) == upload; });
}

void AttachmentShelf::read(const Attachment &file, std::int64_t offset, const Piece &answer)
{
    QFile from(path(uploadsFolder, file));
    if (from.fileName().isEmpty() || !from.open(QIODevice::ReadOnly) || from.size() != file.bytes
        || !from.seek(offset)) {
        answer(attachmentUnreadable(QString::fromStdString(file.name), from.errorString()));
        return;
    }
    answer(from.read(static_cast<qint64>(Limits::uploadPieceBytes)).toStdString());
}

// Whoever looks at one has a copy of it: a viewer may write to what it shows, and what is sent stays what was
// added.
void AttachmentShelf::find(const Attachment &file)
{
    const QString seen = path(seenFolder, file);
    if (!wholeFile(seen, file).isEmpty())
        Q_EMIT here(file, seen);
    else if (const QByteArray own = wholeFile(path(uploadsFolder, file), file); !own.isEmpty())
        keep(file, own, m_generation);
    else
        Q_EMIT notHere(file, m_generation);
}

void AttachmentShelf::keep(const Attachment &file, const QByteArray &bytes, quint64 generation)
{
    if (generation != m_generation) {
        Q_EMIT failed(file, rightsChanged());
        return;
    }
    const auto made = makeFolder(seenFolder);
    QSaveFile to(path(seenFolder, file));
    if (!made || !to.open(QIODevice::WriteOnly) || !to.setPermissions(ownerOnlyFile)
        || to.write(bytes) != bytes.size() || !to.commit())
        Q_EMIT failed(file, made ? cannotKeep(to) : made.error());
    else
        Q_EMIT here(file, to.fileName());
}

} // namespace Counterfoil
