#include "recordlistmodel.h"

#include "recordlistloader.h"

#include "cachereaders.h"
#include "calendars.h"
#include "clock.h"
#include "display.h"
#include "recordcell.h"
#include "rownotes.h"
#include "statuswording.h"

#include <QCoreApplication>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::size_t placesAtOnce = 16; // at which rows come or go, told one by one
constexpr qsizetype notedOneByOne = 64;  // rows of which notes say something else

std::vector<const Field *> listColumns(const RecordType &kind, bool withPrices)
{
    std::vector<const Field *> columns;
    for (const Field &field : kind.fields) {
        if (field.is(Column) && field.type != FieldType::List && (withPrices || !field.is(Price)))
            columns.push_back(&field);
    }
    return columns;
}

} // namespace

// Keeps the ids and rows, and turns what the loader brings into the model's signals.
class RecordListModel::Private final : public RecordListSink
{
public:
    Private(RecordListModel *model, CacheReaders &readers, const Clock &timeSource,
            const RecordType &recordKind)
        : q(model)
        , clock(timeSource)
        , kind(recordKind)
        , wording(readers)
        , loader(readers, recordKind, *this)
    {
        if (kind.find("dueOn"))
            calendars = std::make_unique<Calendars>(readers, clock);
    }

    RowIdList ids() const override { return list; }
    void replace(RowIdList newIds, std::vector<CachedRecord> firstRows) override;
    void refresh(RowIdList newIds) override;
    void apply(RecordListUpdate update) override;
    void store(std::vector<CachedRecord> rows, int nearRow, bool outdated) override;
    void setTotals(const RecordTotals &sums) override;
    void setCounting(bool nowCounting) override;
    void fail(const Error &error) override { Q_EMIT q->failed(error.userText); }
    void found(const QString &key, std::int64_t id) override { Q_EMIT q->rowFound(key, rowOfId(id)); }
    bool needs(std::int64_t id) const override { return !rows.isFresh(id); }
    void markAllStale() override;

    RowIds &editable();
    int rowOfId(std::int64_t id, int near = 0) const;
    void exchange(RowIdList newIds);
    RowIdList updated(const RecordListUpdate &update) const;
    void applyOneByOne(RecordListUpdate update, qint64 now);
    void repaintStates();
    CellContext contextOf(const void *record) const
    {
        const Field *account = kind.findFlag(AccountKey);
        const bool asked = calendars && account;
        return {asked ? calendars->today(account->in<std::string>(record)) : Date()};
    }
    // nullptr: it is a column of notes.
    const Field *fieldAt(int column) const
    {
        const auto at = static_cast<std::size_t>(column);
        return at < columns.size() ? columns[at] : nullptr;
    }
    int noteAt(int column) const { return column - static_cast<int>(columns.size()); }
    QVariant noteCell(std::int64_t id, int column, int role) const;
    void emitNoted(const QList<qint64> &ids);
    void emitRowChanged(int row)
    {
        Q_EMIT q->dataChanged(q->index(row, 0), q->index(row, q->columnCount() - 1));
    }

    RecordListModel *q;
    const Clock &clock;
    const RecordType &kind;
    StatusWording wording;
    std::unique_ptr<Calendars> calendars; // where it matters what day it is
    std::vector<const Field *> columns;
    RowNotes *notes = nullptr;
    QList<RowNotes::Column> noteColumns; // after `columns`
    RowIdList list = std::make_shared<RowIds>();
    HeldRows rows;
    Totals totals;
    bool counting = false;
    RecordListLoader loader; // last, so that it stops before what it brings things to is gone
};

// The list for changing it. Others may hold the one that was given.
RowIds &RecordListModel::Private::editable()
{
    auto own = std::make_shared<RowIds>(*list);
    RowIds &ids = *own;
    list = std::move(own);
    return ids;
}

// Looks from `near` on first, where it usually is.
int RecordListModel::Private::rowOfId(std::int64_t id, int near) const
{
    if (list->empty() || id == 0)
        return -1;
    const auto from
        = list->begin() + std::clamp<std::ptrdiff_t>(near, 0, static_cast<std::ptrdiff_t>(list->size()));
    auto found = std::find(from, list->end(), id);
    if (found == list->end()) {
        found = std::find(list->begin(), from, id);
        if (found == from)
            return -1;
    }
    return static_cast<int>(found - list->begin());
}

