// Fills a cache from the sandbox company and photographs the real window in its states:
//   uigallery DIR [light|dark] [WIDTH HEIGHT]

#include "accountswitcher.h"
#include "actions.h"
#include "filterchip.h"
#include "guifixture.h"
#include "jumpbox.h"
#include "listpane.h"
#include "mainwindow.h"
#include "recordview.h"
#include "recordwindow.h"
#include "sandboxerp.h"
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

class Gallery
{
public:
    Gallery(const QString &folder, const QString &look, QSize size)
        : m_folder(folder)
        , m_look(look)
        , m_size(size)
    { }

    bool fill(bool everyAccount)
    {
        SandboxSettings settings;
        settings.scale = 6000;
        auto erp = SandboxErp::open(m_dir.filePath(QStringLiteral("erp.db")), settings, m_clock);
        if (!erp)
            return false;
        std::vector<Change> changes;
        std::string position;
        for (bool more = true; more;) {
            auto batch = erp.value()->changesAfter(position, 2000);
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
        for (const Change &change : changes) {
            if (change.kind != &Order::type)
                continue;
            m_some = *change.record.as<Order>();
            const bool waits
                = std::any_of(m_some.lines.begin(), m_some.lines.end(),
                              [](const OrderLine &line) { return line.backordered > Decimal(); });
            if (waits && m_some.unitsShipped > Decimal())
                m_rich = QString::fromStdString(m_some.key);
            if (!m_some.holdReason.empty())
                m_held = QString::fromStdString(m_some.key);
        }
        return true;
    }

    void run(Theme &theme)
    {
        theme.setScheme(m_look == QLatin1String("dark") ? Theme::Scheme::Dark : Theme::Scheme::Light);
        QFile::remove(m_dir.filePath(QStringLiteral("s.ini")));
        MainWindow window({m_signIn, m_clock, m_dir.filePath(QStringLiteral("s.ini")),
                           QUrl(QStringLiteral("http://127.0.0.1:8471")), demoPeople()},
                          theme);
        theme.setScheme(m_look == QLatin1String("dark") ? Theme::Scheme::Dark : Theme::Scheme::Light);
        window.resize(m_size);
        window.show();
        shoot(window, "signin");
        live();
        window.showProfile({buyer(), m_cache.readers(), m_sync, m_documents, m_dir.path(), QString()});
        settle(600);
        glow();
        settle(300);
        shoot(window, "orders");
        states(window);
    }

private:
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
        for (const auto &[key, name] : {std::pair(m_rich, "detail"), std::pair(m_held, "held")}) {
            if (key.isEmpty())
                continue;
            workspace.openRecord({&Order::type, key.toStdString()}, false);
            settle(400);
            shoot(window, name);
        }
        const auto chips = workspace.findChildren<ChipButton *>();
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
    QTemporaryDir m_dir;
    SystemClock m_clock;
    SetSyncPort m_sync;
    SetDocumentPort m_documents;
    SetSignInPort m_signIn;
    TestCache m_cache;
    Order m_some;
    QString m_rich; // partly shipped, with backorders
    QString m_held;
};

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("uigallery DIR [light|dark] [WIDTH HEIGHT] [all]\n", stderr);
        return 2;
    }
    Theme theme(application);
    QDir().mkpath(arguments.at(1));
    const QSize size(arguments.value(3, QStringLiteral("1280")).toInt(),
                     arguments.value(4, QStringLiteral("800")).toInt());
    Gallery gallery(arguments.at(1), arguments.value(2, QStringLiteral("light")), size);
    if (!gallery.fill(arguments.value(5) == QLatin1String("all"))) {
        std::fputs("the sandbox company could not be made\n", stderr);
        return 1;
    }
    gallery.run(theme);
    return 0;
}
