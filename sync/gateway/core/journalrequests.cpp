#include "codec.h"
#include "commandcodec.h"
#include "creditstanding.h"
#include "digest.h"
#include "journaldesk.h"
#include "withheldcredit.h"

#include <QByteArray>

// The HTTP side of the JournalDesk.
namespace Counterfoil {

namespace {

constexpr std::int64_t roomRetryMs = 5'000;
constexpr qsizetype digestBytes = 12; // of 32: for mistakes, since nobody gains by a clash with themselves

std::string shortDigest(const std::string &text)
{
    return QByteArray::fromHex(QByteArray::fromStdString(sha256Hex(text)))
        .left(digestBytes)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        .toStdString();
}

HttpResponse json(std::string body)
{
    return {200, "application/json", std::move(body), 0};
}

HttpResponse saidReceived(const std::string &key)
{
    CommandOutcome outcome;
    outcome.command = key;
    outcome.state = CommandOutcome::State::Received;
    HttpResponse response = json(encodeOutcome(outcome));
    response.asksErp = true;
    return response;
}

} // namespace

HttpResponse JournalDesk::receive(const HttpRequest &request)
{
    const auto admitted = m_state.admit(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    const auto &caller = std::get<GatewayState::Admitted>(admitted);
    const auto command = decodeCommand(request.body);
    if (!command)
        return m_state.problem({ProblemKind::Malformed, "the body is no command"});
    if (const auto done = load(); !done)
        return m_state.problem(refusalOf(done.error()));
    JournalEntry entry;
    entry.key = command->key;
    entry.person = caller.caller.user.name;
    entry.account = command->account;
    entry.digest = shortDigest(commandDigestText(*command));
    const auto known = m_state.store.journal().find(entry.key);
    if (!known)
        return m_state.problem(refusalOf(known.error()));
    if (*known) {
        // The first outcome again; to anybody else, nothing.
        if ((*known)->person != entry.person || (*known)->digest != entry.digest)
            return m_state.problem({ProblemKind::KeyReused});
        ++m_state.metrics.commandsRepeated;
        // The disk said that it was not written, and yet it was.
        if ((*known)->isOpen() && !m_arrival.contains(entry.key))
            add(openOf(**known, *command));
        if ((*known)->phase == JournalEntry::Phase::Asleep)
            return wake(**known, *command);
        const auto outcome = told(**known, *caller.scope);
        return outcome ? json(encodeOutcome(*outcome)) : m_state.problem(refusalOf(outcome.error()));
    }
    if (const auto refusal = refusalOfNew(entry.person))
        return m_state.problem(*refusal);
    // From here on nothing that it refers to can be missing.
    if (const auto refusal = m_uploads.keepFor(entry.person, *command))
        return m_state.problem(*refusal);
    if (const auto done = m_state.store.journal().receive(entry, encodeCommand(*command)); !done)
        return m_state.problem(refusalOf(done.error()));
    ++m_state.metrics.commandsReceived;
    add(openOf(std::move(entry), *command));
    return saidReceived(command->key);
}

// Awake here even if that cannot be written down: its client wants it, and after a death the ERP is asked
// first.
HttpResponse JournalDesk::wake(const JournalEntry &entry, const Command &command)
{
    if (const auto refusal = m_uploads.keepFor(entry.person, command))
        return m_state.problem(*refusal);
    Open &open = m_open.at(m_arrival.at(entry.key));
    open.entry.phase = JournalEntry::Phase::Received;
    open.cleared = false;
    if (const auto done = m_state.store.journal().wake(entry.key); !done)
        return m_state.problem(refusalOf(done.error()));
    return saidReceived(entry.key);
}

// Only for want of room. Whoever may not do it is told so once the ERP was asked: a journal that was restored
// from a backup may have forgotten a command that took effect while they still might.
std::optional<Refusal> JournalDesk::refusalOfNew(const std::string &person) const
{
    const auto ofPerson = m_perPerson.find(person);
    if (ofPerson != m_perPerson.end() && ofPerson->second >= Limits::unfinishedCommands)
        return Refusal{ProblemKind::TooManyCommands, {}, roomRetryMs};
    if (m_open.size() >= m_state.settings.unfinishedCommands)
        return Refusal{ProblemKind::Overloaded, "too many unfinished commands", roomRetryMs};
    return std::nullopt;
}

HttpResponse JournalDesk::outcomes(const HttpRequest &request)
{
    const auto admitted = m_state.admit(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    const auto &caller = std::get<GatewayState::Admitted>(admitted);
    const auto wanted = decode<OutcomesRequest>(request.body);
    if (!wanted || wanted->commands.size() > Limits::outcomes)
        return m_state.problem({ProblemKind::Malformed, "the body asks for no outcomes, or for too many"});
    std::vector<CommandOutcome> outcomes;
    outcomes.reserve(wanted->commands.size());
    for (const CommandRef &ref : wanted->commands) {
        if (!isCommandKey(ref.command))
            return m_state.problem({ProblemKind::Malformed, "a key that is none"});
        const auto known = m_state.store.journal().find(ref.command);
        if (!known)
            return m_state.problem(refusalOf(known.error()));
        outcomes.emplace_back().command = ref.command;
        if (!*known || (*known)->person != caller.caller.user.name)
            continue;
        auto outcome = told(**known, *caller.scope);
        if (!outcome)
            return m_state.problem(refusalOf(outcome.error()));
        outcomes.back() = *std::move(outcome);
    }
    return json(encodeOutcomes(outcomes));
}

// As this person may see it now. Who may no longer see the account learns how it ended, and nothing of the
// record.
Result<CommandOutcome> JournalDesk::told(const JournalEntry &entry, const Scope &scope)
{
    using State = CommandOutcome::State;
    CommandOutcome outcome;
    if (!entry.isOpen()) {
        const auto text = m_state.store.journal().outcome(entry.key);
        if (!text)
            return text.error();
        auto kept = *text && scope.sees(entry.account) ? decodeOutcome(**text) : CommandOutcome();
        if (!kept)
            return kept.error();
        outcome = *std::move(kept);
        outcome.state = entry.phase == JournalEntry::Phase::Applied ? State::Applied
            : entry.phase == JournalEntry::Phase::Rejected          ? State::Rejected
                                                                    : State::Conflict;
        outcome.effectSeq = entry.effectSeq;
        outcome.reasonCode = entry.reasonCode;
        if (scope.sees(entry.account))
            outcome.target = entry.target;
    } else {
        outcome.state = entry.phase == JournalEntry::Phase::Asleep ? State::Unknown : State::Received;
    }
    outcome.command = entry.key;
    if (!scope.sees(CreditStanding::type))
        withholdCredit(outcome);
    if (!outcome.theirs.isNull()) {
        const RecordType &kind = outcome.theirs.type();
        const Field *account = kind.findFlag(AccountKey);
        const bool seen = scope.sees(outcome.theirs)
            && (!account || scope.sees(account->in<std::string>(outcome.theirs.data())));
        if (seen)
            scope.withhold(outcome.theirs);
        else
            outcome.theirs = {};
    }
    return outcome;
}

} // namespace Counterfoil
