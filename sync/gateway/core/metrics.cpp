#include "metrics.h"

namespace Counterfoil {

std::string Metrics::text(const Gauges &gauges) const
{
    std::string out;
    const auto add = [&out](const char *name, const char *type, const char *help, std::int64_t value) {
        const std::string full = std::string("counterfoil_") + name;
        out += "# HELP " + full + ' ' + help + "\n# TYPE " + full + ' ' + type + '\n' + full + ' '
            + std::to_string(value) + '\n';
    };
    out += "# HELP counterfoil_http_answers_total Answers by HTTP status.\n"
           "# TYPE counterfoil_http_answers_total counter\n";
    for (const auto &[status, count] : answersByStatus)
        out += "counterfoil_http_answers_total{status=\"" + std::to_string(status) + "\"} "
            + std::to_string(count) + '\n';
    add("live_connections", "gauge", "Open WebSockets.", static_cast<std::int64_t>(gauges.liveConnections));
    add("live_frames_total", "counter", "Frames sent to WebSockets.", liveFrames);
    add("committed_changes_total", "counter", "Changes taken from the ERP since start.", committedChanges);
    add("log_first_sequence", "gauge", "Oldest cursor that can be answered.", gauges.logFirst);
    add("log_last_sequence", "gauge", "Newest entry of the log.", gauges.logLast);
    add("erp_lag_milliseconds", "gauge", "Time since the ERP was asked and had nothing more.",
        gauges.erpLagMs);
    add("erp_down", "gauge", "1 while the ERP cannot be reached.", gauges.erpDown ? 1 : 0);
    add("document_waits", "gauge", "Requests that wait for a document.",
        static_cast<std::int64_t>(gauges.documentWaits));
    add("documents_issued_total", "counter", "Documents taken from the ERP.", documentsIssued);
    add("documents_served_total", "counter", "Answers with a document, or a part of one.", documentsServed);
    add("document_bytes_total", "counter", "Bytes of documents in answers.", documentBytes);
    add("commands_unfinished", "gauge", "Commands without a final outcome.",
        static_cast<std::int64_t>(gauges.unfinishedCommands));
    add("commands_received_total", "counter", "Commands taken since start.", commandsReceived);
    add("commands_repeated_total", "counter", "Commands that had been taken before.", commandsRepeated);
    add("commands_applied_total", "counter", "Commands that the ERP did.", commandsApplied);
    add("commands_rejected_total", "counter", "Commands that were refused after they were taken.",
        commandsRejected);
    add("commands_conflicting_total", "counter", "Commands that somebody's change came before.",
        commandsInConflict);
    add("hook_calls_total", "counter", "Calls of hooks.", hookCalls);
    add("hook_failures_total", "counter", "Calls without an answer that could be used.", hookFailures);
    add("hook_events_passed_over_total", "counter", "Events that a hook refused for a day.",
        hookEventsPassedOver);
    add("erp_errors_total", "counter", "Questions to the ERP that failed.", erpErrors);
    add("store_errors_total", "counter", "Failures of the gateway's own store.", storeErrors);
    return out;
}

} // namespace Counterfoil
