#pragma once

#include "outboxentry.h"
#include "recordref.h"
#include "workqueue.h"

#include <QString>

namespace Counterfoil {

struct Person;
struct Return;

// Of somebody who answers for the supplier: what a route gives to an administrator is theirs alone.
bool isToDecideBy(const Person &person, const Return &asked);

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

    // `today` in the calendar of the record's account. No row has a price that `person` does not see.
    static WorkRow of(const WorkQueue::Item &item, const QString &forWhom, Date today, const Person &person);
    static WorkRow of(const OutboxEntry &entry, const std::vector<OutboxEntry> &all, const QString &forWhom);
};

} // namespace Counterfoil
