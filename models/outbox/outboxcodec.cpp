#include "outboxcodec.h"

#include "kinds.h"

#include <array>
#include <charconv>
#include <functional>
#include <limits>

namespace Counterfoil::OutboxCodec {

namespace {

using State = OutboxEntry::State;
using Told = CommandOutcome::State;

constexpr std::array<std::string_view, 9> stateNames
    = {"queued", "sending", "received", "applied", "rejected", "conflict", "held", "cancelled", "withdrawn"};
static_assert(stateNames.size() == static_cast<std::size_t>(State::Withdrawn) + 1);

constexpr std::array<std::string_view, 5> toldNames
    = {"unknown", "received", "applied", "rejected", "conflict"};
static_assert(toldNames.size() == static_cast<std::size_t>(Told::Conflict) + 1);

// In the order of ErrorKind.
constexpr auto errorKinds = static_cast<std::size_t>(ErrorKind::Cancelled) + 1;

class Writer
{
public:
    void add(std::string_view name, std::string_view value)
    {
        addPart(name);
        addPart(value);
    }
    void add(std::string_view name, std::int64_t value) { add(name, std::to_string(value)); }
    std::string take() { return std::move(m_bytes); }

private:
    void addPart(std::string_view part)
    {
        m_bytes += std::to_string(part.size());
        m_bytes += ':';
        m_bytes += part;
    }

    std::string m_bytes;
};

// Takes the pairs one by one; after the last one, or at the first that is none, next() is false.
class Reader
{
public:
    explicit Reader(std::string_view bytes)
        : m_rest(bytes)
    { }

    bool next(std::string_view &name, std::string_view &value)
    {
        if (m_rest.empty())
            return false;
        m_ok = takePart(name) && takePart(value);
        return m_ok;
    }
    bool ok() const { return m_ok; } // no pair was broken

private:
    bool takePart(std::string_view &part)
    {
        std::size_t length = 0;
        const char *end = m_rest.data() + m_rest.size();
        const auto [after, code] = std::from_chars(m_rest.data(), end, length);
        if (code != std::errc() || after == end || *after != ':')
            return false;
        m_rest.remove_prefix(static_cast<std::size_t>(after - m_rest.data()) + 1);
        if (length > m_rest.size())
            return false;
        part = m_rest.substr(0, length);
        m_rest.remove_prefix(length);
        return true;
    }

