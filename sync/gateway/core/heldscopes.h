#pragma once

#include "database.h"
#include "instant.h"

#include <optional>
#include <string>

namespace Counterfoil {

// GatewayStore::rememberScope() and scopeText() on the tables of scopes and of who held them.
const char *heldScopesSchema();
Outcome rememberHeldScope(Sqlite::Database &database, const std::string &user, const std::string &hash,
                          const std::string &text, Instant now);
Result<std::optional<std::string>> heldScopeText(Sqlite::Database &database, const std::string &user,
                                                 const std::string &hash);

} // namespace Counterfoil
