#include "documentfolder.h"

#include "documenterrors.h"
#include "messages.h"
#include "owneronly.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <filesystem>

namespace Counterfoil {

namespace {

constexpr std::size_t digestDigits = 64;
constexpr qint64 resumeBytes = 4'096; // a larger file is none of ours

constexpr QLatin1String partSuffix(".part");
constexpr QLatin1String resumeSuffix(".resume");
constexpr QLatin1String fileSuffix(".pdf");
constexpr QLatin1String pinSuffix(".pin");

QString hashed(const std::string &key)
{
    const QByteArray bytes = QByteArray::fromStdString(key);
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(32));
}

Error noRoom(const QString &detail)
{
    return {ErrorKind::StorageFull,
            QCoreApplication::translate("Documents",
                                        "There is no room left on this computer for this document. Make "
                                        "room; it is fetched again by itself."),
            detail};
}

Error cannot(const QFileDevice &file)
{
    if (file.error() == QFileDevice::ResourceError)
        return noRoom(file.errorString());
    return {ErrorKind::Storage,
            QCoreApplication::translate("Documents",
                                        "Counterfoil cannot keep this document in its folder. Check the "
                                        "folder's permissions and the disk."),
            file.errorString()};
}

Error cannotUse(const QString &path)
{
    const QFile file(path);
    Error error = cannot(file);
    error.detail = QStringLiteral("cannot use %1").arg(path);
    return error;
}

// The file was removed under the transfer's hands.
Error gone()
{
    return {ErrorKind::Timeout,
            QCoreApplication::translate("Documents",
                                        "This document was being removed while it came. It is fetched again "
                                        "by itself."),
            QStringLiteral("the part is not as it was left")};
}

Instant changedAt(const QFileInfo &info)
{
    return Instant{info.lastModified().toMSecsSinceEpoch()};
}

// Empty: it could not be read.
std::string digestOf(QFile &file)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return hash.result().toHex().toStdString();
}

// What a part's notes say, with its size; nothing when there are none that can be read.
PartState readResume(const QString &part)
{
    QFile file(part + resumeSuffix);
    if (!file.open(QIODevice::ReadOnly) || file.size() > resumeBytes)
        return {};
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    PartState state;
    state.bytes = QFileInfo(part).size();
    state.total = json[QStringLiteral("total")].toInteger();
    state.etag = json[QStringLiteral("etag")].toString().toStdString();
    state.sha256 = json[QStringLiteral("sha256")].toString().toStdString();
    return state;
}

Outcome writeResume(const QString &part, const DocumentAnswer &answer)
{
    QFile::remove(part + resumeSuffix);
    if (answer.etag.empty() || answer.total == 0)
        return Done(); // there is no going on with it
    const QJsonObject json{{QStringLiteral("total"), static_cast<qint64>(answer.total)},
                           {QStringLiteral("etag"), QString::fromStdString(answer.etag)},
                           {QStringLiteral("sha256"), QString::fromStdString(answer.sha256)}};
    QSaveFile file(part + resumeSuffix);
    const QByteArray bytes = QJsonDocument(json).toJson();
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(ownerOnlyFile)
        && file.write(bytes) == bytes.size() && file.commit())
        return Done();
    return cannot(file);
}

// The time of a file says when its document was last opened; a copy that nobody has opened yet says its
// document's date.
void setOpened(const QString &path, Instant opened)
{
    QFile file(path);
    if (file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        file.setFileTime(QDateTime::fromMSecsSinceEpoch(opened.isSet() ? opened.ms : 0, Qt::UTC),
                         QFileDevice::FileModificationTime);
}

} // namespace

DocumentFolder::DocumentFolder(const QString &profileDirectory, FullDiskTest isFull)
    : m_root(root(profileDirectory))
    , m_isFull(std::move(isFull))
{ }

bool DocumentFolder::isDigest(const std::string &sha256)
{
    return sha256.size() == digestDigits && sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
}

QString DocumentFolder::root(const QString &profileDirectory)
{
    return profileDirectory + QStringLiteral("/documents");
}

