#include "accountpane.h"
#include "address.h"
#include "ageingbar.h"
#include "banner.h"
#include "outboxcorner.h"
#include "outboxmodel.h"
#include "outboxpanel.h"
#include "palettemodel.h"
#include "passwordsheet.h"
#include "rail.h"
#include "rightsnotice.h"
#include "testentry.h"
#include "theme.h"
#include "windowfixture.h"

using namespace Counterfoil;

// How the parts of the window lead to one another, and what another right makes of it.
class TestWorkspace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void hasThePanesInTheRailsOrder();
    void leadsToAddresses();
    void editsAnEntryInTheAccount();
    void listsWhatIsAsOldAsThePartChosen();
    void saysWhyNothingCanBeFound();
    void becomesAnotherWithAnotherRight();
    void asksForAPasswordOfOnesOwn();
    void countsWork();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestWorkspace::hasThePanesInTheRailsOrder()
{
    Fixture f(*m_theme);
    f.enter();
    f.press(Qt::Key_T, Qt::AltModifier);
    QCOMPARE(f.workspace().shownPane(), QStringLiteral("carts"));
    f.press(Qt::Key_A, Qt::AltModifier);
    QVERIFY(f.workspace().findChild<AccountPane *>()->isVisible());
    f.show(viewer());
    // Without invoices, payments and carts the account is the eighth.
    QCOMPARE(f.workspace().panes().indexOf(QStringLiteral("account")), 7);
    QCOMPARE(f.workspace().shownPane(), QStringLiteral("account")); // as it was left
}

void TestWorkspace::leadsToAddresses()
{
    Fixture f(*m_theme);
    f.cache.put({changeTo(*dockAddress().as<Address>())});
    f.enter();
    f.open(Address::type, "ad1");
    QCOMPARE(f.workspace().shownPane(), QStringLiteral("account"));
}

void TestWorkspace::editsAnEntryInTheAccount()
{
    Fixture f(*m_theme);
    f.cache.put({changeTo(*dockAddress().as<Address>())});
    f.enter();
    const QString key = f.commands.submit(
        changeOfDock(dockAddress([](Address &address) { address.phone = "0117 496 0199"; })));
    auto *corner = f.workspace().findChild<OutboxCorner *>();
    QTRY_COMPARE(corner->model().rowCount(), 1);
    corner->toggle();
    auto *panel = f.window->findChild<OutboxPanel *>();
    QTRY_COMPARE(panel->currentKey(), key);
    f.press(Qt::Key_F2);
    QVERIFY(!panel->isVisible());
    QCOMPARE(f.workspace().shownPane(), QStringLiteral("account"));
}

void TestWorkspace::listsWhatIsAsOldAsThePartChosen()
{
    Fixture f(*m_theme);
    f.enter();
    f.workspace().goTo(QStringLiteral("home"));
    auto *bar = f.workspace().findChild<AgeingBar *>();
    QVERIFY(bar);
    Q_EMIT bar->chosen(Ageing::To30, QStringLiteral("GBP"));
    QCOMPARE(f.workspace().shownPane(), QStringLiteral("invoices"));
    const auto &list = f.workspace().currentPage()->list();
    QTRY_COMPARE(list.model().rowCount(), 1);
    Q_EMIT bar->chosen(Ageing::Beyond, QStringLiteral("GBP"));
    QTRY_COMPARE(list.model().rowCount(), 0);
}

void TestWorkspace::saysWhyNothingCanBeFound()
{
    Fixture f(*m_theme);
    f.enter();
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(f.cache.path() + QLatin1String(suffix));
    ChangeNotice replaced;
    replaced.everything = true;
    f.cache.readers().noteChange(replaced);
    f.press(Qt::Key_K, Qt::ControlModifier);
    f.type(QStringLiteral("SO-10033"));
    auto *palette = f.workspace().findChild<PaletteModel *>();
    QTRY_VERIFY(palette->isAnswered() && palette->rowCount() == 1);
    QVERIFY(palette->index(0).data().toString().size() > 20);
    QVERIFY(f.jump()->isListOpen());
    f.press(Qt::Key_Return); // leads nowhere
    QVERIFY(f.jump()->isListOpen());
    f.press(Qt::Key_Escape);
}

void TestWorkspace::becomesAnotherWithAnotherRight()
{
    Fixture f(*m_theme);
    Account branch;
    branch.key = branch.account = "a2";
    branch.name = "Harbour Supply Leeds";
    f.cache.put({changeTo(branch)});
    f.enter();
    const QPointer<Workspace> before = &f.workspace();
    QTRY_VERIFY(before->rightsNotice().told().names.contains(QStringLiteral("a2")));
    f.cache.remove(Account::type, "a2");
    ScopeChange change;
    change.lost = {QStringLiteral("a2")};
    change.withheldDiffers = true;
    Q_EMIT f.sync.scopeChanged(change);
    Q_EMIT f.signIn.signedIn(buyer()); // the same again: nothing happens
    QCoreApplication::processEvents();
    QVERIFY(before);
    Person person = buyer();
    person.seesInvoices = false;
    Q_EMIT f.signIn.signedIn(person);
    QTRY_VERIFY(!before);
    QVERIFY(!f.workspace().panes().contains(QStringLiteral("invoices")));
    QCOMPARE(f.workspace().shownPane(), QStringLiteral("orders"));
    // What was said is not lost with the window's content.
    const auto *banner = f.workspace().rightsNotice().findChild<Banner *>();
    QVERIFY(banner->isVisible());
    QVERIFY(banner->text().contains(QStringLiteral("Harbour Supply Leeds")));
}

void TestWorkspace::asksForAPasswordOfOnesOwn()
{
    Fixture f(*m_theme);
    Person invited = buyer();
    invited.mustChangePassword = true;
    f.enter(invited);
    auto *sheet = f.workspace().findChild<PasswordSheet *>();
    QVERIFY(sheet);
    QVERIFY(sheet->isVisible());
    Q_EMIT f.signIn.signedIn(buyer());
    QTRY_VERIFY(!f.workspace().findChild<PasswordSheet *>());
}

void TestWorkspace::countsWork()
{
    Fixture f(*m_theme);
    f.enter();
    const auto meaning = [&f](const char *pane) {
        for (const RailItem *item : f.workspace().findChildren<RailItem *>()) {
            if (item->text() == QLatin1String(pane))
                return item->accessibleDescription();
        }
        return QString();
    };
    QTRY_VERIFY(meaning("Invoices").startsWith(QStringLiteral("1 invoice")));
    QVERIFY(meaning("Shipments").startsWith(QStringLiteral("1 shipment")));
    Invoice paid;
    paid.key = "i1";
    paid.account = "a1";
    paid.number = "INV-88213";
    Change change = changeTo(paid);
    change.version = 2;
    f.cache.put({change});
    QTRY_VERIFY(!meaning("Invoices").startsWith(QStringLiteral("1 invoice")));
}

WINDOW_TEST(TestWorkspace)
#include "tst_workspace.moc"
