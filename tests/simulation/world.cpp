#include "world.h"

#include <cstdio>

namespace Counterfoil {

const char *nameOf(Fault fault)
{
    static constexpr const char *names[] = {
        "message lost",  "message twice", "message cut",     "connection cut", "unplugged",  "client crash",
        "gateway crash", "power loss",    "disk error",      "disk full",      "clock jump", "sleep",
        "long absence",  "scope change",  "account move",    "log expiry",     "new epoch",  "restore",
        "upgrade",       "ERP down",      "ERP answer lost", "ERP refusal"};
    static_assert(std::size(names) == faultKinds);
    return names[static_cast<std::size_t>(fault)];
}

void World::runUntil(std::int64_t end)
{
    while (!m_events.empty() && m_events.top().at <= end) {
        const Event event = std::move(const_cast<Event &>(m_events.top())); // its order stays as it is
        m_events.pop();
        m_now = std::max(m_now, event.at);
        ++m_happened;
        event.what();
        if (afterEach)
            afterEach();
    }
    m_now = std::max(m_now, end);
}

void World::note(std::string_view who, std::string_view what, std::string_view about)
{
    const auto add = [this](std::string_view text) {
        for (const char c : text)
            m_trace = (m_trace ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        m_trace = (m_trace ^ 0xff) * 0x100000001b3;
    };
    add(who);
    add(what);
    add(about);
    add(std::string_view(reinterpret_cast<const char *>(&m_now), sizeof m_now));
    if (!tellsStory)
        return;
    char time[32];
    std::snprintf(time, sizeof time, "%10.3f  ", static_cast<double>(m_now - 1'000'000) / 1'000.0);
    std::string line = time;
    line.append(who).append(": ").append(what);
    if (!about.empty())
        line.append(" ").append(about);
    story.push_back(std::move(line));
}

void World::goesWrong(Fault fault, std::string_view who, std::string_view about)
{
    ++m_faults[static_cast<std::size_t>(fault)];
    note(who, nameOf(fault), about);
}

} // namespace Counterfoil
