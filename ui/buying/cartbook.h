#pragma once

#include "account.h"
#include "address.h"
#include "approval.h"
#include "bookentry.h"
#include "cart.h"
#include "commandport.h"

#include <QObject>

#include <map>
#include <memory>
#include <vector>

namespace Counterfoil {

class CacheReaders;

// The carts of the chosen accounts as they will be once everything that was asked for has happened, with what
// their forms need; kept current from the cache and the outbox. They are read and put together on a reader
// thread, so what was asked for a moment ago may be missing still: see knows(). GUI thread; never waits.
class CartBook final : public QObject
{
    Q_OBJECT
public:
    static constexpr int openMost = 200;  // carts that can be changed, the last changed
    static constexpr int placedMost = 50; // carts that are done with, likewise

    CartBook(CacheReaders &readers, CommandPort &commands, QObject *parent = nullptr);
    ~CartBook() override;

    // None: all; of several companies those that have open carts.
    void setAccounts(const std::vector<std::string> &accounts);

    enum class State { Loading, Here, Several, Failed }; // Several: companies, none of which has a cart
    State state() const;
    QString errorText() const;

    // Each record is a Cart; those that can be changed first, the last changed of them first.
    const std::vector<BookEntry> &carts() const;
    const BookEntry *find(const std::string &target) const; // or what it became; nullptr: none
    bool hasMoreOpen() const;                               // than openMost
    // It was in the outbox when this was put together, or is in it no more.
    bool knows(const QString &command) const;
    // The last time that approval of the cart was asked for; nullptr: it never was.
    const Approval *approvalOf(const std::string &cart) const;
    std::vector<Address> shipTos(const std::string &account) const;
    const Account *account(const std::string &key) const;
    CommandPort &commands() const;

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
