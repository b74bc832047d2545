#pragma once

#include "amount.h"
#include "decimal.h"
#include "instant.h"

#include <QString>

namespace Counterfoil {

class AnyRecord;

}

// How values become text for people, in the current QLocale and time zone. Used by models and panes
// alike, so that the same value reads the same everywhere.
namespace Counterfoil::Display {

QString money(Amount amount, const std::string &currency); // "£2,318.40"
QString unitPrice(Decimal price,
                  const std::string &currency); // as many places as it needs, at least the currency's
QString quantity(Decimal quantity);
QString shortDate(Instant instant); // "21 Nov", with the year when it is not this one; empty for none
QString shortDate(Date date);
QString dateAndTime(Instant instant); // "21 Nov, 08:12"; empty for none
QString full(Instant instant);        // with time, seconds and zone
QString full(Date date);
QString ago(qint64 ageMs); // rounded up: "0.4 s", "12 s", "5 min", "3 h", "2 d"
QString text(const std::string &utf8);
QString name(const AnyRecord &record);   // what people call it: its name, or else its number; may be empty
QString origin(const std::string &code); // Order::origin; an unknown code as it is
QString paper(const std::string &code);  // Document::paper, likewise

} // namespace Counterfoil::Display
