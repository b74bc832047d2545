#pragma once

#include "storebehind.h"

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
    Outcome wake(const std::string &key) override
    {
        return write([&] { return m_whole.wake(key); });
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

class FaultyStore final : public StoreBehind
{
public:
    explicit FaultyStore(GatewayStore &whole)
        : StoreBehind(whole)
        , faulty(whole.journal())
    { }

    CommandJournal &journal() override { return faulty; }

    FaultyJournal faulty;
};

} // namespace Counterfoil::Testing
