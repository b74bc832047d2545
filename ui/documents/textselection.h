#pragma once

#include "pagetext.h"

namespace Counterfoil {

// The words that a person selects: begun at one place, drawn on to another, by words or by whole lines.
class TextSelection
{
public:
    enum class By { Word, Line };

    explicit TextSelection(const PageText &text)
        : m_text(text)
    { }

    const WordRange &range() const { return m_range; }

    void press(const WordPlace &place); // where a selection may begin; selects nothing yet
    void begin(const WordPlace &place, By by);
    void extendTo(const WordPlace &place); // from where it was begun
    void selectPages(int count);
    void clear();

private:
    WordRange unitAt(const WordPlace &place) const;

    const PageText &m_text;
    By m_by = By::Word;
    WordRange m_start;
    WordRange m_range;
};

} // namespace Counterfoil
