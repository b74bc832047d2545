#include "boughtmodel.h"

#include "account.h"
#include "askflag.h"
#include "askpace.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"
#include "order.h"

#include <QLocale>

#include <algorithm>

namespace Counterfoil {

namespace {

using Accounts = std::vector<std::string>;
using Query = BoughtModel::Query;

// What was read, with what it is searched by; never changed, so that any thread may look at it.
struct Loaded
{
    BoughtItems::List list;
    std::vector<QString> words;                        // of each item
    std::map<std::string, QString, std::less<>> names; // of the accounts
};

struct Rows
{
    std::vector<int> items; // in the order shown
    int due = 0;
};

struct Answer
{
    std::shared_ptr<const Loaded> loaded;
    Rows rows;
};

Due dueOn(const BoughtItem &item, Date today)
{
    if (!item.dueOn.isSet() || !today.isSet())
        return Due::Unknown;
    if (today < item.dueOn)
        return Due::Later;
    const int away = today.daysSinceEpoch - item.lastOn.daysSinceEpoch;
    return away > BoughtModel::lapsedAfterRhythms * item.rhythmDays ? Due::Lapsed : Due::Now;
}

Due dueOn(const BoughtItem &item, const Query &query)
{
    const Due due = dueOn(item, query.today);
    if (due != Due::Now || query.resting.empty())
        return due;
    const auto rest = query.resting.find(BoughtModel::keyOf(item));
    return rest != query.resting.end() && query.today < rest->second ? Due::Later : due;
}

QString wordsOf(const BoughtItem &item)
{
    const QString sku = Display::text(item.sku).toLower();
    QString plain = sku;
    plain.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    return sku + u' ' + plain + u' ' + Display::text(item.last.description).toLower();
}

Result<std::shared_ptr<const Loaded>> load(CacheReader &reader, const Accounts &accounts)
{
    auto list = BoughtItems(reader).of(accounts);
    if (!list)
        return list.error();
    const auto known = reader.all(Account::type);
    if (!known)
        return known.error();
    auto loaded = std::make_shared<Loaded>();
    loaded->list = std::move(*list);
    for (const CachedRecord &row : *known)
        loaded->names.emplace(row.record.as<Account>()->key, Display::text(row.record.as<Account>()->name));
    for (const BoughtItem &item : loaded->list.items)
        loaded->words.push_back(wordsOf(item));
    return std::shared_ptr<const Loaded>(std::move(loaded));
}

// Items in whose column nothing stands come last, whichever way the column is sorted.
struct SortValue
{
    bool none = false;
    std::int64_t number = 0;
    QString text = {};

    bool comesBefore(const SortValue &other, bool descending) const
    {
        if (none != other.none)
            return other.none;
        const int order
            = number != other.number ? (number < other.number ? -1 : 1) : text.compare(other.text);
        return descending ? order > 0 : order < 0;
    }
};

SortValue sortValueOf(const Loaded &loaded, const BoughtItem &item, const Query &query)
{
    switch (query.column) {
    case BoughtModel::Sku:
        return {false, 0, Display::text(item.sku).toLower()};
    case BoughtModel::Description:
        return {item.last.description.empty(), 0, Display::text(item.last.description).toLower()};
    case BoughtModel::LastPrice:
        return {false, item.last.unitPrice.millionths, Display::text(item.last.currency)};
    case BoughtModel::Usual:
        return {false, item.usual.millionths};
    case BoughtModel::Times:
        return {false, item.times};
    case BoughtModel::Rhythm:
        return {item.rhythmDays == 0 && !item.dueOn.isSet(), item.rhythmDays};
    case BoughtModel::DueAgain: {
        const Due due = dueOn(item, query);
        return {due == Due::Unknown || due == Due::Lapsed, item.dueOn.daysSinceEpoch};
    }
    case BoughtModel::AccountName: {
        const auto name = loaded.names.find(item.account);
        return {false, 0, name == loaded.names.end() ? QString() : name->second.toLower()};
    }
    default:
        return {false, item.last.at.ms};
    }
}

Rows arrange(const Loaded &loaded, const Query &query)
{
    Rows rows;
    const QStringList words = query.text.toLower().split(u' ', Qt::SkipEmptyParts);
    std::vector<SortValue> values(loaded.list.items.size());
    for (std::size_t i = 0; i < loaded.list.items.size(); ++i) {
        const BoughtItem &item = loaded.list.items[i];
        const bool isDue = dueOn(item, query) == Due::Now;
        rows.due += isDue ? 1 : 0;
        const bool found = std::ranges::all_of(
            words, [&text = loaded.words[i]](const QString &word) { return text.contains(word); });
        if (!found || (query.dueOnly && !isDue))
            continue;
        values[i] = sortValueOf(loaded, item, query);
        rows.items.push_back(static_cast<int>(i));
    }
    std::ranges::stable_sort(rows.items, [&](int a, int b) {
        return values[static_cast<std::size_t>(a)].comesBefore(values[static_cast<std::size_t>(b)],
                                                               query.descending);
    });
    return rows;
}

} // namespace

class BoughtModel::Private
{
public:
    Private(BoughtModel *model, CacheReaders &cacheReaders, bool prices)
        : q(model)
        , readers(cacheReaders)
        , withPrices(prices)
        , pace([this] { askAll(); })
    { }

