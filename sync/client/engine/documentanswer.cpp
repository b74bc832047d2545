#include "documentanswer.h"

#include "documenterrors.h"
#include "foreignanswer.h"
#include "messages.h"

#include <QByteArray>

#include <charconv>
#include <string_view>

namespace Counterfoil {

namespace {

constexpr qsizetype digestBytes = 32;
constexpr std::size_t etagBytes = 256; // a longer one is none of ours

std::optional<std::int64_t> readNumber(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && value >= 0 ? std::optional(value) : std::nullopt;
}

// Of "sha-512=:...:, sha-256=:BASE64:" (RFC 9530), as hexadecimal digits; empty: there is none.
std::string readDigest(std::string_view text)
{
    constexpr std::string_view name = "sha-256=:";
    const std::size_t begin = text.find(name);
    if (begin == std::string_view::npos)
        return {};
    text.remove_prefix(begin + name.size());
    const std::size_t end = text.find(':');
    if (end == std::string_view::npos)
        return {};
    const QByteArray base64(text.data(), static_cast<qsizetype>(end));
    const auto bytes = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    const bool sound = bytes && bytes.decoded.size() == digestBytes;
    return sound ? bytes.decoded.toHex().toStdString() : std::string();
}

struct Range
{
    std::int64_t first = 0;
    std::int64_t total = 0;
};

// Of "bytes 100-199/200".
std::optional<Range> readRange(std::string_view text)
{
    constexpr std::string_view unit = "bytes ";
    const std::size_t dash = text.find('-');
    const std::size_t slash = text.find('/');
    if (!text.starts_with(unit) || slash == std::string_view::npos || dash > slash)
        return std::nullopt;
    const auto first = readNumber(text.substr(unit.size(), dash - unit.size()));
    const auto last = readNumber(text.substr(dash + 1, slash - dash - 1));
    const auto total = readNumber(text.substr(slash + 1));
    if (!first || !last || !total || *first > *last || *last + 1 != *total)
        return std::nullopt;
    return Range{*first, *total};
}

} // namespace

Result<DocumentAnswer> readDocumentAnswer(const AnswerHead &head, const PartState &part)
{
    DocumentAnswer answer;
    answer.sha256 = readDigest(head.reprDigest);
    // A weak one does not promise the same bytes.
    if (head.etag.size() <= etagBytes && !head.etag.starts_with("W/"))
        answer.etag = head.etag;
    if (answer.sha256.empty() || (!head.contentEncoding.empty() && head.contentEncoding != "identity"))
        return foreignAnswer(head.status);
    if (head.status == 206) {
        const auto range = readRange(head.contentRange);
        if (!range || !part.canGoOn() || range->first != part.bytes || answer.sha256 != part.sha256)
            return foreignAnswer(head.status);
        answer.offset = range->first;
        answer.total = range->total;
    } else if (!head.contentLength.empty()) {
        const auto length = readNumber(head.contentLength);
        if (!length)
            return foreignAnswer(head.status);
        answer.total = *length;
    }
    if (answer.total > static_cast<std::int64_t>(Limits::documentBytes))
        return DocumentErrors::tooLarge();
    return answer;
}

} // namespace Counterfoil
