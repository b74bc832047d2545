#include "accountdays.h"

#include "queryterms.h"

#include <QDateTime>

namespace Counterfoil {

namespace {

QTimeZone zoneNamed(const std::string &calendar)
{
    const QTimeZone zone(QByteArray::fromStdString(calendar));
    return zone.isValid() ? zone : QTimeZone::utc();
}

} // namespace

Outcome AccountDays::read()
{
    return QueryTerms::forEachRow(
        m_cache, "SELECT key, calendar FROM accounts", {},
        [this](const Sqlite::Statement &row) { m_calendars.emplace(row.text(0), row.text(1)); });
}

Date AccountDays::today(std::string_view account)
{
    const std::string calendar = calendarOf(account);
    const auto [day, isNew] = m_days.try_emplace(calendar);
    if (isNew) {
        const QDate date = QDateTime::fromMSecsSinceEpoch(m_now.ms, zoneNamed(calendar)).date();
        day->second = Date::fromCivil(date.year(), date.month(), date.day());
    }
    return day->second;
}

QTimeZone AccountDays::zone(const std::vector<std::string> &accounts) const
{
    if (!accounts.empty())
        return zoneNamed(calendarOf(accounts.front()));
    return zoneNamed(m_calendars.empty() ? std::string() : m_calendars.begin()->second);
}

std::string AccountDays::calendarOf(std::string_view account) const
{
    const auto known = m_calendars.find(account);
    return known == m_calendars.end() ? std::string() : known->second;
}

} // namespace Counterfoil
