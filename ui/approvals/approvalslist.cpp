#include "approvalslist.h"

#include "approval.h"

#include <QLocale>

namespace Counterfoil {

namespace {

class ApprovalsText
{
    Q_DECLARE_TR_FUNCTIONS(ApprovalsList)
};

} // namespace

ListDescription approvalsList()
{
    ListDescription list;
    list.kind = &Approval::type;
    list.id = QStringLiteral("approvals");
    list.name = ApprovalsText::tr("Approvals");
    list.icon = Icons::Icon::Check;
    list.filterName = ApprovalsText::tr("Filter approvals by number, cart, person, PO reference or item");
    list.filterToolTip = ApprovalsText::tr("Number, cart, person, your PO, or an item (/)");
    list.columns = {{"number", u"AP-0000"},
                    {"name", u"Again: SO-10000", ColumnRoom::Stretching},
                    {"requester", u"Maya Lindqvist", ColumnRoom::Plain, 6},
                    {"requestedAt", u"30 Nov 2000", ColumnRoom::Plain, 3},
                    {"status", u"Taken back", ColumnRoom::Chip, 0},
                    {"waitsFor", u"Ingrid Solberg", ColumnRoom::Plain, 4},
                    {"poReference", u"0000000000", ColumnRoom::Plain, 2},
                    {"lineCount", u"000", ColumnRoom::Plain, 1},
                    {"total", u"CZK 00,000.00", ColumnRoom::Plain, 5}};
    list.toggles = {{QStringLiteral("waiting"), ApprovalsText::tr("Waiting"), [](RecordQuery &query, Date) {
                         query.flags.push_back({"open", true});
                     }}};
    list.facets = {{"requester", ApprovalsText::tr("Asked for by")}, {"status", ApprovalsText::tr("Status")}};
    list.dates = {{"requestedAt", ApprovalsText::tr("Asked for")}};
    list.amounts = {{"total", ApprovalsText::tr("Total")}};
    list.counted = [](qint64 count, qint64 open) {
        const QLocale locale;
        return ApprovalsText::tr("%1 approvals · %2 waiting", nullptr, static_cast<int>(count))
            .arg(locale.toString(count), locale.toString(open));
    };
    list.sumOpen
        = [](const QString &amounts) { return ApprovalsText::tr("%1 waiting", "amounts").arg(amounts); };
    list.failedTitle = ApprovalsText::tr("The approvals could not be read");
    list.noMatchTitle = ApprovalsText::tr("No approval matches");
    list.fillingTitle = ApprovalsText::tr("The approvals are on their way");
    list.emptyTitle = ApprovalsText::tr("Nothing waits to be approved");
    list.emptyText = ApprovalsText::tr(
        "An order above the limit of whoever places it appears here, and waits until it is approved.");
    return list;
}

} // namespace Counterfoil
