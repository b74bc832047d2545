#include "journaldesk.h"

#include "commandcodec.h"

#include <QLoggingCategory>

#include <algorithm>

namespace Counterfoil {

namespace {

Q_LOGGING_CATEGORY(commandLog, "counterfoil.gateway.commands")

using Phase = JournalEntry::Phase;

constexpr int maxFailures = 8; // executions that broke, before the command is given up
constexpr int maxUnheard = 8;  // times that hooks were asked in vain
constexpr int maxMissing = 8;  // questions after what it depends on; with their pauses two minutes
constexpr std::int64_t firstPauseMs = 500;
constexpr std::int64_t longestPauseMs = 60'000;
constexpr std::size_t maxReason = Limits::reasonBytes / 3; // bytes that are no UTF-8 grow to three each

std::int64_t pauseMs(int tries)
{
    constexpr int most = 7; // 2^7 first pauses are beyond the longest
    return std::min(firstPauseMs << std::min(tries, most), longestPauseMs);
}

std::string_view rejectionCode(ProblemKind kind)
{
    return kind == ProblemKind::Forbidden ? RejectionCode::forbidden : RejectionCode::notFound;
}

// What is kept of the ERP's answer beside the journal's own row.
std::string outcomeText(const std::string &key, const CommandEffect &effect)
{
    CommandOutcome outcome;
    outcome.command = key;
    outcome.reason = effect.reason.substr(0, maxReason);
    outcome.differences = effect.differences;
    if (outcome.differences.size() > Limits::differences)
        outcome.differences.resize(Limits::differences);
    outcome.theirVersion = std::max<std::int64_t>(effect.theirVersion, 0);
    outcome.theirs = effect.theirs;
    std::string text = encodeOutcome(outcome);
    if (text.size() <= Limits::theirsBytes)
        return text;
    outcome.theirs = {};
    if (encodeOutcome(outcome).size() > Limits::theirsBytes)
        outcome.differences.clear();
    return encodeOutcome(outcome);
}

// The keys of records in place of the references to the commands that made them.
void putInPlace(Command &command, const std::map<std::string, std::string> &targets)
{
    const auto replace = [&targets](std::string &text) {
        const auto found = targets.find(std::string(commandOfResult(text)));
        if (found != targets.end())
            text = found->second;
    };
    replace(command.target);
    if (command.record.isNull())
        return;
    for (const Field &field : command.kind->fields) {
        if (field.is(Link) && field.is(Editable))
            replace(field.in<std::string>(command.record.data()));
    }
}

} // namespace

Outcome JournalDesk::load()
{
    if (m_loaded)
        return Done();
    auto all = m_state.store.journal().open();
    if (!all)
        return all.error();
    int asleep = 0;
    for (OpenCommand &row : *all) {
        // One that this program cannot read is looked up at the ERP like the others, and then refused.
        const auto command = decodeCommand(row.body);
        Open open = openOf(std::move(row.entry), command ? *command : Command());
        open.failures = row.failures;
        asleep += open.entry.phase == Phase::Asleep ? 1 : 0;
        add(std::move(open));
    }
    m_loaded = true;
    if (asleep > 0)
        qCInfo(commandLog, "Commands of a backup that sleep until their clients send them again: %d", asleep);
    return Done();
}

JournalDesk::Open JournalDesk::openOf(JournalEntry entry, const Command &command)
{
    Open open;
    open.entry = std::move(entry);
    open.kind = command.kind;
    open.target = command.target;
    open.dependencies = dependencies(command);
    return open;
}

void JournalDesk::add(Open open)
{
    ++m_perPerson[open.entry.person];
    m_arrival[open.entry.key] = ++m_lastArrival;
    m_open.emplace(m_lastArrival, std::move(open));
}

void JournalDesk::remove(const std::string &key)
{
    const auto arrival = m_arrival.extract(key);
    const auto open = m_open.extract(arrival.mapped());
    const std::string &person = open.mapped().entry.person;
    if (--m_perPerson[person] == 0)
        m_perPerson.erase(person);
    m_toNudge.insert(person);
}

Result<JournalDesk::Standing> JournalDesk::standing(const Open &open, const std::string &dependency,
                                                    JournalEntry &entry)
{
    if (const auto arrival = m_arrival.find(dependency); arrival != m_arrival.end()) {
        const Open &other = m_open.at(arrival->second);
        if (other.sleeps())
            return Standing::Elsewhere;
        entry = other.entry;
    } else {
        auto kept = m_state.store.journal().find(dependency);
        if (!kept)
            return kept.error();
        if (!*kept)
            return Standing::Elsewhere;
        entry = **std::move(kept);
    }
    if (entry.person != open.entry.person)
        return Standing::Refused;
    if (entry.awaitsErp())
        return Standing::Waits;
    return entry.phase == Phase::Applied ? Standing::Applied : Standing::Refused;
}

// The record's key as far as it is known; before that, the reference to the command that makes it.
std::string JournalDesk::targetOf(const Open &open)
{
    const std::string maker(commandOfResult(open.target));
    if (maker.empty())
        return open.target;
    if (const auto found = open.found.find(maker); found != open.found.end())
        return found->second;
    JournalEntry entry;
    const auto known = standing(open, maker, entry);
    return known && *known == Standing::Applied ? entry.target : open.target;
}

bool JournalDesk::waits(const Open &open, BootTime now)
{
    if (open.asked || (open.notBefore && now < *open.notBefore))
        return true;
    return std::ranges::any_of(open.dependencies, [&](const std::string &dependency) {
        JournalEntry entry;
        const auto known = standing(open, dependency, entry);
        return !known || *known == Standing::Waits;
    });
}

// As they arrived, but each after what it depends on: a journal that was restored from a backup gets again
// what it lost, and may have got what follows it first.
std::vector<std::uint64_t> JournalDesk::inOrder() const
{
    std::vector<std::uint64_t> order;
    std::set<std::uint64_t> placed;
    const std::function<void(std::uint64_t)> place = [&](std::uint64_t arrival) {
        if (!placed.insert(arrival).second)
            return;
        for (const std::string &dependency : m_open.at(arrival).dependencies) {
            if (const auto found = m_arrival.find(dependency); found != m_arrival.end())
                place(found->second);
        }
        order.push_back(arrival);
    };
    for (const auto &[arrival, open] : m_open)
        place(arrival);
    return order;
}

// What waits holds up what is about the same record and what depends on it.
std::optional<JournalDesk::Question> JournalDesk::question()
{
    // Before all of the ERP was read there is no telling who may do what.
    if (!load() || !m_state.load() || m_state.erpWatch.isDown() || !m_state.erpWatch.hasRead())
        return std::nullopt;
    const BootTime now = m_state.clock.sinceBoot();
    for (std::size_t before = m_open.size() + 1; m_open.size() < before;) {
        before = m_open.size();
        std::set<std::pair<const RecordType *, std::string>> busy;
        for (const std::uint64_t arrival : inOrder()) {
            const auto place = m_open.find(arrival);
            if (place == m_open.end() || !place->second.entry.awaitsErp() || place->second.sleeps())
                continue;
            Open &open = place->second;
            const std::string target = targetOf(open);
            const bool free = target.empty() || busy.emplace(open.kind, target).second;
            if (!free || waits(open, now))
                continue;
            if (auto question = next(open))
                return question;
        }
    }
    return std::nullopt;
}

// Nothing: it came to an end, or has to wait after all.
std::optional<JournalDesk::Question> JournalDesk::next(Open &open)
{
    const std::string &key = open.entry.key;
    if (!open.cleared) {
        open.asked = true;
        return Question{key, key, {}, {}};
    }
    auto resolved = resolve(open);
    if (!resolved) {
        tryLater(open);
        return std::nullopt;
    }
    if (resolved->standing == Standing::Elsewhere) {
        open.asked = true;
        return Question{key, resolved->elsewhere, {}, {}};
    }
    if (resolved->standing == Standing::Refused) {
        reject(open, resolved->code);
        return std::nullopt;
    }
    const bool amended = open.heard && !open.heard->record.isNull();
    if (amended)
        resolved->command.record = open.heard->record;
    if (const auto refusal = refusalNow(open, *resolved)) {
        if (problemType(refusal->kind).status >= 500)
            tryLater(open);
        else
            reject(open, amended ? RejectionCode::checkFault : rejectionCode(refusal->kind));
        return std::nullopt;
    }
    if (!open.heard && m_hooks.asksBefore(resolved->command)) {
        open.asked = open.consulting = true;
        m_hooks.ask(open.entry.person, resolved->command);
        return std::nullopt;
    }
    if (const auto done = m_state.store.journal().dispatch(key); !done) {
        ++m_state.metrics.storeErrors;
        tryLater(open);
        return std::nullopt;
    }
    open.entry.phase = Phase::Dispatched;
    open.cleared = false;
    if (open.heard)
        open.remark = open.heard->sentence;
    open.heard.reset();
    open.asked = true;
    return Question{key, {}, std::move(resolved->command), open.entry.person};
}

Result<JournalDesk::Resolved> JournalDesk::resolve(const Open &open)
{
    Resolved resolved;
    const auto refused = [&resolved](std::string_view code) {
        resolved.standing = Standing::Refused;
        resolved.code = code;
        return resolved;
    };
    const auto body = m_state.store.journal().body(open.entry.key);
    if (!body)
        return body.error();
    auto command = decodeCommand(body->value_or(std::string()));
    if (!command)
        return refused(RejectionCode::malformed);
    resolved.command = *std::move(command);
    std::map<std::string, std::string> targets = open.found;
    for (const std::string &dependency : open.dependencies) {
        if (targets.contains(dependency))
            continue;
        JournalEntry entry;
        const auto known = standing(open, dependency, entry);
        if (!known)
            return known.error();
        if (*known == Standing::Elsewhere) {
            resolved.standing = Standing::Elsewhere;
            resolved.elsewhere = dependency;
            return resolved;
        }
        if (*known != Standing::Applied || entry.target.empty())
            return refused(RejectionCode::dependency);
        targets[dependency] = entry.target;
        if (entry.account == open.entry.account)
            resolved.made.insert(entry.target);
    }
    putInPlace(resolved.command, targets);
    return resolved;
}

// Rights may have ended since it was received.
std::optional<Refusal> JournalDesk::refusalNow(const Open &open, const Resolved &resolved)
{
    const auto user = m_state.store.people().user(open.entry.person);
    if (!user)
        return refusalOf(user.error());
    if (!*user || (*user)->disabled)
        return Refusal{ProblemKind::Forbidden};
    const Scope scope(**user, m_state.tree);
    const auto permitted = permitCommand(m_state.store, **user, scope, resolved.command, resolved.made);
    const auto *refusal = std::get_if<Refusal>(&permitted);
    return refusal ? std::optional(*refusal) : std::nullopt;
}

LiveEffects JournalDesk::take(const Question &question, const GatewayCore::CommandAnswer &answer)
{
    const auto arrival = m_arrival.find(question.key);
    if (arrival == m_arrival.end() || !m_open.at(arrival->second).asked
        || m_open.at(arrival->second).consulting)
        return {};
    Open &open = m_open.at(arrival->second);
    open.asked = false;
    const bool executed = question.find.empty();
    if (!answer || (executed && !*answer)) {
        broke(open, executed, answer ? Error{ErrorKind::BadReply} : answer.error());
        return lateEffects();
    }
    open.tries = 0;
    open.notBefore.reset();
    if (executed || question.find == question.key) {
        if (*answer)
            conclude(open, **answer);
        else if (open.failures >= maxFailures)
            reject(open, RejectionCode::erpFault);
        else
            open.cleared = true;
    } else if (*answer && (*answer)->verdict == CommandEffect::Verdict::Applied
               && !(*answer)->target.empty()) {
        open.found[question.find] = (*answer)->target;
    } else if (!*answer && ++open.missing < maxMissing) {
        // A journal restored from a backup lost it, and its client is about to send it again.
        open.tries = open.missing;
        tryLater(open);
    } else {
        reject(open, RejectionCode::dependency);
    }
    return lateEffects();
}

// Without an answer nothing happens: what the supplier wants looked at is not done unseen. It is asked again
// for about two minutes.
LiveEffects JournalDesk::hear(const std::string &key, const Result<HookSaying> &saying)
{
    const auto arrival = m_arrival.find(key);
    if (arrival == m_arrival.end() || !m_open.at(arrival->second).consulting)
        return {};
    Open &open = m_open.at(arrival->second);
    open.asked = open.consulting = false;
    if (!saying) {
        if (++open.unheard < maxUnheard)
            tryLater(open);
        else
            reject(open, RejectionCode::checkFault);
    } else if (saying->refuses) {
        CommandEffect effect;
        effect.verdict = CommandEffect::Verdict::Rejected;
        effect.reasonCode = RejectionCode::checkRefused;
        effect.reason = saying->sentence;
        conclude(open, effect);
    } else {
        open.tries = 0;
        open.heard = *saying;
    }
    return lateEffects();
}

void JournalDesk::broke(Open &open, bool executed, const Error &error)
{
    ++m_state.metrics.erpErrors;
    qCWarning(commandLog, "The ERP did not answer command %s: %s (%s)", open.entry.key.c_str(),
              name(error.kind), qUtf8Printable(error.detail));
    // An answer that makes no sense may make none for ever.
    if (executed && (!retryable(error.kind) || error.kind == ErrorKind::BadReply)) {
        ++open.failures;
        if (const auto done = m_state.store.journal().countFailure(open.entry.key); !done)
            ++m_state.metrics.storeErrors;
    }
    tryLater(open);
}

void JournalDesk::tryLater(Open &open)
{
    open.notBefore = BootTime{m_state.clock.sinceBoot().ms + pauseMs(open.tries)};
    ++open.tries;
}

void JournalDesk::reject(Open &open, std::string_view code)
{
    CommandEffect effect;
    effect.verdict = CommandEffect::Verdict::Rejected;
    effect.reasonCode = code;
    conclude(open, effect);
}

// Unless it can be written down, nothing has been heard: the ERP is asked for the key again.
void JournalDesk::conclude(Open &open, const CommandEffect &effect)
{
    JournalEntry entry = open.entry;
    const bool rejected = effect.verdict == CommandEffect::Verdict::Rejected;
    const bool applied = effect.verdict == CommandEffect::Verdict::Applied;
    entry.phase = rejected ? Phase::Rejected : applied ? Phase::Applied : Phase::Conflict;
    if (rejected)
        entry.reasonCode = effect.reasonCode.substr(0, Limits::keyBytes / 3);
    else
        entry.target = effect.target.empty() ? targetOf(open) : effect.target;
    CommandEffect told = effect;
    if (applied)
        told.reason = open.remark;
    const auto done = entry.target.size() <= Limits::keyBytes
        ? m_state.store.journal().finish(entry, outcomeText(entry.key, told), m_state.clock.now())
        : Outcome(Error{ErrorKind::BadReply, {}, QStringLiteral("a key that is too long")});
    if (!done) {
        ++m_state.metrics.storeErrors;
        qCWarning(commandLog, "The outcome of command %s could not be stored: %s", entry.key.c_str(),
                  qUtf8Printable(done.error().detail));
        open.cleared = false;
        tryLater(open);
        return;
    }
    ++(rejected      ? m_state.metrics.commandsRejected
           : applied ? m_state.metrics.commandsApplied
                     : m_state.metrics.commandsInConflict);
    open.entry = std::move(entry);
    open.appliedAt = ++m_state.order;
    if (applied)
        return;
    releaseUploads(open.entry.key);
    remove(std::string(open.entry.key));
}

void JournalDesk::releaseUploads(const std::string &key)
{
    const auto body = m_state.store.journal().body(key);
    if (!body || !*body)
        return;
    if (const auto command = decodeCommand(**body))
        m_uploads.releaseFrom(*command);
}

LiveEffects JournalDesk::readingEnded(std::uint64_t order, std::int64_t last)
{
    if (!load())
        return {};
    std::vector<std::string> keys;
    for (const auto &[arrival, open] : m_open) {
        if (open.entry.phase == Phase::Applied && open.appliedAt < order)
            keys.push_back(open.entry.key);
    }
    if (keys.empty())
        return {};
    if (const auto done = m_state.store.journal().settle(keys, last); !done) {
        ++m_state.metrics.storeErrors;
        return {};
    }
    for (const std::string &key : keys)
        remove(key);
    return lateEffects();
}

LiveEffects JournalDesk::lateEffects()
{
    LiveEffects effects;
    if (!m_toNudge.empty())
        m_state.live.nudge(m_toNudge, effects);
    m_toNudge.clear();
    return effects;
}

Outcome JournalDesk::forgetBodies(Instant now)
{
    return m_state.store.journal().forgetBodies(Instant{now.ms - m_state.settings.commandBodyMs});
}

} // namespace Counterfoil
