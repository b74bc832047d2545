#include "listselection.h"

#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"
#include "itemroles.h"
#include "recordview.h"

#include <QItemSelectionModel>
#include <QLocale>

#include <algorithm>
#include <map>

namespace Counterfoil {

namespace {

constexpr int pauseMs = 120;

using Sums = std::map<std::string, Amount>; // by currency

Result<Sums> sumsOf(CacheReader &reader, const RecordType &kind, const Field &amount,
                    const std::vector<std::int64_t> &ids)
{
    const auto rows = reader.byIds(kind, ids, WithLists::No);
    if (!rows)
        return rows.error();
    const Field *currency = kind.find("currency");
    Sums sums;
    for (const CachedRecord &row : *rows)
        sums[currency ? currency->in<std::string>(row.record.data()) : std::string()]
            += amount.in<Amount>(row.record.data());
    return sums;
}

} // namespace

ListSelection::ListSelection(RecordView &view, CacheReaders &readers, const RecordType &kind, bool withPrices,
                             QObject *parent)
    : QObject(parent)
    , m_view(view)
    , m_readers(readers)
    , m_kind(kind)
    , m_amount(withPrices ? kind.find("total") : nullptr)
{
    if (m_amount && m_amount->type != FieldType::Amount)
        m_amount = nullptr;
    m_soon.setSingleShot(true);
    m_soon.setInterval(pauseMs);
    connect(&m_soon, &QTimer::timeout, this, [this] { addUp(ids()); });
    connect(view.selectionModel(), &QItemSelectionModel::selectionChanged, this, &ListSelection::describe);
    connect(view.model(), &QAbstractItemModel::modelReset, this, &ListSelection::describe);
}

qsizetype ListSelection::count() const
{
    qsizetype rows = 0;
    for (const QItemSelectionRange &range : m_view.selectionModel()->selection())
        rows += range.height();
    return rows;
}

std::vector<std::int64_t> ListSelection::ids() const
{
    std::vector<std::pair<int, int>> runs; // first and last rows
    for (const QItemSelectionRange &range : m_view.selectionModel()->selection())
        runs.emplace_back(range.top(), range.bottom());
    if (runs.empty() && m_view.currentIndex().isValid())
        runs.emplace_back(m_view.currentIndex().row(), m_view.currentIndex().row());
    std::ranges::sort(runs);
    std::vector<std::int64_t> ids;
    for (const auto &[first, last] : runs) {
        for (int row = first; row <= last && ids.size() <= std::size_t{most}; ++row) {
            const qint64 id = m_view.model()->index(row, 0).data(ItemRole::RowId).toLongLong();
            if (id != 0)
                ids.push_back(id);
        }
    }
    return ids;
}

void ListSelection::describe()
{
    if (m_asked)
        m_asked->store(true);
    const qsizetype rows = count();
    Q_EMIT described(rows > 1 ? tr("%1 selected").arg(QLocale().toString(rows)) : QString());
    if (rows > 1 && rows <= most && m_amount)
        m_soon.start();
    else
        m_soon.stop();
    Q_EMIT changed();
}

void ListSelection::addUp(std::vector<std::int64_t> ids)
{
    const qsizetype rows = count();
    m_asked = std::make_shared<std::atomic_bool>(false);
    m_readers.ask(
        this, m_asked,
        [kind = &m_kind, amount = m_amount, ids = std::move(ids)](CacheReader &reader) {
            return sumsOf(reader, *kind, *amount, ids);
        },
        [this, rows](const Result<Sums> &sums) {
            if (!sums || rows != count())
                return;
            QStringList words;
            for (const auto &[currency, sum] : *sums)
                words.append(Display::money(sum, currency));
            Q_EMIT described(tr("%1 selected · %2", "rows, and what they come to")
                                 .arg(QLocale().toString(rows), words.join(QStringLiteral(" + "))));
        });
}

} // namespace Counterfoil
