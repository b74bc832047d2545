#include "commandcodec.h"

#include "jsonreader.h"
#include "jsonwriter.h"
#include "kinds.h"

#include <algorithm>
#include <array>

namespace Counterfoil {

namespace {

namespace dom = simdjson::dom;
using Json::badReply;
using Json::excerpt;
using Json::Reader;
using State = CommandOutcome::State;

constexpr std::array<std::pair<State, std::string_view>, 5> stateNames{{
    {State::Unknown, "unknown"},
    {State::Received, "received"},
    {State::Applied, "applied"},
    {State::Rejected, "rejected"},
    {State::Conflict, "conflict"},
}};

Error noCommand(const char *why)
{
    return badReply(QStringLiteral("no command: %1").arg(QLatin1String(why)));
}

// Absent counts as empty.
bool readText(const dom::object &object, std::string_view name, std::string &target, std::size_t maxBytes)
{
    dom::element value;
    if (object[name].get(value) != simdjson::SUCCESS)
        return true;
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS || text.size() > maxBytes)
        return false;
    target = text;
    return true;
}

bool readCount(const dom::object &object, std::string_view name, std::int64_t &target)
{
    dom::element value;
    if (object[name].get(value) != simdjson::SUCCESS)
        return true;
    return value.get(target) == simdjson::SUCCESS && target >= 0;
}

bool readInstant(const dom::object &object, std::string_view name, Instant &target)
{
    dom::element value;
    if (object[name].get(value) != simdjson::SUCCESS || value.is_null())
        return true;
    std::string_view text;
    const auto instant = value.get(text) == simdjson::SUCCESS ? Instant::parse(text) : std::nullopt;
    if (instant)
        target = *instant;
    return instant.has_value();
}

bool readWish(const dom::object &object, std::string_view name, const RecordType &kind, AnyRecord &target)
{
    dom::element value;
    if (object[name].get(value) != simdjson::SUCCESS || value.is_null())
        return true;
    target = AnyRecord(kind);
    return Json::readEditable(value, kind, target.data());
}

void appendMember(std::string &json, std::string_view name, std::string_view text)
{
    json += json.size() == 1 ? "" : ",";
    appendJsonText(json, name);
    json += ':';
    appendJsonText(json, text);
}

void appendMember(std::string &json, std::string_view name, std::int64_t number)
{
    json += ',';
    appendJsonText(json, name);
    (json += ':') += std::to_string(number);
}

void appendWish(std::string &json, std::string_view name, const AnyRecord &record, JsonFields fields)
{
    if (record.isNull())
        return;
    json += ',';
    appendJsonText(json, name);
    json += ':';
    appendJson(json, record.type(), record.data(), fields);
}

std::string commandText(const Command &command, JsonFields fields)
{
    std::string json = "{";
    appendMember(json, "key", command.key);
    appendMember(json, "verb", command.verb);
    appendMember(json, "kind", command.kind->name);
    appendMember(json, "account", command.account);
    appendMember(json, "target", command.target);
    appendMember(json, "after", command.after);
    appendMember(json, "baseVersion", command.baseVersion);
    const std::string madeAt = command.madeAt.toString();
    json += ",\"madeAt\":" + (madeAt.empty() ? std::string("null") : '"' + madeAt + '"');
    appendWish(json, "base", command.base, fields);
    appendWish(json, "record", command.record, fields);
    json += '}';
    return json;
}

// What is wrong with it as a wish; nullptr: nothing.
const char *faultOf(const Command &command)
{
    const CommandType *type = findCommandType(command.verb, command.kind);
    if (!type)
        return "nobody may ask for that";
    if (!isCommandKey(command.key))
        return "the key is none";
    for (const std::string &key : dependencies(command)) {
        if (!isCommandKey(key) || key == command.key)
            return "it depends on something that is no other command";
    }
    const bool carries = carriesRecord(command.verb);
    if (carries == command.record.isNull() || (!carries && !command.base.isNull()))
        return "a record belongs to what saves or places it";
    if (command.target.empty() && (!type->makesNew || !command.base.isNull()))
        return "it changes nothing that there is";
    return nullptr;
}

bool readDifferences(const dom::object &object, std::vector<CartDifference> &differences)
{
    dom::element value;
    if (object["differences"].get(value) != simdjson::SUCCESS || value.is_null())
        return true;
    dom::array items;
    if (value.get(items) != simdjson::SUCCESS)
        return false;
    for (const dom::element item : items) {
        if (differences.size() >= Limits::differences
            || !Json::readRecord(item, CartDifference::type, &differences.emplace_back()))
            return false;
    }
    return true;
}

void appendDifferences(std::string &json, const std::vector<CartDifference> &differences)
{
    if (differences.empty())
        return;
    json += ",\"differences\":[";
    for (const CartDifference &difference : differences) {
        json += json.back() == '[' ? "" : ",";
        appendJson(json, CartDifference::type, &difference, JsonFields::All);
    }
    json += ']';
}

Result<CommandOutcome> readOutcome(const dom::element &json)
{
    dom::object object;
    CommandOutcome outcome;
    std::string state;
    std::string kind;
    if (json.get(object) != simdjson::SUCCESS
        || !readText(object, "command", outcome.command, Limits::commandKeyBytes)
        || !readText(object, "state", state, Limits::keyBytes)
        || !readCount(object, "effectSeq", outcome.effectSeq)
        || !readText(object, "target", outcome.target, Limits::keyBytes)
        || !readText(object, "reasonCode", outcome.reasonCode, Limits::keyBytes)
        || !readText(object, "reason", outcome.reason, Limits::reasonBytes)
        || !readDifferences(object, outcome.differences)
        || !readCount(object, "theirVersion", outcome.theirVersion)
        || !readText(object, "kind", kind, Limits::keyBytes))
        return badReply(QStringLiteral("no outcome"));
    const auto known = std::ranges::find(stateNames, state, &std::pair<State, std::string_view>::second);
    if (known == stateNames.end() || !isCommandKey(outcome.command))
        return badReply(QStringLiteral("an outcome that is \"%1\"").arg(excerpt(state)));
    outcome.state = known->first;
    dom::element theirs;
    const RecordType *type = findKind(kind);
    if (!type || object["theirs"].get(theirs) != simdjson::SUCCESS || theirs.is_null())
        return outcome;
    outcome.theirs = AnyRecord(*type);
    if (!Json::readRecord(theirs, *type, outcome.theirs.data()))
        return badReply(QStringLiteral("an outcome whose %1 cannot be read").arg(excerpt(kind)));
    return outcome;
}

} // namespace

