#include "livefeed.h"

#include "tuning.h"

#include <iterator>
#include <utility>

namespace Counterfoil {

void LiveFeed::start(std::string cursor)
{
    *this = LiveFeed();
    m_head = cursor;
    m_stored = std::move(cursor);
}

bool LiveFeed::take(ChangeFrame frame, std::optional<Proof> proof)
{
    const LiveFrame &head = frame.head;
    if (head.from != m_head || head.to.empty() || (head.to == head.from && !frame.changes.empty()))
        return false;
    if (m_waiting.size() >= Tuning::queuedFrames
        || m_waitingChanges + frame.changes.size() > Tuning::queuedChanges)
        return false;
    m_head = head.to;
    if (m_waiting.empty() && m_storing.empty() && head.to == m_stored) {
        if (proof)
            m_settled = proof;
        return true;
    }
    m_waitingChanges += frame.changes.size();
    m_waiting.push_back({std::move(frame.changes), head.to, head.toSeq, proof});
    return true;
}

std::optional<ApplyChanges> LiveFeed::nextWork()
{
    if (m_waiting.empty() || !m_storing.empty())
        return std::nullopt;
    ApplyChanges work;
    work.changes.reserve(m_waitingChanges);
    for (Waiting &waiting : m_waiting) {
        std::move(waiting.changes.begin(), waiting.changes.end(), std::back_inserter(work.changes));
        work.cursor = std::move(waiting.to);
        work.covered = waiting.toSeq;
        if (waiting.proof)
            m_storingProof = waiting.proof;
    }
    m_waiting.clear();
    m_waitingChanges = 0;
    m_storing = work.cursor;
    return work;
}

void LiveFeed::stored()
{
    m_stored = std::exchange(m_storing, {});
    if (m_storingProof)
        m_settled = std::exchange(m_storingProof, std::nullopt);
    while (!m_waiting.empty() && m_waiting.front().changes.empty() && m_waiting.front().to == m_stored) {
        if (m_waiting.front().proof)
            m_settled = m_waiting.front().proof;
        m_waiting.pop_front();
    }
}

std::optional<Proof> LiveFeed::settled()
{
    return std::exchange(m_settled, std::nullopt);
}

} // namespace Counterfoil
