#include "workspace.h"

#include "accountlistmodel.h"
#include "accountswitcher.h"
#include "actions.h"
#include "freshness.h"
#include "freshnesspanel.h"
#include "icons.h"
#include "jumpbox.h"
#include "jumpmodel.h"
#include "orderdetailpane.h"
#include "orderspane.h"
#include "orderwindow.h"
#include "palettemodel.h"
#include "pill.h"
#include "popover.h"
#include "rail.h"
#include "recordcounts.h"
#include "recordfilteroptions.h"
#include "statuswording.h"
#include "toast.h"
#include "type.h"

#include <QDockWidget>
#include <QFrame>
#include <QHBoxLayout>
#include <QLocale>
#include <QMainWindow>
#include <QPushButton>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr char docksKey[] = "docks";
constexpr char accountKey[] = "account";
constexpr char windowsKey[] = "orderWindows";
constexpr int docksVersion = 1;

// How the width is shared when nobody has chosen otherwise: the list gets what its columns want, and the
// larger part where there is plenty; the detail keeps enough for its facts.
int listWidthOf(const QWidget &docks)
{
    const int digit = docks.fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int wanted = 101 * digit;
    const int detailLeast = 43 * digit;
    return std::max(docks.width() * 6 / 10, std::min(wanted, docks.width() - detailLeast));
}

QFrame *hairline(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    return line;
}

} // namespace

Workspace::Workspace(const WindowPorts &ports, Theme &theme, const OpenProfile &profile, QWidget *parent)
    : QWidget(parent)
    , m_ports(ports)
    , m_theme(theme)
    , m_profile(profile)
    , m_settings(profile.directory + QStringLiteral("/window.ini"), QSettings::IniFormat)
    , m_freshness(new Freshness(profile.sync, ports.clock, this))
    , m_wording(new StatusWording(profile.readers, this))
    , m_filterOptions(
          new RecordFilterOptions(profile.readers, Order::type, {"status", "origin", "shipToName"}, this))
    , m_accountModel(new AccountListModel(profile.readers, this))
    , m_jumpModel(new JumpModel(profile.readers, this))
    , m_actions(new Actions(*this))
    , m_palette(new PaletteModel(*m_jumpModel, *m_actions, this))
{
    build();
    addActions();
    connectAll();
    noteFreshness();
    m_orders->restoreFrom(m_settings);
    m_accounts->restore(m_settings.value(QLatin1String(accountKey)).toString());
}

Workspace::~Workspace()
{
    saveLayout();
    for (const QPointer<OrderWindow> &window : std::as_const(m_windows))
        delete window.data();
}

void Workspace::build()
{
    m_rail = new Rail(m_profile.person.displayName, roleName(m_profile.person.role), this);
    m_ordersItem = &m_rail->addPane(tr("Orders"));
    m_ordersItem->setChecked(true);
    buildDocks();
    auto *main = new QVBoxLayout;
    main->setContentsMargins(0, 0, 0, 0);
    main->setSpacing(0);
    main->addWidget(buildBar());
    main->addWidget(hairline(this));
    main->addWidget(m_docks, 1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_rail);
    layout->addLayout(main, 1);
    m_toast = new Toast(this);
}

QWidget *Workspace::buildBar()
{
    auto *bar = new QWidget(this);
    m_accounts = new AccountSwitcher(*m_accountModel, bar);
    m_jump = new JumpBox(*m_palette, bar);
    m_jump->setMaximumWidth(m_jump->sizeHint().width());
    m_pill = new Pill(bar);
    m_pill->setObjectName(QStringLiteral("freshnessPill"));
    m_panel = new FreshnessPanel(*m_freshness, *new RecordCounts(m_profile.readers, this));
    m_panelCard = new Popover(m_pill, m_panel);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(Space::small, 9, Space::large, 9);
    layout->setSpacing(Space::small);
    layout->addWidget(m_accounts);
    layout->addWidget(m_jump, 1);
    layout->addStretch(0);
    layout->addSpacing(Space::small);
    layout->addWidget(m_pill);
    return bar;
}

