#include "storeworker.h"

#include "document.h"

#include <QMetaObject>

#include <utility>

namespace Counterfoil {

StoreWorker::StoreWorker(ProfileStore profiles, const QString &cacheVfs)
    : m_profiles(std::move(profiles))
    , m_vfs(cacheVfs.toStdString())
{ }

StoreWorker::~StoreWorker() = default;

void StoreWorker::open(const Profile &profile)
{
    const bool same = m_cache && profile.directory == m_profile.directory;
    m_profile = profile;
    if (same)
        return;
    closeCache();
    if (const auto saved = m_profiles.save(profile); !saved)
        Q_EMIT failed(saved.error());
    // A cache that cannot be written may still be read, so it is announced even then; the error
    // comes with the first store work.
    if (!openCache())
        Q_EMIT opened(profile);
}

Outcome StoreWorker::openCache()
{
    if (m_profile.directory.isEmpty())
        return Error{ErrorKind::Storage, {}, QStringLiteral("no profile")};
    auto cache = CacheWriter::open(m_profile.cachePath(), m_vfs);
    if (!cache)
        return cache.error();
    m_cache = *std::move(cache);
    Q_EMIT opened(m_profile);
    storeWordsLater();
    return Done();
}

void StoreWorker::closeCache()
{
    m_words.reset();
    m_cache.reset();
}

// A piece at a time, each behind what has been asked for meanwhile.
void StoreWorker::storeWordsLater()
{
    if (m_words || !m_cache)
        return;
    if (const auto range = m_cache->wordsWaiting()) {
        m_words = std::make_unique<WordsAhead>(m_profile.cachePath());
        makeWords(*range);
    }
}

void StoreWorker::makeWords(const WordsRange &range)
{
    m_words->make(range, [this](const WordsPiece &piece) { storeWords(piece); });
}

// While this one is stored, the next one is made.
void StoreWorker::storeWords(const WordsPiece &piece)
{
    const bool more = m_cache->wordsWaiting() && !piece.rest().isEmpty();
    if (more)
        makeWords(piece.rest());
    const auto notice = m_cache->storeWords(piece);
    if (!notice) {
        // Tried again after the next work, which then tells of the trouble, too.
        m_words.reset();
        if (notice.error().kind == ErrorKind::StorageCorrupt)
            closeCache();
        return;
    }
    if (!notice->isEmpty())
        Q_EMIT changed(*notice);
    if (more)
        return;
    m_words.reset();
    storeWordsLater();
}

void StoreWorker::carryOut(const StoreWork &work,
                           const std::function<void(const Result<StoredState> &)> &answer)
{
    if (!m_cache) {
        if (const auto opened = openCache(); !opened) {
            answer(opened.error());
            return;
        }
    }
    auto done = Counterfoil::carryOut(*m_cache, work);
    if (!done) {
        // Opening again is what tells damage from bad luck, and moves a damaged file aside.
        if (done.error().kind == ErrorKind::StorageCorrupt)
            closeCache();
        answer(done.error());
        return;
    }
    if (!done->notice.isEmpty())
        Q_EMIT changed(done->notice);
    answer(std::move(done->state));
    storeWordsLater();
}

// Damage is for the next store work to find and to tell.
Outcome StoreWorker::tell(const Result<ChangeNotice> &notice)
{
    if (!notice) {
        if (notice.error().kind == ErrorKind::StorageCorrupt)
            closeCache();
        return notice.error();
    }
    if (!notice->isEmpty())
        Q_EMIT changed(*notice);
    return Done();
}

void StoreWorker::noteFiles(const FilesHere &files)
{
    if (m_cache)
        (void)tell(m_cache->noteFiles(Document::type, files));
}

Outcome StoreWorker::storeText(const FileText &text)
{
    if (!m_cache)
        return Error{ErrorKind::Storage, {}, QStringLiteral("no profile")};
    return tell(m_cache->storeTexts(Document::type, {text}));
}

void StoreWorker::storeTold(const Quote &quote)
{
    if (m_cache)
        (void)m_cache->storeTold(pricesTold(quote));
}

void StoreWorker::save(const Profile &profile)
{
    if (const auto saved = m_profiles.save(profile); !saved)
        Q_EMIT failed(saved.error());
}

void StoreWorker::forgetLast()
{
    m_profiles.forgetLast();
}

void StoreWorker::close()
{
    closeCache();
    m_profile = Profile();
}

} // namespace Counterfoil
