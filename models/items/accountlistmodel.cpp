#include "accountlistmodel.h"

#include "account.h"
#include "askflag.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace Counterfoil {

namespace {

struct Row
{
    QString key; // empty: all accounts
    QString name;
    QString number;
    QString place;
    int depth = 0;

    bool operator==(const Row &) const = default;
};

Row rowOf(const Account &account, int depth)
{
    const QString place = account.city.empty()
        ? Display::text(account.country)
        : Display::text(account.country.empty() ? account.city : account.city + ", " + account.country);
    return {Display::text(account.key), Display::text(account.name), Display::text(account.number), place,
            depth};
}

void sortByName(std::vector<Row> &rows)
{
    std::ranges::sort(rows, [](const Row &a, const Row &b) {
        const int order = QString::localeAwareCompare(a.name, b.name);
        return order != 0 ? order < 0 : a.key < b.key;
    });
}

// The topmost ancestor that the person sees; the account itself when it sees none. Parents that form
// a ring, which no ERP should report, end where the ring closes.
std::string topOf(const Account &account, const std::map<std::string, const Account *> &byKey)
{
    const Account *top = &account;
    std::set<const Account *> passed{top};
    for (;;) {
        const auto parent = byKey.find(top->parent);
        if (parent == byKey.end())
            return top->key;
        if (!passed.insert(parent->second).second)
            return account.key;
        top = parent->second;
    }
}

std::vector<Row> treeOf(const std::vector<CachedRecord> &records)
{
    std::map<std::string, const Account *> byKey;
    for (const CachedRecord &record : records)
        byKey.emplace(record.record.as<Account>()->key, record.record.as<Account>());
    std::vector<Row> tops;
    std::map<QString, std::vector<Row>> branches;
    for (const auto &[key, account] : byKey) {
        const std::string top = topOf(*account, byKey);
        if (top == key)
            tops.push_back(rowOf(*account, 0));
        else
            branches[Display::text(top)].push_back(rowOf(*account, 1));
    }
    std::vector<Row> rows;
    if (byKey.size() > 1)
        rows.push_back({{}, QCoreApplication::translate("AccountList", "All accounts"), {}, {}, 0});
    sortByName(tops);
    for (Row &top : tops) {
        const QString key = top.key;
        rows.push_back(std::move(top));
        auto &below = branches[key];
        sortByName(below);
        rows.insert(rows.end(), below.begin(), below.end());
    }
    return rows;
}

} // namespace

class AccountListModel::Private
{
public:
    Private(AccountListModel *model, CacheReaders &cacheReaders)
        : q(model)
        , readers(cacheReaders)
    { }

    void load();
    void show(std::vector<Row> wanted);

    AccountListModel *q;
    CacheReaders &readers;
    AskFlag asking;
    bool again = false;
    bool failed = false;
    std::vector<Row> rows;
};

void AccountListModel::Private::load()
{
    if (asking.isUnderWay()) {
        again = true;
        return;
    }
    readers.ask(
        q, asking.renew(), [](CacheReader &reader) { return reader.all(Account::type); },
        [this](const Result<std::vector<CachedRecord>> &records) {
            asking.finish();
            failed = !records;
            if (records)
                show(treeOf(*records));
            if (std::exchange(again, false) && !failed)
                load();
        });
}

// At first all at once, since there may be thousands.
void AccountListModel::Private::show(std::vector<Row> wanted)
{
    if (!rows.empty() || wanted.empty()) {
        q->mergeRows(rows, wanted);
        return;
    }
    q->beginResetModel();
    rows = std::move(wanted);
    q->endResetModel();
}

AccountListModel::AccountListModel(CacheReaders &readers, QObject *parent)
    : MergedRows(parent)
    , d(std::make_unique<Private>(this, readers))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (d->failed || notice.touches(Account::type))
            d->load();
    });
    d->load();
}

AccountListModel::~AccountListModel() = default;

int AccountListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(d->rows.size());
}

QVariant AccountListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = d->rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case Qt::ToolTipRole:
        return row.place.isEmpty() ? row.number : row.number + QStringLiteral(" · ") + row.place;
    case ItemRole::Note:
        return row.depth > 0 ? row.number : row.place;
    case ItemRole::Key:
        return row.key;
    case ItemRole::Raw:
        return row.depth;
    case ItemRole::Fetched:
        return true;
    default:
        return {};
    }
}

} // namespace Counterfoil
