#pragma once

#include "instant.h"

#include <QObject>

#include <memory>
#include <string_view>

namespace Counterfoil {

class CacheReaders;
class Clock;

// What day it is where it matters: in the calendar that decides when an account's invoices are overdue.
// From the accounts in the cache, and kept up to date. Lives on the GUI thread.
class Calendars final : public QObject
{
    Q_OBJECT
public:
    Calendars(CacheReaders &readers, const Clock &clock, QObject *parent = nullptr);
    ~Calendars() override;

    Date today(std::string_view account) const; // an account that is not known has UTC's

Q_SIGNALS:
    void changed(); // another calendar, or another day in one of them

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