void RecordListModel::Private::replace(RowIdList newIds, std::vector<CachedRecord> firstRows)
{
    q->beginResetModel();
    list = std::move(newIds);
    rows.clear();
    for (CachedRecord &row : firstRows)
        rows.put(std::move(row));
    q->endResetModel();
}

void RecordListModel::Private::refresh(RowIdList newIds)
{
    const std::size_t size = newIds->size();
    const auto common = static_cast<std::ptrdiff_t>(std::min(list->size(), size));
    if (!std::equal(newIds->begin(), newIds->begin() + common, list->begin())) {
        exchange(std::move(newIds));
    } else if (size > list->size()) {
        q->beginInsertRows({}, static_cast<int>(common), static_cast<int>(size) - 1);
        list = std::move(newIds);
        q->endInsertRows();
    } else if (list->size() > size) {
        q->beginRemoveRows({}, static_cast<int>(common), static_cast<int>(list->size()) - 1);
        list = std::move(newIds);
        q->endRemoveRows();
    }
}

// Makes the lengths equal at the end of the list, where 0 stands for a row not yet known or no longer
// there, and exchanges the ids in one layout change: two signals, however much is different.
void RecordListModel::Private::exchange(RowIdList newIds)
{
    const std::size_t size = newIds->size();
    if (size > list->size()) {
        q->beginInsertRows({}, static_cast<int>(list->size()), static_cast<int>(size) - 1);
        editable().resize(size);
        q->endInsertRows();
    }
    Q_EMIT q->layoutAboutToBeChanged();
    const QModelIndexList before = q->persistentIndexList();
    std::vector<std::int64_t> kept;
    for (const QModelIndex &index : before)
        kept.push_back((*list)[static_cast<std::size_t>(index.row())]);
    RowIdList whole = newIds;
    if (list->size() > size) {
        auto longer = std::make_shared<RowIds>(*newIds);
        longer->resize(list->size());
        whole = std::move(longer);
    }
    list = std::move(whole);
    QModelIndexList after;
    int row = -1;
    for (qsizetype i = 0; i < before.size(); ++i) {
        // Indexes come in runs of the same row.
        const auto at = static_cast<std::size_t>(i);
        if (i == 0 || kept[at] != kept[at - 1])
            row = rowOfId(kept[at], before[i].row());
        after.append(row < 0 ? QModelIndex() : q->index(row, before[i].column()));
    }
    q->changePersistentIndexList(before, after);
    Q_EMIT q->layoutChanged();
    if (list->size() > size) {
        q->beginRemoveRows({}, static_cast<int>(size), static_cast<int>(list->size()) - 1);
        list = std::move(newIds);
        q->endRemoveRows();
    }
}

// The list after the update, made in one pass.
RowIdList RecordListModel::Private::updated(const RecordListUpdate &update) const
{
    auto now = std::make_shared<RowIds>();
    now->reserve(list->size() + update.inserted.size());
    auto removal = update.removed.begin();
    auto insertion = update.inserted.begin();
    for (std::size_t place = 0; place <= list->size(); ++place) {
        for (; insertion != update.inserted.end() && insertion->place == place; ++insertion)
            now->push_back(static_cast<RowId>(insertion->record.id));
        if (removal != update.removed.end() && *removal == place)
            ++removal;
        else if (place < list->size())
            now->push_back((*list)[place]);
    }
    return now;
}

void RecordListModel::Private::apply(RecordListUpdate update)
{
    const qint64 now = clock.sinceBoot().ms;
    for (RecordListUpdate::Row &row : update.updated) {
        if (!rows.holds(row.record.id))
            continue;
        rows.putChanged(std::move(row.record), now);
        emitRowChanged(static_cast<int>(row.place));
    }
    // Each place costs a copy of the list, so many of them are one exchange.
    if (update.removed.size() + update.inserted.size() <= placesAtOnce) {
        applyOneByOne(std::move(update), now);
        return;
    }
    RowIdList whole = updated(update);
    for (const std::size_t place : update.removed)
        rows.remove((*list)[place]);
    for (RecordListUpdate::Row &row : update.inserted)
        rows.putChanged(std::move(row.record), now);
    exchange(std::move(whole));
}

