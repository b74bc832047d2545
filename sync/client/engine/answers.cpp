#include "engine.h"

#include "kinds.h"
#include "tuning.h"

#include <QCoreApplication>

#include <utility>

// What comes back from the gateway and from the store, and where it leads.
namespace Counterfoil {

namespace {

// The log cannot go on from what we have: only listing everything helps.
bool leadsToFill(std::optional<ProblemKind> problem)
{
    return problem == ProblemKind::CursorExpired || problem == ProblemKind::CursorOtherEpoch
        || problem == ProblemKind::CursorAhead || problem == ProblemKind::Malformed;
}

} // namespace

Effects Engine::replied(const Now &now, RequestId id, const Result<HttpAnswer> &answer)
{
    if (auto event = m_session.replied(now, id, answer, m_effects))
        std::visit([&](const auto &what) { happened(now, what); }, *event);
    return finish(now);
}

void Engine::happened(const Now &now, const Answered &event)
{
    m_reach = Reach::Yes;
    if (m_phase == Phase::Snapshot) {
        snapshotFixed(now, event.body);
        return;
    }
    if (!m_pages)
        return;
    if (const auto outcome = m_pages->received(event.body); !outcome) {
        fail(now, outcome.error());
        return;
    }
    const PageHead &head = m_pages->head();
    m_erpDown = head.erpDown;
    if (m_phase == Phase::Pulling && !head.more)
        m_pullProof = Proof{event.sentAt, head.lagMs};
    advancePages(now);
}

void Engine::happened(const Now &now, const Refused &event)
{
    m_reach = Reach::Yes;
    if (event.problem == ProblemKind::AccessEnded) {
        accessEnded(now, event.error);
        return;
    }
    const bool listing = m_phase == Phase::Pulling || m_phase == Phase::Filling;
    if (listing && event.problem == ProblemKind::ScopeChanged)
        scopeChanged(now, event);
    else if (listing && leadsToFill(event.problem))
        startOver(now, event.error);
    else
        fail(now, event.error);
}

void Engine::snapshotFixed(const Now &now, const std::string &body)
{
    const auto answer = decode<SnapshotAnswer>(body);
    if (!answer || answer->cursor.empty()) {
        fail(now, answer ? Pages::badPage(QStringLiteral("a snapshot without a cursor")) : answer.error());
        return;
    }
    std::vector<std::string> kinds;
    for (const RecordType *kind : allKinds())
        kinds.emplace_back(kind->name);
    beginFill(std::move(kinds), answer->cursor);
}

void Engine::beginFill(std::vector<std::string> kinds, std::string cursor)
{
    m_phase = Phase::Snapshot;
    m_cursor = std::move(cursor);
    m_fillKinds = kinds;
    store(BeginFill{std::move(kinds), m_cursor});
}

void Engine::scopeChanged(const Now &now, const Refused &event)
{
    m_freshness.reset(); // what was gained is missing until the fill is done, so nothing is proven
    Purge work;
    for (const AccountRef &removed : event.details.removed)
        work.accounts.push_back(removed.account);
    if (work.accounts.empty() || m_filling)
        startOver(now, event.error);
    else
        purge(std::move(work), event.error);
}

void Engine::purge(StoreWork work, const Error &reason)
{
    stop();
    m_phase = Phase::Purging;
    m_purgeReason = reason;
    store(std::move(work));
}

void Engine::happened(const Now &now, const Unanswered &event)
{
    fail(now, event.error);
}

void Engine::happened(const Now &now, const Renewed &event)
{
    m_reach = Reach::Yes;
    Person person;
    person.user = QString::fromStdString(event.answer.user);
    person.displayName = QString::fromStdString(event.answer.displayName);
    person.role = QString::fromStdString(event.answer.role);
    person.supplier = QString::fromStdString(event.answer.supplier);
    person.seesPrices = event.answer.seesPrices;
    person.seesInvoices = event.answer.seesInvoices;
    const bool same = person.user == m_person.user && person.displayName == m_person.displayName
        && person.role == m_person.role && person.supplier == m_person.supplier
        && person.seesPrices == m_person.seesPrices && person.seesInvoices == m_person.seesInvoices;
    m_person = person;
    m_signedIn = true;
    if (event.bySignIn || !same)
        m_effects.push_back(SignedIn{person});
    m_effects.push_back(SaveTokens{event.answer.refreshToken});
    if (event.bySignIn) {
        // It may be another person's cache by now.
        m_freshness.reset();
        m_heldLive = false;
        m_socketFailures = 0;
        m_backoff.succeeded();
        m_lastError.reset();
        begin(now);
    }
}

void Engine::happened(const Now &now, const SignInRefused &event)
{
    m_effects.push_back(SignInFailed{event.error});
    if (m_session.hasTokens())
        begin(now); // the sign-in before is still good
}

void Engine::happened(const Now &, const TokensRefused &event)
{
    m_reach = Reach::Yes;
    needSignIn(event.error);
}

// A fill of all kinds: the first one, or anew because the log no longer joins on to what is here, or
// because more may be seen than before. Rows already here stay readable meanwhile.
void Engine::refill(const Now &now)
{
    stop();
    m_phase = Phase::Snapshot;
    m_session.ask(now, "POST", "/v1/snapshot", m_effects);
}

// The first time at once; a fill that ends where it began is not repeated in a hurry.
void Engine::startOver(const Now &now, const Error &error)
{
    if (m_filling) {
        // It may have listed accounts that came and went since its cursor was fixed; nobody can name those.
        m_filling = false;
        m_freshness.reset();
        purge(PurgeEverything(), error);
    } else if (std::exchange(m_startedOver, true)) {
        m_refillWanted = true;
        fail(now, error);
    } else {
        refill(now);
    }
}

void Engine::accessEnded(const Now &, const Error &error)
{
    m_freshness.reset();
    m_heldLive = false;
    purge(PurgeEverything(), error);
    m_accessEnded = true;
}

void Engine::needSignIn(const Error &error)
{
    stop();
    m_phase = Phase::Idle;
    m_heldLive = false;
    m_lastError = error;
    m_session.forget();
    m_effects.push_back(ForgetTokens());
    m_effects.push_back(SignInNeeded{error});
}

Effects Engine::stored(const Now &now, const Result<StoredState> &result)
{
    m_storeBusy = false;
    if (result)
        m_changesReceived += m_changesStoring;
    if (std::exchange(m_storeStale, false)) {
        if (m_storeNext)
            store(*std::exchange(m_storeNext, std::nullopt));
    } else if (!result) {
        fail(now, result.error());
    } else {
        workDone(now, *result);
    }
    return finish(now);
}

void Engine::workDone(const Now &now, const StoredState &state)
{
    switch (m_phase) {
    case Phase::Loading:
        loaded(now, state);
        return;
    case Phase::Purging:
        if (m_accessEnded)
            needSignIn(m_purgeReason);
        else
            startOver(now, m_purgeReason);
        return;
    case Phase::Snapshot: {
        m_filling = true;
        std::vector<KindFill> fills;
        for (const std::string &kind : m_fillKinds)
            fills.push_back({kind, {}, false, 0, 0});
        fill(now, std::move(fills));
        return;
    }
    case Phase::Filling:
    case Phase::Pulling:
        m_backoff.succeeded(); // a stored page is progress, however often the line is cut
        m_pages->stored();
        advancePages(now);
        return;
    case Phase::Finishing:
        m_filling = false;
        if (std::exchange(m_scrubWanted, false))
            store(Purge());
        else
            caughtUp(now);
        return;
    case Phase::Live:
        m_feed.stored();
        advanceFeed(now);
        return;
    case Phase::Idle:
    case Phase::Polling:
    case Phase::Waiting:
        return;
    }
}

Effects Engine::socketOpened(const Now &now, SocketId id)
{
    if (m_phase == Phase::Live && id == m_socket && !m_socketOpen) {
        m_socketOpen = true;
        m_heartbeat.start(now);
        m_effects.push_back(StopTimer{TimerId::Next});
        m_effects.push_back(SendText{m_socket, m_heartbeat.ping(now)});
        startTimer(TimerId::Ping, Tuning::heartbeatMs);
        armSilence(now);
    }
    return finish(now);
}

Effects Engine::socketReceived(const Now &now, SocketId id, std::string_view text)
{
    if (m_phase == Phase::Live && id == m_socket && m_socketOpen) {
        auto frame = decodeFrame(text);
        if (frame) {
            m_socketFailures = 0;
            m_socketHeard = true;
            takeFrame(now, *std::move(frame));
        } else {
            m_lastError = frame.error();
            rejoin(now, true);
        }
    }
    return finish(now);
}

void Engine::takeFrame(const Now &now, ChangeFrame frame)
{
    const std::string kind = frame.head.frame;
    if (kind != "changes" && kind != "pong") {
        rejoin(now, false); // "pull", "scope", "bye", or from a newer gateway: the pull tells more
        return;
    }
    m_reach = Reach::Yes;
    m_erpDown = frame.head.erpDown;
    std::optional<Proof> proof;
    if (kind == "pong") {
        if (const auto sentAt = m_heartbeat.answered(frame.head.ping)) {
            proof = Proof{*sentAt, frame.head.lagMs};
        }
    }
    if (!m_feed.take(std::move(frame), proof)) {
        rejoin(now, false);
        return;
    }
    if (proof) {
        m_heldLive = true;
        m_lastError.reset();
    }
    advanceFeed(now);
    if (proof)
        armSilence(now);
}

Effects Engine::socketClosed(const Now &now, SocketId id, const Error &error)
{
    if (m_phase == Phase::Live && id == m_socket) {
        if (!m_socketHeard)
            m_lastError = error;
        rejoin(now, !m_socketHeard);
    }
    return finish(now);
}

Effects Engine::timerFired(const Now &now, TimerId id)
{
    switch (id) {
    case TimerId::Ping:
        if (m_phase == Phase::Live && m_socketOpen) {
            m_effects.push_back(SendText{m_socket, m_heartbeat.ping(now)});
            startTimer(TimerId::Ping, Tuning::heartbeatMs);
        }
        break;
    case TimerId::Silence:
        wentSilent(now);
        break;
    case TimerId::Next:
        if (m_phase == Phase::Waiting || m_phase == Phase::Polling)
            begin(now);
        else if (m_phase == Phase::Live && !m_socketOpen)
            rejoin(now, true); // it does not open
        break;
    }
    return finish(now);
}

} // namespace Counterfoil
