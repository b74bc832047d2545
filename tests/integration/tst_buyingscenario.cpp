#include "approval.h"
#include "boughtitems.h"
#include "buyer.h"
#include "database.h"
#include "item.h"
#include "itemsearch.h"
#include "partfile.h"
#include "partmatch.h"
#include "testentry.h"

#include <QFile>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;
using State = OutboxEntry::State;

namespace {

const std::string group = "A-10001"; // with its four branches

} // namespace

// Buying again from one end to the other, a step a point of what it is to do: the real client library, the
// real gateway, the sandbox company. Prints what was asked, what was answered, and what the company's own
// file says of it; the exit code is the verdict.
class BuyingScenario : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void anOrderIsOrderedAgain();
    void whatWasBoughtBefore();
    void aListIsKeptAndOrderedFrom();
    void aPartListComesAsAFile();
    void theCatalogueIsSearched();
    void anOrderAboveTheLimitWaits();
    void approvedOfflineItIsOrderedOnce();
    void aPlacedOrderIsChangedAndCancelled();

private:
    std::int64_t count(const std::string &sql) const
    {
        auto store = Sqlite::Database::open(m_gateway.erpFile(), Sqlite::Database::Mode::ReadOnly);
        const auto value = store ? store->integer(sql) : Result<std::int64_t>(store.error());
        return value ? *value : -1;
    }
    std::int64_t ordersWith(const std::string &reference) const
    {
        return count("SELECT count(*) FROM orders WHERE poReference='" + reference + "'");
    }
    std::unique_ptr<Buyer> signedIn(const char *user) const
    {
        auto buyer = std::make_unique<Buyer>(m_gateway);
        buyer->user = QString::fromLatin1(user);
        buyer->signIn();
        return QTest::qWaitFor([&] { return buyer->is(Mode::Live); }, answerMs) ? std::move(buyer) : nullptr;
    }
    // A cart as its person reviewed it, and placed.
    struct Placed
    {
        Cart cart;
        QString key;
    };
    std::optional<Placed> place(const Buyer &buyer, const std::string &reference) const
    {
        const auto found = buyer.orderable(reference, 2);
        const auto cart
            = found ? buyer.kept(cartOf(found->first, found->second, reference)) : std::optional<Cart>();
        if (!cart)
            return std::nullopt;
        return Placed{*cart, buyer.submit(buyer.about("place", *cart, &*cart))};
    }
    static std::optional<Approval> approvalOf(const Buyer &buyer, const std::string &cart)
    {
        CacheReader reader(buyer.client->profile().cachePath());
        const auto rows = reader.byField(Approval::type, "cart", cart);
        if (!rows || rows->empty())
            return std::nullopt;
        const auto row = reader.byKey(Approval::type, rows->front().record.as<Approval>()->key);
        return row && *row ? std::optional(*(*row)->record.as<Approval>()) : std::nullopt;
    }
    static QString decide(const Buyer &buyer, const char *verb, const Approval &approval)
    {
        Command command;
        command.verb = verb;
        command.kind = &Approval::type;
        command.account = approval.account;
        command.target = approval.key;
        if (carriesRecord(command.verb)) {
            command.base = AnyRecord(std::make_shared<Approval>(approval));
            command.record = AnyRecord(std::make_shared<Approval>(approval));
            command.record.as<Approval>()->comment = "As agreed.";
        }
        return buyer.submit(command);
    }

    GatewayProcess m_gateway{400};
    std::string m_placed; // the key of an order that was placed here
};

void BuyingScenario::initTestCase()
{
    const QStringList account{QStringLiteral("--account"), QString::fromStdString(group)};
    QVERIFY(m_gateway.addUser(QStringLiteral("mia"), QStringLiteral("buyer"), account));
    QVERIFY(m_gateway.addUser(QStringLiteral("lou"), QStringLiteral("buyer"),
                              account + QStringList{QStringLiteral("--order-limit"), QStringLiteral("1")}));
    QVERIFY(m_gateway.addUser(QStringLiteral("ann"), QStringLiteral("approver"), account));
    QVERIFY(m_gateway.start(0));
    write(QStringLiteral("ASKED"), QStringLiteral("ANSWERED"), QStringLiteral("AT THE ERP"));
}

