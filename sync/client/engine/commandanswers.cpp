#include "commandsender.h"

#include "codec.h"
#include "commandcodec.h"
#include "foreignanswer.h"
#include "pages.h"
#include "problems.h"
#include "tuning.h"

#include <algorithm>
#include <utility>

// What comes back from the gateway for a command or a question, and what is believed of it.
namespace Counterfoil {

namespace {

// Said by the gateway itself, and the same however often it is asked.
std::optional<std::string_view> finalCode(ProblemKind kind)
{
    switch (kind) {
    case ProblemKind::Malformed:
        return RejectionCode::malformed;
    case ProblemKind::Forbidden:
        return RejectionCode::forbidden;
    case ProblemKind::NotFound:
        return RejectionCode::notFound;
    case ProblemKind::KeyReused:
        return RejectionCode::keyReused;
    case ProblemKind::TooLarge:
        return "too-large";
    default:
        return std::nullopt;
    }
}

Error badOutcome(const char *detail)
{
    return Pages::badPage(QLatin1String(detail));
}

} // namespace

SenderEffects CommandSender::replied(const Now &now, RequestId id, const Result<HttpAnswer> &answer)
{
    if (m_uploads.isAsking(id)) {
        takeNews(now, m_uploads.replied(now, answer));
        return finish(now);
    }
    if (!m_sent || m_sent->id != id)
        return finish(now); // of one that nobody waits for any more
    const Sent sent = *std::exchange(m_sent, std::nullopt);
    if (!answer)
        gatewayFailed(now, sent, answer.error());
    else if (answer->status < 200 || answer->status >= 300)
        refused(now, sent, *answer);
    else if (sent.question)
        outcomesTold(now, sent, answer->body);
    else
        outcomeTold(now, sent, answer->body);
    return finish(now);
}

void CommandSender::outcomeTold(const Now &now, const Sent &sent, const std::string &body)
{
    auto outcome = decodeOutcome(body);
    if (!outcome) {
        failed(now, sent, foreignAnswer(200));
    } else if (outcome->command != sent.keys.front() || outcome->state == CommandOutcome::State::Unknown
               || !believable(*outcome)) {
        failed(now, sent, badOutcome("an outcome of something else"));
    } else {
        worked();
        m_attempts.erase(outcome->command);
        takeOutcome(*std::move(outcome));
    }
}

void CommandSender::outcomesTold(const Now &now, const Sent &sent, const std::string &body)
{
    auto outcomes = decodeOutcomes(body);
    if (!outcomes) {
        failed(now, sent, foreignAnswer(200));
        return;
    }
    const bool sound = std::ranges::equal(*outcomes, sent.keys, {}, &CommandOutcome::command)
        && std::ranges::all_of(*outcomes,
                               [this](const CommandOutcome &outcome) { return believable(outcome); });
    if (!sound) {
        failed(now, sent, badOutcome("outcomes of something else"));
        return;
    }
    worked();
    m_askBackoff.succeeded();
    m_batch = Limits::outcomes;
    dropQuestions(sent.keys.size());
    for (CommandOutcome &outcome : *outcomes)
        takeOutcome(std::move(outcome));
}

// A record of another kind than the command's would be shown as what it is not.
bool CommandSender::believable(const CommandOutcome &outcome) const
{
    const OutboxEntry *entry = find(outcome.command);
    return !entry || outcome.theirs.isNull() || &outcome.theirs.type() == entry->command.kind;
}

void CommandSender::takeOutcome(CommandOutcome outcome)
{
    const OutboxEntry *entry = find(outcome.command);
    if (!entry)
        return;
    const bool known = entry->state == State::Received && outcome.state == CommandOutcome::State::Received;
    const bool sameEffect = entry->state == State::Applied && outcome.state == CommandOutcome::State::Applied
        && entry->outcome.effectSeq == outcome.effectSeq;
    if (!known && !sameEffect)
        m_work.push_back(NoteOutcome{std::move(outcome)});
}

void CommandSender::refused(const Now &now, const Sent &sent, const HttpAnswer &answer)
{
    const Error error = errorOfRefusal(answer.status, answer.body);
    const auto problem = decode<Problem>(answer.body);
    const ProblemType *type = problem ? findProblemType(problem->typeUri) : nullptr;
    if (type && (type->kind == ProblemKind::TokenRefused || type->kind == ProblemKind::AccessEnded)) {
        bearerRefused(now, sent, error);
        return;
    }
    const bool lacksFile = type && type->kind == ProblemKind::UploadMissing && !sent.question;
    const auto code = lacksFile  ? codeOfMissingFile(sent.keys.front())
        : type && !sent.question ? finalCode(type->kind)
                                 : std::nullopt;
    if (code) {
        worked();
        m_attempts.erase(sent.keys.front());
        CommandOutcome outcome;
        outcome.command = sent.keys.front();
        outcome.state = CommandOutcome::State::Rejected;
        outcome.reasonCode = *code;
        takeOutcome(std::move(outcome));
    } else if (type && type->kind == ProblemKind::TooManyCommands && !sent.question) {
        noteFailure(sent, error); // there is room again once outcomes have come
        m_sendAt = BootTime{now.boot.ms + m_pauseBackoff.next(error)};
    } else if (lacksFile || mayBeOfWhatWasSent(error, answer.status)) {
        failed(now, sent, error);
    } else {
        gatewayFailed(now, sent, error);
    }
}

// None: its files are brought anew, and then it is sent again.
std::optional<std::string_view> CommandSender::codeOfMissingFile(const std::string &key)
{
    std::string_view code;
    if (const OutboxEntry *entry = find(key)) {
        for (const Attachment &file : attachmentsOf(entry->command)) {
            if (const auto why = m_uploads.missing(file.upload); !why.empty())
                code = why;
        }
    }
    return code.empty() ? std::nullopt : std::optional(code);
}

// A failure is noted of the first command that waits for the file.
void CommandSender::takeNews(const Now &now, const Uploads::News &news)
{
    if (news.bearerRefused)
        return bearerRefused(now, Sent{0, false, {}, m_bearer}, *news.failure);
    if (!news.failure || !m_entries)
        return;
    const auto waits = std::ranges::find_if(*m_entries, [&news](const OutboxEntry &entry) {
        const bool toBeSent = entry.state == State::Queued || entry.state == State::Sending;
        return toBeSent && entry.command.kind
            && std::ranges::any_of(attachmentsOf(entry.command),
                                   [&news](const Attachment &file) { return file.upload == news.upload; });
    });
    if (waits != m_entries->end())
        noteFailure(Sent{0, false, {waits->command.key}, {}}, *news.failure);
}

// The engine's next round gets another one, or finds out that there is none to be had.
void CommandSender::bearerRefused(const Now &now, const Sent &sent, const Error &error)
{
    if (++m_refusals > 1)
        pause(now, error);
    if (sent.bearer == m_bearer && m_bearer != m_refused) {
        m_refused = m_bearer;
        m_effects.push_back(RefuseToken{m_bearer});
    }
}

// By itself: others may go on, unless it happens to them as well.
void CommandSender::failed(const Now &now, const Sent &sent, const Error &error)
{
    if (sent.question) {
        // One outcome that cannot be told must not keep back the others.
        if (sent.keys.size() == 1)
            dropQuestions(1);
        m_batch = std::max<std::size_t>(1, sent.keys.size() / 2);
        m_askAt = BootTime{now.boot.ms + m_askBackoff.next(error)};
        return;
    }
    noteFailure(sent, error);
    Attempt &attempt = m_attempts.try_emplace(sent.keys.front(), m_random).first->second;
    attempt.notBefore = BootTime{now.boot.ms + attempt.backoff.next(error)};
    if (++m_failuresInRow >= Tuning::commandFailuresBeforePause)
        pause(now, error);
}

void CommandSender::gatewayFailed(const Now &now, const Sent &sent, const Error &error)
{
    noteFailure(sent, error);
    pause(now, error);
}

void CommandSender::noteFailure(const Sent &sent, const Error &error)
{
    if (!sent.question && find(sent.keys.front()))
        m_work.push_back(NoteFailed{sent.keys.front(), error});
}

void CommandSender::pause(const Now &now, const Error &error)
{
    m_sendAt = m_askAt = BootTime{now.boot.ms + m_pauseBackoff.next(error)};
}

void CommandSender::dropQuestions(std::size_t count)
{
    m_toAsk.erase(m_toAsk.begin(), m_toAsk.begin() + static_cast<std::ptrdiff_t>(count));
}

// The gateway gave an answer that is one.
void CommandSender::worked()
{
    m_refusals = 0;
    m_failuresInRow = 0;
    m_pauseBackoff.succeeded();
}

void CommandSender::reset()
{
    worked();
    m_toAsk.clear();
    m_askNext.reset();
    m_batch = Limits::outcomes;
    m_askBackoff.succeeded();
    m_attempts.clear();
    m_sendAt = m_askAt = m_pollAt = BootTime();
}

} // namespace Counterfoil
