#include "pagewords.h"

#include "renderprotocol.h"
#include "righttoleft.h"

#include <poppler-qt6.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

namespace Counterfoil {

namespace {

constexpr qsizetype toldBefore = 60; // characters that are told of the line before a hit
constexpr qsizetype toldAfter = 120; // and from its beginning on

bool isSaneBox(const QRectF &box)
{
    const auto edge = [](double points) { return std::abs(points) <= RenderLimit::pageEdge; };
    return edge(box.x()) && edge(box.y()) && edge(box.width()) && edge(box.height());
}

// Columns of a table have no space written between them.
bool isApart(const TextBox &before, const TextBox &after)
{
    constexpr double visible = 0.15; // of the height
    return before.spaceAfter || after.box.left() - before.box.right() > visible * before.box.height();
}

// The words beside a hit: those that share at least half of their height with it.
void tellLine(TextHit &hit, const std::vector<TextBox> &words)
{
    std::vector<const TextBox *> line;
    for (const TextBox &word : words) {
        const double shared
            = std::min(word.box.bottom(), hit.box.bottom()) - std::max(word.box.top(), hit.box.top());
        if (shared * 2 >= std::min(word.box.height(), hit.box.height()))
            line.push_back(&word);
    }
    // Where some of it is written from the right, it is in order already.
    if (std::ranges::none_of(line, [](const TextBox *word) { return readsFromTheRight(*word); }))
        std::ranges::stable_sort(line, {}, [](const TextBox *word) { return word->box.left(); });
    QString text;
    qsizetype begin = -1;
    for (const TextBox *const &word : line) {
        if (begin < 0 && word->box.right() > hit.box.left() && word->box.left() < hit.box.right()) {
            // Within a word the hit begins about as far on as its box does.
            const double before = readsFromTheRight(*word) ? word->box.right() - hit.box.right()
                                                           : hit.box.left() - word->box.left();
            const double part = before / std::max(word->box.width(), 1.0);
            begin = text.size()
                + std::clamp(qsizetype(std::lround(part * double(word->text.size()))), qsizetype(0),
                             std::max(qsizetype(0), word->text.size() - 1));
        }
        text += word->text;
        if (&word != &line.back() && isApart(*word, **std::next(&word)))
            text += QLatin1Char(' ');
    }
    begin = std::clamp(begin, qsizetype(0), text.size());
    const qsizetype from = std::max(qsizetype(0), begin - toldBefore);
    hit.line = text.mid(from, begin - from + toldAfter);
    hit.begin = int(begin - from);
}

} // namespace

std::vector<TextBox> wordsOf(const Poppler::Page &page)
{
    std::vector<TextBox> words;
    for (const auto &word : page.textList()) {
        if (words.size() >= RenderLimit::wordsOfPage)
            break;
        if (isSaneBox(word->boundingBox()))
            words.push_back(
                {word->boundingBox(), word->text().left(RenderLimit::textLength), word->hasSpaceAfter()});
    }
    putInSpokenOrder(words);
    return words;
}

std::vector<TextHit> hitsOn(const Poppler::Page &page, const QString &words, bool matchCase)
{
    const Poppler::Page::SearchFlags flags
        = matchCase ? Poppler::Page::NoSearchFlags : Poppler::Page::IgnoreCase;
    // Poppler tells a hit that goes on in the next line as two boxes in a row, and does not say so. What
    // it finds without looking across lines is whole.
    const auto places = [](const QList<QRectF> &boxes) {
        std::set<std::pair<double, double>> corners;
        for (const QRectF &box : boxes)
            corners.emplace(box.x(), box.y());
        return corners;
    };
    const auto whole = places(page.search(words, flags));
    const QList<QRectF> boxes = page.search(words, flags | Poppler::Page::AcrossLines);
    std::vector<TextHit> hits;
    for (qsizetype i = 0; i < boxes.size() && hits.size() < RenderLimit::hitsOfPage; ++i) {
        TextHit hit;
        hit.box = boxes[i];
        if (!whole.contains({hit.box.x(), hit.box.y()}) && i + 1 < boxes.size())
            hit.continued = boxes[++i];
        if (isSaneBox(hit.box) && isSaneBox(hit.continued))
            hits.push_back(hit);
    }
    if (!hits.empty()) {
        const std::vector<TextBox> all = wordsOf(page);
        for (size_t i = 0; i < std::min<size_t>(hits.size(), RenderLimit::linesOfPage); ++i)
            tellLine(hits[i], all);
    }
    return hits;
}

} // namespace Counterfoil
