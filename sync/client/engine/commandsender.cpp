#include "commandsender.h"

#include "codec.h"
#include "commandcodec.h"
#include "tuning.h"

#include <algorithm>
#include <set>
#include <utility>

namespace Counterfoil {

namespace {

using State = OutboxEntry::State;

bool isToBeSent(State state)
{
    return state == State::Queued || state == State::Sending;
}

// The gateway may have it, or has it, and what became of it is not known here.
bool isOutstanding(State state)
{
    return state == State::Sending || state == State::Received;
}

bool isReachable(const SyncStatus &status)
{
    using enum SyncStatus::Mode;
    switch (status.mode) {
    case Filling:
    case CatchingUp:
    case Live:
    case Polling:
        return !status.disconnectedByPerson;
    case SignedOut:
    case Connecting:
    case Offline:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace

CommandSender::CommandSender(Random &random)
    : m_random(random)
    , m_uploads(random)
    , m_batch(Limits::outcomes)
    , m_askBackoff(random)
    , m_pauseBackoff(random)
{ }

SenderEffects CommandSender::opened(const Now &now, const OutboxEntries &entries)
{
    m_open = true;
    m_askNext = AskOutcomes();
    take(entries);
    return finish(now);
}

SenderEffects CommandSender::closed(const Now &now)
{
    abort();
    m_staleStore = m_storing;
    m_open = false;
    m_work.clear();
    take(nullptr);
    reset();
    return finish(now);
}

SenderEffects CommandSender::entriesChanged(const Now &now, const OutboxEntries &entries)
{
    if (m_open)
        take(entries);
    return finish(now);
}

SenderEffects CommandSender::statusChanged(const Now &now, const SyncStatus &status)
{
    const bool before = std::exchange(m_reachable, isReachable(status));
    if (!m_reachable) {
        abort();
    } else if (!before) {
        reset();
        m_askNext = AskOutcomes();
    } else if (!m_bearer.empty() && m_bearer == m_refused
               && (status.mode == SyncStatus::Mode::Live || status.mode == SyncStatus::Mode::Polling)) {
        m_effects.push_back(RefuseToken{m_bearer}); // it came at a moment when the engine had other worries
    }
    return finish(now);
}

SenderEffects CommandSender::tokenChanged(const Now &now, const std::string &bearer)
{
    m_bearer = bearer;
    return finish(now);
}

SenderEffects CommandSender::purging(const Now &now)
{
    m_purging = true;
    m_sending.clear();
    return finish(now);
}

SenderEffects CommandSender::purged(const Now &now)
{
    m_purging = false;
    return finish(now);
}

SenderEffects CommandSender::nudged(const Now &now, const AskOutcomes &what)
{
    m_askNext = AskOutcomes{what.anew || (m_askNext && m_askNext->anew)};
    return finish(now);
}

SenderEffects CommandSender::retryNow(const Now &now, const std::string &key)
{
    m_attempts.erase(key);
    m_uploads.retryNow(now);
    m_pauseBackoff.succeeded();
    m_sendAt = m_askAt = now.boot;
    if (const OutboxEntry *entry = find(key); entry && isOutstanding(entry->state) && !m_askNext)
        m_askNext = AskOutcomes();
    return finish(now);
}

SenderEffects CommandSender::stored(const Now &now, const Result<OutboxEntries> &entries)
{
    m_storing = false;
    if (std::exchange(m_staleStore, false))
        return finish(now);
    const std::string sending = std::exchange(m_sending, {});
    if (!entries) {
        // What it was about stands in the outbox as before, so the gateway is asked again.
        m_work.clear();
        m_askNext = AskOutcomes();
        pause(now, entries.error());
        return finish(now);
    }
    m_work.pop_front();
    take(*entries);
    const OutboxEntry *entry = find(sending);
    if (entry && entry->state == State::Sending && online())
        send(*entry);
    return finish(now);
}

SenderEffects CommandSender::pieceRead(const Now &now, const ReadPiece &what,
                                       const Result<std::string> &bytes)
{
    m_uploads.pieceRead(what.file.upload, what.offset, bytes);
    return finish(now);
}

SenderEffects CommandSender::woke(const Now &now)
{
    m_wakeAt.reset();
    return finish(now);
}

void CommandSender::take(const OutboxEntries &entries)
{
    m_entries = entries;
    m_index.clear();
    m_waiting = false;
    for (std::size_t i = 0; entries && i < entries->size(); ++i) {
        m_index.emplace((*entries)[i].command.key, i);
        m_waiting = m_waiting || (*entries)[i].state == State::Received;
    }
    std::erase_if(m_attempts, [this](const auto &attempt) {
        const OutboxEntry *entry = find(attempt.first);
        return !entry || !isToBeSent(entry->state);
    });
    wantFiles();
}

void CommandSender::wantFiles()
{
    std::vector<Uploads::File> files;
    for (std::size_t i = 0; m_entries && i < m_entries->size(); ++i) {
        const OutboxEntry &entry = (*m_entries)[i];
        if (!isToBeSent(entry.state) || !entry.command.kind)
            continue;
        for (const Attachment &file : attachmentsOf(entry.command))
            files.push_back({entry.command.account, file});
    }
    m_uploads.want(std::move(files));
}

bool CommandSender::filesArrived(const OutboxEntry &entry) const
{
    return std::ranges::all_of(attachmentsOf(entry.command),
                               [this](const Attachment &file) { return m_uploads.isDone(file.upload); });
}

const OutboxEntry *CommandSender::find(std::string_view key) const
{
    const auto found = m_index.find(key);
    return found == m_index.end() ? nullptr : &(*m_entries)[found->second];
}

bool CommandSender::online() const
{
    return m_open && m_reachable && !m_purging && !m_bearer.empty() && m_bearer != m_refused;
}

// What is not in the outbox any more has ended long ago; the gateway knows how. One that was sent before may
// be there, so the gateway has the last word even if what it depends on was refused meanwhile.
bool CommandSender::dependenciesArrived(const OutboxEntry &entry) const
{
    return std::ranges::all_of(dependencies(entry.command), [&](const std::string &key) {
        const OutboxEntry *other = find(key);
        return !other || other->state == State::Received || other->state == State::Applied
            || (entry.attempts > 0 && !isToBeSent(other->state));
    });
}

std::string CommandSender::aggregateOf(const OutboxEntry &entry) const
{
    const Command &command = entry.command;
    std::string target = command.target.empty() ? resultOf(command.key) : command.target;
    if (const OutboxEntry *maker = find(commandOfResult(target)); maker && maker->state == State::Applied)
        target = maker->outcome.target;
    return std::string(command.kind->name) + ' ' + target;
}

BootTime CommandSender::notBefore(const std::string &key) const
{
    const auto found = m_attempts.find(key);
    return found == m_attempts.end() ? BootTime() : found->second.notBefore;
}

// The oldest that may go now. None overtakes an earlier one on the same record.
const OutboxEntry *CommandSender::nextToSend(const Now &now) const
{
    std::set<std::string> busy;
    for (const OutboxEntry &entry : *m_entries) {
        if (!isToBeSent(entry.state) || !entry.command.kind)
            continue;
        const bool first = busy.insert(aggregateOf(entry)).second;
        if (first && notBefore(entry.command.key) <= now.boot && dependenciesArrived(entry)
            && filesArrived(entry))
            return &entry;
    }
    return nullptr;
}

void CommandSender::planQuestions(const Now &now)
{
    const bool anew = m_askNext->anew;
    m_askNext.reset();
    m_pollAt = BootTime{now.boot.ms + Tuning::outcomesMs};
    for (const OutboxEntry &entry : *m_entries) {
        if (isOutstanding(entry.state) || (anew && entry.state == State::Applied))
            m_toAsk.push_back(entry.command.key);
    }
}

void CommandSender::ask()
{
    const auto count = static_cast<std::ptrdiff_t>(std::min(m_batch, m_toAsk.size()));
    std::vector<std::string> keys(m_toAsk.begin(), m_toAsk.begin() + count);
    OutcomesRequest request;
    for (const std::string &key : keys)
        request.commands.push_back({key});
    post("/v1/commands/outcomes", encode(request), true, std::move(keys));
}

void CommandSender::send(const OutboxEntry &entry)
{
    post("/v1/commands", encodeCommand(entry.command), false, {entry.command.key});
}

void CommandSender::post(const char *target, std::string body, bool question, std::vector<std::string> keys)
{
    m_sent = Sent{++m_lastId, question, std::move(keys), m_bearer};
    m_effects.push_back(
        SendRequest{m_sent->id, "POST", target, std::move(body), m_bearer, Tuning::requestTimeoutMs});
}

void CommandSender::abort()
{
    if (m_sent)
        m_effects.push_back(AbortRequest{m_sent->id});
    m_sent.reset();
    m_sending.clear();
    m_uploads.abort(m_effects);
}

void CommandSender::advance(const Now &now)
{
    if (!m_storing && !m_work.empty()) {
        m_storing = true;
        m_effects.push_back(m_work.front());
    }
    if (!m_waiting)
        m_pollAt = BootTime{now.boot.ms + Tuning::outcomesMs};
    if (online())
        m_uploads.advance(now, m_bearer, m_lastId, m_effects);
    if (m_storing || m_sent || !online())
        return;
    if (m_waiting && !m_askNext && m_pollAt <= now.boot)
        m_askNext = AskOutcomes();
    if (m_askNext && m_toAsk.empty())
        planQuestions(now);
    if (!m_toAsk.empty() && m_askAt <= now.boot) {
        ask();
    } else if (m_sendAt <= now.boot) {
        if (const OutboxEntry *entry = nextToSend(now)) {
            m_sending = entry->command.key;
            m_work.push_back(NoteSending{m_sending});
            advance(now);
        }
    }
}

void CommandSender::armWake(const Now &now)
{
    std::optional<BootTime> next;
    const auto consider = [&](BootTime at) {
        if (at > now.boot && (!next || at < *next))
            next = at;
    };
    if (online())
        consider(m_uploads.notBefore());
    if (online() && !m_storing && !m_sent) {
        consider(m_sendAt);
        if (!m_toAsk.empty())
            consider(m_askAt);
        if (m_waiting)
            consider(m_pollAt);
        for (const auto &[key, attempt] : m_attempts)
            consider(attempt.notBefore);
    }
    if (next && next != m_wakeAt)
        m_effects.push_back(WakeIn{next->ms - now.boot.ms});
    m_wakeAt = next;
}

SenderEffects CommandSender::finish(const Now &now)
{
    if (m_open)
        advance(now);
    armWake(now);
    return std::exchange(m_effects, {});
}

} // namespace Counterfoil
