#include "paymentslist.h"

#include "payment.h"

#include <QLocale>

namespace Counterfoil {

namespace {

class Text
{
    Q_DECLARE_TR_FUNCTIONS(PaymentsList)
};

} // namespace

ListDescription paymentsList()
{
    ListDescription list;
    list.kind = &Payment::type;
    list.id = QStringLiteral("payments");
    list.name = Text::tr("Payments");
    list.icon = Icons::Icon::Orders;
    list.filterName = Text::tr("Filter payments by number, reference or invoice");
    list.filterToolTip = Text::tr("Number, your reference, or an invoice (/)");
    list.columns = {{"number", u"PAY-000000"},
                    {"receivedAt", u"30 Nov 2000", ColumnRoom::Plain, 4},
                    {"method", u"Bank transfer", ColumnRoom::Plain, 2},
                    {"reference", u"RUN 2000-11-30", ColumnRoom::Plain, 1},
                    {"status", u"Part applied", ColumnRoom::Chip | ColumnRoom::Stretching, 3},
                    {"amount", u"CZK 00,000.00"}};
    list.facets = {{"method", Text::tr("Method")}, {"status", Text::tr("Status")}};
    list.dates = {{"receivedAt", Text::tr("Received")}};
    list.amounts = {{"amount", Text::tr("Amount")}};
    list.counted = [](qint64 count, qint64) {
        return Text::tr("%1 payments", nullptr, static_cast<int>(count)).arg(QLocale().toString(count));
    };
    list.sumOpen = [](const QString &amounts) { return Text::tr("%1 received", "amounts").arg(amounts); };
    list.failedTitle = Text::tr("The payments could not be read");
    list.noMatchTitle = Text::tr("No payment matches");
    list.fillingTitle = Text::tr("Your payments are on their way");
    list.emptyTitle = Text::tr("No payments yet");
    list.emptyText = Text::tr("A payment appears here the moment the ERP has received it.");
    return list;
}

} // namespace Counterfoil
