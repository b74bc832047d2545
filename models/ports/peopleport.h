#pragma once

#include "decimal.h"
#include "error.h"

#include <QList>
#include <QObject>
#include <QStringList>

namespace Counterfoil {

// What somebody may order, or approve, without anybody else, with freight and tax.
struct MemberLimit
{
    QString account; // its key, branches included; empty: wherever no other limit is
    Decimal amount;  // whole units of the account's currency

    bool operator==(const MemberLimit &) const = default;
};

// Somebody who may sign in, as an administrator sees them.
struct Member
{
    QString user; // the sign-in name
    QString displayName;
    QString role;
    QStringList accounts; // keys; branches are included without being named
    bool pricesWithheld = false;
    bool invoicesWithheld = false;
    bool disabled = false;
    bool invited = false;           // has not chosen a password yet
    QList<MemberLimit> limits = {}; // none: there is no limit
};

// The people of the administrator's own accounts, and everybody's own password. Only with a connection;
// nothing of it is kept. Lives on the GUI thread; never blocks; each call is answered by one signal.
class PeoplePort : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void list() = 0;                    // -> listed, failed
    virtual void invite(const Member &who) = 0; // -> invited, failed
    virtual void change(const Member &who)
        = 0; // role, accounts, what is withheld, limits, disabled -> changed, failed
    virtual void changePassword(const QString &now, const QString &next) = 0; // -> passwordChanged, failed

Q_SIGNALS:
    void listed(const QList<Counterfoil::Member> &members);
    // The first password, to be handed over by the administrator; the person has to choose another.
    void invited(const Counterfoil::Member &who, const QString &firstPassword);
    void changed(const Counterfoil::Member &who);
    void passwordChanged();
    void failed(const Counterfoil::Error &error);
};

} // namespace Counterfoil
