#pragma once

#include "accountfigures.h"
#include "instant.h"

#include <QObject>

#include <memory>

namespace Counterfoil {

class CacheReaders;
class Clock;

// How much of some accounts' invoices is open and for how long it is overdue, by each account's own
// calendar; kept current, and read off the GUI thread, on which it lives.
class AgeingModel final : public QObject
{
    Q_OBJECT
public:
    AgeingModel(CacheReaders &readers, const Clock &clock, QObject *parent = nullptr);
    ~AgeingModel() override;

    void setAccounts(const std::vector<std::string> &accounts); // none: all; reads at once
    const std::vector<std::string> &accounts() const;

    // Reading stops while nobody looks, and catches up when somebody does again.
    void setWatched(bool watched);

    bool isKnown() const;                       // false until the first answer for these accounts
    const std::vector<Ageing> &buckets() const; // by currency, the one with most open documents first
    const std::vector<OverdueAccount> &mostOverdue() const;

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
