#include "issuewords.h"

#include "address.h"
#include "countrynames.h"
#include "display.h"

#include <QCoreApplication>
#include <QLocale>

namespace Counterfoil {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RecordForm", text);
}

QString missing(const FieldIssue &issue, const QString &country)
{
    const QString example = Display::text(issue.example);
    if (issue.field->name == "shipTo")
        return tr("Choose deliveries, invoices or both.");
    if (issue.field->name == "postalCode")
        return tr("Addresses in %1 usually have a postal code, such as %2.").arg(country, example);
    if (issue.field->name == "region")
        return tr("Addresses in %1 usually name the region, such as %2.").arg(country, example);
    return tr("This is needed.");
}

QString odd(const FieldIssue &issue, const QString &country)
{
    const QString example = Display::text(issue.example);
    if (issue.field->name == "postalCode")
        return tr("This is not how postal codes of %1 look. One of them is %2.").arg(country, example);
    if (issue.field->name == "region")
        return tr("This is not among the regions of %1. One of them is %2.").arg(country, example);
    if (issue.field->name == "email")
        return tr("This is no e-mail address. One looks like %1.").arg(example);
    return tr("This does not look like a telephone number. One looks like %1.").arg(example);
}

QString tooLong(const FieldIssue &issue)
{
    const QString characters = QLocale().toString(static_cast<int>(mostFieldCharacters));
    return issue.field->name == "street"
        ? tr("This is too long: there is room for %1 lines and %2 characters.")
              .arg(QLocale().toString(static_cast<int>(mostStreetLines)), characters)
        : tr("This is too long: there is room for one line of %1 characters.").arg(characters);
}

} // namespace

QString issueSentence(const FieldIssue &issue, const AnyRecord &record)
{
    const auto *address = record.as<Address>();
    const QString country = address ? countryName(address->country) : QString();
    switch (issue.kind) {
    case FieldIssue::Kind::Missing:
        return missing(issue, country);
    case FieldIssue::Kind::TooLong:
        return tooLong(issue);
    case FieldIssue::Kind::Unknown:
        return tr("Choose a country.");
    case FieldIssue::Kind::Odd:
        return odd(issue, country);
    case FieldIssue::Kind::Spelling:
        break;
    }
    return tr("It is usually written otherwise.");
}

} // namespace Counterfoil
