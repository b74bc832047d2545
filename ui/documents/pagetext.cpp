#include "pagetext.h"

#include <algorithm>

namespace Counterfoil {

namespace {

// How far a point lies from a box; lines count for more than places in a line, as a hand that selects
// strays along the line rather than across.
double distance(const QRectF &box, const QPointF &point)
{
    constexpr double across = 8;
    const double dx = std::max({box.left() - point.x(), point.x() - box.right(), 0.0});
    const double dy = std::max({box.top() - point.y(), point.y() - box.bottom(), 0.0});
    return dx + across * dy;
}

// The part of a range that lies on a page, as numbers of its words; empty when last is before first.
std::pair<int, int> partOn(int page, const WordRange &range, int count)
{
    if (range.isEmpty() || page < range.first.page || page > range.last.page)
        return {0, -1};
    return {page == range.first.page ? range.first.word : 0,
            page == range.last.page ? std::min(range.last.word, count - 1) : count - 1};
}

// Between a and b, whichever comes first along the line: writing may go from right to left.
double gapBetween(const QRectF &a, const QRectF &b)
{
    return std::max(b.left() - a.right(), a.left() - b.right());
}

// Columns of a table have no space written between them, but nobody wants their words run together.
bool spaceBetween(const TextBox &before, const TextBox &after)
{
    constexpr double visible = 0.15; // of the height
    return before.spaceAfter || gapBetween(before.box, after.box) > visible * before.box.height();
}

} // namespace

PageText::PageText(PageRenderer &renderer, QObject *parent)
    : QObject(parent)
    , m_renderer(renderer)
{
    connect(&renderer, &PageRenderer::words, this,
            [this](quint64 ticket, int page, const std::vector<TextBox> &words) {
                const auto asked = m_tickets.find(page);
                if (asked == m_tickets.end() || asked->second != ticket)
                    return;
                m_tickets.erase(asked);
                m_kept[page] = {words, ++m_wants};
                if (m_kept.size() > mostPagesKept)
                    m_kept.erase(
                        std::min_element(m_kept.begin(), m_kept.end(), [](const auto &a, const auto &b) {
                            return a.second.wanted < b.second.wanted;
                        }));
                Q_EMIT arrived(page);
            });
    connect(&renderer, &PageRenderer::failed, this, [this](quint64 ticket, const Error &error) {
        for (auto it = m_tickets.begin(); it != m_tickets.end(); ++it) {
            if (it->second == ticket) {
                if (error.kind == ErrorKind::BadInput || error.kind == ErrorKind::Timeout)
                    m_unreadable.insert(it->first); // and not when it only came at a bad moment
                m_tickets.erase(it);
                return;
            }
        }
    });
}

void PageText::clear()
{
    for (const auto &[page, ticket] : m_tickets)
        m_renderer.drop(ticket);
    m_tickets.clear();
    m_kept.clear();
    m_unreadable.clear();
}

void PageText::want(int page)
{
    if (const auto kept = m_kept.find(page); kept != m_kept.end())
        kept->second.wanted = ++m_wants;
    else if (!m_tickets.contains(page) && !m_unreadable.contains(page))
        m_tickets.emplace(page, m_renderer.text(page));
}

const std::vector<TextBox> *PageText::words(int page) const
{
    const auto found = m_kept.find(page);
    return found == m_kept.end() ? nullptr : &found->second.words;
}

int PageText::nearestWord(int page, const QPointF &point) const
{
    const std::vector<TextBox> *all = words(page);
    if (!all || all->empty())
        return -1;
    const auto nearest
        = std::min_element(all->begin(), all->end(), [&point](const TextBox &a, const TextBox &b) {
              return distance(a.box, point) < distance(b.box, point);
          });
    return static_cast<int>(nearest - all->begin());
}

bool PageText::isOnWord(int page, const QPointF &point) const
{
    const std::vector<TextBox> *all = words(page);
    return all && std::any_of(all->begin(), all->end(), [&point](const TextBox &word) {
               return word.box.contains(point);
           });
}

WordRange PageText::lineOf(const WordPlace &place) const
{
    const std::vector<TextBox> *all = words(place.page);
    if (!all || place.word < 0 || place.word >= static_cast<int>(all->size()))
        return {};
    auto first = static_cast<std::size_t>(place.word);
    auto last = first;
    while (first > 0 && onOneLine((*all)[first - 1], (*all)[first]))
        --first;
    while (last + 1 < all->size() && onOneLine((*all)[last], (*all)[last + 1]))
        ++last;
    return {{place.page, static_cast<int>(first)}, {place.page, static_cast<int>(last)}};
}

std::vector<QRectF> PageText::boxes(int page, const WordRange &range) const
{
    std::vector<QRectF> boxes;
    const std::vector<TextBox> *all = words(page);
    if (!all)
        return boxes;
    const auto [first, last] = partOn(page, range, static_cast<int>(all->size()));
    for (int i = first; i <= last; ++i) {
        const TextBox &word = (*all)[static_cast<std::size_t>(i)];
        if (i > first && onOneLine((*all)[static_cast<std::size_t>(i - 1)], word))
            boxes.back() |= word.box;
        else
            boxes.push_back(word.box);
    }
    return boxes;
}

QString PageText::joined(const std::vector<TextBox> &words, int first, int last)
{
    QString text;
    const int end = std::min(last, static_cast<int>(words.size()) - 1);
    for (int i = std::max(first, 0); i <= end; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (i > first && !onOneLine(words[at - 1], words[at]))
            text += QLatin1Char('\n');
        else if (i > first && spaceBetween(words[at - 1], words[at]))
            text += QLatin1Char(' ');
        text += words[at].text;
    }
    return text;
}

bool PageText::onOneLine(const TextBox &before, const TextBox &after)
{
    const double overlap
        = std::min(before.box.bottom(), after.box.bottom()) - std::max(before.box.top(), after.box.top());
    const bool level = overlap > std::min(before.box.height(), after.box.height()) / 2;
    constexpr double furthest = 40; // times the height: beyond it lies another column of text
    const bool backwards = after.box.right() < before.box.left() && !before.text.isRightToLeft();
    return level && !backwards && gapBetween(before.box, after.box) < furthest * before.box.height();
}

} // namespace Counterfoil
