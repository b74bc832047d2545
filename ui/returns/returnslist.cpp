#include "returnslist.h"

#include "return.h"

#include <QLocale>

namespace Counterfoil {

namespace {

class ReturnsListText
{
    Q_DECLARE_TR_FUNCTIONS(ReturnsList)
};

void restrictToStatus(RecordQuery &query, std::string_view status)
{
    query.flags.push_back({"open", true});
    query.anyOf.push_back({"status", {std::string(status)}});
}

} // namespace

ListDescription returnsList()
{
    ListDescription list;
    list.kind = &Return::type;
    list.id = QStringLiteral("returns");
    list.name = ReturnsListText::tr("Returns");
    list.icon = Icons::Icon::TurnRight;
    list.filterName
        = ReturnsListText::tr("Filter returns by number, order, PO, invoice, item or words of a comment");
    list.filterToolTip
        = ReturnsListText::tr("Number, order, PO reference, invoice, credit memo, item or comment (/)");
    list.columns = {{"number", u"RMA-0000000"},
                    {"orderNumber", u"SO-0000000", ColumnRoom::Plain, 4},
                    {"poReference", u"0000000000", ColumnRoom::Plain, 1},
                    {"requestedAt", u"30 Nov 2000", ColumnRoom::Plain, 3},
                    {"status", u"Authorised in part", ColumnRoom::Chip},
                    {"reason", u"Damaged in transit", ColumnRoom::Stretching},
                    {"units", u"0,000", ColumnRoom::Plain, 2},
                    {"expectedCredit", u"CZK 00,000.00", ColumnRoom::Plain, 6},
                    {"postedCredit", u"CZK 00,000.00", ColumnRoom::Plain, 5},
                    {"creditMemoNumber", u"CM-0000000", ColumnRoom::Plain, 1}};
    list.toggles = {{QStringLiteral("open"), ReturnsListText::tr("Open only"),
                     [](RecordQuery &query, Date) {
                         query.flags.push_back({"open", true});
                     }},
                    {QStringLiteral("toDecide"), ReturnsListText::tr("To decide"),
                     [](RecordQuery &query, Date) { restrictToStatus(query, ReturnStatus::requested); }}};
    list.facets = {{"status", ReturnsListText::tr("Status")},
                   {"reason", ReturnsListText::tr("Reason")},
                   {"orderNumber", ReturnsListText::tr("Order")}};
    list.dates = {{"requestedAt", ReturnsListText::tr("Asked for")}};
    list.amounts = {{"expectedCredit", ReturnsListText::tr("Credit")}};
    list.counted = [](qint64 count, qint64 open) {
        const QLocale locale;
        return ReturnsListText::tr("%1 · %2 open", "how many returns, and how many of them go on")
            .arg(ReturnsListText::tr("%1 returns", nullptr, static_cast<int>(count))
                     .arg(locale.toString(count)),
                 locale.toString(open));
    };
    list.sumOpen = [](const QString &amounts) {
        return ReturnsListText::tr("%1 expected", "amounts of credit").arg(amounts);
    };
    list.failedTitle = ReturnsListText::tr("The returns could not be read");
    list.noMatchTitle = ReturnsListText::tr("No return matches");
    list.fillingTitle = ReturnsListText::tr("Your returns are on their way");
    list.emptyTitle = ReturnsListText::tr("No returns yet");
    list.emptyText = ReturnsListText::tr("Ctrl+Shift+N on an order, a shipment or an invoice asks for one.");
    return list;
}

} // namespace Counterfoil
