#include "attachmentfield.h"
#include "filewindow.h"
#include "filewindows.h"
#include "message.h"
#include "messagelist.h"
#include "requestlines.h"
#include "returndesk.h"
#include "returndetailpane.h"
#include "returnsteps.h"
#include "testentry.h"
#include "theme.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>

using namespace Counterfoil;

namespace {

QPushButton *buttonOf(const QWidget &within, const QString &text)
{
    const auto all = within.findChildren<QPushButton *>();
    const auto found
        = std::ranges::find_if(all, [&](const QPushButton *each) { return each->text().contains(text); });
    return found == all.end() ? nullptr : *found;
}

Return anotherAskedFor()
{
    Return other = askedFor();
    other.key = "r2";
    other.number = "RMA-18";
    other.account = "a2";
    return other;
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

// Files that go with returns and messages, and what is typed and not sent yet.
class TestReturnFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void takesFilesWithARequest();
    void takesFilesWithAMessage();
    void saysWhyAFileIsNotTaken();
    void bringsEachFileToItsReturn();
    void givesBackWhatWasNotSent();
    void waitsForNoCopyThatNobodyWants();
    void cutsNobodysWords();
    void keepsOnlyWhatCanBeKept();
    void keepsWhatCouldNotBeStored();
    void saysWhichFileWasNotKept();
    void offersNothingWhereNothingIsShown();
    void closesWhatMayNotBeSeenAnyMore();
    void keepsAsMuchAsSomebodyTypes();
    void keepsNothingOfALostAccount();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestReturnFiles::takesFilesWithARequest()
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
    QCOMPARE(f.attachments.accounts, (QStringList{QStringLiteral("a1"), QStringLiteral("a1")}));
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

void TestReturnFiles::takesFilesWithAMessage()
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
    QTRY_VERIFY(list.findChild<AttachmentLinks *>());
    AttachmentLinks *links = list.findChild<AttachmentLinks *>();
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
    QKeyEvent held(QEvent::KeyPress, Qt::Key_V, Qt::ControlModifier, QString(), true);
    QApplication::sendEvent(QApplication::focusWidget(), &held);
    QCOMPARE(f.attachments.accounts.size(), 1);
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f.commands.entries()->size(), 1U);
    QCOMPARE(lastCommand(f).record.as<Message>()->attachments.size(), 1U);
    QVERIFY(list.draft().isEmpty());
}

void TestReturnFiles::saysWhyAFileIsNotTaken()
{
    Fixture f(*m_theme);
    f.attachments.refusing = Error{ErrorKind::BadInput, QStringLiteral("It is too large."), {}};
    lookAtReturn(f);
    MessageList &list = qobject_cast<ReturnDetailPane *>(&f.detail())->messages();
    dropOn(*list.files(), {QStringLiteral("/home/kim/huge.jpg")});
    QTRY_VERIFY(says(list, "It is too large."));
    QVERIFY(list.files()->files().empty());
    f.attachments.refusing.reset();
    QStringList many;
    for (std::size_t i = 0; i <= mostAttachments; ++i)
        many.append(QStringLiteral("/home/kim/%1.jpg").arg(i));
    dropOn(*list.files(), many);
    QVERIFY(says(list, "At most 12 files"));
    QTRY_COMPARE(list.files()->files().size(), mostAttachments);
    QVERIFY(says(list, "At most 12 files")); // still, though others were taken
    // Of two, one is taken and one is not; the next that is given is another matter.
    list.setDraft({});
    f.attachments.slow = true;
    dropOn(*list.files(), {QStringLiteral("/home/kim/a.docx"), QStringLiteral("/home/kim/b.jpg")});
    QSet<quint64> coming = list.files()->coming();
    const quint64 first = *std::ranges::min_element(coming);
    Q_EMIT f.attachments.refused(first, {ErrorKind::BadInput, QStringLiteral("It is no photo."), {}});
    f.attachments.finish();
    QCOMPARE(list.files()->files().size(), 1U);
    QVERIFY(says(list, "It is no photo."));
    dropOn(*list.files(), {QStringLiteral("/home/kim/c.jpg")});
    f.attachments.finish();
    QVERIFY(!says(list, "It is no photo."));
}

