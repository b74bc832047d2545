#pragma once

#include "backoff.h"
#include "commandeffects.h"
#include "result.h"

#include <deque>
#include <map>
#include <optional>

namespace Counterfoil {

// Brings the commands in the outbox to the gateway, and back what became of them. Takes events and returns
// effects, which are to be carried out in order; owns no socket, file, timer or clock, and chance only as it
// was given. What it must remember is in the outbox, so that a crash is no special case. docs/sync.md has
// the rules.
class CommandSender
{
public:
    explicit CommandSender(Random &random); // must outlive it

    CommandEffects opened(const Now &now, const OutboxEntries &entries); // the outbox of a profile
    CommandEffects closed(const Now &now);                               // nobody is signed in any more
    CommandEffects entriesChanged(const Now &now, const OutboxEntries &entries); // by others than this
    CommandEffects statusChanged(const Now &now, const SyncStatus &status);
    CommandEffects tokenChanged(const Now &now, const std::string &bearer);
    CommandEffects nudged(const Now &now); // TellOutcomes: the gateway has something to tell
    CommandEffects retryNow(const Now &now, const std::string &key); // the person asks

    CommandEffects replied(const Now &now, RequestId id, const Result<HttpAnswer> &answer);
    CommandEffects stored(const Now &now, const Result<OutboxEntries> &entries); // the OutboxWork
    CommandEffects woke(const Now &now);                                         // the WakeIn is over

private:
    using State = OutboxEntry::State;

    // How the sending of one command is tried again.
    struct Attempt
    {
        explicit Attempt(Random &random)
            : backoff(random)
        { }

        Backoff backoff;
        BootTime notBefore;
    };
    struct Sent
    {
        RequestId id = 0;
        std::vector<std::string> keys; // of the one command, or those asked for
        bool question = false;
        std::string bearer;
    };

    bool online() const;
    const OutboxEntry *find(const std::string &key) const;
    void take(const OutboxEntries &entries);

    // What is sent.
    bool mayGo(const OutboxEntry &entry) const;
    std::string aggregate(const OutboxEntry &entry) const;
    const OutboxEntry *nextToSend(const Now &now) const;
    void planQuestion();
    void ask();
    void send(const std::string &key);
    void post(const char *target, std::string body, std::vector<std::string> keys, bool question);
    void abort();

    // What comes back (commandanswers.cpp).
    void commandAnswered(const Now &now, const std::string &key, const HttpAnswer &answer);
    void questionAnswered(const Now &now, const std::vector<std::string> &keys, const HttpAnswer &answer);
    void takeOutcome(CommandOutcome outcome);
    bool takeRefusal(const Now &now, const Sent &sent, const HttpAnswer &answer);
    void failedAlone(const Now &now, const std::string &key, const Error &error);
    void questionFailed(const Now &now, const std::vector<std::string> &keys, const Error &error);
    void pause(const Now &now, const Error &error);

    void armWake(const Now &now);
    CommandEffects finish(const Now &now);

    Random &m_random;
    bool m_open = false;
    bool m_reachable = false; // as the engine sees it
    std::string m_bearer;
    std::string m_refused; // the bearer that the gateway did not take
    int m_refusals = 0;    // of bearers, in a row

    OutboxEntries m_entries;
    std::map<std::string, std::size_t, std::less<>> m_index; // key to place among the entries

    std::optional<Sent> m_sent;
    RequestId m_lastId = 0;
    std::deque<OutboxWork> m_work; // bounded by what one answer yields
    bool m_storing = false;        // the first of it is under way
    bool m_staleStore = false;     // its answer is of an outbox that is closed
    std::string m_sendNext;        // stored as Sending, to be sent; empty: none

    std::deque<std::string> m_toAsk; // keys
    bool m_askAgain = false;         // everything that was sent and has no end yet
    std::size_t m_batch;             // smaller while questions fail
    Backoff m_askBackoff;
    BootTime m_askAt; // no earlier is something asked

    std::map<std::string, Attempt> m_attempts; // of commands whose last attempt failed
    int m_failuresInRow = 0;                   // of different commands, each by itself
    Backoff m_pauseBackoff;
    BootTime m_pausedUntil;
    std::optional<BootTime> m_wakeAt;
    CommandEffects m_effects;
};

} // namespace Counterfoil
