// The catalogue in the window, with the test in the ERP's part.

#include "actions.h"
#include "cartdesk.h"
#include "cartpane.h"
#include "cartview.h"
#include "cataloguefixture.h"
#include "document.h"
#include "itempicture.h"
#include "itemprices.h"
#include "linesmodel.h"
#include "pdfs.h"
#include "recordview.h"
#include "statepanel.h"
#include "testentry.h"
#include "toldprices.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace Counterfoil;
using namespace Counterfoil::Testing;
using namespace Qt::StringLiterals;

class CataloguePaneTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void findsAndSaysByWhat();
    void whatComesCloseIsSaid();
    void aPriceExplainsItself();
    void withoutAConnectionTheAgeIsSaid();
    void shortStockOffersASubstitute();
    void whatIsWithdrawnLeadsOn();
    void oneKeyPutsItIntoTheCart();
    void withoutTheRightThereIsNoPrice();
    void emptyFillingAndFailed();
    void whatWasToldStaysBeyondTheRun();
    void theListSaysPriceAndStock();
    void thePictureIsDrawnElsewhere();

private:
    std::unique_ptr<Theme> m_theme;
};

void CataloguePaneTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_theme = std::make_unique<Theme>(*qApp);
}

void CataloguePaneTest::findsAndSaysByWhat()
{
    const Catalogue fixture(someItems());
    QAbstractItemModelTester tester(&fixture.list->model());
    QTRY_COMPARE(fixture.skus().size(), 3);
    QTRY_COMPARE(fixture.cell(fixture.skus().indexOf(u"HT-1001"_s), u"ownNumber"_s), u"MAT-4711"_s);
    fixture.type(u"mat4711"_s);
    QTRY_COMPARE(fixture.skus(), QStringList{u"HT-1001"_s});
    QTRY_COMPARE(fixture.cell(0, u"why"_s), u"Own number MAT-4711"_s);
    fixture.type(u"wrench"_s);
    QTRY_COMPARE(fixture.skus().size(), 3);
    QTRY_COMPARE(fixture.cell(0, u"why"_s), u"Also called “wrench”"_s);
    fixture.type(u"spanner 13"_s);
    QTRY_COMPARE(fixture.skus(), QStringList{u"HT-1001"_s});
    QTRY_VERIFY(fixture.cell(0, u"why"_s).isEmpty());
    fixture.type(u"hammer"_s); // is withdrawn
    QTRY_COMPARE(fixture.skus(), (QStringList{u"HT-1003"_s, u"HT-1002"_s}));
    QTRY_COMPARE(fixture.cell(1, u"why"_s), u"Successor of HT-1003"_s);
}

void CataloguePaneTest::whatComesCloseIsSaid()
{
    const Catalogue fixture(someItems());
    fixture.type(u"spaner 13"_s);
    QTRY_COMPARE(fixture.skus(), QStringList{u"HT-1001"_s});
    QTRY_VERIFY2(fixture.foot().contains(u"these come close"_s), qPrintable(fixture.foot()));
    fixture.list->filters().setToggle(u"exactly"_s);
    QTRY_VERIFY(fixture.skus().isEmpty());
    QTRY_VERIFY(fixture.list->findChild<StatePanel *>()->isVisible());
    fixture.list->filters().setToggle({});
    QTRY_COMPARE(fixture.skus(), QStringList{u"HT-1001"_s});
}

