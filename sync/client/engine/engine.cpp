#include "engine.h"

#include "kinds.h"
#include "tuning.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

Error noAnswer()
{
    return {
        ErrorKind::Timeout,
        QCoreApplication::translate("Sync",
                                    "The gateway does not answer. Counterfoil tries again by itself; what is "
                                    "stored here stays readable."),
        QStringLiteral("no heartbeat")};
}

Error disconnected()
{
    return {ErrorKind::Offline,
            QCoreApplication::translate("Sync",
                                        "Counterfoil was disconnected before the gateway answered. Connect "
                                        "again, then sign in."),
            QStringLiteral("disconnected during a sign-in")};
}

bool same(const SyncStatus &a, const SyncStatus &b)
{
    const auto sameProgress = [](const SyncStatus::KindProgress &x, const SyncStatus::KindProgress &y) {
        return x.kind == y.kind && x.done == y.done && x.total == y.total;
    };
    const bool sameError = a.lastError.has_value() == b.lastError.has_value()
        && (!a.lastError
            || (a.lastError->kind == b.lastError->kind && a.lastError->detail == b.lastError->detail));
    return a.mode == b.mode && a.disconnectedByPerson == b.disconnectedByPerson && a.provenAt == b.provenAt
        && a.asOf == b.asOf && a.erpDown == b.erpDown && sameError && a.nextAttemptInMs == b.nextAttemptInMs
        && a.changesReceived == b.changesReceived && std::ranges::equal(a.progress, b.progress, sameProgress);
}

// The gateway answered as it should; what is wrong is here, or changes as it goes on.
bool leavesReachable(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Conflict:
    case ErrorKind::Storage:
    case ErrorKind::StorageLocked:
    case ErrorKind::StorageFull:
    case ErrorKind::StorageReadOnly:
    case ErrorKind::StorageCorrupt:
        return true;
    default:
        return false;
    }
}

} // namespace

Engine::Engine(Random &random)
    : m_backoff(random)
    , m_random(random)
{ }

Effects Engine::resume(const Now &now, const Person &person, const std::string &refreshToken, Instant asOf)
{
    if (m_session.signingIn())
        return finish(now); // the key store was slow, and the person has gone on without it
    stop();
    m_person = person;
    m_signedIn = true;
    m_freshness.reset();
    m_freshness.restore(asOf);
    m_session.resume(refreshToken);
    if (m_session.hasTokens()) {
        begin(now);
    } else {
        // The key store may just have been slow: nothing is forgotten.
        m_phase = Phase::Idle;
        const Error reason{ErrorKind::Unauthorized,
                           QCoreApplication::translate(
                               "Sync", "Sign in to get what is new. What is stored here stays readable."),
                           QStringLiteral("no stored sign-in")};
        m_effects.push_back(SignInNeeded{reason});
    }
    return finish(now);
}

Effects Engine::signIn(const Now &now, const std::string &user, const std::string &password,
                       const std::string &device)
{
    stop();
    m_phase = Phase::Idle;
    m_connected = true;
    m_session.signIn(now, {user, password, device}, m_effects);
    return finish(now);
}

Effects Engine::signOut(const Now &now)
{
    stop();
    m_phase = Phase::Idle;
    m_session.signOut(m_effects);
    m_effects.push_back(ForgetTokens());
    m_signedIn = false;
    m_lastError.reset();
    return finish(now);
}

Effects Engine::setConnected(const Now &now, bool connected)
{
    if (std::exchange(m_connected, connected) == connected)
        return finish(now);
    if (!connected) {
        if (m_session.signingIn())
            m_effects.push_back(SignInFailed{disconnected()});
        stop();
        m_phase = Phase::Idle;
        m_heldLive = false;
        m_lastError.reset();
    } else if (m_session.hasTokens()) {
        m_reach = Reach::Unknown;
        m_backoff.succeeded();
        begin(now);
    }
    return finish(now);
}

Effects Engine::retryNow(const Now &now)
{
    if (m_phase == Phase::Waiting || m_phase == Phase::Polling) {
        m_backoff.succeeded();
        m_socketRetryAt = now.boot;
        begin(now);
    }
    return finish(now);
}

Effects Engine::woke(const Now &now)
{
    if (m_phase != Phase::Idle) {
        m_effects.push_back(DropConnections());
        m_backoff.succeeded();
        begin(now);
    }
    return finish(now);
}

Effects Engine::bearerRefused(const Now &now, const std::string &bearer)
{
    // Any other phase asks a question of its own, and finds out by itself.
    const bool resting = m_phase == Phase::Live || m_phase == Phase::Polling || m_phase == Phase::Waiting;
    if (resting && bearer == m_session.bearer()) {
        m_session.dropBearer();
        begin(now);
    }
    return finish(now);
}

