#pragma once

#include "openeddocument.h"

#include <QObject>

#include <map>
#include <vector>

namespace Counterfoil {

class PageRenderer;

// Where in a document words are found, page by page as they come, and at which of them one is.
class DocumentFind final : public QObject
{
    Q_OBJECT
public:
    // More are not told apart by anybody; the search ends there.
    static constexpr int mostHits = 10'000;

    struct Hit
    {
        int page = -1;
        int number = 0; // on its page
        bool isSet() const { return page >= 0; }
        bool operator==(const Hit &) const = default;
    };

    DocumentFind(PageRenderer &renderer, QObject *parent);

    // Searches the whole document; the first hit gone to is the first from `fromPage` on. No words: none.
    void begin(const QString &words, bool matchCase, int fromPage);
    void clear() { begin({}, false, 0); }

    void next() { step(1); } // goes round at the ends
    void previous() { step(-1); }
    void goTo(const Hit &hit);

    const QString &words() const { return m_words; }
    bool matchesCase() const { return m_matchCase; }
    bool isRunning() const { return m_ticket != 0; }
    bool isCut() const { return m_cut; } // there are more than mostHits
    int count() const { return m_count; }
    int position() const; // of the current hit, from 1; 0: none
    Hit current() const { return m_current; }
    const std::vector<TextHit> &hitsOn(int page) const;
    QString failure() const { return m_failure; } // why it could not search to the end

Q_SIGNALS:
    void begun();           // what was found before is none any more
    void changed();         // count or state
    void foundOn(int page); // its hits are to be painted
    void wentTo(int page, const QRectF &box);

private:
    void step(int by);
    void moveTo(const Hit &hit);
    void noteFound(int page, const std::vector<TextHit> &hits);
    void end();

    PageRenderer &m_renderer;
    QString m_words;
    bool m_matchCase = false;
    bool m_cut = false;
    int m_fromPage = 0;
    int m_count = 0;
    quint64 m_ticket = 0;
    std::map<int, std::vector<TextHit>> m_hits; // by page
    Hit m_current;
    QString m_failure;
};

} // namespace Counterfoil
