#pragma once

#include "creditstanding.h"
#include "follower.h"
#include "invoice.h"
#include "order.h"
#include "payment.h"
#include "shipment.h"

#include <QUrl>

#include <set>

// What happened in a sandbox, in words, so that a test can say what it misses.
namespace Happenings {

using namespace Counterfoil;

// What is remarkable about a record, in a few words each.
using Happened = std::set<std::string>;

inline void noteOrder(const Order &order, Happened &happened)
{
    happened.insert("order " + order.status);
    for (const OrderEvent &event : order.events) {
        happened.insert(event.text.empty() ? "an event without words" : event.code);
        if (event.text.find("late: now expected") != std::string::npos)
            happened.insert("backorder slips");
    }
    for (const OrderLine &line : order.lines) {
        happened.insert("line " + line.status);
        if (!line.backordered.isZero())
            happened.insert(line.expectedOn.isSet() ? "date known" : "date unknown");
    }
}

inline void noteShipment(const Shipment &shipment, Happened &happened)
{
    happened.insert("shipment " + shipment.status);
    happened.insert(shipment.parcels.size() > 1 ? "several parcels" : "one parcel");
    int failures = 0;
    for (const TrackingEvent &event : shipment.events) {
        happened.insert("scan " + event.code);
        if (event.place.empty() || event.text.empty())
            happened.insert("a scan without place or words");
        failures += event.trackingNumber == shipment.tracking && event.code == "failed" ? 1 : 0;
    }
    if (failures > 0 && shipment.status == "delivered")
        happened.insert("delivered on the second attempt");
    if (shipment.deliveredAt.isSet()
        && shipment.deliveredAt.ms / 86'400'000 > shipment.expectedOn.daysSinceEpoch)
        happened.insert("delivered late");
    for (const Parcel &parcel : shipment.parcels) {
        const std::string &number = parcel.trackingNumber;
        happened.insert(number.find(' ') != std::string::npos       ? "number with spaces"
                            : number.find('-') != std::string::npos ? "number with dashes"
                                                                    : "plain number");
        const QUrl url(QString::fromStdString(parcel.trackingUrl), QUrl::StrictMode);
        QString digits = QString::fromStdString(number).remove(u' ').remove(u'-');
        if (!url.isValid() || url.scheme() != QLatin1String("https")
            || !url.toString(QUrl::FullyEncoded).contains(digits))
            happened.insert("a page that is none: " + parcel.trackingUrl);
    }
    for (std::size_t i = 1; i < shipment.lines.size(); ++i) {
        if (shipment.lines[i].orderLine == shipment.lines[i - 1].orderLine)
            happened.insert("a line in two parcels");
    }
}

inline void noteInvoice(const Invoice &invoice, Happened &happened)
{
    happened.insert((invoice.credit ? "credit " : "invoice ") + invoice.status);
    happened.insert("currency " + invoice.currency);
    std::set<std::int64_t> rates;
    for (const InvoiceLine &line : invoice.lines)
        rates.insert(line.taxRate.millionths);
    happened.insert(rates.size() > 1 ? "two tax rates" : invoice.tax == Amount() ? "no tax" : "one tax rate");
    if (!invoice.freight.minor)
        happened.insert("without freight");
    if (invoice.open && !invoice.credit && invoice.dueOn.daysSinceEpoch < Follower::today.ms / 86'400'000)
        happened.insert("overdue");
    const QString name = QString::fromStdString(invoice.billToName);
    for (const QChar c : name) {
        const QChar::Script script = c.script();
        happened.insert("script " + std::to_string(script));
    }
}

inline void notePayment(const Payment &payment, Happened &happened)
{
    happened.insert("payment " + payment.status);
    happened.insert(payment.parts.size() > 1 ? "several invoices at once" : "one invoice paid");
    for (const PaymentPart &part : payment.parts) {
        happened.insert(part.amount < Amount() ? "credit used" : "paid");
        if (part.discount != Amount())
            happened.insert("discount kept back");
    }
}

inline void note(const Change &change, Happened &happened)
{
    if (const auto *order = change.record.as<Order>())
        noteOrder(*order, happened);
    else if (const auto *shipment = change.record.as<Shipment>())
        noteShipment(*shipment, happened);
    else if (const auto *invoice = change.record.as<Invoice>())
        noteInvoice(*invoice, happened);
    else if (const auto *payment = change.record.as<Payment>())
        notePayment(*payment, happened);
    else if (const auto *standing = change.record.as<CreditStanding>())
        happened.insert(standing->limited ? "limited" : "unlimited");
}

// All that happens in a company sooner or later.
// clang-format off
inline constexpr const char *everything[] = {
    "placed", "held", "released", "limit-raised", "allocated", "backordered", "backorder slips",
    "shipped", "out-for-delivery", "delayed", "delivery-failed", "returned", "delivered", "invoiced",
    "disputed", "dispute-settled", "credited", "cancelled", "closed", "order confirmed", "order picking",
    "order part-shipped", "order shipped", "order delivered", "order closed", "order cancelled",
    "line open", "line allocated", "line backordered", "line part-shipped", "line shipped",
    "line cancelled", "shipment in-transit", "shipment out-for-delivery", "shipment delivered",
    "shipment collected", "shipment returned", "scan picked-up", "scan in-transit",
    "scan out-for-delivery", "scan delayed", "scan failed", "scan delivered", "scan returned",
    "several parcels", "one parcel", "a line in two parcels", "delivered on the second attempt",
    "delivered late", "number with spaces", "number with dashes", "plain number", "date known",
    "date unknown", "invoice open", "invoice disputed", "invoice part-paid", "invoice part-credited",
    "invoice paid", "invoice credited", "credit credit-open", "credit credit-used", "overdue",
    "without freight", "two tax rates", "one tax rate", "no tax", "payment applied",
    "payment part-applied", "one invoice paid", "several invoices at once", "credit used",
    "discount kept back", "limited", "unlimited", "currency GBP", "currency JPY", "currency KWD",
};
// clang-format on

} // namespace Happenings
