#pragma once

#include "openeddocument.h"

#include <QObject>

#include <map>

namespace Counterfoil {

class PageRenderer;

// The links of the pages that are looked at, asked of the renderer when wanted.
class PageLinks final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::size_t mostPagesKept = 64;

    PageLinks(PageRenderer &renderer, QObject *parent);

    void clear();
    void want(int page); // arrived() follows, unless they are here already or cannot be read
    const std::vector<PageLink> &onPage(int page) const;      // none as long as they are not here
    const PageLink *at(int page, const QPointF &point) const; // nullptr: there is none

Q_SIGNALS:
    void arrived(int page);

private:
    PageRenderer &m_renderer;
    std::map<int, std::vector<PageLink>> m_kept;
    std::map<int, quint64> m_tickets; // by page
};

} // namespace Counterfoil
