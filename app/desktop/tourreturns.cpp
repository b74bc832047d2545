// The tour's stops where things come back, and where somebody answers for others.

#include "tour.h"

#include "accountpane.h"
#include "accountswitcher.h"
#include "accounttrade.h"
#include "decidesheet.h"
#include "desktop.h"
#include "homerows.h"
#include "order.h"
#include "recordspage.h"
#include "requestlines.h"
#include "requestsheet.h"
#include "return.h"
#include "returndetailpane.h"
#include "workpane.h"
#include "workspace.h"

#include <QListView>

namespace Counterfoil {

namespace {

// One that was closed may not be gone yet.
template <class SheetType> SheetType *openSheet(const QWidget &window)
{
    for (SheetType *sheet : window.findChildren<SheetType *>()) {
        if (sheet->isVisible())
            return sheet;
    }
    return nullptr;
}

} // namespace

void Tour::queueStops()
{
    m_driver.act(QStringLiteral("pane.work"));
    const auto *pane = m_driver.workspace()->findChild<WorkPane *>();
    if (!pane)
        return m_driver.miss(QStringLiteral("no pane of what needs somebody"));
    m_driver.waitUntil("what needs somebody", [pane] { return pane->list().model()->rowCount() > 0; });
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("queue-dark") : QStringLiteral("queue"));
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    m_driver.press(Qt::Key_Left);
    m_driver.picture(QStringLiteral("queue-of-one-reason"));
    m_driver.press(Qt::Key_Right);
}

// As the rep who decides.
void Tour::returnStops()
{
    for (const char *status : {"authorised", "credited", "refused"}) {
        m_driver.select(Return::type, "status", status);
        m_driver.picture(QStringLiteral("return-") + QLatin1String(status));
    }
    m_driver.select(Return::type, "status", "requested", {{"decidingRole", {"csr"}}});
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("return-requested-dark") : QStringLiteral("return-requested"));
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    for (const char *deed : {"authorise", "refuse"}) {
        m_driver.act(QStringLiteral("return.") + QLatin1String(deed));
        m_driver.waitUntil("what is to be decided",
                           [this] { return openSheet<DecideSheet>(*m_driver.desktop().window()); });
        m_driver.picture(QStringLiteral("return-") + QLatin1String(deed));
        m_driver.press(Qt::Key_Escape);
    }
    requestStop();
}

void Tour::requestStop()
{
    m_driver.select(Order::type, "status", "delivered");
    m_driver.act(QStringLiteral("return.request"));
    const QWidget &window = *m_driver.desktop().window();
    m_driver.waitUntil("what may come back", [&window] { return openSheet<RequestSheet>(window); });
    auto *sheet = openSheet<RequestSheet>(window);
    if (!sheet)
        return;
    m_driver.picture(QStringLiteral("return-request"));
    m_driver.press(Qt::Key_Down);
    m_driver.type(QStringLiteral("Does")); // chosen by beginning to type it
    m_driver.press(Qt::Key_Return);
    sheet->lines().takeAll();
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("return-request-filled-dark")
                              : QStringLiteral("return-request-filled"));
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    m_driver.press(Qt::Key_Return, Qt::ControlModifier);
    m_driver.picture(QStringLiteral("return-request-incomplete"));
    m_driver.press(Qt::Key_Escape);
    m_driver.press(Qt::Key_Tab, Qt::ShiftModifier); // from "Go on" to "Keep it for later"
    m_driver.press(Qt::Key_Return);
}

// Whoever calls is found, with all that is theirs.
void Tour::customerStop()
{
    m_driver.act(QStringLiteral("find.jump"));
    m_driver.type(QStringLiteral("10001")); // an account's number
    m_driver.picture(QStringLiteral("customer-found"));
    m_driver.press(Qt::Key_Down); // after a shipment with the same digits
    m_driver.press(Qt::Key_Return);
    const AccountPane *pane = accountPane();
    if (!pane)
        return m_driver.miss(QStringLiteral("no customer"));
    m_driver.waitUntil("what the customer ordered", [pane] { return pane->trade().orders().count() > 0; });
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("customer-dark") : QStringLiteral("customer"));
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    m_driver.workspace()->findChild<AccountSwitcher *>()->restore({}); // all of them again
    show(Order::type);
}

} // namespace Counterfoil
