// The pane of carts over the real client and the real gateway: what a person does without a connection.

#include "cachereaders.h"
#include "cartdesk.h"
#include "cartlinesmodel.h"
#include "cartpane.h"
#include "cartview.h"
#include "database.h"
#include "formfield.h"
#include "freshness.h"
#include "reviewsheet.h"
#include "station.h"
#include "statuswording.h"
#include "theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

namespace {

constexpr int patienceMs = 60'000;
constexpr auto reference = "4500000042";

Person rep()
{
    Person person;
    person.user = QStringLiteral("tess");
    person.role = QStringLiteral("csr");
    return person;
}

// What stands in the window for one profile.
struct Window
{
    explicit Window(SyncClient &client)
        : readers(client.profile().cachePath())
        , wording(readers)
        , freshness(client.sync(), clock)
        , context{readers, wording, freshness, clock, person, client.documents(), {}}
        , desk(context, client.commands())
        , pane(context, client.commands(), client.quotes(), desk)
    {
        QObject::connect(&client, &SyncClient::cacheChanged, &readers, &CacheReaders::noteChange);
        pane.resize(1200, 700);
        pane.show();
    }

    const SystemClock clock;
    const Person person = rep();
    CacheReaders readers;
    StatusWording wording;
    Freshness freshness;
    const PaneContext context;
    CartDesk desk;
    CartPane pane;
};

} // namespace

class TestBuyingWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void placedWithoutAConnection();

private:
    std::int64_t orders() const
    {
        auto store = Sqlite::Database::open(m_gateway.erpFile(), Sqlite::Database::Mode::ReadOnly);
        const auto count = store
            ? store->integer(std::string("SELECT count(*) FROM orders WHERE poReference='") + reference + "'")
            : Result<std::int64_t>(store.error());
        return count ? *count : -1;
    }
    // One of which each line can be had today just as it was ordered, at the price that was paid.
    static std::optional<Order> orderable(const SyncClient &client, QuotePort &quotes)
    {
        CacheReader reader(client.profile().cachePath());
        const auto orders = reader.all(Order::type);
        for (const CachedRecord &row : *orders) {
            const auto whole = reader.byKey(Order::type, row.record.as<Order>()->key);
            const Order order = *(*whole)->record.as<Order>();
            QuoteRequest request{order.account, {}, {}, reference, {}, {}};
            for (const OrderLine &line : order.lines)
                request.lines.push_back({line.lineNumber, line.sku, line.ordered});
            QSignalSpy answered(&quotes, &QuotePort::answered);
            quotes.ask(request);
            if (!QTest::qWaitFor([&] { return !answered.isEmpty(); }, patienceMs))
                return std::nullopt;
            const auto quote = answered.front()[1].value<Quote>();
            const bool same = std::ranges::equal(
                quote.lines, order.lines, [](const QuoteLine &now, const OrderLine &then) {
                    return now.possible && now.unitPrice == then.unitPrice && now.unit == then.unit;
                });
            if (same && !quote.willHold && std::ranges::none_of(quote.notices, &QuoteNotice::forbids))
                return order;
        }
        return std::nullopt;
    }

    GatewayProcess m_gateway{200};
};

// Made, reviewed with today's prices, then reviewed and queued on the train: one order, once there is a
// connection again.
void TestBuyingWindow::placedWithoutAConnection()
{
    QVERIFY(m_gateway.addUser(QStringLiteral("tess"), QStringLiteral("csr")));
    QVERIFY(m_gateway.start(0));
    Station station(m_gateway.port());
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    const auto order = orderable(*station.client, station.client->quotes());
    QVERIFY(order);
    Window window(*station.client);
    window.pane.setAccounts({order->account}, order->account);
    QTRY_COMPARE_WITH_TIMEOUT(window.pane.book().state(), CartBook::State::Here, patienceMs);
    QSignalSpy made(&window.desk, &CartDesk::made);
    window.desk.reorderLines(order->key, {});
    QTRY_COMPARE_WITH_TIMEOUT(made.size(), 1, patienceMs);
    CartView &cart = window.pane.cart();
    window.pane.showCart(made.front().front().toString());
    QTRY_VERIFY_WITH_TIMEOUT(cart.canChange() && !cart.lines().lines().empty(), patienceMs);
    ReviewSheet *sheet = cart.review();
    QTRY_VERIFY_WITH_TIMEOUT(sheet->isAnswered(), patienceMs);
    QCOMPARE(sheet->review().impossible.size(), std::size_t{0});
    sheet->dismiss();
    cart.poReference().setValue(QString::fromLatin1(reference));
    Q_EMIT cart.poReference().edited();

    station.client->sync().setConnected(false);
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Offline), patienceMs);
    sheet = cart.review();
    QVERIFY(sheet);
    QTRY_VERIFY_WITH_TIMEOUT(sheet->isAnswered(), patienceMs);
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!cart.canChange(), patienceMs);
    const auto waiting = [&] {
        return std::ranges::count_if(*station.client->commands().entries(),
                                     [](const OutboxEntry &entry) { return !entry.isFinished(); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(waiting() > 0, patienceMs);
    QCOMPARE(orders(), 0);

    station.client->sync().setConnected(true);
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), 0, patienceMs);
    QTRY_VERIFY2_WITH_TIMEOUT(!cart.cart().order.empty(), qPrintable(cart.warning()), patienceMs);
    QCOMPARE(orders(), 1);
    QVERIFY(!cart.canChange());
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    TestBuyingWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_buyingwindow.moc"
