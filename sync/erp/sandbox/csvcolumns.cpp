#include "csvcolumns.h"

#include "sandboxtext.h"

#include <QStringList>

#include <algorithm>
#include <string_view>

namespace Counterfoil::Sandbox {

namespace {

struct FieldNames
{
    std::string_view name; // in a map
    bool needed;
    std::string_view known; // headers that mean it, small letters and digits only, between '|'
};

// In the order of HistoryField.
constexpr std::array<FieldNames, historyFieldCount> fieldNames{{
    {"order", true,
     "|order|orderno|ordernumber|orderid|invoiceno|invoice|invoicenumber|documentno|auftragsnummer|"
     "belegnummer|"},
    {"sku", true,
     "|sku|stockcode|item|itemno|itemcode|itemnumber|article|articleno|productcode|artikelnummer|"},
    {"description", false, "|description|itemname|itemdescription|product|productname|bezeichnung|"},
    {"quantity", true, "|quantity|qty|units|menge|anzahl|"},
    {"date", true, "|date|invoicedate|orderdate|orderedon|datum|bestelldatum|rechnungsdatum|"},
    {"price", true, "|price|unitprice|netprice|preis|einzelpreis|stueckpreis|"},
    {"customer", false,
     "|customer|customerid|customerno|customernumber|account|accountno|accountnumber|kundennummer|"},
    {"country", false, "|country|land|countryname|"},
}};

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string bare(std::string_view header)
{
    std::string letters;
    for (const char c : header) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            letters += c;
        else if (c >= 'A' && c <= 'Z')
            letters += static_cast<char>(c - 'A' + 'a');
    }
    return letters;
}

std::optional<std::size_t> placeOf(const CsvRecord &header, std::string_view name)
{
    for (std::size_t i = 0; i < header.fields.size(); ++i) {
        if (trimmed(header.fields[i]) == name)
            return i;
    }
    return std::nullopt;
}

// Digits in groups of three between the separators: "1,234,567".
bool isGrouped(std::string_view whole, char separator)
{
    const auto first = whole.find(separator);
    if (first == 0 || first > 3)
        return false;
    for (std::size_t i = first; i < whole.size(); i += 4) {
        if (whole[i] != separator || whole.size() - i < 4
            || whole.substr(i + 1, 3).find(separator) != std::string_view::npos)
            return false;
    }
    return true;
}

} // namespace

Result<CsvColumns> CsvColumns::find(const CsvRecord &header, const QString &map)
{
    CsvColumns columns;
    columns.m_width = header.fields.size();
    const QStringList pairs = map.split(u',', Qt::SkipEmptyParts);
    for (const QString &pair : pairs) {
        const qsizetype equals = pair.indexOf(u'=');
        const std::string field = pair.left(equals).trimmed().toStdString();
        const std::string column = pair.mid(equals + 1).trimmed().toStdString();
        const auto *const known = std::ranges::find(fieldNames, field, &FieldNames::name);
        if (equals < 0 || known == fieldNames.end()) {
            return Error{
                ErrorKind::BadInput,
                SandboxText::tr(
                    "The map has no field “%1”. It can name order, sku, description, quantity, date, "
                    "price, customer and country, as in order=InvoiceNo,sku=StockCode.")
                    .arg(pair.trimmed()),
                {}};
        }
        const auto place = placeOf(header, column);
        if (!place) {
            return Error{ErrorKind::BadInput,
                         SandboxText::tr("The file has no column “%1”, which the map names. Compare it with "
                                         "the file’s first line.")
                             .arg(QString::fromStdString(column)),
                         {}};
        }
        columns.m_places[static_cast<std::size_t>(known - fieldNames.begin())] = place;
    }
    QStringList missing;
    for (std::size_t i = 0; i < historyFieldCount; ++i) {
        for (std::size_t k = 0; k < header.fields.size() && !columns.m_places[i]; ++k) {
            const std::string name = bare(header.fields[k]);
            if (!name.empty() && fieldNames[i].known.find('|' + name + '|') != std::string_view::npos)
                columns.m_places[i] = k;
        }
        if (fieldNames[i].needed && !columns.m_places[i])
            missing << QString::fromUtf8(fieldNames[i].name.data(),
                                         static_cast<qsizetype>(fieldNames[i].name.size()));
    }
    if (!missing.empty()) {
        return Error{
            ErrorKind::BadInput,
            SandboxText::tr(
                "This is no order history: its first line names no column for %1. Choose another file, or "
                "name the columns with a map.")
                .arg(missing.join(QStringLiteral(", "))),
            {}};
    }
    return columns;
}

std::string CsvColumns::text(const CsvRecord &row, HistoryField field) const
{
    const auto place = m_places[static_cast<std::size_t>(field)];
    return place && *place < row.fields.size() ? std::string(trimmed(row.fields[*place])) : std::string();
}

std::optional<Decimal> historyNumber(const std::string &text)
{
    std::string_view digits = text;
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+'))
        digits.remove_prefix(1);
    if (digits.starts_with('-'))
        return std::nullopt;
    const auto last = digits.find_last_of(".,");
    std::string plain = negative ? "-" : "";
    if (last == std::string_view::npos)
        return Decimal::parse(plain += digits);
    const std::string_view whole = digits.substr(0, last);
    const char grouping = digits[last] == '.' ? ',' : '.';
    if (whole.find(digits[last]) != std::string_view::npos)
        return std::nullopt;
    if (whole.find(grouping) != std::string_view::npos && !isGrouped(whole, grouping))
        return std::nullopt;
    for (const char c : whole) {
        if (c != grouping)
            plain += c;
    }
    // "1,234" may be a thousand or one and a bit.
    if (digits[last] == ',' && whole.find(grouping) == std::string_view::npos && whole != "0"
        && isGrouped(digits, ','))
        return std::nullopt;
    if (whole.empty())
        plain += '0';
    plain += '.';
    plain += digits.substr(last + 1);
    return Decimal::parse(plain);
}

std::optional<Instant> historyTime(const std::string &text)
{
    std::string date = text.substr(0, std::min<std::size_t>(text.size(), 10));
    std::string time = text.size() > 10 ? text.substr(11) : std::string();
    if (text.size() > 10 && text[10] != ' ' && text[10] != 'T')
        return std::nullopt;
    if (date.size() == 10 && date[2] == '.' && date[5] == '.')
        date = date.substr(6, 4) + '-' + date.substr(3, 2) + '-' + date.substr(0, 2);
    if (!time.empty() && time.back() == 'Z')
        time.pop_back();
    if (time.empty())
        time = "00:00:00";
    else if (time.size() == 4 || time.size() == 7)
        time.insert(0, 1, '0'); // "8:26"
    if (time.size() == 5)
        time += ":00";
    return Instant::parse(date + 'T' + time + 'Z');
}

} // namespace Counterfoil::Sandbox
