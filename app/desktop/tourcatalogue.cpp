// The tour's stops in the catalogue.

#include "tour.h"

#include "categorytree.h"
#include "desktop.h"
#include "item.h"
#include "itemdetailpane.h"
#include "itempicture.h"
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
    m_driver.waitUntil("its picture", [detail] { return detail->picture().isHere(); });
    const auto priced = [&rows] { // the list asks by itself
        return !rows.index(0, rows.columnOf(QStringLiteral("price"))).data().toString().isEmpty();
    };
    m_driver.waitUntil("prices in the list", priced);
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("catalogue-dark") : QStringLiteral("catalogue"));
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    auto *tree = page->findChild<CategoryTree *>();
    m_driver.waitUntil("the categories", [tree] { return tree && tree->categories().size() > 2; });
    tree->choose(QStringLiteral("Safety"), QStringLiteral("Safety helmets"));
    m_driver.waitUntil("helmets alone", [&] {
        return rows.query().anyOf.size() == 2 && rows.rowCount() > 0 && isPriced()
            && detail->picture().isHere();
    });
    m_driver.waitUntil("their prices", priced);
    m_driver.picture(QStringLiteral("catalogue-category"));
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
