#include "approvalnews.h"

#include "cachereaders.h"
#include "display.h"
#include "recordreader.h"

#include <utility>

namespace Counterfoil {

ApprovalNews::ApprovalNews(CacheReaders &readers, const QString &user, const QStringList &waiting,
                           QObject *parent)
    : QObject(parent)
    , m_readers(readers)
    , m_user(user.toStdString())
    , m_waiting(waiting.first(std::min(waiting.size(), waitingMost)))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.touches(Approval::type))
            look();
    });
    look();
}

// One that is not here may be on its way: it is still waited for.
Result<ApprovalNews::News> ApprovalNews::read(CacheReader &reader, const std::string &user,
                                              const QStringList &waited)
{
    News news;
    RecordQuery query;
    query.kind = &Approval::type;
    query.flags = {{"open", true}};
    query.anyOf = {{"requestedBy", {user}}};
    const auto ids = RecordReader(reader).ids(query, waitingMost);
    const auto open = ids ? reader.byIds(Approval::type, *ids, WithLists::No)
                          : Result<std::vector<CachedRecord>>(ids.error());
    if (!open)
        return open.error();
    for (const CachedRecord &row : *open)
        news.waiting.append(QString::fromStdString(row.record.as<Approval>()->key));
    for (const QString &key : waited) {
        if (news.waiting.contains(key))
            continue;
        const auto row = reader.byKey(Approval::type, key.toStdString());
        if (!row)
            return row.error();
        if (*row)
            news.ended.push_back(*(*row)->record.as<Approval>());
        else if (news.waiting.size() < waitingMost)
            news.waiting.append(key);
    }
    return news;
}

void ApprovalNews::look()
{
    if (m_asking.isUnderWay()) {
        m_again = true;
        return;
    }
    m_readers.ask(
        this, m_asking.renew(),
        [user = m_user, waited = m_waiting](CacheReader &reader) { return read(reader, user, waited); },
        [this](Result<News> news) {
            m_asking.finish();
            const bool again = std::exchange(m_again, false) && news.ok();
            if (news) {
                if (std::exchange(m_waiting, news->waiting) != news->waiting)
                    Q_EMIT waitingChanged();
                QStringList sentences;
                for (const Approval &approval : news->ended)
                    sentences.append(sentenceOf(approval));
                sentences.removeAll({});
                if (!sentences.isEmpty())
                    Q_EMIT told(sentences.join(u' '));
            }
            if (again)
                look();
        });
}

QString ApprovalNews::sentenceOf(const Approval &approval)
{
    const QString name
        = approval.name.empty() ? Display::text(approval.number) : Display::text(approval.name);
    const QString who = approval.steps.empty() ? QString() : Display::text(approval.steps.back().name);
    if (approval.status == "approved")
        return tr("%1 approved “%2”: it is ordered.", "a person, a cart's name").arg(who, name);
    if (approval.status == "refused")
        return tr("%1 refused “%2”: %3", "a person, a cart's name, what they said")
            .arg(who, name, Display::text(approval.comment));
    if (approval.status == "returned")
        return tr("“%1” was approved, and came back: it is not as you saw it any more.").arg(name);
    return {}; // who took it back knows
}

} // namespace Counterfoil
