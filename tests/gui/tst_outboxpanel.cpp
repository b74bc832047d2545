#include "account.h"
#include "address.h"
#include "banner.h"
#include "conflictview.h"
#include "freshnesspanel.h"
#include "outboxcorner.h"
#include "outboxmodel.h"
#include "outboxpanel.h"
#include "pill.h"
#include "popover.h"
#include "rightsnotice.h"
#include "testentry.h"
#include "theme.h"
#include "toast.h"
#include "windowfixture.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QStringListModel>

using namespace Counterfoil;

namespace {

Command newDock()
{
    Command command = changeOfDock(dockAddress([](Address &address) { address.name = "Shed 2"; }));
    command.target.clear();
    command.base = {};
    command.baseVersion = 0;
    return command;
}

Command newPhone(const char *phone)
{
    return changeOfDock(dockAddress([phone](Address &address) { address.phone = phone; }));
}

AnyRecord theirDock()
{
    return dockAddress([](Address &address) { address.phone = "0117 496 0155"; });
}

// The window with an outbox that the test fills.
struct OutboxScene : Fixture
{
    explicit OutboxScene(Theme &look)
        : Fixture(look)
    {
        Account account;
        account.key = account.account = "a1";
        account.name = "Harbour Supply";
        Account branch = account;
        branch.key = branch.account = "a2";
        branch.name = "Harbour Supply Leeds";
        cache.put({changeTo(account), changeTo(branch)});
        enter();
        new QAbstractItemModelTester(&model(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     window.get());
    }

    OutboxModel &model() { return window->findChild<OutboxCorner *>()->model(); }
    OutboxPanel &panel() { return *window->findChild<OutboxPanel *>(); }
    QListView &list() { return *panel().findChild<QListView *>(); }
    Pill &pill() { return *window->findChild<Pill *>(QStringLiteral("outboxPill")); }
    QString cell(int row, int role) { return model().index(row).data(role).toString(); }
    QString current(int role) { return list().currentIndex().data(role).toString(); }
    QStringList buttons()
    {
        QStringList shown;
        for (const QPushButton *button : panel().findChildren<QPushButton *>()) {
            if (button->isVisible())
                shown.append(button->text());
        }
        return shown;
    }
    void click(const char *text)
    {
        for (QPushButton *button : panel().findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == QString::fromUtf8(text))
                return button->click();
        }
        QFAIL(text);
    }
    void showPanel() { press(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier); }
};

} // namespace

class TestOutboxPanel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void saysNothingWhileNothingWaits();
    void countsWhatWaits();
    void listsEveryEntry();
    void cancelsByKey();
    void decidesByKey();
    void offersWhatIsPossible();
    void sendsAgain();
    void takesAHeldOneOutOfItsChain();
    void retries();
    void keepsItsPlaceWhileThingsChange();
    void tellsWhatCannotBeStored();
    void holdsManyEntries();
    void saysWhatWasLostAndGained();
    void remembersEachAccountOnce();
    void meansAllAccountsWhenTheChosenOneIsLost();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestOutboxPanel::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_theme = std::make_unique<Theme>(*qApp);
}

void TestOutboxPanel::saysNothingWhileNothingWaits()
{
    OutboxScene s(*m_theme);
    QVERIFY(!s.pill().isVisible());
    s.showPanel(); // asked for, it says so
    QVERIFY(s.panel().isVisible());
    QVERIFY(s.pill().isVisible());
    QCOMPARE(s.pill().text(), QStringLiteral("Nothing waits"));
    QVERIFY(s.buttons().isEmpty());
    s.press(Qt::Key_Escape);
    QVERIFY(!s.panel().isVisible());
    QVERIFY(!s.pill().isVisible());
}

void TestOutboxPanel::countsWhatWaits()
{
    OutboxScene s(*m_theme);
    s.commands.submit(newDock());
    const QString change = s.commands.submit(newPhone("0117 496 0199"));
    QTRY_COMPARE(s.pill().text(), QStringLiteral("2 waiting"));
    QVERIFY(s.pill().isVisible());
    QCOMPARE(s.pill().tone(), Tone::Neutral);
    const auto *freshness = s.window->findChild<FreshnessPanel *>();
    const auto said = [freshness] {
        QStringList texts;
        for (const QLabel *label : freshness->findChildren<QLabel *>())
            texts.append(label->isHidden() ? QString() : label->text());
        return texts.join(QLatin1Char('\n'));
    };
    QVERIFY(said().contains(QStringLiteral("2 changes wait")));
    s.commands.conflict(change, theirDock());
    QTRY_COMPARE(s.pill().tone(), Tone::Warn);
    QVERIFY(s.pill().text().startsWith(QStringLiteral("1 need")));
    QVERIFY(said().contains(QStringLiteral("decision")));
}

