#pragma once

#include "backoff.h"
#include "effects.h"
#include "freshnessproof.h"
#include "heartbeat.h"
#include "livefeed.h"
#include "pages.h"
#include "result.h"
#include "session.h"

#include <memory>
#include <optional>

namespace Counterfoil {

// Keeps one person's cache the same as the gateway. Takes events and returns effects, which are to be
// carried out in order; owns no socket, thread, timer or clock, and chance only as it was given.
//
// Every round is the same, whatever ended the one before:
//   Loading -> [Snapshot -> Filling] -> Pulling -> [Finishing] -> Live or Polling
// and every doubt or failure leads to Waiting, and from there to the next round. docs/sync.md has the
// picture.
class Engine
{
public:
    explicit Engine(Random &random); // must outlive the engine

    // Goes on for a person known from before. Without a refresh token the cache is readable and the
    // person has to sign in. `asOf`: the last published, of an earlier run.
    // Does nothing when a sign-in is under way already.
    Effects resume(const Now &now, const Person &person, const std::string &refreshToken, Instant asOf);
    Effects signIn(const Now &now, const std::string &user, const std::string &password,
                   const std::string &device);
    Effects signOut(const Now &now);
    Effects setConnected(const Now &now, bool connected);
    Effects retryNow(const Now &now); // the person asks, or the network came back
    Effects woke(const Now &now);     // the machine slept: nothing open is to be trusted

    // A request beside the engine's own was refused for this access token. A new round gets another one.
    Effects bearerRefused(const Now &now, const std::string &bearer);

    Effects replied(const Now &now, RequestId id, const Result<HttpAnswer> &answer);
    Effects socketOpened(const Now &now, SocketId id);
    Effects socketReceived(const Now &now, SocketId id, std::string_view text);
    Effects socketClosed(const Now &now, SocketId id, const Error &error);
    Effects timerFired(const Now &now, TimerId id);
    Effects stored(const Now &now, const Result<StoredState> &result);

    const std::string &bearer() const { return m_session.bearer(); } // the access token; empty: none
    // The same, once a question was answered with it: the scope is what the cache knows. What goes out in the
    // person's name takes this one, so that what was lost is withdrawn and not refused.
    std::string provenBearer() const
    {
        return m_provenBearer == m_session.bearer() ? m_provenBearer : std::string();
    }
    const SyncStatus &status() const { return m_status; } // as published last

private:
    enum class Phase {
        Idle,    // nothing to do: signed out, sign-in needed, or disconnected by the person
        Loading, // asking the store how far it is
        Purging,
        Snapshot, // fixing the cursor of a new fill, then storing it
        Filling,
        Pulling,
        Finishing,
        Live,    // the socket is being opened, or open
        Polling, // until the next poll
        Waiting, // until the next round
    };
    enum class Reach { Unknown, Yes, No };

    // Rounds (engine.cpp).
    void begin(const Now &now);
    void stop();
    void wait(const Now &now, std::int64_t ms);
    void loaded(const Now &now, const StoredState &state);
    void pull(const Now &now, std::string cursor);
    void fill(const Now &now, std::vector<KindFill> fills);
    void advancePages(const Now &now);
    void caughtUp(const Now &now);
    void goLive(const Now &now);
    void advanceFeed(const Now &now);
    void armSilence(const Now &now);
    void rejoin(const Now &now, bool socketFailed);
    void wentSilent(const Now &now);
    void fail(const Now &now, const Error &error);

    // Answers (answers.cpp).
    void happened(const Now &now, const Answered &event);
    void happened(const Now &now, const Refused &event);
    void happened(const Now &now, const Unanswered &event);
    void happened(const Now &now, const Renewed &event);
    void happened(const Now &now, const SignInRefused &event);
    void happened(const Now &now, const TokensRefused &event);
    void refill(const Now &now);
    void beginFill(std::vector<std::string> kinds, std::string cursor, std::string listing);
    void purge(StoreWork work, const Error &reason);
    void purgeFill(const Error &reason, std::vector<std::string> lost);
    void startOver(const Now &now, const Error &error);
    void tellScope();
    void scopeChanged(const Now &now, const Refused &event);
    void partialRefused(const Now &now, const Refused &event);
    void snapshotFixed(const Now &now, const std::string &body);
    void accessEnded(const Now &now, const Error &error);
    void needSignIn(const Error &error);
    void workDone(const Now &now, const StoredState &state);
    void takeFrame(const Now &now, ChangeFrame frame);

    void store(StoreWork work);
    void startTimer(TimerId id, std::int64_t ms);
    SyncStatus::Mode mode(const Now &now) const;
    Effects finish(const Now &now); // publishes what changed

    Phase m_phase = Phase::Idle;
    Reach m_reach = Reach::Unknown;
    bool m_signedIn = false; // as somebody, with or without valid tokens
    bool m_connected = true; // the person's own switch
    Person m_person;

    Session m_session;
    std::string m_provenBearer;
    Backoff m_backoff;
    Random &m_random;
    FreshnessProof m_freshness;
    Heartbeat m_heartbeat;
    LiveFeed m_feed;
    std::unique_ptr<Pages> m_pages; // Filling, Pulling
    BeginFill m_fill;               // Snapshot: the one being begun
    std::string m_beyond;           // the cursor whose scope the next fill is to widen; empty: a whole fill
    bool m_partialRefused = false;  // since the cache last was complete: only a whole fill helps

    std::string m_cursor;             // stored
    std::int64_t m_covered = 0;       // the place in the log that it stands for; 0: not known
    bool m_filling = false;           // a fill is under way in the store
    std::optional<Proof> m_pullProof; // of the pull that caught up
    Error m_purgeReason;
    std::optional<ScopeChange> m_scopeChange; // to be told once the purge is done
    std::optional<ScopeChange> m_scopeTold;   // since the cache last was complete
    bool m_accessEnded = false;
    bool m_outboxInDoubt = true; // what is lost of it, and what came of the rest: a life or whole fill began
    bool m_startedOver = false;  // a fill, since the cache last was complete
    bool m_refillWanted = false; // at the next round

    SocketId m_socket = 0; // rises; events of earlier ones are stale
    bool m_socketOpen = false;
    bool m_socketHeard = false; // a frame came
    bool m_heldLive = false;    // a live feed was lost, but so lately that its last heartbeat still counts
    int m_socketFailures = 0;   // in a row, without a frame
    BootTime m_socketRetryAt;
    BootTime m_rejoinedAt;
    int m_quickRejoins = 0;

    bool m_storeBusy = false;
    bool m_storeStale = false; // its answer is of an earlier round
    std::optional<StoreWork> m_storeNext;

    BootTime m_nextAt; // Waiting: the next attempt
    bool m_erpDown = false;
    std::optional<Error> m_lastError;
    std::int64_t m_changesReceived = 0;
    std::int64_t m_changesStoring = 0;
    SyncStatus m_status;
    Effects m_effects;
};

} // namespace Counterfoil
