#include "attachmentrules.h"

#include <algorithm>
#include <array>
#include <utility>

namespace Counterfoil {

namespace {

using namespace std::string_view_literals;

struct Mark
{
    std::string_view type;
    std::size_t at;
    std::string_view bytes;
};

constexpr std::array<Mark, 7> marks{{
    {"image/jpeg"sv, 0, "\xff\xd8\xff"sv},
    {"image/png"sv, 0, "\x89PNG\r\n\x1a\n"sv},
    {"image/webp"sv, 8, "WEBP"sv},
    {"image/heic"sv, 4, "ftypheic"sv},
    {"image/heic"sv, 4, "ftypheix"sv},
    {"image/heic"sv, 4, "ftypmif1"sv},
    {"application/pdf"sv, 0, "%PDF-"sv},
}};

} // namespace

std::string_view attachmentType(std::string_view head)
{
    const auto found = std::ranges::find_if(marks, [head](const Mark &mark) {
        return head.size() >= mark.at && head.substr(mark.at).starts_with(mark.bytes);
    });
    if (found == marks.end() || (found->type == "image/webp" && !head.starts_with("RIFF")))
        return {};
    return found->type;
}

std::string_view attachmentEnding(std::string_view mediaType)
{
    static constexpr std::pair<std::string_view, std::string_view> endings[] = {
        {"image/jpeg", ".jpg"},  {"image/png", ".png"},       {"image/webp", ".webp"},
        {"image/heic", ".heic"}, {"application/pdf", ".pdf"},
    };
    const auto found
        = std::ranges::find(endings, mediaType, &std::pair<std::string_view, std::string_view>::first);
    return found == std::end(endings) ? std::string_view() : found->second;
}

} // namespace Counterfoil
