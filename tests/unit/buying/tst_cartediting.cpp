// A cart that several people change, or the ERP refuses: nothing of anybody's is lost or overwritten.

#include "cartfixture.h"
#include "formfield.h"
#include "resolution.h"
#include "theme.h"

#include <QApplication>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

using namespace Counterfoil;

class TestCartEditing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aColleaguesChangeIsNeverOverwritten();
    void aConflictIsDecidedBeforeAnythingElse();
    void whatWasRefusedIsPutRight();
    void aColleaguesChangeDuringTheReview();
    void aClosedReviewAsksNoMore();
    void theReviewGoesWithItsCart();
    void theKeysGoOnAfterItIsQueued_data();
    void theKeysGoOnAfterItIsQueued();
    void ownCartsAreOnesOwn();
    void namesThatAreTwice();
    void manyDifferencesAreCounted();
    void manyCartsAreBounded();
};

// What the person saw is the base, not what the colleague made of it: the ERP sees that the two differ.
void TestCartEditing::aColleaguesChangeIsNeverOverwritten()
{
    CartFixture f;
    f.putCart();
    CartLinesModel &lines = f.pane->cart().lines();
    lines.setData(lines.index(0, CartLinesModel::Quantity), QStringLiteral("4"), Qt::EditRole);
    Cart theirs = storedCart();
    theirs.lines[1].quantity = Decimal::fromInteger(77);
    QSignalSpy changed(&f.pane->book(), &CartBook::changed);
    f.cache.put({changeTo(theirs)});
    QTRY_VERIFY(!changed.isEmpty());
    QCOMPARE(lines.lines()[0].quantity, Decimal::fromInteger(4)); // nothing slips under what is typed
    f.pane->cart().save();
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    QCOMPARE(f.last().command.base.as<Cart>()->lines[1].quantity, Decimal::fromInteger(20));
    QCOMPARE(f.last().command.record.as<Cart>()->lines[1].quantity, Decimal::fromInteger(20));
}

void TestCartEditing::aConflictIsDecidedBeforeAnythingElse()
{
    CartFixture f;
    f.putCart();
    CartLinesModel &lines = f.pane->cart().lines();
    lines.setData(lines.index(0, CartLinesModel::Quantity), QStringLiteral("4"), Qt::EditRole);
    f.pane->cart().save();
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    const QString key = QString::fromStdString(f.last().command.key);
    Cart theirs = storedCart();
    theirs.lines[1].quantity = Decimal::fromInteger(77);
    theirs.total = Amount{12'345};
    f.cache.put({changeTo(theirs)});
    f.commands.conflict(key, AnyRecord(std::make_shared<Cart>(theirs)));
    QTRY_VERIFY(!f.pane->cart().canChange());
    QVERIFY(!f.pane->cart().warning().isEmpty());
    QVERIFY(!f.pane->cart().review());
    QSignalSpy wanted(f.pane.get(), &CartPane::decisionWanted);
    const auto buttons = f.pane->cart().findChildren<QPushButton *>();
    const auto decide = std::ranges::find_if(buttons, [](const QPushButton *each) {
        return each->isVisible() && each->text().contains(u"counts");
    });
    QVERIFY(decide != buttons.end());
    (*decide)->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.front().front().toString(), key);
    // Of what both changed the person chooses; what it comes to is nobody's choice.
    const Resolution resolution(*f.commands.find(key));
    QCOMPARE(resolution.choices().size(), std::size_t{1});
    QCOMPARE(resolution.choices().front().field->name, std::string_view("lines"));
    f.commands.dismiss(key); // theirs counts
    QTRY_VERIFY(f.pane->cart().canChange());
    QCOMPARE(lines.lines()[1].quantity, Decimal::fromInteger(77));
}

void TestCartEditing::whatWasRefusedIsPutRight()
{
    CartFixture f;
    f.putCart();
    f.pane->cart().name().setValue(QStringLiteral("Bad"));
    Q_EMIT f.pane->cart().name().edited();
    f.pane->cart().save();
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    f.commands.reject(QString::fromStdString(f.last().command.key), "name", "No such name");
    QTRY_VERIFY(f.pane->cart().warning().contains(QStringLiteral("No such name")));
    QCOMPARE(f.pane->cart().name().value(), QStringLiteral("Bad")); // what was typed is still there
    f.pane->cart().name().setValue(QStringLiteral("Good"));
    Q_EMIT f.pane->cart().name().edited();
    f.pane->cart().save();
    QTRY_COMPARE(f.last().command.record.as<Cart>()->name, "Good");
    QCOMPARE(f.last().command.base.as<Cart>()->name, "Workshop");
    QTRY_VERIFY(f.pane->cart().warning().isEmpty());
}

void TestCartEditing::aColleaguesChangeDuringTheReview()
{
    CartFixture f;
    f.putCart();
    ReviewSheet *sheet = f.review();
    QVERIFY(sheet);
    Cart theirs = storedCart();
    theirs.lines[1].quantity = Decimal::fromInteger(77);
    QSignalSpy changed(&f.pane->book(), &CartBook::changed);
    f.cache.put({changeTo(theirs)});
    QTRY_VERIFY(!changed.isEmpty());
    QSignalSpy told(f.pane.get(), &CartPane::told);
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(told.size(), 1);
    QCOMPARE(f.commands.entries()->size(), 0U);
    QCOMPARE(f.pane->cart().lines().lines()[1].quantity, Decimal::fromInteger(77));
    // Looked at again, it is placed.
    sheet = f.review();
    QVERIFY(sheet);
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    QCOMPARE(f.last().command.record.as<Cart>()->lines[1].quantity, Decimal::fromInteger(77));
}

