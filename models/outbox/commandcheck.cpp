#include "commandcheck.h"

#include "outboxcodec.h"
#include "outboxfile.h"

#include <QCoreApplication>

#include <algorithm>

namespace Counterfoil::CommandCheck {

namespace {

constexpr std::size_t keyBytes = 256;

Error mistake(const char *detail)
{
    return {ErrorKind::BadInput,
            QCoreApplication::translate(
                "Outbox", "This change cannot be stored. Open the record again, and repeat it."),
            QString::fromLatin1(detail)};
}

bool fits(const AnyRecord &record, const RecordType *kind)
{
    return record.isNull() || &record.type() == kind;
}

std::size_t mostBytes(const RecordType &kind)
{
    const bool hasLines = std::ranges::any_of(
        kind.fields, [](const Field &field) { return field.type == FieldType::List && field.is(Editable); });
    return hasLines ? OutboxLimits::listBodyBytes : OutboxLimits::bodyBytes;
}

Outcome checkTexts(const AnyRecord &record)
{
    for (const Field &field : record.type().fields) {
        if (!field.is(Editable) || field.type != FieldType::Text
            || field.in<std::string>(record.data()).size() <= OutboxLimits::textBytes)
            continue;
        return Error{ErrorKind::BadInput,
                     QCoreApplication::translate("Outbox", "“%1” is too long. Shorten it, and try again.")
                         .arg(QCoreApplication::translate("Field", field.title)),
                     QString::fromLatin1("text too long")};
    }
    return Done();
}

} // namespace

Outcome check(const Command &command)
{
    const CommandType *type = findCommandType(command.verb, command.kind);
    if (!type)
        return mistake("no such command");
    if (command.key.empty() || !command.madeAt.isSet())
        return mistake("neither key nor time");
    for (const std::string *key : {&command.key, &command.account, &command.target, &command.after}) {
        if (key->size() > keyBytes)
            return mistake("a key too long");
    }
    if (command.target.empty() && !type->makesNew)
        return mistake("no target");
    if (!fits(command.base, command.kind) || !fits(command.record, command.kind))
        return mistake("a record of another kind");
    if (command.record.isNull() == carriesRecord(command.verb))
        return mistake("a record too many, or too few");
    const auto needs = dependencies(command);
    if (std::ranges::find(needs, command.key) != needs.end())
        return mistake("depends on itself");
    if (!command.record.isNull()) {
        if (const auto short_ = checkTexts(command.record); !short_)
            return short_;
    }
    if (OutboxCodec::size(command) > mostBytes(*command.kind)) {
        return Error{ErrorKind::BadInput,
                     QCoreApplication::translate(
                         "Outbox", "This change is too large. Shorten its texts, and try again."),
                     QString::fromLatin1("command too large")};
    }
    return Done();
}

std::string shortened(const std::string &text)
{
    if (text.size() <= OutboxLimits::textBytes)
        return text;
    std::size_t end = OutboxLimits::textBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return text.substr(0, end);
}

} // namespace Counterfoil::CommandCheck
