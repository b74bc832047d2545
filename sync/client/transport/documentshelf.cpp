#include "documentshelf.h"

#include "document.h"
#include "recordreader.h"
#include "tuning.h"

#include <algorithm>
#include <span>

namespace Counterfoil {

namespace {

constexpr std::size_t rowsAtOnce = 500;

Error closed()
{
    return {ErrorKind::Cancelled, {}, QStringLiteral("no profile")};
}

} // namespace

DocumentShelf::DocumentShelf(DocumentFolder::FullDiskTest isFull)
    : m_isFull(std::move(isFull))
{ }

DocumentShelf::~DocumentShelf() = default;

void DocumentShelf::open(const Profile &profile)
{
    if (m_folder && m_directory == profile.directory) {
        m_reader->reopen();
        return;
    }
    close();
    m_directory = profile.directory;
    m_reader = std::make_unique<CacheReader>(profile.cachePath());
    m_folder = std::make_unique<DocumentFolder>(profile.directory, m_isFull);
}

void DocumentShelf::close()
{
    m_folder.reset();
    m_reader.reset();
    m_fetched.clear();
}

ShelfEntry DocumentShelf::entryOf(const CachedRecord &row) const
{
    const Document &document = *row.record.as<Document>();
    ShelfEntry entry;
    entry.id = row.id;
    entry.key = document.key;
    entry.account = document.account;
    entry.paper = document.paper;
    entry.dated = document.dated;
    entry.bytes = document.bytes;
    if (document.issued) {
        // Anything else could lead out of the folder.
        if (DocumentFolder::isDigest(document.sha256))
            entry.sha256 = document.sha256;
    } else if (const auto found = m_fetched.find(document.key);
               found != m_fetched.end() && found->second.account == document.account) {
        entry.sha256 = found->second.sha256;
    }
    return entry;
}

Result<ShelfStock> DocumentShelf::takeStock(const TakeStock &what, bool complete)
{
    if (!m_folder)
        return closed();
    DocumentFolder::Found found = m_folder->look(); // before the records: a file always has one already
    RecordQuery newestFirst;
    newestFirst.kind = &Document::type;
    newestFirst.sortField = "dated";
    const auto ids = RecordReader(*m_reader).ids(newestFirst);
    if (!ids)
        return ids.error();
    ShelfStock stock;
    stock.known = static_cast<std::int64_t>(ids->size());
    QSet<QString> parts;
    QSet<QString> claimed;
    QSet<QString> pins;
    std::size_t missing = 0;
    for (std::size_t at = 0; at < ids->size(); at += rowsAtOnce) {
        const std::span some = std::span(*ids).subspan(at, std::min(rowsAtOnce, ids->size() - at));
        const auto rows = m_reader->byIds(Document::type, some, WithLists::No);
        if (!rows)
            return rows.error();
        for (const CachedRecord &row : *rows) {
            ShelfEntry entry = entryOf(row);
            const QString path = DocumentFolder::filePath(entry.account, entry.sha256);
            if (const auto file = found.files.constFind(path); file != found.files.cend()) {
                entry.here = true;
                entry.bytes = file->bytes;
                entry.opened = file->opened;
                claimed.insert(path);
            }
            if (!found.others.isEmpty())
                parts.insert(DocumentFolder::partPath(entry.account, entry.key));
            if (!found.pins.isEmpty()) {
                const QString pin = DocumentFolder::pinPath(entry.account, entry.key);
                entry.pinned = found.pins.contains(pin);
                pins.insert(pin);
            }
            const bool ahead = !entry.here && entry.dated >= what.since && missing < Tuning::aheadCount
                && what.rule.takes(entry);
            missing += ahead ? 1 : 0;
            if (entry.here || entry.pinned || ahead)
                stock.entries.push_back(std::move(entry));
        }
    }
    if (complete)
        sweep(what.oldestPart, found, claimed, parts, pins);
    return stock;
}

// Removes what belongs to no record: it was withdrawn, or replaced, or the program ended in between.
void DocumentShelf::sweep(Instant oldestPart, const DocumentFolder::Found &found,
                          const QSet<QString> &claimed, const QSet<QString> &parts, const QSet<QString> &pins)
{
    for (const QString &pin : found.pins) {
        if (!pins.contains(pin))
            m_folder->remove(pin);
    }
    for (auto file = found.files.cbegin(); file != found.files.cend(); ++file) {
        if (!claimed.contains(file.key()))
            m_folder->remove(file.key());
    }
    for (const QString &path : found.others) {
        const QString part = DocumentFolder::partOf(path);
        if (!m_folder->isInUse(path) && (!parts.contains(part) || m_folder->isOld(path, oldestPart)))
            m_folder->remove(path);
    }
    m_folder->tidy();
}

Result<RecordsRead> DocumentShelf::read(const ReadRecords &what)
{
    if (!m_folder)
        return closed();
    RecordsRead read;
    const auto rows = m_reader->byIds(Document::type, what.ids, WithLists::No);
    const auto known = m_reader->count(Document::type);
    if (!rows || !known)
        return rows ? known.error() : rows.error();
    read.known = *known;
    QSet<qint64> here;
    const auto take = [&](const CachedRecord &row) {
        here.insert(row.id);
        ShelfEntry entry = entryOf(row);
        if (const auto file = m_folder->find(entry.account, entry.sha256)) {
            entry.here = true;
            entry.bytes = file->bytes;
            entry.opened = file->opened;
        }
        entry.pinned = m_folder->isPinned(entry.account, entry.key);
        read.entries.push_back(std::move(entry));
    };
    for (const CachedRecord &row : *rows)
        take(row);
    for (const std::string &key : what.keys) {
        const auto row = m_reader->byKey(Document::type, key);
        if (!row)
            return row.error();
        if (*row)
            take(**row);
    }
    for (const std::int64_t id : what.ids) {
        if (!here.contains(id))
            read.gone.push_back(id);
    }
    return read;
}

Result<DocumentShelf::Unread> DocumentShelf::unread(const std::string &program, std::size_t most)
{
    if (!m_folder)
        return closed();
    const auto found = FileTexts(*m_reader, Document::type).unread(program, most);
    if (!found)
        return found.error();
    Unread unread;
    unread.later = found->later;
    for (const UnreadFile &record : found->files) {
        if (!DocumentFolder::isDigest(record.digest))
            continue; // could lead out of the folder
        unread.records.push_back(record);
        unread.files.append(DocumentFolder::root(m_directory) + u'/'
                            + DocumentFolder::filePath(record.account, record.digest));
    }
    return unread;
}

Outcome DocumentShelf::keepPin(const KeepPin &what)
{
    return m_folder ? m_folder->setPinned(what.account, what.key, what.pinned) : Outcome(closed());
}

Result<FileState> DocumentShelf::openFile(const OpenFile &what)
{
    return m_folder ? m_folder->open(what) : closed();
}

void DocumentShelf::remove(const RemoveFile &what)
{
    if (m_folder)
        m_folder->remove(DocumentFolder::filePath(what.account, what.sha256));
}

Outcome DocumentShelf::removeAccounts(const RemoveAccounts &what)
{
    return m_folder ? m_folder->removeAccounts(what) : Done();
}

Result<PartState> DocumentShelf::begin(TransferId id, const std::string &account, const std::string &document)
{
    if (!m_folder)
        return closed();
    return m_folder->begin(id, account, document);
}

Outcome DocumentShelf::place(TransferId id, const DocumentAnswer &answer)
{
    return m_folder ? m_folder->place(id, answer) : closed();
}

Outcome DocumentShelf::write(TransferId id, const QByteArray &bytes)
{
    return m_folder ? m_folder->write(id, bytes) : closed();
}

Outcome DocumentShelf::discard(TransferId id)
{
    if (m_folder)
        m_folder->discard(id);
    return Done();
}

void DocumentShelf::leave(TransferId id)
{
    if (m_folder)
        m_folder->leave(id);
}

Result<std::optional<Transferred>> DocumentShelf::finish(const StartTransfer &what, const std::string &sha256)
{
    if (!m_folder)
        return closed();
    auto finished = m_folder->finish(what.id, sha256, what.dated);
    if (finished && *finished)
        m_fetched[what.key] = {what.account, sha256};
    return finished;
}

} // namespace Counterfoil
