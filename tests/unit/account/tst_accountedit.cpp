// Filling in addresses and contacts by keyboard, into a real outbox.
#include "accountdriver.h"
#include "testentry.h"
#include "theme.h"

#include <QTest>

using namespace Counterfoil;

class AccountEditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

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

    void asksForNothingThatIsNotKept()
    {
        Driven f;
        f.person.notOffered = {{"save", "address", "phone", "No telephone number is kept with an address."}};
        f.show();
        f.pane->editing().addAddress();
        QVERIFY(f.form().field("phone")->isHidden());
        QVERIFY(!f.form().field("attention")->isHidden());
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

private:
    std::unique_ptr<Theme> m_theme;
};

WINDOW_TEST(AccountEditTest)
#include "tst_accountedit.moc"
