#pragma once

#include "clock.h"
#include "connector.h"
#include "random.h"

#include <map>
#include <memory>
#include <vector>

namespace Counterfoil {

class GatewayStore;

struct HttpRequest
{
    std::string method;
    std::string path; // decoded, without the query
    std::map<std::string, std::string> query; // decoded
    std::string bearer; // the access token from the Authorization header; may be empty
    std::string body;
    std::string peer; // the caller's address, for rate limits and the log
};

struct HttpResponse
{
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
    std::int64_t retryAfterMs = 0;
};

using ConnectionId = std::uint64_t;

// What the shell has to do to open WebSockets after a call into the core.
struct LiveEffect
{
    ConnectionId connection = 0;
    std::shared_ptr<const std::string> text; // to send; null: close the connection
};
using LiveEffects = std::vector<LiveEffect>;

// The whole gateway but for its sockets: who is signed in, what they may see, the change log, the
// snapshot, the live frames. Takes events and returns effects; owns no socket, thread or timer and
// reads time and chance only from what it was given. One thread at a time.
class GatewayCore
{
public:
    GatewayCore(GatewayStore &store, Connector &erp, const Clock &clock, Random &random);
    ~GatewayCore();

    HttpResponse handle(const HttpRequest &request);

    // A client asks to upgrade GET /v1/live?after=CURSOR. Not accepted: `refusal` is the HTTP answer.
    struct LiveOpening
    {
        bool accepted = false;
        HttpResponse refusal;
        LiveEffects effects; // to be carried out once the upgrade is done
    };
    LiveOpening openLive(ConnectionId connection, const HttpRequest &request);
    LiveEffects receive(ConnectionId connection, const std::string &text);
    void closed(ConnectionId connection);

    // Fetches one batch from the ERP, commits it to the log, and says whom to tell. `more`: call
    // again at once. To be called when the connector calls back, and at least every 500 ms.
    struct PumpResult
    {
        LiveEffects effects;
        bool more = false;
    };
    PumpResult pump();

    // Closes what has expired and re-authorises open connections. To be called once a second.
    LiveEffects tick();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
