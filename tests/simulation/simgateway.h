#pragma once

#include "gatewaycore.h"
#include "scriptederp.h"
#include "sqlitegatewaystore.h"

#include "memorydisk.h"

#include <map>
#include <memory>

namespace Counterfoil {

// The real gateway core on a real file, with the world as its shell.
class SimGateway
{
public:
    SimGateway(World &world, const Faults &faults, ScriptedErp &erp);

    void start();
    void die(); // without a goodbye; the file stays
    bool isUp() const { return m_core != nullptr; }
    void renewEpoch(); // as when a backup was restored
    void trim();       // of the log only the newest few stay

    HttpResponse handle(HttpRequest request); // status 0: it died over it

    using Deliver = std::function<void(std::shared_ptr<const std::string> text)>; // null: closed
    ConnectionId nextConnection() { return ++m_lastConnection; }
    // The answer is 0 for accepted, or the HTTP status of the refusal.
    int openLive(ConnectionId id, const HttpRequest &request, Deliver deliver);
    void receive(ConnectionId id, const std::string &text);
    void closed(ConnectionId id);

    void putUser(const std::string &name, const std::string &role, const std::vector<std::string> &accounts,
                 bool disabled = false);

    static constexpr int pageChanges = 7; // small, so that every listing and pull has many pages
    static constexpr const char *password = "correct horse";

private:
    void pump(std::uint64_t life);
    void tick(std::uint64_t life);
    void perform(const LiveEffects &effects);

    World &m_world;
    const Faults &m_faults;
    ScriptedErp &m_erp;
    MemoryDisk m_disk;
    std::unique_ptr<SqliteGatewayStore> m_store;
    std::unique_ptr<GatewayCore> m_core;
    std::map<ConnectionId, Deliver> m_connections;
    std::uint64_t m_life = 0;
    ConnectionId m_lastConnection = 0;
    std::string m_passwordHash;
};

} // namespace Counterfoil
