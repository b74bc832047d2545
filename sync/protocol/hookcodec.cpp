#include "hookcodec.h"

#include "commandcodec.h"
#include "jsonreader.h"
#include "jsonwriter.h"

#include <algorithm>

namespace Counterfoil {

namespace {

namespace dom = simdjson::dom;
using Json::badReply;

std::string eventHead(const std::string &id, const std::string &hook, std::string_view when)
{
    std::string json = "{\"id\":";
    appendJsonText(json, id);
    json += ",\"hook\":";
    appendJsonText(json, hook);
    ((json += ",\"when\":\"") += when) += '"';
    return json;
}

Error noSaying(const char *why)
{
    return badReply(QStringLiteral("the hook's answer: %1").arg(QLatin1String(why)));
}

std::string_view textOf(const dom::object &object, std::string_view name)
{
    std::string_view text;
    return object[name].get(text) == simdjson::SUCCESS ? text : std::string_view();
}

// One line that can be shown as it is.
bool isSentence(std::string_view text)
{
    const bool says = std::ranges::any_of(text, [](char c) { return c != ' '; });
    return says && text.size() <= Limits::hookSentenceBytes && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

Result<HookSaying> readAmendment(const dom::object &object, const Command &command, HookSaying saying)
{
    if ((command.verb != "save" && command.verb != "request") || command.record.isNull())
        return noSaying("an amendment of what cannot be amended");
    dom::element record;
    if (object["record"].get(record) != simdjson::SUCCESS)
        return noSaying("an amendment that changes nothing");
    saying.record = AnyRecord(*command.kind);
    copyEditable(*command.kind, command.record.data(), saying.record.data());
    if (!Json::readEditable(record, *command.kind, saying.record.data()))
        return noSaying("an amendment of something that cannot be asked for");
    return saying;
}

} // namespace

std::string encodeBeforeEvent(const std::string &id, const std::string &hook, const std::string &person,
                              const Command &command)
{
    std::string json = eventHead(id, hook, "before");
    json += ",\"person\":";
    appendJsonText(json, person);
    ((json += ",\"command\":") += encodeCommand(command)) += '}';
    return json;
}

std::string encodeAfterEvent(const std::string &id, const std::string &hook, const std::string &change)
{
    std::string json = eventHead(id, hook, "after");
    ((json += ",\"change\":") += change) += '}';
    return json;
}

Result<HookSaying> decodeHookSaying(std::string_view json, std::string_view id, const Command &command)
{
    Json::Reader reader(Limits::requestBytes);
    const auto element = reader.parse(json);
    if (!element)
        return element.error();
    dom::object object;
    if (element->get(object) != simdjson::SUCCESS)
        return noSaying("no object");
    if (textOf(object, "id") != id)
        return noSaying("it answers another event");
    const std::string_view decision = textOf(object, "decision");
    HookSaying saying;
    if (decision == "allow")
        return saying;
    if (decision != "refuse" && decision != "amend")
        return noSaying("no decision");
    saying.sentence = textOf(object, "sentence");
    if (!isSentence(saying.sentence))
        return noSaying("no sentence for the person");
    saying.refuses = decision == "refuse";
    return saying.refuses ? Result<HookSaying>(saying) : readAmendment(object, command, std::move(saying));
}

} // namespace Counterfoil
