#include "accountnotes.h"
#include "accountpane.h"
#include "accountsection.h"
#include "accounttrade.h"
#include "contact.h"
#include "formfield.h"
#include "homerows.h"
#include "linesedit.h"
#include "message.h"
#include "messagelist.h"
#include "note.h"
#include "outboxcorner.h"
#include "outboxmodel.h"
#include "rail.h"
#include "requestlines.h"
#include "returndetailpane.h"
#include "returnsteps.h"
#include "returnwords.h"
#include "testentry.h"
#include "theme.h"
#include "workmodel.h"
#include "workpane.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLabel>
#include <QListView>

using namespace Counterfoil;

// Returns in the window: asked for, decided, written about, and the queue of what needs a person.
class TestReturns : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void asksForWhatMayComeBack();
    void saysWhyNot();
    void asksWhatTheReasonAsks();
    void countsWhatWaitsInTheOutbox();
    void asksOtherwiseForWhatWasRefused();
    void authorisesWithOneKey();
    void authorisesAPart();
    void refusesWithAReason();
    void letsNobodyElseDecide();
    void writesToTheOtherSide();
    void marksADifference();
    void opensWhatNeedsSomebody();
    void copiesPlainWords();
    void showsTheWholeCustomer();
    void keepsNotesForTheSupplierAlone();
    void keepsEachNoteWithItsCustomer();
    void saysWhatACheckChanged();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestReturns::asksForWhatMayComeBack()
{
    Fixture f(*m_theme);
    f.cache.put(deliveredThings());
    f.show();
    f.open(Order::type, "o700");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10700"));
    RequestSheet *sheet = request(f);
    const QAbstractItemModelTester tester(&sheet->lines(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    choose(sheet->reason(), "surplus");
    const QModelIndex quantity = sheet->lines().index(0, RequestLines::Quantity);
    QVERIFY(!sheet->lines().setData(quantity, QStringLiteral("7"), Qt::EditRole)); // six were delivered
    QVERIFY(sheet->lines().setData(quantity, QStringLiteral("2"), Qt::EditRole));
    // 2 × £10, less 10 %, with 20 % tax.
    QCOMPARE(sheet->filledIn().restockingFee, Amount{2'00});
    QCOMPARE(sheet->filledIn().expectedCredit, Amount{21'60});
    QVERIFY2(sheet->saveText().contains(QStringLiteral("Return 2 of 6"))
                 && sheet->saveText().contains(QStringLiteral("£21.60")),
             qPrintable(sheet->saveText()));
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    const Command &command = lastCommand(f);
    QCOMPARE(command.verb, std::string("request"));
    QCOMPARE(command.account, std::string("a1"));
    const auto &wish = *command.record.as<Return>();
    QCOMPARE(wish.order, std::string("o700"));
    QCOMPARE(wish.lines.size(), 1U);
    QCOMPARE(wish.lines.front().quantity, Decimal::fromInteger(2));
    QCOMPARE(wish.lines.front().feeBasisPoints, 1000);
    QCOMPARE(wish.lines.front().reason, std::string("surplus"));
}

void TestReturns::saysWhyNot()
{
    Fixture f(*m_theme);
    f.cache.put(deliveredThings());
    f.show();
    f.open(Shipment::type, "s700");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SH-700"));
    RequestSheet *sheet = request(f);
    QVERIFY(sheet->lines().objection(1).contains(QStringLiteral("It was cut to your measure.")));
    QVERIFY(
        !sheet->lines().flags(sheet->lines().index(1, RequestLines::Quantity)).testFlag(Qt::ItemIsEditable));
    f.press(Qt::Key_Return, Qt::ControlModifier); // nothing is chosen
    QVERIFY(sheet->isVisible());
    QVERIFY(f.commands.entries()->empty());
    QCOMPARE(sheet->filledIn().shipment, std::string("s700"));
}

void TestReturns::asksWhatTheReasonAsks()
{
    Fixture f(*m_theme);
    f.cache.put(deliveredThings());
    f.show();
    f.open(Order::type, "o700");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10700"));
    RequestSheet *sheet = request(f);
    QVERIFY(sheet->questions().isEmpty());
    choose(sheet->reason(), "damaged");
    QCOMPARE(sheet->questions().size(), 1);
    QVERIFY(sheet->outcome().isVisible());
    sheet->lines().setData(sheet->lines().index(0, RequestLines::Quantity), QStringLiteral("1"),
                           Qt::EditRole);
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(f.commands.entries()->empty()); // it has to be answered
    sheet->questions().first()->setValue(QStringLiteral("The chuck"));
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    const auto &wish = *lastCommand(f).record.as<Return>();
    QCOMPARE(wish.answers.size(), 1U);
    QCOMPARE(wish.answers.front().text, std::string("The chuck"));
    QCOMPARE(wish.lines.front().feeBasisPoints, 0);
}

// Without a connection nobody is to ask for the same units twice.
void TestReturns::countsWhatWaitsInTheOutbox()
{
    Fixture f(*m_theme);
    f.cache.put(deliveredThings());
    f.show();
    f.open(Order::type, "o700");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10700"));
    RequestSheet *sheet = request(f);
    choose(sheet->reason(), "surplus");
    sheet->lines().setData(sheet->lines().index(0, RequestLines::Quantity), QStringLiteral("5"),
                           Qt::EditRole);
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    QTRY_VERIFY(!f.window->findChild<RequestSheet *>());
    sheet = request(f);
    choose(sheet->reason(), "surplus");
    const QModelIndex quantity = sheet->lines().index(0, RequestLines::Quantity);
    QVERIFY(!sheet->lines().setData(quantity, QStringLiteral("2"), Qt::EditRole));
    QVERIFY(sheet->lines().setData(quantity, QStringLiteral("1"), Qt::EditRole));
}

void TestReturns::asksOtherwiseForWhatWasRefused()
{
    Fixture f(*m_theme);
    f.cache.put(deliveredThings());
    f.show();
    f.open(Order::type, "o700");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10700"));
    RequestSheet *sheet = request(f);
    choose(sheet->reason(), "surplus");
    sheet->lines().setData(sheet->lines().index(0, RequestLines::Quantity), QStringLiteral("5"),
                           Qt::EditRole);
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    const QString key = QString::fromStdString(lastCommand(f).key);
    f.commands.send(key);
    f.commands.reject(key, "returned", "Some of it is on another return.");
    QTRY_VERIFY(!f.window->findChild<RequestSheet *>());
    auto *corner = f.workspace().findChild<OutboxCorner *>();
    QTRY_COMPARE(corner->model().counts().needing, 1);
    Q_EMIT corner->editWanted(key);
    QTRY_VERIFY(sheet = f.window->findChild<RequestSheet *>());
    QCOMPARE(sheet->reason().value(), QStringLiteral("surplus"));
    QCOMPARE(sheet->filledIn().units, Decimal::fromInteger(5));
    f.press(Qt::Key_Escape); // nothing was typed, and the outbox keeps it
    QTRY_VERIFY(!f.window->findChild<RequestSheet *>());
    Q_EMIT corner->editWanted(key);
    QTRY_VERIFY(sheet = f.window->findChild<RequestSheet *>());
    sheet->lines().setData(sheet->lines().index(0, RequestLines::Quantity), QStringLiteral("1"),
                           Qt::EditRole);
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(corner->model().counts().needing, 0);
    QCOMPARE(lastCommand(f).record.as<Return>()->lines.front().quantity, Decimal::fromInteger(1));
}

void TestReturns::authorisesWithOneKey()
{
    Fixture f(*m_theme);
    lookAtReturn(f);
    DecideSheet *sheet = decide(f, Qt::Key_A);
    QVERIFY2(sheet->saveText().contains(QStringLiteral("Authorise 4 of 4")), qPrintable(sheet->saveText()));
    QVERIFY2(sheet->saveText().contains(QStringLiteral("£43.20")), qPrintable(sheet->saveText()));
    f.press(Qt::Key_Return);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    const Command &command = lastCommand(f);
    QCOMPARE(command.verb, std::string("decide"));
    QCOMPARE(command.target, std::string("r1"));
    QVERIFY(command.baseVersion > 0);
    QCOMPARE(command.record.as<Return>()->lines.front().authorised, Decimal::fromInteger(4));
    // What waits is said, and not decided twice.
    auto *pane = qobject_cast<ReturnDetailPane *>(&f.detail());
    QTRY_VERIFY(!pane->canDecide());
    f.press(Qt::Key_A);
    QVERIFY(!f.window->findChild<DecideSheet *>() || !f.window->findChild<DecideSheet *>()->isVisible());
}

void TestReturns::authorisesAPart()
{
    Fixture f(*m_theme);
    lookAtReturn(f);
    DecideSheet *sheet = decide(f, Qt::Key_P);
    choose(*sheet->lines().first().authorised, "1");
    choose(*sheet->lines().first().fee, "0");
    choose(*sheet->lines().first().disposition, "scrap");
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(f.commands.entries()->empty()); // the buyer is told why not all
    choose(*sheet->lines().first().refusal, "Three were used.");
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    const ReturnLine &line = lastCommand(f).record.as<Return>()->lines.front();
    QCOMPARE(line.authorised, Decimal::fromInteger(1));
    QCOMPARE(line.feeBasisPoints, 0);
    QCOMPARE(line.disposition, std::string("scrap"));
    QCOMPARE(line.refusal, std::string("Three were used."));
}

void TestReturns::refusesWithAReason()
{
    Fixture f(*m_theme);
    lookAtReturn(f);
    DecideSheet *sheet = decide(f, Qt::Key_R);
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(f.commands.entries()->empty());
    choose(sheet->refusal(), "It was used.");
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    const auto &decided = *lastCommand(f).record.as<Return>();
    QCOMPARE(decided.refusal, std::string("It was used."));
    QVERIFY(decided.lines.front().authorised.isZero());
}

void TestReturns::letsNobodyElseDecide()
{
    Fixture f(*m_theme);
    lookAtReturn(f, buyer());
    const auto *pane = qobject_cast<ReturnDetailPane *>(&f.detail());
    QVERIFY(!pane->canDecide());
    QVERIFY(pane->canWithdraw());
    QVERIFY(!f.action("return.authorise")->isEnabled());
    f.press(Qt::Key_A);
    QVERIFY(!f.window->findChild<DecideSheet *>());
}

void TestReturns::writesToTheOtherSide()
{
    Fixture f(*m_theme);
    Message message;
    message.key = "m1";
    message.account = "a1";
    message.ofReturn = "r1";
    message.author = "kim";
    message.at = Instant{1'795'210'000'000};
    message.text = "The box is still sealed.";
    f.cache.put({changeTo(message)});
    lookAtReturn(f);
    MessageList &list = qobject_cast<ReturnDetailPane *>(&f.detail())->messages();
    QTRY_COMPARE(list.findChildren<QLabel *>().size(),
                 4); // its head, its text; hidden “nothing yet” and a note
    list.focusField();
    f.type(QStringLiteral("Please send a photo"));
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    QCOMPARE(lastCommand(f).kind, &Message::type);
    QCOMPARE(lastCommand(f).record.as<Message>()->ofReturn, std::string("r1"));
    QCOMPARE(lastCommand(f).record.as<Message>()->text, std::string("Please send a photo"));
    QVERIFY(list.draft().isEmpty());
    QTRY_COMPARE(list.findChildren<QLabel *>().size(), 6); // it stands there while it waits
    // What was refused can be read, and sent another way.
    const QString key = QString::fromStdString(lastCommand(f).key);
    f.commands.reject(key, "forbidden", "Nobody writes about this one.");
    QTRY_VERIFY(says(list, "Refused"));
    QVERIFY(says(list, "Please send a photo"));
    f.commands.dismiss(key);
    QTRY_VERIFY(!says(list, "Please send a photo"));
}

void TestReturns::marksADifference()
{
    Return record = askedFor();
    record.status = ReturnStatus::credited;
    record.open = false;
    record.creditMemo = "c1";
    record.creditMemoNumber = "CM-1";
    record.postedCredit = record.expectedCredit;
    QCOMPARE(standingOf(record, true).tone, Tone::Ok);
    record.postedCredit = Amount{40'00};
    record.creditRemark = "One box was open";
    QCOMPARE(creditDifference(record), Amount{-3'20});
    QCOMPARE(standingOf(record, true).tone, Tone::Warn);
    QVERIFY(standingOf(record, true).sentence.contains(QStringLiteral("£3.20 less than expected")));
    QVERIFY(standingOf(record, true).sentence.endsWith(QStringLiteral("One box was open.")));
    QVERIFY(!standingOf(record, false).sentence.contains(u'£'));
}

void TestReturns::opensWhatNeedsSomebody()
{
    Fixture f(*m_theme);
    f.enter(rep());
    f.cache.put(deliveredThings());
    f.cache.put({changeTo(askedFor())});
    f.press(Qt::Key_N, Qt::AltModifier);
    QCOMPARE(f.workspace().shownPane(), QStringLiteral("work"));
    auto *pane = f.workspace().findChild<WorkPane *>();
    QTRY_VERIFY(pane->list().model()->rowCount() > 2); // there are late shipments and an order on hold, too
    pane->list().setCurrentIndex(pane->list().model()->index(0, 0));
    QCOMPARE(pane->list().currentIndex().row(), 0);
    QVERIFY(pane->list().currentIndex().data().toString().contains(QStringLiteral("RMA-17")));
    const int all = pane->list().model()->rowCount();
    f.press(Qt::Key_Right);
    QTRY_COMPARE(pane->list().model()->rowCount(), 1);
    f.press(Qt::Key_Left);
    QTRY_COMPARE(pane->list().model()->rowCount(), all);
    f.press(Qt::Key_Return);
    QCOMPARE(f.workspace().shownPane(), QStringLiteral("returns"));
    QTRY_COMPARE(f.detail().number(), QStringLiteral("RMA-17"));
    f.show(); // a buyer answers for their own alone
    QVERIFY(!f.workspace().panes().contains(QStringLiteral("work")));
}

void TestReturns::copiesPlainWords()
{
    Fixture f(*m_theme);
    lookAtReturn(f);
    f.press(Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
    QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.contains(QStringLiteral("RMA-17")) && text.contains(QStringLiteral("4 × UF-0231")),
             qPrintable(text));
    f.open(Order::type, "o500");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10500"));
    f.press(Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
    text = QGuiApplication::clipboard()->text();
    for (const char *word :
         {"SO-10500", "6 of 9 units", "on hold", "SH-5521", "1Z999AA10123456784", "is late"})
        QVERIFY2(text.contains(QString::fromLatin1(word)), qPrintable(text));
    f.open(Invoice::type, "i1");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("INV-88213"));
    f.press(Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("INV-88213")));
}

// Whoever calls is found by their number, and all that is theirs stands together.
void TestReturns::showsTheWholeCustomer()
{
    Fixture f(*m_theme);
    Account account;
    account.key = account.account = "a1";
    account.number = "10007";
    account.name = "Harbour Supply Co.";
    Contact contact;
    contact.key = "k1";
    contact.account = "a1";
    contact.name = "Kim Larsen";
    contact.phone = "+44 117 496 0140";
    f.enter(rep());
    f.cache.put(deliveredThings());
    f.cache.put({changeTo(account), changeTo(contact), changeTo(askedFor())});
    const auto jumpTo = [&f](const char *typed) {
        f.press(Qt::Key_K, Qt::ControlModifier);
        f.type(QString::fromLatin1(typed));
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.workspace().shownPane(), QStringLiteral("account"));
    };
    jumpTo("0117 496 0140");
    f.press(Qt::Key_O, Qt::AltModifier);
    jumpTo("harbour");
    const auto *pane = f.workspace().findChild<AccountPane *>();
    QTRY_VERIFY(pane->trade().orders().count() > 0);
    QTRY_COMPARE(pane->trade().returns().count(), 1);
    QVERIFY(pane->contacts().row(QStringLiteral("k1")));
    pane->trade().returns().row(0)->click();
    QCOMPARE(f.workspace().shownPane(), QStringLiteral("returns"));
    QTRY_COMPARE(f.detail().number(), QStringLiteral("RMA-17"));
}

void TestReturns::keepsNotesForTheSupplierAlone()
{
    Fixture f(*m_theme);
    Account account;
    account.key = account.account = "a1";
    account.name = "Harbour Supply Co.";
    Note note;
    note.key = "n1";
    note.account = "a1";
    note.author = "rep";
    note.at = Instant{1'795'000'000'000};
    note.text = "Wants to be called, not written to.";
    f.cache.put({changeTo(account), changeTo(note)});
    f.enter(rep());
    f.workspace().goTo(QStringLiteral("account"));
    AccountNotes *notes = f.workspace().findChild<AccountPane *>()->notes();
    QVERIFY(notes);
    QTRY_VERIFY(says(*notes, "Wants to be called"));
    notes->field().setFocus();
    f.type(QStringLiteral("Pays late in December"));
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    QCOMPARE(lastCommand(f).kind, &Note::type);
    QCOMPARE(lastCommand(f).account, std::string("a1"));
    QTRY_VERIFY(says(*notes, "Pays late in December")); // while it waits
    f.commands.reject(QString::fromStdString(lastCommand(f).key), "forbidden", "Not about this one.");
    QTRY_VERIFY(says(*notes, "Refused"));
    QVERIFY(says(*notes, "Pays late in December"));
    notes->field().setPlainText(QString(static_cast<qsizetype>(mostNoteCharacters) + 1, u'x'));
    notes->keep();
    QCOMPARE(f.commands.entries()->size(), 1U);
    f.show(buyer());
    f.workspace().goTo(QStringLiteral("account"));
    QVERIFY(!f.workspace().findChild<AccountPane *>()->notes());
}

void TestReturns::keepsEachNoteWithItsCustomer()
{
    Fixture f(*m_theme);
    Account harbour;
    harbour.key = harbour.account = "a1";
    harbour.name = "Harbour Supply Co.";
    Account mill = harbour;
    mill.key = mill.account = "a2";
    mill.name = "Old Mill Ltd";
    f.enter(rep());
    f.cache.put({changeTo(harbour), changeTo(mill)});
    f.workspace().goTo(QStringLiteral("account"));
    AccountNotes *notes = f.workspace().findChild<AccountPane *>()->notes();
    const auto typed = [notes] { return notes->field().toPlainText(); };
    f.open(Account::type, "a1");
    QTRY_VERIFY(notes->isVisible());
    notes->field().setPlainText(QStringLiteral("Pays late"));
    f.open(Account::type, "a2");
    QTRY_VERIFY(typed().isEmpty());
    notes->field().setPlainText(QStringLiteral("Always in a hurry"));
    notes->keep();
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    QCOMPARE(lastCommand(f).account, std::string("a2"));
    f.open(Account::type, "a1");
    QTRY_COMPARE(typed(), QStringLiteral("Pays late"));
    // One that cannot be stored joins what was typed since, about the same customer.
    f.commands.refusing = Error{ErrorKind::StorageFull, QStringLiteral("There is no room left."), {}};
    notes->keep();
    notes->field().setPlainText(QStringLiteral("And slowly"));
    QTRY_COMPARE(typed(), QStringLiteral("Pays late\nAnd slowly"));
    notes->keep();
    notes->setAccount("a2"); // before the answer
    QTRY_VERIFY(says(*notes, "about another customer"));
    QVERIFY(typed().isEmpty());
    notes->setAccount("a1");
    QCOMPARE(typed(), QStringLiteral("Pays late\nAnd slowly"));
}

// By a hook of the supplier's: it was done, and not quite as it was asked for.
void TestReturns::saysWhatACheckChanged()
{
    Fixture f(*m_theme);
    f.cache.put(deliveredThings());
    f.show();
    f.open(Order::type, "o700");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10700"));
    RequestSheet *sheet = request(f);
    choose(sheet->reason(), "surplus");
    sheet->lines().setData(sheet->lines().index(0, RequestLines::Quantity), QStringLiteral("5"),
                           Qt::EditRole);
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    auto *corner = f.workspace().findChild<OutboxCorner *>();
    QSignalSpy told(corner, &OutboxCorner::told);
    const QString key = QString::fromStdString(lastCommand(f).key);
    f.commands.send(key);
    CommandOutcome outcome;
    outcome.command = key.toStdString();
    outcome.state = CommandOutcome::State::Applied;
    outcome.target = "r9";
    outcome.reason = "Two of these are enough";
    f.commands.tell(outcome);
    QTRY_COMPARE(told.size(), 1);
    QVERIFY2(told[0][0].toString().contains(QStringLiteral("Two of these are enough.")),
             qPrintable(told[0][0].toString()));
}

WINDOW_TEST(TestReturns)
#include "tst_returns.moc"