// From the end to the beginning, so that places further up stay right.
void RecordListModel::Private::applyOneByOne(RecordListUpdate update, qint64 now)
{
    auto removal = update.removed.rbegin();
    auto insertion = update.inserted.rbegin();
    while (removal != update.removed.rend() || insertion != update.inserted.rend()) {
        const bool remove = insertion == update.inserted.rend()
            || (removal != update.removed.rend() && *removal >= insertion->place);
        if (remove) {
            const std::size_t last = *removal;
            std::size_t first = *removal++;
            for (; removal != update.removed.rend() && *removal + 1 == first
                 && (insertion == update.inserted.rend() || *removal >= insertion->place);
                 ++removal)
                first = *removal;
            q->beginRemoveRows({}, static_cast<int>(first), static_cast<int>(last));
            auto &editing = editable();
            const auto begin = editing.begin() + static_cast<std::ptrdiff_t>(first);
            const auto end = editing.begin() + static_cast<std::ptrdiff_t>(last) + 1;
            std::for_each(begin, end, [this](RowId id) { rows.remove(id); });
            editing.erase(begin, end);
            q->endRemoveRows();
            continue;
        }
        const std::size_t place = insertion->place;
        RowIds added;
        for (; insertion != update.inserted.rend() && insertion->place == place; ++insertion) {
            added.push_back(static_cast<RowId>(insertion->record.id));
            rows.putChanged(std::move(insertion->record), now);
        }
        q->beginInsertRows({}, static_cast<int>(place), static_cast<int>(place + added.size()) - 1);
        auto &editing = editable();
        editing.insert(editing.begin() + static_cast<std::ptrdiff_t>(place), added.rbegin(), added.rend());
        q->endInsertRows();
    }
}

void RecordListModel::Private::store(std::vector<CachedRecord> fetched, int nearRow, bool outdated)
{
    int first = -1;
    int last = -1;
    for (CachedRecord &row : fetched) {
        if (rows.isFresh(row.id)) // a live change was quicker
            continue;
        const int at = rowOfId(row.id, nearRow);
        rows.put(std::move(row), outdated);
        if (at < 0)
            continue;
        first = first < 0 ? at : std::min(first, at);
        last = std::max(last, at);
        nearRow = at;
    }
    if (first >= 0)
        Q_EMIT q->dataChanged(q->index(first, 0), q->index(last, q->columnCount() - 1));
}

void RecordListModel::Private::markAllStale()
{
    rows.markAllStale();
    if (!list->empty())
        Q_EMIT q->dataChanged(q->index(0, 0), q->index(q->rowCount() - 1, q->columnCount() - 1));
}

void RecordListModel::Private::setTotals(const RecordTotals &sums)
{
    totals = {};
    totals.count = sums.count;
    totals.listed = sums.listed;
    totals.unsearched = sums.unsearched;
    totals.widened = sums.widened;
    const bool marked = kind.findFlag(OpenMark) != nullptr;
    for (const CurrencyTotal &total : sums.byCurrency) {
        totals.openCount += marked ? total.count : 0;
        // Withheld prices are zero, and a sum of zero tells nobody anything.
        if (total.sum.minor != 0)
            totals.openAmounts.append(Display::money(total.sum, total.currency));
    }
    Q_EMIT q->totalsChanged();
}

void RecordListModel::Private::setCounting(bool nowCounting)
{
    if (counting == nowCounting)
        return;
    counting = nowCounting;
    Q_EMIT q->countingChanged(counting);
}

// What a state is called, or whether an invoice is overdue, changed.
void RecordListModel::Private::repaintStates()
{
    const int status = q->columnOf(QStringLiteral("status"));
    if (status >= 0 && !list->empty())
        Q_EMIT q->dataChanged(q->index(0, status), q->index(q->rowCount() - 1, status));
}

QVariant RecordListModel::Private::noteCell(std::int64_t id, int column, int role) const
{
    if (role != Qt::TextAlignmentRole)
        return notes->data(id, noteAt(column), role);
    const bool figures = noteColumns[noteAt(column)].figures;
    return QVariant::fromValue(Qt::AlignVCenter | (figures ? Qt::AlignRight : Qt::AlignLeft));
}

void RecordListModel::Private::emitNoted(const QList<qint64> &ids)
{
    const int first = static_cast<int>(columns.size());
    if (ids.size() > notedOneByOne && !list->empty()) {
        Q_EMIT q->dataChanged(q->index(0, first), q->index(q->rowCount() - 1, q->columnCount() - 1));
        return;
    }
    int row = 0;
    for (const qint64 id : ids) {
        const int at = rowOfId(id, row);
        if (at < 0)
            continue;
        row = at;
        Q_EMIT q->dataChanged(q->index(row, first), q->index(row, q->columnCount() - 1));
    }
}

