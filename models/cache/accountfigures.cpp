#include "accountfigures.h"

#include "accountdays.h"
#include "creditstanding.h"
#include "database.h"
#include "invoice.h"
#include "order.h"
#include "queryterms.h"
#include "recordlayout.h"
#include "shipment.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <map>

namespace Counterfoil {

namespace {

using Accounts = AccountFigures::Accounts;

// "AND account IN (?, …)".
std::string among(const Accounts &accounts, const std::string &column)
{
    if (accounts.empty())
        return {};
    std::string sql = " AND " + column + " IN (?";
    for (std::size_t i = 1; i < accounts.size(); ++i)
        sql += ", ?";
    return sql + ')';
}

// The open rows of a kind, which are few and have an index of their own.
std::string openRows(CacheReader &cache, const RecordType &kind, const Accounts &accounts)
{
    return QueryTerms::tableBy(cache, kind, KindLayout::openIndex(kind, !accounts.empty())) + " WHERE open=1"
        + among(accounts, "account");
}

int bindAll(Sqlite::Statement &statement, const Accounts &accounts, int index)
{
    for (const std::string &account : accounts)
        statement.bind(index++, std::string_view(account));
    return index;
}

template <class Each>
Outcome forEachRow(CacheReader &cache, const std::string &sql, const Accounts &accounts, const Each &each)
{
    const auto database = cache.database();
    if (!database)
        return database.error();
    auto statement = (*database)->prepare(sql);
    if (!statement)
        return statement.error();
    bindAll(*statement, accounts, 1);
    return statement->forEachRow(each);
}

// Open documents as they come, those of an account together.
class AgeingSum
{
public:
    void add(const std::string &account, Date today, const std::string &currency, Date due, Amount amount,
             std::int64_t count)
    {
        Ageing &ageing = m_byCurrency[currency];
        ageing.currency = currency;
        if (amount < Amount()) {
            ageing.credits += amount;
            ageing.creditMemos += count;
            return;
        }
        const std::int64_t days = due.isSet() ? today.daysSinceEpoch - due.daysSinceEpoch : 0;
        const Ageing::Bucket bucket = Ageing::bucketOf(days);
        ageing.amounts[bucket] += amount;
        ageing.invoices[bucket] += count;
        if (bucket == Ageing::NotDue)
            return;
        OverdueAccount &overdue = m_overdue[{currency, account}];
        overdue.account = account;
        overdue.currency = currency;
        overdue.overdue += amount;
        overdue.invoices += count;
        overdue.days = std::max(overdue.days, days);
    }

    AgeingFigures take()
    {
        AgeingFigures figures;
        for (auto &[currency, ageing] : m_byCurrency)
            figures.byCurrency.push_back(std::move(ageing));
        std::ranges::stable_sort(figures.byCurrency, std::greater(), &Ageing::documents);
        if (figures.byCurrency.size() > AccountFigures::currenciesMost)
            figures.byCurrency.resize(AccountFigures::currenciesMost);
        int currencies = 0;
        for (const Ageing &ageing : figures.byCurrency) {
            if (ageing.overdueInvoices() == 0)
                continue;
            if (++currencies > AccountFigures::overdueCurrencies)
                break;
            appendMostOverdue(figures.mostOverdue, ageing.currency);
        }
        return figures;
    }

private:
    void appendMostOverdue(std::vector<OverdueAccount> &into, const std::string &currency)
    {
        std::vector<OverdueAccount> accounts;
        for (auto at = m_overdue.lower_bound({currency, {}});
             at != m_overdue.end() && at->first.first == currency; ++at)
            accounts.push_back(at->second);
        std::ranges::stable_sort(accounts, std::greater(), &OverdueAccount::overdue);
        if (accounts.size() > AccountFigures::overduePerCurrency)
            accounts.resize(AccountFigures::overduePerCurrency);
        into.insert(into.end(), accounts.begin(), accounts.end());
    }

