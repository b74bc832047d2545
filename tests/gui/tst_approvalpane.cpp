#include "approval.h"
#include "approvaldetailpane.h"
#include "formfield.h"
#include "listpane.h"
#include "orderchangesheet.h"
#include "recordview.h"
#include "testentry.h"
#include "theme.h"
#include "windowfixture.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QScrollBar>
#include <QSettings>

using namespace Counterfoil;

namespace {

Approval waitingApproval()
{
    Approval approval;
    approval.key = approval.number = "AP-1";
    approval.account = "a1";
    approval.name = "Spring";
    approval.requestedBy = "buyer";
    approval.requester = "Harriet Lane";
    approval.requestedAt = Instant{1'795'000'000'000};
    approval.status = "waiting";
    approval.waitsFor = "Ann Approver";
    approval.currency = "GBP";
    approval.total = Amount{820'000};
    approval.limit = Amount{150'000};
    approval.lines = {{1, "UF-0231", "Ultra Forge drill press", "each", Decimal::fromInteger(6),
                       Decimal::fromInteger(1'366), Instant{1'795'000'000'000}}};
    approval.lineCount = 1;
    approval.steps = {{approval.requestedAt, "buyer", "Harriet Lane", "asked", {}}};
    return approval;
}

Person approver()
{
    Person person = buyer();
    person.user = QStringLiteral("ann");
    person.displayName = QStringLiteral("Ann Approver");
    person.role = QStringLiteral("approver");
    return person;
}

} // namespace

// The pane of orders above somebody's limit, and changing an order that was placed.
class TestApprovalPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void isDecidedOnWithOneKey();
    void aRefusalSaysWhy();
    void whoAskedTakesItBack();
    void whatCameBackSaysWhatChanged();
    void isNothingToWhoOnlyLooks();
    void whatIsNotStoredIsNotQueued();
    void whoAskedIsToldTheEnd();
    void theListFitsItsWidth();
    void aPlacedOrderIsChanged();
    void aChangeThatIsNotStoredIsNotQueued();

private:
    // The pane, with the approval shown.
    static ApprovalDetailPane *enter(Fixture &f, const Person &person, const Approval &approval)
    {
        f.cache.put({changeTo(approval)});
        f.enter(person);
        f.workspace().goTo(QStringLiteral("approvals"));
        auto *pane = qobject_cast<ApprovalDetailPane *>(&f.detail());
        return pane && QTest::qWaitFor([pane] { return pane->number() == QStringLiteral("AP-1"); }) ? pane
                                                                                                    : nullptr;
    }
    static Command only(const Fixture &f)
    {
        const auto &entries = *f.commands.entries();
        return entries.size() == 1 ? entries.front().command : Command();
    }

    std::unique_ptr<Theme> m_theme;
};

// ROL-07
void TestApprovalPane::isDecidedOnWithOneKey()
{
    Fixture f(*m_theme);
    ApprovalDetailPane *pane = enter(f, approver(), waitingApproval());
    QVERIFY(pane && pane->mayDecide() && !pane->mayTakeBack());
    const QAbstractItemModelTester tester(&f.workspace().currentPage()->list().model());
    f.workspace().currentPage()->list().focusList();
    f.press(Qt::Key_A);
    f.press(Qt::Key_A); // before the first is stored
    QCOMPARE(f.commands.entries()->size(), std::size_t{1});
    QTRY_COMPARE(f.toast(), QStringLiteral("Queued: approving AP-1"));
    const Command command = only(f);
    QCOMPARE(command.verb, std::string("approve"));
    QCOMPARE(command.target, std::string("AP-1"));
    QCOMPARE(command.account, std::string("a1"));
    // Once is enough, however often the key is pressed.
    QVERIFY(!pane->mayDecide());
    f.press(Qt::Key_A);
    QCOMPARE(f.commands.entries()->size(), std::size_t{1});
    // What the gateway has against it is said, and it can be tried again.
    f.commands.send(QString::fromStdString(command.key));
    f.commands.reject(QString::fromStdString(command.key), "not-to-approve", "Your own limit is not above.");
    QTRY_VERIFY(pane->mayDecide());
}

void TestApprovalPane::aRefusalSaysWhy()
{
    Fixture f(*m_theme);
    ApprovalDetailPane *pane = enter(f, approver(), waitingApproval());
    QVERIFY(pane);
    f.press(Qt::Key_R);
    QVERIFY(f.commands.entries()->empty());
    QVERIFY(pane->comment().isAncestorOf(QApplication::focusWidget()));
    f.type(QStringLiteral("A: not this year"));
    QCOMPARE(pane->comment().value(), QStringLiteral("A: not this year")); // and nothing was approved
    pane->refuse();
    QTRY_COMPARE(f.commands.entries()->size(), std::size_t{1});
    QCOMPARE(only(f).verb, std::string("refuse"));
    QCOMPARE(only(f).record.as<Approval>()->comment, std::string("A: not this year"));
}

// ROL-12
void TestApprovalPane::whoAskedTakesItBack()
{
    Fixture f(*m_theme);
    Person admin = buyer();
    admin.role = QStringLiteral("admin"); // who may approve, but not this
    ApprovalDetailPane *pane = enter(f, admin, waitingApproval());
    QVERIFY(pane && !pane->mayDecide() && pane->mayTakeBack());
    pane->approve();
    QVERIFY(f.commands.entries()->empty());
    pane->takeBack();
    QTRY_COMPARE(f.commands.entries()->size(), std::size_t{1});
    QCOMPARE(only(f).verb, std::string("retire"));
}

// ROL-09
void TestApprovalPane::whatCameBackSaysWhatChanged()
{
    Fixture f(*m_theme);
    Approval approval = waitingApproval();
    approval.status = "returned";
    approval.open = false;
    approval.differences
        = {{1, "UF-0231", "price", "1366", "1400", "Line 1: the price was 1366 and is now 1400."}};
    ApprovalDetailPane *pane = enter(f, approver(), approval);
    QVERIFY(pane && !pane->mayDecide());
    const auto labels = pane->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->isVisible() && label->text().contains(QStringLiteral("is now 1400"));
    }));
}

void TestApprovalPane::isNothingToWhoOnlyLooks()
{
    Fixture f(*m_theme);
    f.cache.put({changeTo(waitingApproval())});
    f.show(viewer());
    QVERIFY(!f.workspace().panes().contains(QStringLiteral("approvals")));
}

void TestApprovalPane::whatIsNotStoredIsNotQueued()
{
    Fixture f(*m_theme);
    ApprovalDetailPane *pane = enter(f, approver(), waitingApproval());
    QVERIFY(pane);
    f.commands.refusing = Error{ErrorKind::StorageFull, QStringLiteral("The disk is full.")};
    const QSignalSpy told(pane, &ApprovalDetailPane::told);
    pane->comment().setValue(QStringLiteral("Not this year"));
    pane->refuse();
    QVERIFY(told.isEmpty() && !pane->mayDecide());
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told[0][0].toString(), QStringLiteral("The disk is full."));
    QVERIFY(pane->mayDecide());
    QCOMPARE(pane->comment().value(), QStringLiteral("Not this year")); // to be tried again
    f.commands.refusing.reset();
    pane->refuse();
    QTRY_COMPARE(told.size(), 2);
    QCOMPARE(told[1][0].toString(), QStringLiteral("Queued: refusing AP-1"));
    QVERIFY(pane->comment().value().isEmpty());
}

