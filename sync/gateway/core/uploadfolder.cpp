#include "uploadfolder.h"

#include "codec.h"
#include "flush.h"
#include "uploadnote.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <utility>
#include <vector>

namespace Counterfoil {

namespace {

constexpr const char *noteEnd = ".json"; // what it is to be
constexpr const char *partEnd = ".part"; // its bytes so far
constexpr const char *wholeEnd = ".file";
constexpr const char *keptEnd = ".kept"; // the keys of commands that refer to it, one a line
constexpr qint64 noteBytes = 16 * 1024;

Error uploadNotStored(const QString &detail)
{
    return {ErrorKind::Storage, {}, detail};
}

} // namespace

// Only of names that isCommandKey() let through.
QString UploadFolder::path(const std::string &id, const char *end) const
{
    return m_folder + u'/' + QString::fromStdString(id) + QLatin1String(end);
}

// What something refers to may be many, and is read when it is asked for.
void UploadFolder::load()
{
    if (std::exchange(m_loaded, true) || m_folder.isEmpty())
        return;
    for (const QFileInfo &file : QDir(m_folder).entryInfoList(QDir::Files)) {
        const QString name = file.fileName();
        const QString id = file.completeBaseName();
        if (name.endsWith(QLatin1String(wholeEnd)))
            m_bytes += file.size();
        else if (name.endsWith(QLatin1String(noteEnd)) && !QFileInfo::exists(path(id.toStdString(), keptEnd)))
            readIn(id.toStdString());
    }
    for (const auto &[id, upload] : m_uploads)
        m_bytes += upload.complete ? 0 : upload.facts.bytes;
}

bool UploadFolder::readIn(const std::string &id)
{
    QFile file(path(id, noteEnd));
    if (!file.open(QIODevice::ReadOnly) || file.size() > noteBytes)
        return false;
    const auto note = decode<UploadNote>(file.readAll().toStdString());
    if (!note || note->upload != id)
        return false;
    Upload upload;
    upload.facts = {note->upload, note->account, note->name, note->mediaType, note->bytes, note->sha256};
    upload.person = note->person;
    const QFileInfo whole(path(id, wholeEnd));
    const QFileInfo part(path(id, partEnd));
    upload.complete = whole.isFile() && whole.size() == note->bytes;
    upload.received = upload.complete ? note->bytes
        : part.isFile()               ? std::min<std::int64_t>(part.size(), note->bytes)
                                      : 0;
    const QFileInfo touched = upload.complete ? whole : part.isFile() ? part : QFileInfo(file);
    upload.touchedAt = Instant{touched.lastModified().toMSecsSinceEpoch()};
    if (QFile kept(path(id, keptEnd)); kept.open(QIODevice::ReadOnly)) {
        for (const QByteArray &key : kept.read(noteBytes).split('\n')) {
            if (!key.isEmpty())
                upload.keepers.insert(key.toStdString());
        }
    }
    m_uploads.emplace(id, std::move(upload));
    return true;
}

const UploadFolder::Upload *UploadFolder::find(const std::string &id)
{
    load();
    auto found = m_uploads.find(id);
    if (found == m_uploads.end() && !m_folder.isEmpty() && readIn(id))
        found = m_uploads.find(id);
    return found == m_uploads.end() ? nullptr : &found->second;
}

Outcome UploadFolder::writeNote(const Upload &upload) const
{
    const UploadRequest &facts = upload.facts;
    const UploadNote note{facts.upload, facts.account, facts.name,   facts.mediaType,
                          facts.bytes,  facts.sha256,  upload.person};
    const std::string text = encode(note);
    QSaveFile file(path(facts.upload, noteEnd));
    const auto size = static_cast<qint64>(text.size());
    if (!QDir().mkpath(m_folder) || !file.open(QIODevice::WriteOnly) || file.write(text.data(), size) != size
        || !file.commit())
        return uploadNotStored(file.errorString());
    return Done();
}

Outcome UploadFolder::begin(const UploadRequest &facts, const std::string &person, Instant now)
{
    load();
    Upload upload;
    upload.facts = facts;
    upload.person = person;
    upload.touchedAt = now;
    if (const auto done = writeNote(upload); !done)
        return done;
    m_bytes += facts.bytes;
    m_uploads.emplace(facts.upload, std::move(upload));
    return Done();
}

Outcome UploadFolder::append(const std::string &id, std::string_view bytes, Instant now)
{
    Upload &upload = m_uploads.at(id);
    QFile file(path(id, partEnd));
    const auto size = static_cast<qint64>(bytes.size());
    // What stands behind the place that is known was written by a call that failed.
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered) || !file.resize(upload.received)
        || !file.seek(upload.received) || file.write(bytes.data(), size) != size)
        return uploadNotStored(file.errorString());
    upload.received += size;
    upload.touchedAt = now;
    return Done();
}

