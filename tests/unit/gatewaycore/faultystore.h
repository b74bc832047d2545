#pragma once

#include "gatewaystore.h"

namespace Counterfoil::Testing {

// A journal whose writes fail when the test says so: before anything was written, or after all of it was.
class FaultyJournal final : public CommandJournal
{
public:
    enum class Fault { None, Before, After };

    explicit FaultyJournal(CommandJournal &whole)
        : m_whole(whole)
    { }

    Result<std::optional<JournalEntry>> find(const std::string &key) override { return m_whole.find(key); }
    Outcome receive(const JournalEntry &entry, const std::string &body) override
    {
        return write([&] { return m_whole.receive(entry, body); });
    }
    Outcome dispatch(const std::string &key) override
    {
        return write([&] { return m_whole.dispatch(key); });
    }
    Outcome countFailure(const std::string &key) override
    {
        return write([&] { return m_whole.countFailure(key); });
    }
    Outcome finish(const JournalEntry &entry, const std::string &outcome, Instant now) override
    {
        return write([&] { return m_whole.finish(entry, outcome, now); });
    }
    Outcome settle(const std::vector<std::string> &keys, std::int64_t effectSeq) override
    {
        return write([&] { return m_whole.settle(keys, effectSeq); });
    }
    Result<std::vector<OpenCommand>> open() override { return m_whole.open(); }
    Result<std::optional<std::string>> body(const std::string &key) override { return m_whole.body(key); }
    Result<std::optional<std::string>> outcome(const std::string &key) override
    {
        return m_whole.outcome(key);
    }
    Outcome forgetBodies(Instant endedBefore) override { return m_whole.forgetBodies(endedBefore); }

    int writes = 0;
    int faultAt = -1; // which write
    Fault fault = Fault::None;

private:
    template <class Work> Outcome write(Work work)
    {
        const Error full{ErrorKind::StorageFull, {}, QStringLiteral("no room")};
        const bool fails = writes++ == faultAt;
        if (fails && fault == Fault::Before)
            return full;
        const Outcome done = work();
        return fails && fault == Fault::After ? Outcome(full) : done;
    }

    CommandJournal &m_whole;
};

class FaultyStore final : public GatewayStore
{
public:
    explicit FaultyStore(GatewayStore &whole)
        : faulty(whole.journal())
        , m_whole(whole)
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
    Outcome renewEpoch() override { return m_whole.renewEpoch(); }
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
    CommandJournal &journal() override { return faulty; }
    HookPlaces &hookPlaces() override { return m_whole.hookPlaces(); }
    const GatewayDocuments &documents() const override { return m_whole.documents(); }

    FaultyJournal faulty;

private:
    GatewayStore &m_whole;
};

} // namespace Counterfoil::Testing