QString DocumentFolder::filePath(const std::string &account, const std::string &sha256)
{
    return hashed(account) + u'/' + QString::fromStdString(sha256) + fileSuffix;
}

QString DocumentFolder::partPath(const std::string &account, const std::string &document)
{
    return hashed(account) + u'/' + hashed(document) + partSuffix;
}

QString DocumentFolder::pinPath(const std::string &account, const std::string &document)
{
    return hashed(account) + u'/' + hashed(document) + pinSuffix;
}

QString DocumentFolder::partOf(const QString &path)
{
    return path.endsWith(resumeSuffix) ? path.chopped(resumeSuffix.size()) : path;
}

QString DocumentFolder::absolute(const QString &path) const
{
    return m_root + u'/' + path;
}

DocumentFolder::Found DocumentFolder::look() const
{
    Found found;
    const QDir root(m_root);
    QDirIterator each(m_root, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QFileInfo info = each.nextFileInfo();
        const QString path = root.relativeFilePath(info.filePath());
        if (path.endsWith(fileSuffix) && isDigest(info.completeBaseName().toStdString())) {
            ShelfEntry entry;
            entry.bytes = info.size();
            entry.opened = changedAt(info);
            found.files.insert(path, entry);
        } else if (path.endsWith(pinSuffix)) {
            found.pins.insert(path);
        } else {
            found.others.push_back(path);
        }
    }
    return found;
}

std::optional<ShelfEntry> DocumentFolder::find(const std::string &account, const std::string &sha256) const
{
    const QFileInfo info(absolute(filePath(account, sha256)));
    if (sha256.empty() || !info.isFile())
        return std::nullopt;
    ShelfEntry entry;
    entry.bytes = info.size();
    entry.opened = changedAt(info);
    return entry;
}

Result<FileState> DocumentFolder::open(const OpenFile &what)
{
    const QString path = filePath(what.account, what.sha256);
    QFile file(absolute(path));
    QFileInfo info(file);
    if (!info.isFile())
        return FileState::Missing;
    const auto known = m_checked.constFind(path);
    if (known == m_checked.cend() || known->size != info.size() || known->changed != changedAt(info)) {
        const std::string digest = digestOf(file);
        if (digest.empty())
            return cannot(file);
        if (digest != what.sha256) {
            remove(path);
            return FileState::Damaged;
        }
    }
    setOpened(info.filePath(), what.at);
    info.refresh();
    m_checked.insert(path, {info.size(), changedAt(info)});
    return FileState::Sound;
}

void DocumentFolder::remove(const QString &path)
{
    m_checked.remove(path);
    QFile::remove(absolute(path));
}

bool DocumentFolder::isInUse(const QString &path) const
{
    return std::any_of(m_parts.begin(), m_parts.end(),
                       [&](const auto &part) { return part.second.path == partOf(path); });
}

bool DocumentFolder::isOld(const QString &path, Instant before) const
{
    return changedAt(QFileInfo(absolute(path))) < before;
}

void DocumentFolder::tidy()
{
    QDir root(m_root);
    const QStringList folders = root.entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString &folder : folders)
        root.rmdir(folder); // of one that is not empty nothing goes
}

bool DocumentFolder::isPinned(const std::string &account, const std::string &document) const
{
    return QFileInfo::exists(absolute(pinPath(account, document)));
}

Outcome DocumentFolder::setPinned(const std::string &account, const std::string &document, bool pinned)
{
    QFile file(absolute(pinPath(account, document)));
    if (!pinned) {
        if (file.exists() && !file.remove())
            return cannot(file);
        return Done();
    }
    if (auto made = makeFolder(account); !made)
        return made;
    if (!file.open(QIODevice::WriteOnly, ownerOnlyFile))
        return cannot(file);
    return Done();
}

