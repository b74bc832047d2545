// The Account pane over a real cache and a real outbox: what it shows, to whom, and the people.
#include "accountdriver.h"
#include "limitfields.h"
#include "membersheet.h"
#include "passwordsheet.h"
#include "peoplesection.h"
#include "testentry.h"
#include "theme.h"

#include <QLineEdit>
#include <QTest>

using namespace Counterfoil;

class AccountPaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

    void eachBranchHasItsOwn()
    {
        Driven f;
        f.show();
        f.pane->setAccounts({"a2"});
        QTRY_COMPARE(f.pane->addresses().rows().size(), 1);
        QCOMPARE(f.words("ad9").name, QStringLiteral("Cardiff branch"));
        QTRY_VERIFY(says(*f.pane, QStringLiteral("Reverse charge")));
        QVERIFY(f.pane->contacts().rows().isEmpty());
        // Of several accounts none is shown by chance.
        f.cache.put({changeTo(accountNamed("b1", "Another company"))});
        f.pane->setAccounts({});
        QTRY_VERIFY(f.asks<QPushButton>(QStringLiteral("Choose an account")));
        QVERIFY(!f.pane->addresses().isVisible());
        QSignalSpy choice(f.pane, &AccountPane::accountChoiceWanted);
        f.click(QStringLiteral("Choose an account"));
        QCOMPARE(choice.size(), 1);
    }

    void theOnlyAccountIsShownWithoutAsking()
    {
        Driven f;
        f.show({});
        QCOMPARE(f.words("ad1").name, QStringLiteral("Dock 4"));
    }

    void aConflictIsLookedAt()
    {
        Driven f;
        const QString key
            = f.commands.submit(changeOfDock(dockAddress([](Address &a) { a.phone = "1234"; })));
        f.commands.conflict(key, dockAddress([](Address &a) { a.phone = "9999"; }));
        f.show();
        QCOMPARE(f.words("ad1").entryText, QStringLiteral("Compare and decide"));
        QVERIFY(!f.words("ad1").deeds.testFlag(RowDeed::EditRefused));
        QSignalSpy entry(f.pane, &AccountPane::entryWanted);
        f.click(QStringLiteral("Compare and decide"));
        QCOMPARE(entry.first().first().toString(), key);
    }

    void goesToARecordOfAnotherBranch()
    {
        Driven f;
        f.show();
        f.pane->showRecord({&Address::type, "ad9"});
        QTRY_COMPARE(f.words("ad9").name, QStringLiteral("Cardiff branch"));
        QTRY_VERIFY(f.pane->addresses().row(QStringLiteral("ad9"))->hasFocus());
    }

    // Somebody who may change nothing but themselves has nothing to change it by.
    void offersOnlyWhatTheRoleAllows_data()
    {
        QTest::addColumn<QString>("role");
        QTest::addColumn<bool>("may");
        for (const char *role : {"buyer", "csr", "admin"})
            QTest::newRow(role) << QString::fromLatin1(role) << true;
        for (const char *role : {"viewer", "finance", "approver", "somebody"})
            QTest::newRow(role) << QString::fromLatin1(role) << false;
    }

    void offersOnlyWhatTheRoleAllows()
    {
        QFETCH(QString, role);
        QFETCH(bool, may);
        Driven f(accountPerson(qPrintable(role)));
        f.show();
        QCOMPARE(f.asks<QPushButton>(QStringLiteral("Add an address")), may);
        QCOMPARE(f.asks<QPushButton>(QStringLiteral("Add a contact")), may);
        QCOMPARE(f.words("ad1").deeds.testFlag(RowDeed::Edit), may);
        QCOMPARE(f.words("ad4").deeds.testFlag(RowDeed::EditRefused), may);
        QCOMPARE(f.words("ct2").deeds.testFlag(RowDeed::Edit), may);
        QCOMPARE(f.actions->find(QStringLiteral("account.addAddress")) != nullptr, may);
        QCOMPARE(says(*f.pane, QStringLiteral("your role changes only your own profile")), !may);
        QVERIFY(!f.actions->find(QStringLiteral("account.invite")));
        QVERIFY(!f.pane->people());
        // One's own profile is everybody's own.
        QVERIFY(f.words("ct1").deeds.testFlag(RowDeed::Edit));
        f.actions->find(QStringLiteral("account.profile"))->trigger();
        QVERIFY(f.sheet());
        f.fill("mobile", QStringLiteral("+44 7700 900999"));
        f.save();
        QTRY_COMPARE(f.entries().size(), std::size_t(1));
        QCOMPARE(f.last().target, std::string("ct1"));
        QCOMPARE(f.last().account, std::string("a1"));
        QCOMPARE(f.last().record.as<Contact>()->mobile, std::string("+44 7700 900999"));
        QCOMPARE(f.last().record.as<Contact>()->role, std::string("Purchasing")); // kept
    }

    void keepsTheFocusWhileThingsChange()
    {
        Driven f;
        f.show();
        f.pane->addresses().focusRow(QStringLiteral("ad3"));
        f.cache.put({changeTo(addressOf("ad0", "a1", "Aaa first", "9 Other Road"))});
        QTRY_COMPARE(f.pane->addresses().rows().size(), 5);
        QVERIFY(f.pane->addresses().row(QStringLiteral("ad3"))->hasFocus());
        f.press(Qt::Key_Up);
        QCOMPARE(f.pane->addresses().current()->words().name, QStringLiteral("Aaa first"));
        f.press(Qt::Key_Down);
        QCOMPARE(f.pane->addresses().current()->words().name, QStringLiteral("Avonmouth depot"));
    }

    void findsAmongMany()
    {
        Driven f;
        std::vector<Change> many;
        for (int i = 0; i < 200; ++i) {
            const std::string number = std::to_string(1000 + i);
            many.push_back(changeTo(addressOf("x" + number, "a1", "Site " + number, number + " Long Road")));
        }
        f.cache.put(many);
        f.show();
        QTRY_COMPARE(f.pane->addresses().rows().size(), AccountSection::mostRows);
        QVERIFY(says(*f.pane, QStringLiteral("And 144 more")));
        auto *search = f.pane->addresses().findChild<QLineEdit *>();
        QVERIFY(search && search->isVisible());
        search->setFocus();
        f.type(QStringLiteral("long 1177"));
        QCOMPARE(f.pane->addresses().rows().size(), 1);
        f.press(Qt::Key_Down);
        QVERIFY(f.pane->addresses().rows().first()->hasFocus());
    }

    void changesThePassword()
    {
        Driven f;
        f.show();
        f.actions->find(QStringLiteral("account.password"))->trigger();
        auto *sheet = f.pane->findChild<PasswordSheet *>();
        QVERIFY(sheet);
        f.type(QStringLiteral("wrong"));
        f.press(Qt::Key_Tab);
        f.type(QStringLiteral("short"));
        f.press(Qt::Key_Return);
        QVERIFY(says(*f.pane, QStringLiteral("It needs 12 characters at least.")));
        f.press(Qt::Key_A, Qt::ControlModifier);
        f.type(QStringLiteral("long enough for it"));
        f.press(Qt::Key_Tab);
        f.type(QStringLiteral("long enough for me"));
        f.press(Qt::Key_Return);
        QVERIFY(says(*f.pane, QStringLiteral("This is not what stands above.")));
        f.press(Qt::Key_A, Qt::ControlModifier);
        f.type(QStringLiteral("long enough for it"));
        f.press(Qt::Key_Return);
        QTRY_VERIFY(says(*f.pane, QStringLiteral("The password is wrong. Type it again.")));
        f.press(Qt::Key_A, Qt::ControlModifier);
        f.type(QStringLiteral("s"));
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.toast(), QStringLiteral("Your password is changed"));
        QCOMPARE(f.people.password, QStringLiteral("long enough for it"));
    }

    void looksAfterPeople()
    {
        Person admin = accountPerson("admin");
        admin.user = QStringLiteral("harriet");
        admin.invitesPeople = true;
        Driven f(admin);
        f.show();
        AccountSection &people = f.pane->people()->section();
        QTRY_COMPARE(people.rows().size(), 3);
        QVERIFY(people.row(QStringLiteral("harriet"))->words().deeds == RowDeeds()); // not oneself
        QCOMPARE(people.row(QStringLiteral("ines"))->words().state.text, QStringLiteral("Invited"));
        f.actions->find(QStringLiteral("account.invite"))->trigger();
        f.type(QStringLiteral("Tom Okafor"));
        f.press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(says(*f.pane, QStringLiteral("This is needed."))); // and the first of them has the focus
        f.type(QStringLiteral("tom"));
        f.press(Qt::Key_Tab);
        f.press(Qt::Key_Down); // opens the roles
        f.press(Qt::Key_Down);
        f.press(Qt::Key_Return);
        auto *sheet = f.pane->findChild<MemberSheet *>();
        QVERIFY(sheet);
        sheet->findChild<FilterChip *>()->setChosen({QStringLiteral("a2")});
        f.press(Qt::Key_Return, Qt::ControlModifier);
        auto *password = sheet->findChild<QLineEdit *>(QStringLiteral("firstPassword"));
        QTRY_VERIFY(password->isVisible());
        QCOMPARE(password->text(), QStringLiteral("correct-horse-7"));
        QCOMPARE(f.people.members.last().role, QStringLiteral("approver"));
        QCOMPARE(f.people.members.last().accounts, QStringList(QStringLiteral("a2")));
        f.press(Qt::Key_Escape);
        QTRY_COMPARE(people.rows().size(), 4);
        QTRY_VERIFY(!f.pane->findChild<MemberSheet *>());

        Q_EMIT people.row(QStringLiteral("ines"))->wanted(RowDeed::Edit);
        sheet = f.pane->findChild<MemberSheet *>();
        QVERIFY(sheet);
        LimitFields &limits = sheet->limits();
        QCOMPARE(limits.rows(), 1);
        limits.amount(0).setValue(QStringLiteral("much"));
        f.press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!limits.amount(0).told().isEmpty());
        limits.amount(0).setValue(QStringLiteral("500"));
        limits.addRow();
        limits.amount(1).setValue(QStringLiteral("1500.50"));
        limits.account(1).setValue(limits.account(0).value());
        f.press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!limits.account(1).told().isEmpty()); // two for the same
        limits.account(1).setValue(QStringLiteral("a2"));
        f.press(Qt::Key_Return, Qt::ControlModifier);
        const QList<MemberLimit> wanted{{{}, Decimal::fromInteger(500)},
                                        {QStringLiteral("a2"), *Decimal::parse("1500.5")}};
        QTRY_COMPARE(f.people.members[1].limits, wanted);
        QTRY_COMPARE(people.row(QStringLiteral("ines"))->words().marks.size(), 1); // and it is listed
        QTRY_VERIFY(!f.pane->findChild<MemberSheet *>());

        Q_EMIT people.row(QStringLiteral("ines"))->wanted(RowDeed::Retire);
        QTRY_VERIFY(f.people.members[1].disabled);
        QTRY_COMPARE(people.row(QStringLiteral("ines"))->words().retireText,
                     QStringLiteral("Let them sign in again"));
    }

    void peopleNeedAConnection()
    {
        Person admin = accountPerson("admin");
        admin.invitesPeople = true;
        Driven f(admin);
        f.sync.setMode(SyncStatus::Mode::Offline, f.clock);
        f.show();
        QVERIFY(says(*f.pane, QStringLiteral("shown here once there is a connection")));
        QVERIFY(!f.asks<QPushButton>(QStringLiteral("Invite…")));
        f.people.refusing = Error{ErrorKind::ServerDown, QStringLiteral("The gateway is being mended.")};
        f.sync.setMode(SyncStatus::Mode::Live, f.clock);
        QTRY_VERIFY(says(*f.pane, QStringLiteral("The gateway is being mended.")));
        f.people.refusing.reset();
        f.click(QStringLiteral("Try again"));
        QTRY_COMPARE(f.pane->people()->section().rows().size(), 3);
    }

private:
    std::unique_ptr<Theme> m_theme;
};

WINDOW_TEST(AccountPaneTest)
#include "tst_accountpane.moc"
