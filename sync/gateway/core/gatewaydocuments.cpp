#include "gatewaydocuments.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDirIterator>
#include <QFileInfo>
#include <QMutex>
#include <QSaveFile>

#include <algorithm>
#include <filesystem>

namespace Counterfoil {

namespace {

constexpr qint64 readAtOnce = 256 * 1024;
constexpr std::size_t digestDigits = 64;
constexpr std::int64_t keptEighths = 7;    // of the room, when there was none left
constexpr qint64 askedAgainMs = 3'600'000; // that a file was asked for is noted once within that

QString incoming(const QString &folder)
{
    return folder + QStringLiteral("/incoming");
}

Error notStored(ErrorKind kind, const QString &detail)
{
    return {kind,
            QCoreApplication::translate("Gateway",
                                        "A document cannot be kept. Check the gateway's folder and its free "
                                        "space."),
            detail};
}

bool hasDigest(QFile &file, const std::string &sha256)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray piece(readAtOnce, Qt::Uninitialized);
    for (;;) {
        const qint64 got = file.read(piece.data(), piece.size());
        if (got < 0)
            return false;
        if (got == 0)
            return hash.result().toHex().toStdString() == sha256;
        hash.addData(QByteArrayView(piece.constData(), got));
    }
}

} // namespace

struct GatewayDocuments::Held
{
    QMutex mutex;
    std::int64_t bytes = -1; // at least; -1: to be counted
};

GatewayDocuments::GatewayDocuments(QString folder, std::int64_t room)
    : m_folder(std::move(folder))
    , m_room(room)
    , m_held(std::make_unique<Held>())
{ }

GatewayDocuments::~GatewayDocuments() = default;

QString GatewayDocuments::pathOf(const std::string &sha256) const
{
    const bool digest = sha256.size() == digestDigits && std::ranges::all_of(sha256, [](char c) {
                            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                        });
    if (!digest)
        return {};
    const QString name = QString::fromStdString(sha256);
    return m_folder + u'/' + name.left(2) + u'/' + name;
}

void GatewayDocuments::removeLeftovers() const
{
    QDir(incoming(m_folder)).removeRecursively();
}

bool GatewayDocuments::holds(const std::string &sha256, std::int64_t bytes) const
{
    const QString path = pathOf(sha256);
    const QFileInfo file(path);
    return !path.isEmpty() && file.isFile() && file.size() == bytes;
}

Outcome GatewayDocuments::put(const std::string &sha256, std::string_view bytes) const
{
    const QString path = pathOf(sha256);
    if (path.isEmpty())
        return notStored(ErrorKind::BadInput, QStringLiteral("no digest"));
    if (!QDir().mkpath(incoming(m_folder)) || !QDir().mkpath(QFileInfo(path).path()))
        return notStored(ErrorKind::Storage, QStringLiteral("cannot make the folder %1").arg(m_folder));
    const QString arriving = incoming(m_folder) + u'/' + QString::fromStdString(sha256);
    QSaveFile file(arriving); // its commit() waits for the disk
    const auto size = static_cast<qint64>(bytes.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), size) != size || !file.commit())
        return notStored(ErrorKind::Storage, file.errorString());
    std::error_code error;
    std::filesystem::rename(arriving.toStdU16String(), path.toStdU16String(), error);
    if (error) {
        QFile::remove(arriving);
        return notStored(ErrorKind::Storage, QString::fromStdString(error.message()));
    }
    makeRoom(path, size);
    return Done();
}

// Counts all files once in a process, and then whenever they may be too many.
void GatewayDocuments::makeRoom(const QString &newest, std::int64_t bytes) const
{
    const QMutexLocker locker(&m_held->mutex);
    if (m_held->bytes >= 0)
        m_held->bytes += bytes;
    if (m_held->bytes >= 0 && m_held->bytes <= m_room)
        return;
    std::vector<QFileInfo> files;
    std::int64_t held = 0;
    for (QDirIterator each(m_folder, QDir::Files, QDirIterator::Subdirectories); each.hasNext();) {
        files.emplace_back(each.next());
        held += files.back().size();
    }
    if (held > m_room) {
        std::ranges::sort(files, {}, [](const QFileInfo &file) { return file.lastModified(); });
        for (const QFileInfo &file : files) {
            if (held <= m_room / 8 * keptEighths)
                break;
            if (file.filePath() != newest && QFile::remove(file.filePath()))
                held -= file.size();
        }
    }
    m_held->bytes = held;
}

Result<std::unique_ptr<QFile>> GatewayDocuments::open(const std::string &sha256) const
{
    const QString path = pathOf(sha256);
    auto file = std::make_unique<QFile>(path);
    if (path.isEmpty() || !file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return notStored(ErrorKind::NotFound, QStringLiteral("not there"));
    if (!hasDigest(*file, sha256) || !file->seek(0)) {
        file->remove();
        return notStored(ErrorKind::StorageCorrupt, QStringLiteral("%1 held other bytes").arg(path));
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (file->fileTime(QFileDevice::FileModificationTime).msecsTo(now) > askedAgainMs)
        file->setFileTime(now, QFileDevice::FileModificationTime);
    return file;
}

} // namespace Counterfoil
