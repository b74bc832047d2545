#pragma once

#include "paperdata.h"

#include <QLocale>
#include <QPageSize>

namespace Counterfoil {

// Numbers and dates as the customer's country writes them, in figures that every reader of English knows,
// and English names of months.
class PaperNumbers
{
public:
    PaperNumbers(const std::string &country, const std::string &currency);

    QPageSize::PageSizeId sheet() const { return m_sheet; }
    QString amount(Amount amount) const; // "1,234.50", with the places of the currency and without its name
    QString money(Amount amount) const;  // "GBP 1,234.50"
    QString price(Decimal price) const;  // as many places as it needs, at least the currency's
    QString plain(Decimal value) const;  // a quantity
    QString percent(Decimal rate) const; // "20%"
    QString date(Date date) const;       // "21 Nov 2026", in the United States "Nov 21, 2026"; empty for none

private:
    QString number(std::int64_t value, int places, bool grouped) const;
    QString decimal(Decimal value, int leastPlaces) const;

    QLocale m_locale;
    QString m_currency;
    int m_places = 2;
    bool m_monthFirst = false;
    QPageSize::PageSizeId m_sheet = QPageSize::A4;
};

} // namespace Counterfoil
