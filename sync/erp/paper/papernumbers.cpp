#include "papernumbers.h"

#include "papertype.h"

#include <QDate>

namespace Counterfoil {

namespace {

// The country's own way of writing numbers, unless it has figures of its own: the words around them
// are English.
QLocale numbersOf(const QString &country)
{
    const QLocale english(QLocale::English, QLocale::UnitedKingdom);
    const QLocale::Territory territory = QLocale::codeToTerritory(country);
    if (territory == QLocale::AnyTerritory)
        return english;
    const QList<QLocale> own = QLocale::matchingLocales(QLocale::AnyLanguage, QLocale::AnyScript, territory);
    const QLocale likely(QLocale::AnyLanguage, territory);
    const QLocale &locale = likely.territory() == territory || own.isEmpty() ? likely : own.first();
    return locale.zeroDigit() == QLatin1String("0") ? locale : english;
}

} // namespace

PaperNumbers::PaperNumbers(const std::string &country, const std::string &currency)
    : m_locale(numbersOf(QString::fromStdString(country)))
    , m_currency(paperText(currency).left(8))
    , m_places(minorUnitPlaces(currency))
    , m_monthFirst(country == "US")
    , m_sheet(country == "US" || country == "CA" ? QPageSize::Letter : QPageSize::A4)
{ }

QString PaperNumbers::number(std::int64_t value, int places, bool grouped) const
{
    const quint64 magnitude = value < 0 ? 0 - static_cast<quint64>(value) : static_cast<quint64>(value);
    quint64 unit = 1;
    for (int i = 0; i < places; ++i)
        unit *= 10;
    QString text
        = grouped ? m_locale.toString(qulonglong(magnitude / unit)) : QString::number(magnitude / unit);
    // A narrow or broken separator would be one that fonts lack and readers do not find.
    text.replace(QChar(0x202f), QChar(0xa0));
    if (places > 0) {
        text += m_locale.decimalPoint();
        text += QStringLiteral("%1").arg(magnitude % unit, places, 10, QLatin1Char('0'));
    }
    // The sign that people type when they search, and that a spreadsheet takes.
    return value < 0 ? u'-' + text : text;
}

QString PaperNumbers::decimal(Decimal value, int leastPlaces) const
{
    int places = Decimal::places;
    std::int64_t rest = value.millionths;
    while (places > leastPlaces && rest % 10 == 0) {
        rest /= 10;
        --places;
    }
    return number(rest, places, true);
}

QString PaperNumbers::amount(Amount amount) const
{
    return number(amount.minor, m_places, true);
}

QString PaperNumbers::money(Amount amount) const
{
    return m_currency + QChar(0xa0) + this->amount(amount);
}

QString PaperNumbers::price(Decimal price) const
{
    return decimal(price, m_places);
}

QString PaperNumbers::plain(Decimal value) const
{
    return decimal(value, 0);
}

QString PaperNumbers::percent(Decimal rate) const
{
    return decimal(rate, 0) + u'%';
}

QString PaperNumbers::date(Date date) const
{
    if (!date.isSet())
        return {};
    static const QLocale english(QLocale::English, QLocale::UnitedKingdom);
    return english.toString(QDate(1970, 1, 1).addDays(date.daysSinceEpoch),
                            m_monthFirst ? u"MMM d, yyyy" : u"d MMM yyyy");
}

} // namespace Counterfoil
