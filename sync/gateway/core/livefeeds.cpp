#include "livefeeds.h"

#include "codec.h"

#include <algorithm>

namespace Counterfoil {

namespace {

// What a frame's own fields take at most, besides its changes.
constexpr std::size_t frameHeadBytes = 4096;

// What the group may see of the entries, or nothing when that is too much for a frame.
std::optional<std::vector<std::string>> linesFor(const Scope &scope, const std::vector<LogEntry> &entries)
{
    std::vector<std::string> lines;
    std::size_t bytes = frameHeadBytes;
    for (const LogEntry &entry : entries) {
        const auto sight = scope.sight(entry);
        if (sight == Scope::Sight::Hidden)
            continue;
        if (sight == Scope::Sight::Removal) {
            lines.push_back(scope.removalLine(entry));
        } else {
            auto line = scope.recordLine(*entry.kind, entry.text);
            if (!line)
                return std::nullopt;
            lines.push_back(*std::move(line));
        }
        bytes += lines.back().size() + 1;
        if (lines.size() > Limits::frameChanges || bytes > Limits::frameBytes)
            return std::nullopt;
    }
    return lines;
}

} // namespace

void LiveFeeds::setTokenExpiry(ConnectionId connection, Instant expiresAt)
{
    if (const auto found = m_connections.find(connection); found != m_connections.end())
        found->second.tokenExpiresAt = expiresAt;
}

std::shared_ptr<const std::string> LiveFeeds::frame(const char *name, const Group &group, std::int64_t from,
                                                    const LogState &state, Freshness freshness,
                                                    const std::vector<std::string> &lines,
                                                    std::int64_t ping) const
{
    LiveFrame head;
    head.frame = name;
    head.from = Cursor{state.epoch, from, group.scope->hash()}.toString();
    head.to = Cursor{state.epoch, state.last, group.scope->hash()}.toString();
    head.toSeq = state.last;
    head.ping = ping;
    head.lagMs = freshness.lagMs;
    head.erpDown = freshness.erpDown;
    return std::make_shared<const std::string>(encodeFrame(head, lines));
}

void LiveFeeds::send(ConnectionId id, std::shared_ptr<const std::string> text, LiveEffects &effects)
{
    ++m_metrics.liveFrames;
    effects.push_back({id, std::move(text)});
}

void LiveFeeds::open(ConnectionId id, Connection connection, const ScopePtr &scope, std::int64_t after,
                     const LogState &state, const std::optional<std::vector<std::string>> &lines,
                     Freshness freshness, LiveEffects &effects)
{
    pullMissed(state, freshness, effects);
    Group &group = m_groups[scope->hash()];
    if (!group.scope) {
        group.scope = scope;
        group.position = state.last;
    }
    if (group.position != state.last) {
        const auto text = frame("changes", group, group.position, state, freshness, {});
        for (const ConnectionId member : group.members)
            send(member, text, effects);
        group.position = state.last;
    }
    group.members.push_back(id);
    ++m_perUser[connection.user];
    connection.group = scope->hash();
    m_connections[id] = std::move(connection);
    const char *name = lines ? "changes" : "pull";
    send(id, frame(name, group, after, state, freshness, lines.value_or(std::vector<std::string>())),
         effects);
}

// Entries that were stored but, because something failed right after, never published. A range that
// passed over them would be a lie; a pull finds them.
void LiveFeeds::pullMissed(const LogState &state, Freshness freshness, LiveEffects &effects)
{
    if (m_last == state.last)
        return;
    m_last = state.last;
    for (auto &[hash, group] : m_groups) {
        const auto text = frame("pull", group, group.position, state, freshness, {});
        group.position = state.last;
        for (const ConnectionId member : group.members)
            send(member, text, effects);
    }
}

void LiveFeeds::publish(const std::vector<LogEntry> &entries, const LogState &state, Freshness freshness,
                        LiveEffects &effects)
{
    if (entries.front().sequence != m_last + 1)
        return pullMissed(state, freshness, effects);
    m_last = state.last;
    for (auto &[hash, group] : m_groups) {
        const auto lines = linesFor(*group.scope, entries);
        if (lines && lines->empty())
            continue;
        const auto text = frame(lines ? "changes" : "pull", group, group.position, state, freshness,
                                lines.value_or(std::vector<std::string>()));
        group.position = state.last;
        for (const ConnectionId member : group.members)
            send(member, text, effects);
    }
}

void LiveFeeds::pong(ConnectionId id, std::int64_t ping, const LogState &state, Freshness freshness,
                     LiveEffects &effects)
{
    const auto connection = m_connections.find(id);
    if (connection == m_connections.end())
        return;
    pullMissed(state, freshness, effects);
    Group &group = m_groups[connection->second.group];
    if (group.position != state.last && group.members.size() > 1) {
        const auto text = frame("changes", group, group.position, state, freshness, {});
        for (const ConnectionId member : group.members) {
            if (member != id)
                send(member, text, effects);
        }
    }
    send(id, frame("pong", group, group.position, state, freshness, {}, ping), effects);
    group.position = state.last;
}

void LiveFeeds::nudge(const std::set<std::string> &people, LiveEffects &effects)
{
    static const auto text = std::make_shared<const std::string>(encodeFrame({.frame = "outcomes"}, {}));
    for (const auto &[id, connection] : m_connections) {
        if (people.contains(connection.user))
            send(id, text, effects);
    }
}

void LiveFeeds::close(ConnectionId id, const std::string &name, std::string_view reason, LiveEffects &effects)
{
    if (!name.empty()) {
        LiveFrame last;
        last.frame = name;
        last.reason = reason;
        send(id, std::make_shared<const std::string>(encodeFrame(last, {})), effects);
    }
    effects.push_back({id, nullptr});
    forget(id);
}

void LiveFeeds::forget(ConnectionId id)
{
    const auto connection = m_connections.find(id);
    if (connection == m_connections.end())
        return;
    const auto group = m_groups.find(connection->second.group);
    std::erase(group->second.members, id);
    if (group->second.members.empty())
        m_groups.erase(group);
    if (--m_perUser[connection->second.user] == 0)
        m_perUser.erase(connection->second.user);
    m_connections.erase(connection);
}

} // namespace Counterfoil
