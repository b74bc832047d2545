#include "objections.h"

#include "address.h"
#include "addressrules.h"
#include "contact.h"
#include "countries.h"
#include "recordcheck.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::size_t mostFieldBytes = 4 * mostFieldCharacters; // as much as they can be in UTF-8

std::string quotedTitle(const Field &field)
{
    return "“" + std::string(field.title) + "”";
}

Objection refusalFor(const AnyRecord &record, const FieldIssue &issue)
{
    const Field &field = *issue.field;
    const std::string name(field.name);
    switch (issue.kind) {
    case FieldIssue::Kind::Missing:
        if (field.type == FieldType::Flag)
            return {"use-missing", "Say whether goods, invoices or both go to this address."};
        return {name + "-missing", quotedTitle(field) + " is missing."};
    case FieldIssue::Kind::TooLong:
        return {name + "-too-long",
                quotedTitle(field) + " is too long: at most " + std::to_string(mostFieldCharacters)
                    + " characters in " + std::to_string(mostStreetLines) + " lines."};
    case FieldIssue::Kind::Unknown:
        return {name + "-unknown",
                "There is no country with the code “" + field.in<std::string>(record.data()) + "”."};
    case FieldIssue::Kind::Odd:
    case FieldIssue::Kind::Spelling:
        break;
    }
    return {name + "-invalid", quotedTitle(field) + " cannot be used as it is written."};
}

std::string objectionToAddress(const Address &address)
{
    const CountryRules *rules = countryRules(address.country);
    if (rules && !rules->shapes.empty() && !address.postalCode.empty()
        && spelledPostalCode(*rules, address.postalCode).empty()) {
        return "The postal code “" + address.postalCode + "” does not fit " + countryName(address.country)
            + ", where one looks like " + std::string(rules->example) + '.';
    }
    static const QRegularExpression box(
        QStringLiteral("\\bP\\.? ?O\\.? ?Box\\b|\\bPostfach\\b|\\bPostbus\\b|\\bBo\u00eete postale\\b|"
                       "\\bApartado\\b|\\bCasella postale\\b|\u79c1\u66f8\u7bb1"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    if (address.shipTo && QString::fromStdString(address.street).contains(box))
        return "Goods come on pallets and cannot be delivered to a post-office box.";
    return {};
}

} // namespace

bool isPrintable(const std::string &text, bool inLines)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    return !decoder.hasError() && std::ranges::none_of(decoded, [inLines](QChar c) {
        return c.category() == QChar::Other_Control && !(inLines && c == QLatin1Char('\n'));
    });
}

std::optional<Objection> refusalOf(const AnyRecord &record)
{
    // Before anybody looks closer at what may be anything.
    for (const Field &field : record.type().fields) {
        if (!field.is(Editable) || field.type != FieldType::Text)
            continue;
        const auto &text = field.in<std::string>(record.data());
        if (text.size() > mostFieldBytes)
            return refusalFor(record, {&field, FieldIssue::Kind::TooLong});
        if (!isPrintable(text, field.name == "street" || field.name == "notes"))
            return Objection{"text-unprintable",
                             quotedTitle(field) + " holds characters that cannot be printed."};
    }
    for (const FieldIssue &issue : issuesOf(record)) {
        if (issue.forbids)
            return refusalFor(record, issue);
    }
    return std::nullopt;
}

std::string objectionTo(const AnyRecord &record)
{
    if (const auto *address = record.as<Address>())
        return objectionToAddress(*address);
    const auto *contact = record.as<Contact>();
    if (contact && contact->email.ends_with(".invalid"))
        return "Mail to " + contact->email + " came back: there is no such domain.";
    return {};
}

} // namespace Counterfoil::Sandbox