// Copied while somebody looks at another customer's return already.
void TestReturnFiles::bringsEachFileToItsReturn()
{
    Fixture f(*m_theme);
    lookAtReturn(f);
    f.cache.put({changeTo(anotherAskedFor())});
    MessageList &list = qobject_cast<ReturnDetailPane *>(&f.detail())->messages();
    f.attachments.slow = true;
    dropOn(*list.files(), {QStringLiteral("/home/kim/dent.jpg")});
    QVERIFY(list.files()->isTaking());
    f.open(Return::type, "r2");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("RMA-18"));
    QCOMPARE(f.attachments.accounts, QStringList{QStringLiteral("a1")});
    QVERIFY(!list.files()->isTaking());
    f.attachments.finish();
    QVERIFY(list.draft().isEmpty());
    // One that is refused is spoken of where it was dropped, too.
    f.attachments.refusing = Error{ErrorKind::BadInput, QStringLiteral("It is too large."), {}};
    dropOn(*list.files(), {QStringLiteral("/home/kim/huge.jpg")});
    QCOMPARE(f.attachments.accounts.last(), QStringLiteral("a2"));
    f.open(Return::type, "r1");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("RMA-17"));
    QCOMPARE(list.files()->files().size(), 1U);
    QCOMPARE(list.files()->files().front().name, "dent.jpg");
    f.attachments.finish();
    QVERIFY(!says(list, "It is too large."));
    f.open(Return::type, "r2");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("RMA-18"));
    QVERIFY(says(list, "It is too large."));
    // On its way there and back it is shown on its own return.
    f.attachments.refusing.reset();
    dropOn(*list.files(), {QStringLiteral("/home/kim/lid.jpg")});
    f.open(Return::type, "r1");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("RMA-17"));
    QVERIFY(!list.files()->isTaking());
    f.open(Return::type, "r2");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("RMA-18"));
    QVERIFY(list.files()->isTaking());
    f.attachments.finish();
    QCOMPARE(list.files()->files().size(), 1U);
}

void TestReturnFiles::givesBackWhatWasNotSent()
{
    Fixture f(*m_theme);
    lookAtReturn(f);
    f.cache.put({changeTo(anotherAskedFor())});
    MessageList &list = qobject_cast<ReturnDetailPane *>(&f.detail())->messages();
    dropOn(*list.files(), {QStringLiteral("/home/kim/dent.jpg")});
    QTRY_COMPARE(list.files()->files().size(), 1U);
    list.setDraft({QStringLiteral("The chuck is dented."), list.files()->files()});
    f.commands.refusing = Error{ErrorKind::StorageFull, QStringLiteral("There is no room left."), {}};
    list.focusField();
    f.press(Qt::Key_Return, Qt::ControlModifier);
    list.setDraft({QStringLiteral("And the lid.")}); // goes on before it is known
    QTRY_COMPARE(list.draft().files.size(), 1U);
    QCOMPARE(list.draft().text, QStringLiteral("The chuck is dented.\nAnd the lid."));
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(list.draft().isEmpty());
    list.writeAbout(QStringLiteral("r2"), QStringLiteral("a2")); // as arrowing on does, before the answer
    list.setDraft({QStringLiteral("About another.")});
    QCoreApplication::processEvents();
    QCOMPARE(list.draft().text, QStringLiteral("About another."));
    QVERIFY(list.files()->files().empty());
    list.writeAbout(QStringLiteral("r1"), QStringLiteral("a1"));
    QCOMPARE(list.draft().text, QStringLiteral("The chuck is dented.\nAnd the lid."));
    QCOMPARE(list.draft().files.size(), 1U);
}

