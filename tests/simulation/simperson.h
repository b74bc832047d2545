#pragma once

#include "simclient.h"
#include "simerp.h"

namespace Counterfoil {

// Somebody at a client who asks for things, on the footing of what the window would show them: the cache and
// what lies over it.
class SimPerson
{
public:
    SimPerson(World &world, SimErp &erp, SimClient &client)
        : m_world(world)
        , m_erp(erp)
        , m_client(client)
    { }

    void act(); // one thing, or a few that belong together; nothing while the client is down

private:
    struct Shown // a record as the person sees it
    {
        const RecordType *kind = nullptr;
        std::string account;
        std::string key; // or resultOf()
        AnyRecord record;
        std::int64_t version = 0; // 0: not a fact
        std::string after;
    };

    std::vector<Shown> shown(const RecordType &kind);
    std::optional<Shown> oneOf(std::vector<Shown> all);
    Command begin(std::string_view verb, const Shown &of);
    AnyRecord edited(const Shown &of);
    std::string word(const std::string &account);

    std::string makeNew();
    void edit(const RecordType &kind, int times);
    void editNew();
    void setDefault(const std::string &made);
    void retire();
    void decide();
    void cancel();

    World &m_world;
    SimErp &m_erp;
    SimClient &m_client;
};

} // namespace Counterfoil
