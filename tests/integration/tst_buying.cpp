#include "buyer.h"
#include "database.h"
#include "erpledger.h"

#include <map>
#include <set>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;
using State = OutboxEntry::State;

// Buying again, over the real gateway to the sandbox company: judged by the company's own file.
class TestBuying : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void reordersEveryOrder();
    void nothingUnseenIsPlaced();
    void onTwoMachinesAtOnce();
    void onceThroughCutsAndKills();
    void askedOfflineIsSaid();

private:
    std::int64_t ordersWith(const std::string &reference) const
    {
        auto store = Sqlite::Database::open(m_gateway.erpFile(), Sqlite::Database::Mode::ReadOnly);
        const auto count = store
            ? store->integer("SELECT count(*) FROM orders WHERE poReference='" + reference + "'")
            : Result<std::int64_t>(store.error());
        return count ? *count : -1;
    }

    GatewayProcess m_gateway{400};
};

void TestBuying::initTestCase()
{
    QVERIFY(m_gateway.addUser(QStringLiteral("tess"), QStringLiteral("csr")));
    QVERIFY(m_gateway.start(0));
}

// CRT-01, CRT-02, CRT-03: ready, changed and not possible are together the lines of every order.
void TestBuying::reordersEveryOrder()
{
    Buyer buyer(m_gateway);
    buyer.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(buyer.is(Mode::Live), answerMs);
    const std::vector<Order> orders = buyer.orders();
    QVERIFY(orders.size() >= 400);
    std::map<std::string, int> counts;
    std::size_t lines = 0;
    for (const Order &order : orders) {
        const auto quote = buyer.ask(questionAbout(order, order.poReference));
        QVERIFY2(quote, qPrintable(buyer.lastError.detail));
        QCOMPARE(quote->lines.size(), order.lines.size());
        int ready = 0;
        int changed = 0;
        int impossible = 0;
        for (std::size_t i = 0; i < order.lines.size(); ++i) {
            const QuoteLine &line = quote->lines[i];
            QCOMPARE(line.sku, order.lines[i].sku);
            QVERIFY(line.possible || !line.reason.empty());
            const bool same = line.unitPrice == order.lines[i].unitPrice && line.inStock == line.quantity;
            const bool mendable = !line.orderable.isZero() || !line.successor.empty();
            ++(line.possible && same ? ready : line.possible || mendable ? changed : impossible);
            ++counts[line.possible ? same ? "ready" : "changed" : line.reasonCode];
        }
        QCOMPARE(static_cast<std::size_t>(ready + changed + impossible), order.lines.size());
        lines += order.lines.size();
        write(QStringLiteral("reorder %1, %2 lines")
                  .arg(QString::fromStdString(order.number))
                  .arg(order.lines.size()),
              QStringLiteral("%1 ready, %2 changed, %3 not possible").arg(ready).arg(changed).arg(impossible),
              QStringLiteral("none: a question"));
    }
    for (const auto &[what, count] : counts)
        qInfo("  %6d %s", count, what.c_str());
    qInfo("  %6zu lines of %zu orders", lines, orders.size());
}

