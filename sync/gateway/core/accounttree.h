#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace Counterfoil {

// Which account is a branch of which.
class AccountTree
{
public:
    bool set(const std::string &account, const std::string &parent); // true when that was new
    bool remove(const std::string &account);                         // true when it was there

    std::set<std::string> withBranches(const std::vector<std::string> &accounts) const; // at any depth
    std::set<std::string> all() const;
    bool contains(const std::string &account) const { return m_parent.contains(account); }

private:
    std::unordered_map<std::string, std::string> m_parent;
    std::unordered_map<std::string, std::set<std::string>> m_branches;
};

} // namespace Counterfoil