// Leaves whatever is under way; store work that runs ends by itself, and its answer is passed over.
void Engine::stop()
{
    m_session.abort(m_effects);
    if (m_phase == Phase::Live)
        m_effects.push_back(CloseSocket{m_socket});
    m_socketOpen = false;
    m_pages.reset();
    m_pullProof.reset();
    m_accessEnded = false;
    m_storeStale = m_storeBusy;
    m_storeNext.reset();
    for (const TimerId id : {TimerId::Ping, TimerId::Silence, TimerId::Next})
        m_effects.push_back(StopTimer{id});
}

void Engine::begin(const Now &now)
{
    stop();
    m_phase = Phase::Loading;
    m_beyond.clear();
    armSilence(now);
    store(LoadState());
}

void Engine::wait(const Now &now, std::int64_t ms)
{
    stop();
    m_phase = Phase::Waiting;
    m_nextAt = BootTime{now.boot.ms + ms};
    startTimer(TimerId::Next, ms);
    armSilence(now);
}

void Engine::loaded(const Now &now, const StoredState &state)
{
    m_cursor = state.cursor;
    m_covered = state.covered;
    m_filling = state.filling;
    if (m_cursor.empty() || m_filling)
        m_freshness.reset();
    if (m_cursor.empty() || std::exchange(m_refillWanted, false)) {
        refill(now);
        return;
    }
    const bool allListed = std::ranges::all_of(state.fills, &KindFill::listed);
    if (m_filling && !allListed)
        fill(now, state.fills);
    else if (!m_filling && !state.incomplete.empty())
        beginFill(state.incomplete, m_cursor, {}); // what this program's version is the first to know
    else
        pull(now, m_cursor);
}

void Engine::pull(const Now &now, std::string cursor)
{
    m_phase = Phase::Pulling;
    m_pages = std::make_unique<PullPages>(std::move(cursor), m_covered);
    advancePages(now);
}

void Engine::fill(const Now &now, std::vector<KindFill> fills)
{
    m_phase = Phase::Filling;
    m_pages = std::make_unique<FillPages>(m_cursor, std::move(fills));
    advancePages(now);
}

// Keeps one page with the store and one on its way, and goes on when there are no more.
void Engine::advancePages(const Now &now)
{
    if (!m_storeBusy) {
        if (auto work = m_pages->nextWork())
            store(*std::move(work));
    }
    if (!m_session.busy()) {
        if (auto target = m_pages->nextTarget())
            m_session.ask(now, "GET", *std::move(target), m_effects);
    }
    if (!m_pages->finished())
        return;
    if (m_phase == Phase::Filling) {
        pull(now, m_cursor);
        return;
    }
    m_cursor = static_cast<const PullPages &>(*m_pages).cursor();
    m_pages.reset();
    if (m_filling) {
        m_phase = Phase::Finishing;
        m_outboxInDoubt = m_outboxInDoubt || m_fill.listing.empty();
        store(FinishFill());
    } else {
        caughtUp(now);
    }
}

void Engine::caughtUp(const Now &now)
{
    if (m_pullProof)
        m_freshness.note(now, *std::exchange(m_pullProof, std::nullopt));
    m_backoff.succeeded();
    m_startedOver = m_partialRefused = false;
    m_scopeTold.reset();
    m_lastError.reset();
    if (std::exchange(m_outboxInDoubt, false)) {
        m_effects.push_back(WithdrawUnseen());
        m_effects.push_back(AskOutcomes{true});
    }
    const bool blocked = m_socketFailures >= Tuning::socketFailuresBeforePolling;
    if (!blocked || now.boot >= m_socketRetryAt) {
        goLive(now);
        return;
    }
    m_phase = Phase::Polling;
    const auto spread = static_cast<std::int64_t>(m_random.below(Tuning::pollMs / 4));
    startTimer(TimerId::Next, Tuning::pollMs - spread);
}

void Engine::goLive(const Now &now)
{
    m_phase = Phase::Live;
    m_socketHeard = false;
    m_feed.start(m_cursor);
    m_effects.push_back(OpenSocket{++m_socket, "/v1/live?after=" + queryValue(m_cursor), m_session.bearer()});
    startTimer(TimerId::Next, Tuning::socketOpenMs);
    armSilence(now);
}

void Engine::advanceFeed(const Now &now)
{
    if (!m_storeBusy) {
        if (auto work = m_feed.nextWork())
            store(*std::move(work));
    }
    if (const auto proof = m_feed.settled())
        m_freshness.note(now, *proof);
}

