#pragma once

#include "cursor.h"
#include "gatewaycore.h"
#include "messages.h"
#include "metrics.h"
#include "scope.h"

#include <set>
#include <unordered_map>

namespace Counterfoil {

// The open WebSockets, grouped by scope. All of a group stand at the same place in the log, so one
// text serves them all: a connection that joins brings the others up to the newest place too.
class LiveFeeds
{
public:
    struct Connection
    {
        std::string user;
        std::string session;
        Instant tokenExpiresAt;
        std::string group; // Scope::hash()
    };
    struct Freshness
    {
        std::int64_t lagMs = 0;
        bool erpDown = false;
    };

    explicit LiveFeeds(Metrics &metrics)
        : m_metrics(metrics)
    { }

    std::size_t size() const { return m_connections.size(); }
    std::size_t countOfUser(const std::string &user) const
    {
        return m_perUser.contains(user) ? m_perUser.at(user) : 0;
    }
    const std::unordered_map<ConnectionId, Connection> &connections() const { return m_connections; }
    void setTokenExpiry(ConnectionId connection, Instant expiresAt);

    // `lines`: what the newcomer lacks up to `state.last`; nothing: more than a frame takes.
    void open(ConnectionId id, Connection connection, const ScopePtr &scope, std::int64_t after,
              const LogState &state, const std::optional<std::vector<std::string>> &lines,
              Freshness freshness, LiveEffects &effects);
    void publish(const std::vector<LogEntry> &entries, const LogState &state, Freshness freshness,
                 LiveEffects &effects);
    void pong(ConnectionId id, std::int64_t ping, const LogState &state, Freshness freshness,
              LiveEffects &effects);
    // Tells these people's connections that commands of theirs came to an end.
    void nudge(const std::set<std::string> &people, LiveEffects &effects);
    // Sends a last frame ("scope" or "bye"; empty: none) and closes.
    void close(ConnectionId id, const std::string &name, std::string_view reason, LiveEffects &effects);
    void forget(ConnectionId id);

private:
    struct Group
    {
        ScopePtr scope;
        std::int64_t position = 0; // nothing that the scope shows lies between it and the newest entry
        std::vector<ConnectionId> members;
    };

    std::shared_ptr<const std::string> frame(const char *name, const Group &group, std::int64_t from,
                                             const LogState &state, Freshness freshness,
                                             const std::vector<std::string> &lines,
                                             std::int64_t ping = 0) const;
    void pullMissed(const LogState &state, Freshness freshness, LiveEffects &effects);
    void send(ConnectionId id, std::shared_ptr<const std::string> text, LiveEffects &effects);

    Metrics &m_metrics;
    std::unordered_map<ConnectionId, Connection> m_connections;
    std::unordered_map<std::string, std::size_t> m_perUser;
    std::unordered_map<std::string, Group> m_groups;
    std::int64_t m_last = 0; // the newest entry that the groups were told of, or that was none of theirs
};

} // namespace Counterfoil
