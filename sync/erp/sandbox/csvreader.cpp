#include "csvreader.h"

#include "sandboxtext.h"

#include <QFile>
#include <QFileInfo>

#include <zlib.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace Counterfoil::Sandbox {

namespace {

bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        // How many bytes follow, and the least code point that needs as many.
        std::size_t more = 0;
        char32_t code = lead;
        char32_t least = 0;
        if (lead >= 0xf0 && lead < 0xf5) {
            more = 3;
            code = lead & 0x07U;
            least = 0x10000;
        } else if (lead >= 0xe0 && lead < 0xf0) {
            more = 2;
            code = lead & 0x0fU;
            least = 0x800;
        } else if (lead >= 0xc2 && lead < 0xe0) {
            more = 1;
            code = lead & 0x1fU;
            least = 0x80;
        } else if (lead >= 0x80) {
            return false;
        }
        if (i + more >= text.size() + (more == 0 ? 1 : 0))
            return false;
        for (std::size_t k = 1; k <= more; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + k]);
            if ((byte & 0xc0U) != 0x80)
                return false;
            code = (code << 6U) | (byte & 0x3fU);
        }
        if (code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
            return false;
        i += more + 1;
    }
    return true;
}

std::string fromLatin1(std::string_view text)
{
    std::string utf8;
    utf8.reserve(text.size() + 8);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            utf8 += c;
        } else {
            utf8 += static_cast<char>(0xc0U | (byte >> 6U));
            utf8 += static_cast<char>(0x80U | (byte & 0x3fU));
        }
    }
    return utf8;
}

// The separator that the line has most of, outside of quotes.
char separatorOf(std::string_view line)
{
    constexpr std::array<char, 3> candidates{',', ';', '\t'};
    std::array<int, 3> counts{};
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        for (std::size_t i = 0; i < candidates.size() && !quoted; ++i)
            counts[i] += c == candidates[i] ? 1 : 0;
    }
    return candidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

} // namespace

class CsvReader::Private
{
public:
    ~Private() { gzclose(file); }

    struct Line
    {
        std::string text;
        bool tooLong = false;
    };
    // Without its end; false at the end of the file. Of a line beyond the bound no more is kept.
    Result<bool> takeLine(Line &line);
    Result<bool> fillBuffer();
    Result<bool> takeRecord(CsvRecord &record);
    bool split(std::string_view text, CsvRecord &record) const;

    gzFile file = nullptr;
    std::int64_t total = 0;
    std::int64_t lines = 0; // taken so far
    char separator = 0;     // not known before the first line
    std::string buffer;
    std::size_t at = 0;
    std::vector<Line> putBack; // lines to be taken again, the next one last
};

Result<bool> CsvReader::Private::fillBuffer()
{
    constexpr unsigned blockBytes = 65'536;
    buffer.resize(blockBytes);
    at = 0;
    const int count = gzread(file, buffer.data(), blockBytes);
    int code = Z_OK;
    const char *message = gzerror(file, &code);
    buffer.resize(static_cast<std::size_t>(std::max(count, 0)));
    // A gzip file that ends too early is told only here.
    if (count < 0 || (count == 0 && code == Z_BUF_ERROR)) {
        return Error{ErrorKind::BadInput,
                     SandboxText::tr("The file is damaged or cut short. Fetch it again, and import it then."),
                     QString::fromUtf8(message)};
    }
    return count > 0;
}

Result<bool> CsvReader::Private::takeLine(Line &line)
{
    line = {};
    if (!putBack.empty()) {
        line = std::move(putBack.back());
        putBack.pop_back();
        ++lines;
        return true;
    }
    bool any = false;
    for (;;) {
        if (at == buffer.size()) {
            const auto filled = fillBuffer();
            if (!filled)
                return filled.error();
            if (!*filled)
                break;
        }
        any = true;
        const std::size_t end = std::min(buffer.find('\n', at), buffer.size());
        line.tooLong = line.tooLong || line.text.size() + (end - at) > maxRecordBytes;
        if (!line.tooLong)
            line.text.append(buffer, at, end - at);
        at = end;
        if (at < buffer.size()) {
            ++at;
            break;
        }
    }
    if (!any)
        return false;
    if (!line.text.empty() && line.text.back() == '\r')
        line.text.pop_back();
    ++lines;
    return true;
}

