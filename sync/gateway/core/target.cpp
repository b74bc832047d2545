#include "target.h"

#include <QByteArray>

#include <algorithm>

namespace Counterfoil {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool decodePercent(std::string_view text, std::string &decoded)
{
    decoded.clear();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return false;
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return decoded.find('\0') == std::string::npos;
}

std::string_view takeUntil(std::string_view &text, char separator)
{
    const auto end = std::min(text.find(separator), text.size());
    const auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

} // namespace

bool readTarget(std::string_view target, HttpRequest &request)
{
    if (target.empty() || target.front() != '/')
        return false;
    if (!decodePercent(takeUntil(target, '?'), request.path))
        return false;
    while (!target.empty()) {
        std::string_view pair = takeUntil(target, '&');
        std::string name;
        std::string value;
        if (!decodePercent(takeUntil(pair, '='), name) || !decodePercent(pair, value))
            return false;
        request.query[name] = value;
    }
    return true;
}

std::string bearerOf(std::string_view authorization)
{
    const std::string_view scheme = takeUntil(authorization, ' ');
    const bool bearer = qstrnicmp(scheme.data(), static_cast<qsizetype>(scheme.size()), "bearer", 6) == 0;
    return bearer ? std::string(authorization) : std::string();
}

} // namespace Counterfoil
