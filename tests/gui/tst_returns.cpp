#include "accountpane.h"
#include "accountsection.h"
#include "accounttrade.h"
#include "attachmentfield.h"
#include "contact.h"
#include "decidesheet.h"
#include "formfield.h"
#include "homerows.h"
#include "message.h"
#include "messagelist.h"
#include "outboxcorner.h"
#include "outboxmodel.h"
#include "rail.h"
#include "requestlines.h"
#include "requestsheet.h"
#include "returndetailpane.h"
#include "returnsamples.h"
#include "returnwords.h"
#include "testentry.h"
#include "theme.h"
#include "windowfixture.h"
#include "workmodel.h"
#include "workpane.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace Counterfoil;

namespace {

Person rep()
{
    Person person = buyer();
    person.role = QStringLiteral("csr");
    person.speaksForSupplier = true;
    person.user = QStringLiteral("rep");
    return person;
}

const Command &lastCommand(const Fixture &f)
{
    return f.commands.entries()->back().command;
}

} // namespace

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
    void takesFilesWithARequest();
    void takesFilesWithAMessage();
    void saysWhyAFileIsNotTaken();
    void cutsNobodysWords();
    void keepsOnlyWhatCanBeKept();
    void offersNothingWhereNothingIsShown();
    void marksADifference();
    void opensWhatNeedsSomebody();
    void copiesPlainWords();
    void showsTheWholeCustomer();

private:
    static RequestSheet *request(Fixture &f)
    {
        f.action("return.request")->trigger();
        RequestSheet *sheet = nullptr;
        [&] { QTRY_VERIFY(sheet = f.window->findChild<RequestSheet *>()); }();
        return sheet;
    }
    static DecideSheet *decide(Fixture &f, Qt::Key key)
    {
        f.press(key);
        DecideSheet *sheet = nullptr;
        [&] { QTRY_VERIFY(sheet = f.window->findChild<DecideSheet *>()); }();
        return sheet;
    }
    // Who decides looks at a return that waits for it.
    static void lookAtReturn(Fixture &f, const Person &person = rep())
    {
        f.cache.put(deliveredThings());
        f.cache.put({changeTo(askedFor())});
        f.show(person);
        f.open(Return::type, "r1");
        QTRY_COMPARE(f.detail().number(), QStringLiteral("RMA-17"));
        f.window->activateWindow();
        QTRY_VERIFY(f.window->isActiveWindow());
    }
    static void choose(FormField &field, const char *value)
    {
        field.setValue(QString::fromLatin1(value));
        Q_EMIT field.edited();
    }

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
}

namespace {

QPushButton *buttonOf(const QWidget &within, const QString &text)
{
    const auto all = within.findChildren<QPushButton *>();
    const auto found
        = std::ranges::find_if(all, [&](const QPushButton *each) { return each->text().contains(text); });
    return found == all.end() ? nullptr : *found;
}

// As a file manager does it.
void dropOn(QWidget &widget, const QStringList &files)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString &file : files)
        urls.append(QUrl::fromLocalFile(file));
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(2, 2), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(2, 2), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &drop);
}

} // namespace

void TestReturns::takesFilesWithARequest()
{
    Fixture f(*m_theme);
    f.cache.put(deliveredThings());
    f.show();
    f.open(Order::type, "o700");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10700"));
    RequestSheet *sheet = request(f);
    dropOn(*sheet->files(), {QStringLiteral("/home/kim/dent.jpg"), QStringLiteral("/home/kim/box.jpg")});
    QVERIFY(sheet->files()->isTaking());
    QTRY_COMPARE(sheet->files()->files().size(), 2U);
    buttonOf(*sheet, QStringLiteral("box.jpg"))->click(); // leaves it out
    QTRY_COMPARE(sheet->files()->files().size(), 1U);
    QCOMPARE(f.attachments.dropped, QStringList{QStringLiteral("u-2")});
    choose(sheet->reason(), "surplus");
    sheet->lines().setData(sheet->lines().index(0, RequestLines::Quantity), QStringLiteral("1"),
                           Qt::EditRole);
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    const auto &wish = *lastCommand(f).record.as<Return>();
    QCOMPARE(wish.attachments.size(), 1U);
    QCOMPARE(wish.attachments.front().name, std::string("dent.jpg"));
    QCOMPARE(f.attachments.dropped.size(), 1); // it is the outbox's now
    // Thrown away, they go.
    QTRY_VERIFY(!f.window->findChild<RequestSheet *>());
    sheet = request(f);
    dropOn(*sheet->files(), {QStringLiteral("/home/kim/lid.jpg")});
    QTRY_COMPARE(sheet->files()->files().size(), 1U);
    f.press(Qt::Key_Escape);
    QVERIFY(sheet->isAsking());
    buttonOf(*sheet, QStringLiteral("Throw"))->click();
    QTRY_COMPARE(f.attachments.dropped.size(), 2);
}

