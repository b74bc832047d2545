#pragma once

#include "amount.h"
#include "decimal.h"
#include "instant.h"

#include <QAnyStringView>
#include <QJsonArray>
#include <QJsonObject>

#include <string>
#include <vector>

namespace Counterfoil {

// A record as Tryton's search_read gives it: {"party.": {…}, "lines.": [{…}], "total": {"__class__":
// "Decimal", "decimal": "1.20"}}. What is null or absent is the type's default. What is there and is not of
// the type asked for is noted in `wrong`, which all rows under this one share: such a record must not be
// passed on.
class TrytonRow
{
public:
    TrytonRow(QJsonObject row, std::string &wrong)
        : m_row(std::move(row))
        , m_wrong(&wrong)
    { }

    std::int64_t id() const { return integer("id"); }
    bool has(const char *field) const; // not null
    std::string text(const char *field) const;
    std::int64_t integer(const char *field) const; // a many2one's id as well
    bool flag(const char *field) const;
    double real(const char *field) const;
    Decimal quantity(const char *field) const; // of a float, to six places
    Decimal decimal(const char *field) const;
    Amount amount(const char *field, int places) const; // half a minor unit is rounded away from zero
    Date date(const char *field) const;
    Instant instant(const char *field) const;
    // Of "sale.line,14": 14 when the model is the one given, else 0.
    std::int64_t reference(const char *field, const char *model) const;
    TrytonRow row(const char *field) const; // the record behind a many2one, read with "field.other"
    std::vector<TrytonRow> rows(const char *field) const;
    // What is in the field is not what we take.
    void complain(const char *field) const;

private:
    QJsonValue value(const char *field) const { return m_row.value(QLatin1String(field)); }

    QJsonObject m_row;
    std::string *m_wrong;
};

// The ids of rows, from `read` or `search`.
QJsonArray idArray(const std::vector<std::int64_t> &ids);
// A list with a list in it; braces around one list alone mean a copy to some compilers.
QJsonArray listOf(const QJsonArray &element);
QJsonArray where(QAnyStringView field, const QJsonValue &value, QAnyStringView comparison = "="); // a domain
Decimal roundedQuantity(double value);
Amount amountOf(Decimal value, int places);
Decimal decimalOf(Amount amount, int places);

} // namespace Counterfoil