    std::map<std::string, Ageing> m_byCurrency;
    std::map<std::pair<std::string, std::string>, OverdueAccount> m_overdue; // by currency and account
};

Outcome readNames(CacheReader &cache, std::vector<OverdueAccount> &accounts)
{
    const auto database = cache.database();
    if (!database)
        return database.error();
    auto name = (*database)->prepare("SELECT name FROM accounts WHERE key=?");
    if (!name)
        return name.error();
    for (OverdueAccount &account : accounts) {
        const auto row = name->with(account.account).step();
        if (!row)
            return row.error();
        account.name = *row && !name->text(0).empty() ? std::string(name->text(0)) : account.account;
    }
    return Done();
}

} // namespace

Ageing::Bucket Ageing::bucketOf(std::int64_t daysOverdue)
{
    if (daysOverdue <= 0)
        return NotDue;
    return daysOverdue <= 30 ? To30 : daysOverdue <= 60 ? To60 : Beyond;
}

Amount Spending::sum() const
{
    Amount sum;
    for (Amount month : months)
        sum += month;
    return sum;
}

Result<AgeingFigures> AccountFigures::ageing(const Accounts &accounts, Instant now)
{
    AgeingFigures figures;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        AccountDays days(m_cache, now);
        if (const auto done = days.read(); !done)
            return done;
        AgeingSum sum;
        // Signs apart: a credit is not a smaller invoice.
        const std::string sql
            = "SELECT account, currency, dueOn, openAmount < 0, sum(openAmount), count(*) FROM "
            + openRows(m_cache, Invoice::type, accounts) + " AND openAmount <> 0 GROUP BY +account, 2, 3, 4";
        const auto done = forEachRow(m_cache, sql, accounts, [&](const Sqlite::Statement &row) {
            const std::string account(row.text(0));
            sum.add(account, days.today(account), std::string(row.text(1)),
                    Date{static_cast<std::int32_t>(row.integer(2))}, {row.integer(4)}, row.integer(5));
        });
        if (!done)
            return done;
        figures = sum.take();
        return readNames(m_cache, figures.mostOverdue);
    });
    if (!outcome)
        return outcome.error();
    return figures;
}

namespace {

// The first moments of the months, and that of the month after them.
std::vector<Instant> firstMoments(QDate firstMonth, int months, const QTimeZone &zone,
                                  std::vector<Date> &days)
{
    std::vector<Instant> moments;
    for (int month = 0; month <= months; ++month) {
        const QDate day = firstMonth.addMonths(month);
        if (month < months)
            days.push_back(Date::fromCivil(day.year(), day.month(), 1));
        moments.push_back({day.startOfDay(zone).toMSecsSinceEpoch()});
    }
    return moments;
}

Outcome addSpending(Sqlite::Statement &statement, std::size_t month, std::size_t months,
                    std::map<std::string, Spending> &byCurrency)
{
    return statement.forEachRow([&](const Sqlite::Statement &row) {
        Spending &spending = byCurrency[std::string(row.text(0))];
        spending.months.resize(months);
        spending.months[month] += Amount{row.integer(1)};
        spending.documents += row.integer(2);
    });
}

} // namespace

Result<SpendingFigures> AccountFigures::spending(const Accounts &accounts, Instant now, int months)
{
    SpendingFigures figures;
    std::map<std::string, Spending> byCurrency;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        AccountDays days(m_cache, now);
        if (const auto done = days.read(); !done)
            return done;
        const QTimeZone zone = days.zone(accounts);
        const QDate today = QDateTime::fromMSecsSinceEpoch(now.ms, zone).date();
        const QDate firstMonth = QDate(today.year(), today.month(), 1).addMonths(1 - months);
        const std::vector<Instant> moments = firstMoments(firstMonth, months, zone, figures.months);
        const auto database = m_cache.database();
        if (!database)
            return database.error();
        auto statement
            = (*database)->prepare("SELECT currency, sum(total), count(*) FROM invoices WHERE issuedAt >= ? "
                                   "AND issuedAt < ?"
                                   + among(accounts, "account") + " GROUP BY +currency");
        if (!statement)
            return statement.error();
        for (std::size_t month = 0; month + 1 < moments.size(); ++month) {
            statement->with(moments[month].ms, moments[month + 1].ms);
            bindAll(*statement, accounts, 3);
            if (const auto done = addSpending(*statement, month, moments.size() - 1, byCurrency); !done)
                return done;
        }
        return Done();
    });
    if (!outcome)
        return outcome.error();
    for (auto &[currency, spending] : byCurrency) {
        spending.currency = currency;
        figures.byCurrency.push_back(std::move(spending));
    }
    std::ranges::stable_sort(figures.byCurrency, std::greater(), &Spending::documents);
    if (figures.byCurrency.size() > currenciesMost)
        figures.byCurrency.resize(currenciesMost);
    return figures;
}