Result<bool> UploadFolder::complete(const std::string &id)
{
    Upload &upload = m_uploads.at(id);
    QFile file(path(id, partEnd));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadWrite) || !hash.addData(&file) || !flushToDisk(file))
        return uploadNotStored(file.errorString());
    file.close();
    if (hash.result().toHex().toStdString() != upload.facts.sha256) {
        file.remove();
        upload.received = 0;
        return false;
    }
    QFile::remove(path(id, wholeEnd));
    if (!file.rename(path(id, wholeEnd)))
        return uploadNotStored(file.errorString());
    upload.complete = true;
    return true;
}

void UploadFolder::touch(const std::string &id, Instant now)
{
    m_uploads.at(id).touchedAt = now;
}

Outcome UploadFolder::writeKeepers(const std::string &id, const std::set<std::string> &keepers) const
{
    if (keepers.empty()) {
        if (QFile::remove(path(id, keptEnd)) || !QFileInfo::exists(path(id, keptEnd)))
            return Done();
        return uploadNotStored(QStringLiteral("a mark cannot be taken away"));
    }
    QByteArray text;
    for (const std::string &key : keepers)
        text.append(key.data(), static_cast<qsizetype>(key.size())).append('\n');
    QSaveFile mark(path(id, keptEnd));
    if (!mark.open(QIODevice::WriteOnly) || mark.write(text) != text.size() || !mark.commit())
        return uploadNotStored(mark.errorString());
    return Done();
}

Outcome UploadFolder::keep(const std::string &id, const std::string &command)
{
    Upload &upload = m_uploads.at(id);
    auto keepers = upload.keepers;
    if (!keepers.insert(command).second)
        return Done();
    if (const auto done = writeKeepers(id, keepers); !done)
        return done;
    upload.keepers = std::move(keepers);
    return Done();
}

Outcome UploadFolder::release(const std::string &id, const std::string &command, Instant now)
{
    Upload &upload = m_uploads.at(id);
    auto keepers = upload.keepers;
    if (keepers.erase(command) == 0)
        return Done();
    if (const auto done = writeKeepers(id, keepers); !done)
        return done;
    upload.keepers = std::move(keepers);
    upload.touchedAt = now;
    return Done();
}

std::int64_t UploadFolder::bytes()
{
    load();
    return m_bytes;
}

// The note goes last, so that nothing is left without one.
UploadFolder::Uploads::iterator UploadFolder::remove(Uploads::iterator upload)
{
    for (const char *end : {partEnd, wholeEnd, noteEnd})
        QFile::remove(path(upload->first, end));
    m_bytes -= upload->second.facts.bytes;
    return m_uploads.erase(upload);
}

void UploadFolder::makeRoom(const std::string &person, std::int64_t bytes, std::size_t mostFiles,
                            std::int64_t mostBytes)
{
    load();
    std::vector<Uploads::iterator> loose;
    for (auto upload = m_uploads.begin(); upload != m_uploads.end(); ++upload) {
        if (upload->second.keepers.empty() && upload->second.person == person) {
            loose.push_back(upload);
            bytes += upload->second.facts.bytes;
        }
    }
    std::ranges::stable_sort(loose, {}, [](const auto &upload) { return upload->second.touchedAt; });
    for (std::size_t i = 0; i < loose.size() && (bytes > mostBytes || loose.size() - i >= mostFiles); ++i) {
        bytes -= loose[i]->second.facts.bytes;
        remove(loose[i]);
    }
}

void UploadFolder::removeLoose(Instant touchedBefore)
{
    load();
    for (auto upload = m_uploads.begin(); upload != m_uploads.end();) {
        const bool goes = upload->second.keepers.empty() && upload->second.touchedAt < touchedBefore;
        upload = goes ? remove(upload) : std::next(upload);
    }
}

Result<std::unique_ptr<QFile>> UploadFolder::open(const std::string &id) const
{
    auto file = std::make_unique<QFile>(path(id, wholeEnd));
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return uploadNotStored(file->errorString());
    return file;
}

} // namespace Counterfoil
