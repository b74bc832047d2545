#include "ageingbar.h"
#include "copyaction.h"
#include "creditstanding.h"
#include "documentview.h"
#include "invoicedetailpane.h"
#include "itemroles.h"
#include "jumpbox.h"
#include "linesview.h"
#include "linksbar.h"
#include "listfilterbar.h"
#include "palettemodel.h"
#include "rail.h"
#include "recordview.h"
#include "recordwindow.h"
#include "statepanel.h"
#include "testentry.h"
#include "textlink.h"
#include "theme.h"
#include "toast.h"
#include "windowfixture.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>

using namespace Counterfoil;

namespace {

// Takes the place of the system's browser.
class Browser final : public QObject
{
    Q_OBJECT
public:
    Browser() { QDesktopServices::setUrlHandler(QStringLiteral("https"), this, "open"); }
    ~Browser() override { QDesktopServices::unsetUrlHandler(QStringLiteral("https")); }

    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl &url) { opened.append(url); }
};

// All that can be read in a part of the window.
QString textOf(const QWidget &part)
{
    QStringList all;
    for (const QLabel *label : part.findChildren<QLabel *>())
        all.append(label->isVisibleTo(&part) ? label->text() : QString());
    for (const QAbstractButton *button : part.findChildren<QAbstractButton *>())
        all.append(button->isVisibleTo(&part) ? button->text() + u' ' + button->accessibleName() : QString());
    for (const LinesView *lines : part.findChildren<LinesView *>()) {
        for (int row = 0; lines->isVisibleTo(&part) && row < lines->model()->rowCount(); ++row)
            all.append(lines->model()->index(row, 0).data(Qt::AccessibleTextRole).toString());
    }
    return all.join(QLatin1Char('\n'));
}

qsizetype linkTo(const DetailPane &detail, const char *number)
{
    for (qsizetype i = 0; i < detail.links().size(); ++i) {
        if (detail.links()[i].number == QLatin1String(number))
            return i;
    }
    return -1;
}

Qt::Key digit(qsizetype index)
{
    return static_cast<Qt::Key>(Qt::Key_1 + index);
}

} // namespace

// The panes together: from one kind of record to another and back, by keyboard.
class TestPanes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void buildsAPaneWhenItIsFirstShown();
    void goesToEveryPaneByKeyboard();
    void linksLeadThereAndBack_data();
    void linksLeadThereAndBack();
    void listsLinksInThePalette();
    void pasteGoesWhereItBelongs_data();
    void pasteGoesWhereItBelongs();
    void aPaymentLeadsToItsInvoice();
    void saysThatNothingMoreIsKnown();
    void aViewerMeetsNothingOfInvoices();
    void opensTheCarriersPage();
    void tellsWhatCarriedALineAndWhatIsStillToCome();
    void staysStillAtAnyHeight();
    void showsWhatBelongsToAnInvoice();
    void designsTheStatesOfADocument();
    void filtersByTheAgeClicked();
    void keepsEveryPanesLayout();
    void reopensWindowsOfAnyKind();
    void anOrderIsOrderedAgainFromItsOwnWindow();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestPanes::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_theme = std::make_unique<Theme>(*qApp);
}

void TestPanes::buildsAPaneWhenItIsFirstShown()
{
    Fixture f(*m_theme);
    f.enter();
    const auto built = [&f] { return f.workspace().findChildren<RecordsPage *>().size(); };
    QCOMPARE(built(), 1);
    f.action("pane.shipments")->trigger();
    QCOMPARE(built(), 2);
    f.action("pane.orders")->trigger();
    f.action("pane.shipments")->trigger();
    QCOMPARE(built(), 2);
}

