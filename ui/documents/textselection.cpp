#include "textselection.h"

#include <algorithm>

namespace Counterfoil {

void TextSelection::press(const WordPlace &place)
{
    m_by = By::Word;
    m_start = unitAt(place);
    m_range = {};
}

void TextSelection::begin(const WordPlace &place, By by)
{
    m_by = by;
    m_start = unitAt(place);
    m_range = m_start;
}

void TextSelection::extendTo(const WordPlace &place)
{
    const WordRange end = unitAt(place);
    if (end.isEmpty())
        return;
    if (m_start.isEmpty())
        m_start = end;
    m_range = {std::min(m_start.first, end.first), std::max(m_start.last, end.last)};
}

void TextSelection::selectPages(int count)
{
    m_range = count > 0 ? WordRange{{0, 0}, {count - 1, WordRange::pastLastWord}} : WordRange{};
    m_start = m_range;
}

void TextSelection::clear()
{
    m_start = {};
    m_range = {};
}

WordRange TextSelection::unitAt(const WordPlace &place) const
{
    if (!place.isSet())
        return {};
    return m_by == By::Line ? m_text.lineOf(place) : WordRange{place, place};
}

} // namespace Counterfoil
