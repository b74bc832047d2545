// The charts as people meet them: what they say, what they paint, and how keys move through them.

#include "ageingbar.h"
#include "ageingmodel.h"
#include "chartpaint.h"
#include "clock.h"
#include "display.h"
#include "figuresample.h"
#include "monthchart.h"
#include "sharebar.h"
#include "theme.h"

#include <QApplication>
#include <QTest>

using namespace Counterfoil;

namespace {

class StillClock final : public Clock
{
public:
    Instant now() const override { return {1'795'262'400'000}; } // noon of 21 November 2026
    BootTime sinceBoot() const override { return {1}; }
};

Date day(int offset)
{
    return {Date::fromCivil(2026, 11, 21).daysSinceEpoch + offset};
}

// How many pixels of a colour there are, near enough for edges that are blended.
int pixelsOf(const QImage &image, const QColor &colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor here = image.pixelColor(x, y);
            if (qAbs(here.red() - colour.red()) + qAbs(here.green() - colour.green())
                    + qAbs(here.blue() - colour.blue())
                < 12)
                ++count;
        }
    }
    return count;
}

QList<MonthBar> twelveMonths()
{
    QList<MonthBar> months;
    for (int i = 0; i < 12; ++i)
        months.append({QStringLiteral("M%1").arg(i), QStringLiteral("Month %1").arg(i), {(i - 2) * 1'000}});
    return months;
}

} // namespace

class TestCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBarSaysEveryFigure();
    void theBarPaintsItsShares();
    void theBarKeepsItsHeightUntilItKnows();
    void coloursStandOutInBothLooks();
    void monthsAreReachedByKeys();
    void monthsBelowNothingArePainted();
    void noMonthsAreNoTrouble();
    void aShareBeyondTheWholeFillsTheBar();
};

void TestCharts::theBarSaysEveryFigure()
{
    TestCache cache;
    cache.put({changeTo(plainAccount("a1")), changeTo(plainInvoice(1, day(2), 500'000)),
               changeTo(plainInvoice(2, day(-10), 20'050)), changeTo(plainInvoice(3, day(-40), 3'000)),
               changeTo(plainInvoice(4, day(-90), 200)), changeTo(plainInvoice(5, day(0), -4'310))});
    StillClock clock;
    AgeingModel model(cache.readers(), clock);
    AgeingBar bar(model, AgeingBar::Detail::Full, 2);
    bar.show();
    QTRY_VERIFY(model.isKnown());
    const QString said = bar.accessibleDescription();
    for (const std::int64_t minor : {500'000, 20'050, 3'000, 200, -4'310, 518'940, 23'250})
        QVERIFY2(said.contains(Display::money({minor}, "GBP")), qPrintable(said));
    QVERIFY(bar.focusPolicy() & Qt::TabFocus);
    cache.put({changeTo(plainInvoice(1, day(2), 700'000))});
    QTRY_VERIFY(bar.accessibleDescription().contains(Display::money({700'000}, "GBP")));
}

void TestCharts::theBarPaintsItsShares()
{
    TestCache cache;
    cache.put({changeTo(plainAccount("a1")), changeTo(plainInvoice(1, day(2), 75'000)),
               changeTo(plainInvoice(2, day(-90), 25'000))});
    StillClock clock;
    AgeingModel model(cache.readers(), clock);
    AgeingBar bar(model, AgeingBar::Detail::Compact, 1);
    bar.resize(600, bar.heightForWidth(600));
    bar.show();
    QTRY_VERIFY(model.isKnown());
    const QImage image = bar.grab().toImage();
    const Tokens &t = Tokens::of(bar.palette());
    const double notDue = pixelsOf(image, ChartPaint::ageColour(t, Ageing::NotDue));
    const double beyond = pixelsOf(image, ChartPaint::ageColour(t, Ageing::Beyond));
    QVERIFY2(notDue / beyond > 2.4 && notDue / beyond < 3.6, qPrintable(QString::number(notDue / beyond)));
}

void TestCharts::theBarKeepsItsHeightUntilItKnows()
{
    TestCache cache;
    cache.put({changeTo(plainInvoice(1, day(2), 100))});
    StillClock clock;
    AgeingModel model(cache.readers(), clock);
    AgeingBar bar(model, AgeingBar::Detail::Full, 3);
    const int before = bar.heightForWidth(500);
    bar.show();
    QTRY_VERIFY(model.isKnown());
    QCOMPARE(bar.heightForWidth(500), before);
    QVERIFY(bar.heightForWidth(150) > before); // the parts' names need two lines then
}

void TestCharts::coloursStandOutInBothLooks()
{
    for (const Tokens *tokens : {&Tokens::light(), &Tokens::darkSet()}) {
        for (const Ageing::Bucket bucket : {Ageing::NotDue, Ageing::To30, Ageing::To60, Ageing::Beyond})
            QVERIFY2(contrast(ChartPaint::ageColour(*tokens, bucket), tokens->panel) >= 3,
                     qPrintable(QStringLiteral("%1 %2").arg(int(bucket)).arg(tokens->dark)));
    }
}

void TestCharts::monthsAreReachedByKeys()
{
    MonthChart chart;
    chart.setMonths(twelveMonths(), "GBP", QStringLiteral("in 12 months"));
    QCOMPARE(chart.headline(), Display::money({42'000}, "GBP"));
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(chart.selectedMonth(), 11);
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(chart.headline(), Display::money({8'000}, "GBP"));
    QVERIFY(chart.accessibleName().contains(QStringLiteral("Month 10")));
    QTest::keyClick(&chart, Qt::Key_Home);
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(chart.selectedMonth(), 0);
    QTest::keyClick(&chart, Qt::Key_Escape);
    QCOMPARE(chart.selectedMonth(), -1);
    for (const MonthBar &month : twelveMonths())
        QVERIFY(chart.accessibleDescription().contains(month.fullName));
}

void TestCharts::monthsBelowNothingArePainted()
{
    MonthChart chart;
    chart.resize(480, chart.sizeHint().height());
    chart.setMonths(twelveMonths(), "GBP", {});
    QTest::keyClick(&chart, Qt::Key_Home); // the month of -2,000
    const Tokens &t = Tokens::of(chart.palette());
    QVERIFY(pixelsOf(chart.grab().toImage(), t.warn.text) > 20);
}

void TestCharts::noMonthsAreNoTrouble()
{
    MonthChart chart;
    chart.setMonths({}, {}, {});
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_End);
    QTest::mouseMove(&chart, QPoint(10, 10));
    QVERIFY(!chart.grab().isNull());
    QVERIFY(chart.headline().isEmpty());
    chart.setMonths(twelveMonths(), "JPY", {});
    QTest::keyClick(&chart, Qt::Key_End);
    chart.setMonths(twelveMonths().mid(0, 3), "JPY", {});
    QCOMPARE(chart.selectedMonth(), -1);
}

void TestCharts::aShareBeyondTheWholeFillsTheBar()
{
    ShareBar bar;
    bar.resize(200, 8);
    bar.setShares({900, 300}, 1'000, Tone::Bad, QStringLiteral("too much"));
    const Tokens &t = Tokens::of(bar.palette());
    QVERIFY(pixelsOf(bar.grab().toImage(), t.neutral.fill) < 80); // but for the gaps and corners
    bar.setShares({-5, 0}, 0, Tone::Info, {});
    QVERIFY(!bar.grab().isNull());
    QVERIFY(bar.accessibleName().isEmpty());
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const Theme theme(application);
    TestCharts test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_charts.moc"
