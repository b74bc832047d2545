#include "notoffered.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr Field notOfferedFields[] = {
    FieldTable::field<&NotOffered::verb>("verb", "Command"),
    FieldTable::field<&NotOffered::kind>("kind", "Of"),
    FieldTable::field<&NotOffered::field>("field", "Field"),
    FieldTable::field<&NotOffered::reason>("reason", "Because"),
};

} // namespace

constinit const RecordType NotOffered::type{"notOffered", "notOffered", notOfferedFields,
                                            &FieldTable::create<NotOffered>};

const NotOffered *findNotOffered(std::span<const NotOffered> all, std::string_view verb,
                                 const RecordType &kind, std::string_view field)
{
    const auto found = std::ranges::find_if(all, [&](const NotOffered &each) {
        return each.kind == kind.name && (each.verb.empty() || each.verb == verb) && each.field == field;
    });
    return found == all.end() ? nullptr : &*found;
}

} // namespace Counterfoil
