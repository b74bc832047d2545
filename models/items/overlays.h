#pragma once

#include "outboxentry.h"
#include "recordref.h"

#include <QObject>

#include <memory>
#include <string>
#include <vector>

namespace Counterfoil {

class CacheReaders;
class CommandPort;

// What was asked for of one record and is not a fact yet.
class Overlay
{
public:
    const std::vector<OutboxEntry> &pending() const { return m_pending; } // still to be seen; oldest first
    const std::vector<OutboxEntry> &undecided() const { return m_undecided; } // that did not happen; likewise
    bool isEmpty() const { return m_pending.empty() && m_undecided.empty(); }
    bool retires() const; // the last pending one does

    // The record as it will be: `fact` with what the pending ones change laid over it field by field. `fact`
    // may be null; then it is null unless the pending ones make the record.
    AnyRecord over(const AnyRecord &fact) const;
    // The Editable fields in which that differs from `fact`; all of them where `fact` is null.
    std::vector<const Field *> changed(const AnyRecord &fact) const;

    // For the next command on the record: what its `target` and `after` are to be.
    const std::string &target() const { return m_target; } // of a record that is still to be made: resultOf()
    std::string after() const;                             // the last pending one without an outcome

private:
    friend class Overlays;

    RecordRef m_ref;
    std::string m_target;
    std::vector<OutboxEntry> m_pending;
    std::vector<OutboxEntry> m_undecided;
};

// The overlays of one profile: entries that are not finished, and those that were applied but whose effect
// lies beyond what the cache covers. Derived from the two whenever either changes, and nowhere stored.
// GUI thread; never waits. Keys may be resultOf() a command wherever a record's key may stand.
class Overlays final : public QObject
{
    Q_OBJECT
public:
    Overlays(CacheReaders &readers, CommandPort &commands, QObject *parent = nullptr);
    ~Overlays() override;

    Overlay of(const RecordRef &ref) const;
    // The records of the account that are still to be made, or were refused and wait for a decision: oldest
    // first, each named by resultOf() its first command. One that is here as a fact by then, under the key
    // that keyOf() tells, is to be shown once.
    std::vector<RecordRef> made(const RecordType &kind, const std::string &account) const;
    // The record's own key as soon as its first command was applied; else the text as it is.
    std::string keyOf(const std::string &text) const;

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
