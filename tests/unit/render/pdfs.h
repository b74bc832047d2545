#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QTemporaryDir>

namespace Counterfoil {

// Documents for the tests of drawing: plain ones as a supplier's program prints them, and others put
// together from their objects, as no program would.

// So many A4 pages; page n has the text "Page n of Pages" in large type, a few lines of small type, and a
// black square of 100 points with its top left corner at (100, 100).
QByteArray plainPdf(int pages, const QString &title = {});

// The objects 1, 2, 3 and so on, of which 1 is the catalogue, with the table that finds them. `trailer`
// goes into the trailer as it is.
QByteArray pdfOf(const QList<QByteArray> &objects, const QByteArray &trailer = {});
// An object with a stream; `entries` go into its dictionary.
QByteArray streamObject(const QByteArray &data, const QByteArray &entries = {});
// One page, object 3, of `pageEntries` beside its type and parent, with whatever objects follow from 4 on.
QByteArray onePagePdf(const QByteArray &pageEntries, const QList<QByteArray> &more = {});

struct EmbeddedInPdf
{
    QByteArray name;
    QByteArray bytes; // packed, where `entries` says how
    QByteArray entries = {};
};
// One empty page, and files that are embedded in the document.
QByteArray pdfWithFiles(const QList<EmbeddedInPdf> &files);

// Files that exist as long as this does.
// Two pages of 595 × 842 points: links to a place, to an address, through a name and to a program; an
// outline of two levels. The first page says "Go on", the second "Here".
QByteArray pdfWithLinks();

class PdfFolder
{
public:
    QString file(const QByteArray &bytes);

private:
    QTemporaryDir m_dir;
    int m_files = 0;
};

} // namespace Counterfoil
