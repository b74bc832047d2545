#pragma once

#include "error.h"

#include <QImage>
#include <QObject>
#include <QRect>

#include <compare>
#include <map>
#include <set>
#include <vector>

namespace Counterfoil {

class PageRenderer;

// What a picture shows: a part of a page, in device pixels of the page as it is turned.
struct PictureKey
{
    static constexpr int unit = 10'000;
    static int scaleFor(double zoom); // `zoom` in device pixels a point

    int page = 0;
    int scale = unit; // device pixels a point, times `unit`
    int rotation = 0;
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    QRect part() const { return {x, y, width, height}; }
    qint64 bytes() const { return qint64(width) * height * 4; }
    auto operator<=>(const PictureKey &) const = default;
};

// The pictures of pages: kept while there is room, asked of the renderer when wanted, forgotten when no
// longer wanted before they came. Among those in no use the one looked at longest ago goes first.
class PagePictures final : public QObject
{
    Q_OBJECT
public:
    // Waiting requests; a window shows fewer parts of pages than this at any size.
    static constexpr std::size_t mostWaiting = 128;

    PagePictures(PageRenderer &renderer, qint64 mostBytes, int urgency, QObject *parent);

    void clear(); // another document; nothing is wanted any more

    // What is to be seen now and what may be seen next, each in the order of need. Replaces what was
    // wanted before. What is seen is kept even if it alone exceeds the bound.
    void want(const std::vector<PictureKey> &seen, const std::vector<PictureKey> &ahead);

    const QImage *find(const PictureKey &key); // nullptr: not there yet
    // Whatever there is of a page so turned, at any scale, the nearest to `scale` last.
    std::vector<PictureKey> ofPage(int page, int rotation, int scale) const;
    // Of a page that cannot be drawn; nullptr: none. Nothing of it is asked for until retry().
    const Error *fault(int page) const;
    void retry(int page);

    qint64 bytes() const { return m_bytes; }
    qint64 mostBytes() const { return m_mostBytes; }
    std::size_t waiting() const { return m_waiting.size(); }
    bool seenAreHere() const;

Q_SIGNALS:
    void arrived(int page);
    void faulted(int page);

private:
    struct Kept
    {
        QImage image;
        quint64 used = 0;
    };

    bool ask(const PictureKey &key, int urgency);
    void askAll();
    void keep(const PictureKey &key, const QImage &image);
    void noteFailure(quint64 ticket, const Error &error);
    void trim();

    PageRenderer &m_renderer;
    const qint64 m_mostBytes;
    const int m_urgency;
    std::map<PictureKey, Kept> m_kept;
    std::map<quint64, PictureKey> m_waiting; // by ticket
    std::set<PictureKey> m_asked;            // the same by what they show
    std::vector<PictureKey> m_seen;
    std::vector<PictureKey> m_ahead;
    std::map<int, Error> m_faults;
    std::map<int, int> m_failures; // in a row, by page
    qint64 m_bytes = 0;
    quint64 m_use = 0;
};

} // namespace Counterfoil
