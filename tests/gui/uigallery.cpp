// Fills a cache from the sandbox company and photographs the real window in its states:
//   uigallery DIR [light|dark] [WIDTH HEIGHT] [one|all] [TEXT PERCENT] [panes|outbox]
// "all": every account's records; "panes", "outbox": these alone, without popovers and states of
// synchronisation.

#include "accountswitcher.h"
#include "actions.h"
#include "commandfixture.h"
#include "filterchip.h"
#include "guifixture.h"
#include "invoice.h"
#include "jumpbox.h"
#include "listfilterbar.h"
#include "listpane.h"
#include "mainwindow.h"
#include "outboxpanel.h"
#include "paper.h"
#include "recordspage.h"
#include "recordwindow.h"
#include "sandboxerp.h"
#include "shipment.h"
#include "theme.h"
#include "workspace.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <cstdio>

using namespace Counterfoil;

namespace {

// Has the sandbox issue what is wanted, without a network between.
class IssuingDocumentPort final : public DocumentPort
{
public:
    IssuingDocumentPort(const QString &folder, const std::unique_ptr<SandboxErp> &erp)
        : m_folder(folder)
        , m_erp(erp)
    { }

    void want(const QString &document) override
    {
        QMetaObject::invokeMethod(
            this, [this, document] { answer(document); }, Qt::QueuedConnection);
    }
    void forget(const QString &) override { }

    bool isOffline = false;

private:
    void answer(const QString &document)
    {
        const Error offline{
            ErrorKind::Offline,
            QStringLiteral("This document is not on this computer. It comes as soon as there is a "
                           "connection.")};
        const auto issued
            = isOffline ? Result<IssuedDocument>(offline) : m_erp->document(document.toStdString());
        if (!issued) {
            Q_EMIT failed(document, issued.error());
            return;
        }
        QFile file(m_folder + QStringLiteral("/%1.pdf").arg(++m_count));
        if (file.open(QIODevice::WriteOnly)) {
            file.write(issued->bytes.data(), qint64(issued->bytes.size()));
            file.close();
            Q_EMIT ready(document, file.fileName());
        }
    }

    QString m_folder;
    const std::unique_ptr<SandboxErp> &m_erp;
    int m_count = 0;
};

class Gallery
{
public:
    Gallery(const QString &folder, const QString &look, QSize size, int textPercent)
        : m_folder(folder)
        , m_look(look)
        , m_size(size)
        , m_textPercent(textPercent)
        , m_documents(m_dir.path(), m_erp)
    { }

    bool fill(bool everyAccount)
    {
        SandboxSettings settings;
        settings.scale = 6000;
        settings.drawing = &drawPaper;
        auto erp = SandboxErp::open(m_dir.filePath(QStringLiteral("erp.db")), settings, m_clock);
        if (!erp)
            return false;
        m_erp = std::move(*erp);
        std::vector<Change> changes;
        std::string position;
        for (bool more = true; more;) {
            auto batch = m_erp->changesAfter(position, 2000);
            if (!batch)
                return false;
            position = batch.value().position;
            more = batch.value().more;
            changes.insert(changes.end(), batch.value().changes.begin(), batch.value().changes.end());
        }
        std::map<std::string, int> orders;
        for (const Change &change : changes) {
            if (change.kind == &Order::type)
                ++orders[change.account];
        }
        std::string busiest;
        for (const auto &[account, count] : orders) {
            if (busiest.empty() || count > orders[busiest])
                busiest = account;
        }
        if (!everyAccount)
            std::erase_if(changes,
                          [&](const Change &c) { return !c.account.empty() && c.account != busiest; });
        m_cache.put(changes);
        for (const Change &change : changes)
            note(change);
        return true;
    }

