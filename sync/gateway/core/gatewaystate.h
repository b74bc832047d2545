#pragma once

#include "accounttree.h"
#include "erpwatch.h"
#include "gatewaycore.h"
#include "livefeeds.h"
#include "logrange.h"
#include "metrics.h"
#include "refusal.h"
#include "scope.h"
#include "sessions.h"

#include <unordered_set>

namespace Counterfoil {

// What the parts of the core share.
struct GatewayState
{
    GatewayState(GatewayStore &gatewayStore, const Clock &systemClock, Random &chance, GatewaySettings given);

    Outcome load(); // what is kept in memory of the store's contents
    LiveFeeds::Freshness freshness() const { return {erpWatch.lagMs(), erpWatch.isDown()}; }

    struct Admitted
    {
        Caller caller;
        ScopePtr scope;
        LogState log;
    };
    Answer<Admitted> admit(const std::string &accessToken);

    // The cursor as a place in today's log, or why it has none.
    Answer<std::int64_t> place(const std::string &cursorText, const Admitted &admitted);
    Answer<Cursor> cursorOf(const std::string &text, const Admitted &admitted) const; // whatever its scope
    // The accounts that this person sees and that scope did not.
    Answer<std::set<std::string>> accountsBeyond(const std::string &oldHash, const Admitted &admitted);
    Answer<std::string> cursorAt(std::int64_t sequence, const Admitted &admitted);
    Refusal scopeChanged(const std::string &oldHash, const Admitted &admitted);

    HttpResponse problem(const Refusal &refusal);

    GatewayStore &store;
    const Clock &clock;
    Random &random;
    const GatewaySettings settings;
    Sessions sessions;
    AccountTree tree;
    Metrics metrics;
    LiveFeeds live;
    ErpWatch erpWatch;
    std::unordered_set<std::string> rememberedScopes; // with whose they are
    std::int64_t rightsVersion = 0;
    Instant lastHousekeeping;
    WaitId lastWait = 0;     // of all requests that wait for the ERP
    std::uint64_t order = 0; // counts questions to the ERP and answers of it
    bool loaded = false;
};

} // namespace Counterfoil
