#include "documentfind.h"

#include "pagerenderer.h"

#include <iterator>
#include <utility>

namespace Counterfoil {

DocumentFind::DocumentFind(PageRenderer &renderer, QObject *parent)
    : QObject(parent)
    , m_renderer(renderer)
{
    connect(&renderer, &PageRenderer::found, this,
            [this](quint64 ticket, int page, const std::vector<TextHit> &hits) {
                if (m_ticket != 0 && ticket == m_ticket)
                    noteFound(page, hits);
            });
    connect(&renderer, &PageRenderer::findEnded, this, [this](quint64 ticket) {
        if (m_ticket != 0 && ticket == m_ticket)
            end();
    });
    connect(&renderer, &PageRenderer::failed, this, [this](quint64 ticket, const Error &error) {
        if (m_ticket == 0 || ticket != m_ticket)
            return;
        m_failure = error.userText;
        end();
    });
}

void DocumentFind::begin(const QString &words, bool matchCase, int fromPage)
{
    if (m_ticket != 0)
        m_renderer.drop(m_ticket);
    const auto before = std::exchange(m_hits, {});
    m_words = words;
    m_matchCase = matchCase;
    m_fromPage = fromPage;
    m_count = 0;
    m_cut = false;
    m_current = {};
    m_failure.clear();
    m_ticket = words.isEmpty() ? 0 : m_renderer.find(words, matchCase);
    Q_EMIT begun();
    for (const auto &[page, hits] : before)
        Q_EMIT foundOn(page);
    Q_EMIT changed();
}

int DocumentFind::position() const
{
    if (!m_current.isSet())
        return 0;
    int before = 0;
    for (auto it = m_hits.begin(); it != m_hits.end() && it->first < m_current.page; ++it)
        before += static_cast<int>(it->second.size());
    return before + m_current.number + 1;
}

const std::vector<TextHit> &DocumentFind::hitsOn(int page) const
{
    static const std::vector<TextHit> none;
    const auto found = m_hits.find(page);
    return found == m_hits.end() ? none : found->second;
}

void DocumentFind::noteFound(int page, const std::vector<TextHit> &hits)
{
    m_count += static_cast<int>(hits.size());
    m_hits[page] = hits;
    if (!m_current.isSet() && page >= m_fromPage)
        moveTo({page, 0});
    Q_EMIT foundOn(page);
    if (m_count >= mostHits) {
        m_cut = true;
        m_renderer.drop(m_ticket);
        end();
        return;
    }
    Q_EMIT changed();
}

void DocumentFind::end()
{
    m_ticket = 0;
    if (!m_current.isSet() && !m_hits.empty())
        moveTo({m_hits.begin()->first, 0});
    Q_EMIT changed();
}

void DocumentFind::step(int by)
{
    const auto here = m_hits.find(m_current.page);
    if (here == m_hits.end())
        return;
    const int number = m_current.number + by;
    if (number >= 0 && number < static_cast<int>(here->second.size())) {
        moveTo({here->first, number});
    } else if (by > 0) {
        const auto next = std::next(here) == m_hits.end() ? m_hits.begin() : std::next(here);
        moveTo({next->first, 0});
    } else {
        const auto before = here == m_hits.begin() ? std::prev(m_hits.end()) : std::prev(here);
        moveTo({before->first, static_cast<int>(before->second.size()) - 1});
    }
    Q_EMIT changed();
}

void DocumentFind::goTo(const Hit &hit)
{
    if (hit.number < 0 || static_cast<std::size_t>(hit.number) >= hitsOn(hit.page).size())
        return;
    moveTo(hit);
    Q_EMIT changed();
}

void DocumentFind::moveTo(const Hit &hit)
{
    const Hit before = std::exchange(m_current, hit);
    if (before.isSet() && before.page != hit.page)
        Q_EMIT foundOn(before.page);
    Q_EMIT foundOn(hit.page);
    Q_EMIT wentTo(hit.page, hitsOn(hit.page)[static_cast<std::size_t>(hit.number)].box);
}

} // namespace Counterfoil