    void run(Theme &theme, const QString &part)
    {
        QFile::remove(m_dir.filePath(QStringLiteral("s.ini")));
        MainWindow window({m_signIn, m_clock, m_dir.filePath(QStringLiteral("s.ini")),
                           QUrl(QStringLiteral("http://127.0.0.1:8471")), demoPeople()},
                          theme);
        theme.setScheme(m_look == QLatin1String("dark") ? Theme::Scheme::Dark : Theme::Scheme::Light);
        theme.setTextPercent(m_textPercent);
        window.resize(m_size);
        window.show();
        shoot(window, "signin");
        live();
        enter(window, buyer());
        if (part != QLatin1String("outbox"))
            panes(window);
        if (part.isEmpty())
            states(window);
        if (part != QLatin1String("panes"))
            outbox(window);
        enter(window, viewer());
        shoot(window, "viewer");
    }

private:
    // Remembers some records that have much to show.
    void note(const Change &change)
    {
        if (change.record.isNull())
            return;
        if (const auto *order = change.record.as<Order>()) {
            m_some = *order;
            const bool waits
                = std::any_of(order->lines.begin(), order->lines.end(),
                              [](const OrderLine &line) { return line.backordered > Decimal(); });
            if (waits && order->unitsShipped > Decimal())
                m_picks["order"] = order->key;
            if (!order->holdReason.empty())
                m_picks["held"] = order->key;
        } else if (const auto *shipment = change.record.as<Shipment>()) {
            if (shipment->open && !shipment->events.empty() && shipment->events.back().code == "delayed")
                m_picks["late"] = shipment->key;
            if (shipment->parcels.size() > 2)
                m_picks["parcels"] = shipment->key;
            if (!shipment->open)
                m_picks["delivered"] = shipment->key;
        } else if (const auto *invoice = change.record.as<Invoice>()) {
            if (!invoice->disputeReason.empty() && invoice->open)
                m_picks["disputed"] = invoice->key;
            else if (invoice->credit)
                m_picks["credit"] = invoice->key;
            else if (invoice->open && invoice->dueOn < Date{int(m_clock.now().ms / 86'400'000)})
                m_picks["overdue"] = invoice->key;
            else if (invoice->open && invoice->discountUntil.isSet())
                m_picks["discount"] = invoice->key;
            else if (!invoice->open)
                m_picks["paid"] = invoice->key;
        }
    }

    void enter(MainWindow &window, const Person &person)
    {
        window.showProfile({person, m_cache.readers(), m_sync, m_documents, m_commands, m_people, m_quotes,
                            m_dir.path(),
                            QCoreApplication::applicationDirPath() + QStringLiteral("/counterfoil-render")});
        window.workspace()->goTo(QStringLiteral("orders"));
        settle(700);
        glow();
        settle(300);
    }

