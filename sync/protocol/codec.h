#pragma once

#include "change.h"
#include "messages.h"
#include "result.h"

// JSON from and to records, derived from their field tables. Fields that a reader does not know are
// skipped, fields that are absent keep their defaults, and a field of the wrong type, a number out
// of range, invalid UTF-8 or a size beyond Limits makes the whole message a BadReply.
// Instants and dates travel as RFC 3339 text, decimals as text ("2.5"), amounts as integers in minor
// units; an unset instant or date as null.
namespace Counterfoil {

std::string encode(const RecordType &type, const void *record);
Result<AnyRecord> decode(const RecordType &type, std::string_view json);

template <class T> std::string encode(const T &message)
{
    return encode(T::type, &message);
}

template <class T> Result<T> decode(std::string_view json)
{
    auto record = decode(T::type, json);
    if (!record)
        return record.error();
    return std::move(*record->template as<T>());
}

// A change with its envelope: {"seq","kind","key","account","version","time", "record" or "removed":true}.
std::string encodeChange(const Change &change);
Result<Change> decodeChange(std::string_view json);

// Sets every field flagged Price, at any depth, to its default.
void withholdPrices(const RecordType &type, void *record);

struct ChangePage
{
    PageHead head;
    std::vector<Change> changes; // of kinds that this program knows; others are passed over
};

// NDJSON: the head, each change on a line, the end. `changes` are already encoded.
std::string encodePage(const PageHead &head, std::span<const std::string> changes);
Result<ChangePage> decodePage(std::string_view ndjson);

struct ChangeFrame
{
    LiveFrame head;
    std::vector<Change> changes;
};

std::string encodeFrame(const LiveFrame &head, std::span<const std::string> changes);
Result<ChangeFrame> decodeFrame(std::string_view json);

} // namespace Counterfoil
