#pragma once

#include "sandboxerp.h"
#include "simulation.h"

#include <mutex>

namespace Counterfoil {

class SandboxErp::Private
{
public:
    Private(Sqlite::Database writer, Sqlite::Database reader, const SandboxSettings &opened)
        : writing(std::move(writer))
        , reading(std::move(reader))
        , settings(opened)
    { }

    Outcome start(Instant now);
    Outcome loadSimulation();
    Outcome takeSteps(std::int64_t until, Advance &result);
    std::int64_t checkAt(std::int64_t check) const;
    std::int64_t mostAhead() const;
    Outcome readBatch(std::int64_t after, int limit, ErpBatch &batch);
    void notify();
    // Carries `work` out in a transaction of its own, in its turn, with the simulation there.
    Outcome write(const std::function<Outcome()> &work);
    Outcome edit(const AnyRecord &record, Instant now);

    // Written under `turn`; `readBooks` by the connector's thread alone.
    std::mutex turn;
    Sqlite::Database writing;
    Sqlite::Database reading;
    SandboxSettings settings;
    std::string epoch; // tells this company's positions from another's
    std::unique_ptr<Sandbox::Books> books;
    std::unique_ptr<Sandbox::Books> readBooks;
    std::unique_ptr<Sandbox::Company> company;
    std::unique_ptr<Sandbox::Simulation> simulation; // null: to be loaded from the books
    Sandbox::CompanyClock clock;
    Instant lastSeen;             // the latest wall time given
    std::int64_t checks = 0;      // so many moments, evenly spaced by the rate of changes, have passed
    std::int64_t aheadOfRate = 0; // changes made above one for each check, as far as that is remembered

    std::mutex drawingTurn; // taken before `turn`
    std::mutex callbackTurn;
    std::function<void()> callback;
};

} // namespace Counterfoil
