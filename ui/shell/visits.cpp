#include "visits.h"

namespace Counterfoil {

void Visits::visit(const RecordRef &ref)
{
    if (ref.isNull() || (m_at >= 0 && m_refs[m_at] == ref))
        return;
    m_refs = m_refs.mid(0, m_at + 1);
    m_refs.append(ref);
    if (m_refs.size() > most)
        m_refs.removeFirst();
    m_at = m_refs.size() - 1;
}

std::optional<RecordRef> Visits::step(int by)
{
    const qsizetype next = m_at + by;
    if (next < 0 || next >= m_refs.size())
        return std::nullopt;
    m_at = next;
    return m_refs[next];
}

} // namespace Counterfoil
