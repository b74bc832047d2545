#pragma once

#include "judge.h"
#include "simclient.h"
#include "simperson.h"

#include <array>

namespace Counterfoil {

// How a run went.
struct Report
{
    std::uint64_t seed = 0;
    int clients = 0;
    std::int64_t events = 0;
    int faults = 0;
    std::array<int, faultKinds> byKind{};
    int commands = 0;       // that people saw queued
    int effects = 0;        // of them at the ERP
    bool cameRight = false; // liveness was judged as well
    std::uint64_t trace = 0;
    std::vector<std::string> violations;
    std::vector<std::string> story; // when asked for

    // What counts as a schedule worth the name.
    bool counts() const;
};

// One seed's life of a small company: it goes wrong for a while, and what must never happen is watched for
// all the time (safety); then, in most, faults stop, and everything has to come right within a bounded time
// (liveness).
class Schedule
{
public:
    enum class Erp { Scripted, Sandbox };

    Schedule(std::uint64_t seed, int clients, Erp erp = Erp::Scripted, bool tellsStory = false);

    static Report run(std::uint64_t seed, bool tellsStory = false); // all of it, as chance has it

    void begin(int records); // gateway up, people known, clients started
    void goWrong();
    void comeRight(); // until all is the same everywhere, or the time for that is over
    Report report() const;

    SimClient &client(std::size_t index) { return *m_clients[index]; }
    World &world() { return m_world; }

private:
    void doHarm();
    void crash();
    void harmClient(SimClient &client);
    void harmGateway();
    void harmDisk(MemoryDisk &disk, std::string_view whose);
    void changeRights(std::size_t who);
    void giveRights(std::size_t who); // until they are stored
    std::int64_t beAway();            // how long

    World m_world;
    Faults m_faults;
    std::uint64_t m_seed;
    std::unique_ptr<SimErp> m_erp;
    SimGateway m_gateway;
    Judge m_judge;
    std::vector<std::unique_ptr<SimClient>> m_clients;
    std::vector<SimPerson> m_people;
    std::vector<User> m_rights; // as the administrator wants them
    bool m_cameRight = false;
};

} // namespace Counterfoil
