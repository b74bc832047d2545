#include "righttoleft.h"

#include <algorithm>
#include <iterator>

namespace Counterfoil {

namespace {

using Letters = QList<uint>;
using Words = std::vector<TextBox>::iterator;

bool isFromTheRight(uint letter)
{
    const QChar::Direction direction = QChar::direction(letter);
    return direction == QChar::DirR || direction == QChar::DirAL;
}

bool isFromTheLeft(uint letter)
{
    return QChar::direction(letter) == QChar::DirL;
}

bool isFigure(uint letter)
{
    const QChar::Direction direction = QChar::direction(letter);
    return direction == QChar::DirEN || direction == QChar::DirAN;
}

bool has(const TextBox &word, bool (*which)(uint letter))
{
    return std::ranges::any_of(word.text.toUcs4(), which);
}

// Figures and Latin stand in it as they always do: in "מק־12.50", the 1 comes before the 2.
QString spoken(const QString &seen)
{
    Letters letters = seen.toUcs4();
    std::ranges::reverse(letters);
    const auto standsAsItIs = [](uint letter) { return isFromTheLeft(letter) || isFigure(letter); };
    for (auto from = std::ranges::find_if(letters, standsAsItIs); from != letters.end();) {
        auto to = from;
        for (auto next = from; next != letters.end() && !isFromTheRight(*next); ++next) {
            if (standsAsItIs(*next))
                to = std::next(next);
        }
        std::reverse(from, to);
        from = std::find_if(to, letters.end(), standsAsItIs);
    }
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(letters.constData()), letters.size())
        .normalized(QString::NormalizationForm_KC);
}

bool followsOnItsLine(const TextBox &word, const TextBox &next)
{
    const double shared
        = std::min(word.box.bottom(), next.box.bottom()) - std::max(word.box.top(), next.box.top());
    return shared * 2 >= std::min(word.box.height(), next.box.height())
        && next.box.left() >= word.box.center().x();
}

// What is after a word on the paper is before it in the other order, and so is the space between them.
void turnRound(Words from, Words to)
{
    const bool spaceAfterAll = std::prev(to)->spaceAfter;
    std::reverse(from, to);
    for (auto word = from; std::next(word) != to; ++word)
        word->spaceAfter = std::next(word)->spaceAfter;
    std::prev(to)->spaceAfter = spaceAfterAll;
}

// All of a line, or, in one that has words from the left as well, the words from the right that are next to
// each other.
void turnLine(Words from, Words to)
{
    if (std::none_of(from, to, [](const TextBox &word) { return has(word, isFromTheLeft); }))
        return turnRound(from, to);
    for (auto first = std::find_if(from, to, readsFromTheRight); first != to;) {
        const auto end = std::find_if_not(first, to, readsFromTheRight);
        turnRound(first, end);
        first = std::find_if(end, to, readsFromTheRight);
    }
}

} // namespace

bool readsFromTheRight(const TextBox &word)
{
    return has(word, isFromTheRight);
}

void putInSpokenOrder(std::vector<TextBox> &words)
{
    for (auto from = words.begin(); from != words.end();) {
        auto to = std::next(from);
        while (to != words.end() && followsOnItsLine(*std::prev(to), *to))
            ++to;
        bool turns = false;
        for (auto word = from; word != to; ++word) {
            if (!readsFromTheRight(*word))
                continue;
            turns = true;
            word->text = spoken(word->text);
        }
        if (turns)
            turnLine(from, to);
        from = to;
    }
}

} // namespace Counterfoil
