#include "statements.h"

#include "founders.h"
#include "paperwork.h"

#include <QDateTime>
#include <QTimeZone>

#include <set>

namespace Counterfoil::Sandbox {

namespace {

constexpr int monthsPerYear = 12;

const QTimeZone &supplierZone()
{
    static const QTimeZone zone = [] {
        const QTimeZone known{QByteArray(supplierCalendar)};
        return known.isValid() ? known : QTimeZone::utc();
    }();
    return zone;
}

QDate firstDayOf(std::int64_t month)
{
    return {static_cast<int>(month / monthsPerYear), static_cast<int>(month % monthsPerYear) + 1, 1};
}

Date dayOf(Instant at)
{
    const QDate day = QDateTime::fromMSecsSinceEpoch(at.ms, supplierZone()).date();
    return Date::fromCivil(day.year(), day.month(), day.day());
}

// Of which a statement is to be made.
using AccountMonths = std::set<std::pair<std::int64_t, std::string>>;

AccountMonths monthsWithMovements(Books &books, Instant since, Instant now)
{
    AccountMonths found;
    std::int64_t month = monthOf(since);
    Instant begins = beginningOfMonth(month);
    Instant ends = begins; // looked up with the first movement
    const std::string from = std::to_string(since.ms);
    books.each("SELECT issuedAt, account FROM invoices WHERE id<" + std::to_string(firstImported)
                   + " AND issuedAt>=" + from
                   + " UNION ALL SELECT receivedAt, account FROM payments WHERE receivedAt>=" + from,
               [&](const Sqlite::Statement &row) {
                   const Instant at{row.integer(0)};
                   if (at < begins || at >= ends) { // mostly it is of the month of the one before
                       month = monthOf(at);
                       begins = beginningOfMonth(month);
                       ends = beginningOfMonth(month + 1);
                   }
                   if (ends <= now)
                       found.emplace(month, row.text(1));
               });
    return found;
}

} // namespace

std::int64_t monthOf(Instant at)
{
    const QDate day = QDateTime::fromMSecsSinceEpoch(at.ms, supplierZone()).date();
    return std::int64_t{day.year()} * monthsPerYear + day.month() - 1;
}

Instant beginningOfMonth(std::int64_t month)
{
    return {firstDayOf(month).startOfDay(supplierZone()).toMSecsSinceEpoch()};
}

void issueStatements(Books &books, const Company &company, Instant since, Instant now)
{
    for (const auto &[month, account] : monthsWithMovements(books, since, now)) {
        const Customer *customer = company.findCustomer(account);
        if (!customer)
            continue;
        const std::string name = firstDayOf(month).toString(QStringLiteral("yyyy-MM")).toStdString();
        const Instant ends{beginningOfMonth(month + 1).ms - 1};
        books.postDocumentOnce(statementSubject(customer->id, month),
                               statementPaper(customer->account, name, ends), now);
    }
}

PaperStatement statementOf(Books &books, const Document &document, std::int64_t id)
{
    const std::int64_t month = monthOfStatement(id);
    const Instant begins = beginningOfMonth(month);
    PaperStatement statement;
    statement.number = document.number;
    statement.from = dayOf(begins);
    statement.to = dayOf(document.dated);
    const std::string until = std::to_string(beginningOfMonth(month + 1).ms);
    const std::string none = std::to_string(Date().daysSinceEpoch);
    const std::string received
        = " FROM payments WHERE account='" + document.account + "' AND receivedAt<" + until;
    books.each("SELECT issuedAt AS at, CASE WHEN credit THEN 'Credit memo ' ELSE 'Invoice ' END || number, "
               "poReference, coalesce(dueOn, "
                   + none + "), total, currency FROM invoices WHERE account='" + document.account
                   + "' AND issuedAt<" + until
                   + " UNION ALL SELECT receivedAt, 'Payment ' || number, reference, " + none
                   + ", -amount, currency" + received
                   + " UNION ALL SELECT receivedAt, 'Discount, ' || number, reference, " + none
                   + ", -(SELECT sum(discount) FROM paymentParts WHERE owner=payments.id) AS kept, currency"
                   + received + " AND kept<>0 ORDER BY at",
               [&](const Sqlite::Statement &row) {
                   const Amount amount{row.integer(4)};
                   statement.currency = row.text(5);
                   if (row.integer(0) < begins.ms)
                       statement.opening += amount;
                   else
                       statement.movements.push_back({dayOf({row.integer(0)}),
                                                      std::string(row.text(1)),
                                                      std::string(row.text(2)),
                                                      {static_cast<std::int32_t>(row.integer(3))},
                                                      amount});
               });
    return statement;
}

} // namespace Counterfoil::Sandbox
