#pragma once

#include "connector.h"
#include "trytonreader.h"

namespace Counterfoil {

// Hands out the documents that Tryton makes. One that takes too long or fails is set aside, since whoever
// asks for it again would keep everything else waiting as long.
class TrytonPapers
{
public:
    TrytonPapers(TrytonSession &session, TrytonReader &reader, const Clock &clock)
        : m_session(session)
        , m_reader(reader)
        , m_clock(clock)
    { }

    // As Connector::document(). Blocks at most some calls' budgets.
    Result<IssuedDocument> document(const std::string &key);

private:
    struct Aside
    {
        Error error; // that is answered until then
        BootTime until;
        std::int64_t pauseMs = 0;
    };
    Result<IssuedDocument> make(const std::string &key, std::int64_t invoice);
    Result<QByteArray> report(std::int64_t invoice);
    void setAside(std::int64_t invoice, const Error &error);

    TrytonSession &m_session;
    TrytonReader &m_reader;
    const Clock &m_clock;
    std::map<std::int64_t, Aside> m_aside; // by invoice
};

} // namespace Counterfoil
