#pragma once

#include "gatewaystore.h"

namespace Counterfoil::Testing {

// Another store, as it is.
class StoreBehind : public GatewayStore
{
public:
    explicit StoreBehind(GatewayStore &whole)
        : m_whole(whole)
    { }

    Result<LogState> logState() override { return m_whole.logState(); }
    Result<std::vector<LogEntry>> commit(const ErpBatch &batch, Instant askedAt, Instant now) override
    {
        return m_whole.commit(batch, askedAt, now);
    }
    Result<std::vector<LogEntry>> readLog(std::int64_t after, int limit) override
    {
        return m_whole.readLog(after, limit);
    }
    Result<std::string> changeText(const LogEntry &entry) override { return m_whole.changeText(entry); }
    Result<Listed> list(const Listing &listing) override { return m_whole.list(listing); }
    Result<std::int64_t> count(const Listing &listing) override { return m_whole.count(listing); }
    Result<std::optional<std::string>> recordText(const RecordType &kind, const std::string &key) override
    {
        return m_whole.recordText(kind, key);
    }
    Outcome trim(const Retention &retention, Instant now) override { return m_whole.trim(retention, now); }
    Outcome restored() override { return m_whole.restored(); }
    Outcome startOver() override { return m_whole.startOver(); }
    Outcome rememberScope(const std::string &user, const std::string &hash, const std::string &text,
                          Instant now) override
    {
        return m_whole.rememberScope(user, hash, text, now);
    }
    Result<std::optional<std::string>> scopeText(const std::string &user, const std::string &hash) override
    {
        return m_whole.scopeText(user, hash);
    }
    PeopleStore &people() override { return m_whole.people(); }
    CommandJournal &journal() override { return m_whole.journal(); }
    HookPlaces &hookPlaces() override { return m_whole.hookPlaces(); }
    const GatewayDocuments &documents() const override { return m_whole.documents(); }

private:
    GatewayStore &m_whole;
};

} // namespace Counterfoil::Testing
