#include "accounttree.h"

namespace Counterfoil {

bool AccountTree::set(const std::string &account, const std::string &parent)
{
    const auto [entry, isNew] = m_parent.try_emplace(account, parent);
    if (!isNew && entry->second == parent)
        return false;
    if (!isNew)
        m_branches[entry->second].erase(account);
    entry->second = parent;
    if (!parent.empty())
        m_branches[parent].insert(account);
    return true;
}

bool AccountTree::remove(const std::string &account)
{
    const auto found = m_parent.find(account);
    if (found == m_parent.end())
        return false;
    m_branches[found->second].erase(account);
    m_parent.erase(found);
    return true;
}

std::set<std::string> AccountTree::withBranches(const std::vector<std::string> &accounts) const
{
    std::set<std::string> result;
    std::vector<std::string> open = accounts;
    while (!open.empty()) {
        const std::string account = std::move(open.back());
        open.pop_back();
        // An account met before is not followed again, so that a circle in the ERP's data ends.
        if (!result.insert(account).second)
            continue;
        if (const auto branches = m_branches.find(account); branches != m_branches.end())
            open.insert(open.end(), branches->second.begin(), branches->second.end());
    }
    return result;
}

std::set<std::string> AccountTree::all() const
{
    std::set<std::string> result;
    for (const auto &entry : m_parent)
        result.insert(entry.first);
    return result;
}

} // namespace Counterfoil