bool isCommandKey(std::string_view text)
{
    return !text.empty() && text.size() <= Limits::commandKeyBytes && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

std::string encodeCommand(const Command &command)
{
    return commandText(command, JsonFields::EditableOnly);
}

std::string commandDigestText(const Command &command)
{
    return commandText(command, JsonFields::EditableSet);
}

Result<Command> decodeCommand(std::string_view json)
{
    Reader reader(Limits::requestBytes);
    const auto element = reader.parse(json);
    if (!element)
        return element.error();
    dom::object object;
    Command command;
    std::string kind;
    if (element->get(object) != simdjson::SUCCESS
        || !readText(object, "key", command.key, Limits::commandKeyBytes)
        || !readText(object, "verb", command.verb, Limits::keyBytes)
        || !readText(object, "kind", kind, Limits::keyBytes)
        || !readText(object, "account", command.account, Limits::keyBytes)
        || !readText(object, "target", command.target, Limits::keyBytes)
        || !readText(object, "after", command.after, Limits::commandKeyBytes)
        || !readCount(object, "baseVersion", command.baseVersion)
        || !readInstant(object, "madeAt", command.madeAt))
        return noCommand("a field of the wrong type, or too long");
    command.kind = findKind(kind);
    if (!command.kind)
        return noCommand("an unknown kind");
    if (!readWish(object, "base", *command.kind, command.base)
        || !readWish(object, "record", *command.kind, command.record))
        return noCommand("a record with something that cannot be asked for");
    if (const char *fault = faultOf(command))
        return noCommand(fault);
    return command;
}

std::string_view stateName(State state)
{
    return std::ranges::find(stateNames, state, &std::pair<State, std::string_view>::first)->second;
}

std::string encodeOutcome(const CommandOutcome &outcome)
{
    std::string json = "{";
    appendMember(json, "command", outcome.command);
    appendMember(json, "state", stateName(outcome.state));
    appendMember(json, "effectSeq", outcome.effectSeq);
    appendMember(json, "target", outcome.target);
    appendMember(json, "reasonCode", outcome.reasonCode);
    appendMember(json, "reason", outcome.reason);
    appendDifferences(json, outcome.differences);
    appendMember(json, "theirVersion", outcome.theirVersion);
    if (!outcome.theirs.isNull()) {
        appendMember(json, "kind", outcome.theirs.type().name);
        appendWish(json, "theirs", outcome.theirs, JsonFields::All);
    }
    json += '}';
    return json;
}

Result<CommandOutcome> decodeOutcome(std::string_view json)
{
    Reader reader(Limits::recordBytes);
    const auto element = reader.parse(json);
    return element ? readOutcome(*element) : element.error();
}

std::string encodeOutcomes(std::span<const CommandOutcome> outcomes)
{
    std::string json = "{\"outcomes\":[";
    for (const CommandOutcome &outcome : outcomes)
        (json += json.back() == '[' ? "" : ",") += encodeOutcome(outcome);
    json += "]}";
    return json;
}

Result<std::vector<CommandOutcome>> decodeOutcomes(std::string_view json)
{
    Reader reader(Limits::pageBytes);
    const auto element = reader.parse(json);
    if (!element)
        return element.error();
    dom::array items;
    if ((*element)["outcomes"].get(items) != simdjson::SUCCESS)
        return badReply(QStringLiteral("no outcomes: %1").arg(excerpt(json)));
    std::vector<CommandOutcome> outcomes;
    for (const dom::element item : items) {
        if (outcomes.size() >= Limits::outcomes)
            return badReply(QStringLiteral("more than %1 outcomes").arg(Limits::outcomes));
        auto outcome = readOutcome(item);
        if (!outcome)
            return outcome.error();
        outcomes.push_back(*std::move(outcome));
    }
    return outcomes;
}

} // namespace Counterfoil
