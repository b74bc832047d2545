#include "windowdriver.h"

#include "actions.h"
#include "desktop.h"
#include "listpane.h"
#include "personbutton.h"
#include "recordspage.h"
#include "workspace.h"

#include <QAction>
#include <QApplication>
#include <QEventLoop>
#include <QKeyEvent>
#include <QPixmap>
#include <QTimer>

#include <cstdio>

namespace Counterfoil {

namespace {

constexpr int tourStopDeadlineMs = 60'000; // some states come about only while the sandbox lives
constexpr int lookAgainMs = 20;
constexpr int settleMs = 400; // longer than any transition of the window's

} // namespace

WindowDriver::WindowDriver(Desktop &desktop, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_desktop(desktop)
    , m_folder(folder)
{ }

bool WindowDriver::makeFolder()
{
    if (!QDir().mkpath(m_folder.path()))
        miss(tr("the folder %1 cannot be made").arg(m_folder.path()));
    return m_ok;
}

Workspace *WindowDriver::workspace() const
{
    return m_desktop.window()->workspace();
}

void WindowDriver::signInAs(const QString &role)
{
    const auto people = m_desktop.demoGateway()->people();
    const auto buttons = m_desktop.window()->findChildren<PersonButton *>();
    for (qsizetype i = 0; i < people.size() && i < buttons.size(); ++i) {
        if (people[i].role != role)
            continue;
        buttons[i]->click();
        // What the client says of itself may still be of who signed out.
        return waitUntil("signed in", [this] { return workspace() != nullptr; });
    }
    miss(tr("nobody to sign in as: %1").arg(role));
}

void WindowDriver::signOut()
{
    act(QStringLiteral("person.signOut"));
    waitUntil("signed out", [this] { return workspace() == nullptr; });
}

void WindowDriver::disconnectFromNetwork()
{
    act(QStringLiteral("sync.connect"));
    const SyncPort &sync = m_desktop.client().sync();
    waitUntil("offline", [&sync] { return sync.status().mode == SyncStatus::Mode::Offline; });
}

void WindowDriver::connectToNetwork()
{
    act(QStringLiteral("sync.connect"));
    const SyncPort &sync = m_desktop.client().sync();
    waitUntil("live again", [&sync] { return sync.status().mode == SyncStatus::Mode::Live; });
}

void WindowDriver::select(const RecordType &kind, const std::string &field, const std::string &value,
                          const std::vector<RecordQuery::AnyOf> &also)
{
    RecordsPage *page = workspace()->page(kind);
    if (!page)
        return miss(tr("no pane of the kind %1").arg(QLatin1String(kind.name.data())));
    // Looked up in the list itself, then shown among all the others.
    RecordListModel &list = page->list().model();
    const RecordQuery all = list.query();
    RecordQuery wanted = all;
    wanted.anyOf.push_back({field, {value}});
    wanted.anyOf.insert(wanted.anyOf.end(), also.begin(), also.end());
    QString key;
    waitUntil(value.c_str(), [&] {
        list.setQuery(wanted); // again, since a new pane asks its own question once it knows its accounts
        const QModelIndex first = list.index(0, list.columnOf(QString::fromStdString(field)));
        if (first.data(ItemRole::Raw).toString() != QString::fromStdString(value))
            return false;
        key = first.data(ItemRole::Key).toString();
        return true;
    });
    list.setQuery(all);
    settle();
    workspace()->openRecord({&kind, key.toStdString()}, false);
    settle();
}

void WindowDriver::act(const QString &actionId)
{
    QAction *action = workspace()->actions().find(actionId);
    if (!action || !action->isEnabled())
        return miss(tr("no such action now: %1").arg(actionId));
    action->trigger();
    settle();
}

void WindowDriver::type(const QString &text)
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

void WindowDriver::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget *target = QApplication::focusWidget();
    if (!target)
        target = m_desktop.window();
    QKeyEvent down(QEvent::KeyPress, key, modifiers);
    QKeyEvent up(QEvent::KeyRelease, key, modifiers);
    QApplication::sendEvent(target, &down);
    QApplication::sendEvent(target, &up);
    settle();
}

void WindowDriver::resize(QSize size)
{
    m_desktop.window()->resize(size);
    settle();
}

void WindowDriver::picture(const QString &name)
{
    picture(*m_desktop.window(), name);
}

void WindowDriver::picture(QWidget &window, const QString &name)
{
    settle();
    const QPixmap seen = window.grab();
    const QString scale = seen.devicePixelRatio() > 1
        ? QStringLiteral("at%1-").arg(qRound(seen.devicePixelRatio() * 100))
        : QString();
    const QString file = m_folder.filePath(
        QStringLiteral("%1%2-%3.png").arg(scale).arg(++m_number, 2, 10, QLatin1Char('0')).arg(name));
    if (!seen.save(file))
        miss(tr("the picture %1 cannot be written").arg(file));
}

void WindowDriver::waitUntil(const char *what, const std::function<bool()> &condition)
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
    deadline.start(tourStopDeadlineMs);
    if (!condition() && loop.exec() != 0)
        miss(tr("in vain: %1").arg(QLatin1String(what)));
}

void WindowDriver::settle()
{
    QEventLoop loop;
    QTimer::singleShot(settleMs, &loop, &QEventLoop::quit);
    loop.exec();
}

void WindowDriver::miss(const QString &what)
{
    m_ok = false;
    std::fprintf(stderr, "counterfoil: tour, after picture %d: %s\n", m_number, qUtf8Printable(what));
}

} // namespace Counterfoil
