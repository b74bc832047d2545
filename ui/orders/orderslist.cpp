#include "orderslist.h"

#include "order.h"

#include <QLocale>

namespace Counterfoil {

namespace {

class OrdersListText
{
    Q_DECLARE_TR_FUNCTIONS(OrdersList)
};

} // namespace

ListDescription ordersList()
{
    ListDescription list;
    list.kind = &Order::type;
    list.id = QStringLiteral("orders");
    list.name = OrdersListText::tr("Orders");
    list.icon = Icons::Icon::Orders;
    list.filterName = OrdersListText::tr("Filter orders by number, PO, item or ship-to");
    list.filterToolTip = OrdersListText::tr("Number, PO reference, item or ship-to (/)");
    list.columns = {{"number", u"SO-0000000"},
                    {"poReference", u"0000000000", ColumnRoom::Plain, 4},
                    {"placedAt", u"30 Nov 2000", ColumnRoom::Plain, 3},
                    {"status", u"On hold · credit", ColumnRoom::Chip},
                    {"origin", u"Import", ColumnRoom::Plain, 1},
                    {"shipToName", u"Manchester DC", ColumnRoom::Stretching, 5},
                    {"unitsShipped", u"0,000 of 0,000", ColumnRoom::Plain, 2},
                    {"total", u"CZK 00,000.00"}};
    list.toggles = {{QStringLiteral("open"), OrdersListText::tr("Open only"), [](RecordQuery &query, Date) {
                         query.flags.push_back({"open", true});
                     }}};
    list.facets = {{"status", OrdersListText::tr("Status")},
                   {"shipToName", OrdersListText::tr("Ship to")},
                   {"origin", OrdersListText::tr("Origin")}};
    list.dates = {{"placedAt", OrdersListText::tr("Placed")}};
    list.counted = [](qint64 count, qint64 open) {
        const QLocale locale;
        return OrdersListText::tr("%1 · %2 open", "how many orders, and how many of them are open")
            .arg(
                OrdersListText::tr("%1 orders", nullptr, static_cast<int>(count)).arg(locale.toString(count)),
                locale.toString(open));
    };
    list.sumOpen
        = [](const QString &amounts) { return OrdersListText::tr("%1 open", "amounts").arg(amounts); };
    list.failedTitle = OrdersListText::tr("The orders could not be read");
    list.noMatchTitle = OrdersListText::tr("No order matches");
    list.fillingTitle = OrdersListText::tr("Your orders are on their way");
    list.emptyTitle = OrdersListText::tr("No orders yet");
    list.emptyText = OrdersListText::tr("An order appears here the moment the ERP has it.");
    return list;
}

} // namespace Counterfoil
