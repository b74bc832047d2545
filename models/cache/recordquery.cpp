#include "recordquery.h"

#include <algorithm>

namespace Counterfoil {

const Field *newestField(const RecordType &kind)
{
    const auto found = std::ranges::find_if(kind.fields, [](const Field &field) {
        return field.type == FieldType::Instant && field.is(Sortable);
    });
    return found == kind.fields.end() ? nullptr : &*found;
}

const Field *sortFieldOf(const RecordQuery &query)
{
    const Field *field = query.kind->find(query.sortField);
    return field && field->is(Sortable) ? field : newestField(*query.kind);
}

} // namespace Counterfoil
