#include "accountstatement.h"

#include "database.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace Counterfoil {

namespace {

// One row a movement: what, key, number, reference, at, dueOn, amount; since the moment given, oldest first.
constexpr const char *movements
    = "SELECT CASE WHEN credit THEN 1 ELSE 0 END AS what, key, number, poReference, issuedAt AS at, dueOn, "
      "total FROM invoices WHERE account=?1 AND currency=?2 AND issuedAt>=?3 "
      "UNION ALL SELECT 2, key, number, reference, receivedAt, ?4, -amount FROM payments "
      "WHERE account=?1 AND currency=?2 AND receivedAt>=?3 "
      "UNION ALL SELECT 3, key, number, reference, receivedAt, ?4, -(SELECT sum(discount) FROM "
      "payments_parts WHERE _record=payments._id) AS kept FROM payments "
      "WHERE account=?1 AND currency=?2 AND receivedAt>=?3 AND kept<>0 "
      "ORDER BY at, what, number LIMIT ?5";

constexpr const char *currenciesOf
    = "SELECT currency FROM invoices WHERE account=?1 UNION SELECT currency FROM payments WHERE account=?1 "
      "ORDER BY 1 LIMIT ?2";

// What is open, what is unapplied, and what all movements come to.
constexpr const char *sums
    = "SELECT (SELECT coalesce(sum(openAmount), 0) FROM invoices WHERE account=?1 AND currency=?2), "
      "(SELECT coalesce(sum(unapplied), 0) FROM payments WHERE account=?1 AND currency=?2), "
      "(SELECT coalesce(sum(total), 0) FROM invoices WHERE account=?1 AND currency=?2) - "
      "(SELECT coalesce(sum(amount), 0) FROM payments WHERE account=?1 AND currency=?2) - "
      "(SELECT coalesce(sum(discount), 0) FROM payments JOIN payments_parts ON _record=_id "
      "WHERE account=?1 AND currency=?2)";

QString tr(const char *text)
{
    return QCoreApplication::translate("Statement", text);
}

QTimeZone zoneOf(const Account &account)
{
    const QTimeZone zone(QByteArray::fromStdString(account.calendar));
    return zone.isValid() ? zone : QTimeZone::utc();
}

Date dayOf(Instant at, const QTimeZone &zone)
{
    const QDate day = QDateTime::fromMSecsSinceEpoch(at.ms, zone).date();
    return Date::fromCivil(day.year(), day.month(), day.day());
}

Instant beginningOf(Date day, const QTimeZone &zone)
{
    return {QDate(1970, 1, 1).addDays(day.daysSinceEpoch).startOfDay(zone).toMSecsSinceEpoch()};
}

StatementEntry entryOf(const Sqlite::Statement &row, const QTimeZone &zone)
{
    StatementEntry entry;
    entry.what = static_cast<StatementEntry::What>(row.integer(0));
    entry.key = row.text(1);
    entry.number = row.text(2);
    entry.reference = row.text(3);
    entry.at = {row.integer(4)};
    entry.on = dayOf(entry.at, zone);
    entry.dueOn = {static_cast<std::int32_t>(row.integer(5))};
    entry.amount = {row.integer(6)};
    return entry;
}

Error tooMany()
{
    return Error{ErrorKind::BadInput,
                 tr("More happened since then than a statement can hold. Choose a later beginning.")};
}

Outcome readCurrencies(Sqlite::Database &database, AccountStatement &statement)
{
    auto query = database.prepare(currenciesOf);
    if (!query)
        return query.error();
    statement.currencies = {statement.account.currency};
    return query->with(statement.account.key, AccountFigures::currenciesMost)
        .forEachRow([&statement](const Sqlite::Statement &row) {
            if (row.text(0) != statement.account.currency)
                statement.currencies.emplace_back(row.text(0));
        });
}

// What is owed today.
Result<Amount> readToday(Sqlite::Database &database, AccountStatement &statement)
{
    auto query = database.prepare(sums);
    if (!query)
        return query.error();
    Amount open;
    Amount all;
    const auto done = query->with(statement.account.key, statement.currency)
                          .forEachRow([&](const Sqlite::Statement &row) {
                              open = {row.integer(0)};
                              statement.unapplied = {row.integer(1)};
                              all = {row.integer(2)};
                          });
    if (!done)
        return done.error();
    statement.isWhole = all == open - statement.unapplied;
    return open - statement.unapplied;
}

// Everything since the period began, also what came after it.
Result<std::vector<StatementEntry>> readMovements(Sqlite::Database &database,
                                                  const AccountStatement &statement, const QTimeZone &zone)
{
    auto query = database.prepare(movements);
    if (!query)
        return query.error();
    std::vector<StatementEntry> entries;
    bool isSound = true;
    const auto done
        = query
              ->with(statement.account.key, statement.currency, beginningOf(statement.from, zone).ms,
                     std::int64_t(Date().daysSinceEpoch), std::int64_t(StatementReader::mostEntries) + 1)
              .forEachRow([&](const Sqlite::Statement &row) {
                  entries.push_back(entryOf(row, zone));
                  const std::int64_t minor = entries.back().amount.minor;
                  isSound = isSound && minor <= StatementReader::amountMost
                      && minor >= -StatementReader::amountMost;
              });
    if (!done)
        return done.error();
    if (entries.size() > StatementReader::mostEntries)
        return tooMany();
    if (!isSound)
        return Error{ErrorKind::BadInput,
                     tr("An amount of this account is too large for a statement. Ask the supplier for one.")};
    return entries;
}

void addUp(AccountStatement &statement, Amount today)
{
    Amount since;
    for (const StatementEntry &entry : statement.entries)
        since += entry.amount;
    statement.opening = today - since;
    const auto later = std::ranges::find_if(
        statement.entries, [&statement](const StatementEntry &entry) { return entry.on > statement.to; });
    statement.entries.erase(later, statement.entries.end());
    statement.closing = statement.opening;
    for (StatementEntry &entry : statement.entries) {
        statement.closing += entry.amount;
        entry.balance = statement.closing;
        Amount &sum = entry.what == StatementEntry::What::Invoice ? statement.charged
            : entry.what == StatementEntry::What::CreditMemo      ? statement.credited
            : entry.what == StatementEntry::What::Payment         ? statement.paid
                                                                  : statement.discounts;
        sum += entry.amount;
    }
}

} // namespace