    void panes(MainWindow &window)
    {
        shoot(window, "orders");
        shootRecord(window, Order::type, "order");
        shootRecord(window, Order::type, "held");
        window.workspace()->goTo(QStringLiteral("shipments"));
        settle(600);
        shoot(window, "shipments");
        for (const char *pick : {"late", "parcels", "delivered"})
            shootRecord(window, Shipment::type, pick);
        window.workspace()->goTo(QStringLiteral("invoices"));
        settle(1200);
        shoot(window, "invoices");
        for (const char *pick : {"overdue", "disputed", "credit", "discount", "paid"})
            shootRecord(window, Invoice::type, pick);
        m_documents.isOffline = true;
        shootRecord(window, Invoice::type, "overdue", "paper-offline");
        m_documents.isOffline = false;
        trigger(window, "document.toggle");
        settle(300);
        shoot(window, "paper-hidden");
        trigger(window, "document.toggle");
        window.workspace()->page(Invoice::type)->list().filters().setToggle(QStringLiteral("overdue"));
        settle(600);
        shoot(window, "invoices-filtered");
        window.workspace()->page(Invoice::type)->list().clearFilters();
        window.workspace()->openRecord({&Invoice::type, m_picks["paid"]}, true);
        settle(1200);
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *own = qobject_cast<RecordWindow *>(top)) {
                shoot(*own, "invoice-window");
                own->close();
            }
        }
        window.workspace()->goTo(QStringLiteral("orders"));
        settle(300);
    }

    void shootRecord(MainWindow &window, const RecordType &kind, const char *pick, const char *name = nullptr)
    {
        const std::string key = m_picks[pick];
        if (key.empty()) {
            std::fprintf(stderr, "nothing to show as %s\n", pick);
            return;
        }
        window.workspace()->openRecord({&kind, key}, false);
        settle(1000);
        shoot(window, name ? name : pick);
    }

    void live()
    {
        SyncStatus status;
        status.mode = SyncStatus::Mode::Live;
        status.provenAt = m_clock.sinceBoot();
        status.asOf = m_clock.now();
        status.changesReceived = 1214;
        status.progress = {{QStringLiteral("account"), 1, 1},
                           {QStringLiteral("order"), 1204, 1204},
                           {QStringLiteral("shipment"), 1630, 1630},
                           {QStringLiteral("status"), 19, 19}};
        m_sync.set(status);
    }

    void glow()
    {
        Order order = m_some;
        order.unitsShipped = order.unitsOrdered;
        Change change = changeTo(order);
        change.version = 1'000'000;
        m_cache.put({change});
    }

    void trigger(MainWindow &window, const char *id)
    {
        window.workspace()->actions().find(QString::fromLatin1(id))->trigger();
    }

    void states(MainWindow &window)
    {
        Workspace &workspace = *window.workspace();
        const auto chips = workspace.currentPage()->findChildren<ChipButton *>();
        for (ChipButton *chip : chips) {
            chip->click();
            settle(150);
            shoot(window, qPrintable(QStringLiteral("chip") + chip->text().section(QLatin1Char(' '), 0, 0)));
            if (chip->isCheckable())
                chip->click();
            else
                QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        }
        trigger(window, "find.jump");
        settle(200);
        shoot(window, "palette");
        workspace.findChild<JumpBox *>()->begin(QString::fromStdString(m_some.number.substr(0, 5)));
        settle(400);
        shoot(window, "jump");
        QTest::keyClick(workspace.findChild<JumpBox *>(), Qt::Key_Escape);
        trigger(window, "help.keys");
        settle(200);
        shoot(window, "keys");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        trigger(window, "sync.panel");
        settle(200);
        shoot(window, "panel");
        trigger(window, "sync.panel");
        trigger(window, "list.columns");
        settle(200);
        shoot(window, "columns");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        trigger(window, "list.filter");
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("zzz"));
        settle(400);
        shoot(window, "nomatch");
        trigger(window, "list.clearFilters");
        settle(300);
        SyncStatus status = m_sync.status();
        status.mode = SyncStatus::Mode::Offline;
        status.lastError = Error{ErrorKind::Offline,
                                 QStringLiteral("The gateway at 127.0.0.1 does not answer. The "
                                                "program tries again by itself.")};
        status.nextAttemptInMs = 4000;
        m_sync.set(status);
        trigger(window, "sync.panel");
        settle(200);
        shoot(window, "offline");
        trigger(window, "sync.panel");
        status.mode = SyncStatus::Mode::Filling;
        status.progress = {{QStringLiteral("order"), 12400, 80000}};
        m_sync.set(status);
        settle(200);
        shoot(window, "filling");
        status.mode = SyncStatus::Mode::Connecting;
        m_sync.set(status);
        status.mode = SyncStatus::Mode::Live;
        status.changesReceived += 214;
        status.provenAt = m_clock.sinceBoot();
        status.progress = {};
        status.lastError = {};
        m_sync.set(status);
        settle(200);
        shoot(window, "toast");
        trigger(window, "record.ownWindow");
        settle(500);
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *own = qobject_cast<RecordWindow *>(top))
                shoot(*own, "window");
        }
    }

    // Every state of an entry, a conflict, and what is said when rights change.
    void outbox(MainWindow &window)
    {
        Command made = changeOf({});
        made.target.clear();
        made.base = {};
        const QString first = m_commands.submit(made);
        m_commands.submit(changeOf([](Address &address) { address.phone = "0117 496 0182"; }));
        const QString received = m_commands.submit(changeOf([](Address &a) { a.attention = "Night desk"; }));
        m_commands.send(received);
        m_commands.tell({received.toStdString(), CommandOutcome::State::Received});
        const QString stuck = m_commands.submit(changeOf([](Address &address) { address.region = "Avon"; }));
        m_commands.send(stuck);
        m_commands.fail(stuck,
                        {ErrorKind::Offline,
                         QStringLiteral("The gateway at 127.0.0.1 does not answer. It is sent again "
                                        "by itself as soon as it does.")});
        const QString refused = m_commands.submit(changeOf([](Address &a) { a.postalCode = "BS99 9ZZ"; }));
        Command later = changeOf([](Address &address) { address.name = "Dock 4b"; });
        later.after = refused.toStdString();
        m_commands.submit(later);
        m_commands.reject(refused, "postal-code-unknown", "There is no postal code BS99 9ZZ in Bristol.");
        const QString done = m_commands.submit(changeOf([](Address &address) { address.phone = "1"; }));
        m_commands.send(done);
        m_commands.tell({done.toStdString(), CommandOutcome::State::Applied, 1, "ad1"});
        const QString torn = m_commands.submit(changeOf([](Address &address) {
            address.street = "Unit 5\nTemple Quay Business Park";
            address.phone = "0117 496 0199";
        }));
        m_commands.conflict(torn, dockAddress([](Address &address) {
                                address.street = "Unit 4, Temple Back East";
                                address.attention = "";
                                address.billTo = true;
                            }));
        m_commands.send(first);
        settle(300);
        shoot(window, "outbox-pill");
        trigger(window, "outbox.show");
        settle(200);
        shoot(window, "outbox");
        window.findChild<OutboxPanel *>()->choose(refused);
        settle(100);
        shoot(window, "outbox-refused");
        window.findChild<OutboxPanel *>()->choose(torn);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        settle(300);
        shoot(window, "conflict");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_1);
        settle(100);
        shoot(window, "conflict-chosen");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        m_commands.submit(made);
        m_commands.withdraw(made.account);
        ScopeChange change;
        change.lost = {QString::fromStdString(m_some.account)};
        Q_EMIT m_sync.scopeChanged(change);
        settle(200);
        shoot(window, "rights");
        trigger(window, "outbox.show");
        settle(200);
        shoot(window, "outbox-withdrawn");
        trigger(window, "outbox.show");
        trigger(window, "notice.dismiss");
        window.workspace()->goTo(QStringLiteral("account"));
        settle(600);
        shoot(window, "account");
    }

    Command changeOf(const std::function<void(Address &)> &change)
    {
        Command command = changeOfDock(dockAddress(change));
        command.account = m_some.account;
        return command;
    }

    void settle(int ms)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < ms)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }

    void shoot(QWidget &window, const char *name)
    {
        settle(60);
        const QString file = QStringLiteral("%1/%2-%3.png").arg(m_folder, QString::fromLatin1(name), m_look);
        window.grab().save(file);
    }

    QString m_folder;
    QString m_look;
    QSize m_size;
    int m_textPercent;
    QTemporaryDir m_dir;
    SystemClock m_clock;
    SetSyncPort m_sync;
    FileCommandPort m_commands{m_clock};
    SetPeoplePort m_people;
    SetQuotePort m_quotes;
    SetSignInPort m_signIn;
    TestCache m_cache;
    std::unique_ptr<SandboxErp> m_erp;
    IssuingDocumentPort m_documents;
    Order m_some;
    std::map<std::string, std::string> m_picks; // keys, by what they are to show
};

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("uigallery DIR [light|dark] [WIDTH HEIGHT] [one|all] [TEXT PERCENT] [panes|outbox]\n",
                   stderr);
        return 2;
    }
    Theme theme(application);
    QDir().mkpath(arguments.at(1));
    const QSize size(arguments.value(3, QStringLiteral("1280")).toInt(),
                     arguments.value(4, QStringLiteral("800")).toInt());
    Gallery gallery(arguments.at(1), arguments.value(2, QStringLiteral("light")), size,
                    arguments.value(6, QStringLiteral("100")).toInt());
    if (!gallery.fill(arguments.value(5) == QLatin1String("all"))) {
        std::fputs("the sandbox company could not be made\n", stderr);
        return 1;
    }
    gallery.run(theme, arguments.value(7));
    return 0;
}