Result<std::vector<CachedRecord>> AccountFigures::underWay(const Accounts &accounts, int most)
{
    std::vector<CachedRecord> shipments;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        const std::string unset = std::to_string(Date().daysSinceEpoch);
        std::vector<std::int64_t> ids;
        const auto done
            = forEachRow(m_cache,
                         "SELECT _id FROM (SELECT _id, expectedOn, shippedAt FROM "
                             + openRows(m_cache, Shipment::type, accounts) + " ORDER BY shippedAt DESC LIMIT "
                             + std::to_string(latestLookedAt) + ") ORDER BY expectedOn = " + unset
                             + ", expectedOn, shippedAt, _id LIMIT " + std::to_string(most),
                         accounts, [&ids](const Sqlite::Statement &row) { ids.push_back(row.integer(0)); });
        if (!done)
            return done;
        auto rows = m_cache.byIds(Shipment::type, ids, WithLists::No);
        if (!rows)
            return rows.error();
        shipments = std::move(*rows);
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return shipments;
}

Result<std::vector<BackorderedLine>> AccountFigures::backordered(const Accounts &accounts, int most)
{
    std::vector<BackorderedLine> lines;
    const std::string unset = std::to_string(Date().daysSinceEpoch);
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        return forEachRow(
            m_cache,
            "SELECT o.key, o.number, o.account, l.sku, l.description, l.unit, l.backordered, l.expectedOn "
            "FROM (SELECT _id, key, number, account FROM "
                + openRows(m_cache, Order::type, accounts) + " ORDER BY placedAt DESC LIMIT "
                + std::to_string(latestLookedAt)
                + ") o CROSS JOIN orders_lines l ON l._record = o._id WHERE l.backordered > 0 "
                  "ORDER BY l.expectedOn = "
                + unset + ", l.expectedOn, o.number, l.lineNumber LIMIT " + std::to_string(most),
            accounts, [&lines](const Sqlite::Statement &row) {
                lines.push_back({std::string(row.text(0)),
                                 std::string(row.text(1)),
                                 std::string(row.text(2)),
                                 std::string(row.text(3)),
                                 std::string(row.text(4)),
                                 std::string(row.text(5)),
                                 {row.integer(6)},
                                 {static_cast<std::int32_t>(row.integer(7))}});
            });
    });
    if (!outcome)
        return outcome.error();
    return lines;
}

Result<std::vector<CachedRecord>> AccountFigures::standings(const Accounts &accounts, int most)
{
    std::vector<CachedRecord> standings;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        std::vector<std::int64_t> ids;
        const auto done
            = forEachRow(m_cache,
                         "SELECT _id FROM creditStandings WHERE 1" + among(accounts, "account")
                             + " ORDER BY holdReason = '', CASE WHEN limited AND \"limit\" > 0 THEN "
                               "1.0 * used / \"limit\" ELSE limited * 9 END DESC, account LIMIT "
                             + std::to_string(std::min(most, standingsMost)),
                         accounts, [&ids](const Sqlite::Statement &row) { ids.push_back(row.integer(0)); });
        if (!done)
            return done;
        auto rows = m_cache.byIds(CreditStanding::type, ids, WithLists::No);
        if (!rows)
            return rows.error();
        standings = std::move(*rows);
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return standings;
}

} // namespace Counterfoil
