// The statement of account on the screen and as a PDF, over a real cache.

#include "account.h"
#include "freshness.h"
#include "guifixture.h"
#include "invoice.h"
#include "linesmodel.h"
#include "linesview.h"
#include "pagerenderer.h"
#include "payment.h"
#include "renderanswers.h"
#include "statementsheet.h"
#include "statementwords.h"
#include "statuswording.h"
#include "testentry.h"
#include "theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;

namespace {

Date day(int month, int dayOfMonth)
{
    return Date::fromCivil(2026, month, dayOfMonth);
}

Instant noonOf(Date date)
{
    constexpr std::int64_t dayMs = 86'400'000;
    return {date.daysSinceEpoch * dayMs + dayMs / 2};
}

class Fixture
{
public:
    Fixture()
    {
        Account account;
        account.key = account.account = "a1";
        account.number = "A-10001";
        account.name = "Harbour & Sons <Supply>";
        account.currency = "GBP";
        account.country = "GB";
        cache.put({changeTo(account), invoice("1", day(9, 3), 1'000'00, 1'000'00),
                   invoice("2", day(10, 5), 250'50, 250'50)});
        window.resize(1000, 760);
        window.show();
    }

    static Change invoice(const std::string &key, Date issued, std::int64_t total, std::int64_t open)
    {
        Invoice invoice;
        invoice.key = key;
        invoice.account = "a1";
        invoice.number = "INV-8000" + key;
        invoice.poReference = "PO-" + key;
        invoice.issuedAt = noonOf(issued);
        invoice.dueOn = {issued.daysSinceEpoch + 30};
        invoice.currency = "GBP";
        invoice.total = {total};
        invoice.openAmount = {open};
        invoice.open = open != 0;
        return changeTo(invoice);
    }

    StatementSheet *open()
    {
        auto *sheet = new StatementSheet(
            &window, PaneContext{cache.readers(), wording, freshness, clock, person, documents, {}}, "a1");
        sheet->open();
        return sheet;
    }
    StatementSheet *openFor(Date from, Date to)
    {
        StatementSheet *sheet = open();
        QSignalSpy shown(sheet, &StatementSheet::shown);
        sheet->setPeriod(from, to);
        return shown.wait() ? sheet : nullptr;
    }

    Theme theme{*qApp};
    TestCache cache;
    SetClock clock;
    SetSyncPort sync;
    StatusWording wording{cache.readers()};
    Freshness freshness{sync, clock};
    SetDocumentPort documents;
    Person person = buyer();
    QWidget window;
};

bool reads(const QWidget &in, const QString &text)
{
    for (const QLabel *label : in.findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(text))
            return true;
    }
    return false;
}

QString textOf(const QString &file)
{
    PageRenderer renderer(QStringLiteral(RENDER_PROGRAM));
    RenderAnswers answers(renderer);
    const auto opened = renderer.open(file);
    answers.waitFor(opened);
    QStringList text;
    for (int page = 0; page < static_cast<int>(answers.opened.value(opened).pages.size()); ++page) {
        const auto read = renderer.text(page);
        answers.waitFor(read);
        for (const TextBox &word : answers.words.value(read))
            text.append(word.text);
    }
    return text.join(u' ');
}

} // namespace

class TestStatementSheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatWasOwedAndIs();
    void followsTheCache();
    void isSavedAsAPdf();
    void saysWhyItCannotBeSaved();
    void aLongOneIsCutOnTheScreenOnly();
    void namesAreForAnyFileSystem();
};

void TestStatementSheet::saysWhatWasOwedAndIs()
{
    Fixture fixture;
    StatementSheet *sheet = fixture.openFor(day(10, 1), day(10, 31));
    QVERIFY(sheet);
    const auto *lines = sheet->findChild<LinesView *>();
    const QAbstractItemModelTester tester(lines->model());
    QCOMPARE(lines->model()->rowCount(), 1);
    QTRY_VERIFY(reads(*sheet, QStringLiteral("£1,000.00"))); // opening
    QVERIFY(reads(*sheet, QStringLiteral("£1,250.50")));     // closing
    QVERIFY(reads(*sheet, StatementWords::bucket(Ageing::To60)));
    QVERIFY(reads(*sheet, QStringLiteral("A-10001")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!fixture.window.findChild<StatementSheet *>());
}

void TestStatementSheet::followsTheCache()
{
    Fixture fixture;
    StatementSheet *sheet = fixture.openFor(day(10, 1), day(10, 31));
    QVERIFY(sheet);
    fixture.cache.put({Fixture::invoice("3", day(10, 9), 10'00, 10'00)});
    QTRY_VERIFY(reads(*sheet, QStringLiteral("£1,260.50")));
}

void TestStatementSheet::isSavedAsAPdf()
{
    Fixture fixture;
    StatementSheet *sheet = fixture.openFor(day(9, 1), day(10, 31));
    QVERIFY(sheet);
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("statement.pdf"));
    QSignalSpy saved(sheet, &StatementSheet::saved);
    sheet->saveAs(file);
    QVERIFY(saved.wait());
    const QString text = textOf(file);
    for (const char *words : {"Harbour & Sons <Supply>", "A-10001", "INV-80001", "INV-80002", "PO-2",
                              "£1,250.50", "Opening balance", "Page 1 of 1"})
        QVERIFY2(text.contains(QString::fromUtf8(words)), qPrintable(QString::fromUtf8(words) + text));
}

void TestStatementSheet::saysWhyItCannotBeSaved()
{
    Fixture fixture;
    StatementSheet *sheet = fixture.openFor(day(10, 1), day(10, 31));
    QVERIFY(sheet);
    sheet->saveAs(QStringLiteral("/nowhere/at/all.pdf"));
    QTRY_VERIFY(reads(*sheet, QStringLiteral("could not be saved")));
}

void TestStatementSheet::aLongOneIsCutOnTheScreenOnly()
{
    Fixture fixture;
    std::vector<Change> many;
    for (int i = 0; i < 700; ++i)
        many.push_back(Fixture::invoice("x" + std::to_string(i), day(10, 1 + i % 28), 100, 0));
    fixture.cache.put(many);
    StatementSheet *sheet = fixture.openFor(day(10, 1), day(10, 31));
    QVERIFY(sheet);
    QCOMPARE(sheet->findChild<LinesView *>()->model()->rowCount(), StatementSheet::mostShown);
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("long.pdf"));
    QSignalSpy saved(sheet, &StatementSheet::saved);
    sheet->saveAs(file);
    QVERIFY(saved.wait(20'000));
    const QString text = textOf(file);
    QCOMPARE(text.count(QStringLiteral("INV-8000x")), 700);
    QVERIFY(text.count(QStringLiteral("Balance")) > 10); // the table's header is on every page
}

void TestStatementSheet::namesAreForAnyFileSystem()
{
    AccountStatement statement;
    statement.account.number = "../A:1\"*?\u202E" + std::string(300, 'x');
    statement.from = day(10, 1);
    statement.to = day(10, 31);
    const QString name = StatementWords::fileName(statement);
    for (const QChar bad : QStringLiteral("/\\:*?\"<>|."))
        QVERIFY2(!name.contains(bad), qPrintable(name));
    QVERIFY(name.size() < 100);
}

WINDOW_TEST(TestStatementSheet)
#include "tst_statementsheet.moc"
