#include "commandrights.h"

#include "account.h"
#include "address.h"
#include "codec.h"
#include "contact.h"
#include "kinds.h"
#include "message.h"
#include "return.h"

#include <algorithm>

namespace Counterfoil {

namespace {

bool isOwnProfile(const User &user, const Command &command)
{
    return command.verb == "save" && command.kind == &Contact::type && !user.contact.empty()
        && command.target == user.contact;
}

class RecordCheck
{
public:
    RecordCheck(GatewayStore &store, const Scope &scope, const std::string &account,
                const std::set<std::string> &made)
        : m_store(store)
        , m_scope(scope)
        , m_account(account)
        , m_made(made)
    { }

    Result<bool> isOfAccount(const RecordType &kind, const std::string &key) const
    {
        const auto text = m_store.recordText(kind, key);
        if (!text)
            return text.error();
        if (!*text)
            return m_made.contains(key);
        const auto change = decodeChange(**text);
        if (!change)
            return change.error();
        return m_scope.sees(change->record) && m_scope.sees(change->account) && change->account == m_account;
    }

    // The addresses and the like that it newly names.
    Result<bool> linksAreOfAccount(const Command &command) const
    {
        if (command.record.isNull())
            return true;
        for (const Field &field : command.kind->fields) {
            if (!field.is(Link) || !field.is(Editable))
                continue;
            const auto &key = field.in<std::string>(command.record.data());
            const bool asItWas = !command.base.isNull() && field.in<std::string>(command.base.data()) == key;
            if (key.empty() || asItWas || !commandOfResult(key).empty())
                continue;
            const auto fits = isOfAccount(*field.target, key);
            if (!fits || !*fits)
                return fits;
        }
        return true;
    }

private:
    GatewayStore &m_store;
    const Scope &m_scope;
    const std::string &m_account;
    const std::set<std::string> &m_made;
};

// Who does not see prices does not ask for other ones either: what they saw was not what there was.
bool setsPrices(const RecordType &kind)
{
    return std::ranges::any_of(kind.fields, [](const Field &field) {
        return field.is(Editable)
            && (field.is(Price) || (field.type == FieldType::List && field.element->findFlag(Price)));
    });
}

// What a record itself says of who may: a return may be too much for a rep to decide alone, and nobody writes
// in the other side's name.
Result<bool> permitsRecord(GatewayStore &store, const User &user, const Command &command)
{
    if (const auto *message = command.record.as<Message>())
        return message->fromSupplier == speaksForSupplier(user);
    if (isInternal(*command.kind))
        return speaksForSupplier(user);
    if (command.kind != &Return::type || command.verb != "decide")
        return true;
    if (!speaksForSupplier(user))
        return false;
    const auto text = store.recordText(Return::type, command.target);
    if (!text)
        return text.error();
    if (!*text)
        return user.role == "admin"; // of one just made nobody knows yet who decides
    const auto change = decodeChange(**text);
    if (!change)
        return change.error();
    const auto *record = change->record.as<Return>();
    return !record || record->decidingRole != "admin" || user.role == "admin";
}

} // namespace

Answer<Done> permitQuote(GatewayStore &store, const User &user, const Scope &scope,
                         const QuoteRequest &request)
{
    const CommandType *type = findCommandType("place", &Cart::type);
    if (!findRole(user.role) || !mayCommand(user.role, *type) || !scope.seesPrices())
        return Refusal{ProblemKind::Forbidden};
    const std::set<std::string> none;
    const RecordCheck check(store, scope, request.account, none);
    const std::pair<const RecordType &, const std::string &> named[]
        = {{Account::type, request.account}, {Address::type, request.shipTo}, {Cart::type, request.cart}};
    for (const auto &[kind, key] : named) {
        if (key.empty() && &kind != &Account::type)
            continue;
        const auto fits = check.isOfAccount(kind, key);
        if (!fits)
            return refusalOf(fits.error());
        if (!*fits)
            return Refusal{ProblemKind::NotFound};
    }
    return Done();
}

Answer<Done> permitCommand(GatewayStore &store, const User &user, const Scope &scope, const Command &command,
                           const std::set<std::string> &made)
{
    const bool ownProfile = isOwnProfile(user, command);
    const CommandType *type = findCommandType(command.verb, command.kind);
    if (!type || !findRole(user.role) || (!ownProfile && !mayCommand(user.role, *type)))
        return Refusal{ProblemKind::Forbidden};
    if (carriesRecord(command.verb) && setsPrices(*command.kind) && !scope.seesPrices())
        return Refusal{ProblemKind::Forbidden};
    const RecordCheck check(store, scope, command.account, made);
    const auto exists = command.account.empty() ? Result<bool>(ownProfile || scope.accounts() == nullptr)
                                                : check.isOfAccount(Account::type, command.account);
    if (!exists)
        return refusalOf(exists.error());
    if (!*exists)
        return Refusal{ProblemKind::NotFound};
    if (!command.target.empty() && commandOfResult(command.target).empty()) {
        const auto fits = check.isOfAccount(*command.kind, command.target);
        if (!fits)
            return refusalOf(fits.error());
        if (!*fits)
            return Refusal{ProblemKind::NotFound};
    }
    const auto permitted = permitsRecord(store, user, command);
    if (!permitted)
        return refusalOf(permitted.error());
    if (!*permitted)
        return Refusal{ProblemKind::Forbidden};
    const auto links = check.linksAreOfAccount(command);
    if (!links)
        return refusalOf(links.error());
    if (!*links)
        return Refusal{ProblemKind::NotFound};
    return Done();
}

} // namespace Counterfoil