// The fields of a whole record; false when a quote is still open at its end.
bool CsvReader::Private::split(std::string_view text, CsvRecord &record) const
{
    record.fields.clear();
    record.problem.clear();
    std::size_t i = 0;
    for (;;) {
        std::string &field = record.fields.emplace_back();
        if (i < text.size() && text[i] == '"') {
            for (++i;; ++i) {
                if (i == text.size())
                    return false;
                if (text[i] != '"')
                    field += text[i];
                else if (i + 1 < text.size() && text[i + 1] == '"')
                    field += text[i++];
                else
                    break;
            }
            ++i;
        }
        // What follows a closing quote belongs to the field: exports are not always careful.
        const std::size_t end = std::min(text.find(separator, i), text.size());
        field += text.substr(i, end - i);
        if (end == text.size())
            return true;
        if (record.fields.size() == maxFields) {
            record.problem = "The row has too many fields.";
            return true;
        }
        i = end + 1;
    }
}

Result<bool> CsvReader::Private::takeRecord(CsvRecord &record)
{
    Line line;
    const auto taken = takeLine(line);
    if (!taken || !*taken)
        return taken;
    record.line = lines;
    record.fields.clear();
    record.problem.clear();
    if (lines == 1 && line.text.starts_with("\xef\xbb\xbf"))
        line.text.erase(0, 3);
    if (separator == 0)
        separator = separatorOf(line.text);
    if (line.tooLong) {
        record.problem = "The line is too long.";
        return true;
    }
    // Line breaks within quotes: more lines belong to this record, as long as it stays within its bounds.
    std::string whole = std::move(line.text);
    std::vector<Line> taking;
    while (!split(whole, record)) {
        const auto another = takeLine(line);
        if (!another)
            return another;
        if (*another)
            taking.push_back(line);
        const bool fits = *another && !line.tooLong && taking.size() < maxLinesInRecord
            && whole.size() + line.text.size() < maxRecordBytes;
        if (!fits) {
            record.problem = "A quote is opened and never closed.";
            record.fields.clear();
            // The lines after the first are records of their own again.
            lines -= static_cast<std::int64_t>(taking.size());
            putBack.insert(putBack.end(), std::make_move_iterator(taking.rbegin()),
                           std::make_move_iterator(taking.rend()));
            return true;
        }
        whole += '\n';
        whole += line.text;
    }
    return true;
}

CsvReader::CsvReader(std::unique_ptr<Private> state)
    : d(std::move(state))
{ }

CsvReader::CsvReader(CsvReader &&) noexcept = default;
CsvReader &CsvReader::operator=(CsvReader &&) noexcept = default;
CsvReader::~CsvReader() = default;

Result<CsvReader> CsvReader::open(const QString &file)
{
    // zlib reads a file that is not compressed as it is.
    auto state = std::make_unique<Private>();
    state->file = QFileInfo(file).isFile() ? gzopen(QFile::encodeName(file).constData(), "rb") : nullptr;
    if (!state->file) {
        return Error{
            ErrorKind::BadInput,
            SandboxText::tr("The file %1 cannot be opened. Check its name and whether you may read it.")
                .arg(file),
            {}};
    }
    state->total = QFileInfo(file).size();
    return CsvReader(std::move(state));
}

Result<bool> CsvReader::next(CsvRecord &record)
{
    for (;;) {
        auto taken = d->takeRecord(record);
        if (!taken || !*taken)
            return taken;
        const bool empty
            = record.problem.empty() && record.fields.size() == 1 && record.fields.front().empty();
        if (!empty)
            break;
    }
    if (!std::ranges::all_of(record.fields, isUtf8))
        std::ranges::transform(record.fields, record.fields.begin(), fromLatin1);
    // A binary file read as text: SQLite and people alike would see the text end here.
    if (std::ranges::any_of(record.fields,
                            [](const std::string &field) { return field.find('\0') != std::string::npos; }))
        record.problem = "The row holds bytes that are no text.";
    return true;
}

std::int64_t CsvReader::bytesRead() const
{
    return gzoffset(d->file);
}

std::int64_t CsvReader::bytesTotal() const
{
    return d->total;
}

} // namespace Counterfoil::Sandbox
