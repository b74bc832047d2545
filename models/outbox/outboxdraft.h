#pragma once

#include "outboxentry.h"
#include "outboxtransition.h"
#include "random.h"
#include "result.h"

#include <functional>
#include <set>
#include <string_view>

namespace Counterfoil {

// The outbox as one change of it will leave it, with all that follows for entries that depend on what
// changes. Says what OutboxFile says, and touches no file: that is for whoever holds the draft, when the
// change succeeded. After an error the draft is to be thrown away.
class OutboxDraft
{
public:
    explicit OutboxDraft(std::vector<OutboxEntry> entries)
        : m_entries(std::move(entries))
    { }

    Outcome submit(const Command &command);
    Outcome resubmit(const std::string &key, const Command &changed, Random &random);
    Outcome cancel(const std::string &key, Instant now);
    Outcome dismiss(const std::string &key, Instant now);
    Outcome willSend(const std::string &key, Instant now);
    Outcome attemptFailed(const std::string &key, const Error &error, Instant now);
    Outcome told(const CommandOutcome &outcome, Instant now);
    Outcome withdraw(const std::function<bool(const OutboxEntry &)> &belongs, Instant now);
    Outcome tidy(Instant now);

    // By their `order`.
    const std::set<std::int64_t> &changed() const { return m_changed; }
    const std::set<std::int64_t> &gone() const { return m_gone; }
    std::vector<OutboxEntry> take() { return std::move(m_entries); } // oldest first

private:
    OutboxEntry *find(std::string_view key);
    std::string successor(const std::string &key); // what replaced it in the end; itself when nothing did
    bool isDead(const std::string &key);           // will not happen
    bool dependsOnDead(const Command &command);
    Outcome check(const Command &command);
    Outcome makeRoom();
    OutboxEntry &store(const Command &command);
    void redirect(Command &command);
    void remakeHeld(const std::string &replaced, Instant madeAt, Random &random);
    Outcome apply(OutboxEntry &entry, OutboxEvent event, Instant now);
    void loseDependents(const OutboxEntry &lost, Instant now);
    void drop(const std::function<bool(const OutboxEntry &)> &which);
    void touch(const OutboxEntry &entry) { m_changed.insert(entry.order); }

    std::vector<OutboxEntry> m_entries;
    std::set<std::int64_t> m_changed;
    std::set<std::int64_t> m_gone;
};

} // namespace Counterfoil
