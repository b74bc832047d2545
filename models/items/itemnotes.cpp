#include "itemnotes.h"

#include "cachereader.h"
#include "display.h"
#include "item.h"
#include "itemroles.h"
#include "itemsearch.h"

namespace Counterfoil {

namespace {

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
    : ReadNotes(readers, parent)
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.everything || notice.touches(Item::type) || notice.touches(ItemNumber::type))
            markStale([](qint64) { return true; });
    });
    // So that the first key typed does not wait for it.
    readers.ask(
        this, m_warming.renew(), [](CacheReader &reader) { return bool(ItemSearch(reader).index()); },
        [this](bool) { m_warming.finish(); }, CacheReaders::Length::Long);
}

QList<RowNotes::Column> ItemNotes::columns() const
{
    return {{QStringLiteral("ownNumber"), tr("Own number")}, {QStringLiteral("why"), tr("Found by")}};
}

QVariant ItemNotes::data(qint64 row, int column, int role) const
{
    const ItemNote *note = entry(row);
    if (role == ItemRole::Secondary)
        return true;
    if (!note || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return column == OwnNumber ? note->ownNumber : note->foundBy;
}

std::function<ItemNotes::Read(CacheReader &)> ItemNotes::reading(Rows rows) const
{
    return [rows = std::move(rows), text = text().toStdString()](CacheReader &reader) {
        Read notes;
        const auto items = reader.byIds(Item::type, rows, WithLists::No);
        const auto index
            = text.empty() ? Result<std::shared_ptr<const ItemIndex>>(nullptr) : ItemSearch(reader).index();
        for (std::size_t i = 0; items && i < items->size(); ++i) {
            const CachedRecord &item = (*items)[i];
            ItemNote note;
            const auto own = reader.byField(ItemNumber::type, "sku", item.record.as<Item>()->key);
            if (own && !own->empty())
                note.ownNumber = numbersOf(*own);
            if (index && *index) {
                if (const auto why = (*index)->why(static_cast<RowId>(item.id), text))
                    note.foundBy = reasonWords(*why);
            }
            notes.emplace_back(item.id, std::move(note));
        }
        return notes;
    };
}

} // namespace Counterfoil
