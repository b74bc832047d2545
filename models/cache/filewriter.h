#pragma once

#include "cachescrub.h"
#include "cachewriter.h"
#include "firstload.h"
#include "noticebuilder.h"
#include "recordrows.h"
#include "wordsbehind.h"

#include <functional>
#include <optional>

namespace Counterfoil {

// The one CacheWriter there is. What it does with single changes, with fills and with purges is in a file
// each.
class FileWriter final : public CacheWriter
{
public:
    static Result<std::unique_ptr<CacheWriter>> open(const QString &path, const std::string &vfs,
                                                     bool rebuilt);

    bool wasRebuilt() const override { return m_rebuilt; }
    Result<SyncState> syncState() override;
    Result<ChangeNotice> applyChanges(const std::vector<Change> &changes, const std::string &cursor,
                                      std::int64_t covered) override;
    Outcome beginFill(const std::vector<std::string> &kinds, const std::string &cursor,
                      const std::string &listing) override;
    Result<ChangeNotice> applyFillPage(const FillPage &page) override;
    Result<ChangeNotice> finishFill() override;
    std::optional<WordsRange> wordsWaiting() const override;
    Result<ChangeNotice> storeWords(const WordsPiece &ahead) override;
    Result<ChangeNotice> storeTexts(const RecordType &type, const std::vector<FileText> &texts) override;
    Result<ChangeNotice> noteFiles(const RecordType &type, const FilesHere &here) override;
    Outcome storeTold(const std::vector<ToldPrice> &prices) override;
    Result<ChangeNotice> purge(const std::vector<std::string> &accounts) override;
    Result<ChangeNotice> purgeEverything() override;

private:
    struct Kind
    {
        Kind(Sqlite::Database &database, const RecordType &kind);

        const RecordType *type;
        RecordStore store;
        std::optional<WordsBehind> words; // of kinds that have any
        std::int64_t generation = 0;      // of the latest fill; rows with a lower mark are from before it
        FirstLoad::State load = FirstLoad::State::None;

        std::int64_t wordsWaiting() const { return words ? words->waiting() : 0; }
    };

    FileWriter(Sqlite::Database database, QString path, bool rebuilt)
        : m_database(std::move(database))
        , m_path(std::move(path))
        , m_rebuilt(rebuilt)
    { }

    static Error misuse(const char *what);

    Outcome prepare();
    Outcome checkPages();
    Outcome checkWords();
    Outcome readKinds();
    Kind *find(const RecordType *type);
    // Runs `work` as one transaction, and does what every failure and every success needs.
    Outcome commit(const std::function<Outcome()> &work);
    Outcome run(const std::string &sql) { return m_database.execute(sql); }
    template <class... Values> Outcome run(std::string_view sql, const Values &...values)
    {
        return m_database.run(sql, values...);
    }

    Outcome apply(const Change &change, NoticeBuilder &notice);
    Outcome removeRow(Kind &kind, std::int64_t id);
    Outcome removeRows(Kind &kind, const std::string &condition, const std::string &parameter, bool &any);
    Outcome beginKind(const std::string &name);
    Outcome beginPages(Kind &kind);
    Result<bool> isEmpty(const Kind &kind);
    Outcome makeLoad(Kind &kind);
    enum class Older { None, There, Removed }; // rows of before the fill
    Result<Older> sweep(Kind &kind, NoticeBuilder &notice);
    Outcome finishLoads();
    Outcome giveUpLoad(Kind &kind);
    Outcome emptyKind(Kind &kind);

    Sqlite::Database m_database;
    QString m_path;
    bool m_rebuilt;
    std::vector<Kind> m_kinds;
    bool m_filling = false;
    std::unique_ptr<CacheScrub> m_scrub;
};

} // namespace Counterfoil
