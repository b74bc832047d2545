#include "itemsearch.h"

#include "cachereader.h"
#include "changenotice.h"
#include "heldlists.h"
#include "item.h"
#include "queryterms.h"
#include "recordselection.h"
#include "searchwords.h"

#include <QElapsedTimer>

namespace Counterfoil {

namespace {

std::int64_t uptimeMs()
{
    QElapsedTimer timer;
    timer.start();
    return timer.msecsSinceReference();
}

} // namespace

void HeldItems::note(const ChangeNotice &notice)
{
    if (!notice.everything && !notice.touches(Item::type) && !notice.touches(ItemNumber::type))
        return;
    const std::lock_guard lock(m_mutex);
    ++m_changes;
}

bool ItemSearch::answers(const RecordQuery &query)
{
    return query.kind == &Item::type && !SearchWords::typed(query.text).empty();
}

Result<std::shared_ptr<const ItemIndex>> ItemSearch::read()
{
    auto index = std::make_shared<ItemIndex>();
    const auto items = QueryTerms::forEachRow(
        m_cache,
        "SELECT _id, sku, name, manufacturer, manufacturerNumber, category, family, keywords, withdrawn "
        "FROM items ORDER BY _id",
        {}, [&index](const Sqlite::Statement &row) {
            index->add({static_cast<RowId>(row.integer(0)), row.text(1), row.text(2), row.text(3),
                        row.text(4), row.text(5), row.text(6), row.text(7), row.integer(8) != 0});
        });
    if (!items)
        return items.error();
    const auto numbers = QueryTerms::forEachRow(
        m_cache, "SELECT sku, number FROM itemNumbers ORDER BY _id", {},
        [&index](const Sqlite::Statement &row) { index->addOwnNumber(row.text(0), row.text(1)); });
    if (!numbers)
        return numbers.error();
    const auto instead = QueryTerms::forEachRow(
        m_cache,
        "SELECT sku, CASE WHEN withdrawn THEN successor ELSE substitute END AS instead FROM items "
        "WHERE instead <> ''",
        {}, [&index](const Sqlite::Statement &row) { index->addInstead(row.text(0), row.text(1)); });
    if (!instead)
        return instead.error();
    return std::shared_ptr<const ItemIndex>(std::move(index));
}

Result<std::shared_ptr<const ItemIndex>> ItemSearch::index()
{
    HeldLists *lists = m_cache.heldLists();
    if (!lists)
        return read();
    HeldItems &held = lists->items();
    const std::lock_guard reading(held.m_reading);
    std::uint64_t changes = 0;
    {
        const std::lock_guard lock(held.m_mutex);
        const bool current = held.m_read == held.m_changes;
        const bool rests = uptimeMs() - held.m_readAt < pausePerRead * held.m_took;
        if (held.m_index && (current || rests))
            return held.m_index;
        changes = held.m_changes;
    }
    const std::int64_t began = uptimeMs();
    // The next key would end it, and then nobody who types fast would ever find anything.
    auto index = m_cache.uninterrupted<Result<std::shared_ptr<const ItemIndex>>>([this] { return read(); });
    if (!index)
        return index;
    const std::lock_guard lock(held.m_mutex);
    held.m_index = *index;
    held.m_read = changes;
    held.m_readAt = uptimeMs();
    held.m_took = held.m_readAt - began;
    return index;
}

Result<ItemIndex::Found> ItemSearch::find(const RecordQuery &query)
{
    const auto all = index();
    if (!all)
        return all.error();
    RecordQuery others = query;
    others.text.clear();
    if (QueryTerms::restrictionsOf(others).empty())
        return (*all)->find(query.text, nullptr, query.exactly);
    const auto among = RecordSelection(m_cache, others).rows();
    if (!among)
        return among.error();
    return (*all)->find(query.text, among->get(), query.exactly);
}

} // namespace Counterfoil
