#include "keptfiles.h"

#include "noticebuilder.h"
#include "recordlayout.h"
#include "searchwords.h"

#include <QByteArray>

#include <algorithm>

namespace Counterfoil {

namespace {

// Texts of invoices shrink to a third, and are unpacked only for the few rows that somebody looks at.
std::string packed(std::string_view text)
{
    return qCompress(reinterpret_cast<const uchar *>(text.data()), static_cast<qsizetype>(text.size()))
        .toStdString();
}

} // namespace

KeptFiles::KeptFiles(Sqlite::Database &database, const RecordType &type)
    : m_database(&database)
    , m_type(&type)
{
    const std::string rows = quotedName(type.plural);
    const std::string search = quotedName(KindLayout::searchTable(type));
    const std::string texts = quotedName(KindLayout::textsTable(type));
    const std::string here = quotedName(KindLayout::filesTable(type));
    m_digest = database.later("SELECT " + quotedName(type.findFlag(FileDigest)->name) + " FROM " + rows
                              + " WHERE _id=?");
    m_hasWords = database.later("SELECT 1 FROM " + search + " WHERE rowid=?");
    m_store = database.later("REPLACE INTO " + texts
                             + "(_record, digest, state, program, text) VALUES(?, ?, ?, ?, CAST(? AS BLOB))");
    m_storeWords = database.later("UPDATE " + search + " SET inside=?2 WHERE rowid=?1");
    m_forget = database.later("DELETE FROM " + texts + " WHERE _record=? AND digest<>?");
    m_removeText = database.later("DELETE FROM " + texts + " WHERE _record=?");
    m_came = database.later("INSERT OR IGNORE INTO " + here + " SELECT _id FROM " + rows + " WHERE _id=?");
    m_went = database.later("DELETE FROM " + here + " WHERE _record=?");
}

Result<bool> KeptFiles::has(Sqlite::Statement &statement, std::int64_t record)
{
    const auto row = statement.with(record).step();
    if (!row)
        return row.error();
    statement.reset();
    return *row;
}

Result<bool> KeptFiles::store(const FileText &text)
{
    const auto row = m_digest.with(text.record).step();
    if (!row)
        return row.error();
    const bool same = *row && !text.digest.empty() && m_digest.text(0) == text.digest;
    m_digest.reset();
    const auto words = same ? has(m_hasWords, text.record) : Result<bool>(false);
    if (!words || !*words)
        return words;
    const std::string_view kept = std::string_view(text.text).substr(0, FileText::bytesMost);
    const std::string inside = SearchWords::inside(kept);
    const auto count = static_cast<std::size_t>(std::ranges::count(inside, ' ')) + 1;
    const bool isCut = kept.size() < text.text.size() || count >= SearchWords::insideWordsMost;
    const FileText::State state
        = isCut && text.state == FileText::State::Whole ? FileText::State::Cut : text.state;
    const auto stored
        = m_store.with(text.record, text.digest, static_cast<std::int64_t>(state), text.program, packed(kept))
              .run();
    if (!stored)
        return stored.error();
    const auto done = m_storeWords.with(text.record, inside).run();
    return done ? Result<bool>(true) : done.error();
}

Outcome KeptFiles::forgetOthers(std::int64_t record, const std::string &digest)
{
    if (const auto done = m_forget.with(record, digest).run(); !done || m_database->changeCount() == 0)
        return done;
    return m_storeWords.with(record, "").run();
}

Outcome KeptFiles::remove(std::int64_t record)
{
    if (const auto done = m_removeText.with(record).run(); !done)
        return done;
    return m_went.with(record).run();
}

Outcome KeptFiles::mark(std::int64_t record, bool here, NoticeBuilder &notice)
{
    if (const auto done = (here ? m_came : m_went).with(record).run(); !done)
        return done;
    if (m_database->changeCount() != 0)
        notice.updated(*m_type, record);
    return Done();
}

Outcome KeptFiles::note(const FilesHere &files, NoticeBuilder &notice)
{
    std::vector<std::int64_t> went = files.went;
    if (files.all) {
        std::vector<std::int64_t> here = files.came;
        std::ranges::sort(here);
        auto known
            = m_database->prepare("SELECT _record FROM " + quotedName(KindLayout::filesTable(*m_type)));
        if (!known)
            return known.error();
        const auto read = known->forEachRow([&](const Sqlite::Statement &row) {
            if (!std::ranges::binary_search(here, row.integer(0)))
                went.push_back(row.integer(0));
        });
        if (!read)
            return read;
    }
    for (const std::int64_t record : files.came) {
        if (const auto done = mark(record, true, notice); !done)
            return done;
    }
    for (const std::int64_t record : went) {
        if (const auto done = mark(record, false, notice); !done)
            return done;
    }
    return Done();
}

} // namespace Counterfoil
