#include "command.h"

#include "account.h"
#include "address.h"
#include "approval.h"
#include "cart.h"
#include "contact.h"
#include "message.h"
#include "note.h"
#include "order.h"
#include "return.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::string_view resultPrefix = "$result:";

void addReference(std::vector<std::string> &keys, std::string_view key)
{
    if (!key.empty() && std::ranges::find(keys, key) == keys.end())
        keys.emplace_back(key);
}

} // namespace

std::string resultOf(const std::string &commandKey)
{
    return std::string(resultPrefix) + commandKey;
}

std::string_view commandOfResult(std::string_view text)
{
    return text.starts_with(resultPrefix) ? text.substr(resultPrefix.size()) : std::string_view();
}

std::vector<std::string> dependencies(const Command &command)
{
    std::vector<std::string> keys;
    addReference(keys, command.after);
    addReference(keys, commandOfResult(command.target));
    if (command.record.isNull())
        return keys;
    for (const Field &field : command.record.type().fields) {
        if (field.is(Link) && field.is(Editable))
            addReference(keys, commandOfResult(field.in<std::string>(command.record.data())));
    }
    return keys;
}

std::vector<Attachment> attachmentsOf(const Command &command)
{
    std::vector<Attachment> added;
    if (command.record.isNull())
        return added;
    for (const Field &field : command.record.type().fields) {
        if (field.element != &Attachment::type || !field.is(Editable))
            continue;
        const auto before = command.base.isNull() ? std::vector<Attachment>()
                                                  : field.in<std::vector<Attachment>>(command.base.data());
        for (const Attachment &each : field.in<std::vector<Attachment>>(command.record.data())) {
            if (std::ranges::find(before, each.upload, &Attachment::upload) == before.end())
                added.push_back(each);
        }
    }
    return added;
}

std::span<const CommandType> commandTypes()
{
    static constexpr std::string_view buying[] = {"buyer", "csr", "admin"};
    static constexpr std::string_view approving[] = {"approver", "admin"};
    static constexpr std::string_view deciding[] = {"csr", "admin"};
    static constexpr CommandType types[] = {
        {"save", &Address::type, true, buying},         {"retire", &Address::type, false, buying},
        {"save", &Contact::type, true, buying},         {"retire", &Contact::type, false, buying},
        {"save", &Account::type, false, buying},        {"save", &Cart::type, true, buying},
        {"retire", &Cart::type, false, buying},         {"place", &Cart::type, false, buying},
        {"request", &Return::type, true, buying},       {"decide", &Return::type, false, deciding},
        {"retire", &Return::type, false, buying},       {"save", &Message::type, true, buying},
        {"save", &Order::type, false, buying},          {"retire", &Order::type, false, buying},
        {"approve", &Approval::type, false, approving}, {"refuse", &Approval::type, false, approving},
        {"retire", &Approval::type, false, buying},     {"save", &Note::type, true, deciding},
    };
    return types;
}

const CommandType *findCommandType(std::string_view verb, const RecordType *kind)
{
    const auto found = std::ranges::find_if(
        commandTypes(), [&](const CommandType &type) { return type.verb == verb && type.kind == kind; });
    return found == commandTypes().end() ? nullptr : &*found;
}

bool carriesRecord(std::string_view verb)
{
    return verb != "retire";
}

bool mayCommand(std::string_view role, const CommandType &type)
{
    return std::ranges::find(type.roles, role) != type.roles.end();
}

} // namespace Counterfoil
