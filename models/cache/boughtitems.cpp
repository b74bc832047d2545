#include "boughtitems.h"

#include "account.h"
#include "cachereader.h"
#include "database.h"
#include "queryterms.h"
#include "topaccount.h"

#include <algorithm>
#include <map>
#include <utility>

namespace Counterfoil {

namespace {

constexpr std::int64_t dayMs = 86'400'000;

Date dayInUtc(Instant at)
{
    const std::int64_t days = at.ms / dayMs - (at.ms % dayMs < 0 ? 1 : 0);
    return {static_cast<std::int32_t>(days)};
}

// The lines of the latest orders, newest first, those of an order together.
std::string linesSql(const QueryTerms::Condition &where, const std::string &andOfLines)
{
    return "SELECT o.account, l.sku, o._id, o.key, o.number, o.placedAt, l.description, l.unit, "
           "l.ordered - l.cancelled, l.unitPrice, o.currency FROM (SELECT _id, key, account, number, "
           "placedAt, "
           "currency FROM orders WHERE "
        + where.sql + " ORDER BY placedAt DESC, _id DESC LIMIT " + std::to_string(BoughtItems::ordersMost)
        + ") o CROSS JOIN orders_lines l ON l._record = o._id WHERE l.ordered > l.cancelled AND l.sku <> ''"
        + andOfLines + " ORDER BY o.placedAt DESC, o._id DESC, l.lineNumber";
}

PastPurchase purchaseOf(const Sqlite::Statement &row)
{
    return {std::string(row.text(3)), std::string(row.text(4)), {row.integer(5)}, std::string(row.text(6)),
            std::string(row.text(7)), {row.integer(8)},         {row.integer(9)}, std::string(row.text(10))};
}

// The lower of the two in the middle, so that it is one of them.
template <class Value> Value middle(std::vector<Value> values)
{
    const auto at = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::ranges::nth_element(values, at);
    return *at;
}

// One item while its purchases come in, newest first.
class Gathered
{
public:
    void add(std::int64_t orderRow, const PastPurchase &purchase)
    {
        if (m_orderRow == orderRow && m_item.times > 0)
            return addToOrder(purchase);
        m_orderRow = orderRow;
        if (++m_item.times == 1)
            m_item.last = purchase;
        m_looksAt = m_item.times <= BoughtItems::latestLookedAt;
        if (!m_looksAt)
            return;
        m_isOfUnit = purchase.unit == m_item.last.unit;
        if (m_isOfUnit)
            m_quantities.push_back(purchase.quantity);
        if (const Date day = dayInUtc(purchase.at); m_days.empty() || m_days.back() != day)
            m_days.push_back(day);
    }

    BoughtItem take(const std::string &account, const std::string &sku)
    {
        m_item.account = account;
        m_item.sku = sku;
        m_item.usual = middle(std::move(m_quantities));
        m_item.lastOn = m_days.front();
        if (m_days.size() >= BoughtItems::leastForRhythm) {
            std::vector<int> gaps;
            for (std::size_t i = 1; i < m_days.size(); ++i)
                gaps.push_back(m_days[i - 1].daysSinceEpoch - m_days[i].daysSinceEpoch);
            m_item.rhythmDays = middle(std::move(gaps));
            m_item.dueOn = {m_item.lastOn.daysSinceEpoch + m_item.rhythmDays};
        }
        return std::move(m_item);
    }

private:
    // An item may stand on several lines of an order, for example for two delivery days.
    void addToOrder(const PastPurchase &purchase)
    {
        if (m_item.times == 1 && purchase.unit == m_item.last.unit)
            m_item.last.quantity += purchase.quantity;
        if (m_looksAt && m_isOfUnit && purchase.unit == m_item.last.unit)
            m_quantities.back() += purchase.quantity;
    }

    BoughtItem m_item;
    std::int64_t m_orderRow = 0;
    bool m_looksAt = false;
    bool m_isOfUnit = false;
    std::vector<Decimal> m_quantities;
    std::vector<Date> m_days;
};

} // namespace

Result<BoughtItems::List> BoughtItems::of(const std::vector<std::string> &accounts)
{
    List list;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        if (accounts.empty()) {
            const auto only = onlyTopAccount(m_cache);
            if (!only)
                return only.error();
            const auto known = m_cache.count(Account::type);
            if (!known)
                return known.error();
            list.several = only->empty() && *known > 0;
            if (list.several)
                return Done();
        }
        QueryTerms::Condition where;
        if (!accounts.empty())
            where.addIn("account", accounts);
        std::map<std::pair<std::string, std::string>, Gathered> gathered;
        std::int64_t orders = 0;
        std::int64_t lastOrder = -1;
        const auto done = QueryTerms::forEachRow(
            m_cache, linesSql(where, {}), where, [&](const Sqlite::Statement &row) {
                orders += std::exchange(lastOrder, row.integer(2)) != row.integer(2) ? 1 : 0;
                const PastPurchase purchase = purchaseOf(row);
                if (!purchase.at.isSet())
                    return;
                gathered[{std::string(row.text(0)), std::string(row.text(1))}].add(row.integer(2), purchase);
            });
        if (!done)
            return done;
        list.cut = orders >= ordersMost;
        for (auto &[which, item] : gathered)
            list.items.push_back(item.take(which.first, which.second));
        return Done();
    });
    if (!outcome)
        return outcome.error();
    std::ranges::stable_sort(list.items, [](const BoughtItem &a, const BoughtItem &b) {
        return a.last.at != b.last.at ? a.last.at > b.last.at : a.sku < b.sku;
    });
    if (list.items.size() > itemsMost) {
        list.items.resize(itemsMost);
        list.cut = true;
    }
    return list;
}

Result<std::vector<PastPurchase>> BoughtItems::history(const std::string &account, const std::string &sku)
{
    QueryTerms::Condition where;
    where.addIn("account", {account});
    QueryTerms::Condition all = where;
    all.values.emplace_back(sku);
    std::vector<PastPurchase> purchases;
    std::int64_t lastOrder = -1;
    const auto done = QueryTerms::forEachRow(
        m_cache, linesSql(where, " AND l.sku = ?"), all, [&](const Sqlite::Statement &row) {
            PastPurchase purchase = purchaseOf(row);
            const bool sameOrder = std::exchange(lastOrder, row.integer(2)) == row.integer(2);
            if (sameOrder && !purchases.empty() && purchases.back().unit == purchase.unit)
                purchases.back().quantity += purchase.quantity;
            else if (purchases.size() < historyMost)
                purchases.push_back(std::move(purchase));
        });
    if (!done)
        return done.error();
    return purchases;
}

} // namespace Counterfoil
