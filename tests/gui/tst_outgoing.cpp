#include "batchcard.h"
#include "documentview.h"
#include "formfield.h"
#include "invoicedetailpane.h"
#include "listfoot.h"
#include "listselection.h"
#include "outgoingdesk.h"
#include "recordview.h"
#include "savesheet.h"
#include "theme.h"
#include "toast.h"
#include "windowfixture.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>

using namespace Counterfoil;

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
    QStringList saved() const { return QDir(m_out).entryList(QDir::Files | QDir::Hidden); }

    std::unique_ptr<Theme> m_theme;
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

QTEST_MAIN(TestOutgoing)
#include "tst_outgoing.moc"
