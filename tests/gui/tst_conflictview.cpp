#include "account.h"
#include "address.h"
#include "cart.h"
#include "choicebutton.h"
#include "commandfixture.h"
#include "conflictview.h"
#include "freshness.h"
#include "guifixture.h"
#include "statuswording.h"
#include "testentry.h"
#include "theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QtTest>

using namespace Counterfoil;

namespace {

using Side = Resolution::Side;

// Mine: another street and phone. Theirs: another street and attention. So the street is for the person.
AnyRecord mine()
{
    return dockAddress([](Address &address) {
        address.street = "Unit 5\nTemple Quay";
        address.phone = "0117 496 0199";
    });
}

AnyRecord theirs()
{
    return dockAddress([](Address &address) {
        address.street = "Unit 4\nTemple Back";
        address.attention = "";
        address.status = "pending";
    });
}

// A window with a conflict in it.
struct Scene
{
    Scene()
        : freshness(sync, clock)
        , wording(cache.readers())
        , port(clock)
        , person(buyer())
        , context{cache.readers(), wording, freshness, clock, person, documents, {}}
    {
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("the window does not come up");
    }

    void meet(const AnyRecord &wish, const AnyRecord &there)
    {
        Command command = changeOfDock(wish);
        if (wish.isNull())
            command.verb = "retire";
        key = port.submit(command);
        port.conflict(key, there);
        view = new ConflictView(context, port, *port.find(key), QStringLiteral("Harbour Supply"), &window);
        view->begin();
    }

    void press(Qt::Key pressed, Qt::KeyboardModifiers held = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget(), pressed, held);
    }
    QPushButton *button(const char *text) const
    {
        for (QPushButton *each : view->findChildren<QPushButton *>()) {
            if (each->text() == QLatin1String(text))
                return each;
        }
        return nullptr;
    }
    QString shown() const
    {
        QStringList texts;
        for (const QLabel *label : view->findChildren<QLabel *>()) {
            if (label->isVisible())
                texts.append(label->text());
        }
        return texts.join(QLatin1Char('\n'));
    }
    const Address &asked() const { return *port.entries()->back().command.record.as<Address>(); }

    SetClock clock;
    SetSyncPort sync;
    SetDocumentPort documents;
    TestCache cache;
    Freshness freshness;
    StatusWording wording;
    FileCommandPort port;
    Person person;
    PaneContext context;
    QWidget window;
    QPointer<ConflictView> view;
    QString key;
};

} // namespace

class TestConflictView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void choosesWhatOnlyOneChanged();
    void asksOnTopOfTheirs();
    void refersToTheRecordThatWasMade();
    void saysWhatEachSideHas();
    void isDecidedByKeyboard();
    void keysMeanTheViewAlone();
    void looksAtBothWithTheArrows();
    void keepsTheirs();
    void canWait();
    void sendsNothingThatIsTheirsAlready();
    void tellsWhatCouldNotBeStored();
    void goesWhenDecidedElsewhere();
    void retiresAllTheSame();
    void namesLinkedRecords();
    void ofACartOnlyWhatDiffersIsCompared();
    void fitsSmallWindows();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestConflictView::choosesWhatOnlyOneChanged()
{
    OutboxEntry entry;
    entry.command = changeOfDock(mine());
    entry.outcome.theirs = theirs();
    Resolution resolution(entry);
    QStringList choices;
    for (const Resolution::Choice &choice : resolution.choices())
        choices.append(
            QStringLiteral("%1 %2").arg(QString::fromUtf8(choice.field->name.data())).arg(int(choice.side)));
    // Nobody may ask for a status, so what the ERP made of that is no conflict.
    QCOMPARE(
        choices,
        QStringList({QStringLiteral("attention 2"), QStringLiteral("street 0"), QStringLiteral("phone 1")}));
    QVERIFY(!resolution.isComplete());
    resolution.choose(99, Side::Mine);
    QVERIFY(!resolution.isComplete());
    resolution.choose(1, Side::Mine);
    QVERIFY(resolution.isComplete());
    QVERIFY(!resolution.keepsTheirs());
    resolution.choose(1, Side::Theirs);
    resolution.choose(2, Side::Theirs);
    QVERIFY(resolution.keepsTheirs());
    QVERIFY(equalEditable(Address::type, resolution.record().data(), theirs().data()));
}

