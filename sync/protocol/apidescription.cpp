#include "commandcodec.h"
#include "endpoints.h"
#include "kinds.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <map>

namespace Counterfoil {

namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QJsonObject reference(std::string_view schema)
{
    return {{QStringLiteral("$ref"), QStringLiteral("#/components/schemas/") + text(schema)}};
}

QJsonObject typed(const char *type, const char *format = nullptr)
{
    QJsonObject schema{{QStringLiteral("type"), QLatin1String(type)}};
    if (format)
        schema[QStringLiteral("format")] = QLatin1String(format);
    return schema;
}

QJsonObject nullableText(const char *format)
{
    QJsonObject schema = typed("string", format);
    schema[QStringLiteral("type")] = QJsonArray{QStringLiteral("string"), QStringLiteral("null")};
    return schema;
}

QJsonObject fieldSchema(const Field &field)
{
    switch (field.type) {
    case FieldType::Text:
        return typed("string");
    case FieldType::Integer:
        return typed("integer", "int64");
    case FieldType::Flag:
        return typed("boolean");
    case FieldType::Instant:
        return nullableText("date-time");
    case FieldType::Date:
        return nullableText("date");
    case FieldType::Amount: {
        QJsonObject schema = typed("integer", "int64");
        schema[QStringLiteral("x-unit")] = QStringLiteral("the smallest unit of the record's currency");
        return schema;
    }
    case FieldType::Decimal: {
        QJsonObject schema = typed("string", "decimal");
        schema[QStringLiteral("pattern")] = QStringLiteral("^-?[0-9]{1,12}(\\.[0-9]{1,6})?$");
        return schema;
    }
    case FieldType::List:
        return {{QStringLiteral("type"), QStringLiteral("array")},
                {QStringLiteral("items"), reference(field.element->name)}};
    }
    return {};
}

// Collects the type's schema and those of its list elements.
void addSchema(QJsonObject &schemas, const RecordType &type)
{
    QJsonObject properties;
    for (const Field &field : type.fields) {
        // These two travel in the change that carries the record.
        if (field.is(Key) || field.is(AccountKey))
            continue;
        QJsonObject schema = fieldSchema(field);
        if (field.type != FieldType::List)
            schema[QStringLiteral("description")] = QString::fromUtf8(field.title);
        properties[text(field.name)] = schema;
        if (field.element)
            addSchema(schemas, *field.element);
    }
    schemas[text(type.name)] = QJsonObject{{QStringLiteral("type"), QStringLiteral("object")},
                                           {QStringLiteral("properties"), properties}};
}

QJsonObject object(const QJsonObject &properties, std::initializer_list<const char *> required)
{
    QJsonArray names;
    for (const char *name : required)
        names.append(QLatin1String(name));
    return {{QStringLiteral("type"), QStringLiteral("object")},
            {QStringLiteral("properties"), properties},
            {QStringLiteral("required"), names}};
}

QJsonObject oneOf(const QJsonArray &values)
{
    return {{QStringLiteral("enum"), values}};
}

QJsonObject anyOf(const QJsonArray &schemas)
{
    return {{QStringLiteral("anyOf"), schemas}};
}

QJsonArray kindNames()
{
    QJsonArray kinds;
    for (const RecordType *kind : allKinds())
        kinds.append(text(kind->name));
    return kinds;
}

QJsonArray kindSchemas()
{
    QJsonArray records;
    for (const RecordType *kind : allKinds())
        records.append(reference(kind->name));
    return records;
}

// A change is an envelope around one of the kinds.
QJsonObject changeSchema()
{
    return object({{QStringLiteral("seq"), typed("integer", "int64")},
                   {QStringLiteral("kind"), oneOf(kindNames())},
                   {QStringLiteral("key"), typed("string")},
                   {QStringLiteral("account"), typed("string")},
                   {QStringLiteral("version"), typed("integer", "int64")},
                   {QStringLiteral("time"), typed("string", "date-time")},
                   {QStringLiteral("removed"), typed("boolean")},
                   {QStringLiteral("record"), anyOf(kindSchemas())}},
                  {"seq", "kind", "key", "account", "version", "time"});
}

// What may be asked for of a kind: its Editable fields.
QJsonObject wishSchema(const RecordType &kind)
{
    QJsonObject properties;
    for (const Field &field : kind.fields) {
        if (!field.is(Editable))
            continue;
        QJsonObject schema = fieldSchema(field);
        schema[QStringLiteral("description")] = QString::fromUtf8(field.title);
        properties[text(field.name)] = schema;
    }
    return {{QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("properties"), properties}};
}

QString wishName(const RecordType &kind)
{
    return text(kind.name) + QStringLiteral("Wish");
}

void addCommandSchemas(QJsonObject &schemas)
{
    QJsonArray verbs;
    QJsonArray kinds;
    QJsonArray wishes;
    for (const CommandType &type : commandTypes()) {
        if (!verbs.contains(text(type.verb)))
            verbs.append(text(type.verb));
        if (kinds.contains(text(type.kind->name)))
            continue;
        kinds.append(text(type.kind->name));
        schemas[wishName(*type.kind)] = wishSchema(*type.kind);
        wishes.append(reference(wishName(*type.kind).toStdString()));
    }
    schemas[QStringLiteral("command")] = object({{QStringLiteral("key"), typed("string", "uuid")},
                                                 {QStringLiteral("verb"), oneOf(verbs)},
                                                 {QStringLiteral("kind"), oneOf(kinds)},
                                                 {QStringLiteral("account"), typed("string")},
                                                 {QStringLiteral("target"), typed("string")},
                                                 {QStringLiteral("after"), typed("string")},
                                                 {QStringLiteral("baseVersion"), typed("integer", "int64")},
                                                 {QStringLiteral("madeAt"), nullableText("date-time")},
                                                 {QStringLiteral("base"), anyOf(wishes)},
                                                 {QStringLiteral("record"), anyOf(wishes)}},
                                                {"key", "verb", "kind", "account"});
    QJsonArray states;
    using State = CommandOutcome::State;
    for (const State state :
         {State::Unknown, State::Received, State::Applied, State::Rejected, State::Conflict})
        states.append(text(stateName(state)));
    schemas[QStringLiteral("outcome")]
        = object({{QStringLiteral("command"), typed("string", "uuid")},
                  {QStringLiteral("state"), oneOf(states)},
                  {QStringLiteral("effectSeq"), typed("integer", "int64")},
                  {QStringLiteral("target"), typed("string")},
                  {QStringLiteral("reasonCode"), typed("string")},
                  {QStringLiteral("reason"), typed("string")},
                  {QStringLiteral("differences"),
                   QJsonObject{{QStringLiteral("type"), QStringLiteral("array")},
                               {QStringLiteral("items"), reference(CartDifference::type.name)}}},
                  {QStringLiteral("theirVersion"), typed("integer", "int64")},
                  {QStringLiteral("kind"), oneOf(kinds)},
                  {QStringLiteral("theirs"), anyOf(kindSchemas())}},
                 {"command", "state"});
    schemas[QStringLiteral("outcomes")]
        = object({{QStringLiteral("outcomes"),
                   QJsonObject{{QStringLiteral("type"), QStringLiteral("array")},
                               {QStringLiteral("items"), reference("outcome")}}}},
                 {"outcomes"});
}

QJsonObject recordSchemas()
{
    QJsonObject schemas;
    for (const RecordType *kind : allKinds())
        addSchema(schemas, *kind);
    schemas[QStringLiteral("change")] = changeSchema();
    return schemas;
}

QJsonObject content(const char *mediaType, const QJsonObject &schema)
{
    return {{QLatin1String(mediaType), QJsonObject{{QStringLiteral("schema"), schema}}}};
}

QJsonObject documentHeaders()
{
    const std::pair<const char *, const char *> all[] = {
        {"Accept-Ranges", "bytes"},
        {"Content-Disposition", "A file name to keep it under"},
        {"Content-Range", "206 and 416: which bytes of how many"},
        {"ETag", "The SHA-256 of the whole document in hexadecimal digits, in quotation marks"},
        {"Repr-Digest", "The SHA-256 of the whole document, RFC 9530: sha-256=:BASE64:"},
    };
    QJsonObject headers;
    for (const auto &[name, description] : all)
        headers[QLatin1String(name)]
            = QJsonObject{{QStringLiteral("description"), QLatin1String(description)},
                          {QStringLiteral("schema"), typed("string")}};
    return headers;
}

QJsonObject successAnswer(const Endpoint &endpoint)
{
    QJsonObject answer{{QStringLiteral("description"), QString::fromUtf8(endpoint.summary)}};
    switch (endpoint.answerBody) {
    case Endpoint::Body::Json:
        answer[QStringLiteral("content")] = content(
            "application/json", endpoint.answer ? reference(endpoint.answer->name) : typed("object"));
        break;
    case Endpoint::Body::OneOutcome:
        answer[QStringLiteral("content")] = content("application/json", reference("outcome"));
        break;
    case Endpoint::Body::Outcomes:
        answer[QStringLiteral("content")] = content("application/json", reference("outcomes"));
        break;
    case Endpoint::Body::Page: {
        QJsonObject line = reference("change");
        line[QStringLiteral("description")]
            = QStringLiteral("One JSON object a line: first a pageHead, then the changes, last a pageEnd.");
        answer[QStringLiteral("content")] = content("application/x-ndjson", line);
        break;
    }
    case Endpoint::Body::Document:
        answer[QStringLiteral("content")] = content("*/*", typed("string", "binary"));
        answer[QStringLiteral("headers")] = documentHeaders();
        break;
    case Endpoint::Body::Text:
        answer[QStringLiteral("content")] = content("text/plain", typed("string"));
        break;
    case Endpoint::Body::None:
    case Endpoint::Body::WebSocket:
        break;
    }
    return answer;
}

QJsonObject answers(const Endpoint &endpoint)
{
    QJsonObject responses;
    const int success = endpoint.answerBody == Endpoint::Body::None ? 204
        : endpoint.answerBody == Endpoint::Body::WebSocket          ? 101
                                                                    : 200;
    responses[QString::number(success)] = successAnswer(endpoint);
    if (endpoint.answerBody == Endpoint::Body::Document) {
        responses[QStringLiteral("206")] = successAnswer(endpoint);
        responses[QStringLiteral("304")]
            = QJsonObject{{QStringLiteral("description"), QStringLiteral("The caller has it already")}};
    }
    std::map<int, QStringList> byStatus;
    for (const ProblemKind kind : endpoint.problems) {
        const ProblemType &type = problemType(kind);
        byStatus[type.status].append(QLatin1String(type.title) + QStringLiteral(" (") + text(type.uri)
                                     + QLatin1Char(')'));
    }
    for (const auto &[status, titles] : byStatus) {
        responses[QString::number(status)] = QJsonObject{
            {QStringLiteral("description"), titles.join(QStringLiteral("; "))},
            {QStringLiteral("content"), content("application/problem+json", reference("problem"))}};
    }
    return responses;
}

QString placeName(EndpointParameter::Place place)
{
    switch (place) {
    case EndpointParameter::Place::Query:
        return QStringLiteral("query");
    case EndpointParameter::Place::Path:
        return QStringLiteral("path");
    case EndpointParameter::Place::Header:
        return QStringLiteral("header");
    }
    return {};
}

QJsonObject operation(const Endpoint &endpoint)
{
    QJsonObject result{{QStringLiteral("summary"), QString::fromUtf8(endpoint.summary)},
                       {QStringLiteral("responses"), answers(endpoint)}};
    QJsonArray parameters;
    for (const EndpointParameter &parameter : endpoint.parameters) {
        if (parameter.name.empty())
            continue;
        parameters.append(QJsonObject{
            {QStringLiteral("name"), text(parameter.name)},
            {QStringLiteral("in"), placeName(parameter.in)},
            {QStringLiteral("required"), parameter.required},
            {QStringLiteral("description"), QString::fromUtf8(parameter.description)},
            {QStringLiteral("schema"), typed("string")},
        });
    }
    if (!parameters.isEmpty())
        result[QStringLiteral("parameters")] = parameters;
    if (endpoint.request || endpoint.takesCommand)
        result[QStringLiteral("requestBody")]
            = QJsonObject{{QStringLiteral("required"), true},
                          {QStringLiteral("content"),
                           content("application/json",
                                   reference(endpoint.takesCommand ? "command" : endpoint.request->name))}};
    if (endpoint.needsToken)
        result[QStringLiteral("security")]
            = QJsonArray{QJsonObject{{QStringLiteral("bearer"), QJsonArray()}}};
    return result;
}

QJsonObject info(const char *title)
{
    return {{QStringLiteral("title"), QLatin1String(title)},
            {QStringLiteral("version"), QStringLiteral("1")}};
}

std::string indented(const QJsonObject &document)
{
    return QJsonDocument(document).toJson(QJsonDocument::Indented).toStdString();
}

} // namespace

