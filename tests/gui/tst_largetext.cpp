#include "batchcard.h"
#include "documentbatch.h"
#include "recordheader.h"
#include "recordview.h"
#include "statuschip.h"
#include "testentry.h"
#include "theme.h"
#include "windowfixture.h"

#include <QAbstractButton>
#include <QDockWidget>
#include <QLabel>

using namespace Counterfoil;

namespace {

// Takes nothing and never ends.
class IdleStep final : public BatchStep
{
public:
    void take(std::size_t, const OutgoingDocument &, const QString &, Answer) override { }
    void cancel() override { }
};

// The part of `whole` that has less room than its words need; empty: all can be read.
QString cutIn(const QWidget &whole)
{
    for (const QWidget *part : whole.findChildren<QWidget *>()) {
        const auto *label = qobject_cast<const QLabel *>(part);
        const auto *button = qobject_cast<const QAbstractButton *>(part);
        const auto *chip = qobject_cast<const StatusChip *>(part);
        if (!part->isVisible() || (!label && !button && !chip))
            continue;
        const bool wraps = label && label->wordWrap();
        const QSize needed = wraps ? QSize(part->width(), label->heightForWidth(part->width()))
                                   : part->minimumSizeHint().boundedTo(part->sizeHint());
        const QRect place(part->mapTo(&whole, QPoint()), part->size());
        if (!whole.rect().contains(place) || part->width() < needed.width()
            || part->height() < needed.height())
            return label ? label->text()
                : button ? button->text() + button->accessibleName()
                         : chip->accessibleName();
    }
    return {};
}

} // namespace

// Somebody who reads letters of twice the size loses no word of a heading, and no part of a column.
class TestLargeText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { m_theme->setTextPercent(100); }
    void paneShowsAll_data();
    void paneShowsAll();
    void keepsWhatSomebodyChose();
    void batchCardGrows();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestLargeText::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_theme = std::make_unique<Theme>(*qApp);
}

void TestLargeText::paneShowsAll_data()
{
    QTest::addColumn<QString>("pane");
    for (const char *pane : {"orders", "shipments", "invoices", "payments"})
        QTest::newRow(pane) << QString::fromLatin1(pane);
}

void TestLargeText::paneShowsAll()
{
    QFETCH(QString, pane);
    Fixture f(*m_theme);
    f.window->resize(1600, 900);
    f.enter();
    f.workspace().goTo(pane);
    QTRY_VERIFY(!f.detail().number().isEmpty());
    m_theme->setTextPercent(200);
    const RecordsPage &page = *f.workspace().currentPage();
    RecordView &view = page.list().view();
    QTRY_VERIFY2(cutIn(*page.detail().heading()).isEmpty(), qPrintable(cutIn(*page.detail().heading())));
    QTRY_VERIFY2(
        view.recordHeader().length() <= view.viewport()->width(),
        qPrintable(
            QStringLiteral("%1 of %2").arg(view.recordHeader().length()).arg(view.viewport()->width())));
}

void TestLargeText::keepsWhatSomebodyChose()
{
    Fixture f(*m_theme);
    f.window->resize(1600, 900);
    f.enter();
    RecordsPage &page = *f.workspace().currentPage();
    auto *list = page.findChild<QDockWidget *>(QStringLiteral("ordersList"));
    auto *detail = page.findChild<QDockWidget *>(QStringLiteral("ordersDetail"));
    page.resizeDocks({list, detail}, {page.width() - 400, 400}, Qt::Horizontal);
    QTRY_VERIFY(std::abs(list->width() - (page.width() - 400)) < 20);
    const int chosen = list->width();
    m_theme->setTextPercent(110);
    QTRY_VERIFY(cutIn(*page.detail().heading()).isEmpty());
    QVERIFY2(std::abs(list->width() - chosen) < 40, qPrintable(QString::number(list->width() - chosen)));
}

void TestLargeText::batchCardGrows()
{
    QWidget host;
    host.resize(1000, 700);
    BatchCard card(&host);
    SetDocumentPort port;
    OutgoingDocument document;
    document.key = QStringLiteral("d1");
    DocumentBatch batch({document}, std::make_unique<IdleStep>(), port);
    host.show();
    card.follow(batch, OutgoingWords::Way::Pack, {});
    QTRY_VERIFY(card.isVisible());
    QTRY_COMPARE(cutIn(card), QString());
    const int before = card.height();
    m_theme->setTextPercent(200);
    QTRY_VERIFY(card.height() > before);
    QTRY_VERIFY2(cutIn(card).isEmpty(), qPrintable(cutIn(card)));
}

WINDOW_TEST(TestLargeText)
#include "tst_largetext.moc"
