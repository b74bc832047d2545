#pragma once

#include "gatewaystate.h"

namespace Counterfoil {

// The HTTP side of the protocol: finds the endpoint, admits the caller, answers.
class Requests
{
public:
    explicit Requests(GatewayState &state)
        : m_state(state)
    { }

    HttpResponse answer(const HttpRequest &request);

private:
    using Handler = HttpResponse (Requests::*)(const HttpRequest &, const std::string &kind);
    struct Route
    {
        std::string_view method;
        std::string_view path; // ending in '/': a kind follows
        Handler handler;
    };
    static std::span<const Route> routes();

    HttpResponse signIn(const HttpRequest &request, const std::string &kind);
    HttpResponse refresh(const HttpRequest &request, const std::string &kind);
    HttpResponse signOut(const HttpRequest &request, const std::string &kind);
    HttpResponse changes(const HttpRequest &request, const std::string &kind);
    HttpResponse fixSnapshot(const HttpRequest &request, const std::string &kind);
    HttpResponse list(const HttpRequest &request, const std::string &kind);
    HttpResponse liveWithoutUpgrade(const HttpRequest &request, const std::string &kind);
    HttpResponse openApi(const HttpRequest &request, const std::string &kind);
    HttpResponse asyncApi(const HttpRequest &request, const std::string &kind);
    HttpResponse health(const HttpRequest &request, const std::string &kind);
    HttpResponse figures(const HttpRequest &request, const std::string &kind);

    HttpResponse sessionAnswer(const Answer<SessionAnswer> &answer);
    PageHead pageHead() const;

    GatewayState &m_state;
};

} // namespace Counterfoil
