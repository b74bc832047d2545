#include "batchcard.h"
#include "choicefield.h"
#include "documentview.h"
#include "einvoicesamples.h"
#include "formfield.h"
#include "invoicedetailpane.h"
#include "listfoot.h"
#include "listselection.h"
#include "outgoingdesk.h"
#include "packsheet.h"
#include "pdfs.h"
#include "printport.h"
#include "printsheet.h"
#include "recordview.h"
#include "renderanswers.h"
#include "savesheet.h"
#include "testentry.h"
#include "theme.h"
#include "thumbnailstrip.h"
#include "toast.h"
#include "windowfixture.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>

using namespace Counterfoil;

namespace {

struct Printers final : PrinterDoor
{
    QStringList printers() const override { return {QStringLiteral("desk"), QStringLiteral("hall")}; }
    QString usualPrinter() const override { return QStringLiteral("hall"); }
    std::unique_ptr<PrintedPaper> paper() const override { return nullptr; }
};

} // namespace

// Documents on their way out, as a clerk does it: rows, keys, sheets and the card in the corner.
class TestOutgoing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void savesTheDocumentOfTheRow();
    void savesTheDocumentThatIsRead();
    void saysWhatHasNoDocument();
    void saysWhatFailedAndTriesAgain();
    void waitsForTheNetworkAndCanBeCancelled();
    void showsTheNameAsOneTypes();
    void selectionKeepsTheDetailAndSaysItsSum();
    void everyRowMeansSoManyAtMost();
    void packsTheRowsChosen();
    void mailsWithASubject();
    void keepsTheFilesOfTheLastLetters();
    void mailsNothingUntilAllAreThere();
    void asksOnWhichPrinter();
    void dragsTheFilesOfTheRows();
    void choosesTheFormat();
    void savesThePagesChosen();
    void dragsThePagesChosen();
    void mailsThePagesChosen();
    void printsThePagesChosen();

private:
    template <class T> T *shown() const
    {
        for (T *part : m_fixture->window->findChildren<T *>()) {
            if (part->isVisible())
                return part;
        }
        return nullptr;
    }
    QString foot() const
    {
        const auto *label = m_fixture->workspace().currentPage()->list().findChild<ListFoot *>();
        return label->findChild<QLabel *>()->text();
    }
    QString held(const QByteArray &bytes) // what the port has
    {
        QFile file(m_fixture->dir.filePath(QStringLiteral("held")));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }
    void enterWithPictures() // the window draws documents, and makes packs
    {
        m_fixture->doors.programs = QFileInfo(QStringLiteral(RENDER_PROGRAM)).path();
        m_fixture->show(buyer(), QStringLiteral(RENDER_PROGRAM));
        m_fixture->open(Invoice::type, "i1");
        QTRY_COMPARE(m_fixture->detail().number(), QStringLiteral("INV-88213"));
        m_fixture->window->activateWindow();
        QTRY_VERIFY(m_fixture->window->isActiveWindow());
        QTRY_VERIFY(m_fixture->documents.wanted.contains(QStringLiteral("d1")));
    }
    ThumbnailStrip *choosePages();
    OutgoingDesk &desk() const { return *m_fixture->workspace().findChild<OutgoingDesk *>(); }
    QStringList saved() const { return QDir(m_out).entryList(QDir::Files | QDir::Hidden); }

    std::unique_ptr<Theme> m_theme;
    Printers m_printers;
    std::unique_ptr<Fixture> m_fixture;
    QString m_out;
};

void TestOutgoing::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_theme = std::make_unique<Theme>(*qApp);
}