void TestOutboxPanel::listsEveryEntry()
{
    OutboxScene s(*m_theme);
    s.commands.submit(newDock());
    const QString sent = s.commands.submit(newPhone("0117 496 0199"));
    s.commands.send(sent);
    s.commands.tell({sent.toStdString(), CommandOutcome::State::Received});
    QTRY_COMPARE(s.model().rowCount(), 2);
    QTRY_COMPARE(s.cell(0, OutboxRole::State), QStringLiteral("Waiting here"));
    QCOMPARE(s.cell(0, Qt::DisplayRole), QStringLiteral("Add the address Shed 2, Bristol"));
    QTRY_COMPARE(s.cell(0, OutboxRole::ForWhom), QStringLiteral("Harbour Supply"));
    QVERIFY(!s.cell(0, OutboxRole::When).isEmpty());
    QVERIFY(!s.cell(0, OutboxRole::Explanation).isEmpty());
    QVERIFY(s.cell(0, Qt::AccessibleTextRole).contains(QStringLiteral("Shed 2")));
    QVERIFY(s.cell(0, Qt::AccessibleTextRole).contains(QStringLiteral("Waiting here")));
    QCOMPARE(s.cell(1, Qt::DisplayRole), QStringLiteral("Change the address Dock 4, Bristol"));
    QCOMPARE(s.cell(1, OutboxRole::Changes), QStringLiteral("Phone"));
    QCOMPARE(s.cell(1, OutboxRole::State), QStringLiteral("At the gateway"));
    CommandOutcome done{sent.toStdString(), CommandOutcome::State::Applied};
    done.target = "ad1";
    done.effectSeq = 99;
    s.commands.tell(done);
    QTRY_COMPARE(s.cell(1, OutboxRole::State), QStringLiteral("Done"));
    QCOMPARE(s.model().counts().waiting, 1);
}

void TestOutboxPanel::cancelsByKey()
{
    OutboxScene s(*m_theme);
    const QString first = s.commands.submit(newDock());
    const QString second = s.commands.submit(newPhone("0117 496 0199"));
    QTRY_COMPARE(s.model().rowCount(), 2);
    s.showPanel();
    QVERIFY(s.list().hasFocus());
    s.press(Qt::Key_Down);
    QCOMPARE(s.panel().currentKey(), second);
    s.press(Qt::Key_Delete);
    QCOMPARE(s.commands.find(second)->state, OutboxEntry::State::Cancelled);
    QTRY_COMPARE(s.model().rowCount(), 1);
    QCOMPARE(s.panel().currentKey(), first);
    s.press(Qt::Key_Delete);
    QTRY_COMPARE(s.model().rowCount(), 0);
    QTRY_COMPARE(s.pill().text(), QStringLiteral("Nothing waits"));
    s.press(Qt::Key_Escape);
    QTRY_VERIFY(!s.pill().isVisible());
}

void TestOutboxPanel::decidesByKey()
{
    OutboxScene s(*m_theme);
    s.commands.submit(newDock());
    const QString change = s.commands.submit(newPhone("0117 496 0199"));
    s.commands.conflict(change, theirDock());
    QTRY_COMPARE(s.model().counts().needing, 1);
    s.showPanel();
    QCOMPARE(s.panel().currentKey(), change); // what needs the person comes first
    s.press(Qt::Key_Return);
    auto *view = s.window->findChild<ConflictView *>();
    QVERIFY(view);
    QVERIFY(view->isVisible());
    QVERIFY(!s.panel().isVisible());
    s.press(Qt::Key_1);
    s.press(Qt::Key_Return);
    QTRY_COMPARE(s.model().counts().needing, 0);
    QTRY_COMPARE(s.model().counts().waiting, 2);
    QVERIFY(!s.window->findChild<ConflictView *>() || !s.window->findChild<ConflictView *>()->isVisible());
}

