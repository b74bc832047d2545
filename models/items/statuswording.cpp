#include "statuswording.h"

#include "askflag.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"
#include "status.h"

#include <limits>
#include <map>

namespace Counterfoil {

class StatusWording::Private
{
public:
    void load(StatusWording *q)
    {
        readers.ask(
            q, asking.renew(), [](CacheReader &reader) { return reader.all(Status::type); },
            [this, q](const Result<std::vector<CachedRecord>> &rows) {
                asking.finish();
                failed = !rows;
                if (!rows)
                    return;
                words.clear();
                for (const CachedRecord &row : *rows) {
                    const auto &status = *row.record.as<Status>();
                    words[{status.subject, status.code}]
                        = {Display::text(status.label), Display::text(status.tone),
                           Display::text(status.symbol), status.position};
                }
                Q_EMIT q->changed();
            });
    }

    explicit Private(CacheReaders &cacheReaders)
        : readers(cacheReaders)
    { }

    CacheReaders &readers;
    AskFlag asking;
    bool failed = false; // tried again with the next change
    std::map<std::pair<std::string, std::string>, Words> words;
};

StatusWording::StatusWording(CacheReaders &readers, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(readers))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (d->failed || notice.touches(Status::type))
            d->load(this);
    });
    d->load(this);
}

StatusWording::~StatusWording() = default;

StatusWording::Words StatusWording::of(std::string_view subject, std::string_view code) const
{
    const auto found = d->words.find({std::string(subject), std::string(code)});
    if (found != d->words.end())
        return found->second;
    return {
        Display::text(std::string(code)), QStringLiteral("neutral"), {}, std::numeric_limits<qint64>::max()};
}

} // namespace Counterfoil
