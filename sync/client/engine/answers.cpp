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

// About the moment, not about what was asked.
bool mayPass(std::optional<ProblemKind> problem)
{
    return problem == ProblemKind::Overloaded || problem == ProblemKind::RateLimited;
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
    m_provenBearer = m_session.bearer();
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
    else if (m_phase == Phase::Snapshot && !m_beyond.empty() && !mayPass(event.problem))
        partialRefused(now, event);
    else
        fail(now, event.error);
}

void Engine::partialRefused(const Now &now, const Refused &event)
{
    m_partialRefused = true;
    m_beyond.clear();
    if (event.problem == ProblemKind::ScopeChanged)
        fail(now, event.error); // once more: more may have been lost, and is to go first
    else
        refill(now);
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
    const bool partial = !std::exchange(m_beyond, {}).empty();
    beginFill(std::move(kinds), answer->cursor, partial ? answer->listing : std::string());
}

void Engine::beginFill(std::vector<std::string> kinds, std::string cursor, std::string listing)
{
    m_phase = Phase::Snapshot;
    m_cursor = std::move(cursor);
    m_covered = 0;
    m_fill = {std::move(kinds), m_cursor, std::move(listing)};
    if (m_fill.listing.empty())
        m_freshness.reset(); // a kind may hold nothing, or not all that was proven, until it is listed anew
    store(m_fill);
}

// What was lost goes first. Then, when the rest is as complete as the cursor says, only what was gained is
// fetched.
void Engine::scopeChanged(const Now &now, const Refused &event)
{
    if (m_phase == Phase::Pulling && m_storeBusy) {
        begin(now); // up to where the cache has everything is not certain before that is stored
        return;
    }
    m_freshness.reset(); // what was gained is missing until the fill is done, so nothing is proven
    Purge work;
    ScopeChange change;
    change.withheldDiffers = event.details.redactionsChanged;
    for (const AccountRef &added : event.details.added)
        change.gained.append(QString::fromStdString(added.account));
    for (const AccountRef &removed : event.details.removed) {
        change.lost.append(QString::fromStdString(removed.account));
        work.accounts.push_back(removed.account);
    }
    m_scopeChange = std::move(change);
    if (m_filling) {
        purgeFill(event.error, std::move(work.accounts));
        return;
    }
    // What was lost may come back before the fill, and would be nothing new to the gateway.
    if (!event.details.redactionsChanged && work.accounts.empty() && !m_partialRefused)
        m_beyond = static_cast<const PullPages &>(*m_pages).cursor();
    if (work.accounts.empty()) {
        tellScope();
        startOver(now, event.error);
    } else {
        purge(std::move(work), event.error);
    }
}

void Engine::tellScope()
{
    if (m_scopeChange && m_scopeChange != m_scopeTold) {
        m_scopeTold = m_scopeChange;
        m_effects.push_back(TellScope{*m_scopeChange});
    }
    m_scopeChange.reset();
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
    person.contact = QString::fromStdString(event.answer.contact);
    person.invitesPeople = event.answer.invitesPeople;
    person.speaksForSupplier = event.answer.speaksForSupplier;
    person.notOffered = event.answer.notOffered;
    person.mustChangePassword = event.answer.mustChangePassword;
    person.gateway = m_person.gateway; // which is not the engine's to know
    const bool same = person == m_person;
    person.gateway.clear();
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

// A fill of all kinds: the first one, or anew because the log no longer joins on to what is here, or with
// m_beyond of what may be seen now and could not before. Rows already here stay readable meanwhile.
void Engine::refill(const Now &now)
{
    stop();
    m_phase = Phase::Snapshot;
    const std::string beyond = m_beyond.empty() ? std::string() : "?beyond=" + queryValue(m_beyond);
    m_session.ask(now, "POST", "/v1/snapshot" + beyond, m_effects);
}

// The first time at once; a fill that ends where it began is not repeated in a hurry.
void Engine::startOver(const Now &now, const Error &error)
{
    if (m_filling) {
        m_scopeChange.reset();
        purgeFill(error, {});
    } else if (m_startedOver) {
        m_refillWanted = true;
        fail(now, error);
    } else {
        refill(now);
    }
}

// It may have listed accounts that came and went since its cursor was fixed; nobody can name those.
void Engine::purgeFill(const Error &reason, std::vector<std::string> lost)
{
    m_filling = false;
    m_freshness.reset();
    purge(PurgeEverything{std::move(lost)}, reason);
}

void Engine::accessEnded(const Now &, const Error &error)
{
    m_freshness.reset();
    m_heldLive = false;
    m_scopeChange = ScopeChange{{}, {}, false, true};
    purge(PurgeEverything{{}, true}, error);
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
        tellScope();
        if (m_accessEnded)
            needSignIn(m_purgeReason);
        else
            startOver(now, m_purgeReason);
        return;
    case Phase::Snapshot: {
        m_filling = true;
        m_startedOver = true;
        std::vector<KindFill> fills;
        fills.reserve(m_fill.kinds.size());
        for (const std::string &kind : m_fill.kinds)
            fills.push_back({kind, m_fill.listing, false, 0, 0});
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
        if (!state.incomplete.empty()) {
            // While this fill was under way, a program began that knows other kinds than the one that began
            // it.
            beginFill(state.incomplete, m_cursor, {});
            return;
        }
        m_fill = {};
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
    if (kind == "outcomes") {
        m_effects.push_back(AskOutcomes());
        return;
    }
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