void TestReturnFiles::waitsForNoCopyThatNobodyWants()
{
    Fixture f(*m_theme);
    f.cache.put(deliveredThings());
    f.show();
    f.open(Order::type, "o700");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10700"));
    f.attachments.slow = true;
    RequestSheet *sheet = request(f);
    dropOn(*sheet->files(), {QStringLiteral("/home/kim/lid.jpg")});
    QVERIFY(sheet->files()->isTaking());
    f.press(Qt::Key_Escape);
    QVERIFY(sheet->isAsking());
    buttonOf(*sheet, QStringLiteral("Throw"))->click();
    QCOMPARE(f.attachments.forgotten, QList<quint64>{1});
}

void TestReturnFiles::cutsNobodysWords()
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

void TestReturnFiles::keepsOnlyWhatCanBeKept()
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
    f.press(Qt::Key_Escape); // it is nowhere else by now
    QVERIFY(sheet->isAsking());
    buttonOf(*sheet, QStringLiteral("Keep it"))->click();
    QTRY_VERIFY(!f.window->findChild<RequestSheet *>());
    sheet = request(f);
    QCOMPARE(sheet->filledIn().units, Decimal::fromInteger(2));
}

void TestReturnFiles::keepsWhatCouldNotBeStored()
{
    Fixture f(*m_theme);
    f.cache.put(deliveredThings());
    f.show();
    f.open(Order::type, "o700");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10700"));
    RequestSheet *sheet = request(f);
    dropOn(*sheet->files(), {QStringLiteral("/home/kim/dent.jpg")});
    QTRY_COMPARE(sheet->files()->files().size(), 1U);
    choose(sheet->reason(), "surplus");
    sheet->lines().setData(sheet->lines().index(0, RequestLines::Quantity), QStringLiteral("2"),
                           Qt::EditRole);
    f.commands.refusing = Error{ErrorKind::StorageFull, QStringLiteral("There is no room left."), {}};
    f.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!f.window->findChild<RequestSheet *>());
    QTRY_COMPARE(f.toast(), QStringLiteral("There is no room left."));
    sheet = request(f);
    QCOMPARE(sheet->reason().value(), QStringLiteral("surplus"));
    QCOMPARE(sheet->filledIn().units, Decimal::fromInteger(2));
    QCOMPARE(sheet->filledIn().attachments.size(), 1U);
    QVERIFY(f.attachments.dropped.isEmpty());
}

void TestReturnFiles::saysWhichFileWasNotKept()
{
    Fixture f(*m_theme);
    f.cache.put(deliveredThings());
    f.show();
    f.open(Order::type, "o700");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10700"));
    f.attachments.slow = true;
    RequestSheet *sheet = request(f);
    dropOn(*sheet->files(), {QStringLiteral("/home/kim/lid.jpg")});
    f.press(Qt::Key_Escape);
    QVERIFY(sheet->isAsking());
    buttonOf(*sheet, QStringLiteral("Keep it"))->click();
    QTRY_VERIFY(f.toast().contains(QStringLiteral("still being copied")));
}

void TestReturnFiles::offersNothingWhereNothingIsShown()
{
    Fixture f(*m_theme);
    lookAtReturn(f, buyer());
    QTRY_VERIFY(f.action("return.withdraw")->isEnabled());
    f.open(Return::type, "no-such-return");
    QTRY_VERIFY(!f.action("return.withdraw")->isEnabled());
}