// The feed is lost or in doubt: pull from the cursor, then join again. At once the first time, a
// little later when it happens again at once.
void Engine::rejoin(const Now &now, bool socketFailed)
{
    if (socketFailed) {
        ++m_socketFailures;
        const int doublings = std::clamp(m_socketFailures - Tuning::socketFailuresBeforePolling, 0, 10);
        m_socketRetryAt = BootTime{
            now.boot.ms + std::min(Tuning::socketRetryLongestMs, Tuning::socketRetryFirstMs << doublings)};
    }
    const bool quick = now.boot.ms - m_rejoinedAt.ms < Tuning::quickRejoinMs;
    m_rejoinedAt = now.boot;
    m_quickRejoins = quick ? std::min(m_quickRejoins + 1, 2) : 0;
    if (quick)
        wait(now, 1 + static_cast<std::int64_t>(m_random.below(Tuning::rejoinSpreadMs << m_quickRejoins)));
    else
        begin(now);
}

// When the label stops to be true, or the socket is to be taken for dead, whichever is first.
void Engine::armSilence(const Now &now)
{
    const bool open = m_phase == Phase::Live && m_socketOpen;
    const std::int64_t stale = open || m_heldLive ? m_freshness.msUntilStale(now) : 0;
    const std::int64_t silent = open ? m_heartbeat.msUntilSilent(now) : stale;
    if (!open && stale <= 0)
        return;
    startTimer(TimerId::Silence, std::max<std::int64_t>(1, stale > 0 ? std::min(stale, silent) : silent));
}

void Engine::wentSilent(const Now &now)
{
    const bool open = m_phase == Phase::Live && m_socketOpen;
    if (m_freshness.msUntilStale(now) <= 0)
        m_heldLive = false;
    if (!open || m_heartbeat.msUntilSilent(now) > 0) {
        armSilence(now); // at most the label has ended; the round goes on
        return;
    }
    m_heldLive = false;
    m_reach = Reach::No;
    m_lastError = noAnswer();
    m_effects.push_back(DropConnections());
    rejoin(now, true);
}

void Engine::fail(const Now &now, const Error &error)
{
    m_lastError = error;
    if (!leavesReachable(error.kind)) {
        m_reach = Reach::No;
        m_heldLive = false;
    }
    if (error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Offline)
        m_effects.push_back(DropConnections());
    wait(now, m_backoff.next(error));
}

void Engine::store(StoreWork work)
{
    if (m_storeBusy) {
        m_storeStale = true;
        m_storeNext = std::move(work);
        return;
    }
    m_storeBusy = true;
    m_storeStale = false;
    const auto *changes = std::get_if<ApplyChanges>(&work);
    m_changesStoring = changes ? static_cast<std::int64_t>(changes->changes.size()) : 0;
    m_effects.push_back(std::move(work));
}

void Engine::startTimer(TimerId id, std::int64_t ms)
{
    m_effects.push_back(StartTimer{id, ms});
}

SyncStatus::Mode Engine::mode(const Now &now) const
{
    using enum SyncStatus::Mode;
    if (!m_signedIn || !m_session.hasTokens())
        return SignedOut;
    if (!m_connected)
        return Offline;
    const bool open = m_phase == Phase::Live && m_socketOpen;
    // A gateway that cannot say how far it is behind its ERP proves nothing.
    if ((open || m_heldLive) && m_reach == Reach::Yes && m_freshness.provenAt()
        && m_freshness.msUntilStale(now) > 0)
        return Live;
    if (m_reach == Reach::Unknown)
        return Connecting;
    if (m_reach == Reach::No)
        return Offline;
    if (m_filling || m_phase == Phase::Snapshot)
        return Filling;
    return m_socketFailures >= Tuning::socketFailuresBeforePolling ? Polling : CatchingUp;
}

Effects Engine::finish(const Now &now)
{
    SyncStatus status;
    status.mode = mode(now);
    status.disconnectedByPerson = !m_connected;
    status.provenAt = m_freshness.provenAt();
    status.asOf = m_freshness.asOf();
    status.erpDown = m_erpDown;
    if (m_pages && (status.mode == SyncStatus::Mode::Filling || status.mode == SyncStatus::Mode::CatchingUp))
        status.progress = m_pages->progress();
    status.lastError = m_lastError;
    if (m_phase == Phase::Waiting)
        status.nextAttemptInMs = std::max<qint64>(1, m_nextAt.ms - now.boot.ms);
    status.changesReceived = m_changesReceived;
    if (!same(m_status, status)) {
        m_status = status;
        m_effects.push_back(Publish{std::move(status)});
    }
    return std::exchange(m_effects, {});
}

} // namespace Counterfoil
