#include "fixedclock.h"
#include "smallcompany.h"
#include "testentry.h"

#include "document.h"
#include "item.h"
#include "order.h"
#include "quote.h"

using namespace Counterfoil;
using namespace CommandedCompany;

// What the sandbox says of what it sells.
class SandboxCatalogueTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_company = std::make_unique<SmallCompany>();
        QVERIFY(m_company->open({.scale = 300}));
        m_items = records<Item>(*m_company->erp);
    }
    void cleanupTestCase() { m_company.reset(); }

    void everythingThatWasOrderedIsInIt();
    void saysWhatQuotesSay();
    void whatIsNotPermittedIsNotTold();
    void accountsHaveNumbersOfTheirOwn();

private:
    std::unique_ptr<SmallCompany> m_company;
    std::map<std::string, Item> m_items;
};

void SandboxCatalogueTest::everythingThatWasOrderedIsInIt()
{
    QCOMPARE(m_items.size(), 150U);
    for (const auto &[key, order] : records<Order>(*m_company->erp)) {
        for (const OrderLine &line : order.lines) {
            QVERIFY2(m_items.contains(line.sku), line.sku.c_str());
            QCOMPARE(line.unit, m_items.at(line.sku).unit);
        }
    }
    for (const auto &[key, item] : m_items) {
        QVERIFY(key == item.sku && !item.name.empty() && !item.category.empty() && !item.family.empty()
                && !item.manufacturerNumber.empty() && !item.packs.empty() && item.multiple > Decimal());
        for (const std::string &other : {item.successor, item.substitute})
            QVERIFY2(other.empty() || (m_items.contains(other) && other != key), other.c_str());
    }
    for (const auto &[key, document] : records<Document>(*m_company->erp))
        QVERIFY(document.sku.empty() || m_items.at(document.sku).account == document.account);
}

void SandboxCatalogueTest::saysWhatQuotesSay()
{
    const Account account = m_company->record<Account>(harbour);
    QuoteRequest request;
    request.account = harbour;
    for (const auto &[key, item] : m_items)
        request.lines.push_back({std::ssize(request.lines) + 1, key, item.minimum});
    const auto quote = m_company->erp->quote(request, "maya");
    QVERIFY(quote);
    int withdrawn = 0;
    for (const QuoteLine &line : quote->lines) {
        const Item &item = m_items.at(line.sku);
        const bool may = item.account.empty()
            || std::ranges::find(account.assortments, item.account, &AccountAssortment::assortment)
                != account.assortments.end();
        QCOMPARE(line.reasonCode == "not-permitted", !may);
        QVERIFY(line.minimum == item.minimum && line.multiple == item.multiple);
        if (may)
            QCOMPARE(line.reasonCode == "withdrawn", item.withdrawn);
        withdrawn += item.withdrawn ? 1 : 0;
        QCOMPARE(line.stock.empty(), !line.possible);
        if (line.possible)
            QCOMPARE(line.stock.front().available, line.available);
    }
    QVERIFY(withdrawn > 0);
}

void SandboxCatalogueTest::whatIsNotPermittedIsNotTold()
{
    const auto accounts = records<Account>(*m_company->erp);
    int refused = 0;
    for (const auto &[key, account] : accounts) {
        for (const auto &[sku, item] : m_items) {
            if (item.account.empty()
                || std::ranges::find(account.assortments, item.account, &AccountAssortment::assortment)
                    != account.assortments.end())
                continue;
            QuoteRequest request;
            request.account = key;
            request.lines = {{1, sku, item.minimum}};
            const auto quote = m_company->erp->quote(request, "maya");
            QVERIFY(quote);
            const QuoteLine &line = quote->lines.front();
            QCOMPARE(line.reasonCode, std::string("not-permitted"));
            QVERIFY(line.description.empty() && line.unit.empty() && line.successor.empty()
                    && line.stock.empty() && line.unitPrice.isZero());
            ++refused;
        }
    }
    QVERIFY(refused > 0);
}

void SandboxCatalogueTest::accountsHaveNumbersOfTheirOwn()
{
    const auto numbers = records<ItemNumber>(*m_company->erp);
    QVERIFY(numbers.size() > m_items.size());
    for (const auto &[key, number] : numbers)
        QVERIFY(m_items.contains(number.sku) && !number.number.empty());
}

CORE_TEST(SandboxCatalogueTest)
#include "tst_sandboxcatalogue.moc"
