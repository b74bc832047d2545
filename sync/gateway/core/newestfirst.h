#pragma once

#include "database.h"
#include "gatewaystore.h"

namespace Counterfoil {

// GatewayStore::list() on the projection's table.
Result<GatewayStore::Listed> listNewestFirst(Sqlite::Database &database,
                                             const GatewayStore::Listing &listing);
// GatewayStore::count() on the table of counts.
Result<std::int64_t> countShown(Sqlite::Database &database, const GatewayStore::Listing &listing);

} // namespace Counterfoil
