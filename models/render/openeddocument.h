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
};

struct OpenedDocument
{
    std::vector<PageInfo> pages;
    QString title; // as the document names itself; often empty
};

} // namespace Counterfoil