RecordListModel::RecordListModel(CacheReaders &readers, const Clock &clock, const RecordType &kind,
                                 QObject *parent, bool withPrices)
    : QAbstractTableModel(parent)
    , d(std::make_unique<Private>(this, readers, clock, kind))
{
    d->columns = listColumns(kind, withPrices);
    connect(&d->wording, &StatusWording::changed, this, [this] { d->repaintStates(); });
    if (d->calendars)
        connect(d->calendars.get(), &Calendars::changed, this, [this] { d->repaintStates(); });
    d->loader.start();
}

RecordListModel::~RecordListModel() = default;

void RecordListModel::setNotes(RowNotes *notes)
{
    d->notes = notes;
    d->noteColumns = notes->columns();
    connect(notes, &RowNotes::noted, this, [this](const QList<qint64> &rows) { d->emitNoted(rows); });
}

const RecordType &RecordListModel::kind() const
{
    return d->kind;
}

const RecordQuery &RecordListModel::query() const
{
    return d->loader.query();
}

void RecordListModel::setQuery(const RecordQuery &query)
{
    Q_ASSERT(query.kind == &d->kind);
    d->loader.setQuery(query);
}

RecordListModel::Totals RecordListModel::totals() const
{
    return d->totals;
}

bool RecordListModel::isCounting() const
{
    return d->counting;
}

int RecordListModel::columnOf(const QString &fieldName) const
{
    const std::string name = fieldName.toStdString();
    const auto found = std::ranges::find(d->columns, std::string_view(name), &Field::name);
    if (found != d->columns.end())
        return static_cast<int>(found - d->columns.begin());
    for (qsizetype i = 0; i < d->noteColumns.size(); ++i) {
        if (d->noteColumns[i].id == fieldName)
            return static_cast<int>(d->columns.size()) + static_cast<int>(i);
    }
    return -1;
}

QString RecordListModel::fieldOf(int column) const
{
    if (column < 0 || column >= columnCount())
        return {};
    const Field *field = d->fieldAt(column);
    return field ? Display::text(std::string(field->name)) : d->noteColumns[d->noteAt(column)].id;
}

int RecordListModel::rowOf(const QString &key) const
{
    return d->rowOfId(d->rows.idOf(key.toStdString()));
}

void RecordListModel::findRow(const QString &key)
{
    d->loader.find(key);
}

int RecordListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(d->list->size());
}

int RecordListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0
                            : static_cast<int>(d->columns.size()) + static_cast<int>(d->noteColumns.size());
}

QVariant RecordListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::int64_t id = (*d->list)[static_cast<std::size_t>(index.row())];
    const Field *field = d->fieldAt(index.column());
    if (role == ItemRole::RowId)
        return qint64{id};
    if (role == Qt::TextAlignmentRole && field)
        return QVariant::fromValue(alignmentOf(*field));
    const HeldRows::Row *row = d->rows.find(id);
    if (id != 0 && (!row || row->stale))
        d->loader.want(index.row());
    if (role == ItemRole::Fetched)
        return row != nullptr;
    if (!row)
        return {};
    if (role == ItemRole::Key)
        return Display::text(row->key());
    if (role == ItemRole::Kind)
        return Display::text(std::string(d->kind.name));
    if (role == ItemRole::ChangedAt)
        return qint64{row->changedAt};
    if (!field)
        return d->noteCell(id, index.column(), role);
    return recordCell(d->kind, row->record(), *field, role, d->wording, d->contextOf(row->record()));
}

QVariant RecordListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Field *field = d->fieldAt(section);
    if (role == Qt::DisplayRole)
        return field ? QCoreApplication::translate("Field", field->title)
                     : d->noteColumns[d->noteAt(section)].title;
    if (role == Qt::TextAlignmentRole)
        return field ? QVariant::fromValue(alignmentOf(*field)) : d->noteCell(0, section, role);
    return {};
}

void RecordListModel::sort(int column, Qt::SortOrder order)
{
    const Field *field = column < 0 || column >= columnCount() ? nullptr : d->fieldAt(column);
    if (!field || !field->is(Sortable))
        return;
    RecordQuery sorted = query();
    sorted.sortField = field->name;
    sorted.descending = order == Qt::DescendingOrder;
    setQuery(sorted);
}

} // namespace Counterfoil
