#pragma once

#include "documentdesk.h"
#include "journaldesk.h"
#include "members.h"
#include "quotedesk.h"

namespace Counterfoil {

// The HTTP side of the protocol: finds the endpoint, admits the caller, answers.
class Requests
{
public:
    Requests(GatewayState &state, DocumentDesk &desk, QuoteDesk &quotes, UploadDesk &uploads,
             JournalDesk &commands, Members &members)
        : m_state(state)
        , m_desk(desk)
        , m_quotes(quotes)
        , m_uploads(uploads)
        , m_commands(commands)
        , m_members(members)
    { }

    HttpResponse answer(const HttpRequest &request);
    static std::size_t bodyBytes(std::string_view path); // that a request for it may have at most

private:
    using Handler = HttpResponse (Requests::*)(const HttpRequest &, const std::string &name);
    struct Route
    {
        std::string_view method;
        std::string_view path; // ending in '/': a name follows
        Handler handler;
    };
    static std::span<const Route> routes();

    HttpResponse signIn(const HttpRequest &request, const std::string &name);
    HttpResponse refresh(const HttpRequest &request, const std::string &name);
    HttpResponse signOut(const HttpRequest &request, const std::string &name);
    HttpResponse changePassword(const HttpRequest &request, const std::string &name);
    HttpResponse changes(const HttpRequest &request, const std::string &name);
    HttpResponse fixSnapshot(const HttpRequest &request, const std::string &name);
    HttpResponse list(const HttpRequest &request, const std::string &name);
    HttpResponse document(const HttpRequest &request, const std::string &name);
    HttpResponse quote(const HttpRequest &request, const std::string &name);
    HttpResponse beginUpload(const HttpRequest &request, const std::string &name);
    HttpResponse takeUpload(const HttpRequest &request, const std::string &name);
    HttpResponse giveUpload(const HttpRequest &request, const std::string &name);
    HttpResponse command(const HttpRequest &request, const std::string &name);
    HttpResponse outcomes(const HttpRequest &request, const std::string &name);
    HttpResponse members(const HttpRequest &request, const std::string &name);
    HttpResponse invite(const HttpRequest &request, const std::string &name);
    HttpResponse changeMember(const HttpRequest &request, const std::string &name);
    HttpResponse liveWithoutUpgrade(const HttpRequest &request, const std::string &name);
    HttpResponse openApi(const HttpRequest &request, const std::string &name);
    HttpResponse asyncApi(const HttpRequest &request, const std::string &name);
    HttpResponse health(const HttpRequest &request, const std::string &name);
    HttpResponse figures(const HttpRequest &request, const std::string &name);

    HttpResponse sessionAnswer(const Answer<SessionAnswer> &answer);
    Answer<SnapshotAnswer> snapshot(const GatewayState::Admitted &caller, const std::string &beyond);
    PageHead pageHead() const;

    GatewayState &m_state;
    DocumentDesk &m_desk;
    QuoteDesk &m_quotes;
    UploadDesk &m_uploads;
    JournalDesk &m_commands;
    Members &m_members;
};

} // namespace Counterfoil
