#pragma once

#include "outboxentry.h"
#include "recordref.h"
#include "workqueue.h"

#include <QString>

namespace Counterfoil {

// One thing that needs a person, as it is told: what, whose, since when, why, and what to do about it.
struct WorkRow
{
    QString key; // tells rows apart
    WorkReason reason = WorkReason::Late;
    RecordRef ref; // of nothing: an entry of the outbox
    QString entry; // its key
    QString what;  // "Order SO-10500"
    QString forWhom;
    QString when; // since
    QString whenInFull;
    QString detail;
    QString state; // "On hold"
    QString tone;
    QString symbol;
    QString todo;

    bool operator==(const WorkRow &) const = default;

    // `today` in the calendar of the record's account. Without prices no row has one.
    static WorkRow of(const WorkQueue::Item &item, const QString &forWhom, Date today, bool withPrices);
    static WorkRow of(const OutboxEntry &entry, const std::vector<OutboxEntry> &all, const QString &forWhom);
};

} // namespace Counterfoil
