#include "cart.h"
#include "database.h"
#include "erpledger.h"
#include "order.h"
#include "station.h"
#include "testentry.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;
using State = OutboxEntry::State;

namespace {

constexpr int buyingPatienceMs = 60'000;

// One line of the ledger: what was asked, what was answered, what the company's own file says of it.
void write(const QString &asked, const QString &answered, const QString &effect)
{
    qInfo("%-46s | %-56s | %s", qPrintable(asked), qPrintable(answered), qPrintable(effect));
}

// A machine at which somebody buys.
struct Buyer : Station
{
    explicit Buyer(const GatewayProcess &gateway)
        : Station(gateway.port())
    { }
    void restart()
    {
        client.reset();
        open();
        client->start();
    }
    std::optional<Quote> ask(const QuoteRequest &request) const
    {
        QSignalSpy answered(&client->quotes(), &QuotePort::answered);
        QSignalSpy failed(&client->quotes(), &QuotePort::failed);
        const quint64 number = client->quotes().ask(request);
        if (!QTest::qWaitFor([&] { return !answered.isEmpty() || !failed.isEmpty(); }, buyingPatienceMs))
            return std::nullopt;
        lastError = failed.isEmpty() ? Error() : failed[0][1].value<Error>();
        if (answered.isEmpty() || answered[0][0].toULongLong() != number)
            return std::nullopt;
        return answered[0][1].value<Quote>();
    }
    std::optional<OutboxEntry> entry(const QString &key) const
    {
        const auto entries = client->commands().entries();
        const auto found = std::ranges::find_if(
            *entries, [&](const OutboxEntry &one) { return one.command.key == key.toStdString(); });
        return found == entries->end() ? std::nullopt : std::optional(*found);
    }
    bool ended(const QString &key) const
    {
        const auto found = entry(key);
        return found && found->isFinished();
    }
    std::vector<Order> orders() const
    {
        CacheReader reader(client->profile().cachePath());
        std::vector<Order> found;
        const auto rows = reader.all(Order::type);
        for (const CachedRecord &row : *rows) {
            const auto whole = reader.byKey(Order::type, row.record.as<Order>()->key);
            found.push_back(*(*whole)->record.as<Order>());
        }
        return found;
    }
    std::optional<Cart> cart(const std::string &key) const
    {
        CacheReader reader(client->profile().cachePath());
        const auto row = reader.byKey(Cart::type, key);
        return row && *row ? std::optional(*(*row)->record.as<Cart>()) : std::nullopt;
    }
    Command about(const char *verb, const Cart &wanted, const Cart *base = nullptr) const
    {
        Command command;
        command.verb = verb;
        command.kind = &Cart::type;
        command.account = wanted.account;
        command.record = AnyRecord(std::make_shared<Cart>(wanted));
        if (base) {
            command.target = base->key;
            command.base = AnyRecord(std::make_shared<Cart>(*base));
        }
        return command;
    }
    QString submit(const Command &command) const { return client->commands().submit(command); }

