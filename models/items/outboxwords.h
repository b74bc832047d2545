#pragma once

#include "itemroles.h"
#include "outboxentry.h"

#include <QFlags>
#include <QString>

namespace Counterfoil {

// What a person can do about an entry as it stands now.
enum class OutboxAction {
    Retry = 1,   // CommandPort::retryNow()
    Edit = 2,    // ask for something else instead
    Cancel = 4,  // CommandPort::cancel()
    Resolve = 8, // choose between mine and theirs
    SendAgain = 16,
    Dismiss = 32, // CommandPort::dismiss()
};
Q_DECLARE_FLAGS(OutboxActions, OutboxAction)

// What the rows of a model of entries answer beside Qt::DisplayRole (what is asked for),
// Qt::ToolTipRole (when, in full), Qt::AccessibleTextRole (all of it), ItemRole::Key (the entry's key),
// ItemRole::Raw (its OutboxEntry::State, an int), ItemRole::Kind, ItemRole::Tone and ItemRole::Symbol.
namespace OutboxRole {
enum Role {
    ForWhom = ItemRole::Note + 1, // the account's name, QString; may be empty
    When,                         // of madeAt, QString
    Changes,                      // what of the record is asked to change, QString; may be empty
    State,                        // in words, QString
    Explanation,                  // what happened and what happens or is to be done next, QString
    Actions,                      // OutboxActions, as an int
};
} // namespace OutboxRole

// An entry as it is told to people. `all` are the entries that it is one of: what it depends on is named.
// `number` is that of the order or return it is about, for who knows it: the entry itself does not.
struct OutboxWords
{
    QString what;    // "Change the address Dock 4, Bristol"
    QString changes; // "Street, Phone"; empty where all of it is new, or nothing stays
    QString state;   // "Waiting here"
    QString explanation;
    QString tone; // as Status::tone
    QString symbol;

    static OutboxWords of(const OutboxEntry &entry, const std::vector<OutboxEntry> &all,
                          const QString &number = {});
    bool operator==(const OutboxWords &) const = default;
};

OutboxActions possibleActions(const OutboxEntry &entry, const std::vector<OutboxEntry> &all);

// The entries that something will still happen to by itself, and those that the person has to look at.
struct OutboxCounts
{
    int waiting = 0;
    int needing = 0;

    static OutboxCounts of(const std::vector<OutboxEntry> &entries);
};

} // namespace Counterfoil
