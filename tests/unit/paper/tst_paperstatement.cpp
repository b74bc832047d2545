#include "document.h"
#include "readpaper.h"
#include "testentry.h"

#include <QTest>

#include <limits>

using namespace Counterfoil;

// A statement of account as its reader finds it.
class TestPaperStatement : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aStatementAddsUp();
};

void TestPaperStatement::aStatementAddsUp()
{
    PaperData data = samplePaper();
    data.paper = Paper::statement;
    data.invoice = {};
    PaperStatement &statement = data.statement;
    statement = {"ST-C-10021-2026-10",          "GBP",     Date::fromCivil(2026, 10, 1),
                 Date::fromCivil(2026, 10, 31), {100'000}, {}};
    for (int i = 1; i <= 60; ++i)
        statement.movements.push_back({Date::fromCivil(2026, 10, 1 + i / 3),
                                       "Invoice INV-" + std::to_string(i),
                                       "PO 7779",
                                       Date::fromCivil(2026, 11, 20),
                                       {10'000}});
    statement.movements.push_back({Date::fromCivil(2026, 10, 30), "Payment PAY-7", {}, {}, {-250'000}});
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document && sheet.pages.size() > 1);
    QCOMPARE(sheet.document->title(), QStringLiteral("Statement of account ST-C-10021-2026-10"));
    for (const char *said :
         {"Harbour Supply Co.", "C-10021", "1 Oct 2026", "31 Oct 2026", "Invoice INV-60", "PO 7779",
          "20 Nov 2026", "Payment PAY-7", "-2,500.00", "Owed before", "1,000.00", "6,000.00", "GBP 4,500.00"})
        QVERIFY2(sheet.all().contains(QLatin1String(said)), said);
    QVERIFY(!sheet.all().contains(QLatin1String("Remittance")));
    QVERIFY(!sheet.document->hasEmbeddedFiles());
    statement.movements[0].amount = {std::numeric_limits<std::int64_t>::max()};
    QVERIFY(!drawPaper(data));
    statement.movements.assign(paperLinesMost + 1, {});
    QVERIFY(!drawPaper(data));
}

GUI_TEST(TestPaperStatement)
#include "tst_paperstatement.moc"
