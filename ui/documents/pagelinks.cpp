#include "pagelinks.h"

#include "pagerenderer.h"

#include <algorithm>
#include <cstdlib>

namespace Counterfoil {

PageLinks::PageLinks(PageRenderer &renderer, QObject *parent)
    : QObject(parent)
    , m_renderer(renderer)
{
    connect(&renderer, &PageRenderer::linked, this,
            [this](quint64 ticket, int page, const std::vector<PageLink> &links) {
                const auto asked = m_tickets.find(page);
                if (asked == m_tickets.end() || asked->second != ticket)
                    return;
                m_tickets.erase(asked);
                m_kept[page] = links;
                if (m_kept.size() > mostPagesKept) {
                    const auto distance = [page](const auto &kept) { return std::abs(kept.first - page); };
                    m_kept.erase(std::ranges::max_element(m_kept, {}, distance));
                }
                Q_EMIT arrived(page);
            });
    connect(&renderer, &PageRenderer::failed, this, [this](quint64 ticket) {
        const auto asked
            = std::ranges::find(m_tickets, ticket, [](const auto &entry) { return entry.second; });
        if (asked == m_tickets.end())
            return;
        m_kept[asked->first] = {}; // it would fail again; a page without its links can still be read
        m_tickets.erase(asked);
    });
}

void PageLinks::clear()
{
    for (const auto &[page, ticket] : m_tickets)
        m_renderer.drop(ticket);
    m_tickets.clear();
    m_kept.clear();
}

void PageLinks::want(int page)
{
    if (!m_kept.contains(page) && !m_tickets.contains(page))
        m_tickets.emplace(page, m_renderer.links(page));
}

const std::vector<PageLink> &PageLinks::onPage(int page) const
{
    static const std::vector<PageLink> none;
    const auto kept = m_kept.find(page);
    return kept == m_kept.end() ? none : kept->second;
}

const PageLink *PageLinks::at(int page, const QPointF &point) const
{
    const std::vector<PageLink> &links = onPage(page);
    const auto found
        = std::ranges::find_if(links, [&point](const PageLink &link) { return link.box.contains(point); });
    return found == links.end() ? nullptr : &*found;
}

} // namespace Counterfoil
