// Photographs the viewer in its states:
//   documentgallery DIR [light|dark] [PDF]

#include "documentfixture.h"
#include "pagetext.h"
#include "theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLocale>
#include <QPainter>
#include <QTest>

#include <cstdio>

using namespace Counterfoil;

namespace {

void paintLines(QPainter &painter, int page)
{
    const auto font = [&painter](int size, bool bold) {
        QFont one(QStringLiteral("Inter"), size);
        one.setBold(bold);
        painter.setFont(one);
    };
    const auto right = [&painter](double x, double y, const QString &text) {
        painter.drawText(QPointF(x - painter.fontMetrics().horizontalAdvance(text), y), text);
    };
    font(18, true);
    painter.drawText(QPointF(50, 70), QStringLiteral("INVOICE"));
    font(9, false);
    right(545, 62, QStringLiteral("Meridian Industrial Ltd"));
    right(545, 75, QStringLiteral("14 Quay Road, Leeds LS1 4DY"));
    right(545, 88, QStringLiteral("VAT GB 293 4410 22"));
    painter.drawText(QPointF(50, 140), QStringLiteral("Harbour Supply Co."));
    painter.drawText(QPointF(50, 153), QStringLiteral("Unit 4, Avon Park"));
    painter.drawText(QPointF(50, 166), QStringLiteral("Bristol BS11 9EX"));
    right(545, 140, QStringLiteral("No. INV-88213"));
    right(545, 153, QStringLiteral("20 November 2026"));
    right(545, 166, QStringLiteral("Order SO-20415, PO 7779"));
    const QStringList items{
        QStringLiteral("Workman 15 A electric chainsaw"), QStringLiteral("Upright flashlight"),
        QStringLiteral("Hex bolt M8×40, box of 200"), QStringLiteral("Hex nut M8, box of 400")};
    for (int i = 0; i < 26; ++i) {
        const double y = 220 + 20 * i;
        painter.drawText(QPointF(54, y), QStringLiteral("HB-%1").arg(2207 + 11 * i + page * 100));
        painter.drawText(QPointF(150, y), items[(i + page) % items.size()]);
        right(470, y, QString::number(6 + i * 7 % 40));
        right(541, y, QStringLiteral("%1.%2").arg(120 + i * 311 % 4000).arg(10 + i));
        painter.setPen(QPen(QColor(220, 220, 220), 0.5));
        painter.drawLine(QPointF(50, y + 6), QPointF(545, y + 6));
        painter.setPen(Qt::black);
    }
    right(545, 800, QStringLiteral("Page %1 of 7").arg(page + 1));
}

class Gallery
{
public:
    Gallery(const QString &folder, const QString &look)
        : m_folder(folder)
        , m_look(look)
    { }

    void run(const QByteArray &pdf, int textPercent)
    {
        m_window.theme.setScheme(m_look == QLatin1String("dark") ? Theme::Scheme::Dark
                                                                 : Theme::Scheme::Light);
        m_window.theme.setTextPercent(textPercent);
        const QString file = m_window.files.file(pdf);
        m_window.view.setDocument({}, {});
        shoot("none");
        m_window.view.setDocument(QStringLiteral("DOC-1"), QStringLiteral("INV-88213"));
        settle(400);
        Q_EMIT m_window.port.progressed(QStringLiteral("DOC-1"), {412'000, 1'230'000});
        shoot("downloading");
        Q_EMIT m_window.port.failed(
            QStringLiteral("DOC-1"),
            Error{ErrorKind::Offline,
                  QStringLiteral(
                      "This computer is offline. The document is fetched as soon as it is connected.")});
        shoot("offline");
        Q_EMIT m_window.port.ready(QStringLiteral("DOC-1"), file);
        shoot("open");
        m_window.view.setThumbnailsShown(true);
        m_window.view.goToPage(1);
        shoot("thumbnails");
        m_window.view.beginFind(QStringLiteral("hex"));
        settle(300);
        m_window.view.findNext();
        shoot("find");
        m_window.view.toggleHits();
        shoot("hits");
        m_window.view.toggleDarkPages();
        shoot("darkpages");
        m_window.view.toggleDarkPages();
        m_window.view.toggleHits();
        m_window.view.endFind();
        m_window.view.goToPage(0);
        settle(300);
        QWidget *pages = m_window.pages.viewport();
        QTest::mousePress(pages, Qt::LeftButton, {}, m_window.onScreen(0, {60, 136}));
        QTest::mouseMove(pages, m_window.onScreen(0, {70, 150}));
        QTest::mouseMove(pages, m_window.onScreen(0, {250, 256}));
        QTest::mouseRelease(pages, Qt::LeftButton, {}, m_window.onScreen(0, {250, 256}));
        shoot("selection");
        m_window.view.fitPage();
        shoot("fitpage");
        m_window.view.rotateRight();
        shoot("turned");
        m_window.view.rotateLeft();
        m_window.view.setZoom(4);
        shoot("zoomed");
        m_window.view.fitWidth();
        m_window.view.resize(1400, 900);
        m_window.view.setEInvoiceShown(true); // where the document has one
        shoot("einvoice");
        m_window.view.resize(520, 1400);
        shoot("einvoice-narrow");
        m_window.view.setEInvoiceShown(false);
        m_window.view.resize(420, 800);
        m_window.view.beginFind(QStringLiteral("hex"));
        shoot("narrow");
        m_window.view.endFind();
        m_window.view.resize(760, 800);
        m_window.view.toggleSinglePage();
        m_window.view.fitPage();
        shoot("singlepage");
        m_window.view.toggleSinglePage();
        m_window.view.fitWidth();
        m_window.start(pdfWithLinks());
        settle(500);
        m_window.view.toggleOutline();
        shoot("outline");
        m_window.view.toggleOutline();
        m_window.start("nothing that anybody could read");
        shoot("damaged");
        m_window.start(endlessPagePdf());
        settle(9'000);
        m_window.view.goToPage(1);
        shoot("pagefault");
    }

private:
    void settle(int ms)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < ms)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }

    void shoot(const char *name)
    {
        settle(500);
        m_window.view.grab().save(
            QStringLiteral("%1/%2-%3.png").arg(m_folder, QString::fromLatin1(name), m_look));
    }

    QString m_folder;
    QString m_look;
    ViewerWindow m_window;
};

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("documentgallery DIR [light|dark] [PDF] [TEXT PERCENT]\n", stderr);
        return 2;
    }
    const QString look = arguments.value(2, QStringLiteral("light"));
    QDir().mkpath(arguments.at(1));
    QByteArray pdf;
    if (QFile file(arguments.value(3)); file.open(QIODevice::ReadOnly)) {
        pdf = file.readAll();
    } else {
        std::vector<PaintedPage> pages;
        for (int page = 0; page < 7; ++page)
            pages.push_back(
                {QPageSize(QPageSize::A4), [page](QPainter &painter) { paintLines(painter, page); }});
        pdf = paintedPdf(pages);
    }
    Gallery(arguments.at(1), look).run(pdf, arguments.value(4, QStringLiteral("100")).toInt());
    return 0;
}
