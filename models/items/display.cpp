#include "display.h"

#include "clock.h"
#include "displaytext.h"
#include "document.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cstdlib>
#include <span>

namespace Counterfoil::Display {

namespace {

// The symbols that people everywhere read without the country's name; other currencies show their code.
QString symbolOf(const std::string &currency)
{
    static constexpr std::pair<std::string_view, const char16_t *> symbols[]
        = {{"GBP", u"£"}, {"EUR", u"€"}, {"USD", u"$"}, {"JPY", u"¥"}, {"INR", u"₹"}, {"KRW", u"₩"}};
    for (const auto &[code, symbol] : symbols) {
        if (code == currency)
            return QStringView(symbol).toString();
    }
    return currency.empty() ? QString() : QString::fromStdString(currency) + QChar(0xa0);
}

QString localDigits(const QString &ascii)
{
    const QString zero = QLocale().zeroDigit();
    if (zero == QLatin1String("0") || zero.size() != 1)
        return ascii;
    QString digits;
    for (QChar c : ascii)
        digits += c.isDigit() ? QChar(char16_t(zero.front().unicode() + c.digitValue())) : c;
    return digits;
}

// "2,318.40" for 231840 with two places.
QString number(quint64 magnitude, int places)
{
    quint64 unit = 1;
    for (int i = 0; i < places; ++i)
        unit *= 10;
    QString text = QLocale().toString(qulonglong(magnitude / unit));
    if (places > 0) {
        const QString fraction = QStringLiteral("%1").arg(magnitude % unit, places, 10, QLatin1Char('0'));
        text += QLocale().decimalPoint() + localDigits(fraction);
    }
    return text;
}

quint64 magnitudeOf(std::int64_t value)
{
    return value < 0 ? 0 - static_cast<quint64>(value) : static_cast<quint64>(value);
}

// Where the symbol stands is the locale's matter, so it formats a one in place of the number; it could
// not format the number itself, which it would take as floating point. The sign is ours: locales that
// set negative amounts in brackets do so for accountants.
QString withCurrency(const QString &digits, bool negative, const std::string &currency)
{
    const QLocale locale;
    const QString sign = negative ? locale.negativeSign() : QString();
    const QString symbol = symbolOf(currency);
    if (locale.language() == QLocale::C || symbol.isEmpty())
        return sign + symbol + digits;
    QString text = locale.toCurrencyString(qlonglong(1), symbol);
    const QString one = locale.toString(1);
    const auto at = text.indexOf(one);
    if (at < 0)
        return sign + symbol + digits;
    // Some locales show places even for a whole number.
    auto end = at + one.size();
    while (end < text.size() && (text[end].isDigit() || text.mid(end).startsWith(locale.decimalPoint())))
        ++end;
    text.replace(at, end - at, digits);
    return sign + text.trimmed();
}

// How many of the six places of a decimal count, but at least `least`.
int decimalPlaces(Decimal value, int least)
{
    int places = Decimal::places;
    auto rest = value.millionths;
    while (places > least && rest % 10 == 0) {
        rest /= 10;
        --places;
    }
    return places;
}

QString decimalText(Decimal value, int leastPlaces)
{
    const int places = decimalPlaces(value, leastPlaces);
    quint64 magnitude = magnitudeOf(value.millionths);
    for (int i = places; i < Decimal::places; ++i)
        magnitude /= 10;
    return number(magnitude, places);
}

QDate qDate(Date date)
{
    return QDate(1970, 1, 1).addDays(date.daysSinceEpoch);
}

QDateTime qDateTime(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.ms);
}

// Day and short month in the locale's order. What "this year" means to the person is the machine's matter.
QString shortDate(QDate date)
{
    const QLocale locale;
    const QString format = locale.dateFormat(QLocale::ShortFormat);
    const bool monthFirst = format.indexOf(QLatin1Char('M')) < format.indexOf(QLatin1Char('d'));
    const bool thisYear = date.year() == qDateTime(SystemClock().now()).date().year();
    if (monthFirst)
        return locale.toString(date, thisYear ? u"MMM d" : u"MMM d, yyyy");
    return locale.toString(date, thisYear ? u"d MMM" : u"d MMM yyyy");
}

} // namespace

QString money(Amount amount, const std::string &currency)
{
    return withCurrency(number(magnitudeOf(amount.minor), minorUnitPlaces(currency)), amount.minor < 0,
                        currency);
}

QString unitPrice(Decimal price, const std::string &currency)
{
    return withCurrency(decimalText(price, minorUnitPlaces(currency)), price.millionths < 0, currency);
}

