#pragma once

#include "backoff.h"
#include "commandeffects.h"
#include "result.h"
#include "uploads.h"

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

    SenderEffects opened(const Now &now, const OutboxEntries &entries); // the outbox of a profile
    SenderEffects closed(const Now &now);                               // nobody is signed in any more
    SenderEffects entriesChanged(const Now &now, const OutboxEntries &entries); // not by OutboxWork
    SenderEffects statusChanged(const Now &now, const SyncStatus &status);
    SenderEffects tokenChanged(const Now &now, const std::string &bearer);
    // Accounts are lost: nothing is sent before what the outbox has of them is gone from there.
    SenderEffects purging(const Now &now);
    SenderEffects purged(const Now &now);
    SenderEffects nudged(const Now &now, const AskOutcomes &what = {});
    SenderEffects retryNow(const Now &now, const std::string &key); // the person asks

    SenderEffects replied(const Now &now, RequestId id, const Result<HttpAnswer> &answer);
    SenderEffects stored(const Now &now, const Result<OutboxEntries> &entries); // the OutboxWork
    // The answer to a ReadPiece; an error: it cannot be read and never will.
    SenderEffects pieceRead(const Now &now, const ReadPiece &what, const Result<std::string> &bytes);
    SenderEffects woke(const Now &now); // the WakeIn is over

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
        bool question = false;         // or a command
        std::vector<std::string> keys; // of the commands
        std::string bearer;
    };

    void take(const OutboxEntries &entries);
    const OutboxEntry *find(std::string_view key) const;
    bool online() const;

    // What is sent.
    bool dependenciesArrived(const OutboxEntry &entry) const;
    bool filesArrived(const OutboxEntry &entry) const;
    void wantFiles();
    std::string aggregateOf(const OutboxEntry &entry) const;
    const OutboxEntry *nextToSend(const Now &now) const;
    BootTime notBefore(const std::string &key) const;
    void planQuestions(const Now &now);
    void ask();
    void send(const OutboxEntry &entry);
    void post(const char *target, std::string body, bool question, std::vector<std::string> keys);
    void abort();
    void advance(const Now &now);

    // What comes back (commandanswers.cpp).
    void outcomeTold(const Now &now, const Sent &sent, const std::string &body);
    void outcomesTold(const Now &now, const Sent &sent, const std::string &body);
    void takeOutcome(CommandOutcome outcome);
    bool believable(const CommandOutcome &outcome) const;
    void refused(const Now &now, const Sent &sent, const HttpAnswer &answer);
    void bearerRefused(const Now &now, const Sent &sent, const Error &error);
    std::optional<std::string_view> codeOfMissingFile(const std::string &key);
    void takeNews(const Now &now, const Uploads::News &news);
    void failed(const Now &now, const Sent &sent, const Error &error);
    void gatewayFailed(const Now &now, const Sent &sent, const Error &error);
    void noteFailure(const Sent &sent, const Error &error);
    void pause(const Now &now, const Error &error);
    void dropQuestions(std::size_t count);
    void worked();
    void reset();

    void armWake(const Now &now);
    SenderEffects finish(const Now &now);

    Random &m_random;
    bool m_open = false;
    bool m_reachable = false; // the gateway, as the engine sees it
    bool m_purging = false;
    std::string m_bearer;
    std::string m_refused; // the bearer that the gateway did not take
    int m_refusals = 0;    // in a row

    OutboxEntries m_entries;
    std::map<std::string, std::size_t, std::less<>> m_index; // key to place among the entries
    bool m_waiting = false;                                  // some are Received

    Uploads m_uploads; // beside everything else, so that a large file holds up what needs it alone
    std::optional<Sent> m_sent;
    RequestId m_lastId = 0;
    std::deque<OutboxWork> m_work; // bounded by what one answer yields; the first may be under way
    bool m_storing = false;
    bool m_staleStore = false; // its answer is of an outbox that is closed
    std::string m_sending;     // to be sent as soon as that is stored; empty: none

    std::deque<std::string> m_toAsk; // keys
    std::optional<AskOutcomes> m_askNext;
    std::size_t m_batch; // fewer while questions fail
    Backoff m_askBackoff;
    BootTime m_askAt;  // no earlier is something asked
    BootTime m_pollAt; // when to ask anew while some are Received

    std::map<std::string, Attempt> m_attempts; // of commands whose last attempt failed by itself
    int m_failuresInRow = 0;
    Backoff m_pauseBackoff;
    BootTime m_sendAt; // no earlier is something sent
    std::optional<BootTime> m_wakeAt;
    SenderEffects m_effects;
};

} // namespace Counterfoil
