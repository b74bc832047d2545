// Carts in the window: made, changed, reviewed and placed, with the test in the gateway's part.

#include "cartfixture.h"
#include "partsheet.h"
#include "theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;

namespace {

OrderLine lineOf(std::int64_t number, const std::string &sku, std::int64_t quantity, std::int64_t price)
{
    OrderLine line;
    line.lineNumber = number;
    line.sku = sku;
    line.unit = "each";
    line.ordered = Decimal::fromInteger(quantity);
    line.unitPrice = Decimal::fromInteger(price);
    return line;
}

Order orderOf(int n, const std::vector<OrderLine> &lines)
{
    Order order = plainOrder(n);
    order.lines = lines;
    return order;
}

} // namespace

class TestCarts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLineOfAnOrderIsInTheCartOrSaid();
    void severalOrdersBecomeOneCart();
    void aReorderIsAWishLikeAnyOther();
    void quantitiesAreTypedOver();
    void changesAreOneWishUntilTheyAreSent();
    void theReviewHasThreeGroups();
    void whatIsOfferedIsTakenWithOneKey();
    void nothingIsPlacedThatWasNotSeen();
    void aHoldIsToBeAccepted();
    void withoutAConnectionItIsQueued();
    void whatCameBackIsSaid();
    void aListIsPasted();
    void inTheQuantityThatIsWanted();
};

void TestCarts::everyLineOfAnOrderIsInTheCartOrSaid()
{
    Order order
        = orderOf(1, {lineOf(1, "A", 3, 5), lineOf(2, "B", 1, 7), lineOf(3, "A", 2, 5), lineOf(4, "", 1, 0)});
    const CartDraft all = draftOf(std::vector<Order>{order});
    QVERIFY(all.refused.isEmpty());
    QCOMPARE(all.cart.lines.size(), 2U);
    QCOMPARE(all.cart.lines.front().quantity, Decimal::fromInteger(5));
    QCOMPARE(all.cart.lines.front().pricedAt, order.placedAt);
    QVERIFY(!all.note.isEmpty()); // the line without an item
    const CartDraft one = draftOf(std::vector<Order>{order}, {2});
    QCOMPARE(one.cart.lines.size(), 1U);
    QCOMPARE(one.cart.lines.front().sku, "B");
    QVERIFY(!draftOf(std::vector<Order>()).refused.isEmpty());
    order.lines.clear();
    for (int i = 0; i <= int(mostCartLines); ++i)
        order.lines.push_back(lineOf(i + 1, "S" + std::to_string(i), 1, 1));
    QVERIFY(!draftOf(std::vector<Order>{order}).refused.isEmpty());
}

void TestCarts::severalOrdersBecomeOneCart()
{
    const Order first = orderOf(1, {lineOf(1, "A", 3, 5)});
    Order second = orderOf(2, {lineOf(1, "A", 4, 6), lineOf(2, "C", 1, 1)});
    const CartDraft both = draftOf({first, second});
    QCOMPARE(both.cart.lines.size(), 2U);
    QCOMPARE(both.cart.lines.front().quantity, Decimal::fromInteger(7));
    second.account = "a2";
    QVERIFY(!draftOf({first, second}).refused.isEmpty());
}

void TestCarts::aReorderIsAWishLikeAnyOther()
{
    CartFixture f;
    f.cache.put({changeTo(orderOf(1, {lineOf(1, "A", 3, 5), lineOf(2, "B", 1, 7)}))});
    f.showPane();
    QSignalSpy made(&f.desk, &CartDesk::made);
    f.desk.reorderLines("o1", {1, 2});
    QTRY_COMPARE(made.size(), 1);
    f.pane->showCart(made.front().front().toString());
    QTRY_COMPARE(f.pane->cart().lines().rowCount(), 2);
    QVERIFY(f.pane->cart().canChange());
    QCOMPARE(f.last().command.verb, "save");
    QVERIFY(f.last().command.target.empty());
    // Pasted, it is one wish still, since nobody has it yet.
    f.pane->cart().lines().setData(f.pane->cart().lines().index(0, CartLinesModel::Quantity),
                                   QStringLiteral("8"), Qt::EditRole);
    f.pane->cart().save();
    QTRY_COMPARE(f.last().command.record.as<Cart>()->lines.front().quantity, Decimal::fromInteger(8));
    QTRY_VERIFY(f.pane->cart().isSaved());
    QTRY_COMPARE(f.pane->book().carts().size(), 1U);
}

