#include "documentshelf.h"

#include "document.h"
#include "recordreader.h"
#include "stocktaking.h"
#include "tuning.h"

#include <algorithm>
#include <span>

namespace Counterfoil {

namespace {

constexpr std::size_t rowsAtOnce = 500;
// Records looked through before all of them are.
constexpr std::int64_t newestAtFirst = 2 * Tuning::aheadCount;

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
    const DocumentFolder::Found found = m_folder->look();
    const auto known = m_reader->count(Document::type);
    if (!known)
        return known.error();
    std::optional<StockTaking> taking;
    bool done = false;
    for (const std::int64_t limit : {newestAtFirst, *known + newestAtFirst}) {
        if (done)
            break;
        taking.emplace(found, what);
        const auto looked = lookThrough(*taking, limit);
        if (!looked)
            return looked.error();
        done = *looked;
    }
    if (const auto looked = lookAtNoted(*taking); !looked)
        return looked.error();
    if (complete && done)
        taking->sweep(*m_folder);
    taking->stock.known = *known;
    return std::move(taking->stock);
}

// False: older records than so many may tell more.
Result<bool> DocumentShelf::lookThrough(StockTaking &taking, std::int64_t limit)
{
    RecordQuery newestFirst;
    newestFirst.kind = &Document::type;
    newestFirst.sortField = "dated";
    const auto ids = RecordReader(*m_reader).ids(newestFirst, limit);
    if (!ids)
        return ids.error();
    for (std::size_t at = 0; at < ids->size() && !taking.isDone(); at += rowsAtOnce) {
        const std::span some = std::span(*ids).subspan(at, std::min(rowsAtOnce, ids->size() - at));
        if (const auto taken = takeRows(taking, some); !taken)
            return taken.error();
    }
    return taking.isDone() || std::ssize(*ids) < limit;
}

// A file may be that of many records, such as the safety sheet of many items: those that have it keep it.
Outcome DocumentShelf::lookAtNoted(StockTaking &taking)
{
    auto noted = FileTexts(*m_reader, Document::type).here();
    if (!noted)
        return noted.error();
    QSet<qint64> taken;
    for (const ShelfEntry &entry : taking.stock.entries)
        taken.insert(entry.id);
    std::erase_if(*noted, [&taken](std::int64_t id) { return taken.contains(id); });
    for (std::size_t at = 0; at < noted->size(); at += rowsAtOnce) {
        const std::span some = std::span(*noted).subspan(at, std::min(rowsAtOnce, noted->size() - at));
        if (const auto done = takeRows(taking, some); !done)
            return done;
    }
    return Done();
}

Outcome DocumentShelf::takeRows(StockTaking &taking, std::span<const std::int64_t> ids)
{
    const auto rows = m_reader->byIds(Document::type, ids, WithLists::No);
    if (!rows)
        return rows.error();
    for (const CachedRecord &row : *rows)
        taking.take(entryOf(row));
    return Done();
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
