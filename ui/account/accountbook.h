#pragma once

#include "account.h"
#include "address.h"
#include "bookentry.h"
#include "commandport.h"
#include "contact.h"
#include "signinport.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace Counterfoil {

class CacheReaders;

// One account with what belongs to it, kept current from the cache and the outbox. GUI thread; never waits.
class AccountBook final : public QObject
{
    Q_OBJECT
public:
    AccountBook(CacheReaders &readers, CommandPort &commands, const Person &person,
                QObject *parent = nullptr);
    ~AccountBook() override;

    // Empty: the person has not chosen; then the only one they see, if it is one and its branches.
    void setAccount(const std::string &key);
    const std::string &accountKey() const; // of the one shown; empty: none

    enum class State {
        Loading,
        Here,
        Unchosen, // there are several
        Missing,
        Failed,
    };
    State state() const;
    QString errorText() const;

    const BookEntry &account() const;           // its record is an Account; null unless Here
    const std::vector<Account> &family() const; // the account at the top and its branches; one alone: itself
    const std::vector<BookEntry> &addresses() const;
    const std::vector<BookEntry> &contacts() const;
    const BookEntry *own() const; // the contact that the person is; nullptr: none, or not here

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
