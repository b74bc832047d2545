// Statements of account: to the cent what the supplier's books say, whatever the period.

#include "accountstatement.h"
#include "database.h"
#include "fixedclock.h"
#include "follower.h"
#include "invoice.h"
#include "payment.h"
#include "testcache.h"
#include "testentry.h"

#include <QDateTime>
#include <QTest>
#include <QTimeZone>

using namespace Counterfoil;

namespace {

Date day(int year, int month, int dayOfMonth)
{
    return Date::fromCivil(year, month, dayOfMonth);
}

Instant noonOf(Date date)
{
    constexpr std::int64_t dayMs = 86'400'000;
    return {date.daysSinceEpoch * dayMs + dayMs / 2};
}

Account plainAccount()
{
    Account account;
    account.key = account.account = "a1";
    account.name = "Harbour Supply Co.";
    account.currency = "GBP";
    account.calendar = "Europe/London";
    return account;
}

Invoice invoiceOf(const std::string &key, Date issued, std::int64_t total, std::int64_t open,
                  const std::string &currency = "GBP")
{
    Invoice invoice;
    invoice.key = key;
    invoice.account = "a1";
    invoice.number = "INV-" + key;
    invoice.credit = total < 0;
    invoice.issuedAt = noonOf(issued);
    invoice.currency = currency;
    invoice.total = {total};
    invoice.openAmount = {open};
    invoice.open = open != 0;
    return invoice;
}

Payment paymentOf(const std::string &key, Date received, std::int64_t amount, std::int64_t discount,
                  std::int64_t unapplied)
{
    Payment payment;
    payment.key = key;
    payment.account = "a1";
    payment.number = "PAY-" + key;
    payment.receivedAt = noonOf(received);
    payment.currency = "GBP";
    payment.amount = {amount};
    payment.unapplied = {unapplied};
    payment.parts = {{"1", "INV-1", {amount - unapplied}, {discount}}};
    return payment;
}

Result<AccountStatement> statementOf(TestCache &cache, Date from, Date to, const std::string &currency = {},
                                     const std::string &account = "a1")
{
    CacheReader reader(cache.path());
    return StatementReader(reader).read(account, currency, from, to, noonOf(day(2026, 11, 21)));
}

} // namespace

class TestStatement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movementsLeadFromOpeningToClosing();
    void whatIsMissingIsSaid();
    void daysAreTheAccounts();
    void currenciesStandApart();
    void whatCannotBeAskedForIsRefused();
    void anEmptyPeriodStillHasItsBalance();
    void agreesWithTheSuppliersBooks();
};