// 1
void BuyingScenario::anOrderIsOrderedAgain()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    const auto placed = place(*mia, "4500000101");
    QVERIFY(placed);
    QTRY_VERIFY_WITH_TIMEOUT(mia->ended(placed->key), answerMs);
    QCOMPARE(mia->entry(placed->key)->state, State::Applied);
    QTRY_VERIFY_WITH_TIMEOUT(!mia->cart(placed->cart.key)->order.empty(), answerMs);
    QCOMPARE(ordersWith("4500000101"), 1);
    m_placed = mia->cart(placed->cart.key)->order;
    write(QStringLiteral("1 order again, at today's prices"),
          QStringLiteral("order %1").arg(QString::fromStdString(m_placed)), QStringLiteral("1 order"));
}

// 2
void BuyingScenario::whatWasBoughtBefore()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    CacheReader reader(mia->client->profile().cachePath());
    const auto bought = BoughtItems(reader).of({});
    QVERIFY(bought && !bought->items.empty());
    const auto due
        = std::ranges::count_if(bought->items, [](const BoughtItem &item) { return item.dueOn.isSet(); });
    QVERIFY(due > 0);
    QVERIFY(std::ranges::all_of(bought->items, [](const BoughtItem &item) {
        return !item.usual.isZero() && item.lastOn.isSet() && !item.last.unitPrice.isZero();
    }));
    write(QStringLiteral("2 what was bought before"),
          QStringLiteral("%1 items, %2 with a rhythm").arg(bought->items.size()).arg(due),
          QStringLiteral("none: read offline"));
}

// 3
void BuyingScenario::aListIsKeptAndOrderedFrom()
{
    const auto mia = signedIn("mia");
    const auto lou = signedIn("lou");
    QVERIFY(mia && lou);
    const auto found = mia->orderable("4500000102", 2);
    QVERIFY(found);
    Cart list = cartOf(found->first, found->second, {});
    list.name = "Project Quay";
    list.list = list.shared = true;
    const auto kept = mia->kept(list);
    QVERIFY(kept && kept->list);
    QTRY_VERIFY_WITH_TIMEOUT(lou->cart(kept->key), answerMs);
    Cart longer = *lou->cart(kept->key);
    const Cart before = longer;
    longer.lines[0].quantity += longer.lines[0].quantity;
    const QString filled = lou->submit(lou->about("save", longer, &before));
    const QString placed = mia->submit(mia->about("place", *kept, &*kept));
    QTRY_VERIFY_WITH_TIMEOUT(lou->ended(filled) && mia->ended(placed), answerMs);
    QCOMPARE(lou->entry(filled)->state, State::Applied);
    QCOMPARE(mia->entry(placed)->outcome.reasonCode, std::string("cart-is-list"));
    Cart made = longer;
    made.list = made.shared = false;
    const auto cart = lou->kept(made);
    QVERIFY(cart && cart->lines.size() == list.lines.size() && !cart->list);
    write(QStringLiteral("3 a shared list, filled by a colleague"),
          QString::fromStdString(mia->entry(placed)->outcome.reason),
          QStringLiteral("a list and a cart of it, 0 orders"));
}

// 3
void BuyingScenario::aPartListComesAsAFile()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    CacheReader reader(mia->client->profile().cachePath());
    const auto bought = BoughtItems(reader).of({});
    QVERIFY(bought && !bought->items.empty());
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("parts.csv"));
    QFile csv(file);
    QVERIFY(csv.open(QIODevice::WriteOnly));
    csv.write("Item;Quantity\n");
    csv.write(QByteArray::fromStdString(bought->items.front().sku) + ";12\n");
    csv.write("NO-SUCH-PART;3\nX-1;two\n=HYPERLINK(1);4\n");
    csv.close();
    PartFile reading(QStringLiteral(SHEET_PROGRAM));
    QSignalSpy came(&reading, &PartFile::isRead);
    QSignalSpy refused(&reading, &PartFile::refused);
    reading.read(file);
    QTRY_COMPARE_WITH_TIMEOUT(came.size(), 1, answerMs);
    const auto parts = MatchedParts::of(PartList::read(came[0][0].toString()), bought->items);
    using Group = MatchedPart::Group;
    QCOMPARE(parts.rows.size(), std::size_t{4});
    QCOMPARE(parts.count(Group::Matched), 1);
    QCOMPARE(parts.count(Group::Unknown), 1);
    QCOMPARE(parts.count(Group::Bad), 2);
    write(QStringLiteral("3 a part list as a file"), QStringLiteral("1 matched, 1 not matched, 2 not read"),
          QStringLiteral("none"));
    QFile lie(folder.filePath(QStringLiteral("parts.xlsx")));
    QVERIFY(lie.open(QIODevice::WriteOnly));
    lie.write("%PDF-1.7\n");
    lie.close();
    reading.read(lie.fileName());
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, answerMs);
    write(QStringLiteral("3 a file that is not what its name says"), refused[0][0].toString(),
          QStringLiteral("none"));
}

