#include "members.h"

#include "codec.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::size_t firstPasswordBytes = 12; // of chance; 16 characters

bool isPlainText(const std::string &text)
{
    return text.size() <= Limits::memberNameBytes
        && std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
}

bool isName(const std::string &text)
{
    return isPlainText(text) && !text.empty() && text.front() != ' ' && text.back() != ' ';
}

bool isOfSupplier(const User &user)
{
    return user.accounts.empty();
}

// Whether this administrator looks after that person.
bool looksAfter(const GatewayState::Admitted &admin, const User &user)
{
    return isOfSupplier(admin.caller.user)
        || (!user.accounts.empty() && std::ranges::all_of(user.accounts, [&](const std::string &account) {
               return admin.scope->sees(account);
           }));
}

bool mayAdministrate(const User &user)
{
    return user.role == "admin" && !user.disabled && !user.firstPasswordUntil.isSet();
}

MemberEntry memberEntryOf(const User &user)
{
    MemberEntry entry;
    entry.user = user.name;
    entry.displayName = user.displayName;
    entry.role = user.role;
    for (const std::string &account : user.accounts)
        entry.accounts.push_back({account});
    entry.pricesWithheld = user.pricesWithheld;
    entry.invoicesWithheld = user.invoicesWithheld;
    entry.disabled = user.disabled;
    entry.invited = user.firstPasswordUntil.isSet();
    for (const OrderLimit &limit : user.limits)
        entry.limits.push_back({limit.account, limit.amount});
    return entry;
}

// False for limits that nobody can have.
bool applyLimits(const std::vector<LimitEntry> &limits, User &user)
{
    user.limits.clear();
    for (const LimitEntry &limit : limits) {
        if (limit.amount < Decimal() || limit.amount > mostOrderLimit
            || user.limits.size() == Limits::memberAccounts
            || std::ranges::find(user.limits, limit.account, &OrderLimit::account) != user.limits.end())
            return false;
        user.limits.push_back({limit.account, limit.amount});
    }
    return true;
}

// False for values that nobody can be given.
bool applyEntry(const MemberEntry &entry, User &user)
{
    if (!isPlainText(entry.displayName) || !findRole(entry.role)
        || entry.accounts.size() > Limits::memberAccounts)
        return false;
    user.displayName = entry.displayName;
    user.role = entry.role;
    user.accounts.clear();
    for (const AccountRef &ref : entry.accounts) {
        if (std::ranges::find(user.accounts, ref.account) == user.accounts.end())
            user.accounts.push_back(ref.account);
    }
    user.pricesWithheld = entry.pricesWithheld;
    user.invoicesWithheld = entry.invoicesWithheld;
    user.disabled = entry.disabled;
    return !entry.setsLimits || applyLimits(entry.limits, user);
}

HttpResponse jsonAnswer(std::string body)
{
    return {200, "application/json", std::move(body), 0};
}

} // namespace

Answer<GatewayState::Admitted> Members::admit(const HttpRequest &request)
{
    auto admitted = m_state.admit(request.bearer);
    if (const auto *caller = std::get_if<GatewayState::Admitted>(&admitted);
        caller && caller->caller.user.role != "admin")
        return Refusal{ProblemKind::Forbidden};
    return admitted;
}

// An account that does not exist is refused like one out of sight.
std::optional<Refusal> Members::refusalOfGrant(const GatewayState::Admitted &admin, const User &user) const
{
    const bool known = std::ranges::all_of(user.accounts, [&](const std::string &account) {
        return m_state.tree.contains(account) && admin.scope->sees(account);
    });
    const bool asRep = user.role == "csr" && !admin.caller.user.accounts.empty();
    if (!known || asRep || !looksAfter(admin, user) || !Scope(user, m_state.tree).isWithin(*admin.scope))
        return Refusal{ProblemKind::BeyondOwnRights};
    return std::nullopt;
}

// Who has a limit sets nobody's: they could let another order what they may not.
std::optional<Refusal> Members::refusalOfLimits(const GatewayState::Admitted &admin,
                                                const std::vector<OrderLimit> &before,
                                                const std::vector<OrderLimit> &after) const
{
    if (before == after)
        return std::nullopt;
    const bool known = std::ranges::all_of(after, [&](const OrderLimit &limit) {
        return limit.account.empty()
            || (m_state.tree.contains(limit.account) && admin.scope->sees(limit.account));
    });
    return known && admin.caller.user.limits.empty() ? std::nullopt
                                                     : std::optional(Refusal{ProblemKind::BeyondOwnRights});
}

