#pragma once

#include "endnews.h"
#include "panecontext.h"
#include "recordplace.h"
#include "visits.h"
#include "windowports.h"

#include <QHash>
#include <QPointer>
#include <QSettings>
#include <QWidget>

class QStackedWidget;

namespace Counterfoil {

class AccountListModel;
class AccountPane;
class BoughtPane;
class CartDesk;
class CartPane;
class AccountSwitcher;
class Actions;
class DocumentKeeping;
class FileWindows;
class Freshness;
class FreshnessPanel;
class HomePane;
class JumpBox;
class JumpModel;
class LinkActions;
class OutboxCorner;
class OutgoingDesk;
class PaletteModel;
class Pill;
class Popover;
class Rail;
class RailItem;
class RecordsPage;
class RecordWatch;
class RecordWindows;
class ReturnDesk;
class RightsNotice;
class StatusWording;
class Theme;
class Toast;
class WorkCounts;
class WorkModel;
class WorkPane;
class Wishes;

// The main window's content while somebody is signed in: rail, bar, and the panes of one profile, each
// built when it is first shown. Everything that reads the profile's cache goes with it.
class Workspace final : public QWidget
{
    Q_OBJECT
public:
    Workspace(const WindowPorts &ports, Theme &theme, const OpenProfile &profile, QWidget *parent);
    ~Workspace() override; // keeps the layout

    // Where the record is shown: in the pane of its kind, or in a window of its own. A record of a kind
    // without a pane leads to what it is linked to.
    void openRecord(const RecordRef &ref, bool inOwnWindow);
    void goTo(const QString &paneId); // "orders"; nothing for a pane that this person does not have
    QString shownPane() const { return m_shownPane; }
    QStringList panes() const; // ids, in the rail's order

    // The pane of a kind, built if need be; nullptr when this person has none.
    RecordsPage *page(const RecordType &kind);
    RecordsPage *currentPage() const;  // nullptr: the pane shown is not of records
    BoughtPane *currentBought() const; // nullptr: another pane is shown

    const OpenProfile &profile() const { return m_profile; }
    const Actions &actions() const { return *m_actions; }
    void setKeptInMemoryOnly(bool only);
    void tell(const QString &text); // as a toast
    FileWindows &files() const { return *m_files; }
    RightsNotice &rightsNotice() const { return *m_notice; }

Q_SIGNALS:
    void signOutWanted();
    void lookChanged(); // scheme or text size, through an action here

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Pane
    {
        QString id;
        QString goThere; // "Go to the orders"
        RailItem *item = nullptr;
        QWidget *widget = nullptr; // not yet shown: none

        RecordsPage *records() const; // nullptr: not yet shown, or not of records
        HomePane *home() const;
        WorkPane *work() const;
        BoughtPane *bought() const;
        CartPane *carts() const;
        AccountPane *account() const;
        void focusFirst() const;
    };
    void build();
    void buildRail();
    QWidget *buildBar();
    QWidget *makePane(const QString &id);
    QWidget *makeAccountPane();
    QWidget *makeWorkPane(); // (workspacereturns.cpp, as the next)
    void showNeeds();
    void addReturnActions();
    void requestReturn(); // of the record shown
    void joinReturns(RecordsPage &page);
    QWidget *makeBoughtPane(); // (workspacebuying.cpp, as the next)
    QWidget *makeCartPane();
    void addBuyingActions();
    void addReorderButton(RecordsPage &page);
    void joinCatalogue(RecordsPage &page);
    void joinApprovals(RecordsPage &page); // what is decided there becomes a wish
    void followApprovals();                // that this person asked for
    void followEnds(const RecordType &kind, const EndNews::Sentence &sentence); // likewise
    void changeOrder();                                                         // the one shown
    void reorder(); // what is chosen in the pane shown
    void reorderLines();
    void showCart(const QString &target);
    AccountPane &showAccountPane();
    void editEntry(const QString &key); // of the outbox
    QWidget *paneWidget(const QString &id);
    const RecordPlace *placeOf(const QString &id) const;
    const RecordPlace *placeOf(const RecordType *kind) const;
    void connectAll();
    void connectPage(RecordsPage &page);
    void setAccounts(const Pane &pane);
    void addActions();
    void addFindActions();
    void addListActions();
    void addRecordActions();
    void addPaneActions();
    void addWindowActions();
    void addLookActions();
    void addSyncActions();
    void addOutboxActions();
    void addDocumentActions();
    void dragFiles(const QStringList &files);
    void showListMenu(const RecordsPage &page, const QPoint &at);
    void withPage(void (RecordsPage::*run)());
    void noteFreshness();
    void noteOutbox();
    void noteTransition();
    void showWorkCounts();
    void copySummary(); // of the record shown
    void resetLayout();
    void saveLayout();
    void restoreLayout();
    void openLinked(const RecordRef &ref, bool inOwnWindow);
    void step(int by); // through the records visited
    void cycleParts(bool forwards);
    void toggleFreshnessPanel();
    void showKeys();
    void showPersonMenu(const QPoint &at);
    void pasteAndJump();
    void setDisconnected(bool disconnected);
    void useAccount();

    const WindowPorts &m_ports;
    Theme &m_theme;
    const OpenProfile m_profile;
    QSettings m_settings;
    Freshness *m_freshness;
    StatusWording *m_wording;
    const PaneContext m_context;
    const QList<RecordPlace> m_places;
    AccountListModel *m_accountModel;
    JumpModel *m_jumpModel;
    WorkCounts *m_work;
    WorkModel *m_needs = nullptr; // of who works the queue
    Actions *m_actions;
    PaletteModel *m_palette;
    RecordWindows *m_windows;
    FileWindows *m_files;
    DocumentKeeping *m_keeping;
    LinkActions *m_linkActions = nullptr;
    Rail *m_rail = nullptr;
    AccountSwitcher *m_accounts = nullptr;
    JumpBox *m_jump = nullptr;
    OutboxCorner *m_outbox = nullptr;
    OutgoingDesk *m_outgoing = nullptr;
    CartDesk *m_cartDesk = nullptr;
    ReturnDesk *m_returnDesk = nullptr;
    QList<EndNews *> m_endNews;
    Wishes *m_wishes = nullptr; // about orders that were placed
    RightsNotice *m_notice = nullptr;
    Pill *m_pill = nullptr;
    QPointer<Popover> m_panelCard; // a child of the window
    FreshnessPanel *m_panel = nullptr;
    QStackedWidget *m_stack = nullptr;
    QList<Pane> m_panes; // in the rail's order
    QString m_shownPane;
    Toast *m_toast = nullptr;
    QPointer<RecordWatch> m_way; // finds where a record without a pane leads
    Visits m_visits;
    bool m_stepping = false; // through the visits, which is no visit
    bool m_wasAway = false;  // offline, and not yet live again
    BootTime m_backSince;    // when the catching up began
    qint64 m_receivedBefore = 0;
    bool m_laidOut = false;
};

} // namespace Counterfoil