// ROL-10
void TestApprovalPane::whoAskedIsToldTheEnd()
{
    Fixture f(*m_theme);
    QVERIFY(enter(f, buyer(), waitingApproval()));
    Approval refused = waitingApproval();
    refused.open = false;
    refused.status = "refused";
    refused.comment = "Not this year";
    refused.steps.push_back({refused.requestedAt, "ann", "Ann Approver", "refused", refused.comment});
    f.cache.put({changeTo(refused)});
    QTRY_COMPARE(f.toast(), QStringLiteral("Ann Approver refused “Spring”: Not this year"));
    // What ended while nobody was there is told at the next start, and what ended before that is not.
    Approval second = waitingApproval();
    second.key = second.number = "AP-2";
    second.name = "Autumn";
    f.cache.put({changeTo(second)});
    const QSettings kept(f.dir.path() + QStringLiteral("/window.ini"), QSettings::IniFormat);
    QTRY_COMPARE(kept.value(QStringLiteral("approvals/waiting")).toStringList(),
                 QStringList(QStringLiteral("AP-2")));
    f.window->showSignIn();
    second.open = false;
    second.status = "approved";
    second.steps.push_back({second.requestedAt, "ann", "Ann Approver", "approved", {}});
    f.cache.put({changeTo(second)});
    f.enter();
    QTRY_COMPARE(f.toast(), QStringLiteral("Ann Approver approved “Autumn”: it is ordered."));
}