void TestOutboxPanel::offersWhatIsPossible()
{
    OutboxScene s(*m_theme);
    const QString key = s.commands.submit(newPhone("0117 496 0199"));
    s.showPanel();
    QTRY_COMPARE(s.buttons(), QStringList({QStringLiteral("Edit…"), QStringLiteral("Cancel it")}));
    s.commands.send(key); // it may have arrived, so nothing can be taken back
    QTRY_VERIFY(s.buttons().isEmpty());
    s.commands.fail(key, {ErrorKind::Timeout, QStringLiteral("No answer. It is tried again by itself.")});
    QTRY_COMPARE(s.buttons(), QStringList({QStringLiteral("Retry now")}));
    QCOMPARE(s.current(OutboxRole::Explanation), QStringLiteral("No answer. It is tried again by itself."));
    s.commands.reject(key, "phone-invalid", "The phone number is not one");
    QTRY_COMPARE(
        s.buttons(),
        QStringList({QStringLiteral("Send again"), QStringLiteral("Edit…"), QStringLiteral("Dismiss")}));
    QVERIFY(s.current(OutboxRole::Explanation).contains(QStringLiteral("The phone number is not one.")));
    s.press(Qt::Key_Delete);
    QVERIFY(s.commands.find(key)->dismissed);
    QTRY_COMPARE(s.model().rowCount(), 0);
}

void TestOutboxPanel::sendsAgain()
{
    OutboxScene s(*m_theme);
    const QString key = s.commands.submit(newPhone("0117 496 0199"));
    s.commands.reject(key, std::string(RejectionCode::erpFault), "");
    QTRY_COMPARE(s.model().counts().needing, 1);
    s.showPanel();
    s.click("Send again");
    QTRY_COMPARE(s.commands.entries()->size(), std::size_t{2});
    const OutboxEntry &again = s.commands.entries()->back();
    QCOMPARE(s.commands.find(key)->replacedBy, again.command.key);
    QVERIFY(again.command.key != key.toStdString()); // another command, never the same twice
    QCOMPARE(again.command.record.as<Address>()->phone, std::string("0117 496 0199"));
    QTRY_COMPARE(s.model().rowCount(), 1);
}

void TestOutboxPanel::takesAHeldOneOutOfItsChain()
{
    OutboxScene s(*m_theme);
    const QString first = s.commands.submit(newPhone("0117 496 0199"));
    Command later = newPhone("0117 496 0200");
    later.after = first.toStdString();
    const QString second = s.commands.submit(later);
    s.commands.reject(first, "phone-invalid", "No such number.");
    QTRY_COMPARE(s.model().counts().needing, 2);
    s.showPanel();
    s.panel().choose(second);
    QTRY_COMPARE(s.current(OutboxRole::State), QStringLiteral("Held"));
    QVERIFY(s.current(OutboxRole::Explanation).contains(QStringLiteral("Change the address Dock 4")));
    QCOMPARE(s.buttons(), QStringList({QStringLiteral("Edit…"), QStringLiteral("Dismiss")}));
    s.commands.dismiss(first);
    QTRY_COMPARE(
        s.buttons(),
        QStringList({QStringLiteral("Send again"), QStringLiteral("Edit…"), QStringLiteral("Dismiss")}));
    s.click("Send again");
    QTRY_COMPARE(s.model().counts().waiting, 1);
    QVERIFY(s.commands.entries()->back().command.after.empty());
}

void TestOutboxPanel::retries()
{
    OutboxScene s(*m_theme);
    const QString key = s.commands.submit(newDock());
    s.commands.send(key);
    s.commands.fail(key, {ErrorKind::Offline, QStringLiteral("No connection.")});
    QTRY_COMPARE(s.model().rowCount(), 1);
    s.showPanel();
    QTRY_VERIFY(s.buttons().contains(QStringLiteral("Retry now")));
    s.press(Qt::Key_Return); // the likeliest
    QCOMPARE(s.commands.retried, QStringList(key));
}

void TestOutboxPanel::keepsItsPlaceWhileThingsChange()
{
    OutboxScene s(*m_theme);
    QStringList entries;
    for (int i = 0; i < 5; ++i)
        entries.append(s.commands.submit(newDock()));
    QTRY_COMPARE(s.model().rowCount(), 5);
    s.showPanel();
    s.panel().choose(entries[3]);
    s.commands.cancel(entries[0]);
    s.commands.reject(entries[4], "x", "No.");
    s.commands.submit(newDock());
    QTRY_COMPARE(s.model().counts().needing, 1);
    QTRY_COMPARE(s.model().rowCount(), 5);
    QCOMPARE(s.panel().currentKey(), entries[3]);
    QVERIFY(s.list().hasFocus());
}

