#include "invoiceslist.h"

#include "invoice.h"

#include <QLocale>

namespace Counterfoil {

namespace {

class InvoicesListText
{
    Q_DECLARE_TR_FUNCTIONS(InvoicesList)
};

QList<ListDescription::Toggle> toggles()
{
    return {{QStringLiteral("unpaid"), InvoicesListText::tr("Unpaid"),
             [](RecordQuery &query, Date) {
                 query.flags.push_back({"open", true});
                 query.flags.push_back({"credit", false});
             }},
            {QStringLiteral("overdue"), InvoicesListText::tr("Overdue"), &restrictToOverdue},
            {QStringLiteral("disputed"), InvoicesListText::tr("Disputed"),
             [](RecordQuery &query, Date) {
                 query.anyOf.push_back({"status", {"disputed"}});
             }},
            {QStringLiteral("credits"), InvoicesListText::tr("Credits"), [](RecordQuery &query, Date) {
                 query.flags.push_back({"credit", true});
             }}};
}

} // namespace

void restrictToOverdue(RecordQuery &query, Date today)
{
    query.flags.push_back({"open", true});
    query.flags.push_back({"credit", false});
    query.ranges.push_back({"dueOn", RecordQuery::Range::open, today.daysSinceEpoch});
}

ListDescription invoicesList()
{
    ListDescription list;
    list.kind = &Invoice::type;
    list.id = QStringLiteral("invoices");
    list.name = InvoicesListText::tr("Invoices");
    list.icon = Icons::Icon::Orders;
    list.filterName = InvoicesListText::tr("Filter invoices by number, order, PO, item or ship-to");
    list.filterToolTip = InvoicesListText::tr("Number, order, PO reference, item or ship-to (/)");
    list.columns = {{"number", u"INV-0000000"},
                    {"orderNumber", u"SO-0000000", ColumnRoom::Plain, 2},
                    {"poReference", u"0000000000", ColumnRoom::Plain, 1},
                    {"issuedAt", u"30 Nov 2000", ColumnRoom::Plain, 4},
                    {"dueOn", u"30 Nov 2000", ColumnRoom::Plain, 5},
                    {"status", u"Overdue 100 d", ColumnRoom::Chip | ColumnRoom::Stretching},
                    {"total", u"CZK 00,000.00"},
                    {"openAmount", u"CZK 00,000.00", ColumnRoom::Plain, 3}};
    list.toggles = toggles();
    list.facets
        = {{"status", InvoicesListText::tr("Status")}, {"shipToName", InvoicesListText::tr("Ship to")}};
    list.dates = {{"issuedAt", InvoicesListText::tr("Issued")},
                  {"dueOn", InvoicesListText::tr("Due"), DateChip::Looking::Ahead}};
    list.amounts = {{"total", InvoicesListText::tr("Amount")}};
    list.counted = [](qint64 count, qint64 open) {
        const QLocale locale;
        return InvoicesListText::tr("%1 · %2 open",
                                    "how many invoices and credit memos, and how many of them are open")
            .arg(InvoicesListText::tr("%1 invoices and credits", nullptr, static_cast<int>(count))
                     .arg(locale.toString(count)),
                 locale.toString(open));
    };
    list.sumOpen
        = [](const QString &amounts) { return InvoicesListText::tr("%1 open", "amounts").arg(amounts); };
    list.failedTitle = InvoicesListText::tr("The invoices could not be read");
    list.noMatchTitle = InvoicesListText::tr("No invoice matches");
    list.fillingTitle = InvoicesListText::tr("Your invoices are on their way");
    list.emptyTitle = InvoicesListText::tr("No invoices yet");
    list.emptyText = InvoicesListText::tr("An invoice appears here the moment the ERP has issued it.");
    return list;
}

} // namespace Counterfoil
