#include "trytonposition.h"

#include <array>
#include <charconv>

namespace Counterfoil {

namespace {

constexpr std::string_view form = "3"; // of the text and of trytonThings(); another one is another history

template <class Number> bool readNumber(std::string_view text, Number &number)
{
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc() && end == text.data() + text.size();
}

} // namespace

std::string TrytonPosition::toString() const
{
    std::string text(form);
    for (const std::string &part : {identity, known, seen})
        text += ':' + part;
    for (const std::int64_t number : {after, static_cast<std::int64_t>(thing), id, version})
        text += ':' + std::to_string(number);
    return text;
}

std::optional<TrytonPosition> TrytonPosition::parse(std::string_view text)
{
    constexpr std::size_t partCount = 8;
    std::array<std::string_view, partCount> parts;
    for (std::size_t i = 0; i < partCount; ++i) {
        const auto colon = text.find(':');
        if ((colon == std::string_view::npos) != (i == partCount - 1))
            return std::nullopt;
        parts[i] = text.substr(0, colon);
        text.remove_prefix(colon == std::string_view::npos ? text.size() : colon + 1);
    }
    TrytonPosition position;
    position.identity = parts[1];
    position.known = parts[2];
    position.seen = parts[3];
    const bool numbers = readNumber(parts[4], position.after) && readNumber(parts[5], position.thing)
        && readNumber(parts[6], position.id) && readNumber(parts[7], position.version);
    if (parts[0] != form || position.identity.empty() || position.known.empty() || !numbers
        || position.after < 0 || position.id < 0 || position.thing < -1)
        return std::nullopt;
    return position;
}

} // namespace Counterfoil
