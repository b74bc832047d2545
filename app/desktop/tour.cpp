#include "tour.h"

#include "actions.h"
#include "desktop.h"
#include "detailpane.h"
#include "listpane.h"
#include "order.h"
#include "personbutton.h"
#include "recordspage.h"
#include "recordview.h"
#include "workspace.h"

#include <QAction>
#include <QApplication>
#include <QEventLoop>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPixmap>
#include <QPushButton>
#include <QTimer>

#include <cstdio>

namespace Counterfoil {

namespace {

constexpr int stopDeadlineMs = 60'000; // some states come about only while the sandbox lives
constexpr int lookAgainMs = 20;
constexpr int settleMs = 400; // longer than any transition of the window's
constexpr QSize usual(1280, 800);
constexpr QSize large(1920, 1080);

} // namespace

Tour::Tour(Desktop &desktop, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_desktop(desktop)
    , m_folder(folder)
{ }

bool Tour::run()
{
    if (!QDir().mkpath(m_folder.path())) {
        miss(tr("the folder %1 cannot be made").arg(m_folder.path()));
        return false;
    }
    m_desktop.theme().setScheme(Theme::Scheme::Light);
    resize(usual);
    // Without a window manager nothing else gives a window the keyboard.
    QApplication::setActiveWindow(m_desktop.window());
    signInStops();
    firstFillStop(QStringLiteral("csr"));
    orderStops();
    findStops();
    offlineStops();
    darkStops();
    viewerStop();
    gatewayLostStop();
    std::printf("%d pictures in %s\n", m_number, qUtf8Printable(m_folder.path()));
    return m_ok;
}

void Tour::signInStops()
{
    picture(QStringLiteral("sign-in"));
    const auto fields = m_desktop.window()->findChildren<QLineEdit *>();
    for (QLineEdit *field : fields) {
        if (field->isVisible() && field->text().isEmpty()) {
            field->setFocus();
            type(QStringLiteral("nobody"));
        }
    }
    press(Qt::Key_Return);
    waitUntil("the sign-in is refused", [this] {
        const auto buttons = m_desktop.window()->findChildren<QPushButton *>();
        return std::any_of(buttons.begin(), buttons.end(),
                           [](QPushButton *button) { return button->isVisible() && button->isEnabled(); });
    });
    picture(QStringLiteral("sign-in-refused"));
}

void Tour::firstFillStop(const QString &role)
{
    signInAs(role);
    SyncPort &sync = m_desktop.client().sync();
    waitUntil("the first download begins", [&sync] {
        const auto mode = sync.status().mode;
        return mode == SyncStatus::Mode::Filling || mode == SyncStatus::Mode::Live;
    });
    waitUntil("the window shows the profile", [this] { return m_desktop.window()->workspace() != nullptr; });
    waitUntil("the first rows are here", [this] {
        return m_desktop.window()->workspace()->page(Order::type)->list().model().rowCount() > 0;
    });
    picture(QStringLiteral("first-download"));
    waitUntil("live", [&sync] { return sync.status().mode == SyncStatus::Mode::Live; });
}

void Tour::orderStops()
{
    selectOrderWith(QStringLiteral("part-shipped"));
    picture(QStringLiteral("orders"));
    selectOrderWith(QStringLiteral("backordered"));
    picture(QStringLiteral("backorder"));
    selectOrderWith(QStringLiteral("on-hold"));
    picture(QStringLiteral("on-hold"));
    resize(large);
    picture(QStringLiteral("orders-large"));
    resize(usual);
    act(QStringLiteral("list.columns"));
    picture(QStringLiteral("columns"));
    press(Qt::Key_Escape);
    act(QStringLiteral("list.compact"));
    picture(QStringLiteral("compact"));
    act(QStringLiteral("list.compact"));
}

void Tour::findStops()
{
    act(QStringLiteral("list.filter"));
    type(QStringLiteral("bolt"));
    picture(QStringLiteral("filter"));
    type(QStringLiteral(" zzz"));
    picture(QStringLiteral("no-match"));
    act(QStringLiteral("list.clearFilters"));
    act(QStringLiteral("find.jump"));
    type(QStringLiteral("depot"));
    picture(QStringLiteral("jump"));
    press(Qt::Key_Escape);
    act(QStringLiteral("find.action"));
    picture(QStringLiteral("actions"));
    press(Qt::Key_Escape);
    press(Qt::Key_Escape);
    act(QStringLiteral("help.keys"));
    picture(QStringLiteral("keys"));
    press(Qt::Key_Escape);
    act(QStringLiteral("find.account"));
    picture(QStringLiteral("accounts"));
    press(Qt::Key_Escape);
}

void Tour::offlineStops()
{
    SyncPort &sync = m_desktop.client().sync();
    act(QStringLiteral("sync.panel"));
    picture(QStringLiteral("freshness"));
    press(Qt::Key_Escape);
    act(QStringLiteral("sync.connect"));
    waitUntil("offline", [&sync] { return sync.status().mode == SyncStatus::Mode::Offline; });
    picture(QStringLiteral("offline"));
    act(QStringLiteral("sync.panel"));
    picture(QStringLiteral("offline-panel"));
    press(Qt::Key_Escape);
    act(QStringLiteral("sync.connect"));
    waitUntil("live again", [&sync] { return sync.status().mode == SyncStatus::Mode::Live; });
    picture(QStringLiteral("back-online"));
}

void Tour::darkStops()
{
    m_desktop.theme().setScheme(Theme::Scheme::Dark);
    selectOrderWith(QStringLiteral("part-shipped"));
    picture(QStringLiteral("orders-dark"));
    act(QStringLiteral("find.jump"));
    type(QStringLiteral("depot"));
    picture(QStringLiteral("jump-dark"));
    press(Qt::Key_Escape);
    act(QStringLiteral("help.keys"));
    picture(QStringLiteral("keys-dark"));
    press(Qt::Key_Escape);
    act(QStringLiteral("sync.connect"));
    SyncPort &sync = m_desktop.client().sync();
    waitUntil("offline", [&sync] { return sync.status().mode == SyncStatus::Mode::Offline; });
    picture(QStringLiteral("offline-dark"));
    act(QStringLiteral("sync.connect"));
    waitUntil("live", [&sync] { return sync.status().mode == SyncStatus::Mode::Live; });
    resize(large);
    picture(QStringLiteral("orders-large-dark"));
    resize(usual);
    signOut();
    picture(QStringLiteral("sign-in-dark"));
}

void Tour::viewerStop()
{
    m_desktop.theme().setScheme(Theme::Scheme::Light);
    signInAs(QStringLiteral("viewer"));
    SyncPort &sync = m_desktop.client().sync();
    waitUntil("live as a viewer", [&sync] { return sync.status().mode == SyncStatus::Mode::Live; });
    waitUntil("the viewer's rows are here", [this] {
        Workspace *workspace = m_desktop.window()->workspace();
        return workspace && workspace->page(Order::type)->list().model().rowCount() > 0;
    });
    press(Qt::Key_Down);
    picture(QStringLiteral("without-prices"));
}

void Tour::gatewayLostStop()
{
    SyncPort &sync = m_desktop.client().sync();
    m_desktop.demoGateway()->kill();
    waitUntil("the lost gateway is noticed",
              [&sync] { return sync.status().mode == SyncStatus::Mode::Offline; });
    act(QStringLiteral("sync.panel"));
    picture(QStringLiteral("gateway-lost"));
    press(Qt::Key_Escape);
    m_desktop.demoGateway()->start();
    waitUntil("live after the restart", [this, &sync] {
        if (sync.status().mode == SyncStatus::Mode::Offline)
            sync.retryNow();
        return sync.status().mode == SyncStatus::Mode::Live;
    });
}

void Tour::signInAs(const QString &role)
{
    const auto people = m_desktop.demoGateway()->people();
    const auto buttons = m_desktop.window()->findChildren<PersonButton *>();
    for (qsizetype i = 0; i < people.size() && i < buttons.size(); ++i) {
        if (people[i].role == role)
            return buttons[i]->click();
    }
    miss(tr("nobody to sign in as: %1").arg(role));
}

void Tour::signOut()
{
    act(QStringLiteral("person.signOut"));
    waitUntil("signed out", [this] { return m_desktop.window()->workspace() == nullptr; });
}

void Tour::selectOrderWith(const QString &status)
{
    // The newest order in this state is looked up in the list itself, then shown among all the others.
    ListPane &pane = m_desktop.window()->workspace()->page(Order::type)->list();
    RecordListModel &list = pane.model();
    const RecordQuery all = list.query();
    RecordQuery wanted = all;
    wanted.anyOf = {{"status", {status.toStdString()}}};
    list.setQuery(wanted);
    waitUntil("an order in the wanted state", [&list, &status] {
        const QModelIndex first = list.index(0, list.columnOf(QStringLiteral("status")));
        return first.data(ItemRole::Raw).toString() == status;
    });
    const QString key = list.index(0, 0).data(ItemRole::Key).toString();
    list.setQuery(all);
    settle();
    pane.select(key);
    const DetailPane &detail = m_desktop.window()->workspace()->page(Order::type)->detail();
    waitUntil("the order's detail", [&] { return detail.key() == key; });
    settle();
}

void Tour::act(const QString &actionId)
{
    QAction *action = m_desktop.window()->workspace()->actions().find(actionId);
    if (!action || !action->isEnabled())
        return miss(tr("no such action now: %1").arg(actionId));
    action->trigger();
    settle();
}

void Tour::type(const QString &text)
{
    for (const QChar character : text) {
        QWidget *target = QApplication::focusWidget();
        if (!target)
            return miss(tr("nothing has the focus to type “%1”").arg(text));
        QKeyEvent down(QEvent::KeyPress, 0, Qt::NoModifier, character);
        QKeyEvent up(QEvent::KeyRelease, 0, Qt::NoModifier, character);
        QApplication::sendEvent(target, &down);
        QApplication::sendEvent(target, &up);
    }
    settle();
}

void Tour::press(Qt::Key key)
{
    QWidget *target = QApplication::focusWidget();
    if (!target)
        target = m_desktop.window();
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier);
    QKeyEvent up(QEvent::KeyRelease, key, Qt::NoModifier);
    QApplication::sendEvent(target, &down);
    QApplication::sendEvent(target, &up);
    settle();
}

void Tour::resize(QSize size)
{
    m_desktop.window()->resize(size);
    settle();
}

void Tour::picture(const QString &name)
{
    settle();
    const QString file
        = m_folder.filePath(QStringLiteral("%1-%2.png").arg(++m_number, 2, 10, QLatin1Char('0')).arg(name));
    if (!m_desktop.window()->grab().save(file))
        miss(tr("the picture %1 cannot be written").arg(file));
}

void Tour::waitUntil(const char *what, const std::function<bool()> &condition)
{
    QEventLoop loop;
    QTimer look;
    QTimer deadline;
    deadline.setSingleShot(true);
    connect(&deadline, &QTimer::timeout, &loop, [&loop] { loop.exit(1); });
    connect(&look, &QTimer::timeout, &loop, [&loop, &condition] {
        if (condition())
            loop.exit(0);
    });
    look.start(lookAgainMs);
    deadline.start(stopDeadlineMs);
    if (!condition() && loop.exec() != 0)
        miss(tr("in vain: %1").arg(QLatin1String(what)));
}

void Tour::settle()
{
    QEventLoop loop;
    QTimer::singleShot(settleMs, &loop, &QEventLoop::quit);
    loop.exec();
}

void Tour::miss(const QString &what)
{
    m_ok = false;
    std::fprintf(stderr, "counterfoil: tour, after picture %d: %s\n", m_number, qUtf8Printable(what));
}

} // namespace Counterfoil
