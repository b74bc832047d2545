#include "accounttree.h"

#include "account.h"

#include <algorithm>
#include <iterator>

namespace Counterfoil {

bool AccountTree::set(const Account &account)
{
    std::set<std::string> assortments;
    for (const AccountAssortment &each : account.assortments)
        assortments.insert(each.assortment);
    std::set<std::string> &known = m_assortments[account.key];
    const bool granted = known != assortments;
    known = std::move(assortments);

    const auto [entry, isNew] = m_parent.try_emplace(account.key, account.parent);
    if (!isNew && entry->second == account.parent)
        return granted;
    if (!isNew)
        m_branches[entry->second].erase(account.key);
    entry->second = account.parent;
    if (!account.parent.empty())
        m_branches[account.parent].insert(account.key);
    return true;
}

bool AccountTree::remove(const std::string &account)
{
    const auto found = m_parent.find(account);
    if (found == m_parent.end())
        return false;
    m_branches[found->second].erase(account);
    m_parent.erase(found);
    m_assortments.erase(account);
    return true;
}

// One that is called like an account would let others see that account.
void AccountTree::addAssortments(const std::string &account, std::set<std::string> &to) const
{
    const auto found = m_assortments.find(account);
    if (found == m_assortments.end())
        return;
    std::ranges::copy_if(found->second, std::inserter(to, to.end()),
                         [this](const std::string &each) { return !m_parent.contains(each); });
}

std::set<std::string> AccountTree::reach(const std::vector<std::string> &accounts) const
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
    std::set<std::string> assortments;
    for (const std::string &account : result)
        addAssortments(account, assortments);
    result.merge(assortments);
    return result;
}

std::vector<std::string> AccountTree::upwards(const std::string &account) const
{
    std::vector<std::string> way;
    for (std::string next = account; !next.empty() && std::ranges::find(way, next) == way.end();) {
        way.push_back(next);
        const auto found = m_parent.find(next);
        next = found == m_parent.end() ? std::string() : found->second;
    }
    return way;
}

std::set<std::string> AccountTree::all() const
{
    std::set<std::string> result;
    for (const auto &entry : m_parent) {
        result.insert(entry.first);
        addAssortments(entry.first, result);
    }
    return result;
}

} // namespace Counterfoil
