#pragma once

#include "cachereader.h"
#include "filetext.h"

#include <string>
#include <vector>

namespace Counterfoil {

// Where in a text the words typed are.
struct TextFound
{
    int page = 0;           // from 0
    std::string snippet;    // UTF-8, one line, at most snippetBytes; the hit with a few words around it
    std::size_t begin = 0;  // of the hit in the snippet, in bytes
    std::size_t length = 0; // the same
};

// What is known of the file of one record.
struct FileFacts
{
    std::int64_t record = 0;
    bool here = false; // it is on this computer
    bool read = false; // its text was read, or could not be
    FileText::State state = FileText::State::Whole;
    std::optional<TextFound> found; // of the words asked for; none: they are in the record's own fields
};

// How far the texts are.
struct FileCounts
{
    std::int64_t records = 0; // of the kind
    std::int64_t files = 0;   // on this computer
    std::int64_t read = 0;    // whose text is known, whether or not the file is still here
    std::int64_t unreadable = 0;

    bool operator==(const FileCounts &) const = default;
};

// A record whose file has not been read.
struct UnreadFile
{
    std::int64_t record = 0;
    std::string account;
    std::string digest;
};

// Answers what is asked about the files of a kind's records and the texts in them. Errors: those of the
// reader. The kind has a FileDigest.
class FileTexts
{
public:
    static constexpr std::size_t snippetBytes = 240;

    FileTexts(CacheReader &cache, const RecordType &kind)
        : m_cache(cache)
        , m_kind(kind)
    { }

    // Of those that exist; `typed` as in RecordQuery::text.
    Result<std::vector<FileFacts>> facts(std::span<const std::int64_t> records, const std::string &typed);
    Result<FileCounts> counts();
    Result<std::vector<std::int64_t>> here(); // the records whose file is on this computer

    struct Unread
    {
        std::vector<UnreadFile> files;
        bool later = false; // the kind is being filled, or its own words are still being stored: ask again
    };
    // The newest records whose file is here and was not read, nor found unreadable by this `program`; at most
    // `most`.
    Result<Unread> unread(const std::string &program, std::size_t most);

private:
    CacheReader &m_cache;
    const RecordType &m_kind;
};

// The best place in the text: where most of the words typed stand close together. None when no word is there.
std::optional<TextFound> findInText(std::string_view text, const std::string &typed);

} // namespace Counterfoil
