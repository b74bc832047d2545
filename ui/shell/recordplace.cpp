#include "recordplace.h"

#include "ageingfilter.h"
#include "approval.h"
#include "approvaldetailpane.h"
#include "approvalslist.h"
#include "cart.h"
#include "categorytree.h"
#include "command.h"
#include "document.h"
#include "documentdetailpane.h"
#include "invoice.h"
#include "invoicedetailpane.h"
#include "invoiceslist.h"
#include "item.h"
#include "itemdetailpane.h"
#include "itemslist.h"
#include "order.h"
#include "orderdetailpane.h"
#include "orderslist.h"
#include "paperslist.h"
#include "payment.h"
#include "paymentdetailpane.h"
#include "paymentslist.h"
#include "return.h"
#include "returndetailpane.h"
#include "returnslist.h"
#include "shipment.h"
#include "shipmentdetailpane.h"
#include "shipmentslist.h"

#include <QLocale>

namespace Counterfoil {

namespace {

class Text
{
    Q_DECLARE_TR_FUNCTIONS(RecordPlace)
};

QString number(qint64 count)
{
    return QLocale().toString(count);
}

template <class Pane> DetailPane *make(const PaneContext &context, QWidget *parent)
{
    return new Pane(context, parent);
}

RecordPlace orders()
{
    return {&Order::type,
            QStringLiteral("orders"),
            Text::tr("&Orders"),
            Text::tr("Go to the orders"),
            &ordersList,
            &make<OrderDetailPane>,
            nullptr,
            nullptr,
            nullptr,
            63,
            47,
            [](RecordQuery &query, Date) {
                query.flags.push_back({"open", true});
            },
            [](qint64 count) { return number(count); },
            [](qint64 count) {
                return Text::tr("%1 open orders", nullptr, static_cast<int>(count)).arg(number(count));
            }};
}

RecordPlace shipments()
{
    return {&Shipment::type,
            QStringLiteral("shipments"),
            Text::tr("&Shipments"),
            Text::tr("Go to the shipments"),
            &shipmentsList,
            &make<ShipmentDetailPane>,
            nullptr,
            nullptr,
            nullptr,
            84,
            60,
            &restrictToLate,
            [](qint64 count) { return Text::tr("%1 late", "shipments").arg(number(count)); },
            [](qint64 count) {
                return Text::tr("%1 shipments are late", nullptr, static_cast<int>(count)).arg(number(count));
            }};
}

RecordPlace invoices()
{
    return {
        &Invoice::type,
        QStringLiteral("invoices"),
        Text::tr("&Invoices"),
        Text::tr("Go to the invoices"),
        &invoicesList,
        &make<InvoiceDetailPane>,
        [](const PaneContext &context, ListPane &list) -> QWidget * {
            return new AgeingFilter(context, list);
        },
        nullptr,
        nullptr,
        70,
        43,
        &restrictToOverdue,
        [](qint64 count) { return Text::tr("%1 overdue", "invoices").arg(number(count)); },
        [](qint64 count) {
            return Text::tr("%1 invoices are overdue", nullptr, static_cast<int>(count)).arg(number(count));
        }};
}

RecordPlace payments()
{
    return {&Payment::type,
            QStringLiteral("payments"),
            Text::tr("&Payments"),
            Text::tr("Go to the payments"),
            &paymentsList,
            &make<PaymentDetailPane>,
            nullptr,
            nullptr,
            nullptr,
            70,
            53,
            nullptr,
            nullptr,
            nullptr};
}

RecordPlace returns()
{
    return {&Return::type,
            QStringLiteral("returns"),
            Text::tr("&Returns"),
            Text::tr("Go to the returns"),
            &returnsList,
            &make<ReturnDetailPane>,
            nullptr,
            nullptr,
            nullptr,
            84,
            56,
            [](RecordQuery &query, Date) {
                query.flags.push_back({"open", true});
            },
            [](qint64 count) { return number(count); },
            [](qint64 count) {
                return Text::tr("%1 open returns", nullptr, static_cast<int>(count)).arg(number(count));
            }};
}

RecordPlace documents()
{
    return {&Document::type,
            QStringLiteral("documents"),
            Text::tr("&Documents"),
            Text::tr("Go to the documents"),
            &papersList,
            &make<DocumentDetailPane>,
            nullptr,
            nullptr,
            &DocumentDetailPane::join,
            70,
            50,
            nullptr,
            nullptr,
            nullptr};
}

RecordPlace catalogue()
{
    return {&Item::type,
            QStringLiteral("catalogue"),
            Text::tr("&Catalogue"),
            Text::tr("Go to the catalogue"),
            &itemsList,
            &make<ItemDetailPane>,
            nullptr,
            [](const PaneContext &context, ListPane &list) -> QWidget * {
                return new CategoryTree(context, list);
            },
            &ItemDetailPane::join,
            84,
            60,
            nullptr,
            nullptr,
            nullptr};
}

RecordPlace approvals()
{
    return {&Approval::type,
            QStringLiteral("approvals"),
            Text::tr("Appro&vals"),
            Text::tr("Go to the approvals"),
            &approvalsList,
            &make<ApprovalDetailPane>,
            nullptr,
            nullptr,
            nullptr,
            80,
            50,
            [](RecordQuery &query, Date) {
                query.flags.push_back({"open", true});
            },
            [](qint64 count) { return number(count); },
            [](qint64 count) {
                return Text::tr("%1 orders wait to be approved", nullptr, static_cast<int>(count))
                    .arg(number(count));
            }};
}

// Of those who order, and those who approve what they order.
bool seesApprovals(const Person &person)
{
    return person.seesPrices
        && (mayAsk(person, "approve", Approval::type) || mayAsk(person, "place", Cart::type));
}

} // namespace

bool standsAfterCarts(const RecordPlace &place)
{
    return place.kind == &Approval::type;
}

QList<RecordPlace> recordPlaces(const Person &person)
{
    QList<RecordPlace> places{orders(), shipments()};
    if (person.seesInvoices)
        places += {invoices(), payments()};
    places += {returns(), documents(), catalogue()}; // what of them this person may see
    if (seesApprovals(person))
        places.append(approvals());
    return places;
}

} // namespace Counterfoil
