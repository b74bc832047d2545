#pragma once

#include <QRectF>
#include <QSizeF>
#include <QString>

#include <vector>

namespace Counterfoil {

// Page numbers count from 0. A place on a page is in points (1/72 inch) from the top left of the page as
// its document wants it shown, before anybody turns it.
struct PageInfo
{
    QSizeF size; // points
};

struct TextBox // a word
{
    QRectF box;
    QString text;
    bool spaceAfter = false;
};

struct TextHit // of what is searched for
{
    QRectF box;
    QRectF continued; // the rest of it, in the next line; null when all of it is in one
    QString line;     // what stands around it in its line; empty where a page has too many hits
    int begin = 0;    // of the hit in `line`, characters
};

struct PagePlace // where a link leads within the document
{
    int page = -1;  // -1: nowhere
    double top = 0; // points
};

struct PageLink
{
    QRectF box;
    PagePlace place;
    QString address; // outside the document, as the document has it; empty: it leads to `place`
};

struct OutlineEntry // in reading order
{
    QString title;
    int depth = 0; // of the one above at most one more
    PagePlace place;
};

// What paper and ink of the pages become; whatever lies between keeps its hue, so that a dark page is easy
// on the eyes and a red figure stays red. White and black: as printed.
struct PageColours
{
    quint32 paper = 0xffffffff; // QRgb
    quint32 ink = 0xff000000;

    bool operator==(const PageColours &) const = default;
};

// A file that is embedded in the document. All of it is what the document says: the name is no path, and the
// size may not be true.
struct AttachedFile
{
    QString name;
    QString description;
    QString mediaType; // often empty
    qint64 bytes = -1; // as stated; -1: it is not
};

struct OpenedDocument
{
    std::vector<PageInfo> pages;
    QString title; // as the document names itself; often empty
};

} // namespace Counterfoil
