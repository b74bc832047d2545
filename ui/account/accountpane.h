#pragma once

#include "accountbook.h"
#include "panecontext.h"
#include "peopleport.h"
#include "recordref.h"

#include <QKeySequence>
#include <QWidget>

#include <functional>

class QAction;
class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace Counterfoil {

class AccountEditing;
class AccountListModel;
class AccountRow;
class AccountSection;
class AccountNotes;
class AccountTrade;
class Actions;
class ChoiceField;
class FactsGrid;
class PeopleSection;
class StatePanel;
class StatementSheet;
enum class RowDeed;

// One account: what is agreed with it, what it ordered, pays and sends back, its addresses and contacts,
// one's own profile, and, for who looks after them, the people who sign in. What may not be changed is shown
// without anything to change it by.
class AccountPane final : public QWidget
{
    Q_OBJECT
public:
    AccountPane(const PaneContext &context, CommandPort &commands, PeoplePort &people,
                QWidget *parent = nullptr);

    // The first is shown; none: all that the person sees, of which there may be only one.
    void setAccounts(const std::vector<std::string> &accounts);
    void focusFirst();
    void showRecord(const RecordRef &ref);   // an Account, Address or Contact
    void editEntry(const QString &entryKey); // of the outbox: opens the form on what it asked for
    void changePassword();
    StatementSheet *showStatement();   // of the account shown; nullptr: there is none, or not for this person
    void addActions(Actions &actions); // once

    AccountTrade &trade() const { return *m_trade; }
    AccountNotes *notes() const { return m_notes; } // nullptr: not for this person
    AccountSection &addresses() const { return *m_addresses; }
    AccountSection &contacts() const { return *m_contacts; }
    AccountSection &profile() const { return *m_profile; }
    PeopleSection *people() const { return m_people; } // nullptr: not for this person
    AccountEditing &editing() const { return *m_editing; }

Q_SIGNALS:
    void entryWanted(const QString &entryKey); // of the outbox: to be looked at
    void accountChoiceWanted();                // there are several, and none is chosen
    void told(const QString &sentence);        // something happened, to be said in passing
    void opened(const Counterfoil::RecordRef &ref, bool inOwnWindow);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildHead();
    void buildBody();
    QWidget *buildChoice();
    void connectAll();
    void addAction(const char *id, const QString &text, const QList<QKeySequence> &keys,
                   std::function<void()> run);
    void showBook();
    void showHead();
    void showFacts();
    void showSections();
    void showState();
    void showAccountChoices(); // that an administrator may give
    void carryOut(const QString &rowKey, RowDeed deed);
    void carryOutOnCurrent(RowDeed deed);
    void lookAt(const BookEntry &entry);
    void goOn(); // with what waited for the account to be here
    const BookEntry *find(const QString &rowKey) const;
    AccountRow *currentRow() const;
    void refreshActions();
    QString emptyText(const QString &text) const;
    void arrange();

    const PaneContext m_context;
    CommandPort &m_commands;
    PeoplePort &m_peoplePort;
    AccountBook *m_book;
    AccountEditing *m_editing;
    QLabel *m_title;
    QLabel *m_subtitle;
    ChoiceField *m_branch;
    QPushButton *m_statement;
    FactsGrid *m_facts;
    QScrollArea *m_scroll;
    QWidget *m_body;
    StatePanel *m_state;
    QWidget *m_choose = nullptr;
    QList<QVBoxLayout *> m_columns;
    int m_columnCount = 0;
    AccountTrade *m_trade = nullptr;
    AccountNotes *m_notes = nullptr; // nullptr: not for this person
    AccountSection *m_addresses = nullptr;
    AccountSection *m_contacts = nullptr;
    AccountSection *m_profile = nullptr;
    PeopleSection *m_people = nullptr;
    AccountListModel *m_accountModel = nullptr;
    bool m_retiredAddresses = false; // whether they are shown
    bool m_retiredContacts = false;
    QString m_wantedRow;   // to be gone to as soon as it is here
    QString m_wantedEntry; // to be edited as soon as its account is here
    struct PaneAction
    {
        QString id;
        QAction *action;
    };
    QList<PaneAction> m_actions;
};

} // namespace Counterfoil
