#include "pagepictures.h"

#include "pagerenderer.h"

#include <algorithm>
#include <cmath>

namespace Counterfoil {

namespace {

// A page that failed is asked for this often without anybody saying so: a process that died may do
// better the next time. One that took too long has taken long enough.
constexpr int mostAttempts = 3;
constexpr int aheadUrgency = 0;

} // namespace

int PictureKey::scaleFor(double zoom)
{
    return std::max(1, static_cast<int>(std::lround(zoom * unit)));
}

PagePictures::PagePictures(PageRenderer &renderer, qint64 mostBytes, int urgency, QObject *parent)
    : QObject(parent)
    , m_renderer(renderer)
    , m_mostBytes(mostBytes)
    , m_urgency(urgency)
{
    connect(&renderer, &PageRenderer::drawn, this, [this](quint64 ticket, const QImage &image) {
        const auto waiting = m_waiting.find(ticket);
        if (waiting == m_waiting.end())
            return;
        const PictureKey key = waiting->second;
        m_waiting.erase(waiting);
        m_asked.erase(key);
        m_failures.erase(key.page);
        keep(key, image);
        askAll();
        Q_EMIT arrived(key.page);
    });
    connect(&renderer, &PageRenderer::failed, this, &PagePictures::noteFailure);
}

void PagePictures::clear()
{
    for (const auto &[ticket, key] : m_waiting)
        m_renderer.drop(ticket);
    m_waiting.clear();
    m_asked.clear();
    m_kept.clear();
    m_seen.clear();
    m_ahead.clear();
    m_faults.clear();
    m_failures.clear();
    m_bytes = 0;
}

void PagePictures::want(const std::vector<PictureKey> &seen, const std::vector<PictureKey> &ahead)
{
    const std::set<PictureKey> seenNow(seen.begin(), seen.end());
    const std::set<PictureKey> aheadNow(ahead.begin(), ahead.end());
    for (auto it = m_waiting.begin(); it != m_waiting.end();) {
        const auto &[ticket, key] = *it;
        if (seenNow.contains(key) || aheadNow.contains(key)) {
            m_renderer.setUrgency(ticket, seenNow.contains(key) ? m_urgency : aheadUrgency);
            ++it;
            continue;
        }
        m_renderer.drop(ticket);
        m_asked.erase(key);
        it = m_waiting.erase(it);
    }
    m_seen = seen;
    m_ahead.clear();
    qint64 room = m_mostBytes;
    for (const PictureKey &key : seen)
        room -= key.bytes();
    for (const PictureKey &key : ahead) {
        room -= key.bytes();
        if (room < 0)
            break; // it would push out what is asked for before it, and be pushed out in turn
        m_ahead.push_back(key);
    }
    askAll();
}

void PagePictures::askAll()
{
    for (const PictureKey &key : m_seen) {
        if (!ask(key, m_urgency))
            return;
    }
    for (const PictureKey &key : m_ahead) {
        if (!ask(key, aheadUrgency))
            return;
    }
}

bool PagePictures::ask(const PictureKey &key, int urgency)
{
    if (m_waiting.size() >= mostWaiting)
        return false;
    if (m_kept.contains(key) || m_asked.contains(key) || m_faults.contains(key.page))
        return true;
    const double zoom = static_cast<double>(key.scale) / PictureKey::unit;
    m_waiting.emplace(m_renderer.draw(key.page, zoom, key.rotation, key.part(), urgency), key);
    m_asked.insert(key);
    return true;
}

const QImage *PagePictures::find(const PictureKey &key)
{
    const auto found = m_kept.find(key);
    if (found == m_kept.end())
        return nullptr;
    found->second.used = ++m_use;
    return &found->second.image;
}

std::vector<PictureKey> PagePictures::ofPage(int page, int rotation, int scale) const
{
    std::vector<PictureKey> keys;
    for (auto it = m_kept.lower_bound({page, 0}); it != m_kept.end() && it->first.page == page; ++it) {
        if (it->first.rotation == rotation)
            keys.push_back(it->first);
    }
    std::stable_sort(keys.begin(), keys.end(), [scale](const PictureKey &a, const PictureKey &b) {
        return std::abs(a.scale - scale) > std::abs(b.scale - scale);
    });
    return keys;
}

const Error *PagePictures::fault(int page) const
{
    const auto found = m_faults.find(page);
    return found == m_faults.end() ? nullptr : &found->second;
}

void PagePictures::retry(int page)
{
    m_faults.erase(page);
    m_failures.erase(page);
    askAll();
}

bool PagePictures::seenAreHere() const
{
    return std::all_of(m_seen.begin(), m_seen.end(), [this](const PictureKey &key) {
        return m_kept.contains(key) || m_faults.contains(key.page);
    });
}

void PagePictures::keep(const PictureKey &key, const QImage &image)
{
    m_bytes += image.sizeInBytes();
    m_kept[key] = {image, ++m_use};
    trim();
}

void PagePictures::noteFailure(quint64 ticket, const Error &error)
{
    const auto waiting = m_waiting.find(ticket);
    if (waiting == m_waiting.end())
        return;
    const int page = waiting->second.page;
    m_asked.erase(waiting->second);
    m_waiting.erase(waiting);
    if (++m_failures[page] >= mostAttempts || error.kind == ErrorKind::Timeout)
        m_faults.emplace(page, error);
    askAll();
    if (fault(page))
        Q_EMIT faulted(page);
}

void PagePictures::trim()
{
    if (m_bytes <= m_mostBytes)
        return;
    std::set<PictureKey> wanted(m_seen.begin(), m_seen.end());
    wanted.insert(m_ahead.begin(), m_ahead.end());
    while (m_bytes > m_mostBytes) {
        auto oldest = m_kept.end();
        for (auto it = m_kept.begin(); it != m_kept.end(); ++it) {
            if (!wanted.contains(it->first)
                && (oldest == m_kept.end() || it->second.used < oldest->second.used))
                oldest = it;
        }
        if (oldest == m_kept.end())
            return;
        m_bytes -= oldest->second.image.sizeInBytes();
        m_kept.erase(oldest);
    }
}

} // namespace Counterfoil
