#include "wordsahead.h"

#include "cachereader.h"
#include "wordssource.h"

namespace Counterfoil {

// What the other thread holds.
struct WordsAhead::Reading
{
    explicit Reading(const QString &path)
        : reader(path)
    {
        reader.interruptWhen(&stop);
    }
    WordsPiece piece(const WordsRange &range)
    {
        const auto database = reader.database();
        if (!database)
            return {};
        auto made = WordsSource(**database, *range.kind).read(range);
        return made ? *std::move(made) : WordsPiece();
    }

    std::atomic_bool stop = false;
    CacheReader reader;
};

WordsAhead::WordsAhead(const QString &path)
    : m_reading(std::make_shared<Reading>(path))
{ }

WordsAhead::~WordsAhead()
{
    m_reading->stop = true;
}

void WordsAhead::make(const WordsRange &range, Use use)
{
    m_thread.start([reading = m_reading, range, use = std::move(use)]() -> SideThread::Then {
        return [piece = reading->piece(range), use] { use(piece); };
    });
}

} // namespace Counterfoil
