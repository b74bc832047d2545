#pragma once

#include "database.h"
#include "fieldtable.h"
#include "filetext.h"

namespace Counterfoil {

class NoticeBuilder;

// Writes what the cache keeps of the files of one kind's records: which are on this computer, and the text of
// each with its words, which go into the kind's full-text table beside those of the record. Every call
// belongs into the caller's transaction.
class KeptFiles
{
public:
    KeptFiles(Sqlite::Database &database, const RecordType &type);

    // False: the record is gone, or has another file by now, or its own words are stored later.
    Result<bool> store(const FileText &text);
    Outcome note(const FilesHere &files, NoticeBuilder &notice);

    Outcome forgetOthers(std::int64_t record, const std::string &digest); // what was read of another file
    Outcome remove(std::int64_t record);

private:
    Result<bool> has(Sqlite::Statement &statement, std::int64_t record);
    Outcome mark(std::int64_t record, bool here, NoticeBuilder &notice);

    Sqlite::Database *m_database;
    const RecordType *m_type;
    Sqlite::Statement m_digest;
    Sqlite::Statement m_hasWords;
    Sqlite::Statement m_store;
    Sqlite::Statement m_storeWords;
    Sqlite::Statement m_forget;
    Sqlite::Statement m_removeText;
    Sqlite::Statement m_came;
    Sqlite::Statement m_went;
};

} // namespace Counterfoil
