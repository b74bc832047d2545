#include "noticebuilder.h"

namespace Counterfoil {

void NoticeBuilder::inserted(const RecordType &kind, std::int64_t id)
{
    m_rows[&kind][id] = Fate::Inserted;
}

void NoticeBuilder::updated(const RecordType &kind, std::int64_t id)
{
    m_rows[&kind].try_emplace(id, Fate::Updated); // what was inserted in this batch stays so
}

void NoticeBuilder::removed(const RecordType &kind, std::int64_t id)
{
    auto &rows = m_rows[&kind];
    const auto [at, isNew] = rows.try_emplace(id, Fate::Removed);
    if (!isNew && at->second == Fate::Inserted)
        rows.erase(at);
    else
        at->second = Fate::Removed;
}

ChangeNotice NoticeBuilder::build() const
{
    ChangeNotice notice;
    bool whole = !m_whole.empty();
    for (const auto &[kind, rows] : m_rows)
        whole = whole || rows.size() > listed;
    notice.everything = whole;
    if (whole) {
        auto kinds = m_whole;
        for (const auto &[kind, rows] : m_rows) {
            if (!rows.empty())
                kinds.insert(kind);
        }
        for (const RecordType *kind : kinds)
            notice.kinds.push_back({kind, {}, {}, {}});
        return notice;
    }
    for (const auto &[kind, rows] : m_rows) {
        KindNotice entry{kind, {}, {}, {}};
        for (const auto &[id, fate] : rows) {
            auto &list = fate == Fate::Inserted ? entry.inserted
                : fate == Fate::Updated         ? entry.updated
                                                : entry.removed;
            list.push_back(id);
        }
        if (!rows.empty())
            notice.kinds.push_back(std::move(entry));
    }
    return notice;
}

} // namespace Counterfoil
