#pragma once

#include "commandjudge.h"

#include <map>
#include <set>

namespace Counterfoil {

// Says whether a run was right: what must hold at every moment as it happens, and what must come true once
// nothing goes wrong any more. Knows the ERP, the gateway's list of people and the clients' files; knows
// nothing of what makes the trouble, and shares no code with it.
class Judge final : public ClientWitness
{
public:
    Judge(World &world, SimErp &erp, SimGateway &gateway);

    void afterEvent();
    void published(SimClient &client) override;
    void cacheChanged(SimClient &client) override;
    void outboxChanged(SimClient &client) override { m_commands.outboxChanged(client); }
    void submitted(SimClient &client, const Command &command) override
    {
        m_commands.submitted(client, command);
    }
    void withdrawing(SimClient &client, const std::vector<std::string> &accounts, bool all) override;
    void purged(SimClient &client, const std::vector<std::string> &accounts) override;

    // In the end, with the client running: empty when all is right.
    std::string unsettled(SimClient &client);
    // With the client gone: nothing that its person may not see is in any of its files.
    void checkBytes(SimClient &client);
    // The cache holds everything that its cursor stands for, whatever else is still on its way.
    void checkCovered(SimClient &client);

    void complain(const std::string &what);
    const std::vector<std::string> &violations() const { return m_violations; }
    int commands() const { return m_commands.count(); }

private:
    struct Seen
    {
        User user;
        bool known = false;
        std::vector<User> had; // all rights that were ever in force
        int diskTroubles = 0;
    };

    void lookAtRights();
    // It was out of the person's sight at some time.
    bool wasLost(const Seen &seen, const std::string &account);
    Seen &of(const SimClient &client);
    bool sees(const User &user, const std::string &accountOrAssortment);
    bool sees(const User &user, const Change &change);
    const std::set<std::string> &grantedTo(const std::string &assortment); // accounts
    std::string difference(SimClient &client, const User &user);
    AnyRecord asSeenBy(const User &user, const Change &change) const;

    World &m_world;
    SimErp &m_erp;
    SimGateway &m_gateway;
    CommandJudge m_commands;
    std::map<std::size_t, Seen> m_seen;
    int m_rightsSeen = -1; // version
    std::size_t m_askedSeen = 0;
    std::map<std::string, std::set<std::string>, std::less<>> m_grantedTo; // by assortment
    std::size_t m_historySeen = 0;
    std::vector<std::string> m_violations;
};

} // namespace Counterfoil
