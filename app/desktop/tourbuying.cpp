// The tour's stops where things are bought again.

#include "tour.h"

#include "boughtdetail.h"
#include "boughtpane.h"
#include "desktop.h"
#include "searchfield.h"
#include "workspace.h"

namespace Counterfoil {

// As the buyer that the stops before have signed in.
void Tour::boughtStops()
{
    m_driver.act(QStringLiteral("pane.bought"));
    const BoughtPane *pane = m_driver.workspace()->currentBought();
    if (!pane)
        return m_driver.miss(QStringLiteral("no pane of what was bought before"));
    m_driver.waitUntil("what was bought before",
                       [pane] { return pane->model().rowCount() > 0 && !pane->detail().history().empty(); });
    m_driver.act(QStringLiteral("bought.due"));
    m_driver.waitUntil("what is due", [pane] {
        return pane->model().query().dueOnly && pane->model().rowCount() == pane->model().due();
    });
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("bought-due-dark") : QStringLiteral("bought-due"));
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    m_driver.act(QStringLiteral("list.filter"));
    m_driver.type(QStringLiteral("zzz"));
    m_driver.waitUntil("nothing matches", [pane] { return pane->model().rowCount() == 0; });
    m_driver.picture(QStringLiteral("bought-no-match"));
    m_driver.act(QStringLiteral("list.clearFilters"));
    m_driver.waitUntil("everything again",
                       [pane] { return pane->model().rowCount() == pane->model().known(); });
    m_driver.picture(QStringLiteral("bought"));
}

} // namespace Counterfoil