void TestOutgoing::init()
{
    m_fixture = std::make_unique<Fixture>(*m_theme);
    m_out = m_fixture->dir.filePath(QStringLiteral("out"));
    QVERIFY(QDir().mkdir(m_out));
    QSettings settings(m_fixture->dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    settings.setValue(QStringLiteral("saving/folder"), m_out);
    settings.setValue(QStringLiteral("saving/pattern"), QStringLiteral("{paper} {number}"));
    settings.sync();
    m_fixture->enter();
    m_fixture->open(Invoice::type, "i1");
    QTRY_COMPARE(m_fixture->detail().number(), QStringLiteral("INV-88213"));
}

void TestOutgoing::cleanup()
{
    m_fixture.reset();
}

void TestOutgoing::savesTheDocumentOfTheRow()
{
    m_fixture->press(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(shown<SaveSheet>());
    QCOMPARE(shown<SaveSheet>()->preview(), QStringLiteral("Invoice INV-88213.pdf"));
    m_fixture->press(Qt::Key_Return);
    QTRY_VERIFY(m_fixture->documents.wanted.contains(QStringLiteral("d1")));
    Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"), held("%PDF-1"));
    QTRY_COMPARE(saved(), QStringList{QStringLiteral("Invoice INV-88213.pdf")});
    QTRY_VERIFY(shown<Toast>());
    QVERIFY2(shown<Toast>()->text().contains(QStringLiteral("Invoice INV-88213.pdf")),
             qPrintable(shown<Toast>()->text()));
    QVERIFY(!shown<BatchCard>());
}

void TestOutgoing::savesTheDocumentThatIsRead()
{
    // Both rows are selected, but the focus is in the document.
    m_fixture->workspace().currentPage()->list().view().selectAll();
    auto *view = m_fixture->window->findChild<DocumentView *>();
    QTRY_COMPARE(view->key(), QStringLiteral("d1"));
    view->setFocus();
    m_fixture->press(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(shown<SaveSheet>());
    QCOMPARE(shown<SaveSheet>()->accessibleName(), QStringLiteral("Save Invoice INV-88213"));
}

void TestOutgoing::saysWhatHasNoDocument()
{
    m_fixture->open(Invoice::type, "c1");
    QTRY_COMPARE(m_fixture->detail().number(), QStringLiteral("CM-4410"));
    m_fixture->action("outgoing.save")->trigger();
    QTRY_VERIFY(shown<Toast>());
    QCOMPARE(shown<Toast>()->text(), QStringLiteral("CM-4410 has no document yet and is left out."));
    QVERIFY(!shown<SaveSheet>());
}

void TestOutgoing::saysWhatFailedAndTriesAgain()
{
    m_fixture->action("outgoing.save")->trigger();
    QTRY_VERIFY(shown<SaveSheet>());
    QVERIFY(QDir(m_out).removeRecursively()); // somebody took the disk away
    m_fixture->press(Qt::Key_Return);
    QTRY_VERIFY(m_fixture->documents.wanted.contains(QStringLiteral("d1")));
    Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"), held("%PDF-1"));
    QTRY_VERIFY(shown<BatchCard>());
    QVERIFY2(shown<BatchCard>()->text().contains(QStringLiteral("no longer there")),
             qPrintable(shown<BatchCard>()->text()));
    QVERIFY(QDir().mkdir(m_out));
    for (QPushButton *button : shown<BatchCard>()->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Try the failed ones again"))
            button->click();
    }
    Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"), held("%PDF-1"));
    QTRY_COMPARE(saved().size(), 1);
}

void TestOutgoing::waitsForTheNetworkAndCanBeCancelled()
{
    m_fixture->action("outgoing.save")->trigger();
    QTRY_VERIFY(shown<SaveSheet>());
    m_fixture->press(Qt::Key_Return);
    QTRY_VERIFY(shown<BatchCard>());
    QTRY_VERIFY2(shown<BatchCard>()->text().contains(QStringLiteral("as soon as there is a connection")),
                 qPrintable(shown<BatchCard>()->text()));
    for (QPushButton *button : shown<BatchCard>()->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Cancel"))
            button->click();
    }
    QTRY_VERIFY(!shown<BatchCard>());
    QVERIFY(!m_fixture->workspace().findChild<OutgoingDesk *>()->isBusy());
}

void TestOutgoing::showsTheNameAsOneTypes()
{
    m_fixture->action("outgoing.names")->trigger();
    QTRY_VERIFY(shown<SaveSheet>());
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line);
    line->selectAll();
    m_fixture->type(QStringLiteral("{number} ../{account}"));
    QCOMPARE(shown<SaveSheet>()->preview(), QStringLiteral("INV-88213 ..-Harbour Supply.pdf"));
    line->selectAll();
    m_fixture->type(QStringLiteral("{nonsense}"));
    m_fixture->press(Qt::Key_Return); // refused
    QVERIFY(shown<SaveSheet>());
    line->selectAll();
    m_fixture->type(QStringLiteral("{date}"));
    m_fixture->press(Qt::Key_Return);
    QTRY_VERIFY(!shown<SaveSheet>());
    const QSettings settings(m_fixture->dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    QCOMPARE(settings.value(QStringLiteral("saving/pattern")).toString(), QStringLiteral("{date}"));
}

void TestOutgoing::selectionKeepsTheDetailAndSaysItsSum()
{
    ListPane &list = m_fixture->workspace().currentPage()->list();
    list.focusList();
    QTRY_VERIFY(foot().contains(QStringLiteral("open")));
    const QString before = foot();
    m_fixture->press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(list.selection().count(), 2);
    QCOMPARE(m_fixture->detail().number(), QStringLiteral("INV-88213"));
    QTRY_COMPARE(foot(), QStringLiteral("2 selected · £1,156.90"));
    list.select(QStringLiteral("c1"));
    QTRY_COMPARE(foot(), before);
}

void TestOutgoing::everyRowMeansSoManyAtMost()
{
    static_assert(ListSelection::most == DocumentBatch::mostDocuments);
    RecordView &view = m_fixture->workspace().currentPage()->list().view();
    view.setMostSelected(1);
    view.selectAll();
    QCOMPARE(m_fixture->workspace().currentPage()->list().selection().count(), 1);
    QTRY_VERIFY(shown<Toast>());
}

void TestOutgoing::packsTheRowsChosen()
{
    m_fixture->doors.programs = QCoreApplication::applicationDirPath();
    m_fixture->enter();
    m_fixture->open(Invoice::type, "i1");
    QTRY_COMPARE(m_fixture->detail().number(), QStringLiteral("INV-88213"));
    m_fixture->workspace().currentPage()->list().view().selectAll();
    m_fixture->action("outgoing.pack")->trigger();
    QTRY_VERIFY(shown<PackSheet>());
    QString said;
    for (const QLabel *label : shown<PackSheet>()->findChildren<QLabel *>())
        said += label->text() + u'\n';
    QVERIFY2(said.contains(QStringLiteral("1 documents, £1,200.00 in all")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("CM-4410 has no document yet")), qPrintable(said));
    shown<PackSheet>()->findChild<FormField *>()->setValue(QStringLiteral("zip"));
    m_fixture->press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(m_fixture->documents.wanted.contains(QStringLiteral("d1")));
    Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"), held("%PDF-1"));
    QTRY_VERIFY(!desk().isBusy());
    QCOMPARE(saved().size(), 1);
    QVERIFY2(saved().first().endsWith(QStringLiteral(".zip")), qPrintable(saved().first()));
}

void TestOutgoing::mailsWithASubject()
{
    Letter letter;
    m_fixture->doors.mail = [&letter](const Letter &given) -> Outcome {
        letter = given;
        return Done();
    };
    m_fixture->enter();
    m_fixture->open(Invoice::type, "i1");
    QTRY_COMPARE(m_fixture->detail().number(), QStringLiteral("INV-88213"));
    m_fixture->action("outgoing.mail")->trigger();
    QTRY_VERIFY(desk().isBusy());
    Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"), held("%PDF-1"));
    QTRY_COMPARE(letter.files.size(), 1);
    QCOMPARE(QFileInfo(letter.files.first()).fileName(), QStringLiteral("Invoice INV-88213.pdf"));
    QCOMPARE(letter.subject, QStringLiteral("Invoice INV-88213"));
    m_fixture.reset(); // and what the mail program was given goes with the profile
    QVERIFY(!QFile::exists(letter.files.first()));
}

void TestOutgoing::keepsTheFilesOfTheLastLetters()
{
    QStringList files;
    m_fixture->doors.mail = [&files](const Letter &given) -> Outcome {
        files += given.files;
        return Done();
    };
    m_fixture->enter();
    m_fixture->open(Invoice::type, "i1");
    QTRY_COMPARE(m_fixture->detail().number(), QStringLiteral("INV-88213"));
    for (int i = 0; i <= OutgoingDesk::mostLettersKept; ++i) {
        m_fixture->action("outgoing.mail")->trigger();
        QTRY_VERIFY(desk().isBusy());
        Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"), held("%PDF-1"));
        QTRY_COMPARE(files.size(), i + 1);
    }
    QTRY_VERIFY(!QFile::exists(files.first()));
    for (int i = 1; i < files.size(); ++i)
        QVERIFY(QFile::exists(files[i]));
}

void TestOutgoing::mailsNothingUntilAllAreThere()
{
    bool sent = false;
    m_fixture->doors.mail = [&sent](const Letter &) -> Outcome {
        sent = true;
        return Done();
    };
    m_fixture->enter();
    m_fixture->open(Invoice::type, "i1");
    QTRY_COMPARE(m_fixture->detail().number(), QStringLiteral("INV-88213"));
    m_fixture->action("outgoing.mail")->trigger();
    QTRY_VERIFY(desk().isBusy());
    Q_EMIT m_fixture->documents.failed(QStringLiteral("d1"),
                                       {ErrorKind::NotFound, QStringLiteral("It is gone.")});
    QTRY_VERIFY(shown<BatchCard>());
    QCOMPARE(desk().batch()->state(), DocumentBatch::State::Stuck);
    QTRY_VERIFY2(shown<BatchCard>()->text().contains(QStringLiteral("Not all of them are here")),
                 qPrintable(shown<BatchCard>()->text()));
    for (QPushButton *button : shown<BatchCard>()->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Leave them out"))
            QVERIFY(button->isVisible());
    }
    QVERIFY(!sent);
}

void TestOutgoing::dragsTheFilesOfTheRows()
{
    RecordView &view = m_fixture->workspace().currentPage()->list().view();
    view.selectAll();
    QSignalSpy ready(m_fixture->workspace().findChild<OutgoingDesk *>(), &OutgoingDesk::dragReady);
    const QPoint at = view.visualRect(view.model()->index(0, 0)).center();
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(m_fixture->workspace().currentPage()->list().selection().count(), 2); // both are meant
    QMouseEvent moved(QEvent::MouseMove, at + QPoint(40, 40),
                      view.viewport()->mapToGlobal(at + QPoint(40, 40)), Qt::NoButton, Qt::LeftButton,
                      Qt::NoModifier);
    QApplication::sendEvent(view.viewport(), &moved);
    QTRY_VERIFY(desk().isBusy());
    Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"), held("%PDF-1"));
    QTRY_COMPARE(ready.size(), 1);
    const QStringList files = ready.first().first().toStringList();
    QCOMPARE(files.size(), 1);
    QCOMPARE(QFileInfo(files.first()).fileName(), QStringLiteral("Invoice INV-88213.pdf"));
    QCOMPARE(QFileInfo(files.first()).size(), 6);
    // A press that moves nothing means its row alone.
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(m_fixture->workspace().currentPage()->list().selection().count(), 1);
}

void TestOutgoing::choosesTheFormat()
{
    enterWithPictures();
    m_fixture->action("outgoing.save")->trigger();
    QTRY_VERIFY(shown<SaveSheet>());
    QCOMPARE(shown<SaveSheet>()->preview(), QStringLiteral("Invoice INV-88213.pdf"));
    auto *format = qobject_cast<ChoiceField *>(shown<SaveSheet>()->findChild<FormField *>()->editor());
    QVERIFY(format);
    format->setFocus();
    for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Return})
        m_fixture->press(key);
    QTRY_COMPARE(shown<SaveSheet>()->preview(), QStringLiteral("Invoice INV-88213.xml"));
    m_fixture->press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(desk().isBusy());
    Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"),
                                      held(pdfWithFiles({{"factur-x.xml", ciiSample()}})));
    QTRY_COMPARE_WITH_TIMEOUT(saved(), QStringList{QStringLiteral("Invoice INV-88213.xml")}, 20'000);
    QFile file(QDir(m_out).filePath(saved().first()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), ciiSample());
    // What has no e-invoice is not asked about.
    m_fixture->action("outgoing.names")->trigger();
    QTRY_VERIFY(shown<SaveSheet>());
    QVERIFY(!qobject_cast<ChoiceField *>(shown<SaveSheet>()->findChild<FormField *>()->editor()));
}

// Four pages, of which two are chosen.
ThumbnailStrip *TestOutgoing::choosePages()
{
    enterWithPictures();
    const QString file = held(plainPdf(4));
    // Whenever it is wanted, which the workspace before may have been the last to do.
    const auto isOpen = [&] {
        Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"), file);
        return shown<DocumentView>() && shown<DocumentView>()->isOpen();
    };
    if (!QTest::qWaitFor(isOpen, 20'000))
        return nullptr;
    auto *view = shown<DocumentView>();
    view->setThumbnailsShown(true);
    auto *strip = view->findChild<ThumbnailStrip *>();
    strip->setFocus();
    view->goToPage(1);
    m_fixture->press(Qt::Key_Down, Qt::ShiftModifier);
    return view->chosenPages() == std::vector<quint32>{1, 2} ? strip : nullptr;
}

void TestOutgoing::savesThePagesChosen()
{
    QVERIFY(choosePages());
    m_fixture->press(Qt::Key_P, Qt::ControlModifier | Qt::AltModifier);
    QTRY_VERIFY(shown<SaveSheet>());
    QCOMPARE(shown<SaveSheet>()->accessibleName(), QStringLiteral("Save pages 2-3 of Invoice INV-88213"));
    m_fixture->press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(desk().isBusy());
    Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"), held(plainPdf(4)));
    QTRY_COMPARE_WITH_TIMEOUT(saved(), QStringList{QStringLiteral("Invoice INV-88213 pages 2-3.pdf")},
                              20'000);
    QTRY_VERIFY(shown<Toast>());
    // Without a choice of pages the whole document is meant.
    m_fixture->press(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(shown<SaveSheet>());
    QCOMPARE(shown<SaveSheet>()->preview(), QStringLiteral("Invoice INV-88213.pdf"));
}

void TestOutgoing::dragsThePagesChosen()
{
    ThumbnailStrip *strip = choosePages();
    QVERIFY(strip);
    QSignalSpy ready(&desk(), &OutgoingDesk::dragReady);
    const QPoint at = strip->visualRect(strip->model()->index(2, 0)).center();
    QTest::mousePress(strip->viewport(), Qt::LeftButton, {}, at);
    for (const QPoint &way : {QPoint(10, 10), QPoint(40, 40), QPoint(40, -200)}) { // and on, meanwhile
        QMouseEvent moved(QEvent::MouseMove, at + way, strip->viewport()->mapToGlobal(at + way), Qt::NoButton,
                          Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(strip->viewport(), &moved);
    }
    QTRY_VERIFY(desk().isBusy());
    Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"), held(plainPdf(4)));
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20'000);
    const QStringList files = ready.first().first().toStringList();
    QCOMPARE(files.size(), 1);
    QCOMPARE(QFileInfo(files.first()).fileName(), QStringLiteral("Invoice INV-88213 pages 2-3.pdf"));
    PageRenderer renderer(QStringLiteral(RENDER_PROGRAM));
    RenderAnswers answers(renderer);
    const auto ticket = renderer.open(files.first());
    QVERIFY(answers.waitFor(ticket));
    QCOMPARE(answers.opened[ticket].pages.size(), std::size_t(2));
}

void TestOutgoing::mailsThePagesChosen()
{
    Letter letter;
    m_fixture->doors.mail = [&letter](const Letter &given) -> Outcome {
        letter = given;
        return Done();
    };
    QVERIFY(choosePages());
    m_fixture->press(Qt::Key_M, Qt::ControlModifier | Qt::AltModifier);
    QTRY_VERIFY(desk().isBusy());
    Q_EMIT m_fixture->documents.ready(QStringLiteral("d1"), held(plainPdf(4)));
    QTRY_COMPARE_WITH_TIMEOUT(letter.files.size(), 1, 20'000);
    QCOMPARE(QFileInfo(letter.files.first()).fileName(), QStringLiteral("Invoice INV-88213 pages 2-3.pdf"));
    QCOMPARE(letter.subject, QStringLiteral("Invoice INV-88213, pages 2-3"));
}

void TestOutgoing::printsThePagesChosen()
{
    m_fixture->doors.printers = [this] { return &m_printers; };
    QVERIFY(choosePages());
    const auto pages = [this] { return shown<PrintSheet>()->findChildren<FormField *>().at(1)->value(); };
    m_fixture->press(Qt::Key_P, Qt::ControlModifier);
    QTRY_VERIFY(shown<PrintSheet>());
    QCOMPARE(pages(), QStringLiteral("2-3"));
    m_fixture->press(Qt::Key_Escape);
    QTRY_VERIFY(!shown<PrintSheet>());
    shown<DocumentView>()->setThumbnailsShown(false); // nothing is chosen, and all of it is meant
    m_fixture->press(Qt::Key_P, Qt::ControlModifier);
    QTRY_VERIFY(shown<PrintSheet>());
    QCOMPARE(pages(), QString());
}

void TestOutgoing::asksOnWhichPrinter()
{
    m_fixture->doors.printers = [this] { return &m_printers; };
    m_fixture->enter();
    m_fixture->open(Invoice::type, "i1");
    QTRY_COMPARE(m_fixture->detail().number(), QStringLiteral("INV-88213"));
    m_fixture->press(Qt::Key_P, Qt::ControlModifier);
    QTRY_VERIFY(shown<PrintSheet>());
    QTRY_COMPARE(shown<PrintSheet>()->findChild<FormField *>()->value(), QStringLiteral("hall"));
}

WINDOW_TEST(TestOutgoing)
#include "tst_outgoing.moc"
