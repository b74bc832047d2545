#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace Counterfoil {

// What is counted, and the figures of the moment, in Prometheus' text form.
struct Metrics
{
    std::map<int, std::int64_t> answersByStatus;
    std::int64_t liveFrames = 0;
    std::int64_t committedChanges = 0;
    std::int64_t documentsIssued = 0;
    std::int64_t documentsServed = 0;
    std::int64_t documentBytes = 0;
    std::int64_t commandsReceived = 0;
    std::int64_t commandsRepeated = 0;
    std::int64_t commandsApplied = 0;
    std::int64_t commandsRejected = 0;
    std::int64_t commandsInConflict = 0;
    std::int64_t hookCalls = 0;
    std::int64_t hookFailures = 0;
    std::int64_t hookEventsPassedOver = 0;
    std::int64_t erpErrors = 0;
    std::int64_t storeErrors = 0;

    struct Gauges
    {
        std::size_t liveConnections = 0;
        std::size_t documentWaits = 0;
        std::size_t unfinishedCommands = 0;
        std::int64_t logFirst = 0;
        std::int64_t logLast = 0;
        std::int64_t erpLagMs = 0;
        bool erpDown = false;
    };
    std::string text(const Gauges &gauges) const;
};

} // namespace Counterfoil
