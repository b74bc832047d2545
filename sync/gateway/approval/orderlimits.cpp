#include "orderlimits.h"

#include "command.h"
#include "exactvalue.h"
#include "scope.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::string_view approved = "approved";

// No limit is the highest.
bool isLower(std::optional<Decimal> a, std::optional<Decimal> b)
{
    return a && (!b || *a < *b);
}

bool mayGive(const User &user, const char *verb, const RecordType &kind)
{
    const CommandType *type = findCommandType(verb, &kind);
    return type && mayCommand(user.role, *type);
}

} // namespace

Result<OrderLimits> OrderLimits::read(GatewayStore &people)
{
    OrderLimits limits;
    auto users = people.people().users();
    if (!users)
        return users.error();
    limits.m_users = *std::move(users);
    const auto done = eachAccount(people, [&limits](const Account &account) { limits.m_tree.set(account); });
    if (!done)
        return done.error();
    return limits;
}

const User *OrderLimits::person(const std::string &name) const
{
    const auto found = std::ranges::find(m_users, name, &User::name);
    return found == m_users.end() || found->disabled ? nullptr : &*found;
}

std::optional<Decimal> OrderLimits::limitOf(const User &user, const std::string &account) const
{
    std::vector<std::string> places = m_tree.upwards(account);
    places.emplace_back(); // wherever no other one is
    for (const std::string &place : places) {
        const auto found = std::ranges::find(user.limits, place, &OrderLimit::account);
        if (found != user.limits.end())
            return found->amount;
    }
    return std::nullopt;
}

bool OrderLimits::covers(std::optional<Decimal> limit, Amount total, const std::string &currency)
{
    return !limit || ExactValue::of(total, minorUnitPlaces(currency)) <= ExactValue::of(*limit);
}

// The supplier's own people decide nothing for a customer.
bool OrderLimits::mayApprove(const User &user, const std::string &account) const
{
    return !user.disabled && !user.accounts.empty() && !user.firstPasswordUntil.isSet() && seesPrices(user)
        && mayGive(user, "approve", Approval::type) && Scope(user, m_tree).sees(account);
}

bool OrderLimits::isAbove(std::optional<Decimal> limit, const Approval &approval) const
{
    if (limit && ExactValue::of(*limit) <= ExactValue::of(approval.limit, minorUnitPlaces(approval.currency)))
        return false;
    return std::ranges::all_of(approval.steps, [&](const ApprovalStep &step) {
        const User *before = step.code == approved ? person(step.person) : nullptr;
        return !before || isLower(limitOf(*before, approval.account), limit);
    });
}

std::vector<const User *> OrderLimits::deciders(const Approval &approval) const
{
    std::vector<const User *> found;
    for (const User &user : m_users) {
        if (objectionTo(user, approval).empty())
            found.push_back(&user);
    }
    std::ranges::stable_sort(found, [&](const User *a, const User *b) {
        return isLower(limitOf(*a, approval.account), limitOf(*b, approval.account));
    });
    return found;
}

bool OrderLimits::canBeApproved(const Approval &approval) const
{
    const auto all = deciders(approval);
    return !all.empty() && covers(limitOf(*all.back(), approval.account), approval.total, approval.currency);
}

std::string OrderLimits::nextNames(const Approval &approval) const
{
    const auto all = deciders(approval);
    std::string names;
    for (const User *user : all) {
        if (isLower(limitOf(*all.front(), approval.account), limitOf(*user, approval.account)))
            break;
        (names += names.empty() ? "" : ", ") += user->displayName;
    }
    return names;
}

std::string OrderLimits::objectionTo(const User &user, const Approval &approval) const
{
    if (user.name == approval.requestedBy)
        return "Nobody approves what they asked for themselves.";
    if (!mayApprove(user, approval.account))
        return "Who approves for this account is somebody else.";
    const bool did = std::ranges::any_of(approval.steps, [&user](const ApprovalStep &step) {
        return step.code == approved && step.person == user.name;
    });
    if (did)
        return "You approved this already. It waits for " + approval.waitsFor + '.';
    if (!isAbove(limitOf(user, approval.account), approval))
        return "Your own limit is not above what was approved so far. It waits for " + approval.waitsFor
            + '.';
    return {};
}

bool OrderLimits::mayStillOrder(const std::string &user, const std::string &account) const
{
    const User *who = person(user);
    return who && seesPrices(*who) && mayGive(*who, "place", Cart::type) && Scope(*who, m_tree).sees(account);
}

} // namespace Counterfoil
