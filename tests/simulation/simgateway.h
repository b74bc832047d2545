#pragma once

#include "gatewaycore.h"
#include "memorydisk.h"
#include "simerp.h"
#include "sqlitegatewaystore.h"
#include "world.h"

#include <map>
#include <memory>
#include <set>

namespace Counterfoil {

// The real gateway core on a real store, with the world as its shell, and the line to its ERP, on which
// messages take their time and get lost.
class SimGateway
{
public:
    SimGateway(World &world, const Faults &faults, SimErp &erp);

    void start();
    void die(bool powerLost); // without a goodbye; the disk stays
    void dieSoon();           // between two writes, or right after one
    bool isUp() const { return m_core != nullptr; }
    MemoryDisk &disk() { return m_disk; }

    void renewEpoch();
    void trim(); // of the log only the newest few stay
    void backUp() { m_backup = m_disk.image(); }
    void restore(); // what was backed up last, if anything
    int restores() const { return m_restores; }
    void setErpDown(bool down) { m_erpDown = down; }
    void setClock(std::int64_t shiftMs) { m_clock.shiftMs = shiftMs; }

    HttpResponse handle(HttpRequest request); // status 0: it died over it

    using Deliver = std::function<void(std::shared_ptr<const std::string> text)>; // null: closed
    ConnectionId nextConnection() { return ++m_lastConnection; }
    // The answer is 0 for accepted, or the HTTP status of the refusal.
    int openLive(ConnectionId id, const HttpRequest &request, Deliver deliver);
    void receive(ConnectionId id, const std::string &text);
    void closed(ConnectionId id);

    // An administrator does this beside the running gateway; false: it could not be stored.
    bool putUser(User user);
    std::optional<User> user(const std::string &name); // as stored; nothing while it is down
    // What putUser() was asked for since the beginning, stored or not.
    const std::vector<User> &askedUsers() const { return m_asked; }
    std::int64_t rightsChangedAt() const { return m_rightsChangedAt; }
    int rightsVersion() const { return m_rightsVersion; } // rises with every change
    SqliteGatewayStore *store() { return m_store.get(); }

    static constexpr int pageChanges = 7; // small, so that every listing and pull has many pages
    static constexpr const char *password = "correct horse";

private:
    void pumpIn(std::int64_t ms);
    void pump();
    void take(const GatewayCore::ErpQuestion &question, const Result<ErpBatch> &answer);
    void tick();
    void askErp();
    GatewayCore::CommandAnswer answerOfErp(const GatewayCore::CommandQuestion &question);
    void perform(const LiveEffects &effects);
    bool survived(); // the call just made; false: it is down now
    std::int64_t erpDelay() { return m_world.between(1, m_faults.slowestErpMs); }
    template <class What> void later(std::int64_t ms, What what); // unless it dies before

    World &m_world;
    const Faults &m_faults;
    SimErp &m_erp;
    MemoryDisk m_disk;
    SettableClock m_clock;
    std::unique_ptr<SqliteGatewayStore> m_store;
    std::unique_ptr<GatewayCore> m_core;
    std::map<ConnectionId, Deliver> m_connections;
    std::uint64_t m_life = 0;
    ConnectionId m_lastConnection = 0;
    std::string m_passwordHash;
    MemoryDisk::Image m_backup;
    int m_restores = 0;
    std::vector<User> m_asked;
    bool m_erpDown = false;
    bool m_pumping = false;
    std::uint64_t m_lastPump = 0;           // a later one planned makes an earlier one void
    std::int64_t m_dieAfter = -1;           // so many operations of the disk
    std::multiset<std::string> m_executing; // keys of commands on their way to the ERP
    std::int64_t m_rightsChangedAt = 0;
    int m_rightsVersion = 0;
};

} // namespace Counterfoil