void TestStatement::movementsLeadFromOpeningToClosing()
{
    TestCache cache;
    cache.put({changeTo(plainAccount()), changeTo(invoiceOf("1", day(2026, 9, 3), 100'000, 0)),
               changeTo(invoiceOf("2", day(2026, 10, 5), 25'050, 20'050)),
               changeTo(invoiceOf("3", day(2026, 10, 8), -5'000, 0)),
               changeTo(invoiceOf("4", day(2026, 11, 2), 7'777, 7'777)),
               changeTo(paymentOf("9", day(2026, 10, 20), 98'500, 2'000, 500))});
    const auto statement = statementOf(cache, day(2026, 10, 1), day(2026, 10, 31));
    QVERIFY2(statement, qPrintable(statement.ok() ? QString() : statement.error().detail));
    QCOMPARE(statement->opening.minor, 100'000);
    QCOMPARE(statement->charged.minor, 25'050);
    QCOMPARE(statement->credited.minor, -5'000);
    QCOMPARE(statement->paid.minor, -98'500);
    QCOMPARE(statement->discounts.minor, -2'000);
    QCOMPARE(statement->closing.minor, 19'550);
    QCOMPARE(statement->unapplied.minor, 500);
    QVERIFY(statement->isWhole);
    QCOMPARE(statement->entries.size(), size_t(4));
    QCOMPARE(statement->entries[0].balance.minor, 125'050);
    QCOMPARE(statement->entries[1].what, StatementEntry::What::CreditMemo);
    QCOMPARE(statement->entries[2].what, StatementEntry::What::Payment);
    QCOMPARE(statement->entries[3].what, StatementEntry::What::Discount);
    QCOMPARE(statement->entries[3].balance.minor, 19'550);
    const auto now = statementOf(cache, day(2026, 11, 1), day(2026, 11, 30));
    QCOMPARE(now->opening, statement->closing);
    QCOMPARE(now->closing, now->ageing.open() - now->unapplied);
}

void TestStatement::whatIsMissingIsSaid()
{
    TestCache cache; // which begins after the first invoice, half of which is still open
    cache.put({changeTo(plainAccount()), changeTo(invoiceOf("2", day(2026, 10, 5), 25'000, 25'000)),
               changeTo(paymentOf("9", day(2026, 10, 20), 50'000, 0, 0))});
    const auto statement = statementOf(cache, day(2026, 10, 1), day(2026, 10, 31));
    QVERIFY(!statement->isWhole);
    QCOMPARE(statement->closing.minor, 25'000); // what the supplier says
    QCOMPARE(statement->opening.minor, 50'000); // what was open of the one that is missing
}

void TestStatement::daysAreTheAccounts()
{
    TestCache cache;
    Account account = plainAccount();
    account.calendar = "Asia/Tokyo";
    Invoice late = invoiceOf("1", day(2026, 10, 31), 100, 100);
    late.issuedAt.ms += 4 * 3'600'000; // four in the afternoon in UTC: November in Tokyo
    cache.put({changeTo(account), changeTo(late)});
    QVERIFY(statementOf(cache, day(2026, 10, 1), day(2026, 10, 31))->entries.empty());
    const auto statement = statementOf(cache, day(2026, 11, 1), day(2026, 11, 1));
    QCOMPARE(statement->entries.size(), size_t(1));
    QCOMPARE(statement->entries[0].on, day(2026, 11, 1));
}

void TestStatement::currenciesStandApart()
{
    TestCache cache;
    cache.put({changeTo(plainAccount()), changeTo(invoiceOf("1", day(2026, 10, 3), 100, 100)),
               changeTo(invoiceOf("2", day(2026, 10, 3), 900, 900, "EUR"))});
    const auto own = statementOf(cache, day(2026, 10, 1), day(2026, 10, 31));
    QCOMPARE(own->currencies, (std::vector<std::string>{"GBP", "EUR"}));
    QCOMPARE(own->closing.minor, 100);
    QCOMPARE(own->ageing.open().minor, 100);
    const auto other = statementOf(cache, day(2026, 10, 1), day(2026, 10, 31), "EUR");
    QCOMPARE(other->closing.minor, 900);
    QCOMPARE(other->ageing.open().minor, 900);
}

void TestStatement::whatCannotBeAskedForIsRefused()
{
    TestCache cache;
    Invoice huge = invoiceOf("1", day(2026, 10, 3), StatementReader::amountMost + 1, 0);
    cache.put({changeTo(plainAccount()), changeTo(huge)});
    QCOMPARE(statementOf(cache, day(2026, 10, 2), day(2026, 10, 1)).error().kind, ErrorKind::BadInput);
    QCOMPARE(statementOf(cache, {}, day(2026, 10, 1)).error().kind, ErrorKind::BadInput);
    QCOMPARE(statementOf(cache, day(2026, 10, 1), day(2026, 10, 9), {}, "a2").error().kind,
             ErrorKind::NotFound);
    QCOMPARE(statementOf(cache, day(2026, 10, 1), day(2026, 10, 9)).error().kind, ErrorKind::BadInput);
}

void TestStatement::anEmptyPeriodStillHasItsBalance()
{
    TestCache cache;
    cache.put({changeTo(plainAccount()), changeTo(invoiceOf("1", day(2026, 9, 3), 400, 150)),
               changeTo(paymentOf("9", day(2026, 11, 20), 250, 0, 0))});
    const auto statement = statementOf(cache, day(2026, 10, 1), day(2026, 10, 31));
    QVERIFY(statement->entries.empty());
    QCOMPARE(statement->opening.minor, 400);
    QCOMPARE(statement->closing.minor, 400);
}

// A company's two years, against sums over its books by queries that know nothing of statements.
void TestStatement::agreesWithTheSuppliersBooks()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("erp.sqlite"));
    FixedClock clock(Follower::today);
    auto erp = SandboxErp::open(file, {.scale = 2'000}, clock);
    QVERIFY(erp);
    TestCache cache;
    std::string position;
    for (bool more = true; more;) {
        auto batch = (*erp)->changesAfter(position, 500);
        QVERIFY(batch);
        cache.put(batch->changes);
        position = batch->position;
        more = batch->more;
    }
    auto books = Sqlite::Database::open(file, Sqlite::Database::Mode::ReadOnly);
    QVERIFY(books);
    const auto balance = [&](const Account &account, const std::string &before) {
        const std::string mine = " account='" + account.key + "' AND currency='" + account.currency + "'";
        return *books->integer(
            "SELECT (SELECT coalesce(sum(total),0) FROM invoices WHERE" + mine + " AND issuedAt<" + before
            + ") - (SELECT coalesce(sum(amount),0) FROM payments WHERE" + mine + " AND receivedAt<" + before
            + ") - (SELECT coalesce(sum(pp.discount),0) FROM paymentParts pp JOIN payments p ON "
              "p.id=pp.owner WHERE p.account='"
            + account.key + "' AND p.currency='" + account.currency + "' AND p.receivedAt<" + before + ")");
    };
    CacheReader reader(cache.path());
    const auto accounts = reader.all(Account::type);
    QVERIFY(accounts);
    int compared = 0;
    int withMovements = 0;
    for (const CachedRecord &row : *accounts) {
        const Account &account = *row.record.as<Account>();
        const QTimeZone zone(QByteArray::fromStdString(account.calendar));
        for (const auto &[from, to] : {std::pair(QDate(2025, 3, 1), QDate(2025, 5, 31)),
                                       std::pair(QDate(2026, 7, 15), QDate(2026, 9, 2)),
                                       std::pair(QDate(2026, 11, 1), QDate(2026, 11, 20))}) {
            const auto statement = statementOf(cache, day(from.year(), from.month(), from.day()),
                                               day(to.year(), to.month(), to.day()), {}, account.key);
            QVERIFY(statement);
            const auto start = from.startOfDay(zone).toMSecsSinceEpoch();
            const auto end = to.addDays(1).startOfDay(zone).toMSecsSinceEpoch();
            QCOMPARE(statement->opening.minor, balance(account, std::to_string(start)));
            QCOMPARE(statement->closing.minor, balance(account, std::to_string(end)));
            QVERIFY(statement->isWhole);
            ++compared;
            withMovements += statement->entries.empty() ? 0 : 1;
        }
    }
    qInfo("%d statements compared, %d with movements", compared, withMovements);
    QVERIFY(withMovements > 100);
}

CORE_TEST(TestStatement)
#include "tst_statement.moc"
