#pragma once

#include "database.h"

#include <QStringList>

// Sums everything in a sandbox's file against everything else, with queries of its own. Returns one
// sentence for each thing that does not add up.
inline QStringList booksThatDoNotAddUp(const QString &path)
{
    struct Rule
    {
        const char *name;
        const char *violations; // how many there are
    };
    static constexpr Rule rules[] = {
        {"a line's quantities add up to what was ordered",
         "SELECT count(*) FROM orderLines l JOIN orders o ON o.id=l.owner WHERE o.id<1000000000000 AND NOT("
         "l.allocated>=0 AND l.shipped>=0 AND l.backordered>=0 AND l.cancelled>=0 AND CASE "
         "WHEN o.status IN ('confirmed','on-hold') THEN l.allocated+l.shipped+l.backordered+l.cancelled=0 "
         "ELSE l.allocated+l.shipped+l.backordered+l.cancelled=l.ordered END)"},
        {"lines add up to their order",
         "SELECT count(*) FROM orders o JOIN (SELECT owner, sum(net) net, sum(tax) tax, sum(ordered) "
         "ordered, "
         "sum(shipped) shipped FROM orderLines GROUP BY owner) l ON l.owner=o.id WHERE o.net<>l.net OR "
         "o.unitsOrdered<>l.ordered OR o.unitsShipped<>l.shipped OR o.total<>o.net+o.tax+o.freight OR "
         "o.tax<l.tax OR (o.freight=0 AND o.tax<>l.tax)"},
        {"every order has lines and events",
         "SELECT count(*) FROM orders o WHERE NOT EXISTS(SELECT 1 FROM orderLines WHERE owner=o.id) OR NOT "
         "EXISTS(SELECT 1 FROM orderEvents WHERE owner=o.id)"},
        {"what shipments hold is what lines say was shipped",
         "SELECT count(*) FROM orderLines l JOIN orders o ON o.id=l.owner LEFT JOIN (SELECT s.\"order\" o, "
         "sl.orderLine line, sum(sl.quantity) q FROM shipments s JOIN shipmentLines sl ON sl.owner=s.id "
         "GROUP BY 1, 2) "
         "d ON d.o=o.key AND d.line=l.lineNumber WHERE o.id<1000000000000 AND l.shipped<>coalesce(d.q, 0)"},
        {"every shipment has parcels, lines and an order",
         "SELECT count(*) FROM shipments s WHERE NOT EXISTS(SELECT 1 FROM parcels WHERE owner=s.id) OR NOT "
         "EXISTS(SELECT 1 FROM shipmentLines WHERE owner=s.id) OR NOT EXISTS(SELECT 1 FROM orders WHERE "
         "key=s.\"order\" AND number=s.orderNumber AND account=s.account)"},
        {"what invoices hold is what lines say was invoiced",
         "SELECT count(*) FROM orderLines l JOIN orders o ON o.id=l.owner LEFT JOIN (SELECT i.orderId o, "
         "il.orderLine line, sum(il.quantity) q, sum(il.net) net, sum(il.tax) tax FROM invoices i JOIN "
         "invoiceLines "
         "il ON il.invoice=i.id GROUP BY 1, 2) d ON d.o=o.id AND d.line=l.lineNumber WHERE "
         "o.id<1000000000000 AND "
         "(l.invoiced<>coalesce(d.q, 0) OR l.invoiced>l.shipped OR (l.invoiced=l.ordered-l.cancelled AND "
         "(l.net<>coalesce(d.net, 0) OR l.tax<>coalesce(d.tax, 0))))"},
        {"invoices of a closed order are the order's total",
         "SELECT count(*) FROM orders o JOIN (SELECT orderId, sum(total) total, sum(net) net FROM invoices "
         "GROUP BY 1) i "
         "ON i.orderId=o.id WHERE o.status='closed' AND (o.total<>i.total OR o.net<>i.net)"},
        {"invoice lines add up to their invoice",
         "SELECT count(*) FROM invoices i JOIN (SELECT invoice, sum(net) net, sum(tax) tax FROM invoiceLines "
         "GROUP BY "
         "1) l ON l.invoice=i.id WHERE i.net<>l.net OR i.tax<l.tax OR i.total<>i.net+i.tax+i.freight"},
        {"what is open of an invoice is what was not paid",
         "SELECT count(*) FROM invoices i LEFT JOIN (SELECT invoice, sum(amount) paid FROM payments GROUP BY "
         "1) p ON "
         "p.invoice=i.id WHERE i.open<>i.total-coalesce(p.paid, 0) OR i.open<0"},
        {"movements add up to the stock on hand",
         "SELECT count(*) FROM stock s LEFT JOIN (SELECT product, warehouse, sum(quantity) q FROM "
         "stockMovements GROUP "
         "BY 1, 2) m ON m.product=s.product AND m.warehouse=s.warehouse WHERE s.onHand<>coalesce(m.q, 0)"},
        {"stock is never below nothing",
         "SELECT count(*) FROM (SELECT sum(quantity) OVER (PARTITION BY product, warehouse ORDER BY at, id) "
         "q FROM "
         "stockMovements) WHERE q<0"},
        {"stock holds what is allocated", "SELECT count(*) FROM stock WHERE allocated<0 OR allocated>onHand"},
        {"allocations add up to what stock says is allocated",
         "SELECT count(*) FROM stock s LEFT JOIN (SELECT p.id product, a.warehouse, sum(a.quantity) q FROM "
         "allocations "
         "a JOIN orderLines l ON l.owner=a.orderId AND l.lineNumber=a.line JOIN products p ON p.sku=l.sku "
         "GROUP BY 1, "
         "2) d ON d.product=s.product AND d.warehouse=s.warehouse WHERE s.allocated<>coalesce(d.q, 0)"},
        {"allocations add up to what lines say is allocated",
         "SELECT count(*) FROM orderLines l LEFT JOIN (SELECT orderId, line, sum(quantity) q FROM "
         "allocations GROUP BY "
         "1, 2) a ON a.orderId=l.owner AND a.line=l.lineNumber WHERE l.allocated<>coalesce(a.q, 0)"},
        {"only backordered lines are expected",
         "SELECT count(*) FROM orderLines WHERE expectedOn IS NOT NULL AND backordered=0"},
        {"open orders have something planned or wait for stock",
         "SELECT count(*) FROM orders o WHERE open AND NOT EXISTS(SELECT 1 FROM agenda WHERE subject=o.id "
         "AND task<7) "
         "AND NOT EXISTS(SELECT 1 FROM orderLines WHERE owner=o.id AND backordered>0)"},
        {"events are in order of time",
         "SELECT count(*) FROM orderEvents a JOIN orderEvents b ON b.owner=a.owner AND "
         "b.position=a.position+1 WHERE "
         "b.at<a.at"},
        {"every status is worded",
         "SELECT (SELECT count(*) FROM orders WHERE 'order/'||status NOT IN (SELECT key FROM statuses)) + "
         "(SELECT "
         "count(*) FROM orderLines WHERE 'orderLine/'||status NOT IN (SELECT key FROM statuses)) + (SELECT "
         "count(*) "
         "FROM shipments WHERE 'shipment/'||status NOT IN (SELECT key FROM statuses))"},
        {"every account exists and has its parent",
         "SELECT (SELECT count(*) FROM orders WHERE account NOT IN (SELECT key FROM accounts)) + (SELECT "
         "count(*) FROM "
         "accounts WHERE parent<>'' AND parent NOT IN (SELECT key FROM accounts))"},
        {"every record is in the feed once",
         "SELECT abs((SELECT count(*) FROM changes) - (SELECT count(*) FROM orders) - (SELECT count(*) FROM "
         "shipments) - "
         "(SELECT count(*) FROM accounts) - (SELECT count(*) FROM statuses))"},
    };
    auto database = Counterfoil::Sqlite::Database::open(path, Counterfoil::Sqlite::Database::Mode::ReadOnly);
    if (!database)
        return {database.error().detail};
    QStringList broken;
    for (const Rule &rule : rules) {
        const auto count = database->integer(rule.violations);
        if (!count)
            broken << QStringLiteral("%1: %2").arg(QString::fromUtf8(rule.name), count.error().detail);
        else if (*count != 0)
            broken << QStringLiteral("not so: %1 (%2 times)").arg(QString::fromUtf8(rule.name)).arg(*count);
    }
    return broken;
}
