#include "documentdetailpane.h"
#include "documentfind.h"
#include "documentview.h"
#include "findbar.h"
#include "itemroles.h"
#include "listfilterbar.h"
#include "listfoot.h"
#include "pdfs.h"
#include "recordview.h"
#include "recordwindow.h"
#include "statepanel.h"
#include "testentry.h"
#include "theme.h"
#include "windowfixture.h"

#include <QLabel>
#include <QLineEdit>

#include <algorithm>

using namespace Counterfoil;

namespace {

Document paper(int n, const char *kind = "invoice")
{
    Document document;
    document.key = "p" + std::to_string(n);
    document.account = "a1";
    document.number = "PAP-" + std::to_string(1'000 + n);
    document.paper = kind;
    document.invoice = n == 1 ? "i1" : "";
    document.dated = Instant{1'795'000'000'000 + n * std::int64_t{60'000}};
    document.issued = true;
    document.bytes = 61'234;
    document.sha256 = "digest of " + std::to_string(n);
    return document;
}

// The window with four documents besides the one that the fixture has.
struct Papers : Fixture
{
    explicit Papers(Theme &look)
        : Fixture(look)
    {
        cache.put({changeTo(paper(1)), changeTo(paper(2)), changeTo(paper(3, "creditMemo")),
                   changeTo(paper(4, "packingSlip"))});
    }
    std::int64_t rowOf(int n)
    {
        CacheReader reader(cache.path());
        return (*reader.byKey(Document::type, paper(n).key))->id;
    }
    void read(int n, const std::string &text)
    {
        const auto notice = cache.writer().storeTexts(
            Document::type, {{rowOf(n), paper(n).sha256, FileText::State::Whole, text, "1.0"}});
        QVERIFY(notice);
        cache.readers().noteChange(*notice);
    }
    void enterPapers(int rows = 5)
    {
        show(buyer(), QStringLiteral(RENDER_PROGRAM));
        workspace().goTo(QStringLiteral("documents"));
        QTRY_COMPARE(list().model().rowCount(), rows);
        window->activateWindow();
        QTRY_VERIFY(window->isActiveWindow());
    }
    ListPane &list() { return workspace().page(Document::type)->list(); }
    DocumentDetailPane &pane() { return *qobject_cast<DocumentDetailPane *>(&detail()); }
    QString shown(int row, const char *column)
    {
        return list()
            .model()
            .index(row, list().model().columnOf(QString::fromLatin1(column)))
            .data()
            .toString();
    }
    bool isShown(const char *column)
    {
        return !list().view().isColumnHidden(list().model().columnOf(QString::fromLatin1(column)));
    }
    QString foot() { return list().findChild<ListFoot *>()->findChild<QLabel *>()->text(); }
    void search(const QString &text)
    {
        action("list.filter")->trigger();
        type(text);
    }
};

} // namespace

// The archive of documents: found by number and by what is in them, read beside the list.
class TestPapers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void listsEveryDocument();
    void aViewerHasThePapersOfTheGoods();
    void papersAreLinkedToTheirRecords();
    void revisionsOfAnItemAreTold();
    void findsByNumberAndByWords();
    void restrictsByPaperAndPlace();
    void thePictureOfAnItemIsNoPaper();
    void lightsWhatWasFound();
    void leadsToWhatItBelongsToAndBack();
    void hasWordsForNothing();
    void showsOneSetOfDocumentActions();
    void isReachedByOneKey();
    void opensInAWindowOfItsOwn();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestPapers::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_theme = std::make_unique<Theme>(*qApp);
}

void TestPapers::listsEveryDocument()
{
    Papers f(*m_theme);
    f.enterPapers();
    QCOMPARE(f.shown(0, "number"), QStringLiteral("PAP-1004")); // the newest first
    QCOMPARE(f.shown(0, "paper"), QStringLiteral("Packing slip"));
    QCOMPARE(f.shown(1, "paper"), QStringLiteral("Credit memo"));
    QTRY_COMPARE(f.pane().number(), QStringLiteral("PAP-1004"));
    QVERIFY(!f.isShown("inside"));
    QTRY_COMPARE(f.foot(), QStringLiteral("5 documents"));
    f.press(Qt::Key_Return);
    QVERIFY(f.pane().document().isAncestorOf(QApplication::focusWidget()));
}

// What a person may not see is not in the cache; the pane is there for the rest.
void TestPapers::aViewerHasThePapersOfTheGoods()
{
    Papers f(*m_theme);
    f.enter(viewer());
    QVERIFY(f.workspace().panes().contains(QStringLiteral("documents")));
    f.open(Document::type, "p4");
    QTRY_COMPARE(f.pane().number(), QStringLiteral("PAP-1004"));
}

// One key away from what it is the paper of, and back.
void TestPapers::papersAreLinkedToTheirRecords()
{
    Papers f(*m_theme);
    Document slip = paper(5, "packingSlip");
    slip.shipment = "s1";
    Document proof = paper(6, "proofOfDelivery");
    proof.shipment = "s1";
    Document acknowledgement = paper(7, "acknowledgement");
    acknowledgement.order = richOrder().key;
    Document receipt = paper(8, "receipt");
    receipt.payment = "p1";
    f.cache.put({changeTo(slip), changeTo(proof), changeTo(acknowledgement), changeTo(receipt)});
    f.enterPapers(9);
    const auto leads
        = [&f](const RecordType &kind, const std::string &key, const QString &name, const QString &number) {
              f.open(kind, key.c_str());
              const auto found = [&] {
                  const auto &links = f.detail().links();
                  const auto link = std::ranges::find_if(links, [&](const RecordLink &each) {
                      return each.kindName == name && each.number == number;
                  });
                  return link == links.end() ? qsizetype(-1) : link - links.begin();
              };
              QTRY_VERIFY(found() >= 0 && found() < 9); // by Alt and a digit
              f.detail().goToLink(found());
              QTRY_COMPARE(f.workspace().shownPane(), QStringLiteral("documents"));
              QTRY_COMPARE(f.pane().number(), number);
              QTRY_VERIFY(std::ranges::any_of(f.pane().links(), [&](const RecordLink &each) {
                  return each.ref == RecordRef{&kind, key};
              }));
          };
    leads(Shipment::type, "s1", QStringLiteral("Packing slip"), QStringLiteral("PAP-1005"));
    leads(Shipment::type, "s1", QStringLiteral("Proof of delivery"), QStringLiteral("PAP-1006"));
    leads(Order::type, richOrder().key, QStringLiteral("Order acknowledgement"), QStringLiteral("PAP-1007"));
    leads(Payment::type, "p1", QStringLiteral("Payment receipt"), QStringLiteral("PAP-1008"));
}

// The current revision first, the one before it marked; or left out.
void TestPapers::revisionsOfAnItemAreTold()
{
    Papers f(*m_theme);
    Document old = paper(5, "safetyDataSheet");
    old.sku = "JN-1051";
    old.revision = "1";
    old.superseded = true;
    Document current = paper(6, "safetyDataSheet");
    current.sku = old.sku;
    current.revision = "2";
    f.cache.put({changeTo(old), changeTo(current)});
    f.enterPapers(7);
    f.search(QStringLiteral("jn-1051"));
    QTRY_COMPARE(f.list().model().rowCount(), 2);
    QCOMPARE(f.shown(0, "paper"), QStringLiteral("Safety data sheet"));
    QCOMPARE(f.shown(0, "revision"), QStringLiteral("2"));
    QCOMPARE(f.shown(1, "revision"), QStringLiteral("1, superseded"));
    f.list().select(QStringLiteral("p5"));
    QTRY_VERIFY(std::ranges::any_of(f.pane().findChildren<QLabel *>(), [](const QLabel *label) {
        return label->isVisible() && label->text().contains(QStringLiteral("A later revision"));
    }));
}

void TestPapers::findsByNumberAndByWords()
{
    Papers f(*m_theme);
    f.read(1, "Rubber gasket, 40 mm");
    f.read(3, "Credit for a gasket");
    f.enterPapers();
    f.search(QStringLiteral("gask"));
    QTRY_COMPARE(f.list().model().rowCount(), 2);
    QVERIFY(f.isShown("inside"));
    QTRY_COMPARE(f.shown(0, "inside"), QStringLiteral("Credit for a gasket"));
    QTRY_COMPARE(f.shown(1, "inside"), QStringLiteral("Rubber gasket, 40 mm"));
    QTRY_COMPARE(f.foot(), QStringLiteral("2 documents with “gask” · 3 not searched yet"));
    f.action("list.clearFilters")->trigger();
    QTRY_COMPARE(f.list().model().rowCount(), 5);
    QVERIFY(!f.isShown("inside"));
    f.search(QStringLiteral("1002"));
    QTRY_COMPARE(f.list().model().rowCount(), 1);
    QCOMPARE(f.shown(0, "number"), QStringLiteral("PAP-1002"));
}

void TestPapers::restrictsByPaperAndPlace()
{
    Papers f(*m_theme);
    QVERIFY(f.cache.writer().noteFiles(Document::type, {true, {f.rowOf(1), f.rowOf(4)}, {}}));
    f.enterPapers();
    f.list().filters().setToggle(QStringLiteral("here"));
    QTRY_COMPARE(f.list().model().rowCount(), 2);
    QTRY_COMPARE(f.shown(0, "here"), QStringLiteral("Yes"));
    f.list().filters().clear();
    QTRY_COMPARE(f.list().model().rowCount(), 5);
    f.list().filters().setFacets({{QStringLiteral("paper"), {QStringLiteral("creditMemo")}}});
    QTRY_COMPARE(f.list().model().rowCount(), 1);
}

// What is not known yet is one, so a later version of the ERP hides nothing.
void TestPapers::thePictureOfAnItemIsNoPaper()
{
    Papers f(*m_theme);
    Document picture = paper(5, "picture");
    picture.sku = "JN-1051";
    f.cache.put({changeTo(picture), changeTo(paper(6, "of a kind that comes next year"))});
    f.enterPapers(6);
    QTRY_COMPARE(f.foot(), QStringLiteral("6 documents"));
    f.search(QStringLiteral("PAP-1005"));
    QTRY_COMPARE(f.list().model().rowCount(), 0);
    f.list().filters().clear();
    QTRY_COMPARE(f.list().model().rowCount(), 6);
    QVERIFY(f.list().filters().descriptions().isEmpty());
}

// While one types, without the keys leaving what is typed into.
void TestPapers::lightsWhatWasFound()
{
    Papers f(*m_theme);
    f.read(2, "Page 1 of Pages and bolts, nuts and 12.50");
    f.enterPapers();
    f.list().select(QStringLiteral("p2"));
    f.search(QStringLiteral("bolts"));
    QTRY_COMPARE(f.list().model().rowCount(), 1);
    QTRY_COMPARE(f.pane().number(), QStringLiteral("PAP-1002"));
    PdfFolder folder;
    const QString file = folder.file(plainPdf(2));
    QTRY_VERIFY(f.documents.wanted.contains(QStringLiteral("p2")));
    Q_EMIT f.documents.ready(QStringLiteral("p2"), file);
    QTRY_VERIFY_WITH_TIMEOUT(f.pane().document().isOpen(), 20'000);
    auto *find = f.pane().document().findChild<DocumentFind *>();
    QTRY_COMPARE(find->words(), QStringLiteral("bolts"));
    QTRY_COMPARE_WITH_TIMEOUT(find->count(), 40, 20'000);
    QVERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    QVERIFY(f.list().isAncestorOf(QApplication::focusWidget()));
    // The next text is lit in turn, none puts it out.
    f.type(QStringLiteral(" nuts"));
    QTRY_COMPARE(find->words(), QStringLiteral("bolts, nuts"));
    f.list().filters().clear();
    QTRY_COMPARE(find->words(), QString());
    QVERIFY(!f.pane().document().findChild<FindBar *>()->isVisible());
}

void TestPapers::leadsToWhatItBelongsToAndBack()
{
    Papers f(*m_theme);
    f.enterPapers();
    f.list().select(QStringLiteral("p1"));
    QTRY_COMPARE(f.pane().number(), QStringLiteral("PAP-1001"));
    // The invoice that it is the paper of, and what that is about.
    const auto numbers = [&f] {
        QStringList all;
        for (const RecordLink &link : f.pane().links())
            all.append(link.number);
        return all.join(u' ');
    };
    QTRY_COMPARE(numbers(), QStringLiteral("INV-88213 SO-10500 SH-5521 CM-4410 PAY-77"));
    f.pane().goToLink(0);
    QTRY_COMPARE(f.workspace().shownPane(), QStringLiteral("invoices"));
    QTRY_COMPARE(f.detail().number(), QStringLiteral("INV-88213"));
    f.action("record.back")->trigger();
    QTRY_COMPARE(f.workspace().shownPane(), QStringLiteral("documents"));
    QTRY_COMPARE(f.pane().number(), QStringLiteral("PAP-1001"));
}

void TestPapers::hasWordsForNothing()
{
    Papers f(*m_theme);
    f.enterPapers();
    f.search(QStringLiteral("gasket"));
    QTRY_COMPARE(f.list().model().rowCount(), 0);
    auto *state = f.list().findChild<StatePanel *>();
    QTRY_VERIFY(state->isVisible());
    const auto labels = state->findChildren<QLabel *>();
    QTRY_VERIFY(std::any_of(labels.begin(), labels.end(), [](QLabel *label) {
        return label->text().contains(QStringLiteral("5 were not searched yet"));
    }));
}

void TestPapers::showsOneSetOfDocumentActions()
{
    Papers f(*m_theme);
    f.enterPapers();
    f.open(Invoice::type, "i1");
    QTRY_COMPARE(f.workspace().shownPane(), QStringLiteral("invoices"));
    const auto visible = [&f] {
        int count = 0;
        for (const Actions::Entry &entry : f.workspace().actions().entries())
            count += entry.id == QStringLiteral("document.find") && entry.action->isVisible() ? 1 : 0;
        return count;
    };
    QTRY_COMPARE(visible(), 1);
    QAction *inInvoices = f.action("document.find");
    f.workspace().goTo(QStringLiteral("documents"));
    QTRY_COMPARE(visible(), 1);
    QVERIFY(f.action("document.find") != inInvoices);
    f.workspace().goTo(QStringLiteral("orders"));
    QTRY_COMPARE(visible(), 0);
}

// From wherever one is, ready to type.
void TestPapers::isReachedByOneKey()
{
    Papers f(*m_theme);
    f.read(1, "Rubber gasket, 40 mm");
    f.enter();
    f.press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(f.workspace().shownPane(), QStringLiteral("documents"));
    f.type(QStringLiteral("gasket"));
    QTRY_COMPARE(f.list().model().rowCount(), 1);
    QCOMPARE(f.shown(0, "number"), QStringLiteral("PAP-1001"));
}

void TestPapers::opensInAWindowOfItsOwn()
{
    Papers f(*m_theme);
    f.enterPapers();
    f.open(Document::type, "p2", true);
    const auto tops = QApplication::topLevelWidgets();
    const auto own = std::find_if(tops.begin(), tops.end(),
                                  [](QWidget *top) { return qobject_cast<RecordWindow *>(top) != nullptr; });
    QVERIFY(own != tops.end());
    auto *pane = (*own)->findChild<DocumentDetailPane *>();
    QVERIFY(pane);
    QTRY_COMPARE(pane->number(), QStringLiteral("PAP-1002"));
    (*own)->close();
}

WINDOW_TEST(TestPapers)
#include "tst_papers.moc"