QString quantity(Decimal quantity)
{
    const QString text = decimalText(quantity, 0);
    return quantity.millionths < 0 ? QLocale().negativeSign() + text : text;
}

QString shortDate(Instant instant)
{
    return instant.isSet() ? shortDate(qDateTime(instant).date()) : QString();
}

QString shortDate(Date date)
{
    return date.isSet() ? shortDate(qDate(date)) : QString();
}

QString dateAndTime(Instant instant)
{
    if (!instant.isSet())
        return {};
    return QCoreApplication::translate("Display", "%1, %2", "date and time of day")
        .arg(shortDate(instant), QLocale().toString(qDateTime(instant).time(), QLocale::ShortFormat));
}

QString full(Instant instant)
{
    if (!instant.isSet())
        return {};
    return QLocale().toString(qDateTime(instant), QLocale::LongFormat);
}

QString full(Date date)
{
    return date.isSet() ? QLocale().toString(qDate(date), QLocale::LongFormat) : QString();
}

QString ago(qint64 ageMs)
{
    const auto roundedUp = [ageMs](qint64 unit) { return (qMax<qint64>(ageMs, 0) + unit - 1) / unit; };
    if (roundedUp(100) < 10)
        return DisplayText::tr("%1 s").arg(number(static_cast<quint64>(roundedUp(100)), 1));
    if (const qint64 seconds = roundedUp(1000); seconds < 60)
        return DisplayText::tr("%1 s").arg(seconds);
    if (const qint64 minutes = roundedUp(60'000); minutes < 60)
        return DisplayText::tr("%1 min").arg(minutes);
    if (const qint64 hours = roundedUp(3'600'000); hours < 48)
        return DisplayText::tr("%1 h").arg(hours);
    return DisplayText::tr("%1 d").arg(roundedUp(86'400'000));
}

QString text(const std::string &utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString name(const AnyRecord &record)
{
    if (record.isNull())
        return {};
    for (const char *each : {"name", "number"}) {
        if (const Field *field = record.type().find(each))
            return text(field->in<std::string>(record.data()));
    }
    return {};
}

namespace {

using Code = std::pair<std::string_view, const char *>;

QString inWords(std::span<const Code> words, const std::string &code)
{
    for (const auto &[known, word] : words) {
        if (known == code)
            return DisplayText::tr(word);
    }
    return text(code);
}

} // namespace

QString origin(const std::string &code)
{
    static constexpr Code words[] = {
        {"web", QT_TRANSLATE_NOOP("Display", "Web")},     {"edi", QT_TRANSLATE_NOOP("Display", "EDI")},
        {"phone", QT_TRANSLATE_NOOP("Display", "Phone")}, {"email", QT_TRANSLATE_NOOP("Display", "E-mail")},
        {"app", QT_TRANSLATE_NOOP("Display", "App")},     {"import", QT_TRANSLATE_NOOP("Display", "Import")},
    };
    return inWords(words, code);
}

QString paper(const std::string &code)
{
    static constexpr Code words[]
        = {{Paper::invoice, QT_TRANSLATE_NOOP("Display", "Invoice")},
           {Paper::creditMemo, QT_TRANSLATE_NOOP("Display", "Credit memo")},
           {Paper::statement, QT_TRANSLATE_NOOP("Display", "Statement")},
           {Paper::receipt, QT_TRANSLATE_NOOP("Display", "Payment receipt")},
           {Paper::acknowledgement, QT_TRANSLATE_NOOP("Display", "Order acknowledgement")},
           {Paper::packingSlip, QT_TRANSLATE_NOOP("Display", "Packing slip")},
           {Paper::billOfLading, QT_TRANSLATE_NOOP("Display", "Bill of lading")},
           {Paper::returnLabel, QT_TRANSLATE_NOOP("Display", "Return label")},
           {Paper::proofOfDelivery, QT_TRANSLATE_NOOP("Display", "Proof of delivery")},
           {Paper::certificate, QT_TRANSLATE_NOOP("Display", "Certificate of conformity")},
           {Paper::safetyDataSheet, QT_TRANSLATE_NOOP("Display", "Safety data sheet")},
           {Paper::picture, QT_TRANSLATE_NOOP("Display", "Picture")}};
    const QString known = inWords(words, code);
    if (known != text(code))
        return known;
    // A paper that this program does not know says what it is all the same: "packingSlip", "packing slip".
    QString spaced;
    for (const QChar c : known) {
        const bool begins = c.isUpper() && !spaced.isEmpty();
        spaced += begins ? QString(u' ') + c.toLower() : spaced.isEmpty() ? QString(c.toUpper()) : QString(c);
    }
    return spaced;
}

} // namespace Counterfoil::Display