Result<AccountStatement> StatementReader::read(const std::string &account, const std::string &currency,
                                               Date from, Date to, Instant now)
{
    if (!from.isSet() || !to.isSet() || to < from)
        return Error{ErrorKind::BadInput, tr("The period ends before it begins. Choose other days.")};
    AccountStatement statement;
    statement.from = from;
    statement.to = to;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        const auto row = m_cache.byKey(Account::type, account);
        if (!row)
            return row.error();
        const auto *record = *row ? (*row)->record.as<Account>() : nullptr;
        if (!record)
            return Error{ErrorKind::NotFound, tr("This account is not on this computer.")};
        statement.account = *record;
        statement.currency = currency.empty() ? record->currency : currency;
        const QTimeZone zone = zoneOf(*record);
        statement.today = dayOf(now, zone);
        const auto database = m_cache.database();
        if (!database)
            return database.error();
        if (const auto done = readCurrencies(**database, statement); !done)
            return done;
        const auto today = readToday(**database, statement);
        if (!today)
            return today.error();
        auto entries = readMovements(**database, statement, zone);
        if (!entries)
            return entries.error();
        statement.entries = std::move(*entries);
        addUp(statement, *today);
        const auto ageing = AccountFigures(m_cache).ageing({account}, now);
        if (!ageing)
            return ageing.error();
        for (const Ageing &each : ageing->byCurrency) {
            if (each.currency == statement.currency)
                statement.ageing = each;
        }
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return statement;
}

} // namespace Counterfoil