    std::string_view m_rest;
    bool m_ok = true;
};

template <class Integer> bool readNumber(std::string_view text, Integer &number)
{
    const auto [after, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc() && after == text.data() + text.size();
}

std::string numberText(std::int64_t number)
{
    return std::to_string(number);
}

std::string listText(const Field &field, const void *record);

std::string fieldText(const Field &field, const void *record)
{
    switch (field.type) {
    case FieldType::Text:
        return field.in<std::string>(record);
    case FieldType::Integer:
        return numberText(field.in<std::int64_t>(record));
    case FieldType::Flag:
        return numberText(field.in<bool>(record) ? 1 : 0);
    case FieldType::Instant:
        return numberText(field.in<Instant>(record).ms);
    case FieldType::Date:
        return numberText(field.in<Date>(record).daysSinceEpoch);
    case FieldType::Amount:
        return numberText(field.in<Amount>(record).minor);
    case FieldType::Decimal:
        return numberText(field.in<Decimal>(record).millionths);
    case FieldType::List:
        return listText(field, record);
    }
    return {};
}

// Every element as a pair of its own, so that an empty list is empty text.
std::string listText(const Field &field, const void *record)
{
    void *list = field.address(const_cast<void *>(record));
    Writer elements;
    for (std::size_t i = 0; i < field.list->size(list); ++i) {
        Writer fields;
        for (const Field &each : field.element->fields)
            fields.add(each.name, fieldText(each, field.list->at(list, i)));
        elements.add("", fields.take());
    }
    return elements.take();
}

bool readList(const Field &field, std::string_view bytes, void *record);

bool readField(const Field &field, std::string_view text, void *record)
{
    switch (field.type) {
    case FieldType::Text:
        field.in<std::string>(record) = text;
        return true;
    case FieldType::Integer:
        return readNumber(text, field.in<std::int64_t>(record));
    case FieldType::Flag:
        field.in<bool>(record) = text == "1";
        return text == "1" || text == "0";
    case FieldType::Instant:
        return readNumber(text, field.in<Instant>(record).ms);
    case FieldType::Date:
        return readNumber(text, field.in<Date>(record).daysSinceEpoch);
    case FieldType::Amount:
        return readNumber(text, field.in<Amount>(record).minor);
    case FieldType::Decimal:
        return readNumber(text, field.in<Decimal>(record).millionths);
    case FieldType::List:
        return readList(field, text, record);
    }
    return false;
}

bool readFields(std::string_view bytes, const RecordType &type, void *record)
{
    Reader reader(bytes);
    std::string_view name;
    std::string_view value;
    while (reader.next(name, value)) {
        const Field *field = type.find(name);
        if (field && !readField(*field, value, record))
            return false;
    }
    return reader.ok();
}

bool readList(const Field &field, std::string_view bytes, void *record)
{
    void *list = field.address(record);
    field.list->clear(list);
    Reader reader(bytes);
    std::string_view name;
    std::string_view value;
    while (reader.next(name, value)) {
        if (!readFields(value, *field.element, field.list->append(list)))
            return false;
    }
    return reader.ok();
}

void addRecord(Writer &to, std::string_view name, const AnyRecord &record, bool editableOnly)
{
    if (record.isNull())
        return;
    Writer fields;
    for (const Field &field : record.type().fields) {
        if (field.is(Editable) || (field.type != FieldType::List && !editableOnly))
            fields.add(field.name, fieldText(field, record.data()));
    }
    to.add(name, fields.take());
}

bool readRecord(std::string_view bytes, const RecordType *kind, AnyRecord &record)
{
    if (!kind)
        return false;
    record = AnyRecord(*kind);
    return readFields(bytes, *kind, record.data());
}

void addCommand(Writer &to, const Command &command)
{
    to.add("key", command.key);
    to.add("verb", command.verb);
    to.add("kind", command.kind ? command.kind->name : std::string_view());
    to.add("account", command.account);
    to.add("target", command.target);
    to.add("after", command.after);
    to.add("baseVersion", command.baseVersion);
    to.add("madeAt", command.madeAt.ms);
    addRecord(to, "base", command.base, true);
    addRecord(to, "record", command.record, true);
}

std::string encodeError(const Error &error)
{
    Writer writer;
    writer.add("kind", static_cast<std::int64_t>(error.kind));
    writer.add("userText", error.userText.toStdString());
    writer.add("detail", error.detail.toStdString());
    writer.add("retryAfterMs", error.retryAfterMs);
    writer.add("requestId", error.requestId.toStdString());
    return writer.take();
}

std::string encodeOutcome(const CommandOutcome &outcome)
{
    Writer writer;
    writer.add("state", toldNames[static_cast<std::size_t>(outcome.state)]);
    writer.add("effectSeq", outcome.effectSeq);
    writer.add("target", outcome.target);
    writer.add("reasonCode", outcome.reasonCode);
    writer.add("reason", outcome.reason);
    for (const CartDifference &difference : outcome.differences) {
        Writer fields;
        for (const Field &field : CartDifference::type.fields)
            fields.add(field.name, fieldText(field, &difference));
        writer.add("difference", fields.take());
    }
    writer.add("theirVersion", outcome.theirVersion);
    addRecord(writer, "theirs", outcome.theirs, false);
    return writer.take();
}

// What to do with a value of each name; a name that is not there is passed over.
struct Taker
{
    std::string_view name;
    std::function<bool(std::string_view)> take;
};

bool readPairs(std::string_view bytes, std::span<const Taker> takers)
{
    Reader reader(bytes);
    std::string_view name;
    std::string_view value;
    while (reader.next(name, value)) {
        for (const Taker &taker : takers) {
            if (taker.name == name && !taker.take(value))
                return false;
        }
    }
    return reader.ok();
}

Taker into(std::string_view name, std::string &text)
{
    return {name, [&text](std::string_view value) {
                text = value;
                return true;
            }};
}

Taker into(std::string_view name, QString &text)
{
    return {name, [&text](std::string_view value) {
                text = QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
                return true;
            }};
}

template <class Integer>
    requires std::is_integral_v<Integer>
Taker into(std::string_view name, Integer &number)
{
    return {name, [&number](std::string_view value) { return readNumber(value, number); }};
}

template <class Enum, std::size_t Size>
Taker into(std::string_view name, Enum &state, const std::array<std::string_view, Size> &names)
{
    return {name, [&state, &names](std::string_view value) {
                const auto found = std::ranges::find(names, value);
                if (found == names.end())
                    return false;
                state = static_cast<Enum>(found - names.begin());
                return true;
            }};
}

Taker into(std::string_view name, AnyRecord &record, const RecordType *const &kind)
{
    return {name, [&record, &kind](std::string_view value) { return readRecord(value, kind, record); }};
}

bool decodeError(std::string_view bytes, std::optional<Error> &error)
{
    error.emplace();
    std::size_t kind = 0;
    const Taker takers[]
        = {into("kind", kind), into("userText", error->userText), into("detail", error->detail),
           into("retryAfterMs", error->retryAfterMs), into("requestId", error->requestId)};
    if (!readPairs(bytes, takers) || kind >= errorKinds)
        return false;
    error->kind = static_cast<ErrorKind>(kind);
    return true;
}

bool decodeOutcome(std::string_view bytes, const RecordType *kind, CommandOutcome &outcome)
{
    const Taker takers[]
        = {into("state", outcome.state, toldNames),
           into("effectSeq", outcome.effectSeq),
           into("target", outcome.target),
           into("reasonCode", outcome.reasonCode),
           into("reason", outcome.reason),
           into("theirVersion", outcome.theirVersion),
           into("theirs", outcome.theirs, kind),
           {"difference", [&outcome](std::string_view value) {
                return readFields(value, CartDifference::type, &outcome.differences.emplace_back());
            }}};
    return readPairs(bytes, takers);
}

} // namespace

std::string encode(const OutboxEntry &entry)
{
    Writer writer;
    addCommand(writer, entry.command);
    writer.add("state", stateNames[static_cast<std::size_t>(entry.state)]);
    writer.add("order", entry.order);
    writer.add("attempts", entry.attempts);
    if (entry.lastError)
        writer.add("lastError", encodeError(*entry.lastError));
    if (!entry.outcome.command.empty())
        writer.add("outcome", encodeOutcome(entry.outcome));
    writer.add("replacedBy", entry.replacedBy);
    writer.add("dismissed", entry.dismissed ? 1 : 0);
    writer.add("changedAt", entry.changedAt.ms);
    return writer.take();
}

std::optional<OutboxEntry> decode(std::string_view bytes)
{
    OutboxEntry entry;
    Command &command = entry.command;
    int dismissed = 0;
    const Taker takers[] = {
        into("key", command.key),
        into("verb", command.verb),
        {"kind",
         [&command](std::string_view value) {
             command.kind = findKind(value);
             return command.kind != nullptr;
         }},
        into("account", command.account),
        into("target", command.target),
        into("after", command.after),
        into("baseVersion", command.baseVersion),
        into("madeAt", command.madeAt.ms),
        into("base", command.base, command.kind),
        into("record", command.record, command.kind),
        into("state", entry.state, stateNames),
        into("order", entry.order),
        into("attempts", entry.attempts),
        {"lastError", [&entry](std::string_view value) { return decodeError(value, entry.lastError); }},
        {"outcome",
         [&entry, &command](std::string_view value) {
             entry.outcome.command = command.key;
             return decodeOutcome(value, command.kind, entry.outcome);
         }},
        into("replacedBy", entry.replacedBy),
        into("dismissed", dismissed),
        into("changedAt", entry.changedAt.ms),
    };
    if (!readPairs(bytes, takers) || command.key.empty() || !command.kind)
        return std::nullopt;
    entry.dismissed = dismissed != 0;
    return entry;
}

std::size_t size(const Command &command)
{
    Writer writer;
    addCommand(writer, command);
    return writer.take().size();
}

} // namespace Counterfoil::OutboxCodec
