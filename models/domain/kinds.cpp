#include "kinds.h"

#include "account.h"
#include "order.h"
#include "shipment.h"
#include "status.h"

#include <algorithm>

namespace Counterfoil {

std::span<const RecordType *const> allKinds()
{
    static constexpr const RecordType *kinds[]
        = {&Status::type, &Account::type, &Order::type, &Shipment::type};
    return kinds;
}

const RecordType *findKind(std::string_view name)
{
    const auto kinds = allKinds();
    const auto found = std::ranges::find(kinds, name, &RecordType::name);
    return found == kinds.end() ? nullptr : *found;
}

} // namespace Counterfoil
