#include "trytonrow.h"

#include <QString>

#include <cmath>

namespace Counterfoil {

namespace {

constexpr double largestQuantity = 1e12; // that Decimal takes

std::int64_t powerOfTen(int places)
{
    std::int64_t power = 1;
    for (int i = 0; i < places; ++i)
        power *= 10;
    return power;
}

} // namespace

Decimal roundedQuantity(double value)
{
    if (!std::isfinite(value) || std::abs(value) >= largestQuantity)
        return {};
    return {std::llround(value * static_cast<double>(Decimal::one))};
}

Amount amountOf(Decimal value, int places)
{
    const std::int64_t step = Decimal::one / powerOfTen(places);
    const std::int64_t half = value.millionths < 0 ? -step / 2 : step / 2;
    return {(value.millionths + half) / step};
}

Decimal decimalOf(Amount amount, int places)
{
    return {amount.minor * (Decimal::one / powerOfTen(places))};
}

QJsonArray idArray(const std::vector<std::int64_t> &ids)
{
    QJsonArray array;
    for (const std::int64_t id : ids)
        array.append(static_cast<qint64>(id));
    return array;
}

QJsonArray listOf(const QJsonArray &element)
{
    QJsonArray list;
    list.append(element);
    return list;
}

QJsonArray where(QAnyStringView field, const QJsonValue &value, QAnyStringView comparison)
{
    return listOf({field.toString(), comparison.toString(), value});
}

void TrytonRow::complain(const char *field) const
{
    if (m_wrong->empty())
        *m_wrong = field;
}

bool TrytonRow::has(const char *field) const
{
    const QJsonValue found = value(field);
    return !found.isNull() && !found.isUndefined();
}

std::string TrytonRow::text(const char *field) const
{
    if (!has(field))
        return {};
    if (!value(field).isString())
        complain(field);
    return value(field).toString().toStdString();
}

std::int64_t TrytonRow::integer(const char *field) const
{
    if (!has(field))
        return 0;
    constexpr std::int64_t none = -1;
    const std::int64_t number = value(field).toInteger(none);
    if (!value(field).isDouble())
        complain(field);
    return number;
}

bool TrytonRow::flag(const char *field) const
{
    if (has(field) && !value(field).isBool())
        complain(field);
    return value(field).toBool();
}

double TrytonRow::real(const char *field) const
{
    if (has(field) && !value(field).isDouble())
        complain(field);
    return value(field).toDouble();
}

Decimal TrytonRow::quantity(const char *field) const
{
    const double number = real(field);
    if (!std::isfinite(number) || std::abs(number) >= largestQuantity)
        complain(field);
    return roundedQuantity(number);
}

Decimal TrytonRow::decimal(const char *field) const
{
    if (!has(field))
        return {};
    std::string digits = value(field).toObject().value(QStringLiteral("decimal")).toString().toStdString();
    // Computed prices may have more places than count.
    if (const auto point = digits.find('.');
        point != std::string::npos && digits.size() > point + 1 + Decimal::places)
        digits.resize(point + 1 + Decimal::places);
    // Python writes a zero of many places as 0E-8.
    if (digits.starts_with("0E") || digits.starts_with("-0E"))
        return {};
    const auto parsed = Decimal::parse(digits);
    if (!parsed)
        complain(field);
    return parsed.value_or(Decimal());
}

Amount TrytonRow::amount(const char *field, int places) const
{
    return amountOf(decimal(field), places);
}

Date TrytonRow::date(const char *field) const
{
    if (!has(field))
        return {};
    const QJsonObject parts = value(field).toObject();
    const int year = parts.value(QStringLiteral("year")).toInt();
    const int month = parts.value(QStringLiteral("month")).toInt();
    const int day = parts.value(QStringLiteral("day")).toInt();
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
        complain(field);
        return {};
    }
    return Date::fromCivil(year, month, day);
}

Instant TrytonRow::instant(const char *field) const
{
    const Date day = date(field);
    if (!day.isSet())
        return {};
    const QJsonObject parts = value(field).toObject();
    const auto part = [&parts](const char *name) {
        return static_cast<std::int64_t>(parts.value(QLatin1String(name)).toInt());
    };
    return {day.daysSinceEpoch * msPerDay + part("hour") * 3'600'000 + part("minute") * 60'000
            + part("second") * 1'000 + part("microsecond") / 1'000};
}

std::int64_t TrytonRow::reference(const char *field, const char *model) const
{
    if (!has(field))
        return 0;
    const QString whole = value(field).toString();
    const QString prefix = QLatin1String(model) + QLatin1Char(',');
    return whole.startsWith(prefix) ? std::max<std::int64_t>(0, whole.mid(prefix.size()).toLongLong()) : 0;
}

TrytonRow TrytonRow::row(const char *field) const
{
    return {value((std::string(field) + '.').c_str()).toObject(), *m_wrong};
}

std::vector<TrytonRow> TrytonRow::rows(const char *field) const
{
    std::vector<TrytonRow> found;
    const QJsonArray related = value((std::string(field) + '.').c_str()).toArray();
    for (const auto &each : related)
        found.emplace_back(each.toObject(), *m_wrong);
    return found;
}

} // namespace Counterfoil
