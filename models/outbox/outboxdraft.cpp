#include "outboxdraft.h"

#include "commandcheck.h"
#include "outboxfile.h"

#include <QCoreApplication>

#include <algorithm>

namespace Counterfoil {

namespace {

using State = OutboxEntry::State;
using Told = CommandOutcome::State;

Error refusal(ErrorKind kind, const char *text, const char *detail)
{
    return {kind, QCoreApplication::translate("Outbox", text), QString::fromLatin1(detail)};
}

Error notThere()
{
    return refusal(ErrorKind::NotFound,
                   QT_TRANSLATE_NOOP("Outbox", "This change is not in the list any more."), "no such entry");
}

OutboxEvent eventOf(const CommandOutcome &outcome)
{
    switch (outcome.state) {
    case Told::Unknown:
        return OutboxEvent::HearUnknown;
    case Told::Received:
        return OutboxEvent::HearReceived;
    case Told::Applied:
        return OutboxEvent::HearApplied;
    case Told::Rejected:
        return outcome.reasonCode == RejectionCode::dependency ? OutboxEvent::HearDependency
                                                               : OutboxEvent::HearRejected;
    case Told::Conflict:
        return OutboxEvent::HearConflict;
    }
    Q_UNREACHABLE();
}

AnyRecord editableCopy(const AnyRecord &record)
{
    if (record.isNull())
        return {};
    AnyRecord copy(record.type());
    copyEditable(record.type(), record.data(), copy.data());
    return copy;
}

// What this program cannot store or show of an outcome is left out.
CommandOutcome kept(const CommandOutcome &outcome, const RecordType &kind)
{
    CommandOutcome copy = outcome;
    copy.reason = CommandCheck::shortened(copy.reason);
    copy.reasonCode = CommandCheck::shortened(copy.reasonCode);
    copy.target = CommandCheck::shortened(copy.target);
    copy.theirs = {};
    if (!outcome.theirs.isNull() && &outcome.theirs.type() == &kind) {
        copy.theirs = AnyRecord(kind);
        for (const Field &field : kind.fields) {
            if (field.type != FieldType::List || field.is(Editable))
                copyField(field, outcome.theirs.data(), copy.theirs.data());
        }
    }
    return copy;
}

// Lays what was changed between `command.base` and `command.record` on top of `now`.
void rebase(Command &command, const AnyRecord &now)
{
    if (command.base.isNull() || command.record.isNull() || now.isNull())
        return;
    AnyRecord record = editableCopy(now);
    for (const Field &field : command.kind->fields) {
        if (field.is(Editable) && !equalField(field, command.base.data(), command.record.data()))
            copyField(field, command.record.data(), record.data());
    }
    command.base = editableCopy(now);
    command.record = std::move(record);
}

} // namespace

OutboxEntry *OutboxDraft::find(std::string_view key)
{
    const auto found
        = std::ranges::find(m_entries, key, [](const OutboxEntry &entry) { return entry.command.key; });
    return found == m_entries.end() ? nullptr : &*found;
}

std::string OutboxDraft::successor(const std::string &key)
{
    std::string last = key;
    // Each one is newer than the one that it replaced, so this ends; a damaged file must not keep it going.
    for (std::size_t steps = 0; steps < m_entries.size(); ++steps) {
        const OutboxEntry *entry = find(last);
        if (!entry || entry->replacedBy.empty())
            break;
        last = entry->replacedBy;
    }
    return last;
}

bool OutboxDraft::isDead(const std::string &key)
{
    const OutboxEntry *entry = find(key);
    return entry && entry->isFinished() && entry->state != State::Applied;
}

bool OutboxDraft::dependsOnDead(const Command &command)
{
    return std::ranges::any_of(dependencies(command), [this](const std::string &key) { return isDead(key); });
}

Outcome OutboxDraft::check(const Command &command)
{
    if (const auto sound = CommandCheck::check(command); !sound)
        return sound;
    if (find(command.key))
        return refusal(ErrorKind::BadInput, QT_TRANSLATE_NOOP("Outbox", "This change is stored already."),
                       "key taken");
    return Done();
}

// Finished entries are what gives way.
Outcome OutboxDraft::makeRoom()
{
    const auto open = std::ranges::count_if(
        m_entries, [](const OutboxEntry &entry) { return !entry.isFinished() || entry.needsDecision(); });
    if (open >= OutboxLimits::open) {
        return refusal(ErrorKind::Rejected,
                       QT_TRANSLATE_NOOP("Outbox",
                                         "Too many changes are waiting. Decide about those that need you, or "
                                         "wait until the others have been sent, and try again."),
                       "outbox full");
    }
    auto spare = static_cast<std::ptrdiff_t>(m_entries.size()) - open - OutboxLimits::finished;
    drop([&spare](const OutboxEntry &entry) {
        return spare > 0 && entry.isFinished() && !entry.needsDecision() && spare-- > 0;
    });
    return Done();
}

void OutboxDraft::redirect(Command &command)
{
    command.after = successor(command.after);
    const auto redirected = [this](std::string &text) {
        if (const auto key = commandOfResult(text); !key.empty())
            text = resultOf(successor(std::string(key)));
    };
    redirected(command.target);
    if (command.record.isNull())
        return;
    command.record = editableCopy(command.record); // the entry that it comes from shares it
    for (const Field &field : command.kind->fields) {
        if (field.is(Link) && field.is(Editable))
            redirected(field.in<std::string>(command.record.data()));
    }
}

OutboxEntry &OutboxDraft::store(const Command &command)
{
    OutboxEntry entry;
    entry.command = command;
    entry.command.base = editableCopy(command.base);
    redirect(entry.command);
    entry.order = m_entries.empty() ? 1 : m_entries.back().order + 1;
    entry.state = dependsOnDead(entry.command) ? State::Held : State::Queued;
    entry.changedAt = command.madeAt;
    m_entries.push_back(std::move(entry));
    touch(m_entries.back());
    return m_entries.back();
}

Outcome OutboxDraft::submit(const Command &command)
{
    if (const auto sound = check(command); !sound)
        return sound;
    if (const auto room = makeRoom(); !room)
        return room;
    store(command);
    return Done();
}

Outcome OutboxDraft::resubmit(const std::string &key, const Command &changed, Random &random)
{
    OutboxEntry *old = find(key);
    if (!old)
        return notThere();
    const bool undecided = old->needsDecision() && old->state != State::Withdrawn;
    if (!undecided && !old->canCancel()) {
        return refusal(ErrorKind::Conflict,
                       QT_TRANSLATE_NOOP("Outbox",
                                         "This change has gone on meanwhile. Look at its present state, and "
                                         "make a new change if it is still needed."),
                       "resubmit at the wrong moment");
    }
    if (const auto sound = check(changed); !sound)
        return sound;
    if (!undecided) {
        if (const auto done = apply(*old, OutboxEvent::Cancel, changed.madeAt); !done)
            return done;
    }
    old->replacedBy = changed.key;
    touch(*old);
    store(changed);
    remakeHeld(key, changed.madeAt, random);
    return Done();
}

// What was held for `replaced`, and for what that held in turn. Whatever is held for something else as well
// stays until that is decided.
void OutboxDraft::remakeHeld(const std::string &replaced, Instant madeAt, Random &random)
{
    std::set<std::string> again{replaced};
    const std::size_t before = m_entries.size();
    for (std::size_t i = 0; i < before; ++i) {
        const OutboxEntry &entry = m_entries[i];
        if (entry.state != State::Held || !entry.needsDecision())
            continue;
        const auto needs = dependencies(entry.command);
        if (!std::ranges::any_of(needs, [&](const std::string &key) { return again.contains(key); }))
            continue;
        Command command = entry.command;
        redirect(command);
        if (dependsOnDead(command))
            continue;
        if (!command.after.empty() && again.contains(entry.command.after)) {
            if (const OutboxEntry *earlier = find(command.after))
                rebase(command, earlier->command.record);
        }
        command.key = random.uuid();
        command.madeAt = madeAt;
        again.insert(entry.command.key);
        m_entries[i].replacedBy = command.key;
        touch(m_entries[i]);
        store(command);
    }
}

Outcome OutboxDraft::apply(OutboxEntry &entry, OutboxEvent event, Instant now)
{
    const OutboxStep step = nextStep(entry.state, entry.attempts > 0, event);
    if (step.kind == OutboxStep::Kind::NotAllowed)
        return refusal(ErrorKind::Conflict,
                       QT_TRANSLATE_NOOP("Outbox",
                                         "This change may have been sent already, so it can no longer be "
                                         "taken back. Wait for its outcome, and change it again then."),
                       "not allowed in this state");
    if (step.kind == OutboxStep::Kind::Gone || step.state == entry.state)
        return Done();
    entry.state = step.state;
    entry.changedAt = now;
    touch(entry);
    if (entry.isFinished() && entry.state != State::Applied)
        loseDependents(entry, now);
    return Done();
}

// Entries refer only to older ones, so those that depend on the lost one come after it.
void OutboxDraft::loseDependents(const OutboxEntry &lost, Instant now)
{
    std::set<std::string> keys{lost.command.key};
    for (OutboxEntry &entry : m_entries) {
        if (entry.order <= lost.order || entry.isFinished())
            continue;
        const auto needs = dependencies(entry.command);
        if (!std::ranges::any_of(needs, [&](const std::string &key) { return keys.contains(key); }))
            continue;
        const OutboxStep step = nextStep(entry.state, entry.attempts > 0, OutboxEvent::LoseDependency);
        if (step.state == entry.state)
            continue; // the gateway has it and will say
        entry.state = step.state;
        entry.changedAt = now;
        touch(entry);
        keys.insert(entry.command.key);
    }
}

Outcome OutboxDraft::cancel(const std::string &key, Instant now)
{
    OutboxEntry *entry = find(key);
    return entry ? apply(*entry, OutboxEvent::Cancel, now) : Outcome(notThere());
}

Outcome OutboxDraft::dismiss(const std::string &key, Instant now)
{
    OutboxEntry *entry = find(key);
    if (!entry)
        return notThere();
    if (!entry->isFinished())
        return refusal(ErrorKind::Conflict,
                       QT_TRANSLATE_NOOP("Outbox", "This change is still under way. Wait for its outcome."),
                       "dismissed before its end");
    if (!entry->dismissed) {
        entry->dismissed = true;
        entry->changedAt = now;
        touch(*entry);
    }
    return Done();
}

Outcome OutboxDraft::willSend(const std::string &key, Instant now)
{
    OutboxEntry *entry = find(key);
    if (!entry)
        return notThere();
    if (const auto done = apply(*entry, OutboxEvent::Send, now); !done)
        return done;
    ++entry->attempts;
    entry->changedAt = now;
    touch(*entry);
    return Done();
}

Outcome OutboxDraft::attemptFailed(const std::string &key, const Error &error, Instant now)
{
    OutboxEntry *entry = find(key);
    // Late news of one that has come further is none.
    if (!entry || (entry->state != State::Sending && entry->state != State::Queued))
        return Done();
    entry->lastError = error;
    entry->lastError->userText.truncate(OutboxLimits::errorCharacters);
    entry->lastError->detail.truncate(OutboxLimits::errorCharacters);
    entry->lastError->requestId.truncate(OutboxLimits::errorCharacters);
    entry->changedAt = now;
    touch(*entry);
    return Done();
}

Outcome OutboxDraft::told(const CommandOutcome &outcome, Instant now)
{
    OutboxEntry *entry = find(outcome.command);
    if (!entry)
        return Done();
    const State before = entry->state;
    if (const auto done = apply(*entry, eventOf(outcome), now); !done)
        return done;
    if (entry->state != before) {
        const bool unknown = outcome.state == Told::Unknown;
        entry->outcome = unknown ? CommandOutcome() : kept(outcome, *entry->command.kind);
        if (!unknown)
            entry->lastError.reset();
    } else if (before == State::Applied && (outcome.state == Told::Applied || outcome.state == Told::Unknown)
               && outcome.effectSeq != entry->outcome.effectSeq) {
        // The gateway began another log, in which the effect has another place, or none that it knows of.
        entry->outcome.effectSeq = outcome.effectSeq;
        touch(*entry);
    }
    return Done();
}

Outcome OutboxDraft::withdraw(const std::function<bool(const OutboxEntry &)> &belongs, Instant now)
{
    std::set<std::int64_t> withdrawn;
    for (OutboxEntry &entry : m_entries) {
        if (entry.state == State::Withdrawn || !belongs(entry))
            continue;
        const bool decided = entry.dismissed || !entry.replacedBy.empty(); // nobody need be told of it
        const OutboxStep step = nextStep(entry.state, entry.attempts > 0, OutboxEvent::Withdraw);
        if (decided || step.kind == OutboxStep::Kind::Gone) {
            withdrawn.insert(entry.order);
            continue;
        }
        if (const auto done = apply(entry, OutboxEvent::Withdraw, now); !done)
            return done;
        Command left;
        left.key = entry.command.key;
        left.verb = entry.command.verb;
        left.kind = entry.command.kind;
        left.madeAt = entry.command.madeAt;
        entry.command = std::move(left);
        entry.lastError.reset();
        entry.outcome = {};
    }
    drop([&](const OutboxEntry &entry) { return withdrawn.contains(entry.order); });
    return Done();
}

Outcome OutboxDraft::tidy(Instant now)
{
    drop([now](const OutboxEntry &entry) {
        return entry.isFinished() && !entry.needsDecision()
            && entry.changedAt.ms < now.ms - OutboxLimits::finishedMs;
    });
    return Done();
}

void OutboxDraft::drop(const std::function<bool(const OutboxEntry &)> &which)
{
    std::erase_if(m_entries, [&](const OutboxEntry &entry) {
        if (!which(entry))
            return false;
        m_gone.insert(entry.order);
        m_changed.erase(entry.order);
        return true;
    });
}

} // namespace Counterfoil