    mutable Error lastError;
};

// The cart that a person makes of what they were told: the lines that can be ordered just like that.
Cart cartOf(const Order &order, const Quote &quote, const std::string &reference)
{
    Cart cart;
    cart.account = order.account;
    cart.name = "Again: " + order.number;
    cart.poReference = reference;
    cart.acceptsHold = quote.willHold;
    cart.total = quote.total;
    for (const QuoteLine &line : quote.lines) {
        if (line.possible)
            cart.lines.push_back({std::ssize(cart.lines) + 1, line.sku, line.description, line.unit,
                                  line.quantity, line.unitPrice, quote.at, line.inStock, order.key,
                                  line.lineNumber});
    }
    return cart;
}

QuoteRequest questionAbout(const Order &order, const std::string &reference = {})
{
    QuoteRequest request{order.account, {}, {}, reference, {}, {}};
    for (const OrderLine &line : order.lines)
        request.lines.push_back({line.lineNumber, line.sku, line.ordered});
    return request;
}

} // namespace

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
    // An order all of which can be had again, with what it costs today.
    std::optional<std::pair<Order, Quote>> orderable(const Buyer &buyer, const std::string &reference,
                                                     std::size_t lines) const
    {
        for (const Order &order : buyer.orders()) {
            if (order.lines.size() < lines)
                continue;
            const auto quote = buyer.ask(questionAbout(order, reference));
            if (quote && std::ranges::all_of(quote->lines, &QuoteLine::possible)
                && std::ranges::none_of(quote->notices, &QuoteNotice::forbids))
                return std::pair(order, *quote);
        }
        return std::nullopt;
    }
    // Kept by the ERP and come back by the feed.
    std::optional<Cart> kept(const Buyer &buyer, const Cart &cart) const
    {
        const QString key = buyer.submit(buyer.about("save", cart));
        const auto came = [&] {
            const auto entry = buyer.entry(key);
            return entry && entry->state == State::Applied && buyer.cart(entry->outcome.target);
        };
        if (!QTest::qWaitFor(came, buyingPatienceMs))
            return std::nullopt;
        return buyer.cart(buyer.entry(key)->outcome.target);
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
    QTRY_VERIFY_WITH_TIMEOUT(buyer.is(Mode::Live), buyingPatienceMs);
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
    QTRY_VERIFY_WITH_TIMEOUT(buyer.is(Mode::Live), buyingPatienceMs);
    const std::string reference = "4500000001";
    const auto found = orderable(buyer, reference, 2);
    QVERIFY(found);
    const auto cart = kept(buyer, cartOf(found->first, found->second, reference));
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
        QTRY_VERIFY_WITH_TIMEOUT(buyer.ended(key), buyingPatienceMs);
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
    QTRY_VERIFY_WITH_TIMEOUT(buyer.ended(key), buyingPatienceMs);
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
        QTRY_VERIFY_WITH_TIMEOUT(buyer->is(Mode::Live), buyingPatienceMs);
    }
    const std::string reference = "4500000002";
    const auto found = orderable(here, reference, 2);
    QVERIFY(found);
    const auto cart = kept(here, cartOf(found->first, found->second, reference));
    QVERIFY(cart);
    QTRY_VERIFY_WITH_TIMEOUT(there.cart(cart->key), buyingPatienceMs);
    const Cart theirs = *there.cart(cart->key);
    QVERIFY(equal(Cart::type, &theirs, &*cart));
    const QString first = here.submit(here.about("place", *cart, &*cart));
    const QString second = there.submit(there.about("place", theirs, &theirs));
    QTRY_VERIFY_WITH_TIMEOUT(here.ended(first) && there.ended(second), buyingPatienceMs);
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
        QTRY_VERIFY_WITH_TIMEOUT(!buyer->cart(cart->key)->order.empty(), buyingPatienceMs);
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
    QTRY_VERIFY_WITH_TIMEOUT(buyer.is(Mode::Live), buyingPatienceMs);
    const std::string reference = "4500000003";
    const auto found = orderable(buyer, reference, 2);
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
    QTRY_COMPARE_WITH_TIMEOUT(buyer.client->commands().entries()->size(), std::size_t{2 * carts},
                              buyingPatienceMs);
    buyer.restart();
    buyer.proxy.setMode(TcpProxy::Mode::Forward);
    buyer.signIn(); // which is not tried again by itself
    QTRY_VERIFY_WITH_TIMEOUT(buyer.is(Mode::Filling) || buyer.is(Mode::CatchingUp) || buyer.is(Mode::Live),
                             buyingPatienceMs);
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
        QTRY_VERIFY_WITH_TIMEOUT(ended() > before, buyingPatienceMs);
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
    QTRY_VERIFY_WITH_TIMEOUT(buyer.is(Mode::Live), buyingPatienceMs);
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