std::string openApiDocument()
{
    QJsonObject paths;
    QJsonObject schemas = recordSchemas();
    addCommandSchemas(schemas);
    for (const RecordType *message : {&PageHead::type, &PageEnd::type, &Problem::type})
        addSchema(schemas, *message);
    for (const Endpoint &endpoint : endpoints()) {
        QJsonObject path = paths[text(endpoint.path)].toObject();
        path[text(endpoint.method).toLower()] = operation(endpoint);
        paths[text(endpoint.path)] = path;
        for (const RecordType *message : {endpoint.request, endpoint.answer}) {
            if (message)
                addSchema(schemas, *message);
        }
    }
    const QJsonObject bearer{{QStringLiteral("type"), QStringLiteral("http")},
                             {QStringLiteral("scheme"), QStringLiteral("bearer")}};
    return indented({
        {QStringLiteral("openapi"), QStringLiteral("3.1.0")},
        {QStringLiteral("info"), info("Counterfoil gateway")},
        {QStringLiteral("paths"), paths},
        {QStringLiteral("components"),
         QJsonObject{{QStringLiteral("schemas"), schemas},
                     {QStringLiteral("securitySchemes"), QJsonObject{{QStringLiteral("bearer"), bearer}}}}},
    });
}

std::string asyncApiDocument()
{
    QJsonObject schemas = recordSchemas();
    addSchema(schemas, LivePing::type);
    addSchema(schemas, LiveFrame::type);
    QJsonObject frame = schemas[text(LiveFrame::type.name)].toObject();
    QJsonObject properties = frame[QStringLiteral("properties")].toObject();
    properties[QStringLiteral("changes")] = QJsonObject{{QStringLiteral("type"), QStringLiteral("array")},
                                                        {QStringLiteral("items"), reference("change")}};
    frame[QStringLiteral("properties")] = properties;
    schemas[text(LiveFrame::type.name)] = frame;

    const auto message = [](const RecordType &type, const char *summary) {
        return QJsonObject{{QStringLiteral("message"),
                            QJsonObject{{QStringLiteral("name"), text(type.name)},
                                        {QStringLiteral("summary"), QString::fromUtf8(summary)},
                                        {QStringLiteral("payload"), reference(type.name)}}}};
    };
    const QJsonObject channel{
        {QStringLiteral("subscribe"), message(LiveFrame::type, "What the gateway sends")},
        {QStringLiteral("publish"), message(LivePing::type, "What the client sends, about once a second")},
    };
    return indented({
        {QStringLiteral("asyncapi"), QStringLiteral("2.6.0")},
        {QStringLiteral("info"), info("Counterfoil gateway, live")},
        {QStringLiteral("channels"), QJsonObject{{QStringLiteral("/v1/live"), channel}}},
        {QStringLiteral("components"), QJsonObject{{QStringLiteral("schemas"), schemas}}},
    });
}

} // namespace Counterfoil
