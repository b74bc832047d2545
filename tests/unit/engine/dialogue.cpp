#include "dialogue.h"

#include "codec.h"
#include "status.h"

#include <algorithm>

namespace Counterfoil {

Dialogue::Dialogue()
    : now{{5'000'000}, {1'790'000'000'000}}
{ }

void Dialogue::take(Effects effects)
{
    for (Effect &effect : effects) {
        if (auto *request = std::get_if<SendRequest>(&effect))
            m_request = *request;
        else if (auto *abort = std::get_if<AbortRequest>(&effect);
                 abort && m_request && m_request->id == abort->id)
            m_request.reset();
        else if (auto *opening = std::get_if<OpenSocket>(&effect))
            socket = *opening;
        else if (auto *closing = std::get_if<CloseSocket>(&effect);
                 closing && socket && socket->id == closing->id)
            socket.reset();
        else if (auto *sending = std::get_if<SendText>(&effect))
            sent.push_back(sending->text);
        else if (auto *start = std::get_if<StartTimer>(&effect))
            m_timers[start->id] = now.boot.ms + start->inMs;
        else if (auto *stop = std::get_if<StopTimer>(&effect))
            m_timers.erase(stop->id);
        else if (auto *work = std::get_if<StoreWork>(&effect)) {
            Q_ASSERT(!m_work); // one at a time, always
            m_work = *work;
        } else if (auto *saved = std::get_if<SaveTokens>(&effect))
            savedToken = saved->refreshToken;
        else if (std::get_if<ForgetTokens>(&effect))
            ++forgotten;
        else if (auto *in = std::get_if<SignedIn>(&effect))
            person = in->person;
        else if (auto *scope = std::get_if<TellScope>(&effect))
            scopeTold.push_back(scope->change);
        else if (auto *ask = std::get_if<AskOutcomes>(&effect))
            outcomesToAsk.push_back(*ask);
        else if (std::get_if<WithdrawUnseen>(&effect))
            ++unseenWithdrawn;
        else if (auto *failed = std::get_if<SignInFailed>(&effect))
            signInFailed = failed->error;
        else if (auto *needed = std::get_if<SignInNeeded>(&effect))
            signInNeeded = needed->reason;
    }
}

void Dialogue::signIn()
{
    take(engine.signIn(now, "maya", "secret", "desk"));
}

void Dialogue::resume(const std::string &token, Instant asOf)
{
    Person known;
    known.user = QStringLiteral("maya");
    take(engine.resume(now, known, token, asOf));
}

void Dialogue::answer(int status, const std::string &body)
{
    const RequestId id = std::exchange(m_request, std::nullopt)->id;
    take(engine.replied(now, id, HttpAnswer{status, body}));
}

void Dialogue::noAnswer(ErrorKind kind)
{
    const RequestId id = std::exchange(m_request, std::nullopt)->id;
    take(engine.replied(now, id, Error{kind, {}, QStringLiteral("test")}));
}

void Dialogue::refuse(ProblemKind kind, const std::vector<std::string> &removed,
                      const std::vector<std::string> &added, bool redactionsChanged)
{
    const ProblemType &type = problemType(kind);
    Problem problem;
    problem.typeUri = type.uri;
    problem.title = type.title;
    problem.status = type.status;
    for (const std::string &account : removed)
        problem.removed.push_back({account});
    for (const std::string &account : added)
        problem.added.push_back({account});
    problem.redactionsChanged = redactionsChanged;
    answer(type.status, encode(problem));
}

void Dialogue::store(const StoredState &state)
{
    m_work.reset();
    take(engine.stored(now, state));
}

void Dialogue::storeFails(ErrorKind kind)
{
    m_work.reset();
    take(engine.stored(now, Error{kind, {}, QStringLiteral("test")}));
}

void Dialogue::open()
{
    take(engine.socketOpened(now, socket->id));
}

void Dialogue::frame(const LiveFrame &head, const std::vector<Change> &changes)
{
    std::vector<std::string> lines;
    for (const Change &one : changes)
        lines.push_back(encodeChange(one));
    text(encodeFrame(head, lines));
}

void Dialogue::text(const std::string &text)
{
    take(engine.socketReceived(now, socket->id, text));
}

void Dialogue::close()
{
    const SocketId id = std::exchange(socket, std::nullopt)->id;
    take(engine.socketClosed(now, id, Error{ErrorKind::Offline, {}, QStringLiteral("test")}));
}

void Dialogue::pass(std::int64_t ms)
{
    const std::int64_t end = now.boot.ms + ms;
    const auto moveTo = [this](std::int64_t boot) {
        now.wall.ms += boot - now.boot.ms;
        now.boot.ms = boot;
    };
    for (;;) {
        const auto next
            = std::ranges::min_element(m_timers, {}, [](const auto &timer) { return timer.second; });
        if (next == m_timers.end() || next->second > end)
            break;
        const TimerId id = next->first;
        moveTo(next->second);
        m_timers.erase(next);
        take(engine.timerFired(now, id));
    }
    moveTo(end);
}

std::int64_t Dialogue::lastPing() const
{
    return decode<LivePing>(sent.back())->ping;
}

void Dialogue::becomeLive(const std::string &cursor)
{
    resume("refresh");
    store({cursor, false, {}, {}});
    answer(200, tokens());
    answer(200, page(cursor, cursor));
    open();
    LiveFrame pong{"pong", cursor, cursor};
    pong.ping = lastPing();
    frame(pong);
    outcomesToAsk.clear(); // a life begins by asking
}

std::string Dialogue::tokens(const std::string &access)
{
    SessionAnswer answer;
    answer.accessToken = access;
    answer.accessExpiresInMs = 900'000;
    answer.refreshToken = "refresh-after-" + access;
    answer.user = "maya";
    answer.role = "buyer";
    return encode(answer);
}

std::string Dialogue::page(const std::string &from, const std::string &to, bool more,
                           const std::vector<Change> &changes, std::int64_t lagMs)
{
    PageHead head{from, to, more};
    head.lagMs = lagMs;
    head.total = std::ssize(changes) + (more ? 1 : 0);
    std::vector<std::string> lines;
    for (const Change &one : changes)
        lines.push_back(encodeChange(one));
    return encodePage(head, lines);
}

Change Dialogue::change(std::int64_t sequence)
{
    Change change;
    change.kind = &Status::type;
    change.key = "order/state" + std::to_string(sequence);
    change.sequence = sequence;
    change.version = 1;
    change.time = Instant{1'790'000'000'000};
    auto status = std::make_shared<Status>();
    status->key = change.key;
    change.record = AnyRecord(status);
    return change;
}

} // namespace Counterfoil
