#pragma once

#include "document.h"
#include "gatewaystate.h"

#include <deque>
#include <unordered_map>

namespace Counterfoil {

// Answers requests for documents: with what the store holds, else after asking the ERP, once for all who
// want the same one, also before its record says what was issued.
class DocumentDesk
{
public:
    explicit DocumentDesk(GatewayState &state)
        : m_state(state)
    { }

    HttpResponse answer(const HttpRequest &request, const std::string &key);

    std::optional<GatewayCore::DocumentQuestion> question();
    LateAnswers take(const GatewayCore::DocumentQuestion &question,
                     const Result<GatewayCore::KeptDocument> &kept);
    LateAnswers giveUp();
    std::size_t waits() const { return m_waits; }

private:
    struct Permitted
    {
        Document document;
        std::int64_t sequence = 0; // of its record
        std::string user;
    };
    struct Issued
    {
        std::int64_t sequence = 0; // of the record, which does not say so yet
        GatewayCore::KeptDocument kept;
    };
    struct Waiting
    {
        WaitId id = 0;
        std::string user;
        BootTime since;
        HttpRequest request;
    };
    struct Wanted
    {
        std::string sha256; // of its record
        bool asked = false;
        std::vector<Waiting> waiting; // may be empty once the ERP was asked and takes too long
    };

    Answer<Permitted> permit(const HttpRequest &request, const std::string &key);
    bool isKept(Permitted &wanted);
    HttpResponse wait(const HttpRequest &request, const Permitted &wanted);
    HttpResponse send(const HttpRequest &request, const Document &document);
    HttpResponse sendIssued(const HttpRequest &request, const GatewayCore::DocumentQuestion &question,
                            const Result<GatewayCore::KeptDocument> &kept);

    GatewayState &m_state;
    std::unordered_map<std::string, Issued> m_issued; // by key, until the ERP's log says so
    std::unordered_map<std::string, Wanted> m_wanted; // by key
    std::deque<std::string> m_unasked;                // keys, the longest wanted first
    std::size_t m_waits = 0;                          // requests, of all that is wanted
};

} // namespace Counterfoil
