#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace Counterfoil {

// What was read of the file that a record has, of a kind with a FileDigest.
struct FileText
{
    enum class State : std::uint8_t {
        Whole,
        Cut,        // there is more than is kept, or a page of it could not be read
        Unreadable, // not tried again with this file by this program
    };
    static constexpr char pageEnd = '\f';
    static constexpr std::size_t bytesMost = 512 * 1024; // of one document; an invoice has two or three KB

    std::int64_t record = 0; // its row in the cache
    std::string digest;      // of the file that was read, as the record's FileDigest says it
    State state = State::Whole;
    std::string text;    // UTF-8, in reading order, a blank or a line's end between words
    std::string program; // the version of the program that read it
};

// Which files of records are on this computer, by the records' rows in the cache.
struct FilesHere
{
    bool all = false; // `came` are all that are here
    std::vector<std::int64_t> came;
    std::vector<std::int64_t> went;

    bool isEmpty() const { return !all && came.empty() && went.empty(); }
};

} // namespace Counterfoil
