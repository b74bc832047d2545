#pragma once

#include "accounttree.h"
#include "approval.h"
#include "gatewaystore.h"

#include <optional>

namespace Counterfoil {

// What people may order alone, and who may approve what is above it. Read anew for each question, since an
// administrator may have changed it a moment ago.
class OrderLimits
{
public:
    // `people` must outlive this. Nothing: it cannot be read now.
    static Result<OrderLimits> read(GatewayStore &people);

    const User *person(const std::string &name) const; // nullptr: none, or may not sign in
    // Of the account, or else of the nearest above it that has one; nothing: there is no limit.
    std::optional<Decimal> limitOf(const User &user, const std::string &account) const;
    static bool covers(std::optional<Decimal> limit, Amount total, const std::string &currency);

    // Whoever may carry the approval further: of the buying company, sees the account and its prices, is not
    // who asked for it, did not approve it before, and may approve more than those who did. Those with the
    // lowest limit first.
    std::vector<const User *> deciders(const Approval &approval) const;
    // Some of them, together with those who come after them, reach its total.
    bool canBeApproved(const Approval &approval) const;
    // The names of the first level of deciders, as text.
    std::string nextNames(const Approval &approval) const;
    // Why this person does not decide on it: a sentence; empty: they may.
    std::string objectionTo(const User &user, const Approval &approval) const;
    bool mayStillOrder(const std::string &user, const std::string &account) const;

private:
    bool mayApprove(const User &user, const std::string &account) const;
    bool isAbove(std::optional<Decimal> limit, const Approval &approval) const;

    std::vector<User> m_users;
    AccountTree m_tree;
};

} // namespace Counterfoil
