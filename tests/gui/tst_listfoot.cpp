#include "clock.h"
#include "listdescription.h"
#include "listfoot.h"
#include "orderslist.h"
#include "testcache.h"
#include "testentry.h"

#include <QApplication>
#include <QLabel>
#include <QtTest>

#include <algorithm>

using namespace Counterfoil;

// What the foot of a list says of rows that its count or its rows leave out.
class TestListFoot : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void saysWhatIsNotSearchedYet();
    void saysWhatIsNotListed();
    void saysNothingMoreWhileRowsCome();

private:
    SystemClock m_clock;
};

namespace {

QString textOf(const ListFoot &foot)
{
    return foot.findChildren<QLabel *>().constFirst()->text();
}

// Fills the cache for the first time, with more orders than have their words stored at once.
void fill(TestCache &cache, int orders)
{
    QVERIFY(cache.writer().beginFill({std::string(Order::type.name)}, "cursor").ok());
    for (int n = 0; n < orders;) {
        FillPage page;
        page.kind = &Order::type;
        for (const int end = std::min(n + 1'000, orders); n < end; ++n) {
            Change change = changeTo(plainOrder(n));
            change.sequence = n + 1;
            page.rows.push_back(std::move(change));
        }
        page.next = std::to_string(n);
        page.listed = n == orders;
        QVERIFY(cache.writer().applyFillPage(page).ok());
    }
    const auto filled = cache.writer().finishFill();
    QVERIFY(filled.ok());
    cache.readers().noteChange(*filled);
}

} // namespace

void TestListFoot::saysWhatIsNotSearchedYet()
{
    TestCache cache;
    fill(cache, 1'500);
    RecordListModel model(cache.readers(), m_clock, Order::type);
    const ListDescription orders = ordersList();
    const ListFoot foot(orders, model, true, nullptr);
    QTRY_COMPARE(textOf(foot), QStringLiteral("1,500 orders · 1,500 open"));
    RecordQuery query = model.query();
    query.text = "SO-10001";
    model.setQuery(query);
    QTRY_VERIFY(textOf(foot).endsWith(QStringLiteral(" · 1,500 not searched yet")));
    while (cache.writer().wordsWaiting())
        cache.readers().noteChange(*cache.writer().storeWords({}));
    QTRY_COMPARE(textOf(foot), QStringLiteral("1 orders · 1 open"));
}

void TestListFoot::saysWhatIsNotListed()
{
    TestCache cache;
    std::vector<Change> changes;
    changes.reserve(600);
    for (int n = 0; n < 600; ++n)
        changes.push_back(changeTo(plainOrder(n)));
    cache.put(changes);
    CacheReaders readers(cache.path(), nullptr, 300);
    RecordListModel model(readers, m_clock, Order::type);
    const ListDescription orders = ordersList();
    const ListFoot foot(orders, model, true, nullptr);
    QTRY_COMPARE(textOf(foot), QStringLiteral("600 orders · 600 open · the first 300 are listed"));
    QTRY_COMPARE(model.rowCount(), 300);
}

// Rows and their count come by separate reads, so either may be ahead.
void TestListFoot::saysNothingMoreWhileRowsCome()
{
    TestCache cache;
    cache.put({changeTo(plainOrder(0))});
    RecordListModel model(cache.readers(), m_clock, Order::type);
    const ListDescription orders = ordersList();
    const ListFoot foot(orders, model, true, nullptr);
    QTRY_COMPARE(textOf(foot), QStringLiteral("1 orders · 1 open"));
    for (int n = 1; n < 4; ++n) {
        cache.put({changeTo(plainOrder(n))});
        const QString text = QStringLiteral("%1 orders · %1 open").arg(n + 1);
        QTRY_VERIFY(textOf(foot).startsWith(text));
        QCOMPARE(textOf(foot), text);
    }
}

WINDOW_TEST(TestListFoot)
#include "tst_listfoot.moc"