// However narrow it is, no column lies beyond its edge.
void TestApprovalPane::theListFitsItsWidth()
{
    Fixture f(*m_theme);
    QVERIFY(enter(f, approver(), waitingApproval()));
    ListPane &list = f.workspace().currentPage()->list();
    for (const int width : {1'600, 1'280, 1'024}) {
        f.window->resize(width, 800);
        QTRY_COMPARE(list.view().horizontalScrollBar()->maximum(), 0);
        QVERIFY(!list.view().isColumnHidden(list.model().columnOf(QStringLiteral("status"))));
    }
}

// ORD-08
void TestApprovalPane::aPlacedOrderIsChanged()
{
    Fixture f(*m_theme);
    Order order = richOrder();
    order.open = true;
    QVERIFY(!OrderChangeSheet::obstacle(order).isEmpty());
    order.lines[0].cancellable = order.lines[0].ordered;
    QVERIFY(OrderChangeSheet::obstacle(order).isEmpty());
    f.cache.put({changeTo(order)});
    f.enter();
    QTRY_VERIFY([&] {
        f.action("buying.change")->trigger();
        return f.window->findChild<OrderChangeSheet *>() != nullptr;
    }());
    auto *sheet = f.window->findChild<OrderChangeSheet *>();
    QVERIFY(!sheet->quantity(1).isEnabled());
    sheet->quantity(0).setValue(QStringLiteral("4")); // of 3
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(!sheet->quantity(0).told().isEmpty());
    sheet->quantity(0).setValue(QStringLiteral("1"));
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), std::size_t{1});
    const Command command = only(f);
    QCOMPARE(command.verb, std::string("save"));
    const Order &base = *command.base.as<Order>();
    const Order &wanted = *command.record.as<Order>();
    QCOMPARE(base.wishes.size(), std::size_t{1});
    QCOMPARE(base.wishes[0].quantity, Decimal::fromInteger(3));
    QCOMPARE(wanted.wishes[0].quantity, Decimal::fromInteger(1));
    QCOMPARE(wanted.wishes[0].lineNumber, std::int64_t{1});
}

void TestApprovalPane::aChangeThatIsNotStoredIsNotQueued()
{
    Fixture f(*m_theme);
    Order order = richOrder();
    order.open = true;
    order.lines[0].cancellable = order.lines[0].ordered;
    f.cache.put({changeTo(order)});
    f.enter();
    f.commands.refusing = Error{ErrorKind::StorageFull, QStringLiteral("The disk is full.")};
    QTRY_VERIFY([&] {
        f.action("buying.change")->trigger();
        return f.window->findChild<OrderChangeSheet *>() != nullptr;
    }());
    auto *sheet = f.window->findChild<OrderChangeSheet *>();
    sheet->cancelAll();
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.toast(), QStringLiteral("The disk is full."));
    QVERIFY(f.commands.entries()->empty());
}

WINDOW_TEST(TestApprovalPane)
#include "tst_approvalpane.moc"
