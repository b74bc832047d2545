#pragma once

#include "pagerenderer.h"

#include <QObject>

#include <compare>
#include <map>
#include <set>
#include <vector>

namespace Counterfoil {

// A word of a document: its page and its number there, in reading order.
struct WordPlace
{
    int page = -1;
    int word = 0;
    bool isSet() const { return page >= 0; }
    auto operator<=>(const WordPlace &) const = default;
};

// The words from one to another, both included.
struct WordRange
{
    static constexpr int pastLastWord = 1 << 30;

    WordPlace first;
    WordPlace last;
    bool isEmpty() const { return !first.isSet(); }
    bool operator==(const WordRange &) const = default;
};

// The words of the pages that are looked at, asked of the renderer when wanted.
class PageText final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::size_t mostPagesKept = 64;

    PageText(PageRenderer &renderer, QObject *parent);

    void clear();
    // arrived() follows unless they are here, or the page could not be read before: it would take as long
    // again.
    void want(int page);
    const std::vector<TextBox> *words(int page) const; // nullptr: not here yet

    int nearestWord(int page, const QPointF &point) const; // -1: none on this page
    bool isOnWord(int page, const QPointF &point) const;
    WordRange lineOf(const WordPlace &place) const;
    // What of the range lies on the page, a box for each line.
    std::vector<QRectF> boxes(int page, const WordRange &range) const;

    // As text: a space between words where there is one, a line break between lines.
    static QString joined(const std::vector<TextBox> &words, int first, int last);
    static bool onOneLine(const TextBox &before, const TextBox &after);

Q_SIGNALS:
    void arrived(int page);

private:
    PageRenderer &m_renderer;
    struct Kept
    {
        std::vector<TextBox> words;
        quint64 wanted = 0;
    };
    std::map<int, Kept> m_kept;
    std::map<int, quint64> m_tickets; // by page
    std::set<int> m_unreadable;
    quint64 m_wants = 0;
};

} // namespace Counterfoil