void TestReturnFiles::closesWhatMayNotBeSeenAnyMore()
{
    Fixture f(*m_theme);
    Message message;
    message.key = "m1";
    message.account = "a1";
    message.ofReturn = "r1";
    message.attachments = {{"u-7", 0, "report.pdf", "application/pdf", 4, std::string(64, 'a')}};
    f.cache.put({changeTo(message)});
    lookAtReturn(f);
    MessageList &list = qobject_cast<ReturnDetailPane *>(&f.detail())->messages();
    QTRY_VERIFY(list.findChild<AttachmentLinks *>()->findChild<QAbstractButton *>());
    list.findChild<AttachmentLinks *>()->findChild<QAbstractButton *>()->click();
    const QString folder = f.dir.filePath(QStringLiteral("attachments"));
    const QString theirs = folder + QStringLiteral("/u-7.pdf");
    Q_EMIT f.attachments.ready(message.attachments.front(), theirs);
    const QPointer<FileWindow> window = f.workspace().files().find(theirs);
    QVERIFY(window && window->isVisible());
    const QString own = f.dir.filePath(QStringLiteral("attachments of mine.pdf"));
    QVERIFY(f.workspace().files().open(own));
    Q_EMIT f.attachments.gone(f.dir.filePath(QStringLiteral("empty")));
    QCOMPARE(f.toast(), QString());
    Q_EMIT f.attachments.gone(folder);
    QVERIFY2(f.toast().contains(QStringLiteral("may have changed")), qPrintable(f.toast()));
    QVERIFY(!window || !window->isVisible());
    QTRY_VERIFY(!window);
    QVERIFY(f.workspace().files().find(own)->isVisible());
}

void TestReturnFiles::keepsAsMuchAsSomebodyTypes()
{
    constexpr int many = ReturnDesk::mostDrafts;
    Fixture f(*m_theme);
    f.cache.put({changeTo(standardRules())});
    for (int number = 1; number <= many + 1; ++number)
        f.cache.put({changeTo(plainOrder(number))});
    f.show();
    const auto openSheet = [&f](int number) {
        f.open(Order::type, ("o" + std::to_string(number)).c_str());
        [&] { QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-%1").arg(10'000 + number)); }();
        return request(f);
    };
    const auto leave = [&f](const RequestSheet &sheet, const char *how) {
        f.press(Qt::Key_Escape);
        const auto *button = buttonOf(sheet, QString::fromLatin1(how));
        QVERIFY(button && button->isVisible());
        buttonOf(sheet, QString::fromLatin1(how))->click();
        QTRY_VERIFY(!f.window->findChild<RequestSheet *>());
    };
    for (int number = 1; number <= many; ++number) {
        RequestSheet *sheet = openSheet(number);
        QVERIFY(!says(*sheet, "Too many"));
        choose(sheet->reason(), "surplus");
        leave(*sheet, "Keep it");
    }
    RequestSheet *beyond = openSheet(many + 1);
    QVERIFY(says(*beyond, "Too many returns are kept for later"));
    choose(beyond->reason(), "surplus");
    f.press(Qt::Key_Escape);
    QVERIFY(beyond->isAsking() && !buttonOf(*beyond, QStringLiteral("Keep it"))->isVisible());
    f.press(Qt::Key_Escape);
    leave(*beyond, "Throw");
    for (const int number : {1, many}) {
        RequestSheet *sheet = openSheet(number);
        QCOMPARE(sheet->reason().value(), QStringLiteral("surplus"));
        leave(*sheet, "Keep it");
    }
}

void TestReturnFiles::keepsNothingOfALostAccount()
{
    Fixture f(*m_theme);
    f.cache.put({changeTo(standardRules())});
    f.show();
    f.open(Order::type, "o1");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("SO-10001"));
    const auto keep = [&f](RequestSheet &sheet) {
        f.press(Qt::Key_Escape);
        QVERIFY(sheet.isAsking());
        buttonOf(sheet, QStringLiteral("Keep it"))->click();
        QTRY_VERIFY(!f.window->findChild<RequestSheet *>());
    };
    RequestSheet *sheet = request(f);
    choose(sheet->reason(), "surplus");
    keep(*sheet);
    ScopeChange change;
    change.lost = QStringList{QStringLiteral("a2")};
    Q_EMIT f.sync.scopeChanged(change);
    sheet = request(f);
    QCOMPARE(sheet->reason().value(), QStringLiteral("surplus"));
    keep(*sheet);
    change.lost = QStringList{QStringLiteral("a1")};
    Q_EMIT f.sync.scopeChanged(change);
    sheet = request(f);
    QCOMPARE(sheet->reason().value(), QString());
}

WINDOW_TEST(TestReturnFiles)
#include "tst_returnfiles.moc"
