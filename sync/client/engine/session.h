#pragma once

#include "effects.h"
#include "messages.h"
#include "problems.h"
#include "result.h"

#include <optional>
#include <variant>

namespace Counterfoil {

// What became of a question.
struct Answered
{
    std::string body;
    BootTime sentAt;
};

struct Refused // the gateway said no
{
    Error error;
    std::optional<ProblemKind> problem;
    Problem details;
};

struct Unanswered // no answer, or none of this protocol
{
    Error error;
};

struct Renewed // new tokens, of a sign-in or of a refresh
{
    SessionAnswer answer;
    bool bySignIn = false;
};

struct SignInRefused
{
    Error error;
};

struct TokensRefused // for good
{
    Error error;
};

using SessionEvent = std::variant<Answered, Refused, Unanswered, Renewed, SignInRefused, TokensRefused>;

// The tokens and the one question that is under way. Renews the access token before a question that
// would be refused without, and once after one that was; then asks again.
class Session
{
public:
    void resume(std::string refreshToken);
    void signIn(const Now &now, const SessionRequest &request, Effects &out);
    void signOut(Effects &out); // tells the gateway, waits for nothing, forgets
    void forget();

    bool hasTokens() const { return !m_refresh.empty(); }
    const std::string &bearer() const { return m_access; }
    void dropBearer() { m_access.clear(); } // it was refused: the next question gets another one first

    void ask(const Now &now, std::string method, std::string target, Effects &out);
    void abort(Effects &out); // the question under way, if any
    bool busy() const { return m_sent.has_value(); }
    bool signingIn() const { return m_sent && m_sent->purpose == Purpose::SignIn; }

    // After Renewed by a refresh the question that waited for it has been sent.
    std::optional<SessionEvent> replied(const Now &now, RequestId id, const Result<HttpAnswer> &answer,
                                        Effects &out);

private:
    enum class Purpose { SignIn, Refresh, Question };
    struct Sent
    {
        RequestId id = 0;
        Purpose purpose = Purpose::Question;
        BootTime at;
    };
    struct Question
    {
        std::string method;
        std::string target;
        bool renewedFor = false;
    };

    void send(const Now &now, Purpose purpose, const char *method, std::string target, std::string body,
              Effects &out);
    void sendQuestion(const Now &now, Effects &out);
    void sendRefresh(const Now &now, Effects &out);
    void use(const Now &now, const SessionAnswer &answer);
    SessionEvent tokensAnswered(const Now &now, Purpose purpose, const HttpAnswer &answer, Effects &out);
    std::optional<SessionEvent> questionRefused(const Now &now, const HttpAnswer &answer, Effects &out);

    std::string m_access;
    std::string m_refresh;
    BootTime m_renewAt;
    std::optional<Question> m_question;
    std::optional<Sent> m_sent;
    RequestId m_lastId = 0;
};

} // namespace Counterfoil
