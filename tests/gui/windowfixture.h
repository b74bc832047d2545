#pragma once

#include "account.h"
#include "actions.h"
#include "commandfixture.h"
#include "detailpane.h"
#include "document.h"
#include "guifixture.h"
#include "invoice.h"
#include "jumpbox.h"
#include "listpane.h"
#include "mainwindow.h"
#include "payment.h"
#include "recordspage.h"
#include "shipment.h"
#include "toast.h"
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

inline Shipment shipmentOfTheRichOrder()
{
    Shipment shipment;
    shipment.key = "s1";
    shipment.account = "a1";
    shipment.number = "SH-5521";
    shipment.order = "o500";
    shipment.orderNumber = "SO-10500";
    shipment.status = "in-transit";
    shipment.open = true;
    shipment.carrier = "DPD";
    shipment.shippedAt = Instant{1'795'000'000'000};
    shipment.expectedOn = Date::fromCivil(2026, 11, 18);
    shipment.tracking = "1Z999AA10123456784";
    shipment.parcelCount = 1;
    shipment.parcels.push_back({shipment.tracking, "https://carrier.example/track/1Z999AA10123456784",
                                "Out for delivery", Instant{1'700'000'100'000}});
    shipment.lines.push_back(
        {1, "UF-0231", "Ultra Forge drill press", "each", Decimal::fromInteger(1), shipment.tracking});
    shipment.events.push_back(
        {shipment.tracking, Instant{1'795'100'000'000}, "delayed", "Held up by snow", "Leeds"});
    return shipment;
}

inline Invoice invoiceOfTheRichOrder()
{
    Invoice invoice;
    invoice.key = "i1";
    invoice.account = "a1";
    invoice.number = "INV-88213";
    invoice.order = "o500";
    invoice.orderNumber = "SO-10500";
    invoice.shipment = "s1";
    invoice.issuedAt = Instant{1'794'000'000'000};
    invoice.dueOn = Date::fromCivil(2026, 11, 10);
    invoice.status = "part-paid";
    invoice.open = true;
    invoice.currency = "GBP";
    invoice.net = Amount{100'000};
    invoice.tax = Amount{20'000};
    invoice.total = Amount{120'000};
    invoice.openAmount = Amount{75'690};
    invoice.lines.push_back({1, 1, "UF-0231", "Ultra Forge drill press", "each", Decimal::fromInteger(1),
                             Decimal::fromInteger(1000), Decimal::fromInteger(20), Amount{100'000},
                             Amount{20'000}});
    return invoice;
}

// Two shipments of that order, an invoice of the first with its paper, a credit memo for it, and a payment.
inline std::vector<Change> linkedToTheRichOrder()
{
    const Shipment shipment = shipmentOfTheRichOrder();
    Shipment second = shipment;
    second.key = "s2";
    second.number = "SH-5522";
    second.open = false;
    second.shippedAt.ms += 1000;
    second.expectedOn = {};
    second.parcels.clear();
    second.tracking.clear();
    second.lines.front().trackingNumber.clear();
    second.events.clear();

    const Invoice invoice = invoiceOfTheRichOrder();
    Invoice credit = invoice;
    credit.key = "c1";
    credit.number = "CM-4410";
    credit.credit = true;
    credit.open = false;
    credit.status = "credit-used";
    credit.shipment.clear();
    credit.creditedInvoice = "i1";
    credit.creditedNumber = "INV-88213";
    credit.dueOn = {};
    credit.total = Amount{-4'310};
    credit.openAmount = {};
    Payment payment;
    payment.key = "p1";
    payment.account = "a1";
    payment.number = "PAY-77";
    payment.receivedAt = Instant{1'794'500'000'000};
    payment.method = "Bank transfer";
    payment.currency = "GBP";
    payment.amount = Amount{40'000};
    payment.parts.push_back({"i1", "INV-88213", Amount{40'000}, Amount{}});
    Document document;
    document.key = "d1";
    document.account = "a1";
    document.number = "INV-88213";
    document.paper = "invoice";
    document.invoice = "i1";
    return {changeTo(shipment), changeTo(second),  changeTo(invoice),
            changeTo(credit),   changeTo(payment), changeTo(document)};
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
        for (const Change &change : linkedToTheRichOrder())
            changes.push_back(change);
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
        window->showSignIn();
        window->resize(1280, 800);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    }

    // Signs in, without a look at anything; documents are drawn by `program`, or not at all.
    void show(const Person &person = buyer(), const QString &program = {})
    {
        window->showProfile({person, cache.readers(), sync, documents, commands, people, quotes, dir.path(),
                             program, doors, &attachments});
    }
    void enter(const Person &person = buyer())
    {
        show(person);
        workspace().goTo(QStringLiteral("orders"));
        QTRY_COMPARE(orders().model().rowCount(), 81);
        QTRY_COMPARE(detail().number(), QStringLiteral("SO-10500"));
        window->activateWindow();
        QTRY_VERIFY(window->isActiveWindow());
    }

    Workspace &workspace() { return *window->workspace(); }
    ListPane &orders() { return workspace().page(Order::type)->list(); }
    DetailPane &detail() { return workspace().currentPage()->detail(); } // of the pane shown
    void open(const RecordType &kind, const char *key, bool inOwnWindow = false)
    {
        workspace().openRecord({&kind, key}, inOwnWindow);
    }
    QAction *action(const char *id) { return workspace().actions().find(QString::fromLatin1(id)); }
    JumpBox *jump() { return workspace().findChild<JumpBox *>(); }
    QString toast() { return workspace().findChild<Toast *>()->text(); }
    void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window.get(), key, with);
    }

    Theme &theme;
    QTemporaryDir dir;
    SetClock clock;
    SetSyncPort sync;
    SetDocumentPort documents;
    FileCommandPort commands{clock};
    SetPeoplePort people;
    SetQuotePort quotes;
    SetAttachmentPort attachments;
    SetSignInPort signIn;
    TestCache cache;
    OutgoingDoors doors; // before enter()
    std::unique_ptr<MainWindow> window;
};

} // namespace Counterfoil
