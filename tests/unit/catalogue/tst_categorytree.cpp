#include "cataloguefixture.h"
#include "categorytree.h"
#include "testentry.h"
#include "tokens.h"

#include <QAbstractItemModelTester>
#include <QScrollBar>

using namespace Counterfoil;
using namespace Counterfoil::Testing;
using namespace Qt::StringLiterals;

class CategoryTreeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void categoriesLeadThroughIt();
    void countsChangeUnderTheEye();

private:
    std::unique_ptr<Theme> m_theme;
};

void CategoryTreeTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_theme = std::make_unique<Theme>(*qApp);
}

// CAT-01
void CategoryTreeTest::categoriesLeadThroughIt()
{
    std::vector<Change> changes = someItems();
    Item bolt = itemOf("FX-2001", "Hex bolt, M8");
    bolt.category = "Fixings";
    bolt.family = "Hex bolts";
    Item nut = itemOf("FX-2002", "Lock nut, M8");
    nut.category = "Fixings";
    nut.family = "Lock nuts";
    changes.push_back(changeTo(bolt));
    changes.push_back(changeTo(nut));
    Catalogue fixture(changes);
    CategoryTree tree(fixture.context, *fixture.list);
    tree.resize(200, 400);
    tree.show();
    QTRY_COMPARE(tree.categories(), (QStringList{u"Fixings"_s, u"Tools"_s}));
    const QModelIndex fixings = tree.model()->index(1, 0);
    QCOMPARE(fixings.siblingAtColumn(1).data().toString(), u"2"_s);
    QCOMPARE(tree.model()->rowCount(fixings), 2);
    QCOMPARE(tree.model()->index(2, 1).data().toString(), u"2"_s); // without the withdrawn one
    tree.choose(u"Fixings"_s);
    QTRY_COMPARE(fixture.skus(), (QStringList{u"FX-2001"_s, u"FX-2002"_s}));
    tree.choose(u"Fixings"_s, u"Lock nuts"_s);
    QTRY_COMPARE(fixture.skus(), QStringList{u"FX-2002"_s});
    // The filters lead the tree as well.
    fixture.list->filters().clear();
    QTRY_COMPARE(fixture.skus().size(), 5);
    QCOMPARE(tree.currentIndex().row(), 0);
    QVERIFY(!tree.currentIndex().parent().isValid());
    // What comes is there, and what is open stays open.
    tree.setExpanded(tree.model()->index(1, 0), true);
    Item rivet = itemOf("FX-2003", "Blind rivet");
    rivet.category = "Fixings";
    rivet.family = "Blind rivets";
    fixture.cache.put({changeTo(rivet)});
    QTRY_COMPARE(tree.model()->rowCount(tree.model()->index(1, 0)), 3);
    QVERIFY(tree.isExpanded(tree.model()->index(1, 0)));
}

// What somebody looks at stays where it is, and is read in whatever look the window has.
void CategoryTreeTest::countsChangeUnderTheEye()
{
    std::vector<Change> changes = someItems();
    const auto ofCategory = [](int category, int family) {
        Item item = itemOf("FX-" + std::to_string(10 * category + family), "Bolt");
        item.category = "Category " + std::to_string(category);
        item.family = "Family " + std::to_string(family);
        return changeTo(item);
    };
    for (int category = 10; category < 60; ++category)
        changes.push_back(ofCategory(category, 1));
    Catalogue fixture(changes);
    CategoryTree tree(fixture.context, *fixture.list);
    QAbstractItemModelTester tester(tree.model());
    tree.resize(200, 200);
    tree.show();
    QTRY_COMPARE(tree.categories().size(), 51);
    QVERIFY(QTest::qWaitForWindowExposed(&tree));
    tree.choose(u"Category 58"_s);
    tree.expand(tree.currentIndex());
    const QPersistentModelIndex open = tree.currentIndex();
    QTRY_VERIFY(tree.verticalScrollBar()->value() > 0);
    const int place = tree.visualRect(open).top();
    const auto countOf = [](const QModelIndex &index) { return index.siblingAtColumn(1).data().toString(); };
    fixture.cache.put({ofCategory(58, 2)});
    QTRY_COMPARE(countOf(open), u"2"_s);
    QVERIFY(open.isValid() && tree.isExpanded(open) && tree.currentIndex() == open);
    QCOMPARE(tree.visualRect(open).top(), place);
    QCOMPARE(tree.model()->rowCount(open), 2);
    QCOMPARE(countOf(tree.model()->index(0, 0)), u"53"_s); // with the two tools that are sold
    // One that goes takes nothing else with it.
    fixture.cache.remove(Item::type, "FX-101");
    QTRY_COMPARE(tree.categories().size(), 50);
    QVERIFY(open.isValid() && tree.isExpanded(open) && tree.currentIndex() == open);
    for (const Theme::Scheme scheme : {Theme::Scheme::Dark, Theme::Scheme::Light}) {
        m_theme->setScheme(scheme);
        QTRY_COMPARE(open.sibling(open.row(), 1).data(Qt::ForegroundRole).value<QBrush>().color(),
                     Tokens::of(QApplication::palette()).muted);
    }
}

WINDOW_TEST(CategoryTreeTest)
#include "tst_categorytree.moc"