Outcome DocumentFolder::removeAccounts(const RemoveAccounts &what)
{
    QStringList folders;
    if (what.all)
        folders.push_back(m_root);
    for (const std::string &account : what.accounts)
        folders.push_back(absolute(hashed(account)));
    m_checked.clear();
    m_parts.clear();
    Outcome outcome = Done();
    for (const QString &folder : folders) {
        if (QDir(folder).exists() && !QDir(folder).removeRecursively())
            outcome = cannotUse(folder);
    }
    return outcome;
}

PartState DocumentFolder::begin(TransferId id, const std::string &account, const std::string &document)
{
    const QString path = partPath(account, document);
    m_parts[id] = {account, path, nullptr, 0};
    const PartState state = readResume(absolute(path));
    // What is longer than it should be is not what its notes say.
    return state.bytes > 0 && state.bytes <= state.total ? state : PartState();
}

Outcome DocumentFolder::place(TransferId id, const DocumentAnswer &answer)
{
    const auto found = m_parts.find(id);
    if (found == m_parts.end())
        return gone();
    Part &part = found->second;
    if (auto made = makeFolder(part.account); !made) // only now, since empty ones are tidied away
        return made;
    const QString path = absolute(part.path);
    if (answer.offset == 0) {
        QFile::remove(path);
        if (const auto noted = writeResume(path, answer); !noted)
            return noted;
    }
    part.size = answer.offset;
    part.file = std::make_unique<QFile>(path);
    // Unbuffered: what was written is there, whenever the program ends.
    if (!part.file->open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered, ownerOnlyFile))
        return cannot(*part.file);
    if (part.file->size() == answer.offset)
        return Done();
    leave(id);
    return gone();
}

Outcome DocumentFolder::write(TransferId id, const QByteArray &bytes)
{
    const auto found = m_parts.find(id);
    if (found == m_parts.end() || !found->second.file)
        return gone();
    Part &part = found->second;
    part.size += bytes.size();
    if (part.size > static_cast<std::int64_t>(Limits::documentBytes)) {
        removePart(part.path);
        m_parts.erase(found);
        return DocumentErrors::tooLarge();
    }
    if (m_isFull && m_isFull(bytes.size()))
        return noRoom(QStringLiteral("made full by a test"));
    if (part.file->write(bytes) != bytes.size())
        return cannot(*part.file);
    return Done();
}

Result<std::optional<Transferred>> DocumentFolder::finish(TransferId id, const std::string &sha256,
                                                          Instant opened)
{
    const auto found = m_parts.find(id);
    if (found == m_parts.end())
        return gone();
    const Part part = std::move(found->second);
    m_parts.erase(found);
    QFile file(absolute(part.path));
    const std::string digest = digestOf(file);
    const qint64 size = file.size();
    file.close();
    if (digest.empty())
        return cannot(file);
    if (digest != sha256) {
        removePart(part.path);
        return std::optional<Transferred>();
    }
    setOpened(file.fileName(), opened);
    const QString path = filePath(part.account, sha256);
    std::error_code failed;
    std::filesystem::rename(file.filesystemFileName(), QFile(absolute(path)).filesystemFileName(), failed);
    if (failed)
        return cannotUse(absolute(path));
    removePart(part.path);
    m_checked.insert(path, {size, changedAt(QFileInfo(absolute(path)))});
    return std::optional(Transferred{sha256, size});
}

void DocumentFolder::leave(TransferId id)
{
    m_parts.erase(id);
}

void DocumentFolder::discard(TransferId id)
{
    const auto found = m_parts.find(id);
    if (found == m_parts.end())
        return;
    found->second.file.reset();
    removePart(found->second.path);
}

void DocumentFolder::removePart(const QString &path)
{
    QFile::remove(absolute(path));
    QFile::remove(absolute(path) + resumeSuffix);
}

Outcome DocumentFolder::makeFolder(const std::string &account) const
{
    for (const QString &path : {m_root, absolute(hashed(account))}) {
        if (!QDir().mkpath(path) || !QFile::setPermissions(path, ownerOnlyDirectory))
            return cannotUse(path);
    }
    return Done();
}

} // namespace Counterfoil
