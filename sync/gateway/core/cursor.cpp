#include "cursor.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <charconv>

namespace Counterfoil {

namespace {

constexpr std::size_t maxTextBytes = 1024;

template <std::size_t Count> std::optional<std::array<std::string_view, Count>> split(std::string_view text)
{
    std::array<std::string_view, Count> parts;
    if (text.size() > maxTextBytes)
        return std::nullopt;
    for (std::size_t i = 0; i + 1 < Count; ++i) {
        const auto end = text.find('.');
        if (end == std::string_view::npos)
            return std::nullopt;
        parts[i] = text.substr(0, end);
        text.remove_prefix(end + 1);
    }
    if (text.find('.') != std::string_view::npos)
        return std::nullopt;
    parts[Count - 1] = text;
    return parts;
}

std::optional<std::int64_t> number(std::string_view text)
{
    std::int64_t value = 0;
    const char *end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    // One text for one number, so that equal cursors are equal texts.
    if (result.ec != std::errc() || result.ptr != end || std::to_string(value) != text)
        return std::nullopt;
    return value;
}

bool isHex(std::string_view text, std::string_view alsoAllowed = {})
{
    return !text.empty() && std::ranges::all_of(text, [alsoAllowed](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')
            || alsoAllowed.find(c) != std::string_view::npos;
    });
}

} // namespace

std::optional<Cursor> Cursor::parse(std::string_view text)
{
    const auto parts = split<4>(text);
    if (!parts || (*parts)[0] != "c1" || !isHex((*parts)[1], "-") || !isHex((*parts)[3]))
        return std::nullopt;
    const auto sequence = number((*parts)[2]);
    if (!sequence || *sequence < 0)
        return std::nullopt;
    return Cursor{std::string((*parts)[1]), *sequence, std::string((*parts)[3])};
}

std::string Cursor::toString() const
{
    return "c1." + epoch + '.' + std::to_string(sequence) + '.' + scope;
}

std::optional<ListingToken> ListingToken::parse(std::string_view text)
{
    const auto parts = split<4>(text);
    if (!parts || (*parts)[0] != "n1" || !((*parts)[3].empty() || isHex((*parts)[3])))
        return std::nullopt;
    const auto sortTime = number((*parts)[1]);
    const auto key
        = QByteArray::fromBase64Encoding(QByteArray((*parts)[2].data(), static_cast<int>((*parts)[2].size())),
                                         QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
                                             | QByteArray::AbortOnBase64DecodingErrors);
    if (!sortTime || !key)
        return std::nullopt;
    return ListingToken{*sortTime, (*key).toStdString(), std::string((*parts)[3])};
}

std::string ListingToken::toString() const
{
    const QByteArray encoded = QByteArray::fromStdString(key).toBase64(QByteArray::Base64UrlEncoding
                                                                       | QByteArray::OmitTrailingEquals);
    return "n1." + std::to_string(sortTime) + '.' + encoded.toStdString() + '.' + beyond;
}

} // namespace Counterfoil
