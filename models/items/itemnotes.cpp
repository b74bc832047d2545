#include "itemnotes.h"

#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"
#include "item.h"
#include "itemroles.h"
#include "itemsearch.h"

namespace Counterfoil {

namespace {

constexpr std::size_t itemsAtOnce = 64;

// The first, and how many accounts more have one.
QString numbersOf(const std::vector<CachedRecord> &own)
{
    const QString first = Display::text(own.front().record.as<ItemNumber>()->number);
    return own.size() == 1
        ? first
        : ItemNotes::tr("%1 +%2", "a number, and how many more there are").arg(first).arg(own.size() - 1);
}

QString reasonWords(const ItemIndex::Why &why)
{
    const QString matched = Display::text(why.matched);
    switch (why.by) {
    case ItemIndex::Why::By::MakersNumber:
        return ItemNotes::tr("Maker’s number %1").arg(matched);
    case ItemIndex::Why::By::OwnNumber:
        return ItemNotes::tr("Own number %1").arg(matched);
    case ItemIndex::Why::By::Keyword:
        return ItemNotes::tr("Also called “%1”").arg(matched);
    }
    return {};
}

} // namespace

ItemNotes::ItemNotes(CacheReaders &readers, QObject *parent)
    : RowNotes(parent)
    , m_readers(readers)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &ItemNotes::read);
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.everything || notice.touches(Item::type) || notice.touches(ItemNumber::type))
            markStale();
    });
    // So that the first key typed does not wait for it.
    m_readers.ask(
        this, m_warming.renew(), [](CacheReader &reader) { return bool(ItemSearch(reader).index()); },
        [this](bool) { m_warming.finish(); }, CacheReaders::Length::Long);
}

QList<RowNotes::Column> ItemNotes::columns() const
{
    return {{QStringLiteral("ownNumber"), tr("Own number")}, {QStringLiteral("why"), tr("Found by")}};
}

void ItemNotes::markStale()
{
    QList<qint64> rows;
    for (auto &[row, entry] : m_entries) {
        entry.stale = true;
        rows.append(row);
    }
    if (!rows.isEmpty())
        Q_EMIT noted(rows);
}

void ItemNotes::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_asking.cancel();
    m_wanted.clear();
    for (auto &[row, entry] : m_entries) {
        entry.stale = true;
        entry.foundBy.clear();
    }
}

QVariant ItemNotes::data(qint64 row, int column, int role) const
{
    const auto found = m_entries.find(row);
    if (found == m_entries.end() || found->second.stale)
        want(row);
    if (role == ItemRole::Secondary)
        return true;
    if (found == m_entries.end() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return column == OwnNumber ? found->second.ownNumber : found->second.foundBy;
}

void ItemNotes::want(qint64 row) const
{
    m_wanted.insert(row);
    if (!m_asking.isUnderWay() && !m_soon.isActive())
        m_soon.start();
}

void ItemNotes::read()
{
    if (m_wanted.empty() || m_asking.isUnderWay())
        return;
    std::vector<std::int64_t> rows;
    while (!m_wanted.empty() && rows.size() < itemsAtOnce)
        rows.push_back(m_wanted.extract(m_wanted.begin()).value());
    m_readers.ask(
        this, m_asking.renew(),
        [rows, text = m_text.toStdString()](CacheReader &reader) {
            Entries entries;
            const auto items = reader.byIds(Item::type, rows, WithLists::No);
            const auto index = text.empty() ? Result<std::shared_ptr<const ItemIndex>>(nullptr)
                                            : ItemSearch(reader).index();
            for (std::size_t i = 0; items && i < items->size(); ++i) {
                const CachedRecord &item = (*items)[i];
                Entry entry{item.id, {}, {}, false};
                const auto own = reader.byField(ItemNumber::type, "sku", item.record.as<Item>()->key);
                if (own && !own->empty())
                    entry.ownNumber = numbersOf(*own);
                if (index && *index) {
                    if (const auto why = (*index)->why(static_cast<RowId>(item.id), text))
                        entry.foundBy = reasonWords(*why);
                }
                entries.push_back(std::move(entry));
            }
            return entries;
        },
        [this](const Entries &entries) {
            m_asking.finish();
            take(entries);
        });
}

void ItemNotes::take(const Entries &entries)
{
    if (m_entries.size() + entries.size() > rowsMost)
        m_entries.clear();
    QList<qint64> rows;
    for (const Entry &entry : entries) {
        m_entries[entry.row] = entry;
        rows.append(entry.row);
    }
    if (!rows.isEmpty())
        Q_EMIT noted(rows);
    if (!m_wanted.empty())
        m_soon.start();
}

} // namespace Counterfoil
