#pragma once

#include "windowports.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QSettings>
#include <QWidget>

class QDockWidget;
class QMainWindow;

namespace Counterfoil {

class AccountListModel;
class AccountSwitcher;
class Actions;
class Freshness;
class FreshnessPanel;
class JumpBox;
class JumpModel;
class OrderDetailPane;
class OrdersPane;
class StatusWording;
class OrderWindow;
class PaletteModel;
class Pill;
class Popover;
class Rail;
class RecordFilterOptions;
class RailItem;
class Theme;
class Toast;

// The main window's content while somebody is signed in: rail, bar, and the panes of one profile.
// Everything that reads the profile's cache goes with it.
class Workspace final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int mostOrderWindows = 16;
    static constexpr int mostVisited = 50;

    Workspace(const WindowPorts &ports, Theme &theme, const OpenProfile &profile, QWidget *parent);
    ~Workspace() override; // keeps the layout

    void openOrder(const QString &key, bool inOwnWindow);
    const Actions &actions() const { return *m_actions; }
    void setKeptInMemoryOnly(bool only);
    void tell(const QString &text); // as a toast

    OrdersPane &orders() const { return *m_orders; }
    OrderDetailPane &detail() const { return *m_detail; }

Q_SIGNALS:
    void signOutWanted();
    void lookChanged(); // scheme or text size, through an action here

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    QWidget *buildBar();
    void buildDocks();
    void connectAll();
    void addActions();
    void addOrderActions();
    void addWindowActions();
    void addLookActions();
    void addSyncActions();
    void noteFreshness();
    void noteTransition();
    void showOrderCount();
    void resetLayout();
    void saveLayout();
    void restoreLayout();
    void visit(const QString &key);
    void step(int by); // through the orders visited
    void cyclePanes(bool forwards);
    void toggleFreshnessPanel();
    void showKeys();
    void showPersonMenu(const QPoint &at);
    void pasteAndJump();
    void setDisconnected(bool disconnected);
    void useAccount();

    const WindowPorts &m_ports;
    Theme &m_theme;
    OpenProfile m_profile;
    QSettings m_settings;
    Freshness *m_freshness;
    StatusWording *m_wording;
    RecordFilterOptions *m_filterOptions;
    AccountListModel *m_accountModel;
    JumpModel *m_jumpModel;
    Actions *m_actions;
    PaletteModel *m_palette;
    Rail *m_rail = nullptr;
    RailItem *m_ordersItem = nullptr;
    AccountSwitcher *m_accounts = nullptr;
    JumpBox *m_jump = nullptr;
    Pill *m_pill = nullptr;
    Popover *m_panelCard = nullptr;
    FreshnessPanel *m_panel = nullptr;
    QMainWindow *m_docks = nullptr;
    QDockWidget *m_listDock = nullptr;
    QDockWidget *m_detailDock = nullptr;
    OrdersPane *m_orders = nullptr;
    OrderDetailPane *m_detail = nullptr;
    Toast *m_toast = nullptr;
    QList<QPointer<OrderWindow>> m_windows;
    QStringList m_visited;
    qsizetype m_at = -1;    // in m_visited
    bool m_wasAway = false; // offline, and not yet live again
    BootTime m_backSince;   // when the catching up began
    qint64 m_receivedBefore = 0;
    bool m_laidOut = false;
};

} // namespace Counterfoil
