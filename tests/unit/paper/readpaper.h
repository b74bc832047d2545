#pragma once

#include "samplepaper.h"

#include <QRegularExpression>
#include <QStringList>

#include <poppler-qt6.h>

#include <memory>

// A paper as its reader finds it: opened with another program's eyes.
namespace Counterfoil {

struct Sheet
{
    std::unique_ptr<Poppler::Document> document;
    QStringList pages; // their texts

    QString all() const { return pages.join(u'\n'); }
};

// Marks of direction are the reader's own additions, and so is the space between columns.
inline QString readable(QString text)
{
    static const QRegularExpression marks(QStringLiteral("[\\x{200e}\\x{200f}\\x{202a}-\\x{202e}]"));
    static const QRegularExpression spaces(QStringLiteral("[ \\x{a0}]+"));
    return text.remove(marks).replace(spaces, QStringLiteral(" "));
}

inline Sheet read(const std::string &pdf)
{
    Sheet sheet;
    sheet.document = Poppler::Document::loadFromData(QByteArray::fromStdString(pdf));
    for (int i = 0; sheet.document && i < sheet.document->numPages(); ++i)
        sheet.pages.append(readable(sheet.document->page(i)->text(QRectF(), Poppler::Page::PhysicalLayout)));
    return sheet;
}

inline Sheet drawn(const PaperData &data)
{
    const auto pdf = drawPaper(data);
    if (!pdf.ok()) {
        qWarning("%s", qPrintable(pdf.error().userText));
        return {};
    }
    return read(*pdf);
}

inline bool found(const Sheet &sheet, const QString &text)
{
    for (int i = 0; i < sheet.document->numPages(); ++i) {
        if (!sheet.document->page(i)->search(text).isEmpty())
            return true;
    }
    return false;
}

// What the sentences beside the sums say, as one line.
inline QString sentences(const Sheet &sheet)
{
    const auto page = sheet.document->page(sheet.document->numPages() - 1);
    const QSizeF size = page->pageSizeF();
    return readable(page->text(QRectF(0, 0, size.width() * 0.54, size.height()))).simplified();
}

inline QString pounds(std::int64_t minor)
{
    const QLocale english(QLocale::English, QLocale::UnitedKingdom);
    return english.toString(qlonglong(minor / 100))
        + QStringLiteral(".%1").arg(minor % 100, 2, 10, QLatin1Char('0'));
}

} // namespace Counterfoil
