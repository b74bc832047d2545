// The Account pane over a real cache and a real outbox.

#include "accountsample.h"
#include "actions.h"
#include "editsheet.h"
#include "formfield.h"
#include "membersheet.h"
#include "passwordsheet.h"
#include "peoplesection.h"
#include "recordform.h"
#include "textlink.h"
#include "theme.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;

namespace {

class Driven : public AccountFixture
{
public:
    using AccountFixture::AccountFixture;

    void show(const std::vector<std::string> &accounts = {"a1"})
    {
        open(accounts);
        said = std::make_unique<QSignalSpy>(pane, &AccountPane::told);
        actions = std::make_unique<Actions>(*pane);
        pane->addActions(*actions);
        QVERIFY(QTest::qWaitForWindowActive(pane));
        QTRY_VERIFY(!pane->addresses().rows().isEmpty());
    }

    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget(), key, with);
    }
    void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    // Goes there as somebody with a keyboard does, and puts the text in place of what is there.
    void fill(const char *field, const QString &text)
    {
        QWidget *editor = form().field(field)->editor();
        for (int i = 0; i < 40 && QApplication::focusWidget() != editor; ++i)
            press(Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), editor);
        press(Qt::Key_A, Qt::ControlModifier);
        text.isEmpty() ? press(Qt::Key_Delete) : type(text);
    }
    void save() { press(Qt::Key_Return, Qt::ControlModifier); }

    EditSheet *sheet() const { return pane->editing().sheet(); }
    RecordForm &form() const { return sheet()->form(); }
    QString note(const char *field) const { return form().field(field)->told(); }
    const std::vector<OutboxEntry> &entries() const { return *commands.entries(); }
    const Command &last() const { return entries().back().command; }
    AccountRowWords words(const char *key) const
    {
        for (const AccountSection *section : {&pane->addresses(), &pane->contacts()}) {
            if (const AccountRow *row = section->row(QString::fromLatin1(key)))
                return row->words();
        }
        return {};
    }
    QString toast() const { return said->isEmpty() ? QString() : said->last().first().toString(); }
    template <class T> bool asks(const QString &text) const
    {
        for (const T *button : pane->findChildren<T *>()) {
            if (button->isVisibleTo(pane) && button->text() == text)
                return true;
        }
        return false;
    }
    void click(const QString &text)
    {
        for (QAbstractButton *button : pane->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text() == text) {
                button->click();
                return;
            }
        }
        QFAIL(qPrintable(QStringLiteral("there is no button “%1”").arg(text)));
    }

    std::unique_ptr<QSignalSpy> said;
    std::unique_ptr<Actions> actions; // of the window, gone before it
};

} // namespace

class AccountPaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

    void showsWhatThereIs()
    {
        Driven f;
        f.show();
        QStringList names;
        for (const AccountRow *row : f.pane->addresses().rows())
            names.append(row->words().name);
        // What needs somebody first, then the usual ones, then the others.
        QCOMPARE(
            names,
            QStringList({QStringLiteral("Cork yard"), QStringLiteral("Dock 4"),
                         QStringLiteral("Harbour Supply, Accounts"), QStringLiteral("Avonmouth depot")}));
        QCOMPARE(f.words("ad4").state.text, QStringLiteral("Refused"));
        QVERIFY(f.words("ad4").explanation.contains(QStringLiteral("not one of Ireland's")));
        QCOMPARE(f.words("ad3").state.text, QStringLiteral("Pending"));
        QCOMPARE(f.words("ad1").marks.first().text, QStringLiteral("Usual for deliveries"));
        QCOMPARE(f.words("ad2").marks.first().text, QStringLiteral("Usual for invoices"));
        QCOMPARE(f.pane->contacts().rows().size(), 3);
        QCOMPARE(f.words("ct1").phones, QStringLiteral("+44 117 496 0123 · +44 7700 900461"));
        // Retired ones are shown when they are asked for.
        f.click(QStringLiteral("Show 1 retired"));
        QCOMPARE(f.pane->addresses().rows().last()->words().name, QStringLiteral("Old warehouse"));
        QVERIFY(f.words("ad5").deeds == RowDeeds());
        f.click(QStringLiteral("Hide what is retired"));
        QCOMPARE(f.pane->addresses().rows().size(), 4);
    }

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

    // From an empty form to the outbox with nothing but the keyboard.
    void addsAnAddress()
    {
        Driven f;
        f.show();
        f.pane->focusFirst();
        f.press(Qt::Key_N, Qt::ControlModifier);
        QVERIFY(f.sheet());
        f.fill("name", QStringLiteral("Summer stall"));
        f.fill("street", QStringLiteral("2 Harbourside"));
        f.fill("postalCode", QStringLiteral("BS1 5DB"));
        f.fill("city", QStringLiteral("Bristol"));
        f.save();
        QVERIFY(f.said->isEmpty()); // it is not said before it is stored
        QTRY_COMPARE(f.toast(), QStringLiteral("Queued: adding Summer stall"));
        QVERIFY(!f.sheet());
        QCOMPARE(f.entries().size(), std::size_t(1));
        QCOMPARE(f.last().verb, std::string("save"));
        QCOMPARE(f.last().account, std::string("a1"));
        QVERIFY(f.last().target.empty() && f.last().base.isNull());
        const auto &address = *f.last().record.as<Address>();
        QCOMPARE(address.postalCode, std::string("BS1 5DB"));
        QCOMPARE(address.country, std::string("GB")); // the account's own
        QVERIFY(address.shipTo && !address.billTo);
        // It stands there at once, and says that it is not there yet.
        const std::string made = resultOf(f.last().key);
        QCOMPARE(f.words(made.c_str()).state.text, QStringLiteral("Waiting here"));
    }

    void changesOnTopOfWhatIsSeen()
    {
        Driven f;
        f.show();
        f.pane->addresses().focusRow(QStringLiteral("ad1"));
        f.press(Qt::Key_Return);
        QVERIFY(f.sheet());
        f.fill("phone", QStringLiteral("0117 496 0111"));
        f.save();
        QTRY_COMPARE(f.entries().size(), std::size_t(1));
        const Command first = f.last();
        QCOMPARE(first.target, std::string("ad1"));
        QCOMPARE(first.baseVersion, std::int64_t(1));
        QCOMPARE(first.base.as<Address>()->phone, std::string("0117 496 0100"));
        // The second one is made on top of the first, which has no outcome yet.
        QTRY_VERIFY(!f.sheet());
        f.pane->addresses().focusRow(QStringLiteral("ad1"));
        f.press(Qt::Key_F2);
        QCOMPARE(f.form().field("phone")->value(), QStringLiteral("0117 496 0111"));
        f.fill("attention", QStringLiteral("Night shift"));
        f.save();
        QTRY_COMPARE(f.entries().size(), std::size_t(2));
        QCOMPARE(f.last().after, first.key);
        QCOMPARE(f.last().base.as<Address>()->phone, std::string("0117 496 0111"));
        QCOMPARE(f.last().base.as<Address>()->attention, std::string("Goods in"));
    }

    void forbidsWhatCannotBeSent()
    {
        Driven f;
        f.show();
        f.pane->editing().addAddress();
        f.fill("name", QString());
        f.save();
        QCOMPARE(f.note("name"), QStringLiteral("This is needed."));
        QCOMPARE(f.note("street"), QStringLiteral("This is needed."));
        QCOMPARE(f.note("city"), QStringLiteral("This is needed."));
        QCOMPARE(QApplication::focusWidget(), f.form().field("name")->editor());
        f.save();
        QVERIFY(f.sheet() && f.entries().empty());
        f.type(QStringLiteral("x"));
        QCOMPARE(f.note("name"), QString());
    }

    void suggestionsCanBeTakenOrRefused()
    {
        Driven f;
        f.show();
        f.pane->editing().addAddress();
        f.fill("name", QStringLiteral("Summer stall"));
        f.fill("street", QStringLiteral("2 Harbourside"));
        f.fill("postalCode", QStringLiteral("bs15db"));
        f.fill("city", QStringLiteral("de Bilt"));
        QVERIFY(f.asks<TextLink>(QStringLiteral("Use BS1 5DB instead of bs15db")));
        f.click(QStringLiteral("Use BS1 5DB instead of bs15db"));
        QCOMPARE(f.form().field("postalCode")->value(), QStringLiteral("BS1 5DB"));
        f.fill("postalCode", QStringLiteral("bs15dc"));
        f.press(Qt::Key_Tab);
        f.click(QStringLiteral("Keep bs15dc"));
        QVERIFY(!f.asks<TextLink>(QStringLiteral("Keep bs15dc")));
        // What was refused is not asked for again.
        f.save();
        QTRY_COMPARE(f.entries().size(), std::size_t(1));
        QCOMPARE(f.last().record.as<Address>()->postalCode, std::string("bs15dc"));
    }

    // A second saving insists; a change in between asks anew.
    void doubtsAreAskedAboutOnce()
    {
        Driven f;
        f.show();
        f.pane->editing().addAddress();
        f.fill("street", QStringLiteral("2 Harbourside"));
        f.fill("postalCode", QStringLiteral("12345"));
        f.fill("city", QStringLiteral("Bristol"));
        f.save();
        QVERIFY(f.note("postalCode").contains(QStringLiteral("EC1Y 8SY")));
        QVERIFY(f.asks<QPushButton>(QStringLiteral("Save anyway")));
        QVERIFY(f.entries().empty());
        f.fill("city", QStringLiteral("Leeds"));
        QVERIFY(f.asks<QPushButton>(QStringLiteral("Save")));
        f.save();
        QVERIFY(f.entries().empty());
        f.save();
        QTRY_COMPARE(f.entries().size(), std::size_t(1));
    }

    void warnsOfANearlyIdenticalOne()
    {
        Driven f;
        f.show();
        f.pane->editing().addAddress();
        f.fill("name", QStringLiteral("Dock four"));
        f.fill("street", QStringLiteral("Unit 4, temple quay"));
        f.fill("postalCode", QStringLiteral("BS1 6FL"));
        f.fill("city", QStringLiteral("Bristol"));
        f.save();
        QVERIFY(f.entries().empty());
        QVERIFY(says(*f.pane, QStringLiteral("has that address already, as “Dock 4”")));
        f.click(QStringLiteral("Open the other"));
        QTRY_VERIFY(f.sheet());
        QCOMPARE(f.form().field("name")->value(), QStringLiteral("Dock 4"));
        f.press(Qt::Key_Escape);
        QTRY_VERIFY(!f.sheet());
        // What was typed is still there.
        f.pane->editing().addAddress();
        QCOMPARE(f.form().field("name")->value(), QStringLiteral("Dock four"));
        f.save();
        f.save();
        QTRY_COMPARE(f.entries().size(), std::size_t(1));
    }

    void escAsksOnlyForWhatWasTyped()
    {
        Driven f;
        f.show();
        f.pane->editing().addContact();
        f.press(Qt::Key_Escape);
        QTRY_VERIFY(!f.sheet());
        f.pane->editing().addContact();
        f.fill("name", QStringLiteral("Priya Shah"));
        f.press(Qt::Key_Escape);
        QVERIFY(f.sheet()->isAsking());
        f.press(Qt::Key_Escape); // goes on
        QVERIFY(f.sheet() && !f.sheet()->isAsking());
        f.press(Qt::Key_Escape);
        f.click(QStringLiteral("Keep it for later"));
        QTRY_VERIFY(!f.sheet());
        f.pane->editing().addContact();
        QCOMPARE(f.form().field("name")->value(), QStringLiteral("Priya Shah"));
        f.click(QStringLiteral("Start afresh"));
        QCOMPARE(f.form().field("name")->value(), QString());
        f.fill("name", QStringLiteral("Priya"));
        f.press(Qt::Key_Escape);
        f.click(QStringLiteral("Throw it away"));
        QTRY_VERIFY(!f.sheet());
        f.pane->editing().addContact();
        QCOMPARE(f.form().field("name")->value(), QString());
        QVERIFY(f.entries().empty());
    }

    void aFullDiskLosesNothing()
    {
        Driven f;
        f.show();
        f.commands.refusing = Error{ErrorKind::StorageFull, QStringLiteral("The disk is full.")};
        f.pane->editing().addContact();
        f.fill("name", QStringLiteral("Priya Shah"));
        f.save();
        QTRY_VERIFY(says(*f.pane, QStringLiteral("The disk is full.")));
        QVERIFY(f.sheet());
        QVERIFY(f.said->isEmpty());
        f.commands.refusing.reset();
        f.save();
        QTRY_COMPARE(f.toast(), QStringLiteral("Queued: adding Priya Shah"));
    }

    // An address that is still to be made becomes the usual one by what refers to the making of it.
    void choosesTheUsualOne()
    {
        Driven f;
        f.show();
        f.pane->addresses().focusRow(QStringLiteral("ad3"));
        f.actions->find(QStringLiteral("account.usualShipTo"))->trigger();
        QTRY_COMPARE(f.entries().size(), std::size_t(1));
        QCOMPARE(f.last().kind, &Account::type);
        QCOMPARE(f.last().target, std::string("a1"));
        QCOMPARE(f.last().base.as<Account>()->defaultShipTo, std::string("ad1"));
        QCOMPARE(f.last().record.as<Account>()->defaultShipTo, std::string("ad3"));
        QCOMPARE(f.last().record.as<Account>()->defaultBillTo, std::string("ad2"));
        QTRY_COMPARE(f.words("ad3").marks.first().text, QStringLiteral("Usual for deliveries"));
        const std::string first = f.last().key;

        f.pane->editing().addAddress();
        f.fill("street", QStringLiteral("2 Harbourside"));
        f.fill("postalCode", QStringLiteral("BS1 5DB"));
        f.fill("city", QStringLiteral("Bristol"));
        f.click(QStringLiteral("Usual address for deliveries"));
        f.save();
        QTRY_COMPARE(f.entries().size(), std::size_t(3));
        const std::string made = resultOf(f.entries()[1].command.key);
        QCOMPARE(f.last().record.as<Account>()->defaultShipTo, made);
        QCOMPARE(f.last().after, first);
        QTRY_COMPARE(f.words(made.c_str()).marks.first().text, QStringLiteral("Usual for deliveries"));
        QVERIFY(f.words("ad3").marks.first().text != QStringLiteral("Usual for deliveries"));
    }

    void retiresAfterAsking()
    {
        Driven f;
        f.show();
        f.pane->addresses().focusRow(QStringLiteral("ad1"));
        f.press(Qt::Key_Delete);
        QVERIFY(says(*f.pane, QStringLiteral("Retire Dock 4?")));
        QVERIFY(says(*f.pane, QStringLiteral("choose another one afterwards")));
        QVERIFY(f.entries().empty());
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.toast(), QStringLiteral("Queued: retiring Dock 4"));
        QCOMPARE(f.last().verb, std::string("retire"));
        QCOMPARE(f.last().target, std::string("ad1"));
        QVERIFY(f.last().record.isNull());
        QCOMPARE(f.last().base.as<Address>()->street, std::string("Unit 4\nTemple Quay"));
        QTRY_VERIFY(f.words("ad1").faded);
        QVERIFY(!f.words("ad1").deeds.testFlag(RowDeed::Edit));
    }

    void whatWasRefusedIsEditedAndSentAgain()
    {
        Driven f;
        Command added = changeOfDock(dockAddress([](Address &a) {
            a.name = "Summer stall";
            a.street = "2 Harborside";
        }));
        added.target.clear();
        added.base = {};
        added.baseVersion = 0;
        const QString refused = f.commands.submit(added);
        f.commands.reject(refused, "street-unknown", "There is no such street");
        f.show();
        const AccountRowWords words = f.pane->addresses().rows().at(1)->words();
        QCOMPARE(words.name, QStringLiteral("Summer stall"));
        QVERIFY(words.explanation.contains(QStringLiteral("There is no such street.")));
        QSignalSpy entry(f.pane, &AccountPane::entryWanted);
        f.pane->addresses().focusRow(words.key);
        f.actions->find(QStringLiteral("account.entry"))->trigger();
        QCOMPARE(entry.size(), 1);
        QCOMPARE(entry.first().first().toString(), refused);
        f.press(Qt::Key_Return);
        QVERIFY(f.sheet());
        QVERIFY(says(*f.pane, QStringLiteral("There is no such street.")));
        f.fill("street", QStringLiteral("2 Harbourside"));
        f.save();
        QTRY_COMPARE(f.entries().size(), std::size_t(2));
        QCOMPARE(f.commands.find(refused)->replacedBy, f.last().key);
        QVERIFY(f.last().target.empty());
        QTRY_COMPARE(f.pane->addresses().rows().size(), 5); // one of it, not two
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

    void opensAnEntryFromElsewhere()
    {
        Driven f;
        f.show();
        const QString key
            = f.commands.submit(changeOfDock(dockAddress([](Address &a) { a.phone = "0117 496 0111"; })));
        QTRY_COMPARE(f.words("ad1").state.text, QStringLiteral("Waiting here"));
        f.pane->setAccounts({"a2"});
        QTRY_COMPARE(f.words("ad9").name, QStringLiteral("Cardiff branch"));
        f.pane->editEntry(key);
        QTRY_VERIFY(f.sheet());
        QCOMPARE(f.form().field("phone")->value(), QStringLiteral("0117 496 0111"));
        f.fill("phone", QStringLiteral("0117 496 0122"));
        f.save();
        // It had not left, so the new wish takes its place, made on top of the same fact.
        QTRY_COMPARE(f.entries().size(), std::size_t(2));
        QCOMPARE(f.commands.find(key)->replacedBy, f.last().key);
        QCOMPARE(f.last().base.as<Address>()->phone, std::string("0117 496 0100"));
        QCOMPARE(f.last().record.as<Address>()->phone, std::string("0117 496 0122"));
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

    // The window outlives a workspace whose person is given other rights.
    void theSheetGoesWithThePane()
    {
        AccountFixture f;
        QWidget window;
        auto *pane
            = new AccountPane({f.cache.readers(), f.wording, f.freshness, f.clock, f.person, f.documents, {}},
                              f.commands, f.people, &window);
        pane->setAccounts({"a1"});
        window.show();
        QTRY_VERIFY(!pane->addresses().rows().isEmpty());
        pane->editing().addAddress();
        pane->changePassword();
        QCOMPARE(window.findChildren<FormSheet *>().size(), 2);
        delete pane;
        QTRY_VERIFY(window.findChildren<FormSheet *>().isEmpty());
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
    static bool says(const QWidget &in, const QString &text)
    {
        for (const QLabel *label : in.findChildren<QLabel *>()) {
            if (label->isVisibleTo(&in) && label->text().contains(text))
                return true;
        }
        return false;
    }

    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(AccountPaneTest)
#include "tst_accountpane.moc"
