#include "uploadfolder.h"

#include "codec.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace Counterfoil {

namespace {

constexpr const char *noteEnd = ".json"; // what it is to be
constexpr const char *partEnd = ".part"; // its bytes so far
constexpr const char *wholeEnd = ".file";
constexpr const char *keptEnd = ".kept"; // there while something refers to it
constexpr qint64 noteBytes = 16 * 1024;

// What is written of an upload.
struct UploadNote
{
    std::string upload;
    std::string account;
    std::string name;
    std::string mediaType;
    std::int64_t bytes = 0;
    std::string sha256;
    std::string person;

    static const RecordType type;
};

using FieldTable::field;

constexpr Field uploadNoteFields[] = {
    field<&UploadNote::upload>("upload", "Upload"), field<&UploadNote::account>("account", "Account"),
    field<&UploadNote::name>("name", "Name"),       field<&UploadNote::mediaType>("mediaType", "Media type"),
    field<&UploadNote::bytes>("bytes", "Bytes"),    field<&UploadNote::sha256>("sha256", "SHA-256"),
    field<&UploadNote::person>("person", "Person"),
};

constinit const RecordType UploadNote::type{"uploadNote", "uploadNotes", uploadNoteFields,
                                            &FieldTable::create<UploadNote>};

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

void UploadFolder::load()
{
    if (std::exchange(m_loaded, true) || m_folder.isEmpty())
        return;
    const auto notes
        = QDir(m_folder).entryInfoList({QStringLiteral("*") + QLatin1String(noteEnd)}, QDir::Files);
    for (const QFileInfo &note : notes) {
        QFile file(note.filePath());
        if (!file.open(QIODevice::ReadOnly) || file.size() > noteBytes)
            continue;
        const auto kept = decode<UploadNote>(file.readAll().toStdString());
        const std::string id = note.completeBaseName().toStdString();
        if (!kept || kept->upload != id)
            continue;
        Upload upload;
        upload.facts = {kept->upload, kept->account, kept->name, kept->mediaType, kept->bytes, kept->sha256};
        upload.person = kept->person;
        const QFileInfo whole(path(id, wholeEnd));
        const QFileInfo part(path(id, partEnd));
        upload.complete = whole.isFile() && whole.size() == kept->bytes;
        upload.received = upload.complete ? kept->bytes : part.isFile() ? part.size() : 0;
        upload.kept = QFileInfo::exists(path(id, keptEnd));
        upload.touchedAt = Instant{(upload.complete     ? whole
                                        : part.isFile() ? part
                                                        : note)
                                       .lastModified()
                                       .toMSecsSinceEpoch()};
        m_uploads.emplace(id, std::move(upload));
    }
}

const UploadFolder::Upload *UploadFolder::find(const std::string &id)
{
    load();
    const auto found = m_uploads.find(id);
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
    m_uploads[facts.upload] = std::move(upload);
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
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
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

Outcome UploadFolder::keep(const std::string &id)
{
    Upload &upload = m_uploads.at(id);
    if (upload.kept)
        return Done();
    QFile mark(path(id, keptEnd));
    if (!mark.open(QIODevice::WriteOnly))
        return uploadNotStored(mark.errorString());
    upload.kept = true;
    return Done();
}

std::int64_t UploadFolder::looseBytes(const std::string &account)
{
    load();
    std::int64_t bytes = 0;
    for (const auto &[id, upload] : m_uploads)
        bytes += !upload.kept && upload.facts.account == account ? upload.facts.bytes : 0;
    return bytes;
}

std::size_t UploadFolder::unfinishedOf(const std::string &person)
{
    load();
    std::size_t count = 0;
    for (const auto &[id, upload] : m_uploads)
        count += !upload.complete && upload.person == person ? 1 : 0;
    return count;
}

void UploadFolder::removeLoose(Instant touchedBefore)
{
    load();
    std::erase_if(m_uploads, [&](const auto &each) {
        const auto &[id, upload] = each;
        if (upload.kept || upload.touchedAt >= touchedBefore)
            return false;
        for (const char *end :
             {partEnd, wholeEnd, noteEnd}) // the note last, so that nothing is left without one
            QFile::remove(path(id, end));
        return true;
    });
}

Result<std::unique_ptr<QFile>> UploadFolder::open(const std::string &id) const
{
    auto file = std::make_unique<QFile>(path(id, wholeEnd));
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return uploadNotStored(file->errorString());
    return file;
}

} // namespace Counterfoil