void TestCarts::quantitiesAreTypedOver()
{
    CartFixture f;
    f.putCart();
    CartLinesModel &lines = f.pane->cart().lines();
    const QAbstractItemModelTester tester(&lines, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy refused(&lines, &CartLinesModel::refused);
    const QModelIndex first = lines.index(0, CartLinesModel::Quantity);
    for (const char *text : {"two", "-1", "0", "1000000000000", ""})
        QVERIFY(!lines.setData(first, QString::fromLatin1(text), Qt::EditRole));
    QCOMPARE(refused.size(), 5);
    QCOMPARE(lines.lines().front().quantity, Decimal::fromInteger(10));
    QVERIFY(!lines.setData(lines.index(0, CartLinesModel::Item), QStringLiteral("X"), Qt::EditRole));
    // A digit on the row goes into its quantity.
    QVERIFY(QTest::qWaitForWindowActive(f.pane.get()));
    RecordView &view = f.pane->cart().linesView();
    view.setFocus();
    view.setCurrentIndex(lines.index(1, 0));
    QTest::keyClick(&view, Qt::Key_7);
    QWidget *editor = QApplication::focusWidget();
    QVERIFY(editor && editor != &view);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(lines.lines()[1].quantity, Decimal::fromInteger(7));
    f.pane->cart().removeLine();
    QCOMPARE(lines.rowCount(), 2);
    QCOMPARE(lines.lines()[1].lineNumber, 2);
}

void TestCarts::changesAreOneWishUntilTheyAreSent()
{
    CartFixture f;
    f.putCart();
    CartLinesModel &lines = f.pane->cart().lines();
    for (const char *text : {"4", "5", "6"}) {
        lines.setData(lines.index(0, CartLinesModel::Quantity), QString::fromLatin1(text), Qt::EditRole);
        f.pane->cart().save();
        QTRY_COMPARE(f.last().command.record.as<Cart>()->lines.front().quantity.toString(), text);
        QTRY_COMPARE(f.pane->book().carts().front().record.as<Cart>()->lines.front().quantity.toString(),
                     text);
    }
    const auto waiting = std::ranges::count_if(*f.commands.entries(),
                                               [](const OutboxEntry &entry) { return !entry.isFinished(); });
    QCOMPARE(waiting, 1);
    QCOMPARE(f.last().command.target, "c1");
}

void TestCarts::theReviewHasThreeGroups()
{
    CartFixture f;
    f.putCart();
    f.quotes.answering = [](Quote &quote) {
        quote.lines[1].unitPrice = Decimal::fromInteger(3);
        quote.lines[1].priceReason = "The contract was renewed";
        quote.lines[2].possible = false;
        quote.lines[2].reason = "Withdrawn";
        quote.lines[2].successor = "S-33";
    };
    ReviewSheet *sheet = f.review();
    QVERIFY(sheet);
    QCOMPARE(sheet->review().ready.size(), 1U);
    QCOMPARE(sheet->review().changed.size(), 1U);
    QVERIFY(sheet->review().changed.front().why.contains(QStringLiteral("£3")));
    QVERIFY(sheet->review().changed.front().why.contains(QStringLiteral("renewed")));
    QCOMPARE(sheet->review().impossible.size(), 1U);
    QVERIFY(sheet->review().impossible.front().offer.contains(QStringLiteral("S-33")));
    QSignalSpy placed(sheet, &ReviewSheet::placeWanted);
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(placed.size(), 0); // not with a line that cannot be ordered
}

void TestCarts::whatIsOfferedIsTakenWithOneKey()
{
    CartFixture f;
    f.putCart();
    f.quotes.answering = [](Quote &quote) {
        for (QuoteLine &line : quote.lines) {
            line.possible = line.sku != "S-3" && line.sku != "S-2";
            if (line.sku == "S-3")
                line.successor = "S-33";
            if (!line.possible)
                line.reason = "Withdrawn.";
        }
    };
    ReviewSheet *sheet = f.review();
    QVERIFY(sheet);
    QCOMPARE(sheet->review().impossible.size(), 2U);
    sheet->takeOffer(1);
    QTRY_COMPARE(f.quotes.asked.size(), 2);
    QTRY_VERIFY(sheet->isAnswered());
    QCOMPARE(f.quotes.asked.last().lines.back().sku, "S-33");
    QCOMPARE(sheet->review().impossible.size(), 1U);
    sheet->takeOffer(0); // nothing is offered: it stays
    QCOMPARE(sheet->review().impossible.size(), 1U);
    sheet->removeLine(0);
    QTRY_VERIFY(sheet->isAnswered() && sheet->review().impossible.empty());
    QCOMPARE(f.pane->cart().lines().rowCount(), 2);
    QCOMPARE(f.pane->cart().lines().lines().back().sku, "S-33");
}

void TestCarts::nothingIsPlacedThatWasNotSeen()
{
    CartFixture f;
    f.putCart();
    f.quotes.answering = [](Quote &quote) {
        quote.lines[0].unitPrice = *Decimal::parse("2.125");
        quote.total = Amount{12'345};
    };
    ReviewSheet *sheet = f.review();
    QVERIFY(sheet);
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.last().command.verb, "place");
    const Cart &placed = *f.last().command.record.as<Cart>();
    QCOMPARE(placed.lines.front().unitPrice.toString(), "2.125");
    QCOMPARE(placed.lines.front().pricedAt.ms, 1'795'248'720'000);
    QCOMPARE(placed.total.minor, 12'345);
    QVERIFY(!placed.acceptsHold);
    QCOMPARE(f.last().command.target, "c1");
    // It cannot be placed or changed again meanwhile.
    QTRY_VERIFY(!f.pane->cart().canChange());
    QVERIFY(!f.pane->cart().review());
    QCOMPARE(f.commands.entries()->size(), 1U);
}

void TestCarts::aHoldIsToBeAccepted()
{
    CartFixture f;
    f.putCart();
    f.quotes.answering = [](Quote &quote) {
        quote.willHold = true;
        quote.holdReason = "The credit limit is exceeded.";
    };
    ReviewSheet *sheet = f.review();
    QVERIFY(sheet);
    QSignalSpy placed(sheet, &ReviewSheet::placeWanted);
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(placed.size(), 0);
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : sheet, Qt::Key_Space);
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(placed.size(), 1);
    QVERIFY(placed.front().front().value<Cart>().acceptsHold);
}

void TestCarts::withoutAConnectionItIsQueued()
{
    CartFixture f;
    f.putCart();
    f.quotes.refusing = Error{ErrorKind::ServerDown, QStringLiteral("The gateway does not answer.")};
    ReviewSheet *sheet = f.review();
    QVERIFY(sheet);
    QCOMPARE(sheet->review().ready.size(), 3U);
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.last().command.verb, "place");
    // With the prices as they were told, and their day.
    QCOMPARE(f.last().command.record.as<Cart>()->lines.front().pricedAt.ms, 1'790'000'000'000);
}

