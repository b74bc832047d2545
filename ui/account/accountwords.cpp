#include "accountwords.h"

#include "addressrules.h"
#include "countrynames.h"
#include "display.h"

#include <QStringList>

namespace Counterfoil {

namespace {

QString joined(QStringList parts, const QString &between)
{
    parts.removeAll(QString());
    return parts.join(between);
}

QString placeOf(const Address &address)
{
    const CountryRules *rules = countryRules(address.country);
    const QString city = Display::text(address.city);
    const QString code = Display::text(address.postalCode);
    const QString region = Display::text(address.region);
    const QString space = QStringLiteral(" ");
    return rules && rules->postalFirst ? joined({code, city, region}, space)
                                       : joined({city, region, code}, space);
}

QStringList parts(const Address &address)
{
    QStringList all = Display::text(address.street).split(QLatin1Char('\n'));
    all.append(placeOf(address));
    all.append(countryName(address.country));
    return all;
}

} // namespace

QString AccountWords::oneLine(const Address &address)
{
    QStringList all = parts(address);
    if (!address.attention.empty())
        all.prepend(tr("Attn %1", "for whose attention").arg(Display::text(address.attention)));
    return joined(all, QStringLiteral(", "));
}

QString AccountWords::lines(const Address &address)
{
    QStringList all = parts(address);
    all.prepend(Display::text(address.attention));
    all.prepend(Display::text(address.name));
    return joined(all, QStringLiteral("\n"));
}

QString AccountWords::about(const Contact &contact)
{
    return joined({Display::text(contact.role), Display::text(contact.department)}, QStringLiteral(" · "));
}

QString AccountWords::oneLine(const Contact &contact)
{
    return joined({about(contact), Display::text(contact.email), Display::text(contact.phone),
                   Display::text(contact.mobile)},
                  QStringLiteral(" · "));
}

QString AccountWords::oneLine(const AnyRecord &record)
{
    if (const auto *address = record.as<Address>())
        return oneLine(*address);
    const auto *contact = record.as<Contact>();
    return contact ? oneLine(*contact) : QString();
}

} // namespace Counterfoil
