#pragma once

#include "result.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace Counterfoil::Sandbox {

// One record of a CSV file.
struct CsvRecord
{
    std::int64_t line = 0;           // of the file, from 1, where the record begins
    std::vector<std::string> fields; // UTF-8
    std::string problem;             // not empty: the record cannot be read, and the fields are void
};

// Reads a CSV file record by record, whatever its size: commas, semicolons or tabs (which of them, the
// first line tells), quoted fields with doubled quotes and line breaks in them, LF or CRLF, plain or
// gzip, with or without a byte order mark. A record that is not UTF-8 is taken for Latin-1. A record
// may have at most maxRecordBytes and maxLinesInRecord; one that is longer, or whose quote never ends, is a
// problem of its own, and reading goes on with the line after the one where it began.
class CsvReader
{
public:
    static constexpr std::size_t maxRecordBytes = 65'536;
    static constexpr std::size_t maxFields = 256;
    static constexpr std::size_t maxLinesInRecord = 100;

    static Result<CsvReader> open(const QString &file);
    CsvReader(CsvReader &&) noexcept;
    CsvReader &operator=(CsvReader &&) noexcept;
    ~CsvReader();

    // True: the next record that is not an empty line. False: the end. An error when the file cannot
    // be read on, for instance because a gzip file is cut short.
    Result<bool> next(CsvRecord &record);

    std::int64_t bytesRead() const; // of the file as it is stored
    std::int64_t bytesTotal() const;

private:
    class Private;
    explicit CsvReader(std::unique_ptr<Private> state);
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil::Sandbox
