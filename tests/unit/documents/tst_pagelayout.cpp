#include "pagelayout.h"
#include "pagerenderer.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;

class TestPageLayout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pagesLieUnderEachOther();
    void theNearestPageIsFound();
    void pagesInAPartAreThoseSeen();
    void placesGoThereAndBack_data();
    void placesGoThereAndBack();
    void turningIsClockwise();
    void hugeDocumentsStayWithinAnInt();
    void nothingIsNowhere();
};

void TestPageLayout::pagesLieUnderEachOther()
{
    PageLayout layout;
    layout.setPages({{{100, 200}}, {{300, 50}}});
    layout.arrange({2, 0, 500, 10, 6});
    QCOMPARE(layout.page(0), QRect(210, 10, 200, 400)); // as wide as the widest and its margins
    QCOMPARE(layout.page(1), QRect(10, 416, 600, 100));
    QCOMPARE(layout.extent(), QSize(620, 526));
    layout.arrange({1, 90, 500, 10, 6});
    QCOMPARE(layout.page(0), QRect(150, 10, 200, 100));
    QCOMPARE(layout.page(1), QRect(225, 116, 50, 300));
    QCOMPARE(layout.largestTurned(90), QSizeF(200, 300));
}

void TestPageLayout::theNearestPageIsFound()
{
    PageLayout layout;
    layout.setPages(std::vector<PageInfo>(3, {{100, 100}}));
    layout.arrange({1, 0, 100, 10, 20}); // 10-109, 130-229, 250-349
    QCOMPARE(layout.nearestPage(-500), 0);
    QCOMPARE(layout.nearestPage(10), 0);
    QCOMPARE(layout.nearestPage(109), 0);
    QCOMPARE(layout.nearestPage(115), 0);
    QCOMPARE(layout.nearestPage(125), 1);
    QCOMPARE(layout.nearestPage(130), 1);
    QCOMPARE(layout.nearestPage(349), 2);
    QCOMPARE(layout.nearestPage(9'999), 2);
}

void TestPageLayout::pagesInAPartAreThoseSeen()
{
    PageLayout layout;
    layout.setPages(std::vector<PageInfo>(3, {{100, 100}}));
    layout.arrange({1, 0, 100, 10, 20});
    const auto seen = [&layout](int top, int bottom) {
        const PageLayout::Range range = layout.pagesIn(QRect(QPoint(0, top), QPoint(9, bottom)));
        return std::pair(range.first, range.last);
    };
    QCOMPARE(seen(0, 10), std::pair(0, 0));
    QCOMPARE(seen(109, 130), std::pair(0, 1));
    QCOMPARE(seen(110, 129), std::pair(1, 0)); // none
    QCOMPARE(seen(0, 9'999), std::pair(0, 2));
    QCOMPARE(seen(400, 9'999), std::pair(3, 2)); // none
}

void TestPageLayout::placesGoThereAndBack_data()
{
    QTest::addColumn<int>("rotation");
    for (const int rotation : {0, 90, 180, 270})
        QTest::addRow("%d", rotation) << rotation;
}

void TestPageLayout::placesGoThereAndBack()
{
    QFETCH(int, rotation);
    PageLayout layout;
    layout.setPages({{{100, 200}}, {{300, 50}}});
    layout.arrange({1.7, rotation, 500, 10, 6});
    for (int page = 0; page < 2; ++page) {
        const QPointF point(31, 17);
        const QPointF place = layout.fromPage(page, point);
        QVERIFY(layout.page(page).contains(place.toPoint()));
        const QPointF back = layout.toPage(page, place);
        QVERIFY(QLineF(point, back).length() < 1e-6);
    }
}

void TestPageLayout::turningIsClockwise()
{
    PageLayout layout;
    layout.setPages({{{100, 200}}});
    const auto topLeftCornerGoesTo = [&layout](int rotation) {
        layout.arrange({1, rotation, 0, 0, 0});
        return layout.fromPage(0, QPointF(0, 0)).toPoint();
    };
    QCOMPARE(topLeftCornerGoesTo(0), QPoint(0, 0));
    QCOMPARE(topLeftCornerGoesTo(90), QPoint(200, 0));
    QCOMPARE(topLeftCornerGoesTo(180), QPoint(100, 200));
    QCOMPARE(topLeftCornerGoesTo(270), QPoint(0, 100));
    QCOMPARE(layout.fromPage(0, QRectF(10, 20, 30, 40)), QRectF(20, 60, 40, 30));
}

void TestPageLayout::hugeDocumentsStayWithinAnInt()
{
    PageLayout layout;
    layout.setPages(std::vector<PageInfo>(20'000, {{1'000'000, 1'000'000}}));
    const double zoom = layout.mostZoom(21);
    QVERIFY(zoom > 0);
    layout.arrange({zoom, 0, 1000, 16, 14});
    QVERIFY(layout.extent().height() > 0);
    QVERIFY(layout.page(19'999).top() > layout.page(19'998).bottom());
}

void TestPageLayout::nothingIsNowhere()
{
    PageLayout layout;
    QCOMPARE(layout.nearestPage(5), -1);
    QCOMPARE(layout.extent(), QSize());
    const PageLayout::Range none = layout.pagesIn({0, 0, 100, 100});
    QVERIFY(none.last < none.first);
    QCOMPARE(layout.mostZoom(3), 3.0);
}

CORE_TEST(TestPageLayout)
#include "tst_pagelayout.moc"
