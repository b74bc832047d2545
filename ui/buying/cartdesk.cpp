#include "cartdesk.h"

#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <map>

namespace Counterfoil {

namespace {

class CartDeskText
{
    Q_DECLARE_TR_FUNCTIONS(CartDesk)
};

CartDraft refusal(const QString &sentence)
{
    CartDraft draft;
    draft.refused = sentence;
    return draft;
}

void put(Cart &cart, CartLine line)
{
    const auto same = std::ranges::find_if(cart.lines, [&line](const CartLine &other) {
        return other.sku == line.sku && other.unit == line.unit;
    });
    if (same != cart.lines.end()) {
        same->quantity += line.quantity;
        return;
    }
    line.lineNumber = static_cast<std::int64_t>(cart.lines.size()) + 1;
    cart.lines.push_back(std::move(line));
}

CartDraft finished(CartDraft draft, int without)
{
    if (draft.cart.lines.empty())
        return refusal(CartDeskText::tr("There is no item to order again."));
    if (draft.cart.lines.size() > mostCartLines)
        return refusal(CartDeskText::tr("These are %1 items, and a cart holds %2. Choose fewer.")
                           .arg(QLocale().toString(qulonglong(draft.cart.lines.size())),
                                QLocale().toString(qulonglong(mostCartLines))));
    draft.cart.account = draft.account;
    draft.cart.lineCount = static_cast<std::int64_t>(draft.cart.lines.size());
    if (without > 0)
        draft.note
            = CartDeskText::tr("%Ln lines have no item number and are not in the cart.", nullptr, without);
    return draft;
}

} // namespace

CartDraft draftOf(const std::vector<Order> &orders, const std::set<std::int64_t> &lines)
{
    if (orders.empty())
        return refusal(CartDeskText::tr("The order is not on this computer any more."));
    CartDraft draft;
    draft.account = orders.front().account;
    draft.cart.currency = orders.front().currency;
    int without = 0;
    for (const Order &order : orders) {
        if (order.account != draft.account)
            return refusal(CartDeskText::tr("These orders are of several accounts. Choose those of one."));
        if (order.currency != draft.cart.currency)
            return refusal(CartDeskText::tr("These orders are in several currencies. Choose those in one."));
        for (const OrderLine &line : order.lines) {
            if (!lines.empty() && !lines.contains(line.lineNumber))
                continue;
            if (line.sku.empty() || line.ordered <= Decimal()) {
                ++without;
                continue;
            }
            CartLine wanted;
            wanted.sku = line.sku;
            wanted.description = line.description;
            wanted.unit = line.unit;
            wanted.quantity = line.ordered;
            wanted.unitPrice = line.unitPrice;
            wanted.pricedAt = order.placedAt;
            wanted.fromOrder = order.key;
            wanted.fromLine = line.lineNumber;
            put(draft.cart, std::move(wanted));
        }
    }
    draft.cart.name = orders.size() == 1
        ? CartDeskText::tr("Again: %1", "an order's number")
              .arg(Display::text(orders.front().number))
              .toStdString()
        : CartDeskText::tr("Again: %Ln orders", nullptr, static_cast<int>(orders.size())).toStdString();
    return finished(std::move(draft), without);
}

Decimal inPacks(Decimal quantity, const Item &item)
{
    std::int64_t pack = 0;
    for (const ItemPack &each : item.packs) {
        if (each.content > Decimal::fromInteger(1) && (pack == 0 || each.content.millionths < pack))
            pack = each.content.millionths;
    }
    if (pack == 0 || quantity <= Decimal())
        return quantity;
    return Decimal{(quantity.millionths + pack - 1) / pack * pack};
}

CartDraft draftOf(const std::vector<BoughtItem> &items)
{
    if (items.empty())
        return refusal(CartDeskText::tr("Choose an item first."));
    CartDraft draft;
    draft.account = items.front().account;
    draft.cart.currency = items.front().last.currency;
    for (const BoughtItem &item : items) {
        if (item.account != draft.account)
            return refusal(CartDeskText::tr("These items are of several accounts. Choose those of one."));
        if (item.last.currency != draft.cart.currency)
            return refusal(
                CartDeskText::tr("These items were bought in several currencies. Choose those in one."));
        CartLine wanted;
        wanted.sku = item.sku;
        wanted.description = item.last.description;
        wanted.unit = item.last.unit;
        wanted.quantity = item.usual;
        wanted.unitPrice = item.last.unitPrice;
        wanted.pricedAt = item.last.at;
        wanted.fromOrder = item.last.order;
        put(draft.cart, std::move(wanted));
    }
    draft.cart.name = items.size() == 1
        ? CartDeskText::tr("Again: %1", "an order's number")
              .arg(Display::text(items.front().sku))
              .toStdString()
        : CartDeskText::tr("Again: %Ln items", nullptr, static_cast<int>(items.size())).toStdString();
    return finished(std::move(draft), 0);
}

CartDesk::CartDesk(PaneContext context, CommandPort &commands, QObject *parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_commands(commands)
{
    connect(&commands, &CommandPort::queued, this, [this](const QString &key) {
        if (!m_waiting.contains(key))
            return;
        const QString saying = m_waiting.take(key);
        if (!m_quiet.remove(key))
            Q_EMIT made(QString::fromStdString(resultOf(key.toStdString())));
        Q_EMIT told(saying);
    });
    connect(&commands, &CommandPort::notQueued, this, [this](const QString &key, const Error &error) {
        if (m_waiting.remove(key) > 0)
            Q_EMIT told(error.userText);
    });
}

bool CartDesk::mayOrder() const
{
    return m_context.person.seesPrices && mayAsk(m_context.person, "save", Cart::type);
}

// A cart for each account: an order is of one.
template <class Things, class Draft> void CartDesk::makeEach(const Things &things, const Draft &draft)
{
    std::map<std::string, Things> byAccount;
    for (const auto &thing : things)
        byAccount[thing.account].push_back(thing);
    if (byAccount.empty())
        byAccount.emplace();
    for (const auto &[account, own] : byAccount)
        make(draft(own));
}

void CartDesk::reorder(const std::vector<std::int64_t> &orders)
{
    if (orders.empty() || !mayOrder())
        return;
    if (orders.size() > ordersMost) {
        Q_EMIT told(tr("At most %Ln orders go into one cart. Choose fewer.", nullptr, ordersMost));
        return;
    }
    ask(
        [orders](CacheReader &reader) -> Result<Orders> {
            const auto rows = reader.byIds(Order::type, orders, WithLists::Yes);
            if (!rows)
                return rows.error();
            Orders read;
            for (const CachedRecord &row : *rows)
                read.push_back(*row.record.as<Order>());
            return read;
        },
        {});
}

void CartDesk::reorderLines(const std::string &order, const std::set<std::int64_t> &lines)
{
    if (!mayOrder())
        return;
    ask(
        [order](CacheReader &reader) -> Result<Orders> {
            const auto row = reader.byKey(Order::type, order);
            if (!row)
                return row.error();
            return *row ? Orders{*(*row)->record.as<Order>()} : Orders();
        },
        lines);
}

void CartDesk::ask(std::function<Result<Orders>(CacheReader &)> read, const std::set<std::int64_t> &lines)
{
    m_context.readers.ask(
        this, m_asking.renew(), std::move(read), [this, lines](const Result<Orders> &orders) {
            m_asking.finish();
            if (orders)
                makeEach(*orders, [&lines](const Orders &own) { return draftOf(own, lines); });
            else
                Q_EMIT told(orders.error().userText);
        });
}

void CartDesk::buyAgain(std::vector<BoughtItem> items, ReorderBy by)
{
    if (!mayOrder())
        return;
    if (by == ReorderBy::Packs && !items.empty())
        return buyInPacks(items);
    for (BoughtItem &item : items)
        item.usual = by == ReorderBy::Last ? item.last.quantity : item.usual;
    makeEach(items, [](const std::vector<BoughtItem> &own) { return draftOf(own); });
}

void CartDesk::buyInPacks(const std::vector<BoughtItem> &items)
{
    m_context.readers.ask(
        this, m_asking.renew(),
        [items](CacheReader &reader) {
            std::vector<BoughtItem> rounded = items;
            for (BoughtItem &item : rounded) {
                const auto row = reader.byKey(Item::type, item.sku);
                if (row && *row)
                    item.usual = inPacks(item.usual, *(*row)->record.as<Item>());
            }
            return rounded;
        },
        [this](const std::vector<BoughtItem> &rounded) {
            m_asking.finish();
            buyAgain(rounded);
        });
}

void CartDesk::makeEmpty(const std::string &account, const std::string &currency)
{
    if (!mayOrder())
        return;
    CartDraft draft;
    draft.account = account;
    draft.cart.currency = currency;
    draft.cart.name = tr("New cart").toStdString();
    make(draft);
}

void CartDesk::copy(const Cart &cart, bool asList)
{
    if (!mayOrder())
        return;
    CartDraft draft;
    draft.account = cart.account;
    draft.cart.currency = cart.currency;
    draft.cart.name = cart.name;
    draft.cart.list = asList;
    draft.cart.shared = asList && cart.shared;
    draft.cart.lines = cart.lines;
    if (asList)
        draft.note = tr("A list was made: %1").arg(Display::text(cart.name));
    make(draft);
}

std::string CartDesk::makeWith(const std::string &account, const std::string &currency, const CartLine &line)
{
    if (!mayOrder())
        return {};
    CartDraft draft;
    draft.account = account;
    draft.cart.currency = currency;
    draft.cart.name = tr("New cart").toStdString();
    put(draft.cart, line);
    const QString key = make(finished(std::move(draft), 0));
    if (key.isEmpty())
        return {};
    m_quiet.insert(key);
    return resultOf(key.toStdString());
}

QString CartDesk::make(const CartDraft &draft)
{
    if (!draft.refused.isEmpty()) {
        Q_EMIT told(draft.refused);
        return {};
    }
    Command command;
    command.verb = "save";
    command.kind = &Cart::type;
    command.account = draft.account;
    command.record = AnyRecord(Cart::type);
    copyEditable(Cart::type, &draft.cart, command.record.data());
    const QString key = m_commands.submit(command);
    m_waiting.insert(key,
                     draft.note.isEmpty() ? tr("A cart was made: %1").arg(Display::text(draft.cart.name))
                                          : draft.note);
    return key;
}

} // namespace Counterfoil