void TestBuying::nothingUnseenIsPlaced()
{
    Buyer buyer(m_gateway);
    buyer.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(buyer.is(Mode::Live), answerMs);
    const std::string reference = "4500000001";
    const auto found = buyer.orderable(reference, 2);
    QVERIFY(found);
    const auto cart = buyer.kept(cartOf(found->first, found->second, reference));
    QVERIFY(cart);
    const std::pair<const char *, std::function<void(Cart &)>> lies[] = {
        {"price", [](Cart &seen) { seen.lines[0].unitPrice -= Decimal{10'000}; }},
        {"stock", [](Cart &seen) { seen.lines[1].inStock += Decimal::fromInteger(1'000); }},
        {"unknown-item", [](Cart &seen) { seen.lines[1].sku = "WH-0"; }},
        {"total", [](Cart &seen) { seen.total += Amount{1}; }},
    };
    for (const auto &[code, change] : lies) {
        Cart seen = *cart;
        change(seen);
        const QString key = buyer.submit(buyer.about("place", seen, &*cart));
        QTRY_VERIFY_WITH_TIMEOUT(buyer.ended(key), answerMs);
        const OutboxEntry entry = *buyer.entry(key);
        QCOMPARE(entry.state, State::Rejected);
        QCOMPARE(entry.outcome.reasonCode, std::string(RejectionCode::changed));
        QCOMPARE(entry.outcome.differences.size(), std::size_t{1});
        QCOMPARE(entry.outcome.differences[0].code, std::string(code));
        QCOMPARE(ordersWith(reference), 0);
        write(QStringLiteral("place as not seen: %1").arg(QLatin1String(code)),
              QString::fromStdString(entry.outcome.reason), QStringLiteral("0 orders"));
    }
    Cart foolish = *cart;
    foolish.lines[0].quantity = {};
    const QString key = buyer.submit(buyer.about("save", foolish, &*cart));
    QTRY_VERIFY_WITH_TIMEOUT(buyer.ended(key), answerMs);
    QCOMPARE(buyer.entry(key)->outcome.reasonCode, std::string("quantity-none"));
    write(QStringLiteral("a quantity of 0"), QString::fromStdString(buyer.entry(key)->outcome.reason),
          QStringLiteral("cart as before"));
}

// CRT-08, CRT-10: what one machine put into the cart stands on the other, and both place it.
void TestBuying::onTwoMachinesAtOnce()
{
    Buyer here(m_gateway);
    Buyer there(m_gateway);
    for (Buyer *buyer : {&here, &there}) {
        buyer->signIn();
        QTRY_VERIFY_WITH_TIMEOUT(buyer->is(Mode::Live), answerMs);
    }
    const std::string reference = "4500000002";
    const auto found = here.orderable(reference, 2);
    QVERIFY(found);
    const auto cart = here.kept(cartOf(found->first, found->second, reference));
    QVERIFY(cart);
    QTRY_VERIFY_WITH_TIMEOUT(there.cart(cart->key), answerMs);
    const Cart theirs = *there.cart(cart->key);
    QVERIFY(equal(Cart::type, &theirs, &*cart));
    const QString first = here.submit(here.about("place", *cart, &*cart));
    const QString second = there.submit(there.about("place", theirs, &theirs));
    QTRY_VERIFY_WITH_TIMEOUT(here.ended(first) && there.ended(second), answerMs);
    const std::map<QString, OutboxEntry> entries{{QStringLiteral("here"), *here.entry(first)},
                                                 {QStringLiteral("there"), *there.entry(second)}};
    int placed = 0;
    for (const auto &[where, entry] : entries) {
        placed += entry.state == State::Applied ? 1 : 0;
        QVERIFY(entry.state == State::Applied || entry.outcome.reasonCode == "cart-submitted");
        write(QStringLiteral("place the cart, %1").arg(where),
              entry.state == State::Applied ? QStringLiteral("applied")
                                            : QString::fromStdString(entry.outcome.reason),
              QStringLiteral("%1 order").arg(ordersWith(reference)));
    }
    QCOMPARE(placed, 1);
    QCOMPARE(ordersWith(reference), 1);
    // Both come to know the order's number, and the order itself.
    for (const Buyer *buyer : {&here, &there}) {
        QTRY_VERIFY_WITH_TIMEOUT(!buyer->cart(cart->key)->order.empty(), answerMs);
        const auto orders = buyer->all(Order::type);
        const auto order = std::ranges::find_if(*orders, [&](const CachedRecord &row) {
            return row.record.as<Order>()->key == buyer->cart(cart->key)->order;
        });
        QVERIFY(order != orders->end());
        QCOMPARE(order->record.as<Order>()->total, cart->total);
    }
}

// Made and placed without a network in one go; then connections are cut and the gateway and the client
// killed.
void TestBuying::onceThroughCutsAndKills()
{
    constexpr int carts = 12;
    Buyer buyer(m_gateway);
    buyer.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(buyer.is(Mode::Live), answerMs);
    const std::string reference = "4500000003";
    const auto found = buyer.orderable(reference, 2);
    QVERIFY(found);
    Cart cart = cartOf(found->first, found->second, reference);
    for (CartLine &line : cart.lines)
        line.inStock = {}; // many carts want the same stock
    cart.acceptsHold = true;
    buyer.proxy.setMode(TcpProxy::Mode::Swallow);
    buyer.proxy.cutAll();
    QStringList keys;
    for (int i = 0; i < carts; ++i) {
        const QString made = buyer.submit(buyer.about("save", cart));
        Command place = buyer.about("place", cart);
        place.base = AnyRecord(std::make_shared<Cart>(cart));
        place.target = resultOf(made.toStdString());
        place.after = made.toStdString();
        keys.append(buyer.submit(place));
    }
    QTRY_COMPARE_WITH_TIMEOUT(buyer.client->commands().entries()->size(), std::size_t{2 * carts}, answerMs);
    buyer.restart();
    buyer.proxy.setMode(TcpProxy::Mode::Forward);
    buyer.signIn(); // which is not tried again by itself
    QTRY_VERIFY_WITH_TIMEOUT(buyer.is(Mode::Filling) || buyer.is(Mode::CatchingUp) || buyer.is(Mode::Live),
                             answerMs);
    const auto ended
        = [&] { return std::ranges::count_if(keys, [&](const QString &key) { return buyer.ended(key); }); };
    int deaths = 0;
    for (int step = 0; ended() < carts; ++step) {
        const auto before = ended();
        for (int cut = 0; cut < 5; ++cut, ++deaths) {
            const int accepted = buyer.proxy.connections();
            buyer.proxy.cutAll();
            buyer.client->sync().retryNow();
            (void)QTest::qWaitFor([&] { return buyer.proxy.connections() > accepted || ended() == carts; },
                                  3'000);
        }
        if (step % 2 == 0) {
            m_gateway.kill();
            QVERIFY(m_gateway.start(0));
            ++deaths;
        }
        buyer.client->sync().retryNow();
        QTRY_VERIFY_WITH_TIMEOUT(ended() > before, answerMs);
    }
    for (const QString &key : keys)
        QCOMPARE(buyer.entry(key)->state, State::Applied);
    QCOMPARE(ordersWith(reference), carts);
    const ErpLedger ledger = ErpLedger::read(m_gateway.erpFile());
    for (const QString &key : keys)
        QCOMPARE(ledger.effects.at(key.toStdString()), 1);
    write(QStringLiteral("%1 carts placed offline, %2 cuts and kills").arg(carts).arg(deaths),
          QStringLiteral("%1 applied").arg(ended()), QStringLiteral("%1 orders").arg(ordersWith(reference)));
}

void TestBuying::askedOfflineIsSaid()
{
    Buyer buyer(m_gateway);
    buyer.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(buyer.is(Mode::Live), answerMs);
    const QuoteRequest request = questionAbout(buyer.orders().front());
    QuoteRequest many = request;
    many.lines.resize(mostCartLines + 1, request.lines[0]);
    QVERIFY(!buyer.ask(many) && buyer.lastError.kind == ErrorKind::BadInput);
    // Forgotten: the next answer is the next question's.
    buyer.client->quotes().forget(buyer.client->quotes().ask(request));
    QVERIFY(buyer.ask(request));
    buyer.client->sync().setConnected(false);
    QVERIFY(!buyer.ask(request));
    QVERIFY(buyer.lastError.kind == ErrorKind::Offline && !buyer.lastError.userText.isEmpty());
    write(QStringLiteral("a quote, disconnected"), buyer.lastError.userText, QStringLiteral("none"));
}

CORE_TEST(TestBuying)
#include "tst_buying.moc"