// 4
void BuyingScenario::theCatalogueIsSearched()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    const auto items = mia->all(Item::type);
    QVERIFY(items && !items->empty());
    CacheReader reader(mia->client->profile().cachePath());
    const Item &wanted = *items->front().record.as<Item>();
    QString typed = QString::fromStdString(wanted.key).toLower();
    typed.remove(u'-');
    RecordQuery query;
    query.kind = &Item::type;
    query.text = typed.toStdString();
    const auto found = ItemSearch(reader).find(query);
    QVERIFY(found && !found->rows.empty());
    QCOMPARE(static_cast<std::int64_t>(found->rows.front()), items->front().id);
    const std::int64_t all = count("SELECT count(*) FROM items");
    QVERIFY(std::ssize(*items) <= all); // tst_assortments says who sees which
    write(QStringLiteral("4 the catalogue, “%1”").arg(typed),
          QStringLiteral("%1, of %2 items that may be bought")
              .arg(QString::fromStdString(wanted.key))
              .arg(items->size()),
          QStringLiteral("%1 items").arg(all));
}

// 5
void BuyingScenario::anOrderAboveTheLimitWaits()
{
    const auto lou = signedIn("lou");
    const auto ann = signedIn("ann");
    QVERIFY(lou && ann);
    const auto placed = place(*lou, "4500000103");
    QVERIFY(placed);
    QTRY_VERIFY_WITH_TIMEOUT(approvalOf(*ann, placed->cart.key), answerMs);
    const Approval approval = *approvalOf(*ann, placed->cart.key);
    QCOMPARE(approval.waitsFor, std::string("ann"));
    QCOMPARE(ordersWith("4500000103"), 0);
    write(QStringLiteral("5 an order above the limit"),
          QStringLiteral("%1 waits for %2")
              .arg(QString::fromStdString(approval.number), QString::fromStdString(approval.waitsFor)),
          QStringLiteral("0 orders"));
    const QString own = decide(*lou, "approve", approval);
    QTRY_VERIFY_WITH_TIMEOUT(lou->ended(own), answerMs);
    QCOMPARE(lou->entry(own)->state, State::Rejected);
    write(QStringLiteral("5 approved by who asked for it"),
          QString::fromStdString(lou->entry(own)->outcome.reasonCode), QStringLiteral("0 orders"));
    const QString refusal = decide(*ann, "refuse", approval);
    QTRY_VERIFY_WITH_TIMEOUT(ann->ended(refusal) && !approvalOf(*lou, placed->cart.key)->open, answerMs);
    QCOMPARE(approvalOf(*lou, placed->cart.key)->status, std::string("refused"));
    QCOMPARE(ordersWith("4500000103"), 0);
    write(QStringLiteral("5 refused, with a comment"),
          QString::fromStdString(approvalOf(*lou, placed->cart.key)->comment), QStringLiteral("0 orders"));
}