void TestConflictView::asksOnTopOfTheirs()
{
    OutboxEntry entry;
    entry.command = changeOfDock(mine());
    entry.command.key = "k1";
    entry.command.after = "k0";
    entry.outcome.theirs = theirs();
    entry.outcome.theirVersion = 9;
    Resolution resolution(entry);
    resolution.choose(1, Side::Mine);
    const Command command = resolution.command();
    QVERIFY(command.key.empty());
    QVERIFY(command.after.empty());
    QCOMPARE(command.baseVersion, std::int64_t{9});
    QCOMPARE(command.target, std::string("ad1"));
    QVERIFY(equal(Address::type, command.base.data(), theirs().data()));
    const auto &record = *command.record.as<Address>();
    QCOMPARE(record.street, std::string("Unit 5\nTemple Quay"));
    QCOMPARE(record.phone, std::string("0117 496 0199"));
    QCOMPARE(record.attention, std::string());
    QCOMPARE(record.city, std::string("Bristol"));
    QVERIFY(record.shipTo);
}

void TestConflictView::refersToTheRecordThatWasMade()
{
    OutboxEntry entry;
    entry.command = changeOfDock(mine());
    entry.command.target = resultOf("k0");
    entry.command.base = {};
    entry.outcome.theirs = theirs();
    entry.outcome.target = "ad77";
    QCOMPARE(Resolution(entry).command().target, std::string("ad77"));
}

void TestConflictView::saysWhatEachSideHas()
{
    Scene scene;
    Change known = changeTo(*theirs().as<Address>());
    known.version = 7;
    known.time = Instant{1'795'200'000'000};
    scene.cache.put({known});
    scene.meet(mine(), theirs());
    QCOMPARE(scene.view->accessibleName(), QStringLiteral("Change the address Dock 4, Bristol"));
    const QString texts = scene.shown();
    for (const char *expected : {"Harbour Supply", "Street", "Changed by both", "Changed by you",
                                 "Changed by them", "Unit 4\nTemple Quay", "Not chosen yet"})
        QVERIFY2(texts.contains(QLatin1String(expected)), expected);
    QStringList values;
    for (const ChoiceButton *choice : scene.view->findChildren<ChoiceButton *>())
        values.append(choice->accessibleName());
    QVERIFY(values.contains(QStringLiteral("Street, yours: Unit 5\nTemple Quay")));
    QVERIFY(values.contains(QStringLiteral("Street, theirs: Unit 4\nTemple Back")));
    QVERIFY(values.contains(QStringLiteral("Attention, theirs: Nothing")));
    // There is room for all of it, so nothing of it is out of sight.
    const auto *scroll = scene.view->findChild<QScrollArea *>();
    QTRY_COMPARE(scroll->verticalScrollBar()->maximum(), 0);
    QTRY_VERIFY(scroll->height() < 480);
    // The cache knows the version that they made, and so since when it is.
    QTRY_VERIFY(scene.shown().contains(QStringLiteral("Theirs, 20 Nov")));
}

void TestConflictView::isDecidedByKeyboard()
{
    Scene scene;
    scene.meet(mine(), theirs());
    QSignalSpy queued(&scene.port, &CommandPort::queued);
    QVERIFY(!scene.button("Send my choice")->isEnabled());
    auto *choice = qobject_cast<ChoiceButton *>(QApplication::focusWidget());
    QVERIFY(choice);
    QVERIFY(choice->accessibleName().startsWith(QStringLiteral("Street")));
    scene.press(Qt::Key_Return); // nothing is sent before all is chosen
    QVERIFY(scene.view->isVisible());
    scene.press(Qt::Key_1);
    QVERIFY(scene.button("Send my choice")->isEnabled());
    QVERIFY(scene.button("Send my choice")->hasFocus());
    QVERIFY(!scene.shown().contains(QStringLiteral("Not chosen yet")));
    scene.press(Qt::Key_Return);
    scene.press(Qt::Key_Return); // twice is once
    QTRY_VERIFY(!scene.view);
    QTRY_COMPARE(queued.count(), 2); // the first was the wish itself
    QCOMPARE(scene.port.entries()->size(), std::size_t{2});
    QCOMPARE(scene.asked().street, std::string("Unit 5\nTemple Quay"));
    QCOMPARE(scene.asked().attention, std::string());
    QCOMPARE(scene.port.find(scene.key)->replacedBy, scene.port.entries()->back().command.key);
}

