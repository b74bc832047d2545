#include "tour.h"

#include "desktop.h"
#include "document.h"
#include "documentdetailpane.h"
#include "documentview.h"
#include "invoice.h"
#include "invoicedetailpane.h"
#include "listpane.h"
#include "order.h"
#include "recordspage.h"
#include "shipment.h"
#include "workspace.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPushButton>

#include <cstdio>

namespace Counterfoil {

namespace {

constexpr QSize usual(1280, 800);
constexpr QSize large(1920, 1080);
constexpr int largeText = 200; // per cent

} // namespace

Tour::Tour(Desktop &desktop, const QString &folder)
    : m_driver(desktop, folder)
{ }

bool Tour::run()
{
    if (!m_driver.makeFolder())
        return false;
    Desktop &desktop = m_driver.desktop();
    desktop.theme().setScheme(Theme::Scheme::Light);
    m_driver.resize(usual);
    // Without a window manager nothing else gives a window the keyboard.
    QApplication::setActiveWindow(desktop.window());
    if (desktop.window()->devicePixelRatio() > 1) {
        firstFillStop();
        panes();
    } else {
        signInStops();
        firstFillStop();
        panes();
        orderStops();
        shipmentStops();
        invoiceStops();
        documentStops();
        einvoiceStops();
        outgoingStops();
        papersStops();
        paperKindStops();
        queueStops();
        returnStops();
        customerStop();
        findStops();
        pasteStop();
        textSizeStop();
        offlineStops();
        darkStops();
        viewerStop();
        accountStops();
        catalogueStops();
        boughtStops();
        cartStops();
        approvalStops();
        conflictStops();
        withdrawalStop();
        gatewayLostStop();
    }
    std::printf("%d pictures\n", m_driver.pictures());
    return m_driver.done();
}

void Tour::signInStops()
{
    m_driver.picture(QStringLiteral("sign-in"));
    const auto fields = m_driver.desktop().window()->findChildren<QLineEdit *>();
    for (QLineEdit *field : fields) {
        if (field->isVisible() && field->text().isEmpty()) {
            field->setFocus();
            m_driver.type(QStringLiteral("nobody"));
        }
    }
    m_driver.press(Qt::Key_Return);
    m_driver.waitUntil("the sign-in is refused", [this] {
        const auto buttons = m_driver.desktop().window()->findChildren<QPushButton *>();
        return std::any_of(buttons.begin(), buttons.end(),
                           [](QPushButton *button) { return button->isVisible() && button->isEnabled(); });
    });
    m_driver.picture(QStringLiteral("sign-in-refused"));
}

void Tour::firstFillStop()
{
    m_driver.signInAs(QStringLiteral("csr"));
    const SyncPort &sync = m_driver.desktop().client().sync();
    m_driver.waitUntil("the window shows the profile", [this] { return m_driver.workspace() != nullptr; });
    show(Order::type);
    m_driver.waitUntil("the first rows are here", [this] {
        return m_driver.workspace()->page(Order::type)->list().model().rowCount() > 0;
    });
    m_driver.picture(QStringLiteral("first-download"));
    m_driver.waitUntil("live", [&sync] { return sync.status().mode == SyncStatus::Mode::Live; });
}

void Tour::panes()
{
    m_driver.select(Order::type, "status", "part-shipped");
    m_driver.select(Shipment::type, "status", "delivered");
    m_driver.select(Invoice::type, "status", "part-paid");
    waitForPage();
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        const QString look = dark ? QStringLiteral("dark") : QStringLiteral("light");
        paneAt(look);
        m_driver.resize(large);
        paneAt(look + QStringLiteral("-large"));
        m_driver.resize(usual);
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
}

void Tour::paneAt(const QString &look)
{
    const QStringList ids = m_driver.workspace()->panes();
    for (const QString &id : ids) {
        m_driver.act(QStringLiteral("pane.") + id);
        m_driver.picture(id + u'-' + look);
    }
}

void Tour::show(const RecordType &kind)
{
    m_driver.act(QStringLiteral("pane.")
                 + QString::fromUtf8(kind.plural.data(), qsizetype(kind.plural.size())));
}

void Tour::waitForPage()
{
    m_driver.waitUntil("the invoice's page", [this] {
        const auto *detail
            = qobject_cast<InvoiceDetailPane *>(&m_driver.workspace()->page(Invoice::type)->detail());
        return detail && detail->document().isOpen();
    });
}

void Tour::orderStops()
{
    m_driver.select(Order::type, "status", "on-hold");
    m_driver.picture(QStringLiteral("on-hold"));
    m_driver.act(QStringLiteral("list.columns"));
    m_driver.picture(QStringLiteral("columns"));
    m_driver.press(Qt::Key_Escape);
    m_driver.act(QStringLiteral("list.compact"));
    m_driver.picture(QStringLiteral("compact"));
    m_driver.act(QStringLiteral("list.compact"));
}

void Tour::shipmentStops()
{
    m_driver.select(Shipment::type, "status", "delayed");
    m_driver.picture(QStringLiteral("shipment-late"));
    m_driver.select(Shipment::type, "status", "collected");
    m_driver.picture(QStringLiteral("shipment-without-parcel"));
}

void Tour::invoiceStops()
{
    for (const char *status : {"open", "disputed", "paid", "credit-used"}) {
        m_driver.select(Invoice::type, "status", status);
        waitForPage();
        m_driver.picture(QStringLiteral("invoice-") + QLatin1String(status));
    }
}

void Tour::documentStops()
{
    m_driver.act(QStringLiteral("document.find"));
    m_driver.type(QStringLiteral("net"));
    m_driver.picture(QStringLiteral("document-find"));
    m_driver.act(QStringLiteral("document.hits"));
    m_driver.act(QStringLiteral("document.darkPages"));
    m_driver.picture(QStringLiteral("document-hits"));
    m_driver.desktop().theme().setScheme(Theme::Scheme::Dark);
    m_driver.picture(QStringLiteral("document-hits-dark"));
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    m_driver.act(QStringLiteral("document.darkPages"));
    m_driver.act(QStringLiteral("document.hits"));
    m_driver.press(Qt::Key_Escape);
    m_driver.act(QStringLiteral("documents.keeping"));
    m_driver.picture(QStringLiteral("keeping"));
    m_driver.press(Qt::Key_Escape);
    m_driver.act(QStringLiteral("document.rotateRight"));
    m_driver.act(QStringLiteral("document.thumbnails"));
    m_driver.picture(QStringLiteral("document-turned"));
    m_driver.act(QStringLiteral("document.thumbnails"));
    m_driver.act(QStringLiteral("document.rotateLeft"));
    show(Order::type);
}

void Tour::papersStops()
{
    show(Document::type);
    ListPane &list = m_driver.workspace()->page(Document::type)->list();
    const RecordListModel &model = list.model();
    m_driver.act(QStringLiteral("list.filter"));
    m_driver.type(QStringLiteral("bolt"));
    m_driver.waitUntil("words inside documents", [&model] {
        const QModelIndex inside = model.index(0, model.columnOf(QStringLiteral("inside")));
        return inside.isValid() && !inside.data(ItemRole::Lit).isNull();
    });
    m_driver.press(Qt::Key_Down);
    m_driver.press(Qt::Key_Down);
    const auto *detail
        = qobject_cast<DocumentDetailPane *>(&m_driver.workspace()->page(Document::type)->detail());
    m_driver.waitUntil("the document found", [detail] { return detail && detail->document().isOpen(); });
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("documents-found-dark") : QStringLiteral("documents-found"));
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    m_driver.act(QStringLiteral("list.filter"));
    m_driver.type(QStringLiteral("zzz"));
    m_driver.picture(QStringLiteral("documents-no-match"));
    m_driver.act(QStringLiteral("list.clearFilters"));
    show(Order::type);
}

