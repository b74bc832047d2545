#include "session.h"

#include "codec.h"
#include "foreignanswer.h"
#include "tuning.h"

#include <algorithm>

namespace Counterfoil {

namespace {

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

Refused refusalOf(const HttpAnswer &answer)
{
    Refused refused{errorFromAnswer(answer.status, answer.body), {}, {}};
    if (auto problem = decode<Problem>(answer.body)) {
        if (const ProblemType *type = findProblemType(problem->typeUri)) {
            refused.problem = type->kind;
            refused.details = *std::move(problem);
        }
    }
    return refused;
}

} // namespace

void Session::resume(std::string refreshToken)
{
    forget();
    m_refresh = std::move(refreshToken);
}

void Session::forget()
{
    m_access.clear();
    m_refresh.clear();
    m_question.reset();
}

void Session::signIn(const Now &now, const SessionRequest &request, Effects &out)
{
    abort(out);
    send(now, Purpose::SignIn, "POST", "/v1/session", encode(request), out);
}

void Session::signOut(Effects &out)
{
    abort(out);
    if (!m_access.empty())
        out.push_back(
            SendRequest{++m_lastId, "DELETE", "/v1/session", {}, m_access, Tuning::requestTimeoutMs});
    forget();
}

void Session::ask(const Now &now, std::string method, std::string target, Effects &out)
{
    Q_ASSERT(!busy() && hasTokens());
    m_question = Question{std::move(method), std::move(target)};
    if (m_access.empty() || now.boot >= m_renewAt)
        sendRefresh(now, out);
    else
        sendQuestion(now, out);
}

void Session::abort(Effects &out)
{
    if (m_sent)
        out.push_back(AbortRequest{m_sent->id});
    m_sent.reset();
    m_question.reset();
}

void Session::send(const Now &now, Purpose purpose, const char *method, std::string target, std::string body,
                   Effects &out)
{
    const std::string bearer = purpose == Purpose::Question ? m_access : std::string();
    m_sent = Sent{++m_lastId, purpose, now.boot};
    out.push_back(SendRequest{m_sent->id, method, std::move(target), std::move(body), bearer,
                              Tuning::requestTimeoutMs});
}

void Session::sendQuestion(const Now &now, Effects &out)
{
    send(now, Purpose::Question, m_question->method.c_str(), m_question->target, {}, out);
}

void Session::sendRefresh(const Now &now, Effects &out)
{
    m_question->renewedFor = true;
    send(now, Purpose::Refresh, "POST", "/v1/session/refresh", encode(RefreshRequest{m_refresh}), out);
}

void Session::use(const Now &now, const SessionAnswer &answer)
{
    m_access = answer.accessToken;
    m_refresh = answer.refreshToken;
    const std::int64_t life = std::max<std::int64_t>(answer.accessExpiresInMs, 0);
    m_renewAt = BootTime{now.boot.ms + life - std::min(Tuning::renewEarlyMs, life / 10)};
}

std::optional<SessionEvent> Session::replied(const Now &now, RequestId id, const Result<HttpAnswer> &answer,
                                             Effects &out)
{
    if (!m_sent || m_sent->id != id)
        return std::nullopt; // of a question that nobody waits for any more
    const Sent sent = *std::exchange(m_sent, std::nullopt);
    if (!answer) {
        if (sent.purpose == Purpose::SignIn)
            return SignInRefused{answer.error()};
        return Unanswered{answer.error()};
    }
    if (sent.purpose != Purpose::Question)
        return tokensAnswered(now, sent.purpose, *answer, out);
    if (!isSuccess(answer->status))
        return questionRefused(now, *answer, out);
    m_question.reset();
    return Answered{answer->body, sent.at};
}

SessionEvent Session::tokensAnswered(const Now &now, Purpose purpose, const HttpAnswer &answer, Effects &out)
{
    const bool bySignIn = purpose == Purpose::SignIn;
    if (isSuccess(answer.status)) {
        const auto tokens = decode<SessionAnswer>(answer.body);
        if (tokens && !tokens->accessToken.empty() && !tokens->refreshToken.empty()) {
            use(now, *tokens);
            if (!bySignIn)
                sendQuestion(now, out);
            return Renewed{*tokens, bySignIn};
        }
        if (bySignIn)
            return SignInRefused{foreignAnswer(answer.status)};
        return Unanswered{foreignAnswer(answer.status)};
    }
    Refused refused = refusalOf(answer);
    if (bySignIn)
        return SignInRefused{refused.problem ? refused.error : foreignAnswer(answer.status)};
    if (refused.problem == ProblemKind::TokenRefused || refused.problem == ProblemKind::Malformed)
        return TokensRefused{refused.error};
    if (refused.problem == ProblemKind::AccessEnded)
        return refused;
    if (refused.problem || answer.status >= 500 || answer.status == 429)
        return Unanswered{refused.error};
    return Unanswered{foreignAnswer(answer.status)};
}

std::optional<SessionEvent> Session::questionRefused(const Now &now, const HttpAnswer &answer, Effects &out)
{
    Refused refused = refusalOf(answer);
    if (refused.problem == ProblemKind::TokenRefused) {
        if (m_question->renewedFor)
            return TokensRefused{refused.error};
        sendRefresh(now, out);
        return std::nullopt;
    }
    m_question.reset();
    if (refused.problem)
        return refused;
    if (answer.status >= 500 || answer.status == 429)
        return Unanswered{refused.error};
    return Unanswered{foreignAnswer(answer.status)};
}

} // namespace Counterfoil
