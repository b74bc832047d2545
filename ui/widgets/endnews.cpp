#include "endnews.h"

#include "cachereaders.h"
#include "recordreader.h"

#include <utility>

namespace Counterfoil {

EndNews::EndNews(CacheReaders &readers, const RecordType &kind, const QString &user,
                 const QStringList &waiting, Sentence sentence, QObject *parent)
    : QObject(parent)
    , m_readers(readers)
    , m_kind(kind)
    , m_user(user.toStdString())
    , m_sentence(std::move(sentence))
    , m_waiting(waiting.first(std::min(waiting.size(), waitingMost)))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.touches(m_kind))
            look();
    });
    look();
}

// One that is not here may be on its way, and one that is open has more than enough newer ones: both are
// waited for as long as there is room.
Result<EndNews::News> EndNews::read(CacheReader &reader, const RecordType &kind, const std::string &user,
                                    const QStringList &waited)
{
    News news;
    RecordQuery query;
    query.kind = &kind;
    query.flags = {{"open", true}};
    query.anyOf = {{"requestedBy", {user}}};
    const auto ids = RecordReader(reader).ids(query, waitingMost);
    const auto open
        = ids ? reader.byIds(kind, *ids, WithLists::No) : Result<std::vector<CachedRecord>>(ids.error());
    if (!open)
        return open.error();
    const Field &keyField = *kind.findFlag(Key);
    const Field &openField = *kind.find("open");
    for (const CachedRecord &row : *open)
        news.waiting.append(QString::fromStdString(keyField.in<std::string>(row.record.data())));
    for (const QString &key : waited) {
        if (news.waiting.contains(key))
            continue;
        const auto row = reader.byKey(kind, key.toStdString());
        if (!row)
            return row.error();
        if (*row && !openField.in<bool>((*row)->record.data()))
            news.ended.push_back((*row)->record);
        else if (news.waiting.size() < waitingMost)
            news.waiting.append(key);
    }
    return news;
}

void EndNews::look()
{
    if (m_asking.isUnderWay()) {
        m_again = true;
        return;
    }
    m_readers.ask(
        this, m_asking.renew(),
        [&kind = m_kind, user = m_user, waited = m_waiting](CacheReader &reader) {
            return read(reader, kind, user, waited);
        },
        [this](Result<News> news) {
            m_asking.finish();
            const bool again = std::exchange(m_again, false) && news.ok();
            if (news) {
                if (std::exchange(m_waiting, news->waiting) != news->waiting)
                    Q_EMIT waitingChanged();
                tell(news->ended);
            }
            if (again)
                look();
        });
}

void EndNews::tell(const std::vector<AnyRecord> &ended)
{
    QStringList sentences;
    for (const AnyRecord &record : ended)
        sentences.append(m_sentence(record));
    sentences.removeAll({});
    if (!sentences.isEmpty())
        Q_EMIT told(sentences.join(u' '));
}

} // namespace Counterfoil