void Workspace::buildDocks()
{
    m_docks = new QMainWindow(this, Qt::Widget);
    m_docks->setWindowFlags(Qt::Widget);
    m_docks->setDockNestingEnabled(true);
    m_docks->setAnimated(false);
    m_docks->setContextMenuPolicy(Qt::NoContextMenu);

    m_orders = new OrdersPane(m_profile.readers, *m_filterOptions, *m_freshness, m_ports.clock,
                              m_profile.person.seesPrices);
    m_listDock = new QDockWidget(tr("Orders"), m_docks);
    m_listDock->setObjectName(QStringLiteral("ordersList"));
    m_listDock->setFeatures(QDockWidget::NoDockWidgetFeatures);
    m_listDock->setTitleBarWidget(new QWidget(m_listDock));
    m_listDock->setWidget(m_orders);
    m_docks->addDockWidget(Qt::LeftDockWidgetArea, m_listDock);

    m_detail = new OrderDetailPane(m_profile.readers, *m_wording, *m_freshness, m_profile.person.seesPrices);
    auto *own = new QPushButton;
    own->setIcon(Icons::icon(Icons::Icon::Window));
    own->setToolTip(tr("Open in a window of its own (Ctrl+Enter)"));
    own->setAccessibleName(tr("Open in a window of its own"));
    connect(own, &QPushButton::clicked, this, [this] { openOrder(m_detail->key(), true); });
    m_detail->addHeadingButton(own);
    m_detailDock = new QDockWidget(tr("Order"), m_docks);
    m_detailDock->setObjectName(QStringLiteral("orderDetail"));
    m_detailDock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable
                              | QDockWidget::DockWidgetClosable);
    m_detailDock->setTitleBarWidget(m_detail->heading());
    m_detailDock->setWidget(m_detail);
    m_docks->addDockWidget(Qt::LeftDockWidgetArea, m_detailDock);
    m_docks->splitDockWidget(m_listDock, m_detailDock, Qt::Horizontal);
}

void Workspace::connectAll()
{
    connect(m_freshness, &Freshness::changed, this, &Workspace::noteFreshness);
    connect(&m_profile.sync, &SyncPort::statusChanged, this, &Workspace::noteTransition);
    connect(m_pill, &QAbstractButton::clicked, this, &Workspace::toggleFreshnessPanel);
    connect(m_panel, &FreshnessPanel::retryWanted, this, [this] { m_profile.sync.retryNow(); });
    connect(m_panel, &FreshnessPanel::connectedChosen, this, [this](bool on) { setDisconnected(!on); });
    connect(m_rail, &Rail::connectedChosen, this, [this](bool on) { setDisconnected(!on); });
    connect(m_rail, &Rail::keysWanted, this, &Workspace::showKeys);
    connect(m_rail, &Rail::personMenuWanted, this, &Workspace::showPersonMenu);
    connect(m_accounts, &AccountSwitcher::chosen, this, &Workspace::useAccount);
    // The branches of a parent are known only once the list of accounts has been read.
    connect(m_accountModel, &QAbstractItemModel::modelReset, this, &Workspace::useAccount);
    connect(m_accountModel, &QAbstractItemModel::rowsInserted, this, &Workspace::useAccount);
    connect(m_jump, &JumpBox::orderChosen, this, &Workspace::openOrder);
    connect(m_orders, &OrdersPane::currentChanged, this, [this](const QString &key) {
        m_detail->setKey(key);
        visit(key);
    });
    connect(m_orders, &OrdersPane::opened, this, [this] {
        m_detailDock->show();
        m_detail->focusLines();
    });
    connect(&m_orders->model(), &RecordListModel::totalsChanged, this, &Workspace::showOrderCount);
}

void Workspace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_laidOut)
        return;
    m_laidOut = true;
    layout()->activate(); // the docks share out the width that they have by then
    m_docks->layout()->activate();
    restoreLayout();
    m_orders->focusList();
}

void Workspace::useAccount()
{
    m_orders->setAccounts(m_accounts->accounts());
    m_filterOptions->setAccounts(m_accounts->accounts());
}

void Workspace::openOrder(const QString &key, bool inOwnWindow)
{
    if (key.isEmpty())
        return;
    if (!inOwnWindow) {
        m_detailDock->show();
        m_orders->select(key);
        m_orders->focusList();
        return;
    }
    m_windows.removeIf([](const QPointer<OrderWindow> &window) { return window.isNull(); });
    for (const QPointer<OrderWindow> &window : std::as_const(m_windows)) {
        if (window->key() == key) {
            window->raise();
            window->activateWindow();
            return;
        }
    }
    if (m_windows.size() >= mostOrderWindows) {
        tell(tr("%n order windows are open, which is the most at once. Close one first.", nullptr,
                mostOrderWindows));
        return;
    }
    auto *window
        = new OrderWindow(m_profile.readers, *m_wording, *m_freshness, m_profile.person.seesPrices, key);
    m_windows.append(window);
    window->show();
}

void Workspace::visit(const QString &key)
{
    if (m_at >= 0 && m_visited.at(m_at) == key)
        return;
    m_visited = m_visited.mid(0, m_at + 1);
    m_visited.append(key);
    if (m_visited.size() > mostVisited)
        m_visited.removeFirst();
    m_at = m_visited.size() - 1;
}

void Workspace::step(int by)
{
    const qsizetype next = m_at + by;
    if (next < 0 || next >= m_visited.size())
        return;
    m_at = next;
    m_orders->select(m_visited.at(next));
}

void Workspace::noteFreshness()
{
    const SyncStatus &status = m_freshness->status();
    m_pill->setText(m_freshness->summary());
    m_pill->setTone(m_freshness->tone());
    m_pill->setAccessibleName(tr("Freshness: %1").arg(m_freshness->summary()));
    m_pill->setToolTip(m_freshness->sentence());
    m_pill->updateGeometry();
    m_pill->update();
    m_rail->setConnected(!status.disconnectedByPerson);
}