// 5: while the gateway is killed and the approver's line is dead.
void BuyingScenario::approvedOfflineItIsOrderedOnce()
{
    const auto lou = signedIn("lou");
    const auto ann = signedIn("ann");
    QVERIFY(lou && ann);
    const auto placed = place(*lou, "4500000104");
    QVERIFY(placed);
    QTRY_VERIFY_WITH_TIMEOUT(approvalOf(*ann, placed->cart.key), answerMs);
    ann->proxy.setMode(TcpProxy::Mode::Swallow);
    ann->proxy.cutAll();
    const QString approved = decide(*ann, "approve", *approvalOf(*ann, placed->cart.key));
    QTRY_VERIFY_WITH_TIMEOUT(ann->entry(approved), answerMs);
    m_gateway.kill();
    QVERIFY(m_gateway.start(0));
    ann->proxy.setMode(TcpProxy::Mode::Forward);
    ann->client->sync().retryNow();
    for (int cut = 0; cut < 5 && !ann->ended(approved); ++cut) {
        const int accepted = ann->proxy.connections();
        ann->proxy.cutAll();
        ann->client->sync().retryNow();
        (void)QTest::qWaitFor([&] { return ann->proxy.connections() > accepted; }, 3'000);
    }
    QTRY_VERIFY_WITH_TIMEOUT(ann->ended(approved), answerMs);
    QCOMPARE(ann->entry(approved)->state, State::Applied);
    lou->client->sync().retryNow();
    QTRY_VERIFY_WITH_TIMEOUT(!lou->cart(placed->cart.key)->order.empty(), answerMs);
    QCOMPARE(ordersWith("4500000104"), 1);
    write(QStringLiteral("5 approved offline, the gateway killed"),
          QStringLiteral("order %1").arg(QString::fromStdString(lou->cart(placed->cart.key)->order)),
          QStringLiteral("%1 order").arg(ordersWith("4500000104")));
}

// 6
void BuyingScenario::aPlacedOrderIsChangedAndCancelled()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia && !m_placed.empty());
    const auto orderNow = [&] {
        CacheReader reader(mia->client->profile().cachePath());
        const auto row = reader.byKey(Order::type, m_placed);
        return row && *row ? *(*row)->record.as<Order>() : Order();
    };
    const Order order = orderNow();
    QVERIFY(order.open && order.lines.size() > 1);
    const auto ask = [&](const char *verb, Decimal from, Decimal to) {
        Command command;
        command.verb = verb;
        command.kind = &Order::type;
        command.account = order.account;
        command.target = order.key;
        if (carriesRecord(command.verb)) {
            Order base;
            base.requestedOn = order.requestedOn;
            Order wanted = base;
            base.wishes = {{1, from}};
            wanted.wishes = {{1, to}};
            command.base = AnyRecord(std::make_shared<Order>(base));
            command.record = AnyRecord(std::make_shared<Order>(wanted));
        }
        const QString key = mia->submit(command);
        return QTest::qWaitFor([&] { return mia->ended(key); }, answerMs) ? mia->entry(key) : std::nullopt;
    };
    const Decimal ordered = order.lines[0].ordered;
    const auto more = ask("save", ordered, ordered + Decimal::fromInteger(1));
    QVERIFY(more && more->state == State::Rejected);
    write(QStringLiteral("6 more of a line"), QString::fromStdString(more->outcome.reason),
          QStringLiteral("unchanged"));
    const auto none = ask("save", ordered, {});
    QVERIFY(none && none->state == State::Applied);
    QTRY_COMPARE_WITH_TIMEOUT(orderNow().lines[0].cancelled, ordered, answerMs);
    QVERIFY(orderNow().total < order.total);
    write(QStringLiteral("6 a line taken off"), QStringLiteral("applied"),
          QStringLiteral("0 of it, a lower total"));
    const auto again = ask("save", ordered, Decimal::fromInteger(1));
    QVERIFY(again && again->outcome.reasonCode == "order-changed");
    write(QStringLiteral("6 the same line, by who saw the old one"),
          QString::fromStdString(again->outcome.reason), QStringLiteral("unchanged"));
    const auto cancelled = ask("retire", {}, {});
    QVERIFY(cancelled && cancelled->state == State::Applied);
    QTRY_COMPARE_WITH_TIMEOUT(orderNow().status, std::string("cancelled"), answerMs);
    const auto late = ask("retire", {}, {});
    QVERIFY(late && late->outcome.reasonCode == "order-closed");
    write(QStringLiteral("6 cancelled, and once more"), QString::fromStdString(late->outcome.reason),
          QStringLiteral("cancelled"));
}

CORE_TEST(BuyingScenario)
#include "tst_buyingscenario.moc"
