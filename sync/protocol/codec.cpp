#include "codec.h"

#include "jsonreader.h"
#include "jsonwriter.h"
#include "kinds.h"

namespace Counterfoil {

namespace {

namespace dom = simdjson::dom;
using Json::badReply;
using Json::excerpt;
using Json::Reader;
using Json::readRecord;

bool readEnvelope(const dom::element &json, Change &change)
{
    std::string_view text;
    std::string_view time;
    if (json["seq"].get(change.sequence) != simdjson::SUCCESS || json["key"].get(text) != simdjson::SUCCESS)
        return false;
    change.key = text;
    if (json["account"].get(text) != simdjson::SUCCESS)
        return false;
    change.account = text;
    if (json["version"].get(change.version) != simdjson::SUCCESS
        || json["time"].get(time) != simdjson::SUCCESS)
        return false;
    const auto instant = Instant::parse(time);
    if (!instant || change.key.empty() || change.sequence < 0)
        return false;
    change.time = *instant;
    return true;
}

// A change of a kind that this program does not know has no kind and is passed over by the callers.
Result<Change> readChange(const dom::element &json)
{
    Change change;
    std::string_view kind;
    if (json["kind"].get(kind) != simdjson::SUCCESS)
        return badReply(QStringLiteral("a change without a kind"));
    change.kind = findKind(kind);
    if (!change.kind)
        return change;
    if (!readEnvelope(json, change))
        return badReply(QStringLiteral("a change of kind %1 with a broken envelope").arg(excerpt(kind)));
    bool removed = false;
    if (json["removed"].get(removed) == simdjson::SUCCESS && removed)
        return change;
    dom::element body;
    AnyRecord record(*change.kind);
    if (json["record"].get(body) != simdjson::SUCCESS || !readRecord(body, *change.kind, record.data()))
        return badReply(QStringLiteral("%1 %2 cannot be read").arg(excerpt(kind), excerpt(change.key)));
    if (const Field *key = change.kind->findFlag(Key))
        key->in<std::string>(record.data()) = change.key;
    if (const Field *account = change.kind->findFlag(AccountKey))
        account->in<std::string>(record.data()) = change.account;
    change.record = std::move(record);
    return change;
}

} // namespace

std::string encode(const RecordType &type, const void *record)
{
    std::string json;
    appendJson(json, type, record, JsonFields::All);
    return json;
}

Result<AnyRecord> decode(const RecordType &type, std::string_view json)
{
    Reader reader(Limits::recordBytes);
    const auto element = reader.parse(json);
    if (!element)
        return element.error();
    AnyRecord record(type);
    if (!readRecord(*element, type, record.data()))
        return badReply(QStringLiteral("no %1: %2").arg(excerpt(type.name), excerpt(json)));
    return record;
}

std::string encodeChange(const Change &change)
{
    std::string json = "{\"seq\":" + std::to_string(change.sequence) + ",\"kind\":\""
        + std::string(change.kind->name) + "\",\"key\":";
    appendJsonText(json, change.key);
    json += ",\"account\":";
    appendJsonText(json, change.account);
    json
        += ",\"version\":" + std::to_string(change.version) + ",\"time\":\"" + change.time.toString() + "\",";
    if (change.record.isNull()) {
        json += "\"removed\":true}";
        return json;
    }
    json += "\"record\":";
    appendJson(json, *change.kind, change.record.data(), JsonFields::WithoutEnvelope);
    json += '}';
    return json;
}

Result<Change> decodeChange(std::string_view json)
{
    Reader reader(Limits::recordBytes);
    const auto element = reader.parse(json);
    if (!element)
        return element.error();
    auto change = readChange(*element);
    if (change && !change->kind)
        return badReply(QStringLiteral("a change of an unknown kind"));
    return change;
}

void withholdPrices(const RecordType &type, void *record)
{
    const auto defaults = type.create();
    for (const Field &field : type.fields) {
        void *target = field.address(record);
        if (field.type == FieldType::List) {
            for (std::size_t i = 0; i < field.list->size(target); ++i)
                withholdPrices(*field.element, field.list->at(target, i));
        } else if (field.is(Price)) {
            copyField(field, defaults.get(), record);
        }
    }
}

std::string encodePage(const PageHead &head, std::span<const std::string> changes)
{
    std::string page = encode(head);
    page += '\n';
    for (const std::string &change : changes)
        (page += change) += '\n';
    page += encode(PageEnd{static_cast<std::int64_t>(changes.size())});
    page += '\n';
    return page;
}

Result<ChangePage> decodePage(std::string_view ndjson)
{
    if (ndjson.size() > Limits::pageBytes)
        return badReply(QStringLiteral("a page of %1 bytes").arg(ndjson.size()));
    // Copied once, with room behind it, so that no line has to be copied again.
    const simdjson::padded_string padded(ndjson);
    std::string_view rest(padded);
    Reader reader(Limits::recordBytes);
    const auto nextLine = [&rest]() {
        const auto end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        return line;
    };

    ChangePage page;
    const auto head = reader.parse(nextLine(), true);
    if (!head)
        return head.error();
    if (!readRecord(*head, PageHead::type, &page.head))
        return badReply(QStringLiteral("a page without a head"));

    for (std::int64_t count = 0; !rest.empty(); ++count) {
        const auto line = reader.parse(nextLine(), true);
        if (!line)
            return line.error();
        std::int64_t expected = 0;
        if ((*line)["count"].get(expected) == simdjson::SUCCESS) {
            if (expected != count || !rest.empty())
                return badReply(
                    QStringLiteral("a page of %1 changes that announced %2").arg(count).arg(expected));
            return page;
        }
        if (static_cast<std::size_t>(count) >= Limits::pageChanges)
            return badReply(QStringLiteral("a page of more than %1 changes").arg(Limits::pageChanges));
        auto change = readChange(*line);
        if (!change)
            return change.error();
        if (change->kind)
            page.changes.push_back(*std::move(change));
    }
    return badReply(QStringLiteral("a page that was cut short"));
}

std::string encodeFrame(const LiveFrame &head, std::span<const std::string> changes)
{
    std::string json = encode(head);
    json.pop_back();
    json += ",\"changes\":[";
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (i > 0)
            json += ',';
        json += changes[i];
    }
    json += "]}";
    return json;
}

Result<ChangeFrame> decodeFrame(std::string_view json)
{
    Reader reader(Limits::frameBytes);
    const auto element = reader.parse(json);
    if (!element)
        return element.error();
    ChangeFrame frame;
    if (!readRecord(*element, LiveFrame::type, &frame.head) || frame.head.frame.empty())
        return badReply(QStringLiteral("no live frame: %1").arg(excerpt(json)));
    dom::array changes;
    if ((*element)["changes"].get(changes) != simdjson::SUCCESS)
        return frame;
    for (const dom::element item : changes) {
        auto change = readChange(item);
        if (!change)
            return change.error();
        if (frame.changes.size() >= Limits::frameChanges)
            return badReply(QStringLiteral("a frame of more than %1 changes").arg(Limits::frameChanges));
        if (change->kind)
            frame.changes.push_back(*std::move(change));
    }
    return frame;
}

} // namespace Counterfoil
