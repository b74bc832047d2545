#pragma once

#include "simclient.h"
#include "simerp.h"

#include <map>
#include <set>

namespace Counterfoil {

// Judges what becomes of what people asked for, by the ERP's own books: nothing is lost, nothing happens
// twice or in another order than it was given, and nobody is told what is not so.
class CommandJudge
{
public:
    using Complain = std::function<void(const std::string &)>;

    // Whether the account was out of the person's sight at any time.
    using WasLost = std::function<bool(const SimClient &, const std::string &account)>;

    CommandJudge(SimErp &erp, Complain complain, WasLost wasLost)
        : m_erp(erp)
        , m_complain(std::move(complain))
        , m_wasLost(std::move(wasLost))
    { }

    void submitted(const SimClient &client, const Command &command);
    void outboxChanged(SimClient &client);
    void cacheChanged(SimClient &client) { checkEffects(client); }
    void withdrawn(const SimClient &client, const std::vector<std::string> &accounts, bool all);
    void checkBooks(); // of the ERP, as far as they are new

    int count() const { return static_cast<int>(m_wishes.size()); }

    // What is still open at a client; empty: nothing.
    std::string unsettled(SimClient &client);

private:
    using State = OutboxEntry::State;

    struct Wish
    {
        std::size_t client = 0;
        Command command;
        std::int64_t order = 0; // in which they were asked for
        State state = State::Queued;
        bool dismissed = false;
        bool replaced = false;
        bool seen = false;  // in the outbox, in this look
        bool mayGo = false; // access to its account ended
        bool gone = false;
        bool shown = false; // its effect was found in the cache as its outcome says
        CommandOutcome outcome;
    };

    const ErpEffect *effectOf(const std::string &key) const;
    std::string recordOf(const Wish &wish) const; // "kind key", as far as it is known
    void checkState(const Wish &wish);
    void checkGone(Wish &wish);
    void checkEffects(SimClient &client);
    bool isDead(const std::string &key) const;

    SimErp &m_erp;
    Complain m_complain;
    WasLost m_wasLost;
    std::map<std::string, Wish> m_wishes;
    std::map<std::string, std::size_t> m_effects; // command to its first effect
    std::size_t m_judged = 0;                     // effects
    std::int64_t m_lastOrder = 0;
};

} // namespace Counterfoil