void TestReturns::takesFilesWithAMessage()
{
    Fixture f(*m_theme);
    Message message;
    message.key = "m1";
    message.account = "a1";
    message.ofReturn = "r1";
    message.author = "kim";
    message.at = Instant{1'795'210'000'000};
    message.attachments = {{"u-77", 0, "dent.jpg", "image/jpeg", 4, std::string(64, 'a')}};
    f.cache.put({changeTo(message)});
    lookAtReturn(f);
    MessageList &list = qobject_cast<ReturnDetailPane *>(&f.detail())->messages();
    AttachmentLinks *links = nullptr;
    QTRY_VERIFY(links = list.findChild<AttachmentLinks *>());
    QTRY_VERIFY(links->findChild<QAbstractButton *>());
    links->findChild<QAbstractButton *>()->click();
    QCOMPARE(f.attachments.wanted, QStringList{QStringLiteral("u-77")});
    // A picture is pasted; nothing needs to be said about it.
    list.focusField();
    auto *data = new QMimeData;
    data->setData(QStringLiteral("image/png"), "\x89PNG");
    data->setImageData(QImage(2, 2, QImage::Format_RGB32));
    QGuiApplication::clipboard()->setMimeData(data);
    f.press(Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(list.files()->files().size(), 1U);
    QVERIFY(!f.attachments.pasted.isEmpty());
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    QCOMPARE(lastCommand(f).record.as<Message>()->attachments.size(), 1U);
    QVERIFY(list.draft().isEmpty());
}

void TestReturns::saysWhyAFileIsNotTaken()
{
    Fixture f(*m_theme);
    f.attachments.refusing = Error{ErrorKind::BadInput, QStringLiteral("It is too large."), {}};
    lookAtReturn(f);
    MessageList &list = qobject_cast<ReturnDetailPane *>(&f.detail())->messages();
    dropOn(*list.files(), {QStringLiteral("/home/kim/huge.jpg")});
    const auto says = [&list](const char *words) {
        const auto labels = list.findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *each) {
            return each->isVisible() && each->text().contains(QString::fromLatin1(words));
        });
    };
    QTRY_VERIFY(says("It is too large."));
    QVERIFY(list.files()->files().empty());
    f.attachments.refusing.reset();
    QStringList many;
    for (std::size_t i = 0; i <= mostAttachments; ++i)
        many.append(QStringLiteral("/home/kim/%1.jpg").arg(i));
    dropOn(*list.files(), many);
    QVERIFY(says("At most 12 files"));
    QTRY_COMPARE(list.files()->files().size(), mostAttachments);
}

void TestReturns::cutsNobodysWords()
{
    Fixture f(*m_theme);
    lookAtReturn(f);
    MessageList &list = qobject_cast<ReturnDetailPane *>(&f.detail())->messages();
    const QString tooLong(static_cast<qsizetype>(mostMessageCharacters) + 1, u'x');
    list.focusField();
    list.setDraft({tooLong});
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(f.commands.entries()->empty());
    QCOMPARE(list.draft().text, tooLong);
    list.setDraft({tooLong.mid(1)});
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    QCOMPARE(lastCommand(f).record.as<Message>()->text.size(), mostMessageCharacters);
}

void TestReturns::keepsOnlyWhatCanBeKept()
{
    Fixture f(*m_theme);
    lookAtReturn(f);
    DecideSheet *decision = decide(f, Qt::Key_P);
    choose(*decision->lines().first().authorised, "1");
    f.press(Qt::Key_Escape);
    QVERIFY(decision->isAsking());
    QVERIFY(!buttonOf(*decision, QStringLiteral("Keep it"))->isVisible());
    buttonOf(*decision, QStringLiteral("Throw"))->click();
    f.show();
    f.open(Order::type, "o700");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10700"));
    RequestSheet *sheet = request(f);
    // A quantity alone is something typed.
    sheet->lines().setData(sheet->lines().index(0, RequestLines::Quantity), QStringLiteral("2"),
                           Qt::EditRole);
    f.press(Qt::Key_Escape);
    QVERIFY(sheet->isAsking());
    buttonOf(*sheet, QStringLiteral("Keep it"))->click();
    QTRY_VERIFY(!f.window->findChild<RequestSheet *>());
    sheet = request(f);
    QCOMPARE(sheet->filledIn().units, Decimal::fromInteger(2));
}

void TestReturns::offersNothingWhereNothingIsShown()
{
    Fixture f(*m_theme);
    lookAtReturn(f, buyer());
    QTRY_VERIFY(f.action("return.withdraw")->isEnabled());
    f.open(Return::type, "no-such-return");
    QTRY_VERIFY(!f.action("return.withdraw")->isEnabled());
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

WINDOW_TEST(TestReturns)
#include "tst_returns.moc"