void TestOutboxPanel::tellsWhatCannotBeStored()
{
    OutboxScene s(*m_theme);
    const QString key = s.commands.submit(newDock());
    s.commands.reject(key, "x", "No.");
    QTRY_COMPARE(s.model().counts().needing, 1);
    s.showPanel();
    s.commands.refusing = Error{ErrorKind::StorageFull, QStringLiteral("The disk is full. Free some space.")};
    s.click("Send again");
    auto *toast = s.workspace().findChild<Toast *>();
    QTRY_COMPARE(toast->text(), QStringLiteral("The disk is full. Free some space."));
    Q_EMIT s.commands.failed({ErrorKind::StorageCorrupt, QStringLiteral("The outbox was damaged.")});
    QCOMPARE(toast->text(), QStringLiteral("The outbox was damaged."));
}

void TestOutboxPanel::holdsManyEntries()
{
    OutboxScene s(*m_theme);
    for (int i = 0; i < 80; ++i)
        s.commands.submit(newDock());
    QTRY_COMPARE(s.model().rowCount(), 80);
    s.showPanel();
    QVERIFY(s.window->rect().contains(QRect(s.panel().mapTo(s.window.get(), QPoint()), s.panel().size())));
    s.press(Qt::Key_End);
    QCOMPARE(s.list().currentIndex().row(), 79);
    QCOMPARE(s.buttons().size(), 2);
}

// Thousands of accounts that come one by one: each is looked at when it comes, and then no more.
void TestOutboxPanel::remembersEachAccountOnce()
{
    class Accounts final : public QStringListModel
    {
    public:
        QVariant data(const QModelIndex &index, int role) const override
        {
            ++asked;
            return QStringListModel::data(index, role);
        }
        mutable int asked = 0;
    };
    constexpr int many = 500;
    Accounts accounts;
    const SystemClock clock;
    const FileCommandPort commands(clock);
    const RightsNotice notice(accounts, commands, nullptr);
    for (int row = 0; row < many; ++row)
        accounts.insertRow(row);
    QVERIFY2(accounts.asked <= 2 * many, qPrintable(QString::number(accounts.asked)));
}

void TestOutboxPanel::saysWhatWasLostAndGained()
{
    OutboxScene s(*m_theme);
    auto *notice = s.window->findChild<RightsNotice *>();
    const auto *banner = notice->findChild<Banner *>();
    QVERIFY(!notice->isVisible());
    QVERIFY(!s.action("notice.dismiss")->isEnabled());
    Command elsewhere = newDock();
    elsewhere.account = "a2";
    s.commands.submit(elsewhere);
    QTRY_COMPARE(s.model().rowCount(), 1);
    // As the engine does it: what is lost is gone before it says so.
    s.commands.withdraw("a2");
    s.cache.remove(Account::type, "a2");
    ScopeChange lost;
    lost.lost = {QStringLiteral("a2")};
    Q_EMIT s.sync.scopeChanged(lost);
    QVERIFY(notice->isVisible());
    QVERIFY2(banner->text().contains(QStringLiteral("Harbour Supply Leeds")), qPrintable(banner->text()));
    QVERIFY(banner->text().contains(QStringLiteral("removed from this computer")));
    QVERIFY(banner->text().contains(QStringLiteral("Add or change an address")));
    QTRY_COMPARE(s.cell(0, OutboxRole::State), QStringLiteral("Withdrawn"));
    s.action("notice.dismiss")->trigger();
    QVERIFY(!notice->isVisible());
    ScopeChange gained;
    gained.gained = {QStringLiteral("a3")};
    Q_EMIT s.sync.scopeChanged(gained);
    QVERIFY(banner->text().contains(QStringLiteral("accounts"))); // not known by name yet
    Account account;
    account.key = account.account = "a3";
    account.name = "Bristol Docks";
    s.cache.put({changeTo(account)});
    QTRY_VERIFY(banner->text().contains(QStringLiteral("Bristol Docks")));
    QVERIFY(!banner->text().contains(QStringLiteral("Leeds")));
    ScopeChange ended;
    ended.ended = true;
    Q_EMIT s.sync.scopeChanged(ended);
    QVERIFY(banner->text().contains(QStringLiteral("has ended")));
}

void TestOutboxPanel::meansAllAccountsWhenTheChosenOneIsLost()
{
    OutboxScene s(*m_theme);
    s.workspace().openRecord({&Account::type, "a2"}, false);
    QTRY_COMPARE(s.orders().model().rowCount(), 0);
    s.cache.remove(Account::type, "a2");
    QTRY_COMPARE(s.orders().model().rowCount(), 81);
}

WINDOW_TEST(TestOutboxPanel)
#include "tst_outboxpanel.moc"