// Ctrl+Enter opens the row behind it in a window of its own, unless something lies on top.
void TestConflictView::keysMeanTheViewAlone()
{
    Scene scene;
    QAction behind;
    behind.setShortcuts({Qt::CTRL | Qt::Key_Return, Qt::Key_Escape});
    scene.window.addAction(&behind);
    QSignalSpy triggered(&behind, &QAction::triggered);
    scene.meet(mine(), theirs());
    scene.press(Qt::Key_1);
    scene.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!scene.view);
    QCOMPARE(scene.asked().street, std::string("Unit 5\nTemple Quay"));
    QCOMPARE(triggered.count(), 0);
}

void TestConflictView::looksAtBothWithTheArrows()
{
    Scene scene;
    scene.meet(mine(), theirs());
    scene.press(Qt::Key_Right);
    QCOMPARE(scene.view->resolution().choices()[1].side, Side::Theirs);
    scene.press(Qt::Key_Left);
    QCOMPARE(scene.view->resolution().choices()[1].side, Side::Mine);
    scene.press(Qt::Key_Up);
    scene.press(Qt::Key_Up); // no further than the first
    scene.press(Qt::Key_1);
    QCOMPARE(scene.view->resolution().choices()[0].side, Side::Mine);
    scene.press(Qt::Key_Space); // the send button has the focus
    QTRY_VERIFY(!scene.view);
    QCOMPARE(scene.asked().attention, std::string("Goods in"));
}

void TestConflictView::keepsTheirs()
{
    Scene scene;
    scene.meet(mine(), theirs());
    scene.button("Keep theirs")->click();
    QTRY_VERIFY(!scene.view);
    QVERIFY(scene.port.find(scene.key)->dismissed);
    QCOMPARE(scene.port.entries()->size(), std::size_t{1});
}

void TestConflictView::canWait()
{
    Scene scene;
    scene.meet(mine(), theirs());
    scene.press(Qt::Key_Escape);
    QTRY_VERIFY(!scene.view);
    QVERIFY(scene.port.find(scene.key)->needsDecision());
    QVERIFY(equalEditable(Address::type, scene.port.find(scene.key)->command.record.data(), mine().data()));
}

void TestConflictView::sendsNothingThatIsTheirsAlready()
{
    Scene scene;
    scene.meet(mine(), theirs());
    scene.press(Qt::Key_2);
    QVERIFY(scene.button("Send my choice")->isEnabled()); // the phone is mine
    for (ChoiceButton *choice : scene.view->findChildren<ChoiceButton *>()) {
        if (choice->accessibleName().contains(QStringLiteral("theirs")))
            choice->click();
    }
    QVERIFY(!scene.button("Send my choice")->isEnabled());
    QVERIFY(scene.shown().contains(QStringLiteral("keep theirs")));
}

void TestConflictView::tellsWhatCouldNotBeStored()
{
    Scene scene;
    scene.meet(mine(), theirs());
    scene.press(Qt::Key_1);
    const QString full = QStringLiteral("The disk is full. Free some space, then try again.");
    scene.port.refusing = Error{ErrorKind::StorageFull, full};
    scene.button("Send my choice")->click();
    QTRY_VERIFY(scene.shown().contains(full));
    QVERIFY(scene.button("Send my choice")->isEnabled());
    scene.port.refusing.reset();
    scene.button("Send my choice")->click();
    QTRY_VERIFY(!scene.view);
    QCOMPARE(scene.port.entries()->size(), std::size_t{2});
}

void TestConflictView::goesWhenDecidedElsewhere()
{
    Scene scene;
    scene.meet(mine(), theirs());
    scene.port.dismiss(scene.key);
    QTRY_VERIFY(!scene.view);
}

void TestConflictView::retiresAllTheSame()
{
    Scene scene;
    scene.meet({}, theirs());
    QVERIFY(!scene.button("Send my choice"));
    QVERIFY(scene.button("Retire it all the same")->hasFocus());
    scene.press(Qt::Key_Return);
    QTRY_VERIFY(!scene.view);
    const Command &asked = scene.port.entries()->back().command;
    QCOMPARE(asked.verb, std::string("retire"));
    QVERIFY(asked.record.isNull());
    QCOMPARE(asked.baseVersion, std::int64_t{7});
}

