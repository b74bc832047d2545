#pragma once

#include "effects.h"

#include <deque>
#include <optional>

namespace Counterfoil {

// Pings of one socket and their answers, by this machine's boot-time clock.
class Heartbeat
{
public:
    void start(const Now &now);       // a new socket; its opening counts as heard
    std::string ping(const Now &now); // the text to send

    // When the answered ping was sent; nothing for an answer to none of ours.
    std::optional<BootTime> answered(std::int64_t number);

    // How long the answer may still be missing; 0 or less: the socket is dead.
    std::int64_t msUntilSilent(const Now &now) const;

private:
    struct Sent
    {
        std::int64_t number = 0;
        BootTime at;
    };
    static constexpr std::size_t mostOutstanding = 8; // silence ends a socket long before

    std::deque<Sent> m_outstanding;
    std::int64_t m_last = 0; // rises over all sockets, so that a late answer fits none
    BootTime m_heardAt;
};

} // namespace Counterfoil
