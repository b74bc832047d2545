#include "jsonwriter.h"

namespace Counterfoil {

namespace {

// Bytes that are not UTF-8 become U+FFFD, so that whatever a connector delivers, what we send is JSON.
// Length of the well-formed sequence at `at`, 0 when there is none (RFC 3629).
std::size_t sequenceLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80 ? 1
        : first < 0xc2                      ? 0
        : first < 0xe0                      ? 2
        : first < 0xf0                      ? 3
        : first < 0xf5                      ? 4
                                            : 0;
    if (length == 0 || at + length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80)
            return 0;
    }
    const bool overlong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
    const bool surrogate = first == 0xed && byte(1) >= 0xa0;
    const bool beyond = first == 0xf4 && byte(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

void appendControl(std::string &out, unsigned char c)
{
    static constexpr char hex[] = "0123456789abcdef";
    switch (c) {
    case '\n':
        out += "\\n";
        break;
    case '\r':
        out += "\\r";
        break;
    case '\t':
        out += "\\t";
        break;
    default:
        out += "\\u00";
        out += hex[c >> 4];
        out += hex[c & 0xf];
    }
}

void appendValue(std::string &out, const Field &field, const void *record)
{
    const auto quotedOrNull
        = [&out](const std::string &text) { out += text.empty() ? "null" : '"' + text + '"'; };
    switch (field.type) {
    case FieldType::Text:
        appendJsonText(out, field.in<std::string>(record));
        break;
    case FieldType::Integer:
        out += std::to_string(field.in<std::int64_t>(record));
        break;
    case FieldType::Flag:
        out += field.in<bool>(record) ? "true" : "false";
        break;
    case FieldType::Instant:
        quotedOrNull(field.in<Instant>(record).toString());
        break;
    case FieldType::Date:
        quotedOrNull(field.in<Date>(record).toString());
        break;
    case FieldType::Amount:
        out += std::to_string(field.in<Amount>(record).minor);
        break;
    case FieldType::Decimal:
        quotedOrNull(field.in<Decimal>(record).toString());
        break;
    case FieldType::List: {
        void *list = field.address(const_cast<void *>(record));
        const std::size_t size = field.list->size(list);
        out += '[';
        for (std::size_t i = 0; i < size; ++i) {
            if (i > 0)
                out += ',';
            appendJson(out, *field.element, field.list->at(list, i), JsonFields::All);
        }
        out += ']';
        break;
    }
    }
}

std::string valueOf(const Field &field, const void *record)
{
    std::string value;
    appendValue(value, field, record);
    return value;
}

bool isWritten(const Field &field, JsonFields fields)
{
    switch (fields) {
    case JsonFields::All:
        return true;
    case JsonFields::WithoutEnvelope:
        return !field.is(Key) && !field.is(AccountKey);
    case JsonFields::EditableOnly:
    case JsonFields::EditableSet:
        return field.is(Editable);
    }
    return false;
}

} // namespace

void appendJsonText(std::string &out, std::string_view utf8)
{
    out += '"';
    for (std::size_t i = 0; i < utf8.size();) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = sequenceLength(utf8, i);
        if (length == 0)
            out += "\xef\xbf\xbd";
        else if (c < 0x20)
            appendControl(out, c);
        else if (c == '"' || c == '\\')
            (out += '\\') += utf8[i];
        else
            out.append(utf8, i, length);
        i += length == 0 ? 1 : length;
    }
    out += '"';
}

void appendJson(std::string &out, const RecordType &type, const void *record, JsonFields fields)
{
    const auto defaults = fields == JsonFields::EditableSet ? type.create() : nullptr;
    out += '{';
    bool first = true;
    for (const Field &field : type.fields) {
        if (!isWritten(field, fields))
            continue;
        if (defaults && valueOf(field, record) == valueOf(field, defaults.get()))
            continue;
        if (!first)
            out += ',';
        first = false;
        appendJsonText(out, field.name);
        out += ':';
        appendValue(out, field, record);
    }
    out += '}';
}

} // namespace Counterfoil
