#include "phonesearch.h"

#include "contact.h"
#include "queryterms.h"

#include <algorithm>

namespace Counterfoil::PhoneSearch {

namespace {

constexpr std::size_t fewestDigits = 6;
constexpr std::size_t digitsCompared = 9; // the country's code and a trunk's nought are written or left out
constexpr char signsBetween[] = " +-()/.";

std::string onlyDigits(const std::string &text)
{
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

std::string plainColumn(const std::string &column)
{
    std::string sql = column;
    for (const char *sign = signsBetween; *sign != '\0'; ++sign)
        sql = "replace(" + sql + ",'" + *sign + "','')";
    return sql;
}

} // namespace

std::string digitsOf(const std::string &typed)
{
    if (typed.find_first_not_of(std::string("0123456789") + signsBetween) != std::string::npos)
        return {};
    std::string digits = onlyDigits(typed);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.size() > digitsCompared)
        digits.erase(0, digits.size() - digitsCompared);
    return digits.size() < fewestDigits ? std::string() : digits;
}

Result<std::vector<CachedRecord>> contacts(CacheReader &cache, const std::string &digits, int most)
{
    std::vector<std::int64_t> ids;
    QueryTerms::Condition where;
    where.values = {digits, digits};
    const std::string pattern = " LIKE '%' || ?";
    where.sql = '(' + plainColumn("phone") + pattern + " OR " + plainColumn("mobile") + pattern + ')';
    const auto done = QueryTerms::forEachRow(
        cache, "SELECT _id FROM contacts WHERE " + where.sql + " LIMIT " + std::to_string(most), where,
        [&ids](const Sqlite::Statement &row) { ids.push_back(row.integer(0)); });
    if (!done)
        return done.error();
    return cache.byIds(Contact::type, ids, WithLists::No);
}

std::string numberWith(const void *contact, const std::string &digits)
{
    const auto &known = *static_cast<const Contact *>(contact);
    return onlyDigits(known.phone).ends_with(digits) ? known.phone : known.mobile;
}

} // namespace Counterfoil::PhoneSearch
