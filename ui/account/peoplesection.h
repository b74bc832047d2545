#pragma once

#include "filterchip.h"
#include "peopleport.h"

#include <QPointer>
#include <QWidget>

namespace Counterfoil {

class AccountRow;
class AccountSection;
class Freshness;
class MemberSheet;
enum class RowDeed;

// Who may sign in for the administrator's accounts. Nothing of it is kept on this computer, so without a
// connection it says just that.
class PeopleSection final : public QWidget
{
    Q_OBJECT
public:
    // `self` is the sign-in name of who looks: nobody disables themselves.
    PeopleSection(PeoplePort &port, const Freshness &freshness, QString self, QWidget *parent = nullptr);

    void setAccounts(const QList<Choice> &accounts); // those that may be given, with their names
    AccountSection &section() const { return *m_section; }
    void invite();
    void load(); // unless it is being read, or cannot be

Q_SIGNALS:
    void told(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;

private:
    enum class Asked { Nothing, List, Invitation, Change };

    void connectPort();
    void follow(); // the connection
    bool isConnected() const;
    void showMembers();
    void edit(const Member &member);
    void carryOut(const QString &user, RowDeed deed);
    QString namesOf(const QStringList &accounts) const;
    const Member *find(const QString &user) const;

    PeoplePort &m_port;
    const Freshness &m_freshness;
    const QString m_self;
    AccountSection *m_section;
    QList<Choice> m_accounts;
    QList<Member> m_members;
    QPointer<MemberSheet> m_sheet;
    Asked m_asked = Asked::Nothing;
    bool m_known = false;
    bool m_connected = false; // when it was last shown
    QString m_error;
};

} // namespace Counterfoil
