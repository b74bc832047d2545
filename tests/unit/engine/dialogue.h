#pragma once

#include "engine.h"

#include <map>
#include <optional>

namespace Counterfoil {

// A conversation with an engine, in virtual time: events go in, and the effects that come out are
// kept until they are asked for.
class Dialogue
{
public:
    Dialogue();

    // Events.
    void signIn();
    void resume(const std::string &token, Instant asOf = {});
    void answer(int status, const std::string &body); // to the request under way
    void noAnswer(ErrorKind kind);
    void refuse(ProblemKind kind, const std::vector<std::string> &removed = {},
                const std::vector<std::string> &added = {}, bool redactionsChanged = false);
    void store(const StoredState &state = {}); // the work under way is done
    void storeFails(ErrorKind kind);
    void open();
    void frame(const LiveFrame &head, const std::vector<Change> &changes = {});
    void text(const std::string &text);
    void close();
    void pass(std::int64_t ms); // timers fire on the way
    void take(Effects effects);

    // What the engine wants.
    std::string asked() const
    {
        return m_request ? m_request->method + ' ' + m_request->target : std::string();
    }
    const std::optional<SendRequest> &request() const { return m_request; }
    template <class Work> const Work *work() const { return m_work ? std::get_if<Work>(&*m_work) : nullptr; }
    bool storing() const { return m_work.has_value(); }
    std::optional<OpenSocket> socket; // being opened or open
    std::vector<std::string> sent;    // over the socket
    SyncStatus::Mode mode() const { return engine.status().mode; }
    std::int64_t lastPing() const;

    // Shortcuts.
    void becomeLive(const std::string &cursor = "c1");
    static std::string tokens(const std::string &access = "access");
    static std::string page(const std::string &from, const std::string &to, bool more = false,
                            const std::vector<Change> &changes = {}, std::int64_t lagMs = 0);
    static Change change(std::int64_t sequence);

    Now now;
    SeededRandom random{7};
    Engine engine{random};
    std::optional<std::string> savedToken;
    std::optional<Error> signInFailed;
    std::optional<Error> signInNeeded;
    std::optional<Person> person;
    int forgotten = 0;
    std::vector<ScopeChange> scopeTold;
    std::vector<AskOutcomes> outcomesToAsk;
    int unseenWithdrawn = 0;

private:
    std::optional<SendRequest> m_request;
    std::optional<StoreWork> m_work;
    std::map<TimerId, std::int64_t> m_timers; // due, on the boot clock
};

} // namespace Counterfoil