void Tour::findStops()
{
    m_driver.act(QStringLiteral("list.filter"));
    m_driver.type(QStringLiteral("bolt"));
    m_driver.picture(QStringLiteral("filter"));
    m_driver.type(QStringLiteral(" zzz"));
    m_driver.picture(QStringLiteral("no-match"));
    m_driver.act(QStringLiteral("list.clearFilters"));
    m_driver.act(QStringLiteral("find.jump"));
    m_driver.type(QStringLiteral("depot"));
    m_driver.picture(QStringLiteral("jump"));
    m_driver.press(Qt::Key_Escape);
    m_driver.act(QStringLiteral("find.action"));
    m_driver.picture(QStringLiteral("actions"));
    m_driver.press(Qt::Key_Escape);
    m_driver.press(Qt::Key_Escape);
    m_driver.act(QStringLiteral("help.keys"));
    m_driver.picture(QStringLiteral("keys"));
    m_driver.press(Qt::Key_Escape);
    m_driver.act(QStringLiteral("find.account"));
    m_driver.picture(QStringLiteral("accounts"));
    m_driver.press(Qt::Key_Escape);
}

// An e-mail's subject leads to the invoice that it is about.
void Tour::pasteStop()
{
    const RecordListModel &invoices = m_driver.workspace()->page(Invoice::type)->list().model();
    const QModelIndex third = invoices.index(2, 0);
    const QString key = third.data(ItemRole::Key).toString();
    const QString number = invoices.index(2, invoices.columnOf(QStringLiteral("number"))).data().toString();
    QGuiApplication::clipboard()->setText(
        QStringLiteral("Re: Fwd: [EXT] Your invoice %1 is overdue").arg(number));
    m_driver.act(QStringLiteral("find.paste"));
    m_driver.waitUntil("the pasted invoice", [this, &key] {
        const RecordsPage *page = m_driver.workspace()->currentPage();
        return page && page->list().currentKey() == key;
    });
    m_driver.picture(QStringLiteral("pasted"));
}

