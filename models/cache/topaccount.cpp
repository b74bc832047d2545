#include "topaccount.h"

#include "account.h"
#include "cachereader.h"

#include <algorithm>

namespace Counterfoil {

Result<std::string> onlyTopAccount(CacheReader &reader)
{
    auto accounts = reader.all(Account::type);
    if (!accounts)
        return accounts.error();
    std::string only;
    for (const CachedRecord &row : *accounts) {
        const auto &account = *row.record.as<Account>();
        const bool isTop = std::ranges::none_of(*accounts, [&account](const CachedRecord &other) {
            return other.record.as<Account>()->key == account.parent;
        });
        if (isTop && !only.empty())
            return std::string();
        if (isTop)
            only = account.key;
    }
    return only;
}

} // namespace Counterfoil