    void askAll();
    void askRows();
    void show(const Answer &answer);
    const BoughtItem &at(int row) const
    {
        return loaded->list.items[static_cast<std::size_t>(rows.items[static_cast<std::size_t>(row)])];
    }
    QString accountName(const BoughtItem &item) const;
    QString dueText(const BoughtItem &item) const;
    QString text(const BoughtItem &item, int column) const;
    QString toolTip(const BoughtItem &item, int column) const;

    BoughtModel *q;
    CacheReaders &readers;
    const bool withPrices;
    Accounts accounts;
    Query query;
    State state = State::Loading;
    QString error;
    std::shared_ptr<const Loaded> loaded = std::make_shared<Loaded>();
    Rows rows;
    bool severalAccounts = false;
    AskFlag asking;
    AskFlag askingRows;
    AskPace pace;
};

void BoughtModel::Private::askAll()
{
    askingRows.cancel();
    readers.ask(
        q, asking.renew(),
        [accounts = accounts, query = query](CacheReader &reader) -> Result<Answer> {
            auto read = load(reader, accounts);
            if (!read)
                return read.error();
            return Answer{*read, arrange(**read, query)};
        },
        [this, asked = query](const Result<Answer> &answer) {
            asking.finish();
            pace.answered();
            if (!answer) {
                // What is shown stays; the next change asks again.
                if (state == State::Loading) {
                    state = State::Failed;
                    error = answer.error().userText;
                    Q_EMIT q->changed();
                }
                return;
            }
            show(*answer);
            if (asked != query)
                askRows();
        },
        CacheReaders::Length::Long);
}

// While all is read anyway, its answer sees to it.
void BoughtModel::Private::askRows()
{
    if (asking.isUnderWay())
        return;
    readers.ask(
        q, askingRows.renew(),
        [all = loaded, query = query](CacheReader &) {
            return Answer{all, arrange(*all, query)};
        },
        [this](const Answer &answer) {
            askingRows.finish();
            show(answer);
        });
}

void BoughtModel::Private::show(const Answer &answer)
{
    const bool same = state == State::Here && loaded->list.items == answer.loaded->list.items
        && rows.items == answer.rows.items;
    if (!same)
        q->beginResetModel();
    loaded = answer.loaded;
    rows = answer.rows;
    state = loaded->list.several ? State::Several : State::Here;
    severalAccounts
        = std::ranges::adjacent_find(loaded->list.items, std::not_equal_to(), &BoughtItem::account)
        != loaded->list.items.end();
    if (!same)
        q->endResetModel();
    Q_EMIT q->changed();
}

QString BoughtModel::Private::accountName(const BoughtItem &item) const
{
    const auto name = loaded->names.find(item.account);
    return name == loaded->names.end() ? Display::text(item.account) : name->second;
}

QString BoughtModel::Private::dueText(const BoughtItem &item) const
{
    switch (dueOn(item, query)) {
    case Due::Unknown:
        break;
    case Due::Later:
        return Display::shortDate(item.dueOn);
    case Due::Now:
        return item.dueOn == query.today
            ? tr("Today")
            : tr("Since %1", "a day on which it was due again").arg(Display::shortDate(item.dueOn));
    case Due::Lapsed:
        return tr("Not any more");
    }
    return {};
}

QString BoughtModel::Private::text(const BoughtItem &item, int column) const
{
    switch (column) {
    case Sku:
        return Display::text(item.sku);
    case Description:
        return Display::text(item.last.description);
    case LastBought:
        return Display::shortDate(item.last.at);
    case LastPrice:
        return withPrices ? Display::unitPrice(item.last.unitPrice, item.last.currency) : QString();
    case Usual:
        return item.last.unit.empty() || item.last.unit == "each"
            ? Display::quantity(item.usual)
            : tr("%1 × %2", "a quantity and its unit")
                  .arg(Display::quantity(item.usual), Display::text(item.last.unit));
    case Times:
        return QLocale().toString(qint64{item.times});
    case Rhythm:
        return item.dueOn.isSet() ? tr("every %Ln days", nullptr, item.rhythmDays) : QString();
    case DueAgain:
        return dueText(item);
    case AccountName:
        return accountName(item);
    default:
        return {};
    }
}

QString BoughtModel::Private::toolTip(const BoughtItem &item, int column) const
{
    if (column == LastBought)
        return Display::full(item.last.at);
    if (column == DueAgain && dueOn(item, query) == Due::Lapsed)
        return tr("It was due on %1 and has not been bought since.").arg(Display::full(item.dueOn));
    if (column == DueAgain && item.dueOn.isSet())
        return Display::full(item.dueOn);
    return text(item, column);
}

BoughtModel::BoughtModel(CacheReaders &readers, bool withPrices, QObject *parent)
    : QAbstractTableModel(parent)
    , d(std::make_unique<Private>(this, readers, withPrices))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.touches(Order::type) || notice.touches(Account::type))
            d->pace.wanted();
    });
    d->pace.now();
}