void Workspace::noteTransition()
{
    using Mode = SyncStatus::Mode;
    const SyncStatus status = m_profile.sync.status();
    const BootTime now = m_ports.clock.sinceBoot();
    if (status.mode == Mode::Offline) {
        m_wasAway = true;
        m_backSince = {};
        m_receivedBefore = status.changesReceived;
    } else if (m_wasAway && (status.mode == Mode::CatchingUp || status.mode == Mode::Connecting)) {
        // The last attempt counts, not those that failed before.
        if (m_backSince.ms == 0 || status.mode == Mode::Connecting)
            m_backSince = now;
    } else if (m_wasAway && (status.mode == Mode::Live || status.mode == Mode::Polling)) {
        m_wasAway = false;
        const qint64 changes = status.changesReceived - m_receivedBefore;
        const double seconds = m_backSince.ms ? static_cast<double>(now.ms - m_backSince.ms) / 1000 : 0;
        const QLocale locale;
        tell(changes > 0 ? tr("Back online: %1 changes caught up in %2 s", nullptr, static_cast<int>(changes))
                               .arg(locale.toString(changes), locale.toString(std::max(0.1, seconds), 'f', 1))
                         : tr("Back online: nothing had changed"));
    }
}

void Workspace::showOrderCount()
{
    const RecordListModel &model = m_orders->model();
    RecordQuery unrestricted;
    unrestricted.kind = &model.kind();
    unrestricted.accounts = model.query().accounts;
    unrestricted.sortField = model.query().sortField;
    unrestricted.descending = model.query().descending;
    if (model.query() != unrestricted)
        return; // the rail counts the work there is, not what the filters leave of it
    const qint64 open = model.totals().openCount;
    m_ordersItem->setCount(
        open > 0 ? QLocale().toString(open) : QString(),
        tr("%1 open orders", nullptr, static_cast<int>(open)).arg(QLocale().toString(open)));
}

void Workspace::setKeptInMemoryOnly(bool only)
{
    m_panel->setKeptInMemoryOnly(only);
}

void Workspace::tell(const QString &text)
{
    m_toast->tell(text);
}

void Workspace::setDisconnected(bool disconnected)
{
    m_profile.sync.setConnected(!disconnected);
}

void Workspace::saveLayout()
{
    if (!m_laidOut)
        return;
    m_orders->saveTo(m_settings);
    m_settings.setValue(QLatin1String(docksKey), m_docks->saveState(docksVersion));
    m_settings.setValue(QLatin1String(accountKey), m_accounts->chosenKey());
    m_settings.beginWriteArray(QLatin1String(windowsKey));
    int index = 0;
    for (const QPointer<OrderWindow> &window : std::as_const(m_windows)) {
        if (!window || !window->isVisible())
            continue;
        m_settings.setArrayIndex(index++);
        m_settings.setValue(QStringLiteral("key"), window->key());
        m_settings.setValue(QStringLiteral("geometry"), window->saveGeometry());
    }
    m_settings.endArray();
    m_settings.setValue(QStringLiteral("orderWindows/size"), index);
    m_settings.sync();
}

void Workspace::restoreLayout()
{
    const int listWidth = listWidthOf(*m_docks);
    m_docks->resizeDocks({m_listDock, m_detailDock}, {listWidth, m_docks->width() - listWidth},
                         Qt::Horizontal);
    m_docks->restoreState(m_settings.value(QLatin1String(docksKey)).toByteArray(), docksVersion);
    m_listDock->show();
    const int count = std::min(m_settings.beginReadArray(QLatin1String(windowsKey)), mostOrderWindows);
    QList<std::pair<QString, QByteArray>> windows;
    for (int i = 0; i < count; ++i) {
        m_settings.setArrayIndex(i);
        windows.append({m_settings.value(QStringLiteral("key")).toString(),
                        m_settings.value(QStringLiteral("geometry")).toByteArray()});
    }
    m_settings.endArray();
    for (const auto &[key, geometry] : std::as_const(windows)) {
        openOrder(key, true);
        if (!m_windows.isEmpty() && m_windows.last() && m_windows.last()->key() == key)
            m_windows.last()->restoreGeometry(geometry);
    }
}

void Workspace::resetLayout()
{
    m_detailDock->setFloating(false);
    m_docks->addDockWidget(Qt::LeftDockWidgetArea, m_listDock);
    m_docks->splitDockWidget(m_listDock, m_detailDock, Qt::Horizontal);
    m_detailDock->show();
    const int listWidth = listWidthOf(*m_docks);
    m_docks->resizeDocks({m_listDock, m_detailDock}, {listWidth, m_docks->width() - listWidth},
                         Qt::Horizontal);
    m_orders->resetLayout();
    tell(tr("The layout is as it was at first"));
}

} // namespace Counterfoil
