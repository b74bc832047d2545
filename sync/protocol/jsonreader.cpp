#include "jsonreader.h"

#include "messages.h"

#include <QCoreApplication>

namespace Counterfoil::Json {

namespace {

namespace dom = simdjson::dom;

template <class T> bool readNumber(const dom::element &value, T &target)
{
    std::int64_t number = 0;
    if (value.get(number) != simdjson::SUCCESS)
        return false;
    target = T{number};
    return true;
}

// For the types that travel as text and have a parse(); null leaves the default.
template <class T> bool readParsed(const dom::element &value, T &target)
{
    std::string_view text;
    if (value.is_null())
        return true;
    if (value.get(text) != simdjson::SUCCESS)
        return false;
    const auto parsed = T::parse(text);
    if (!parsed)
        return false;
    target = *parsed;
    return true;
}

bool readList(const dom::element &value, const Field &field, void *record)
{
    dom::array items;
    if (value.get(items) != simdjson::SUCCESS)
        return false;
    void *list = field.address(record);
    field.list->clear(list);
    for (const dom::element item : items) {
        if (!readRecord(item, *field.element, field.list->append(list)))
            return false;
    }
    return true;
}

bool readValue(const dom::element &value, const Field &field, void *record)
{
    switch (field.type) {
    case FieldType::Text: {
        std::string_view text;
        if (value.get(text) != simdjson::SUCCESS)
            return false;
        field.in<std::string>(record) = text;
        return true;
    }
    case FieldType::Integer:
        return readNumber(value, field.in<std::int64_t>(record));
    case FieldType::Flag:
        return value.get(field.in<bool>(record)) == simdjson::SUCCESS;
    case FieldType::Instant:
        return readParsed(value, field.in<Instant>(record));
    case FieldType::Date:
        return readParsed(value, field.in<Date>(record));
    case FieldType::Amount:
        return readNumber(value, field.in<Amount>(record));
    case FieldType::Decimal:
        return readParsed(value, field.in<Decimal>(record));
    case FieldType::List:
        return readList(value, field, record);
    }
    return false;
}

bool saysNothing(const dom::element &value)
{
    switch (value.type()) {
    case dom::element_type::NULL_VALUE:
        return true;
    case dom::element_type::BOOL:
        return !value.get_bool().value();
    case dom::element_type::INT64:
        return value.get_int64().value() == 0;
    case dom::element_type::STRING:
        return value.get_string_length().value() == 0;
    case dom::element_type::ARRAY:
        return value.get_array().value().size() == 0;
    default:
        return false;
    }
}

} // namespace

Error badReply(const QString &detail)
{
    return {ErrorKind::BadReply,
            QCoreApplication::translate("Problem",
                                        "The gateway's answer makes no sense. Check the gateway's "
                                        "address; Counterfoil tries again by itself."),
            detail};
}

QString excerpt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min<std::size_t>(text.size(), 80)));
}

bool readRecord(const dom::element &value, const RecordType &type, void *record)
{
    dom::object object;
    if (value.get(object) != simdjson::SUCCESS)
        return false;
    // Writers keep the table's order, so the next field is nearly always the expected one.
    std::size_t expected = 0;
    for (const dom::key_value_pair member : object) {
        const Field *field = nullptr;
        if (expected < type.fields.size() && type.fields[expected].name == member.key)
            field = &type.fields[expected];
        else
            field = type.find(member.key);
        if (!field)
            continue;
        expected = static_cast<std::size_t>(field - type.fields.data()) + 1;
        if (!readValue(member.value, *field, record))
            return false;
    }
    return true;
}

bool readEditable(const dom::element &value, const RecordType &type, void *record)
{
    dom::object object;
    if (value.get(object) != simdjson::SUCCESS)
        return false;
    for (const dom::key_value_pair member : object) {
        const Field *field = type.find(member.key);
        const bool wanted = field && field->is(Editable);
        if (wanted ? !readValue(member.value, *field, record) : !saysNothing(member.value))
            return false;
    }
    return true;
}

Result<dom::element> Reader::parse(std::string_view json, bool padded)
{
    if (json.size() > m_maxBytes)
        return badReply(
            QStringLiteral("%1 bytes, more than the %2 allowed").arg(json.size()).arg(m_maxBytes));
    if (m_capacity < json.size()) {
        m_capacity = std::max<std::size_t>(json.size(), 4096);
        if (m_parser.allocate(m_capacity, Limits::jsonDepth) != simdjson::SUCCESS)
            return badReply(QStringLiteral("no memory to parse %1 bytes").arg(json.size()));
    }
    dom::element element;
    const auto code = m_parser.parse(json.data(), json.size(), !padded).get(element);
    if (code != simdjson::SUCCESS)
        return badReply(QStringLiteral("not JSON: %1: %2")
                            .arg(QLatin1String(simdjson::error_message(code)), excerpt(json)));
    return element;
}

} // namespace Counterfoil::Json
