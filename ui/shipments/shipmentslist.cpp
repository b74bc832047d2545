#include "shipmentslist.h"

#include "shipment.h"

#include <QLocale>

namespace Counterfoil {

namespace {

class Text
{
    Q_DECLARE_TR_FUNCTIONS(ShipmentsList)
};

} // namespace

void restrictToLate(RecordQuery &query, Date today)
{
    query.flags.push_back({"open", true});
    query.ranges.push_back({"expectedOn", RecordQuery::Range::open, today.daysSinceEpoch});
}

ListDescription shipmentsList()
{
    ListDescription list;
    list.kind = &Shipment::type;
    list.id = QStringLiteral("shipments");
    list.name = Text::tr("Shipments");
    list.icon = Icons::Icon::Truck;
    list.filterName = Text::tr("Filter shipments by number, order, PO, tracking number, item or ship-to");
    list.filterToolTip = Text::tr("Number, order, PO reference, tracking number, item or ship-to (/)");
    list.columns = {{"number", u"SH-0000000"},
                    {"orderNumber", u"SO-0000000", ColumnRoom::Plain, 4},
                    {"poReference", u"0000000000", ColumnRoom::Plain, 1},
                    {"shippedAt", u"30 Nov 2000", ColumnRoom::Plain, 7},
                    {"status", u"Delayed by the carrier", ColumnRoom::Chip},
                    {"carrier", u"DHL Express", ColumnRoom::Plain, 8},
                    {"tracking", u"1Z999AA10123456784", ColumnRoom::Plain, 3},
                    {"shipToName", u"Manchester DC", ColumnRoom::Stretching, 6},
                    {"expectedOn", u"30 Nov 2000", ColumnRoom::Plain, 5},
                    {"deliveredAt", u"30 Nov 2000", ColumnRoom::Plain, 2}};
    list.toggles = {{QStringLiteral("underWay"), Text::tr("Under way"),
                     [](RecordQuery &query, Date) {
                         query.flags.push_back({"open", true});
                     }},
                    {QStringLiteral("late"), Text::tr("Late"), &restrictToLate},
                    {QStringLiteral("delivered"), Text::tr("Delivered"), [](RecordQuery &query, Date) {
                         query.flags.push_back({"open", false});
                     }}};
    list.facets = {{"status", Text::tr("Status")},
                   {"carrier", Text::tr("Carrier")},
                   {"shipToName", Text::tr("Ship to")}};
    list.dates = {{"shippedAt", Text::tr("Shipped")}};
    list.counted = [](qint64 count, qint64 open) {
        const QLocale locale;
        return Text::tr("%1 · %2 under way", "how many shipments, and how many of them are under way")
            .arg(Text::tr("%1 shipments", nullptr, static_cast<int>(count)).arg(locale.toString(count)),
                 locale.toString(open));
    };
    list.sumOpen = [](const QString &amounts) { return amounts; };
    list.failedTitle = Text::tr("The shipments could not be read");
    list.noMatchTitle = Text::tr("No shipment matches");
    list.fillingTitle = Text::tr("Your shipments are on their way");
    list.emptyTitle = Text::tr("No shipments yet");
    list.emptyText = Text::tr("A shipment appears here the moment it leaves the warehouse.");
    return list;
}

} // namespace Counterfoil
