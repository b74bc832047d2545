#include "account.h"
#include "cachereader.h"
#include "testcache.h"
#include "testentry.h"
#include "toldprices.h"

#include <QFile>
#include <QTest>

using namespace Counterfoil;

namespace {

Change account(const std::string &key)
{
    Account account;
    account.key = account.account = key;
    account.name = key;
    return changeTo(account);
}

ToldPrice price(const std::string &account, const std::string &sku, std::int64_t at, int pence = 1250)
{
    ToldPrice told;
    told.account = account;
    told.sku = sku;
    told.at = Instant{at};
    told.currency = "GBP";
    told.unit = "box of 10";
    told.quantity = Decimal::fromInteger(20);
    told.unitPrice = *Decimal::parse(std::to_string(pence) + ".125");
    told.priceReason = "Your contract of 2026";
    told.available = Decimal::fromInteger(14);
    told.inStock = Decimal::fromInteger(14);
    told.expectedOn = Date::fromCivil(2026, 12, 1);
    return told;
}

} // namespace

// What the ERP said of prices stays until it is told otherwise, and goes with the right to know it.
class ToldPricesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_cache = std::make_unique<TestCache>();
        m_cache->put({account("a1"), account("a2")});
    }
    void staysAsToldLast();
    void ofQuotesWithAPrice();
    void goesWithItsAccount();
    void goesWithTheRightToSeePrices();
    void isBounded();

private:
    std::optional<ToldPrice> of(const std::string &account, const std::string &sku) const
    {
        CacheReader reader(m_cache->path());
        const auto told = ToldPrices(reader).of(account, sku);
        return told ? *told : std::nullopt;
    }

    std::unique_ptr<TestCache> m_cache;
};

void ToldPricesTest::staysAsToldLast()
{
    QVERIFY(m_cache->writer().storeTold({price("a1", "X-1", 1'000), price("a2", "X-1", 1'000, 7)}));
    QCOMPARE(of("a1", "X-1"), price("a1", "X-1", 1'000));
    QVERIFY(m_cache->writer().storeTold({price("a1", "X-1", 2'000, 99)}));
    QCOMPARE(of("a1", "X-1"), price("a1", "X-1", 2'000, 99));
    QCOMPARE(of("a2", "X-1"), price("a2", "X-1", 1'000, 7));
    QVERIFY(!of("a1", "X-2"));
    // An answer that comes after its account has gone is not kept.
    QVERIFY(m_cache->writer().storeTold({price("a3", "X-1", 1'000)}));
    QVERIFY(!of("a3", "X-1"));
}

void ToldPricesTest::ofQuotesWithAPrice()
{
    Quote quote;
    quote.account = "a1";
    quote.currency = "EUR";
    quote.at = Instant{5'000};
    quote.lines.resize(2);
    quote.lines[0].sku = "X-1";
    quote.lines[0].unitPrice = Decimal::fromInteger(3);
    quote.lines[1].sku = "X-2"; // not known
    const auto told = pricesTold(quote);
    QCOMPARE(told.size(), 1U);
    QCOMPARE(told[0].sku, "X-1");
    QCOMPARE(told[0].at, Instant{5'000});
    QCOMPARE(told[0].currency, "EUR");
}

void ToldPricesTest::goesWithItsAccount()
{
    ToldPrice secret = price("a1", "X-1", 1'000);
    secret.priceReason = "Zanzibarprice";
    QVERIFY(m_cache->writer().storeTold({secret, price("a2", "X-1", 1'000)}));
    QVERIFY(m_cache->writer().purge({"a1"}));
    QVERIFY(!of("a1", "X-1"));
    QVERIFY(of("a2", "X-1"));
    QFile file(m_cache->path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("Zanzibarprice"));
    QVERIFY(m_cache->writer().purgeEverything());
    QVERIFY(!of("a2", "X-1"));
}

// CAT-17
void ToldPricesTest::goesWithTheRightToSeePrices()
{
    QVERIFY(m_cache->writer().storeTold({price("a1", "X-1", 1'000)}));
    // More accounts are listed beside the others: what was told stays true.
    QVERIFY(m_cache->writer().beginFill({"order"}, "c1", "listing"));
    QVERIFY(of("a1", "X-1"));
    // All is listed anew, as after a right was withdrawn.
    QVERIFY(m_cache->writer().beginFill({"order"}, "c2"));
    QVERIFY(!of("a1", "X-1"));
}

void ToldPricesTest::isBounded()
{
    std::vector<ToldPrice> many;
    for (int i = 0; i < ToldPrices::most + 10; ++i)
        many.push_back(price("a1", "X-" + std::to_string(i), 1'000 + i));
    QVERIFY(m_cache->writer().storeTold(many));
    QVERIFY(!of("a1", "X-9"));
    QVERIFY(of("a1", "X-10"));
}

CORE_TEST(ToldPricesTest)
#include "tst_toldprices.moc"