void CataloguePaneTest::aPriceExplainsItself()
{
    Catalogue fixture(someItems());
    fixture.quotes.answering = [](Quote &quote) {
        QuoteLine &line = quote.lines.front();
        line.priceReason = "Your contract price.";
        line.breaks = {{Decimal::fromInteger(10), Decimal::fromInteger(2)},
                       {Decimal::fromInteger(100), Decimal::fromInteger(1)}};
        line.stock = {{"Bristol", Decimal::fromInteger(70), {}}, {"Venlo", Decimal(), Date{20'800}}};
    };
    fixture.detail->setKey(u"HT-1001"_s);
    QTRY_VERIFY2(fixture.detail->priceText().contains(u"£2.00"_s), qPrintable(fixture.detail->priceText()));
    const auto asked = [&] { // about the one shown, not about the list
        QList<QuoteRequest> all = fixture.quotes.asked;
        all.removeIf([](const QuoteRequest &request) { return request.lines.size() > 1; });
        return all;
    };
    QCOMPARE(asked().size(), 1);
    QCOMPARE(asked().at(0).account, std::string("a1"));
    QVERIFY(asked().at(0).lines[0].quantity == Decimal::fromInteger(10));
    QVERIFY(fixture.detail->priceText().contains(u"Your contract price."_s));
    QVERIFY(fixture.detail->prices().isCurrent());
    const auto rowsOf = [&](const char *name) {
        for (const auto *view : fixture.detail->findChildren<QAbstractItemView *>()) {
            if (view->accessibleName() == QLatin1String(name))
                return view->model()->rowCount();
        }
        return -1;
    };
    QCOMPARE(rowsOf("Prices by quantity"), 2);
    QCOMPARE(rowsOf("Stock by warehouse"), 2);
    QCOMPARE(rowsOf("Packs"), 1);
    // Another quantity is asked about, once it is typed.
    fixture.detail->quantity().setText(u"1"_s);
    fixture.detail->quantity().setText(u"120"_s);
    QTRY_COMPARE(asked().size(), 2);
    QVERIFY(asked().at(1).lines[0].quantity == Decimal::fromInteger(120));
}

void CataloguePaneTest::withoutAConnectionTheAgeIsSaid()
{
    std::vector<Change> changes = someItems();
    Order order = plainOrder(7);
    order.currency = "GBP";
    OrderLine line;
    line.lineNumber = 1;
    line.sku = "HT-1002";
    line.unit = "each";
    line.ordered = Decimal::fromInteger(1);
    line.unitPrice = Decimal::fromInteger(3);
    order.lines = {line};
    changes.push_back(changeTo(order));
    Catalogue fixture(changes);
    fixture.detail->setKey(u"HT-1001"_s);
    QTRY_VERIFY(fixture.detail->prices().isCurrent());
    fixture.quotes.refusing = Error{ErrorKind::Offline, u"There is no connection."_s, {}};
    // What was never asked about shows what was paid, and when.
    fixture.detail->setKey(u"HT-1002"_s);
    QTRY_VERIFY2(fixture.detail->priceText().contains(u"Last paid: £3.00"_s),
                 qPrintable(fixture.detail->priceText()));
    QTRY_VERIFY(fixture.detail->priceText().contains(u"There is no connection."_s));
    // What was, what was told then.
    fixture.detail->setKey(u"HT-1001"_s);
    QTRY_VERIFY2(fixture.detail->priceText().contains(u"As of"_s), qPrintable(fixture.detail->priceText()));
    QVERIFY(fixture.detail->priceText().contains(u"£2.00"_s));
    QTRY_VERIFY(fixture.detail->priceText().contains(u"There is no connection."_s));
}

// CAT-19
void CataloguePaneTest::whatWasToldStaysBeyondTheRun()
{
    Catalogue fixture(someItems());
    fixture.quotes.refusing = Error{ErrorKind::Offline, u"There is no connection."_s, {}};
    ToldPrice told;
    told.account = "a1";
    told.sku = "HT-1001";
    told.at = Instant{fixture.clock.wall.ms - 3'600'000};
    told.currency = "GBP";
    told.unit = "each";
    told.unitPrice = Decimal::fromInteger(7);
    told.priceReason = "Your contract";
    QVERIFY(fixture.cache.writer().storeTold({told}));
    fixture.detail->setKey(u"HT-1001"_s);
    QTRY_VERIFY2(fixture.detail->priceText().contains(u"£7.00"_s), qPrintable(fixture.detail->priceText()));
    QVERIFY(fixture.detail->priceText().contains(u"As of"_s));
    QSignalSpy put(fixture.detail.get(), &ItemDetailPane::cartWanted);
    fixture.detail->offerCart();
    fixture.detail->put();
    QCOMPARE(put.size(), 1);
    const auto line = put[0][2].value<CartLine>();
    QCOMPARE(line.unitPrice, Decimal::fromInteger(7));
    QCOMPARE(line.pricedAt, told.at); // its age goes into the cart
}

// CAT-02
void CataloguePaneTest::theListSaysPriceAndStock()
{
    const Catalogue fixture(someItems());
    QTRY_COMPARE(fixture.skus().size(), 3);
    const auto spanner = [&] { return fixture.skus().indexOf(u"HT-1001"_s); };
    QTRY_COMPARE(fixture.cell(spanner(), u"price"_s), u"£2.00"_s);
    QVERIFY(!fixture.cell(spanner(), u"available"_s).isEmpty());
    // All rows in one question, and none of them twice.
    const auto ofMany = std::ranges::count_if(
        fixture.quotes.asked, [](const QuoteRequest &request) { return request.lines.size() == 3; });
    QCOMPARE(ofMany, 1);
    Catalogue blind(someItems(), viewer());
    QTRY_COMPARE(blind.skus().size(), 3);
    QVERIFY(blind.list->view().isColumnHidden(blind.list->model().columnOf(u"price"_s)));
    QVERIFY(blind.cell(0, u"price"_s).isEmpty());
    QVERIFY(blind.quotes.asked.isEmpty());
}

// CAT-01
void CataloguePaneTest::thePictureIsDrawnElsewhere()
{
    Item item = itemOf("HT-1001", "Spanner");
    item.picture = "DOC-PIC-HT-1001";
    Item second = itemOf("HT-1002", "Other spanner");
    second.picture = "DOC-PIC-HT-1002";
    Catalogue fixture({changeTo(item), changeTo(second), changeTo(itemOf("HT-1003", "Without one"))});
    const ItemPicture &picture = fixture.detail->picture();
    fixture.detail->setKey(u"HT-1001"_s);
    QTRY_COMPARE(fixture.documents.wanted, QStringList{u"DOC-PIC-HT-1001"_s});
    QVERIFY(picture.isVisible() && !picture.isHere());
    PdfFolder folder;
    Q_EMIT fixture.documents.ready(u"DOC-PIC-HT-1001"_s, folder.file(plainPdf(1)));
    QTRY_VERIFY(picture.isHere());
    // Another one takes its place, and what is not looked at any more is not waited for.
    fixture.detail->setKey(u"HT-1002"_s);
    QTRY_VERIFY(fixture.documents.wanted.contains(u"DOC-PIC-HT-1002"_s));
    QVERIFY(!picture.isHere());
    fixture.detail->setKey(u"HT-1003"_s);
    QTRY_VERIFY(!picture.isVisible());
    QVERIFY(!fixture.documents.wanted.contains(u"DOC-PIC-HT-1002"_s));
    // What was drawn is not fetched again.
    const auto asked = fixture.documents.wanted.size();
    fixture.detail->setKey(u"HT-1001"_s);
    QTRY_VERIFY(picture.isHere());
    QCOMPARE(fixture.documents.wanted.size(), asked);
    // One that is no document harms nobody.
    fixture.detail->setKey(u"HT-1002"_s);
    QTRY_VERIFY(fixture.documents.wanted.contains(u"DOC-PIC-HT-1002"_s));
    Q_EMIT fixture.documents.ready(u"DOC-PIC-HT-1002"_s, folder.file("no document at all"));
    fixture.detail->setKey(u"HT-1001"_s);
    QTRY_VERIFY(picture.isHere());
}

void CataloguePaneTest::shortStockOffersASubstitute()
{
    Item item = itemOf("HT-1001", "Spanner");
    item.substitute = "HT-1002";
    Document picture;
    picture.key = item.picture = "PIC-HT-1001";
    picture.sku = item.sku;
    picture.paper = Paper::picture;
    Catalogue fixture({changeTo(item), changeTo(itemOf("HT-1002", "Other spanner")), changeTo(picture)});
    fixture.quotes.answering = [](Quote &quote) {
        quote.lines.front().inStock = Decimal();
        quote.lines.front().stock = {{"Bristol", Decimal(), {}}};
    };
    fixture.detail->setKey(u"HT-1001"_s);
    const auto *stock = [&]() -> QAbstractItemView * {
        for (auto *view : fixture.detail->findChildren<QAbstractItemView *>()) {
            if (view->accessibleName() == QLatin1String("Stock by warehouse"))
                return view;
        }
        return nullptr;
    }();
    QVERIFY(stock);
    QTRY_COMPARE(stock->model()->rowCount(), 1);
    QVERIFY(
        stock->model()->index(0, 0).data(LinesModel::Outlook).toString().contains(u"HT-1002 does as well"_s));
    QTRY_COMPARE(fixture.detail->links().size(), 1); // its picture is beside it, and no paper to go to
    QCOMPARE(fixture.detail->links().front().ref.key, std::string("HT-1002"));
    QCOMPARE(fixture.detail->links().front().kindName, u"Substitute"_s);
}

void CataloguePaneTest::whatIsWithdrawnLeadsOn()
{
    const Catalogue fixture(someItems());
    fixture.detail->setKey(u"HT-1003"_s);
    QTRY_VERIFY(!fixture.detail->links().isEmpty());
    QCOMPARE(fixture.detail->links().front().ref.key, std::string("HT-1002"));
    QVERIFY(!fixture.detail->quantity().isEnabled());
    const QSignalSpy wanted(fixture.detail.get(), &ItemDetailPane::cartWanted);
    fixture.detail->put();
    QVERIFY(wanted.isEmpty());
}

void CataloguePaneTest::oneKeyPutsItIntoTheCart()
{
    Catalogue fixture(someItems());
    CartDesk desk(fixture.context, fixture.commands);
    CartPane carts(fixture.context, fixture.commands, fixture.quotes, desk);
    fixture.detail->offerCart();
    QObject::connect(fixture.detail.get(), &ItemDetailPane::cartWanted, &carts, &CartPane::put);
    fixture.detail->setKey(u"HT-1001"_s);
    QTRY_VERIFY(fixture.detail->prices().isCurrent());
    QTest::keyClick(&fixture.detail->quantity(), Qt::Key_Return);
    QTRY_COMPARE(fixture.commands.entries()->size(), 1U);
    fixture.detail->setKey(u"HT-1002"_s);
    QTRY_COMPARE(fixture.detail->number(), QStringLiteral("HT-1002"));
    fixture.detail->quantity().setText(u"25"_s);
    fixture.detail->put();
    // Both in one cart, whatever of it was stored by then.
    const auto lines = [&] {
        const auto entries = fixture.commands.entries();
        return entries->back().command.record.as<Cart>()->lines;
    };
    QTRY_COMPARE(lines().size(), 2U);
    QCOMPARE(lines()[0].sku, std::string("HT-1001"));
    QVERIFY(lines()[0].quantity == Decimal::fromInteger(10));
    QVERIFY(lines()[0].unitPrice == Decimal::fromInteger(2));
    QVERIFY(lines()[1].quantity == Decimal::fromInteger(25));
    // What is no quantity is not taken for one.
    fixture.detail->quantity().setText(u"two"_s);
    fixture.detail->put();
    QCOMPARE(lines().size(), 2U);
}

void CataloguePaneTest::withoutTheRightThereIsNoPrice()
{
    const Catalogue fixture(someItems(), viewer());
    fixture.detail->setKey(u"HT-1001"_s);
    QTRY_COMPARE(fixture.detail->number(), QStringLiteral("HT-1001"));
    QTest::qWait(2 * ItemPrices::restMs);
    QVERIFY(fixture.quotes.asked.isEmpty());
}

void CataloguePaneTest::emptyFillingAndFailed()
{
    Catalogue fixture;
    const auto *state = fixture.list->findChild<StatePanel *>();
    QTRY_VERIFY(state->isVisible());
    fixture.sync.setMode(SyncStatus::Mode::Filling, fixture.clock);
    QTRY_VERIFY(std::ranges::any_of(state->findChildren<QLabel *>(), [](const QLabel *label) {
        return label->text() == QLatin1String("The catalogue is on its way");
    }));
    fixture.cache.put(someItems());
    QTRY_VERIFY(!state->isVisible());
}

WINDOW_TEST(CataloguePaneTest)
#include "tst_cataloguepane.moc"
