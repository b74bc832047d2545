#pragma once

#include "cachereader.h"

#include <QTimeZone>

#include <map>

namespace Counterfoil {

// Which day it is for an account, in the calendar that decides when its invoices are overdue. One that is not
// known has UTC's. Reader thread.
class AccountDays
{
public:
    AccountDays(CacheReader &cache, Instant now)
        : m_cache(cache)
        , m_now(now)
    { }

    Outcome read(); // before anything else

    Date today(std::string_view account);
    QTimeZone zone(const std::vector<std::string> &accounts) const; // of the first, or of any there is

private:
    std::string calendarOf(std::string_view account) const;

    CacheReader &m_cache;
    Instant m_now;
    std::map<std::string, std::string, std::less<>> m_calendars; // by account
    std::map<std::string, Date> m_days;                          // by calendar, as far as was asked
};

} // namespace Counterfoil
