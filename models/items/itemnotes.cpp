#include "itemnotes.h"

#include "cachereader.h"
#include "display.h"
#include "item.h"
#include "itemroles.h"
#include "itemsearch.h"
#include "quoteport.h"

#include <unordered_map>

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

// Of those rows that are in the list for another one, for which.
std::unordered_map<RowId, QString> insteadWords(CacheReader &reader, const ItemIndex &index,
                                                const RowIds &rows, const std::string &text)
{
    std::unordered_map<RowId, QString> words;
    for (const ItemIndex::Instead &each : index.insteadAmong(rows, text)) {
        const auto replaced = reader.byIds(Item::type, std::vector<std::int64_t>{each.of}, WithLists::No);
        if (!replaced || replaced->empty())
            continue;
        const auto *item = replaced->front().record.as<Item>();
        const QString sku = Display::text(item->sku);
        words.try_emplace(each.row,
                          item->withdrawn ? ItemNotes::tr("Successor of %1").arg(sku)
                                          : ItemNotes::tr("Substitute for %1").arg(sku));
    }
    return words;
}

} // namespace

ItemNotes::ItemNotes(CacheReaders &readers, QObject *parent)
    : ReadNotes(readers, parent)
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.everything || notice.touches(Item::type) || notice.touches(ItemNumber::type))
            markStale([](qint64) { return true; });
    });
    m_since.start();
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &ItemNotes::ask);
    // So that the first key typed does not wait for it.
    readers.ask(
        this, m_warming.renew(), [](CacheReader &reader) { return bool(ItemSearch(reader).index()); },
        [this](bool) { m_warming.finish(); }, CacheReaders::Length::Long);
}

QList<RowNotes::Column> ItemNotes::columns() const
{
    return {{QStringLiteral("ownNumber"), tr("Own number")},
            {QStringLiteral("why"), tr("Found by")},
            {QStringLiteral("price"), tr("Price"), true},
            {QStringLiteral("available"), tr("Available"), true}};
}

QVariant ItemNotes::data(qint64 row, int column, int role) const
{
    const ItemNote *note = entry(row);
    if (note && (column == UnitPrice || column == Available))
        return priceData(row, *note, column, role);
    if (role == ItemRole::Secondary)
        return true;
    if (!note || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return column == OwnNumber ? note->ownNumber : note->foundBy;
}

void ItemNotes::priceFor(const std::string &account, QuotePort *quotes)
{
    if (account == m_account && quotes == m_quotes)
        return;
    if (m_quotes) {
        if (m_number != 0)
            m_quotes->forget(m_number);
        m_quotes->disconnect(this);
    }
    m_number = 0;
    m_account = account;
    m_quotes = quotes;
    m_asked.clear();
    m_told.clear();
    m_wishes.clear();
    m_rest.stop();
    if (quotes) {
        connect(quotes, &QuotePort::answered, this, [this](quint64 number, const Quote &quote) {
            if (number == m_number)
                take(quote);
        });
        connect(quotes, &QuotePort::failed, this, [this](quint64 number) {
            if (number != m_number)
                return;
            // What was told before stands, and whoever looks at the others asks again.
            m_number = 0;
            m_asked.removeIf([this](auto asked) { return !m_told.contains(asked.key()); });
        });
    }
    markStale([](qint64) { return true; });
}

QVariant ItemNotes::priceData(qint64 row, const ItemNote &note, int column, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    wantPrice(row, note);
    const auto now = m_told.constFind(QString::fromStdString(note.sku));
    const bool ours = note.told && note.told->account == m_account; // not read for the account before
    const ToldPrice *told = now != m_told.cend() ? &*now : ours ? &*note.told : nullptr;
    if (!told)
        return {};
    if (role == Qt::ToolTipRole)
        return tr("%1 for %2, as of %3. %4", "a price, a quantity, a time, why that price")
            .arg(Display::unitPrice(told->unitPrice, told->currency), Display::quantity(told->quantity),
                 Display::dateAndTime(told->at), Display::text(told->priceReason));
    return column == UnitPrice ? Display::unitPrice(told->unitPrice, told->currency)
                               : Display::quantity(told->available);
}

void ItemNotes::wantPrice(qint64 row, const ItemNote &note) const
{
    const QString sku = QString::fromStdString(note.sku);
    const auto asked = m_asked.constFind(sku);
    if (!m_quotes || m_account.empty()
        || (asked != m_asked.cend() && m_since.elapsed() - asked->at < freshMs))
        return;
    if (m_asked.size() >= qsizetype{rowsMost})
        m_asked.clear();
    m_asked.insert(sku, {row, m_since.elapsed()});
    m_wishes.push_back({0, note.sku, note.minimum > Decimal() ? note.minimum : Decimal::fromInteger(1)});
    if (m_wishes.size() > askedAtOnce) { // scrolled past
        m_asked.remove(QString::fromStdString(m_wishes.front().sku));
        m_wishes.pop_front();
    }
    m_rest.start();
}

void ItemNotes::ask()
{
    if (m_wishes.empty())
        return;
    if (m_number != 0) {
        m_rest.start();
        return;
    }
    QuoteRequest request;
    request.account = m_account;
    for (QuoteWish &wish : m_wishes) {
        wish.lineNumber = std::ssize(request.lines) + 1;
        request.lines.push_back(wish);
    }
    m_wishes.clear();
    m_number = m_quotes->ask(request);
}

void ItemNotes::take(const Quote &quote)
{
    m_number = 0;
    if (m_told.size() >= qsizetype{rowsMost})
        m_told.clear();
    QList<qint64> rows;
    for (const ToldPrice &price : pricesTold(quote)) {
        const QString sku = QString::fromStdString(price.sku);
        m_told.insert(sku, price);
        if (m_asked.contains(sku))
            rows.append(m_asked[sku].row);
    }
    if (!rows.isEmpty())
        Q_EMIT noted(rows);
}

std::function<ItemNotes::Read(CacheReader &)> ItemNotes::reading(Rows rows) const
{
    return [rows = std::move(rows), text = text().toStdString(), account = m_account](CacheReader &reader) {
        Read notes;
        const auto items = reader.byIds(Item::type, rows, WithLists::No);
        const auto index
            = text.empty() ? Result<std::shared_ptr<const ItemIndex>>(nullptr) : ItemSearch(reader).index();
        std::unordered_map<RowId, QString> instead;
        if (index && *index)
            instead = insteadWords(reader, **index, RowIds(rows.begin(), rows.end()), text);
        for (std::size_t i = 0; items && i < items->size(); ++i) {
            const CachedRecord &item = (*items)[i];
            ItemNote note;
            note.sku = item.record.as<Item>()->sku;
            note.minimum = item.record.as<Item>()->minimum;
            if (const auto told = ToldPrices(reader).of(account, note.sku); !account.empty() && told)
                note.told = *told;
            const auto own = reader.byField(ItemNumber::type, "sku", item.record.as<Item>()->key);
            if (own && !own->empty())
                note.ownNumber = numbersOf(*own);
            if (const auto other = instead.find(static_cast<RowId>(item.id)); other != instead.end())
                note.foundBy = other->second;
            else if (index && *index) {
                if (const auto why = (*index)->why(static_cast<RowId>(item.id), text))
                    note.foundBy = reasonWords(*why);
            }
            notes.emplace_back(item.id, std::move(note));
        }
        return notes;
    };
}

} // namespace Counterfoil
