#include "logrange.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::int64_t chunk = 2'000;

// The entry's line, or nothing when a later entry will bring the record.
Result<std::string> lineOf(GatewayStore &store, const Scope &scope, const LogEntry &entry, Scope::Sight sight)
{
    if (sight == Scope::Sight::Removal)
        return scope.removalLine(entry);
    auto text = store.changeText(entry);
    if (!text || text->empty())
        return text;
    return scope.recordLine(*entry.kind, *std::move(text));
}

} // namespace

Result<LogRange> readRange(GatewayStore &store, const Scope &scope, std::int64_t after, std::int64_t last,
                           const LogRangeBounds &bounds)
{
    LogRange range;
    range.to = after;
    bool full = false;
    std::size_t bytes = 0;
    std::int64_t looked = after;
    const std::int64_t end = std::min(last, after + bounds.scanned);
    while (looked < end) {
        const auto entries = store.readLog(looked, static_cast<int>(std::min(chunk, end - looked)));
        if (!entries)
            return entries.error();
        if (entries->empty())
            break;
        for (const LogEntry &entry : *entries) {
            const auto sight = scope.sight(entry);
            if (!full && sight != Scope::Sight::Hidden) {
                auto line = lineOf(store, scope, entry, sight);
                if (!line)
                    return line.error();
                full = !range.lines.empty()
                    && (range.lines.size() >= bounds.lines || bytes + line->size() > bounds.bytes);
                if (!full && !line->empty()) {
                    bytes += line->size() + 1;
                    range.lines.push_back(*std::move(line));
                }
            }
            if (full && sight != Scope::Sight::Hidden)
                ++range.remaining;
            if (!full)
                range.to = entry.sequence;
            looked = entry.sequence;
        }
    }
    // Numbers that no entry has (none are made, but a store may leave some) belong to the range as well.
    if (!full && end == last)
        range.to = looked = last;
    range.remaining += last - looked;
    return range;
}

} // namespace Counterfoil
