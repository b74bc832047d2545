#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace Counterfoil {

struct Account;

// Which account is a branch of which, and which assortments it is granted.
class AccountTree
{
public:
    bool set(const Account &account);        // true when that was new
    bool remove(const std::string &account); // true when it was there

    // These with their branches, at any depth, and the assortments of all of them: whatever a record may
    // belong to that who has these accounts may see.
    std::set<std::string> reach(const std::vector<std::string> &accounts) const;
    std::set<std::string> all() const; // assortments included
    bool contains(const std::string &account) const { return m_parent.contains(account); }
    // The account, then its parents, the nearest first; a circle in the ERP's data ends.
    std::vector<std::string> upwards(const std::string &account) const;

private:
    void addAssortments(const std::string &account, std::set<std::string> &to) const;

    std::unordered_map<std::string, std::string> m_parent;
    std::unordered_map<std::string, std::set<std::string>> m_assortments;
    std::unordered_map<std::string, std::set<std::string>> m_branches;
};

} // namespace Counterfoil
