// How long it takes from a click on a document to its first page drawn, by the render worker, beside
// Poppler doing the same in this process; and from turning to a page that is drawn until it is on screen.
// Documents in a folder that is named as the only argument are measured in place of our own.

#include "benchtable.h"
#include "documentfixture.h"
#include "pagerenderer.h"
#include "running.h"

#include <poppler-qt6.h>

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QPainter>
#include <QPdfWriter>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <optional>

using namespace Counterfoil;

namespace {

constexpr int rounds = 300;
constexpr int betweenClicksMs = 150; // nobody opens documents faster, and each has a worker of its own
constexpr int ownDocuments = 10;
constexpr int deadlineMs = 30'000;
constexpr double zoom = 150.0 / 72.0; // a page as wide as half a large screen
constexpr double goal = 1.25;
constexpr double turningGoalMs = 2;

// An invoice of three pages: rules, shading, columns of figures, small print.
void writeInvoice(const QString &path, int number)
{
    QPdfWriter writer(path);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins({0, 0, 0, 0});
    writer.setResolution(72);
    QPainter painter(&writer);
    for (int page = 0; page < 3; ++page) {
        if (page > 0)
            writer.newPage();
        painter.setFont(QFont(QStringLiteral("Inter"), 18));
        painter.drawText(QPointF(50, 60), QStringLiteral("Invoice %1").arg(90'000 + number));
        painter.setFont(QFont(QStringLiteral("Inter"), 8));
        for (int line = 0; line < 45; ++line) {
            const double y = 110 + 15 * line;
            if (line % 2 == 0)
                painter.fillRect(QRectF(50, y - 10, 495, 15), QColor(240, 240, 240));
            painter.drawText(QPointF(55, y), QStringLiteral("%1").arg(line + 1));
            painter.drawText(
                QPointF(85, y),
                QStringLiteral("Hexagon bolt M%1 × %2, zinc plated").arg(line % 9 + 4).arg(line * 7));
            painter.drawText(QPointF(380, y), QStringLiteral("%1").arg(line * 13 % 97));
            painter.drawText(QPointF(470, y), QStringLiteral("%1.%2").arg(line * 31).arg(line % 90 + 10));
            painter.drawLine(QPointF(50, y + 5), QPointF(545, y + 5));
        }
    }
}

// As the worker does it, without the worker.
double inProcessMs(const QString &path)
{
    QElapsedTimer timer;
    timer.start();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const auto document = Poppler::Document::loadFromData(file.readAll());
    if (!document)
        return -1;
    for (const auto hint : {Poppler::Document::Antialiasing, Poppler::Document::TextAntialiasing,
                            Poppler::Document::TextHinting, Poppler::Document::TextSlightHinting})
        document->setRenderHint(hint);
    const QImage image = document->page(0)->renderToImage(72 * zoom, 72 * zoom);
    return image.isNull() ? -1 : elapsedMs(timer);
}

struct Shown
{
    double first = 0;     // ms from the click to the first page drawn
    double neighbour = 0; // ms from then until the second page is ready, asked together with the first
};

std::optional<Shown> byWorker(PageRenderer &renderer, const QString &path)
{
    QEventLoop loop;
    QElapsedTimer timer;
    Shown shown;
    bool done = false;
    size_t pages = 0;
    QObject::connect(&renderer, &PageRenderer::opened, &loop, [&](quint64, const OpenedDocument &document) {
        pages = document.pages.size();
        renderer.draw(0, zoom, 0, {}, 1);
        if (pages > 1)
            renderer.draw(1, zoom, 0, {}, 0);
    });
    QObject::connect(&renderer, &PageRenderer::drawn, &loop, [&] {
        if (shown.first == 0)
            shown.first = elapsedMs(timer);
        else
            shown.neighbour = elapsedMs(timer) - shown.first;
        done = pages == 1 || shown.neighbour > 0;
        if (done)
            loop.quit();
    });
    QObject::connect(&renderer, &PageRenderer::failed, &loop, [&loop](quint64, const Error &error) {
        std::fprintf(stderr, "%s (%s)\n", qUtf8Printable(error.userText), qUtf8Printable(error.detail));
        loop.quit();
    });
    QTimer::singleShot(deadlineMs, &loop, &QEventLoop::quit);
    timer.start();
    renderer.open(path);
    loop.exec();
    return done ? std::optional(shown) : std::nullopt;
}

// From turning to a page that is drawn already until it is on the screen; none where there is one page alone.
QList<double> turningMs(const QString &path)
{
    QFile file(path);
    ViewerWindow window({1280, 800});
    if (!file.open(QIODevice::ReadOnly) || !window.open(file.readAll()))
        return {};
    const int pages = window.view.pageCount();
    for (int page = 0; page < pages; ++page) {
        window.view.goToPage(page);
        if (!window.settle())
            return {};
    }
    QList<double> times;
    for (int turn = 0; pages > 1 && turn < rounds; ++turn) {
        QElapsedTimer timer;
        timer.start();
        window.view.goToPage(turn % pages);
        window.pages.viewport()->repaint();
        times.append(elapsedMs(timer));
        QTest::qWait(0); // and whatever else follows from it
    }
    return times;
}

} // namespace

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    const QTemporaryDir folder;
    QDir documents(argc > 1 ? QString::fromLocal8Bit(argv[1]) : folder.path());
    for (int i = 0; argc < 2 && i < ownDocuments; ++i)
        writeInvoice(folder.filePath(QStringLiteral("%1.pdf").arg(i)), i);
    const QFileInfoList files = documents.entryInfoList({QStringLiteral("*.pdf")}, QDir::Files);
    if (files.isEmpty()) {
        std::fprintf(stderr, "There is no PDF in %s\n", qPrintable(documents.path()));
        return 1;
    }
    // Poppler forgets its fonts and tables with its last document: warm means that one is open.
    const auto kept = Poppler::Document::load(files.first().filePath());
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    QList<double> own;
    QList<double> worker;
    QList<double> neighbour;
    for (int round = -int(files.size()); round < rounds; ++round) {
        const QString path = files.at((round + files.size()) % files.size()).filePath();
        const double here = inProcessMs(path);
        QTest::qWait(betweenClicksMs);
        const auto there = byWorker(renderer, path);
        if (here < 0 || !there)
            return 1;
        if (round < 0) // everybody's first look at each
            continue;
        own.append(here);
        worker.append(there->first);
        if (there->neighbour > 0)
            neighbour.append(there->neighbour);
    }
    const double median = quantile(worker, 0.5);
    const double limit = quantile(own, 0.5);
    BenchTable table;
    const auto add = [&](const char *which, double figure, double poppler) {
        table.add({QStringLiteral("document, click → first page drawn, warm worker, %1")
                       .arg(QString::fromLatin1(which)),
                   decimals(figure, 1) + QStringLiteral(" ms"),
                   QStringLiteral("%1 times, %2 documents").arg(rounds).arg(files.size()),
                   decimals(poppler, 1) + QStringLiteral(" ms, Poppler in this process"),
                   decimals(figure / poppler, 2), QStringLiteral("≤ %1").arg(goal),
                   metWhen(figure <= goal * poppler)});
    };
    add("median", median, limit);
    add("p99", quantile(worker, 0.99), quantile(own, 0.99));
    if (!neighbour.isEmpty())
        table.add({QStringLiteral("document, the next page after the first, before anybody turns to it"),
                   decimals(quantile(neighbour, 0.5), 1) + QStringLiteral(" ms"),
                   {},
                   {},
                   {},
                   {},
                   {}});
    if (const QList<double> turning = turningMs(files.first().filePath()); !turning.isEmpty())
        table.add({QStringLiteral("document, turning to a page that is drawn → on screen, median and p99"),
                   decimals(quantile(turning, 0.5), 1) + QStringLiteral(", ")
                       + decimals(quantile(turning, 0.99), 1) + QStringLiteral(" ms"),
                   spreadOf(turning, 1),
                   {},
                   {},
                   QStringLiteral("≤ %1 ms").arg(turningGoalMs),
                   metWhen(quantile(turning, 0.5) <= turningGoalMs)});
    return table.finish();
}
