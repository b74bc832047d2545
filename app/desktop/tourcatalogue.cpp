// The tour's stops in the catalogue.

#include "tour.h"

#include "desktop.h"
#include "item.h"
#include "itemdetailpane.h"
#include "itemprices.h"
#include "listpane.h"
#include "recordspage.h"
#include "workspace.h"

namespace Counterfoil {

// As the buyer that the stops before have signed in.
void Tour::catalogueStops()
{
    m_driver.act(QStringLiteral("pane.catalogue"));
    const RecordsPage *page = m_driver.workspace()->currentPage();
    const auto *detail = page ? qobject_cast<ItemDetailPane *>(&page->detail()) : nullptr;
    if (!detail)
        return m_driver.miss(QStringLiteral("no catalogue"));
    const RecordListModel &rows = page->list().model();
    const auto isPriced = [detail] { return detail->prices().isCurrent(); };
    m_driver.waitUntil("the items", [&] { return rows.rowCount() > 0 && isPriced(); });
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("catalogue-dark") : QStringLiteral("catalogue"));
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    for (const auto &search :
         {std::pair("saftey gogles", "catalogue-close"), std::pair("wrench", "catalogue-other-word")}) {
        m_driver.act(QStringLiteral("list.clearFilters"));
        m_driver.act(QStringLiteral("list.filter"));
        m_driver.type(QString::fromLatin1(search.first));
        m_driver.waitUntil("what was searched for", [&] {
            return rows.query().text == search.first && rows.rowCount() > 0 && rows.totals().count > 0;
        });
        m_driver.picture(QString::fromLatin1(search.second));
    }
    m_driver.act(QStringLiteral("list.clearFilters"));
    m_driver.act(QStringLiteral("list.filter"));
    m_driver.type(QStringLiteral("zzzz"));
    m_driver.waitUntil("nothing comes close", [&] { return rows.rowCount() == 0; });
    m_driver.picture(QStringLiteral("catalogue-no-match"));
    m_driver.act(QStringLiteral("list.clearFilters"));
    m_driver.waitUntil("everything again", [&] { return rows.rowCount() > 0; });
}

} // namespace Counterfoil
