#pragma once

#include "actions.h"
#include "guifixture.h"
#include "jumpbox.h"
#include "mainwindow.h"
#include "orderdetailpane.h"
#include "orderspane.h"
#include "workspace.h"

#include <QApplication>
#include <QtTest>

namespace Counterfoil {

// An order with something to say in every part of the detail.
inline Order richOrder()
{
    Order order = plainOrder(500);
    order.holdReason = "credit limit exceeded";
    order.terms = "Net 30";
    order.billToName = "Harbour Supply Co.";
    order.shipToAddress = "Unit 4\nBristol";
    OrderLine line;
    line.lineNumber = 1;
    line.sku = "UF-0231";
    line.description = "Ultra Forge drill press";
    line.ordered = Decimal::fromInteger(3);
    line.backordered = Decimal::fromInteger(3);
    line.unitPrice = Decimal::fromInteger(1240);
    order.lines.push_back(line);
    line.lineNumber = 2;
    line.sku = "WH-4410";
    line.expectedOn = Date::fromCivil(2026, 12, 2);
    order.lines.push_back(line);
    order.events.push_back({Instant{1'700'000'000'000}, "placed", "Placed by Purchasing", {}});
    return order;
}

// The whole window on a real cache, with ports that a test sets.
struct Fixture
{
    explicit Fixture(Theme &look)
        : theme(look)
    {
        std::vector<Change> changes;
        for (int i = 1; i <= 80; ++i)
            changes.push_back(changeTo(plainOrder(i)));
        changes.push_back(changeTo(richOrder()));
        Shipment shipment;
        shipment.key = "s1";
        shipment.account = "a1";
        shipment.number = "SH-5521";
        shipment.order = "o500";
        shipment.orderNumber = "SO-10500";
        shipment.carrier = "DPD";
        shipment.parcels.push_back({"1Z999AA10123456784", "Out for delivery", Instant{1'700'000'100'000}});
        changes.push_back(changeTo(shipment));
        cache.put(changes);
        sync.setMode(SyncStatus::Mode::Live, clock);
        open();
    }

    void open()
    {
        window = std::make_unique<MainWindow>(
            WindowPorts{signIn, clock, dir.filePath(QStringLiteral("settings.ini")),
                        QUrl(QStringLiteral("http://127.0.0.1:8471")), demoPeople()},
            theme);
        window->resize(1280, 800);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    }

    void enter()
    {
        window->showProfile({buyer(), cache.readers(), sync, dir.path()});
        QTRY_COMPARE(workspace().orders().model().rowCount(), 81);
        QTRY_COMPARE(workspace().detail().number(), QStringLiteral("SO-10500"));
        window->activateWindow();
        QTRY_VERIFY(window->isActiveWindow());
    }

    Workspace &workspace() { return *window->workspace(); }
    QAction *action(const char *id) { return workspace().actions().find(QString::fromLatin1(id)); }
    JumpBox *jump() { return workspace().findChild<JumpBox *>(); }
    void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window.get(), key, with);
    }

    Theme &theme;
    QTemporaryDir dir;
    SetClock clock;
    SetSyncPort sync;
    SetSignInPort signIn;
    TestCache cache;
    std::unique_ptr<MainWindow> window;
};

} // namespace Counterfoil