// The supplier keeps one administrator of its own. An account's administrators cannot leave their accounts
// without one; the supplier can, since it remains to look after them.
std::optional<Refusal> Members::lastAdministrator(const GatewayState::Admitted &admin, const User &before,
                                                  const User &after) const
{
    const bool ofSupplier = isOfSupplier(before);
    const bool stays = mayAdministrate(after)
        && Scope(before, m_state.tree).isWithin(Scope(after, m_state.tree), Scope::Compare::Accounts);
    if (!mayAdministrate(before) || stays || (!ofSupplier && isOfSupplier(admin.caller.user)))
        return std::nullopt;
    const auto users = m_state.store.people().users();
    if (!users)
        return refusalOf(users.error());
    const Scope reach(before, m_state.tree);
    const bool another = std::ranges::any_of(*users, [&](const User &user) {
        return user.name != before.name && mayAdministrate(user) && isOfSupplier(user) == ofSupplier
            && reach.isWithin(Scope(user, m_state.tree), Scope::Compare::Accounts);
    });
    return another ? std::nullopt : std::optional(Refusal{ProblemKind::LastAdministrator});
}

HttpResponse Members::list(const HttpRequest &request, const std::string &after)
{
    const auto admitted = admit(request);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    const auto &admin = std::get<GatewayState::Admitted>(admitted);
    const auto users = m_state.store.people().users();
    if (!users)
        return m_state.problem(refusalOf(users.error()));
    MemberList list;
    for (const User &user : *users) {
        if (user.name <= after || !looksAfter(admin, user))
            continue;
        list.more = list.members.size() >= Limits::members;
        if (list.more)
            break;
        list.members.push_back(memberEntryOf(user));
    }
    return jsonAnswer(encode(list));
}

HttpResponse Members::invite(const HttpRequest &request)
{
    const auto admitted = admit(request);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    const auto &admin = std::get<GatewayState::Admitted>(admitted);
    const auto entry = decode<MemberEntry>(request.body);
    User user;
    if (!entry || !isName(entry->user) || !applyEntry(*entry, user))
        return m_state.problem({ProblemKind::Malformed, "the body is nobody who could be invited"});
    if (const auto refusal = refusalOfGrant(admin, user))
        return m_state.problem(*refusal);
    if (user.limits.empty())
        user.limits = admin.caller.user.limits; // nobody who is invited may order more than who invites
    if (const auto refusal = refusalOfLimits(admin, admin.caller.user.limits, user.limits))
        return m_state.problem(*refusal);
    const BootTime now = m_state.clock.sinceBoot();
    if (const auto wait = m_invitations.waitMs(admin.caller.user.name, now); wait > 0)
        return m_state.problem({ProblemKind::RateLimited, "too many invitations", wait});
    m_invitations.failed(admin.caller.user.name, now);
    const auto taken = m_state.store.people().user(entry->user);
    if (!taken)
        return m_state.problem(refusalOf(taken.error()));
    if (*taken)
        return m_state.problem({ProblemKind::MemberExists});
    const std::string password = m_state.random.token(firstPasswordBytes);
    auto hash = hashPassword(password, m_state.random, m_state.settings.passwordCost);
    if (!hash)
        return m_state.problem(refusalOf(hash.error()));
    user.name = entry->user;
    user.passwordHash = *std::move(hash);
    user.firstPasswordUntil = Instant{m_state.clock.now().ms + m_state.settings.invitationMs};
    if (const auto done = m_state.store.people().putUser(user); !done)
        return m_state.problem(refusalOf(done.error()));
    return jsonAnswer(encode(InvitationAnswer{user.name, password, m_state.settings.invitationMs}));
}

HttpResponse Members::change(const HttpRequest &request, const std::string &name)
{
    const auto admitted = admit(request);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    const auto &admin = std::get<GatewayState::Admitted>(admitted);
    const auto entry = decode<MemberEntry>(request.body);
    if (!entry || (!entry->user.empty() && entry->user != name))
        return m_state.problem({ProblemKind::Malformed, "the body is not about this person"});
    const auto before = m_state.store.people().user(name);
    if (!before)
        return m_state.problem(refusalOf(before.error()));
    if (!*before || !looksAfter(admin, **before))
        return m_state.problem({ProblemKind::MemberNotFound});
    User after = **before;
    if (!applyEntry(*entry, after))
        return m_state.problem({ProblemKind::Malformed, "a value that nobody can have"});
    if (const auto refusal = refusalOfGrant(admin, after))
        return m_state.problem(*refusal);
    if (const auto refusal = refusalOfLimits(admin, (*before)->limits, after.limits))
        return m_state.problem(*refusal);
    if (const auto refusal = lastAdministrator(admin, **before, after))
        return m_state.problem(*refusal);
    if (const auto done = m_state.store.people().putUser(after); !done)
        return m_state.problem(refusalOf(done.error()));
    return jsonAnswer(encode(memberEntryOf(after)));
}

} // namespace Counterfoil
