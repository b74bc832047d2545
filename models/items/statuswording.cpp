#include "statuswording.h"

#include "askflag.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"
#include "recordreader.h"
#include "returnrules.h"
#include "status.h"

#include <limits>
#include <map>

namespace Counterfoil {

namespace {

using AllWords = std::map<std::pair<std::string, std::string>, StatusWording::Words>;

// An account's own rules may use a code of everybody's; the words of everybody's are taken.
void addRules(const ReturnRules &rules, AllWords &words)
{
    const auto put = [&](const char *subject, const std::string &code, const std::string &label) {
        const auto position = static_cast<qint64>(words.size());
        const StatusWording::Words each{Display::text(label), QStringLiteral("neutral"), {}, position};
        if (rules.account.empty())
            words.insert_or_assign({subject, code}, each);
        else
            words.insert({{subject, code}, each});
    };
    for (const ReturnReason &reason : rules.reasons)
        put("returnReason", reason.code, reason.label);
    for (const ReturnQuestion &question : rules.questions)
        put("returnQuestion", question.reason + '/' + question.code, question.text);
}

Result<AllWords> readWords(CacheReader &reader)
{
    const auto states = reader.all(Status::type);
    if (!states)
        return states.error();
    AllWords words;
    for (const CachedRecord &row : *states) {
        const auto &status = *row.record.as<Status>();
        words[{status.subject, status.code}] = {Display::text(status.label), Display::text(status.tone),
                                                Display::text(status.symbol), status.position};
    }
    RecordQuery all;
    all.kind = &ReturnRules::type;
    const auto ids = RecordReader(reader).ids(all);
    if (!ids)
        return ids.error();
    const auto rules = reader.byIds(ReturnRules::type, *ids, WithLists::Yes);
    if (!rules)
        return rules.error();
    for (const CachedRecord &row : *rules)
        addRules(*row.record.as<ReturnRules>(), words);
    return words;
}

} // namespace

class StatusWording::Private
{
public:
    void load(StatusWording *q)
    {
        readers.ask(q, asking.renew(), &readWords, [this, q](Result<AllWords> read) {
            asking.finish();
            failed = !read;
            if (!read)
                return;
            words = *std::move(read);
            Q_EMIT q->changed();
        });
    }

    explicit Private(CacheReaders &cacheReaders)
        : readers(cacheReaders)
    { }

    CacheReaders &readers;
    AskFlag asking;
    bool failed = false; // tried again with the next change
    AllWords words;
};

StatusWording::StatusWording(CacheReaders &readers, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(readers))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (d->failed || notice.touches(Status::type) || notice.touches(ReturnRules::type))
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
