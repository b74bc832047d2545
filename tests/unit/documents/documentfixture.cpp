#include "documentfixture.h"

#include "pagepictures.h"

#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>
#include <QSignalSpy>
#include <QTest>

namespace Counterfoil {

QByteArray paintedPdf(const std::vector<PaintedPage> &pages)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(72);
    writer.setPageMargins({0, 0, 0, 0});
    writer.setPageSize(pages.front().size);
    QPainter painter(&writer);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (i > 0) {
            writer.setPageSize(pages[i].size);
            writer.newPage();
        }
        painter.save();
        pages[i].paint(painter);
        painter.restore();
    }
    painter.end();
    return buffer.data();
}

QColor colourOf(int page)
{
    return QColor::fromHsv(page * 47 % 360, 255, 200);
}

QByteArray colouredPdf(int pages)
{
    std::vector<PaintedPage> painted;
    for (int page = 0; page < pages; ++page)
        painted.push_back({QPageSize(QPageSize::A4), [page](QPainter &painter) {
                               painter.fillRect(100, 100, 200, 200, colourOf(page));
                               painter.drawText(QPointF(100, 60), QStringLiteral("Sheet %1").arg(page + 1));
                           }});
    return paintedPdf(painted);
}

QByteArray endlessPagePdf()
{
    // Each form draws the next one ten times: no program is done with the last.
    QList<QByteArray> objects{
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 5 0 R/Resources<</XObject<</F 6 0 R>>>>>>",
        streamObject("/F Do")};
    constexpr int depth = 12;
    for (int level = 0; level < depth; ++level) {
        const QByteArray next = QByteArray::number(7 + level);
        objects.append(streamObject(QByteArray("/F Do ").repeated(10),
                                    "/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</XObject<</F "
                                        + next + " 0 R>>>>"));
    }
    objects.append(streamObject("0 0 9 9 re f", "/Type/XObject/Subtype/Form/BBox[0 0 300 300]"));
    return pdfOf(objects);
}

ViewerWindow::ViewerWindow(QSize size)
    : theme(*qApp)
    , renderer(QStringLiteral(RENDER_PROGRAM))
    , view(port, renderer)
    , pages(*view.findChild<PageView *>())
{
    view.resize(size);
    view.show();
    view.activateWindow();
    if (QTest::qWaitForWindowActive(&view))
        pages.setFocus();
}

bool ViewerWindow::open(const QByteArray &pdf)
{
    QSignalSpy opened(&view, &DocumentView::opened);
    start(pdf);
    return opened.wait(20'000);
}

void ViewerWindow::start(const QByteArray &pdf)
{
    const QString file = files.file(pdf);
    view.setDocument(file, QStringLiteral("INV-90"));
    Q_EMIT port.ready(file, file);
}

bool ViewerWindow::settle()
{
    // What is wanted is told from the event loop.
    QCoreApplication::processEvents();
    return QTest::qWaitFor([this] { return pages.pictures().seenAreHere(); }, 20'000);
}

QPoint ViewerWindow::onScreen(int page, const QPointF &point) const
{
    return pages.onScreen(page, QRectF(point, QSizeF(0, 0))).topLeft().toPoint();
}

QColor ViewerWindow::seenAt(int page, const QPointF &point)
{
    const QImage image = pages.viewport()->grab().toImage();
    return image.pixelColor(onScreen(page, point));
}

void ViewerWindow::pressKey(int key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(QApplication::focusWidget(), Qt::Key(key), modifiers);
}

} // namespace Counterfoil
