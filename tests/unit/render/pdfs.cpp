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

QByteArray pdfWithLinks()
{
    const QByteArray link = "<</Type/Annot/Subtype/Link/Rect[100 ";
    const QByteArray page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>";
    return pdfOf({"<</Type/Catalog/Pages 2 0 R/Outlines 10 0 R/Dests<</named[4 0 R/XYZ 0 842 0]>>>>",
                  "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
                  page + "/Contents 13 0 R/Annots[6 0 R 7 0 R 8 0 R 9 0 R]>>", page + "/Contents 14 0 R>>",
                  "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
                  link + "750 300 800]/Dest[4 0 R/XYZ 0 542 0]>>",
                  link + "650 300 700]/A<</S/URI/URI(https://example.com/pay?invoice=90)>>>>",
                  link + "550 300 600]/Dest/named>>", link + "450 300 500]/A<</S/Launch/F(calculator)>>>>",
                  "<</Type/Outlines/First 11 0 R/Last 11 0 R/Count 2>>",
                  "<</Title(Deliveries)/Parent 10 0 R/First 12 0 R/Last 12 0 R/Count 1/Dest[3 0 R/Fit]>>",
                  "<</Title(Second part)/Parent 11 0 R/Dest[4 0 R/XYZ 0 542 0]>>",
                  streamObject("BT /F 20 Tf 110 765 Td (Go on) Tj ET"),
                  streamObject("BT /F 20 Tf 110 520 Td (Here) Tj ET")});
}

QByteArray pdfWithFiles(const QList<EmbeddedInPdf> &files)
{
    QByteArray names;
    QList<QByteArray> objects;
    for (qsizetype i = 0; i < files.size(); ++i) {
        const QByteArray number = QByteArray::number(4 + 2 * i);
        const QByteArray hex = "<" + files[i].name.toHex() + ">";
        names += hex + ' ' + number + " 0 R ";
        objects += "<</Type/Filespec/F" + hex + "/UF" + hex + "/EF<</F " + QByteArray::number(5 + 2 * i)
            + " 0 R>>>>";
        objects += streamObject(files[i].bytes, "/Type/EmbeddedFile/Subtype/text#2Fxml" + files[i].entries);
    }
    return pdfOf(
        QList<QByteArray>{"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[" + names + "]>>>>>>",
                          "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"}
        + objects);
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
