#include "boughtitems.h"
#include "buyingscenario.h"
#include "item.h"
#include "itemsearch.h"
#include "partfile.h"
#include "partmatch.h"
#include "testentry.h"
#include "toldprices.h"

#include <QFile>

using namespace Counterfoil;

namespace {

const std::string group = "A-10001"; // with its four branches

} // namespace

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

// 1: three groups, and no line in none of them.
void BuyingScenario::everyLineIsReadyChangedOrSaid()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    int ready = 0;
    int changed = 0;
    int impossible = 0;
    std::size_t lines = 0;
    QString why;
    const auto orders = mia->orders();
    for (std::size_t i = 0; i < orders.size() && (i < 20 || impossible == 0); ++i) {
        const auto quote = mia->ask(questionAbout(orders[i], orders[i].poReference));
        QVERIFY(quote && quote->lines.size() == orders[i].lines.size());
        for (std::size_t line = 0; line < quote->lines.size(); ++line) {
            const QuoteLine &now = quote->lines[line];
            const bool same = now.unitPrice == orders[i].lines[line].unitPrice && now.inStock == now.quantity;
            ++(!now.possible ? impossible : same ? ready : changed);
            QVERIFY(now.possible || !now.reason.empty());
            if (!now.possible && (why.isEmpty() || !now.successor.empty()))
                why = QString::fromStdString(now.reason + ' ' + now.successor);
        }
        lines += quote->lines.size();
    }
    QCOMPARE(static_cast<std::size_t>(ready + changed + impossible), lines);
    QVERIFY(changed > 0 && impossible > 0);
    write(QStringLiteral("1 %1 lines, ordered again").arg(lines),
          QStringLiteral("%1 ready, %2 changed, %3 not: %4").arg(ready).arg(changed).arg(impossible).arg(why),
          QStringLiteral("none: a question"));
}

// 1
void BuyingScenario::quantitiesAreJudged()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    const auto found = mia->orderable({}, 1);
    QVERIFY(found);
    const OrderLine &line = found->first.lines.front();
    const Decimal tooMany = Decimal::fromInteger(999'999'999'999); // 10^12 cannot even be written
    for (const Decimal quantity : {Decimal(), Decimal::fromInteger(-3), tooMany}) {
        const auto quote = mia->ask({found->first.account, {}, {}, {}, {}, {{1, line.sku, quantity}}});
        QVERIFY(quote && !quote->lines[0].possible && !quote->lines[0].reason.empty());
        Cart cart = cartOf(found->first, found->second, {});
        cart.lines[0].quantity = quantity;
        const QString key = mia->submit(mia->about("save", cart));
        QTRY_VERIFY_WITH_TIMEOUT(mia->ended(key), answerMs);
        QCOMPARE(mia->entry(key)->state, State::Rejected);
        QCOMPARE(mia->entry(key)->outcome.reasonCode, quote->lines[0].reasonCode);
        write(QStringLiteral("1 a quantity of %1").arg(QString::fromStdString(quantity.toString())),
              QString::fromStdString(quote->lines[0].reason), QStringLiteral("no cart"));
    }
}

// 3: freight, credit, and a number that was used before.
void BuyingScenario::totalsAreToldBefore()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    const auto small = mia->orderable("4500000101", 1); // of the order placed first
    QVERIFY(small);
    const auto notice = std::ranges::find(small->second.notices, "po-duplicate", &QuoteNotice::code);
    QVERIFY(notice != small->second.notices.end() && !notice->forbids);
    write(QStringLiteral("3 a PO number that was used before"), QString::fromStdString(notice->text),
          QStringLiteral("none: a warning"));
    const Quote &quote = small->second;
    QCOMPARE(quote.total, quote.net + quote.freight + quote.tax);
    QVERIFY(quote.freeFreightFrom == Amount()
            || (quote.freight == Amount()) == (quote.net >= quote.freeFreightFrom));
    write(QStringLiteral("3 freight"),
          QStringLiteral("%1 on %2, free from %3")
              .arg(quote.freight.minor)
              .arg(quote.net.minor)
              .arg(quote.freeFreightFrom.minor),
          QStringLiteral("none: a question"));
}