BoughtModel::~BoughtModel() = default;

void BoughtModel::setAccounts(const std::vector<std::string> &accounts)
{
    if (d->accounts == accounts)
        return;
    beginResetModel();
    d->accounts = accounts;
    d->loaded = std::make_shared<Loaded>();
    d->rows = {};
    d->state = State::Loading;
    d->severalAccounts = false;
    endResetModel();
    d->pace.now();
    Q_EMIT changed();
}

void BoughtModel::setQuery(const Query &query)
{
    if (d->query == query)
        return;
    d->query = query;
    d->askRows();
}

const BoughtModel::Query &BoughtModel::query() const
{
    return d->query;
}

void BoughtModel::setWatched(bool watched)
{
    d->pace.setWatched(watched);
}

BoughtModel::State BoughtModel::state() const
{
    return d->state;
}

QString BoughtModel::errorText() const
{
    return d->error;
}

int BoughtModel::known() const
{
    return static_cast<int>(d->loaded->list.items.size());
}

int BoughtModel::due() const
{
    return d->rows.due;
}

bool BoughtModel::isCut() const
{
    return d->loaded->list.cut;
}

bool BoughtModel::hasAccounts() const
{
    return d->severalAccounts;
}

const BoughtItem *BoughtModel::item(int row) const
{
    return row >= 0 && row < rowCount() ? &d->at(row) : nullptr;
}

Due BoughtModel::dueOf(int row) const
{
    const BoughtItem *which = item(row);
    return which ? dueOn(*which, d->query) : Due::Unknown;
}

int BoughtModel::rowOf(const QString &key) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (keyOf(d->at(row)) == key)
            return row;
    }
    return -1;
}

QString BoughtModel::keyOf(const BoughtItem &item)
{
    return QString::fromStdString(item.account) + u'\n' + QString::fromStdString(item.sku);
}

int BoughtModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(d->rows.items.size());
}

int BoughtModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BoughtModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BoughtItem &item = d->at(index.row());
    const int column = index.column();
    const bool isDue = column == DueAgain && dueOn(item, d->query) == Due::Now;
    switch (role) {
    case Qt::DisplayRole:
        return d->text(item, column);
    case Qt::ToolTipRole:
        return d->toolTip(item, column);
    case Qt::TextAlignmentRole: {
        const bool number = column == LastPrice || column == Usual || column == Times;
        return QVariant::fromValue(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    }
    case ItemRole::Key:
        return keyOf(item);
    case ItemRole::Fetched:
        return true;
    case ItemRole::Tone:
        return isDue ? QStringLiteral("warn") : QString();
    case ItemRole::Symbol:
        return isDue ? QStringLiteral("◔") : QString();
    case ItemRole::Secondary:
        return column == LastBought || column == Times || column == Rhythm || column == DueAgain;
    default:
        return {};
    }
}

QVariant BoughtModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == LastPrice || section == Usual || section == Times))
        return QVariant::fromValue(Qt::AlignVCenter | Qt::AlignRight);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Sku:
        return tr("Item");
    case Description:
        return tr("Description");
    case LastBought:
        return tr("Last bought");
    case LastPrice:
        return tr("Last price");
    case Usual:
        return tr("Usual quantity");
    case Times:
        return tr("Orders");
    case Rhythm:
        return tr("Rhythm");
    case DueAgain:
        return tr("Due again");
    case AccountName:
        return tr("Account");
    default:
        return {};
    }
}

} // namespace Counterfoil