void Tour::textSizeStop()
{
    Theme &theme = m_driver.desktop().theme();
    const int before = theme.textPercent();
    theme.setTextPercent(largeText);
    m_driver.resize(large);
    paneAt(QStringLiteral("text-200"));
    m_driver.resize(usual);
    theme.setTextPercent(before);
    show(Order::type);
}

void Tour::offlineStops()
{
    m_driver.act(QStringLiteral("sync.panel"));
    m_driver.picture(QStringLiteral("freshness"));
    m_driver.press(Qt::Key_Escape);
    m_driver.disconnectFromNetwork();
    m_driver.picture(QStringLiteral("offline"));
    m_driver.act(QStringLiteral("sync.panel"));
    m_driver.picture(QStringLiteral("offline-panel"));
    m_driver.press(Qt::Key_Escape);
    m_driver.connectToNetwork();
    m_driver.picture(QStringLiteral("back-online"));
}

void Tour::darkStops()
{
    m_driver.desktop().theme().setScheme(Theme::Scheme::Dark);
    m_driver.act(QStringLiteral("find.jump"));
    m_driver.type(QStringLiteral("depot"));
    m_driver.picture(QStringLiteral("jump-dark"));
    m_driver.press(Qt::Key_Escape);
    m_driver.act(QStringLiteral("help.keys"));
    m_driver.picture(QStringLiteral("keys-dark"));
    m_driver.press(Qt::Key_Escape);
    m_driver.disconnectFromNetwork();
    show(Invoice::type);
    m_driver.picture(QStringLiteral("offline-dark"));
    m_driver.connectToNetwork();
    m_driver.signOut();
    m_driver.picture(QStringLiteral("sign-in-dark"));
}

void Tour::viewerStop()
{
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    m_driver.signInAs(QStringLiteral("viewer"));
    const SyncPort &sync = m_driver.desktop().client().sync();
    m_driver.waitUntil("live as a viewer", [&sync] { return sync.status().mode == SyncStatus::Mode::Live; });
    paneAt(QStringLiteral("without-prices"));
    if (m_driver.workspace()->page(Invoice::type))
        m_driver.miss(QStringLiteral("who may not see invoices has a pane for them"));
}

void Tour::gatewayLostStop()
{
    SyncPort &sync = m_driver.desktop().client().sync();
    m_driver.desktop().demoGateway()->kill();
    m_driver.waitUntil("the lost gateway is noticed",
                       [&sync] { return sync.status().mode == SyncStatus::Mode::Offline; });
    m_driver.act(QStringLiteral("sync.panel"));
    m_driver.picture(QStringLiteral("gateway-lost"));
    m_driver.press(Qt::Key_Escape);
    m_driver.desktop().demoGateway()->start();
    m_driver.waitUntil("live after the restart", [&sync] {
        if (sync.status().mode == SyncStatus::Mode::Offline)
            sync.retryNow();
        return sync.status().mode == SyncStatus::Mode::Live;
    });
}

} // namespace Counterfoil
