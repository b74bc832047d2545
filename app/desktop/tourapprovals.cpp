// The tour's stops where an order is above its person's limit, and somebody else decides on it.

#include "account.h"
#include "approval.h"
#include "approvaldetailpane.h"
#include "boughtpane.h"
#include "cartlinesmodel.h"
#include "cartpane.h"
#include "cartview.h"
#include "desktop.h"
#include "formfield.h"
#include "listpane.h"
#include "recordspage.h"
#include "reviewsheet.h"
#include "tour.h"
#include "workspace.h"

namespace Counterfoil {

namespace {

constexpr const char *limitedAccount = "A-10002"; // of the sandbox's buyer; see sandboxPeople()

} // namespace

// As the buyer that the stops before have signed in, and as one again at the end.
void Tour::approvalStops()
{
    m_driver.workspace()->openRecord({&Account::type, limitedAccount}, false);
    m_driver.act(QStringLiteral("pane.bought"));
    const BoughtPane *bought = m_driver.workspace()->currentBought();
    m_driver.waitUntil("what the branch bought",
                       [bought] { return bought && bought->model().rowCount() > 0; });
    m_driver.workspace()->currentBought()->focusFirst();
    for (int row = 1; row < 12; ++row)
        m_driver.press(Qt::Key_Down, Qt::ShiftModifier);
    m_driver.act(QStringLiteral("buying.reorder"));
    const auto *pane = m_driver.workspace()->findChild<CartPane *>();
    if (!pane)
        return m_driver.miss(QStringLiteral("no pane of carts"));
    const auto account = [pane] { return pane->cart().cart().account; };
    m_driver.waitUntil("the branch's cart", [&] {
        return account() == limitedAccount && pane->cart().lines().rowCount() > 0 && pane->cart().canChange();
    });
    pane->cart().poReference().editor()->setFocus();
    m_driver.type(QStringLiteral("4500007790"));
    reviewStop(QStringLiteral("cart-review-above-limit"));
    askStop();
    m_driver.waitUntil("it waits to be approved", [pane] { return !pane->cart().canChange(); });
    m_driver.picture(QStringLiteral("cart-waits"));
    decideStops();
}

void Tour::decideStops()
{
    m_driver.act(QStringLiteral("pane.approvals"));
    m_driver.picture(QStringLiteral("approvals-of-who-asked"));
    m_driver.signOut();
    m_driver.signInAs(QStringLiteral("approver"));
    const SyncPort &sync = m_driver.desktop().client().sync();
    m_driver.waitUntil("live as an approver",
                       [&sync] { return sync.status().mode == SyncStatus::Mode::Live; });
    m_driver.act(QStringLiteral("pane.approvals"));
    RecordsPage *page = m_driver.workspace()->page(Approval::type);
    if (!page)
        return m_driver.miss(QStringLiteral("no pane of approvals"));
    const auto &detail = static_cast<const ApprovalDetailPane &>(page->detail());
    m_driver.waitUntil("what waits", [page] { return page->list().model().rowCount() > 0; });
    m_driver.press(Qt::Key_Home);
    m_driver.waitUntil("what it is", [&detail] { return detail.mayDecide(); });
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("approvals-dark") : QStringLiteral("approvals"));
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    m_driver.press(Qt::Key_A);
    m_driver.waitUntil("it is decided on", [&detail] { return !detail.mayDecide(); });
    m_driver.picture(QStringLiteral("approvals-decided"));
    m_driver.signOut();
    m_driver.signInAs(QStringLiteral("buyer"));
    m_driver.waitUntil("live as a buyer again",
                       [&sync] { return sync.status().mode == SyncStatus::Mode::Live; });
}

} // namespace Counterfoil
