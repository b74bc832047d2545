#pragma once

#include "simclient.h"

#include <QStringList>

#include <set>

namespace Counterfoil {

// One seed's story: a world goes wrong for a while, then faults stop, and everything has to come out
// right. What did not is in `complaints`.
class Schedule
{
public:
    explicit Schedule(std::uint64_t seed, int clients = 2);

    void goWrong();          // some minutes of faults of all kinds
    void comeRight();        // until all is the same everywhere, or the time for that is over
    void begin(int records); // gateway up, people known, clients started

    SimClient &client(std::size_t index) { return *m_clients[index]; }
    World &world() { return m_world; }
    Faults &faults() { return m_faults; }

    QStringList complaints;

private:
    struct Rights
    {
        std::string role;
        std::vector<std::string> accounts;
        std::int64_t changedAt = 0;
    };

    void doHarm();
    void changeRights(std::size_t who);
    void checkFreshness(std::size_t who);
    bool sees(const Rights &rights, const std::string &account) const;
    bool sees(const Rights &rights, const Change &change) const;
    QString difference(std::size_t who);       // empty: the cache is what the ERP says
    QString findForeignBytes(std::size_t who); // after the client is gone
    void complain(const QString &what) { complaints.append(what); }

    World m_world;
    Faults m_faults;
    ScriptedErp m_erp;
    SimGateway m_gateway;
    std::vector<std::unique_ptr<SimClient>> m_clients;
    std::vector<Rights> m_rights;
    std::set<std::size_t> m_everLost; // clients that lost an account
    std::int64_t m_quietFrom = 0;
};

} // namespace Counterfoil