void TestCartEditing::aClosedReviewAsksNoMore()
{
    CartFixture f;
    f.putCart();
    ReviewSheet *sheet = f.pane->cart().review();
    QVERIFY(sheet && !sheet->isAnswered());
    sheet->dismiss();
    QCOMPARE(f.quotes.asked.size(), 1);
    QVERIFY(f.quotes.isForgotten(1));
}

// As when the right to its account is withdrawn: no prices stay in sight.
void TestCartEditing::theReviewGoesWithItsCart()
{
    CartFixture f;
    f.putCart();
    const QPointer<ReviewSheet> sheet = f.review();
    QVERIFY(sheet && sheet->isVisible());
    QSignalSpy told(f.pane.get(), &CartPane::told);
    f.cache.remove(Cart::type, "c1");
    QTRY_VERIFY(!sheet || !sheet->isVisible());
    QCOMPARE(told.size(), 1);
    QCOMPARE(f.commands.entries()->size(), 0U);
}

void TestCartEditing::theKeysGoOnAfterItIsQueued_data()
{
    QTest::addColumn<bool>("fromButton");
    QTest::newRow("from a field") << false;   // which cannot be used then
    QTest::newRow("from the button") << true; // which is gone then
}

void TestCartEditing::theKeysGoOnAfterItIsQueued()
{
    QFETCH(const bool, fromButton);
    CartFixture f;
    f.putCart();
    f.pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(f.pane.get()));
    f.pane->cart().poReference().editor()->setFocus();
    const auto buttons = f.pane->cart().findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (fromButton && button->text().startsWith(QStringLiteral("Review")))
            button->setFocus();
    }
    QCOMPARE(bool(qobject_cast<QPushButton *>(QApplication::focusWidget())), fromButton);
    ReviewSheet *sheet = f.review();
    QVERIFY(sheet);
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!f.pane->cart().canChange());
    QVERIFY(f.pane->cart().isAncestorOf(QApplication::focusWidget()));
    f.commands.reject(QString::fromStdString(f.last().command.key), "changed", "It is not as it was.");
    QTRY_VERIFY(f.pane->cart().canChange());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    const auto sheets = f.pane->findChildren<ReviewSheet *>();
    QVERIFY(std::ranges::any_of(sheets, &ReviewSheet::isVisible));
}

void TestCartEditing::ownCartsAreOnesOwn()
{
    CartFixture f;
    Cart theirs = storedCart();
    theirs.owner = "jonas";
    f.cache.put({changeTo(theirs)});
    f.showPane();
    QTRY_COMPARE(f.pane->cart().lines().rowCount(), 3);
    QVERIFY(!f.pane->cart().canChange());
    QVERIFY(f.pane->cart().warning().contains(QStringLiteral("jonas")));
    QVERIFY(!f.pane->cart().review());
    theirs.shared = true;
    f.cache.put({changeTo(theirs)});
    QTRY_VERIFY(f.pane->cart().canChange());
    QVERIFY(!f.pane->cart().shared().isEnabled()); // who made it decides
    theirs.owner = f.person.user.toStdString();
    f.cache.put({changeTo(theirs)});
    QTRY_VERIFY(f.pane->cart().shared().isEnabled());
    f.pane->cart().shared().setValue({});
    Q_EMIT f.pane->cart().shared().edited();
    f.pane->cart().save();
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    QVERIFY(!f.last().command.record.as<Cart>()->shared);
}

void TestCartEditing::namesThatAreTwice()
{
    CartFixture f;
    Cart other = storedCart();
    other.key = "c2";
    other.name = "workshop";
    f.cache.put({changeTo(other)});
    f.putCart();
    f.pane->showCart(QStringLiteral("c1"));
    QCOMPARE(f.pane->cart().target(), "c1");
    f.pane->cart().name().setValue(QStringLiteral("Workshop"));
    Q_EMIT f.pane->cart().name().edited();
    QVERIFY(f.pane->cart().name().told().contains(QStringLiteral("name")));
    f.pane->cart().name().setValue(QStringLiteral("Workshop 2"));
    Q_EMIT f.pane->cart().name().edited();
    QVERIFY(f.pane->cart().name().told().isEmpty());
}

void TestCartEditing::manyDifferencesAreCounted()
{
    CartFixture f;
    f.putCart();
    ReviewSheet *sheet = f.review();
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    std::vector<CartDifference> differences(300);
    for (int i = 0; i < 300; ++i)
        differences[static_cast<std::size_t>(i)]
            = {i, "S-1", "price", "1", "2", "Difference " + std::to_string(i)};
    f.commands.reject(QString::fromStdString(f.last().command.key), "changed", "Many", differences);
    QTRY_VERIFY(f.pane->cart().warning().contains(QStringLiteral("Difference 0")));
    QVERIFY(f.pane->cart().warning().contains(QStringLiteral("295")));
    QVERIFY(f.pane->cart().warning().count(u'\n') < 10);
}

void TestCartEditing::manyCartsAreBounded()
{
    CartFixture f;
    std::vector<Change> changes;
    for (int i = 0; i < CartBook::openMost + 20; ++i) {
        Cart cart = storedCart();
        cart.key = "c" + std::to_string(i);
        cart.changedAt = Instant{1'790'000'000'000 + i};
        changes.push_back(changeTo(cart));
    }
    f.cache.put(changes);
    f.showPane();
    QTRY_VERIFY(f.pane->book().hasMoreOpen());
    QCOMPARE(f.pane->book().carts().size(), std::size_t{CartBook::openMost});
    QCOMPARE(f.pane->book().carts().front().target, "c" + std::to_string(CartBook::openMost + 19));
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    Theme theme(app);
    TestCartEditing test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_cartediting.moc"
