#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace Counterfoil {

// A stretch of a document's bytes.
struct ByteRange
{
    std::int64_t from = 0;
    std::int64_t bytes = 0;

    bool operator==(const ByteRange &) const = default;
};

// What a Range header (RFC 9110, 14.2) asks of `size` bytes: bytes=A-B, bytes=A- or bytes=-LAST.
// Whole: no header, or one that may be passed over: of another unit, of several ranges, or none at all.
enum class RangeKind { Whole, Part, Unsatisfiable };
struct RangeWish
{
    RangeKind kind = RangeKind::Whole;
    ByteRange part; // of a Part; it lies within the size
};
RangeWish readRangeHeader(std::string_view header, std::int64_t size);

// Whether a list of entity tags, such as If-None-Match has, names this strong one; `*` names all.
bool namesTag(std::string_view header, std::string_view tag);

} // namespace Counterfoil
