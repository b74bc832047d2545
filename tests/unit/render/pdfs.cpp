#include "pdfs.h"

#include <QBuffer>
#include <QFile>
#include <QPainter>
#include <QPdfWriter>

namespace Counterfoil {

QByteArray plainPdf(int pages, const QString &title)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins({0, 0, 0, 0});
    writer.setResolution(72);
    writer.setTitle(title);
    QPainter painter(&writer);
    for (int page = 1; page <= pages; ++page) {
        if (page > 1)
            writer.newPage();
        painter.fillRect(100, 100, 100, 100, Qt::black);
        painter.setFont(QFont(QStringLiteral("DejaVu Sans"), 20));
        painter.drawText(QPointF(100, 300), QStringLiteral("Page %1 of Pages").arg(page));
        painter.setFont(QFont(QStringLiteral("DejaVu Sans"), 9));
        for (int line = 0; line < 20; ++line)
            painter.drawText(QPointF(100, 340 + 11 * line),
                             QStringLiteral("Line %1 with bolts, nuts and 12.50").arg(line));
    }
    painter.end();
    return buffer.data();
}

QByteArray pdfOf(const QList<QByteArray> &objects, const QByteArray &trailer)
{
    QByteArray bytes = "%PDF-1.5\n";
    QByteArray table = "xref\n0 " + QByteArray::number(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (qsizetype i = 0; i < objects.size(); ++i) {
        table += QByteArray::number(bytes.size()).rightJustified(10, '0') + " 00000 n \n";
        bytes += QByteArray::number(i + 1) + " 0 obj\n" + objects.at(i) + "\nendobj\n";
    }
    const qsizetype start = bytes.size();
    return bytes + table + "trailer<</Size " + QByteArray::number(objects.size() + 1) + "/Root 1 0 R"
        + trailer + ">>\nstartxref\n" + QByteArray::number(start) + "\n%%EOF\n";
}

QByteArray streamObject(const QByteArray &data, const QByteArray &entries)
{
    return "<<" + entries + "/Length " + QByteArray::number(data.size()) + ">>stream\n" + data
        + "\nendstream";
}

QByteArray onePagePdf(const QByteArray &pageEntries, const QList<QByteArray> &more)
{
    return pdfOf(QList<QByteArray>{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                                   "<</Type/Page/Parent 2 0 R" + pageEntries + ">>"}
                 + more);
}

QString PdfFolder::file(const QByteArray &bytes)
{
    const QString path = m_dir.filePath(QStringLiteral("%1.pdf").arg(++m_files));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
    return path;
}

} // namespace Counterfoil