void TestCarts::whatCameBackIsSaid()
{
    CartFixture f;
    f.putCart();
    ReviewSheet *sheet = f.review();
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    const QString key = QString::fromStdString(f.last().command.key);
    f.commands.reject(key, "changed", "The price of S-1 is another now");
    QTRY_VERIFY(f.pane->cart().canChange());
    QVERIFY(f.pane->cart().review());
}

void TestCarts::aListIsPasted()
{
    CartFixture f;
    f.putCart();
    PartSheet sheet(f.pane.get(), f.context, "a1", QStringLiteral("S-1\t3\nNEW-1\ttwo\n"));
    QSignalSpy shown(&sheet, &PartSheet::shown);
    QSignalSpy lines(&sheet, &PartSheet::linesWanted);
    sheet.open();
    QTRY_COMPARE(shown.size(), 1);
    QTest::keyClick(&sheet, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(lines.size(), 0); // a row was not read: nothing is left out unseen
    sheet.setText(QStringLiteral("S-1\t3\nNEW-1\t2\n"));
    QTRY_COMPARE(shown.size(), 2);
    QVERIFY(sheet.summary().contains(QStringLiteral("2 not matched")));
    QCOMPARE(sheet.parts().lines().size(), 2U);
    f.pane->cart().lines().add(sheet.parts().lines());
    QCOMPARE(f.pane->cart().lines().rowCount(), 4);
}

// CRT-05
void TestCarts::inTheQuantityThatIsWanted()
{
    CartFixture f;
    Item item;
    item.key = item.sku = "S-1";
    item.packs = {{"each", Decimal::fromInteger(1), {}},
                  {"pallet of 480", Decimal::fromInteger(480), {}},
                  {"carton of 24", Decimal::fromInteger(24), {}}};
    QCOMPARE(inPacks(Decimal::fromInteger(25), item), Decimal::fromInteger(48));
    QCOMPARE(inPacks(Decimal::fromInteger(48), item), Decimal::fromInteger(48));
    QCOMPARE(inPacks(Decimal::fromInteger(7), Item()), Decimal::fromInteger(7));
    f.cache.put({changeTo(item)});
    f.showPane();
    BoughtItem bought;
    bought.account = "a1";
    bought.sku = "S-1";
    bought.last.currency = "GBP";
    bought.last.quantity = Decimal::fromInteger(7);
    bought.usual = Decimal::fromInteger(30);
    QSignalSpy made(&f.desk, &CartDesk::made);
    for (const auto &[by, quantity] :
         {std::pair(ReorderBy::Usual, 30), std::pair(ReorderBy::Last, 7), std::pair(ReorderBy::Packs, 48)}) {
        const auto before = made.size();
        f.desk.buyAgain({bought}, by);
        QTRY_COMPARE(made.size(), before + 1);
        QCOMPARE(f.last().command.record.as<Cart>()->lines.front().quantity, Decimal::fromInteger(quantity));
    }
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    Theme theme(app);
    TestCarts test;
    return QTest::qExec(&test, argc, argv);
}
#include "item.h"
#include "tst_carts.moc"