void TestPanes::goesToEveryPaneByKeyboard()
{
    Fixture f(*m_theme);
    f.enter();
    constexpr std::pair<const char *, Qt::Key> panes[]
        = {{"orders", Qt::Key_O}, {"shipments", Qt::Key_S}, {"invoices", Qt::Key_I}};
    for (const auto &[id, letter] : panes) {
        const QString pane = QString::fromLatin1(id);
        f.press(letter, Qt::AltModifier);
        QCOMPARE(f.workspace().shownPane(), pane);
        RecordsPage &page = *f.workspace().currentPage();
        QTRY_VERIFY(page.list().model().rowCount() > 0);
        QTRY_VERIFY(page.list().view().hasFocus());
        QTRY_VERIFY(!page.detail().number().isEmpty());
        f.press(Qt::Key_Return);
        QVERIFY(page.detail().isAncestorOf(QApplication::focusWidget()));
        f.press(Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(page.list().view().hasFocus());
        f.press(Qt::Key_Slash);
        f.type(QStringLiteral("zzzz"));
        QTRY_COMPARE(page.list().model().rowCount(), 0);
        auto *state = page.list().view().viewport()->findChild<StatePanel *>();
        QTRY_VERIFY(state->isVisible());
        f.press(Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(page.list().model().rowCount() > 0);
    }
}

void TestPanes::linksLeadThereAndBack_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const auto row = [](const char *from, const char *to) {
        QTest::addRow("%s to %s", from, to) << QByteArray(from) << QByteArray(to);
    };
    row("SO-10500", "SH-5521");
    row("SO-10500", "SH-5522");
    row("SO-10500", "INV-88213");
    row("SO-10500", "CM-4410");
    row("SH-5521", "INV-88213");
    row("INV-88213", "CM-4410");
}

void TestPanes::linksLeadThereAndBack()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    Fixture f(*m_theme);
    f.enter();
    f.press(Qt::Key_K, Qt::ControlModifier);
    f.type(QString::fromLatin1(from));
    f.press(Qt::Key_Return);
    QTRY_VERIFY(!f.jump()->isListOpen());
    QTRY_COMPARE(f.detail().number(), QString::fromLatin1(from));
    QTRY_VERIFY(linkTo(f.detail(), to.constData()) >= 0);
    const qsizetype there = linkTo(f.detail(), to.constData());
    QVERIFY(there < LinksBar::mostKeys);
    f.press(digit(there), Qt::AltModifier);
    QTRY_COMPARE(f.detail().number(), QString::fromLatin1(to));
    // Back by the key of the link, and by the way one came.
    QTRY_VERIFY(linkTo(f.detail(), from.constData()) >= 0);
    f.press(digit(linkTo(f.detail(), from.constData())), Qt::AltModifier);
    QTRY_COMPARE(f.detail().number(), QString::fromLatin1(from));
    f.press(Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(f.detail().number(), QString::fromLatin1(to));
    f.press(Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(f.detail().number(), QString::fromLatin1(from));
    f.press(Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(f.detail().number(), QString::fromLatin1(to));
    // And with the pointer.
    QTRY_VERIFY(linkTo(f.detail(), from.constData()) >= 0);
    const auto buttons = f.detail().findChildren<LinkButton *>();
    QTest::mouseClick(buttons.at(linkTo(f.detail(), from.constData())), Qt::LeftButton);
    QTRY_COMPARE(f.detail().number(), QString::fromLatin1(from));
}

void TestPanes::listsLinksInThePalette()
{
    Fixture f(*m_theme);
    f.enter();
    QTRY_COMPARE(f.detail().links().size(), 4);
    const qsizetype there = linkTo(f.detail(), "INV-88213");
    QAction *action = f.action(qPrintable(QStringLiteral("link.%1").arg(there + 1)));
    QCOMPARE(action->text(), QStringLiteral("Go to Invoice INV-88213"));
    QVERIFY(action->isEnabled());
    QVERIFY(!f.action("link.5")->isEnabled());
    f.press(Qt::Key_K, Qt::ControlModifier);
    f.type(QStringLiteral(">go to inv"));
    auto *palette = f.workspace().findChild<PaletteModel *>();
    QStringList listed;
    for (int row = 0; row < palette->rowCount(); ++row)
        listed.append(palette->index(row).data().toString());
    QVERIFY(listed.contains(QStringLiteral("Go to Invoice INV-88213")));
    f.press(Qt::Key_Escape);
    f.open(Order::type, "o3"); // leads nowhere
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10003"));
    QVERIFY(!action->isEnabled());
}

void TestPanes::pasteGoesWhereItBelongs_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("pane");
    QTest::addColumn<QString>("number");
    const auto row = [](const char *pasted, const char *pane, const char *number) {
        QTest::newRow(pasted) << QString::fromUtf8(pasted) << QString::fromLatin1(pane)
                              << QString::fromLatin1(number);
    };
    row("SO-10021", "orders", "SO-10021");
    row("PO/33", "orders", "SO-10033");
    row("SH-5522", "shipments", "SH-5522");
    row("1Z999AA10123456784", "shipments", "SH-5521");
    row(" 1Z 999 AA1 01 2345 6784 ", "shipments", "SH-5521");
    row("INV-88213", "invoices", "INV-88213");
    row("CM-4410", "invoices", "CM-4410");
    row("Re: FW: Your invoice INV-88213 is overdue", "invoices", "INV-88213");
}

void TestPanes::pasteGoesWhereItBelongs()
{
    QFETCH(QString, pasted);
    QFETCH(QString, pane);
    QFETCH(QString, number);
    Fixture f(*m_theme);
    f.enter();
    f.orders().focusList();
    QGuiApplication::clipboard()->setText(pasted);
    f.press(Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(f.detail().number(), number);
    QCOMPARE(f.workspace().shownPane(), pane);
    QVERIFY(!f.jump()->isListOpen());
}

void TestPanes::aPaymentLeadsToItsInvoice()
{
    Fixture f(*m_theme);
    f.enter();
    f.open(Payment::type, "p1");
    QTRY_COMPARE(f.workspace().shownPane(), QStringLiteral("payments"));
    QTRY_COMPARE(f.detail().number(), QStringLiteral("PAY-77"));
    for (const char *said : {"Invoice INV-88213", "£400.00", "Bank transfer", "12 Nov"})
        QTRY_VERIFY2(textOf(f.detail()).contains(QString::fromUtf8(said)), said);
    QTRY_VERIFY(linkTo(f.detail(), "INV-88213") >= 0);
    f.detail().goToLink(linkTo(f.detail(), "INV-88213"));
    QTRY_COMPARE(f.workspace().shownPane(), QStringLiteral("invoices"));
    QTRY_COMPARE(f.detail().number(), QStringLiteral("INV-88213"));
    QTRY_VERIFY(linkTo(f.detail(), "PAY-77") >= 0); // and back
}

void TestPanes::saysThatNothingMoreIsKnown()
{
    Fixture f(*m_theme);
    f.enter();
    f.open(CreditStanding::type, "no such standing");
    auto *toast = f.workspace().findChild<Toast *>();
    QTRY_VERIFY(toast->isVisible());
    QCOMPARE(f.workspace().shownPane(), QStringLiteral("orders"));
    f.open(Invoice::type, "no such invoice");
    QTRY_COMPARE(f.detail().findChild<StatePanel *>(QString(), Qt::FindDirectChildrenOnly)->title(),
                 QStringLiteral("This invoice is not on this computer"));
}

void TestPanes::aViewerMeetsNothingOfInvoices()
{
    Fixture f(*m_theme); // worse than it can come: the cache still holds some
    f.enter(viewer());
    QCOMPARE(f.workspace().panes().contains(QStringLiteral("invoices")), false);
    for (const RailItem *item : f.workspace().findChildren<RailItem *>())
        QVERIFY2(!item->text().contains(QStringLiteral("nvoice")), qPrintable(item->text()));
    for (const Actions::Entry &entry : f.workspace().actions().entries())
        QVERIFY2(!entry.action->text().contains(QStringLiteral("nvoice")), qPrintable(entry.id));
    QTRY_COMPARE(f.detail().links().size(), 2); // the shipments
    f.open(Invoice::type, "i1");
    QTRY_VERIFY(f.workspace().shownPane() != QStringLiteral("invoices"));
    QVERIFY(f.workspace().page(Invoice::type) == nullptr);
    f.workspace().goTo(QStringLiteral("invoices"));
    QVERIFY(f.workspace().currentPage() != nullptr);
}

void TestPanes::opensTheCarriersPage()
{
    Browser browser;
    Fixture f(*m_theme);
    f.enter();
    f.open(Shipment::type, "s1");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SH-5521"));
    TextLink *tracking = nullptr;
    for (TextLink *link : f.detail().findChildren<TextLink *>()) {
        if (link->text() == QStringLiteral("1Z999AA10123456784"))
            tracking = link;
    }
    QVERIFY(tracking);
    tracking->setFocus();
    QTest::keyClick(tracking, Qt::Key_Space);
    QCOMPARE(browser.opened,
             QList<QUrl>{QUrl(QStringLiteral("https://carrier.example/track/1Z999AA10123456784"))});
    // A shipment without parcels says so.
    f.open(Shipment::type, "s2");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SH-5522"));
    QTRY_VERIFY(textOf(f.detail()).contains(QStringLiteral("The ERP knows of no parcel.")));
}

void TestPanes::tellsWhatCarriedALineAndWhatIsStillToCome()
{
    Fixture f(*m_theme);
    f.enter();
    QTRY_VERIFY(textOf(f.detail()).contains(QStringLiteral("1 in SH-5521 · 1Z999AA10123456784")));
    QVERIFY(textOf(f.detail()).contains(QStringLiteral("1 in SH-5522")));
    QVERIFY(textOf(f.detail()).contains(QStringLiteral("3 to come, expected 2 Dec")));
    f.open(Shipment::type, "s1");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SH-5521"));
    QTRY_VERIFY(textOf(f.detail()).contains(QStringLiteral("Still to come of SO-10500")));
    const QString text = textOf(f.detail());
    QVERIFY(text.contains(QStringLiteral("3 to come, expected 2 Dec")));
    QVERIFY(text.contains(QStringLiteral("Held up by snow")));
    QVERIFY(text.contains(QStringLiteral("late"))); // it was expected three days ago
}

// Lines that are higher where a scroll bar makes them narrower once had the bar come and go for ever.
void TestPanes::staysStillAtAnyHeight()
{
    Fixture f(*m_theme);
    f.enter();
    QTRY_VERIFY(!textOf(f.detail()).isEmpty());
    for (int height = 500; height < 1200; height += 3) {
        f.window->resize(1200, height);
        QCoreApplication::sendPostedEvents();
    }
}

void TestPanes::showsWhatBelongsToAnInvoice()
{
    Fixture f(*m_theme);
    f.enter();
    f.open(Invoice::type, "i1");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("INV-88213"));
    QTRY_VERIFY(textOf(f.detail()).contains(QStringLiteral("Payment PAY-77")));
    QTRY_VERIFY(textOf(f.detail()).contains(QStringLiteral("Tax at 20 %")));
    const QString text = textOf(f.detail());
    for (const char *expected :
         {"Overdue by 11 ", "£756.90", "Credit memo CM-4410", "Ultra Forge drill press"})
        QVERIFY2(text.contains(QString::fromUtf8(expected)), expected);
    f.open(Invoice::type, "c1");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("CM-4410"));
    QVERIFY(textOf(*f.detail().heading()).contains(QStringLiteral("credits INV-88213")));
    QVERIFY(textOf(f.detail()).contains(QStringLiteral("A credit of £43.10")));
}

void TestPanes::designsTheStatesOfADocument()
{
    Fixture f(*m_theme);
    f.enter();
    f.open(Invoice::type, "i1");
    QTRY_COMPARE(f.documents.wanted, QStringList{QStringLiteral("d1")});
    auto *pane = qobject_cast<InvoiceDetailPane *>(&f.detail());
    QTRY_VERIFY(textOf(pane->document()).contains(QStringLiteral("as soon as there is a connection")));
    f.open(Invoice::type, "c1"); // the ERP knows of no paper for it
    QTRY_VERIFY(textOf(*pane).contains(QStringLiteral("No document yet")));
    QTRY_VERIFY(f.documents.wanted.isEmpty());
    f.open(Invoice::type, "i1");
    QTRY_VERIFY(!textOf(*pane).contains(QStringLiteral("No document yet")));
    f.action("document.toggle")->trigger();
    QVERIFY(!pane->isDocumentShown());
    f.action("document.toggle")->trigger();
    QVERIFY(pane->isDocumentShown());
}

void TestPanes::filtersByTheAgeClicked()
{
    Fixture f(*m_theme);
    f.enter();
    f.workspace().goTo(QStringLiteral("invoices"));
    ListPane &list = f.workspace().currentPage()->list();
    QTRY_COMPARE(list.model().rowCount(), 2);
    auto *bar = list.findChild<AgeingBar *>();
    QVERIFY(bar);
    QTRY_VERIFY(bar->accessibleDescription().contains(QStringLiteral("£756.90")));
    const auto clickPart = [bar](int part) {
        QTest::mouseClick(bar, Qt::LeftButton, {},
                          QPoint(bar->width() * (2 * part + 1) / 8, bar->height() - 4));
    };
    clickPart(1); // one to thirty days
    QTRY_COMPARE(list.model().rowCount(), 1);
    QCOMPARE(list.filters().toggle(), QStringLiteral("unpaid"));
    clickPart(2);
    QTRY_COMPARE(list.model().rowCount(), 0);
    list.clearFilters();
    QTRY_COMPARE(list.model().rowCount(), 2);
}

void TestPanes::keepsEveryPanesLayout()
{
    Fixture f(*m_theme);
    f.enter();
    f.workspace().goTo(QStringLiteral("invoices"));
    ListPane *list = &f.workspace().currentPage()->list();
    QTRY_COMPARE(list->model().rowCount(), 2);
    const int due = list->model().columnOf(QStringLiteral("dueOn"));
    list->view().horizontalHeader()->setSortIndicator(due, Qt::AscendingOrder);
    list->setCompact(true);
    f.action("document.toggle")->trigger();
    f.workspace().goTo(QStringLiteral("shipments"));
    f.action("pane.detail")->trigger();
    f.workspace().goTo(QStringLiteral("invoices"));
    f.window.reset();

    f.open();
    f.show();
    QCOMPARE(f.workspace().shownPane(), QStringLiteral("invoices")); // where one was
    list = &f.workspace().currentPage()->list();
    QVERIFY(list->isCompact());
    QCOMPARE(list->model().query().sortField, std::string("dueOn"));
    QVERIFY(!qobject_cast<InvoiceDetailPane *>(&f.detail())->isDocumentShown());
    f.workspace().goTo(QStringLiteral("shipments"));
    QVERIFY(!f.workspace().currentPage()->isDetailShown());
    QVERIFY(!f.workspace().currentPage()->list().isCompact());
    f.action("window.resetLayout")->trigger();
    QVERIFY(f.workspace().currentPage()->isDetailShown());
    f.workspace().goTo(QStringLiteral("invoices"));
    QVERIFY(qobject_cast<InvoiceDetailPane *>(&f.detail())->isDocumentShown());
}

void TestPanes::reopensWindowsOfAnyKind()
{
    Fixture f(*m_theme);
    f.enter();
    f.open(Shipment::type, "s1");
    f.press(Qt::Key_Return, Qt::ControlModifier);
    f.open(Invoice::type, "i1", true);
    const auto titles = [] {
        QStringList all;
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (qobject_cast<RecordWindow *>(top))
                all.append(top->windowTitle());
        }
        all.sort();
        return all;
    };
    const QStringList both{QStringLiteral("Invoice INV-88213"), QStringLiteral("Shipment SH-5521")};
    QTRY_COMPARE(titles(), both);
    f.window.reset();
    QCOMPARE(titles(), QStringList());
    f.open();
    f.enter();
    QTRY_COMPARE(titles(), both);
    // A link in such a window leads to the main one.
    for (QWidget *top : QApplication::topLevelWidgets()) {
        auto *own = qobject_cast<RecordWindow *>(top);
        if (!own || own->ref().kind != &Invoice::type)
            continue;
        QTRY_VERIFY(linkTo(own->detail(), "SH-5521") >= 0);
        own->detail().goToLink(linkTo(own->detail(), "SH-5521"));
    }
    QTRY_COMPARE(f.workspace().shownPane(), QStringLiteral("shipments"));
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SH-5521"));
}

void TestPanes::anOrderIsOrderedAgainFromItsOwnWindow()
{
    Fixture f(*m_theme);
    f.enter();
    f.open(Order::type, "o500", true);
    RecordWindow *own = nullptr;
    for (QWidget *top : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<RecordWindow *>(top))
            own = window;
    }
    QVERIFY(own);
    QTRY_VERIFY(!own->detail().number().isEmpty());
    own->actions().find(QStringLiteral("buying.reorder"))->trigger();
    QTRY_COMPARE(f.workspace().shownPane(), QStringLiteral("carts"));
}

WINDOW_TEST(TestPanes)
#include "tst_panes.moc"
