#include "database.h"
#include "invoice.h"
#include "kinds.h"
#include "order.h"
#include "payment.h"
#include "random.h"
#include "recordlayout.h"
#include "recordreader.h"
#include "shipment.h"
#include "testcache.h"
#include "testentry.h"

#include <QtTest>

#include <map>

using namespace Counterfoil;

#define VERIFY_OK(expression)                                                                                \
    do {                                                                                                     \
        const auto &outcome_ = (expression);                                                                 \
        QVERIFY2(outcome_, outcome_ ? "" : qPrintable(outcome_.error().detail));                             \
    } while (false)

namespace {

const char *const accounts[] = {"a1", "a2", "a3", "it's"};
const char *const statuses[] = {"open", "held", "HELD", "closed", ""};
const char *const currencies[] = {"GBP", "EUR", "JPY"};

template <std::size_t N> std::string oneOf(SeededRandom &random, const char *const (&words)[N])
{
    return words[random.below(N)];
}

Amount anyAmount(SeededRandom &random)
{
    return {static_cast<std::int64_t>(random.below(2'000'000)) - 1'000'000};
}

// What totals are kept apart by and made of, at random, in a record of any kind.
void scramble(AnyRecord &record, SeededRandom &random)
{
    const RecordType &kind = record.type();
    for (const Field *field : KindLayout::totalledBy(kind)) {
        if (field->type == FieldType::Flag)
            field->in<bool>(record.data()) = random.below(2) == 1;
        else if (field->name == "status")
            field->in<std::string>(record.data()) = oneOf(random, statuses);
        else if (field->name == "currency")
            field->in<std::string>(record.data()) = oneOf(random, currencies);
    }
    if (const Field *summed = kind.findFlag(Summed))
        summed->in<Amount>(record.data()) = anyAmount(random);
}

Change anyChange(const RecordType &kind, SeededRandom &random, std::uint64_t keys)
{
    Change change;
    change.kind = &kind;
    change.key = "k" + std::to_string(random.below(keys));
    change.account = oneOf(random, accounts);
    change.version = 1;
    if (random.below(4) == 0)
        return change; // goes
    change.record = AnyRecord(kind);
    scramble(change.record, random);
    return change;
}

// How many rows the two hold differently.
std::int64_t differences(Sqlite::Database &database, const RecordType &kind)
{
    const KindLayout layout(kind);
    std::string groups; // a state is spelt as the first row that came spelt it, so capitals are made alike
    for (const Field *field : KindLayout::totalledBy(kind))
        groups += field->name == "status" ? "lower(status), " : Counterfoil::quotedName(field->name) + ", ";
    const Field *summed = kind.findFlag(Summed);
    const std::string recount = "SELECT " + groups + "count(*), sum("
        + (summed ? Counterfoil::quotedName(summed->name) : "0") + ") FROM "
        + Counterfoil::quotedName(layout.rows.name) + " GROUP BY " + groups + "1=1";
    const std::string kept
        = "SELECT " + groups + "_count, _sum FROM " + Counterfoil::quotedName(layout.totals.name);
    const auto missing = database.integer("SELECT count(*) FROM (" + recount + " EXCEPT " + kept + ')');
    const auto extra = database.integer("SELECT count(*) FROM (" + kept + " EXCEPT " + recount + ')');
    return missing && extra ? *missing + *extra : -1;
}

} // namespace

// The running totals are what adding up the rows gives, whatever was written.
class TestRecordTotals : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followEveryWrite_data();
    void followEveryWrite();
    void answerQueries();
    void areCountedAgainWhenTheLayoutChanges();
};

void TestRecordTotals::followEveryWrite_data()
{
    QTest::addColumn<const void *>("kind");
    int kinds = 0;
    for (const RecordType *kind : allKinds()) {
        if (KindLayout::totalsTable(*kind).empty())
            continue;
        ++kinds;
        QTest::addRow("%s", kind->name.data()) << static_cast<const void *>(kind);
    }
    QCOMPARE(kinds, 7); // orders, shipments, invoices, payments, carts
}