void TestConflictView::namesLinkedRecords()
{
    Scene scene;
    scene.cache.put({changeTo(*dockAddress().as<Address>())});
    Command made = changeOfDock(dockAddress([](Address &address) { address.name = "New shed"; }));
    made.target.clear();
    made.base = {};
    const QString shed = scene.port.submit(made);
    Command usual;
    usual.verb = "save";
    usual.kind = &Account::type;
    usual.account = usual.target = "a1";
    auto before = std::make_shared<Account>();
    before->key = "a1";
    usual.base = AnyRecord(before);
    auto wish = std::make_shared<Account>(*before);
    wish->defaultShipTo = resultOf(shed.toStdString());
    usual.record = AnyRecord(wish);
    auto there = std::make_shared<Account>(*before);
    there->defaultShipTo = "ad1";
    scene.key = scene.port.submit(usual);
    scene.port.conflict(scene.key, AnyRecord(there));
    scene.view = new ConflictView(scene.context, scene.port, *scene.port.find(scene.key), {}, &scene.window);
    scene.view->begin();
    const auto values = [&scene] {
        QStringList names;
        for (const ChoiceButton *choice : scene.view->findChildren<ChoiceButton *>())
            names.append(choice->accessibleName());
        return names;
    };
    QTRY_COMPARE(values(),
                 QStringList({QStringLiteral("Usual delivery address, yours: New shed"),
                              QStringLiteral("Usual delivery address, theirs: Dock 4")}));
}

void TestConflictView::fitsSmallWindows()
{
    Scene scene;
    scene.window.resize(860, 520);
    scene.meet(dockAddress([](Address &address) {
                   address.name = std::string(300, 'n');
                   address.street = std::string(400, 's') + "\n" + std::string(400, 't');
                   address.city = "Bath";
                   address.region = "Somerset";
                   address.postalCode = "BA1 1AA";
                   address.phone = "1";
               }),
               dockAddress());
    QCoreApplication::processEvents();
    for (const QPushButton *button : scene.view->findChildren<QPushButton *>()) {
        const QRect place(button->mapTo(&scene.window, QPoint()), button->size());
        QVERIFY2(scene.window.rect().contains(place), qPrintable(button->text()));
    }
}

// Somebody who decides finds the one line of many, wherever it stands.
void TestConflictView::ofACartOnlyWhatDiffersIsCompared()
{
    const auto thirty = [](std::int64_t quantity, std::size_t without = 0) {
        Cart cart;
        cart.key = "c1";
        cart.account = "a1";
        for (std::int64_t n = 1; n <= 30; ++n) {
            CartLine line;
            line.lineNumber = std::ssize(cart.lines) + 1;
            line.sku = "UF-" + std::to_string(1'000 + n);
            line.quantity = Decimal::fromInteger(n == 25 ? quantity : n);
            if (n > static_cast<std::int64_t>(without))
                cart.lines.push_back(line);
        }
        return AnyRecord(std::make_shared<Cart>(cart));
    };
    Scene scene;
    Command command;
    command.verb = "save";
    command.kind = &Cart::type;
    command.account = "a1";
    command.target = "c1";
    command.base = thirty(25);
    command.record = thirty(7);
    const QString key = scene.port.submit(command);
    scene.port.conflict(key, thirty(9, 1)); // and one was taken out
    ConflictView view(scene.context, scene.port, *scene.port.find(key), {}, &scene.window);
    const auto &buttons = view.findChildren<ChoiceButton *>();
    QCOMPARE(buttons.size(), 2);
    QCOMPARE(buttons[0]->text(), QString::fromUtf8("1 × UF-1001\n7 × UF-1025\nThe same in all: 28"));
    QCOMPARE(buttons[1]->text(), QString::fromUtf8("9 × UF-1025\nThe same in all: 28"));
    // One that stands there twice is not the same as one that stands there once.
    OutboxEntry entry;
    entry.command = command;
    auto twice = std::make_shared<Cart>(*command.record.as<Cart>());
    twice->lines.push_back(twice->lines.front());
    entry.command.record = AnyRecord(std::move(twice));
    entry.outcome.theirs = command.base;
    const Resolution::Differing doubled = Resolution(entry).differing(entry.command.record);
    QCOMPARE(doubled.same, 28);
    QCOMPARE(doubled.record.as<Cart>()->lines.size(), std::size_t{3});
    // Where only the prices are others, the cart is shown for what it is.
    entry.command.base = entry.command.record = thirty(25);
    entry.outcome.theirs = thirty(25);
    QCOMPARE(Resolution(entry).differing(entry.outcome.theirs).record.as<Cart>()->lines.size(),
             std::size_t{30});
}

WINDOW_TEST(TestConflictView)
#include "tst_conflictview.moc"
