#include "documentlinks.h"

#include "renderprotocol.h"

#include <poppler-qt6.h>

#include <QUrl>

#include <algorithm>
#include <cmath>
#include <utility>

namespace Counterfoil {

namespace {

PagePlace placeOf(Poppler::Document &document, const Poppler::LinkDestination &destination)
{
    const int page = destination.pageNumber() - 1;
    if (page < 0 || page >= document.numPages() || quint32(page) >= RenderLimit::pages)
        return {};
    double top = 0;
    if (destination.isChangeTop()) {
        const auto target = document.page(page);
        top = target ? destination.top() * target->pageSizeF().height() : 0;
    }
    return {page, std::isfinite(top) ? std::clamp(top, 0.0, RenderLimit::pageEdge) : 0};
}

// A place may also be said by a name that the document explains elsewhere.
PagePlace resolved(Poppler::Document &document, const Poppler::LinkDestination &destination)
{
    if (destination.pageNumber() > 0 || destination.destinationName().isEmpty())
        return placeOf(document, destination);
    const std::unique_ptr<Poppler::LinkDestination> named(
        document.linkDestination(destination.destinationName()));
    return named ? placeOf(document, *named) : PagePlace{};
}

// Poppler tells where a link is in parts of the page, upside down.
QRectF boxOf(const Poppler::Link &link, const QSizeF &page)
{
    const QRectF area = link.linkArea().normalized();
    return {area.x() * page.width(), area.y() * page.height(), area.width() * page.width(),
            area.height() * page.height()};
}

bool lies(const QRectF &box)
{
    const auto within = [](double points) { return std::abs(points) <= RenderLimit::pageEdge; };
    return within(box.x()) && within(box.y()) && within(box.width()) && within(box.height());
}

void addEntries(Poppler::Document &document, const QVector<Poppler::OutlineItem> &items, int depth,
                std::vector<OutlineEntry> &entries)
{
    for (const Poppler::OutlineItem &item : items) {
        if (entries.size() >= RenderLimit::outlineEntries)
            return;
        const auto destination = item.destination();
        entries.push_back({item.name().simplified().left(RenderLimit::textLength), depth,
                           destination && item.externalFileName().isEmpty() ? resolved(document, *destination)
                                                                            : PagePlace{}});
        if (item.hasChildren() && depth + 1 < RenderLimit::outlineDepth)
            addEntries(document, item.children(), depth + 1, entries);
    }
}

} // namespace

std::vector<PageLink> linksOf(Poppler::Document &document, const Poppler::Page &page)
{
    std::vector<PageLink> links;
    for (const auto &link : page.links()) {
        if (links.size() >= RenderLimit::linksOfPage)
            break;
        PageLink told;
        told.box = boxOf(*link, page.pageSizeF());
        if (link->linkType() == Poppler::Link::Goto) {
            const auto &inside = static_cast<const Poppler::LinkGoto &>(*link);
            if (!inside.isExternal())
                told.place = resolved(document, inside.destination());
        } else if (link->linkType() == Poppler::Link::Browse) {
            told.address = static_cast<const Poppler::LinkBrowse &>(*link).url();
        }
        if (lies(told.box) && told.address.size() <= RenderLimit::textLength
            && (told.place.page >= 0 || !told.address.isEmpty()))
            links.push_back(std::move(told));
    }
    return links;
}

std::vector<OutlineEntry> outlineOf(Poppler::Document &document)
{
    std::vector<OutlineEntry> entries;
    addEntries(document, document.outline(), 0, entries);
    return entries;
}

} // namespace Counterfoil