void TestRecordTotals::followEveryWrite()
{
    QFETCH(const void *, kind);
    const auto &type = *static_cast<const RecordType *>(kind);
    TestCache cache;
    auto database = Sqlite::Database::open(cache.path(), Sqlite::Database::Mode::ReadOnly);
    VERIFY_OK(database);
    SeededRandom random(20'261'121);
    for (int round = 0; round < 60; ++round) {
        std::vector<Change> changes;
        for (auto count = random.below(60); count > 0; --count)
            changes.push_back(anyChange(type, random, 150));
        switch (random.below(8)) {
        case 0: { // a fill that brings some of them
            VERIFY_OK(cache.writer().beginFill({std::string(type.name)}, "c"));
            FillPage page;
            page.kind = &type;
            page.listed = true;
            for (Change &change : changes) {
                change.sequence = cache.nextSequence();
                if (!change.record.isNull())
                    page.rows.push_back(change);
            }
            VERIFY_OK(cache.writer().applyFillPage(page));
            VERIFY_OK(cache.writer().finishFill());
            break;
        }
        case 1:
            VERIFY_OK(cache.writer().purge({oneOf(random, accounts)}));
            break;
        case 2:
            if (random.below(4) == 0) {
                VERIFY_OK(cache.writer().purgeEverything());
                break;
            }
            [[fallthrough]];
        default:
            cache.put(changes);
        }
        QCOMPARE(differences(*database, type), 0);
    }
}

void TestRecordTotals::answerQueries()
{
    TestCache cache;
    SeededRandom random(7);
    std::vector<Change> changes;
    for (int i = 0; i < 400; ++i)
        changes.push_back(anyChange(Order::type, random, 1'000));
    cache.put(changes);
    CacheReader reader(cache.path());
    const auto rows = reader.all(Order::type);
    VERIFY_OK(rows);
    for (int round = 0; round < 100; ++round) {
        RecordQuery query = allOf<Order>();
        if (random.below(2) == 0)
            query.accounts = {oneOf(random, accounts), oneOf(random, accounts)};
        if (random.below(2) == 0)
            query.flags = {{"open", random.below(2) == 0}};
        if (random.below(3) == 0)
            query.anyOf = {{"status", {"closed", "open"}}};
        if (random.below(4) == 0) // not kept, so that the rows are added up
            query.ranges = {{"total", 0}};
        std::map<std::string, CurrencyTotal> expected;
        std::int64_t count = 0;
        for (const CachedRecord &row : *rows) {
            const auto &order = *row.record.as<Order>();
            const auto among = [](const std::vector<std::string> &allowed, const std::string &value) {
                return allowed.empty() || std::ranges::find(allowed, value) != allowed.end();
            };
            if (!among(query.accounts, order.account)
                || (!query.flags.empty() && order.open != query.flags[0].value)
                || (!query.anyOf.empty() && !among(query.anyOf[0].values, order.status))
                || (!query.ranges.empty() && order.total.minor < 0))
                continue;
            ++count;
            if (!order.open)
                continue;
            CurrencyTotal &total = expected[order.currency];
            ++total.count;
            total.sum.minor += order.total.minor;
        }
        const auto totals = RecordReader(reader).totals(query);
        VERIFY_OK(totals);
        QCOMPARE(totals->count, count);
        QCOMPARE(totals->byCurrency.size(), expected.size());
        for (const CurrencyTotal &total : totals->byCurrency) {
            QCOMPARE(total.count, expected[total.currency].count);
            QCOMPARE(total.sum.minor, expected[total.currency].sum.minor);
        }
    }
}

void TestRecordTotals::areCountedAgainWhenTheLayoutChanges()
{
    TestCache cache;
    SeededRandom random(3);
    std::vector<Change> changes;
    for (int i = 0; i < 200; ++i)
        changes.push_back(anyChange(Invoice::type, random, 100));
    cache.put(changes);
    auto database = Sqlite::Database::open(cache.path(), Sqlite::Database::Mode::ReadWrite);
    VERIFY_OK(database);
    // As a file of a program that kept other totals.
    VERIFY_OK(database->execute(
        "UPDATE kinds SET layout='older'; DROP TRIGGER invoices_totals_at_INSERT; DROP TABLE "
        "invoices_totals; CREATE TABLE invoices_totals(other)"));
    VERIFY_OK(CacheWriter::open(cache.path()));
    QCOMPARE(differences(*database, Invoice::type), 0);
    cache.put({anyChange(Invoice::type, random, 100), anyChange(Invoice::type, random, 100)});
    QCOMPARE(differences(*database, Invoice::type), 0);
}

CORE_TEST(TestRecordTotals)
#include "tst_recordtotals.moc"
