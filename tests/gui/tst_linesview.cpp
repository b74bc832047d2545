#include "detailpane.h"
#include "guifixture.h"
#include "linesview.h"
#include "testentry.h"
#include "theme.h"
#include "windowfixture.h"

#include <QtTest>

using namespace Counterfoil;

class TestLinesView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mendsPartsOfLines();
};

// What a toast or another window covered is painted again, and nothing but that.
void TestLinesView::mendsPartsOfLines()
{
    Theme theme(*qApp);
    Fixture f(theme);
    f.enter();
    QWidget *lines = f.detail().findChild<LinesView *>()->viewport();
    QTRY_VERIFY(lines->height() > 60);
    const QImage whole = lines->grab().toImage();
    const QRect part(20, 10, 90, 45);
    QImage mended(part.size(), whole.format());
    mended.fill(Qt::red);
    lines->render(&mended, QPoint(), QRegion(part));
    QCOMPARE(mended, whole.copy(part));
}

WINDOW_TEST(TestLinesView)
#include "tst_linesview.moc"
