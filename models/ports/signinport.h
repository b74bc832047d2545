#pragma once

#include "command.h"
#include "error.h"
#include "notoffered.h"

#include <QObject>
#include <QStringList>
#include <QUrl>

namespace Counterfoil {

// Who is signed in, as the gateway said.
struct Person
{
    QString user; // the sign-in name
    QString displayName;
    QString role; // "buyer", "finance", "viewer", "csr", "admin", "approver"
    QUrl gateway;
    QString supplier; // whose ERP it is
    bool seesPrices = true;
    bool seesInvoices = true;       // false: nor anything else of a kind that is RecordType::financial
    QString contact;                // the key of the Contact that this person is; empty: none
    bool invitesPeople = false;     // may see and change who signs in for their accounts
    bool speaksForSupplier = false; // answers for other people's orders, and decides about their returns
    std::vector<NotOffered> notOffered = {}; // what this supplier's ERP cannot do, whoever asks
    // Signed in with the first password of an invitation: nothing else works until another is chosen.
    bool mustChangePassword = false;

    bool operator==(const Person &) const = default;
};

// Whether the person may ask for it, and the ERP can do it.
inline bool mayAsk(const Person &person, std::string_view verb, const RecordType &kind)
{
    const CommandType *type = findCommandType(verb, &kind);
    return type && mayCommand(person.role.toStdString(), *type)
        && !findNotOffered(person.notOffered, verb, kind);
}

// Signing in and out. Lives on the GUI thread; never blocks; answers by signal.
class SignInPort : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void signIn(const QUrl &gateway, const QString &user, const QString &password) = 0;

    // Forgets the tokens here and at the gateway. The cached profile stays for the next sign-in.
    virtual void signOut() = 0;

Q_SIGNALS:
    void signedIn(const Counterfoil::Person &person);
    void signInFailed(const Counterfoil::Error &error);
    // Tokens were refused for good; the cache stays readable and the person may sign in again.
    void signInNeeded(const Counterfoil::Error &reason);
    // No key store answers here: the tokens live in memory and are gone when the program ends.
    void keptInMemoryOnly();
};

} // namespace Counterfoil