// 3: of a branch that has a credit limit, what goes beyond it.
void BuyingScenario::aHoldExplainsItself()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    for (const Order &order : mia->orders()) {
        QuoteRequest request = questionAbout(order, "4500000105");
        auto quote = mia->ask(request);
        if (!quote || !quote->creditTold || !quote->creditLimited || !quote->lines[0].possible)
            continue;
        QCOMPARE(quote->creditAfter, quote->creditAvailable - quote->total);
        request.lines = {{1, order.lines[0].sku, Decimal{quote->lines[0].multiple.millionths * 20'000}}};
        quote = mia->ask(request);
        if (!quote || !quote->willHold)
            continue;
        QVERIFY(!quote->holdReason.empty() && quote->creditAfter < Amount());
        Cart cart = cartOf(order, *quote, "4500000105");
        cart.acceptsHold = false; // as if they had not been told
        const auto kept = mia->kept(cart);
        QVERIFY(kept);
        const QString placed = mia->submit(mia->about("place", cart, &*kept));
        QTRY_VERIFY_WITH_TIMEOUT(mia->ended(placed), answerMs);
        const auto differences = mia->entry(placed)->outcome.differences;
        QVERIFY(std::ranges::find(differences, "credit-hold", &CartDifference::code) != differences.end());
        QCOMPARE(ordersWith("4500000105"), 0);
        return write(QStringLiteral("3 beyond the credit limit"), QString::fromStdString(quote->holdReason),
                     QStringLiteral("0 orders"));
    }
    QFAIL("no account has a credit limit");
}

// 3: the same cart at two machines, one of which loses its line fifty times; both place it.
void BuyingScenario::aCartGoesOnElsewhere()
{
    const auto here = signedIn("mia");
    const auto there = signedIn("mia");
    QVERIFY(here && there);
    const auto found = here->orderable("4500000106", 2);
    QVERIFY(found);
    const auto cart = here->kept(cartOf(found->first, found->second, "4500000106"));
    QVERIFY(cart);
    QTRY_VERIFY_WITH_TIMEOUT(there->cart(cart->key), answerMs);
    const QString first = here->submit(here->about("place", *cart, &*cart));
    int cuts = 0;
    for (; cuts < 50; ++cuts) {
        here->proxy.cutAll();
        here->client->sync().retryNow();
        const int accepted = here->proxy.connections();
        (void)QTest::qWaitFor([&] { return here->proxy.connections() > accepted; }, 100);
    }
    const QString second = there->submit(there->about("place", *there->cart(cart->key), &*cart));
    here->client->sync().retryNow();
    QTRY_VERIFY_WITH_TIMEOUT(here->ended(first) && there->ended(second), answerMs);
    const auto applied = [](const Buyer &buyer, const QString &key) {
        return buyer.entry(key)->state == State::Applied ? 1 : 0;
    };
    QCOMPARE(applied(*here, first) + applied(*there, second), 1);
    QCOMPARE(ordersWith("4500000106"), 1);
    write(QStringLiteral("3 a cart, placed by two machines, %1 cuts").arg(cuts),
          QString::fromStdString(here->entry(first)->outcome.reason + there->entry(second)->outcome.reason),
          QStringLiteral("1 order"));
}

// 3: what was told is still known, with its age; what differs comes back, and is placed once it was seen.
void BuyingScenario::builtOfflineAfterARestart()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    const auto found = mia->orderable("4500000107", 2);
    QVERIFY(found);
    mia->proxy.setMode(TcpProxy::Mode::Swallow);
    mia->proxy.cutAll();
    mia->restart();
    Cart cart = cartOf(found->first, found->second, "4500000107");
    const Cart seen = cart;
    CacheReader reader(mia->client->profile().cachePath());
    for (CartLine &line : cart.lines) {
        const auto told = ToldPrices(reader).of(cart.account, line.sku);
        QVERIFY(told && *told);
        QCOMPARE((*told)->unitPrice, line.unitPrice);
        QCOMPARE((*told)->at, found->second.at);
    }
    cart.lines[0].unitPrice -= Decimal{10'000}; // as it was before the ERP changed it
    cart.total = {};
    const QString made = mia->submit(mia->about("save", cart));
    Command place = mia->about("place", cart);
    place.base = AnyRecord(std::make_shared<Cart>(cart));
    place.target = resultOf(made.toStdString());
    place.after = made.toStdString();
    const QString placed = mia->submit(place);
    QTRY_VERIFY_WITH_TIMEOUT(mia->entry(placed), answerMs);
    mia->proxy.setMode(TcpProxy::Mode::Forward);
    mia->signIn();
    QTRY_VERIFY_WITH_TIMEOUT(mia->ended(placed), answerMs);
    const CommandOutcome outcome = mia->entry(placed)->outcome;
    QCOMPARE(outcome.differences.size(), std::size_t{1});
    QCOMPARE(outcome.differences[0].code, std::string("price"));
    QCOMPARE(ordersWith("4500000107"), 0);
    write(QStringLiteral("3 built offline, at a price of before"),
          QString::fromStdString(outcome.differences[0].text), QStringLiteral("0 orders"));
    QTRY_VERIFY_WITH_TIMEOUT(mia->cart(mia->entry(made)->outcome.target), answerMs);
    const Cart base = *mia->cart(mia->entry(made)->outcome.target);
    const QString again = mia->submit(mia->about("place", seen, &base));
    QTRY_VERIFY_WITH_TIMEOUT(mia->ended(again), answerMs);
    QCOMPARE(mia->entry(again)->state, State::Applied);
    write(QStringLiteral("3 reviewed, and placed"), QStringLiteral("applied"),
          QStringLiteral("%1 order").arg(ordersWith("4500000107")));
    QCOMPARE(ordersWith("4500000107"), 1);
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
    const auto typo = [&] { // two letters of its name changed places
        query.text = wanted.name;
        std::swap(query.text[1], query.text[2]);
        return ItemSearch(reader).find(query);
    }();
    QVERIFY(typo && std::ranges::find(typo->rows, static_cast<RowId>(items->front().id)) != typo->rows.end());
    std::optional<Quote> told;
    for (std::size_t i = 0; i < items->size() && (!told || told->lines[0].stock.empty()); ++i) {
        const Item &item = *(*items)[i].record.as<Item>();
        told = mia->ask({group, {}, {}, {}, {}, {{1, item.sku, item.minimum}}});
    }
    QVERIFY(told && told->lines[0].possible && !told->lines[0].priceReason.empty());
    write(QStringLiteral("4 why this price, and where it is"),
          QString::fromStdString(told->lines[0].priceReason + ' ' + told->lines[0].stock[0].warehouse + ": "
                                 + told->lines[0].stock[0].available.toString()),
          QStringLiteral("none: a question"));
    const std::int64_t all = count("SELECT count(*) FROM items");
    QVERIFY(std::ssize(*items) <= all); // tst_assortments says who sees which
    write(QStringLiteral("4 the catalogue, “%1”").arg(typed),
          QStringLiteral("%1, of %2 items that may be bought")
              .arg(QString::fromStdString(wanted.key))
              .arg(items->size()),
          QStringLiteral("%1 items").arg(all));
}

CORE_TEST(BuyingScenario)
#include "moc_buyingscenario.cpp"
