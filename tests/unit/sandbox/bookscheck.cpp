#include "bookscheck.h"

#include "database.h"

QStringList booksThatDoNotAddUp(const QString &path)
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
        {"every shipment has lines and an order, and parcels unless the customer collects it",
         "SELECT count(*) FROM shipments s LEFT JOIN orders o ON o.key=s.\"order\" WHERE o.id IS NULL OR "
         "o.number<>s.orderNumber OR o.account<>s.account OR o.poReference<>s.poReference OR NOT "
         "EXISTS(SELECT 1 FROM shipmentLines WHERE owner=s.id) OR (s.parcelCount=0)<>(s.status IN "
         "('ready','collected')) OR s.parcelCount<>(SELECT count(*) FROM parcels WHERE owner=s.id) OR "
         "s.tracking<>coalesce((SELECT trackingNumber FROM parcels WHERE owner=s.id AND position=0), '')"},
        {"every parcel holds something, and what a shipment holds is in its parcels",
         "SELECT (SELECT count(*) FROM parcels p WHERE NOT EXISTS(SELECT 1 FROM shipmentLines l WHERE "
         "l.owner=p.owner AND l.trackingNumber=p.trackingNumber)) + (SELECT count(*) FROM shipmentLines l "
         "JOIN shipments s ON s.id=l.owner WHERE s.parcelCount>0 AND NOT EXISTS(SELECT 1 FROM parcels p "
         "WHERE "
         "p.owner=l.owner AND p.trackingNumber=l.trackingNumber)) + (SELECT count(*) FROM shipmentLines "
         "WHERE "
         "quantity<=0)"},
        {"a parcel says what its newest tracking event says",
         "SELECT count(*) FROM parcels p WHERE NOT EXISTS(SELECT 1 FROM trackingEvents e WHERE "
         "e.owner=p.owner AND e.trackingNumber=p.trackingNumber AND e.text=p.status AND e.at=p.statusAt AND "
         "e.at=(SELECT max(at) FROM trackingEvents f WHERE f.owner=p.owner AND "
         "f.trackingNumber=p.trackingNumber))"},
        {"tracking events are in order of time and of a parcel",
         "SELECT (SELECT count(*) FROM trackingEvents a JOIN trackingEvents b ON b.owner=a.owner AND "
         "b.position=a.position+1 WHERE b.at<a.at) + (SELECT count(*) FROM trackingEvents e WHERE NOT "
         "EXISTS(SELECT 1 FROM parcels p WHERE p.owner=e.owner AND p.trackingNumber=e.trackingNumber))"},
        {"shipments are under way until they are delivered, collected or returned",
         "SELECT count(*) FROM shipments WHERE \"open\"=(status IN ('delivered','collected','returned')) OR "
         "(deliveredAt IS NOT NULL)<>(status IN ('delivered','collected')) OR deliveredAt<shippedAt"},
        {"what invoices hold is what lines say was invoiced",
         "SELECT count(*) FROM orderLines l JOIN orders o ON o.id=l.owner LEFT JOIN (SELECT i.\"order\" o, "
         "il.orderLine line, sum(il.quantity) q, sum(il.net) net, sum(il.tax) tax FROM invoices i JOIN "
         "invoiceLines il ON il.owner=i.id WHERE i.credit=0 GROUP BY 1, 2) d ON d.o=o.key AND "
         "d.line=l.lineNumber WHERE l.invoiced<>coalesce(d.q, 0) OR l.invoiced>l.shipped OR "
         "(l.invoiced=l.ordered-l.cancelled AND (l.net<>coalesce(d.net, 0) OR l.tax<>coalesce(d.tax, 0)))"},
        {"invoices of a closed order are the order's total",
         "SELECT count(*) FROM orders o JOIN (SELECT \"order\" o, sum(total) total, sum(net) net FROM "
         "invoices "
         "WHERE credit=0 GROUP BY 1) i ON i.o=o.key WHERE o.status='closed' AND (o.total<>i.total OR "
         "o.net<>i.net)"},
        {"invoices are their lines and freight, and the tax on both",
         "SELECT count(*) FROM invoices i LEFT JOIN (SELECT owner, sum(net) net, sum(tax) tax FROM "
         "invoiceLines "
         "GROUP BY 1) l ON l.owner=i.id LEFT JOIN accounts a ON a.key=i.account LEFT JOIN customers c ON "
         "c.id=a.id WHERE l.owner IS NULL OR i.net<>l.net OR i.total<>i.net+i.tax+i.freight OR i.tax<>l.tax+"
         "coalesce((i.freight*c.taxBasisPoints+CASE WHEN i.freight<0 THEN -5000 ELSE 5000 END)/10000, 0)"},
        {"every line bears its tax rate",
         "SELECT count(*) FROM invoiceLines l JOIN invoices i ON i.id=l.owner WHERE "
         "abs(l.tax-l.net*l.taxRate/1e8)>CASE WHEN i.\"return\"='' THEN 1.0 ELSE 1.5 END"},
        {"what is open of an invoice is what was neither paid nor kept back nor credited",
         "SELECT count(*) FROM invoices i LEFT JOIN (SELECT invoice, sum(amount+discount) paid FROM "
         "paymentParts GROUP BY 1) p ON p.invoice=i.key WHERE i.id<1000000000000 AND i.openAmount<>i.total-"
         "coalesce(p.paid, 0)-(SELECT coalesce(sum(offset), 0) FROM credits c WHERE c.invoice=i.id)+(SELECT "
         "coalesce(sum(offset), 0) FROM credits c WHERE c.memo=i.id)"},
        {"an invoice is open while something of it is, and only a credit memo is below nothing",
         "SELECT count(*) FROM invoices WHERE \"open\"<>(openAmount<>0) OR (credit=0 AND (openAmount<0 OR "
         "openAmount>total)) OR (credit=1 AND (openAmount>0 OR openAmount<total))"},
        {"an invoice's status says what is open of it",
         "SELECT count(*) FROM invoices WHERE \"open\"<>(status IN ('open','disputed','part-paid',"
         "'part-credited','credit-open')) OR credit<>(status LIKE 'credit-%') OR "
         "(disputeReason<>'')<>(status='disputed')"},
        {"a credit memo is of one invoice and at most as much",
         "SELECT (SELECT count(*) FROM invoices m WHERE m.credit=1 AND m.id<1000000000000 AND NOT "
         "EXISTS(SELECT "
         "1 FROM credits c JOIN invoices i ON i.id=c.invoice WHERE c.memo=m.id AND i.key=m.creditedInvoice "
         "AND "
         "i.number=m.creditedNumber AND i.account=m.account AND i.currency=m.currency AND i.credit=0 AND "
         "-m.total<=i.total AND c.offset>=0 AND c.reason<>'' AND m.total<0)) + (SELECT count(*) FROM (SELECT "
         "c.invoice FROM credits c JOIN invoices m ON m.id=c.memo WHERE m.\"return\"='' GROUP BY 1 HAVING "
         "count(*)>1))"},
        {"all that is credited of an invoice is at most what it charged",
         "SELECT count(*) FROM invoices i JOIN (SELECT creditedInvoice k, -sum(total) t, -sum(tax) x FROM "
         "invoices WHERE credit=1 AND creditedInvoice<>'' GROUP BY 1) m ON m.k=i.key WHERE m.t>i.total OR "
         "m.x>i.tax"},
        {"of no order line more is on returns and credited otherwise than was delivered",
         "SELECT count(*) FROM (SELECT r.\"order\" o, l.orderLine n, sum(CASE WHEN r.status IN ('credited', "
         "'inspected') THEN l.accepted WHEN r.status IN ('refused', 'withdrawn', 'lapsed', 'settled') THEN 0 "
         "WHEN r.status='requested' THEN l.quantity ELSE l.authorised END) q FROM returns r JOIN returnLines "
         "l ON l.owner=r.id GROUP BY 1, 2) r LEFT JOIN (SELECT s.\"order\" o, l.orderLine n, sum(l.quantity) "
         "q FROM shipments s JOIN shipmentLines l ON l.owner=s.id WHERE s.deliveredAt IS NOT NULL GROUP BY "
         "1, 2) d ON d.o=r.o AND d.n=r.n WHERE r.q>coalesce(d.q, 0)"},
        {"a return's quantities go down from step to step, and say what its status says",
         "SELECT (SELECT count(*) FROM returnLines WHERE received>authorised OR accepted>received OR "
         "accepted<0 OR quantity<=0) + (SELECT count(*) FROM returns WHERE \"open\"=(status IN ('credited', "
         "'settled', 'refused', 'withdrawn', 'lapsed')) OR 'return/'||status NOT IN (SELECT key FROM "
         "statuses) OR (status='credited' AND creditMemo='' AND expectedCredit>0 AND restockingFee=0))"},
        {"a return has been credited what its memos say, and never more than was expected",
         "SELECT count(*) FROM returns r LEFT JOIN (SELECT \"return\" k, account, -sum(total) t FROM "
         "invoices WHERE credit=1 AND \"return\"<>'' GROUP BY 1) m ON m.k=r.key WHERE "
         "r.postedCredit<>coalesce(m.t, 0) OR r.postedCredit>r.expectedCredit OR (m.t IS NOT NULL AND "
         "(m.account<>r.account OR r.status<>'credited')) OR (r.creditMemo<>'' AND NOT EXISTS(SELECT 1 FROM "
         "invoices WHERE key=r.creditMemo AND \"return\"=r.key))"},
        {"every return is of an order of its account, and has somebody who goes on with it",
         "SELECT (SELECT count(*) FROM returns r LEFT JOIN orders o ON o.key=r.\"order\" WHERE o.id IS NULL "
         "OR o.account<>r.account OR o.currency<>r.currency) + (SELECT count(*) FROM returns r WHERE "
         "\"open\" AND NOT EXISTS(SELECT 1 FROM agenda WHERE task=17 AND subject=r.id AND detail=(SELECT "
         "count(*) FROM returnEvents WHERE owner=r.id))) + (SELECT count(*) FROM messages m LEFT JOIN "
         "returns r ON r.key=m.\"return\" WHERE r.id IS NULL OR r.account<>m.account)"},
        {"a payment is its parts and what is not applied",
         "SELECT count(*) FROM payments p LEFT JOIN (SELECT owner, sum(amount) a FROM paymentParts GROUP BY "
         "1) d "
         "ON d.owner=p.id WHERE p.amount<>coalesce(d.a, 0)+p.unapplied OR p.unapplied<0 OR p.amount<=0 OR "
         "(p.unapplied<>0)<>(p.status='part-applied')"},
        {"a part is of an invoice of the payer's, in its currency",
         "SELECT count(*) FROM paymentParts d JOIN payments p ON p.id=d.owner LEFT JOIN invoices i ON "
         "i.key=d.invoice WHERE i.id IS NULL OR i.number<>d.invoiceNumber OR i.account<>p.account OR "
         "i.currency<>p.currency OR (i.credit=1)<>(d.amount<0)"},
        {"a discount is kept back once, in time, and as agreed",
         "SELECT count(*) FROM paymentParts d JOIN payments p ON p.id=d.owner JOIN invoices i ON "
         "i.key=d.invoice WHERE d.discount<>0 AND (d.discount<>i.discount OR i.\"open\" OR "
         "p.receivedAt/86400000>i.discountUntil)"},
        {"an account stands as its open orders and invoices say",
         "SELECT count(*) FROM accounts a LEFT JOIN creditStandings c ON c.id=a.id AND c.key=a.key AND "
         "c.account=a.key AND c.currency=a.currency LEFT JOIN (SELECT account, sum(total) t FROM orders "
         "WHERE "
         "\"open\" GROUP BY 1) o ON o.account=a.key LEFT JOIN (SELECT i.account, sum(i.total) t FROM "
         "invoices i "
         "JOIN orders o ON o.key=i.\"order\" WHERE i.credit=0 AND o.\"open\" GROUP BY 1) b ON "
         "b.account=a.key "
         "LEFT JOIN (SELECT account, sum(openAmount) t FROM invoices WHERE \"open\" GROUP BY 1) i ON "
         "i.account=a.key WHERE c.id IS NULL OR c.openOrders<>coalesce(o.t, 0)-coalesce(b.t, 0) OR "
         "c.openInvoices<>coalesce(i.t, 0) OR c.used<>c.openOrders+c.openInvoices OR c.available<>CASE WHEN "
         "c.limited THEN \"limit\"-used ELSE 0 END OR (c.available<0)<>(c.holdReason<>'')"},
        {"every payment has its receipt",
         "SELECT (SELECT count(*) FROM payments p LEFT JOIN documents d ON d.id=10000000000000+p.id AND "
         "d.paper='receipt' AND d.payment=p.key AND d.account=p.account AND d.number=p.number AND "
         "d.dated=p.receivedAt WHERE d.id IS NULL) + (SELECT count(*) FROM documents WHERE paper='receipt') "
         "- "
         "(SELECT count(*) FROM payments)"},
        {"confirmed orders, and no others, have an acknowledgement",
         "SELECT (SELECT count(*) FROM orders o LEFT JOIN documents d ON d.id=20000000000000+o.id AND "
         "d.paper='acknowledgement' AND d.\"order\"=o.key AND d.account=o.account AND d.number=o.number "
         "WHERE (d.id IS NOT NULL)<>EXISTS(SELECT 1 FROM orderEvents e WHERE e.owner=o.id AND e.code IN "
         "('allocated', 'backordered'))) + (SELECT count(*) FROM documents WHERE paper='acknowledgement' AND "
         "\"order\" NOT IN (SELECT key FROM orders))"},
        {"every shipment has its slip, and its proof once it was received",
         "SELECT (SELECT count(*) FROM shipments s LEFT JOIN documents d ON d.id=30000000000000+s.id AND "
         "d.paper='packingSlip' AND d.shipment=s.key AND d.account=s.account AND d.dated=s.shippedAt WHERE "
         "d.id IS NULL) + (SELECT count(*) FROM shipments s LEFT JOIN documents d ON "
         "d.id=40000000000000+s.id AND d.paper='proofOfDelivery' AND d.shipment=s.key AND "
         "d.account=s.account AND d.dated=s.deliveredAt WHERE (d.id IS NOT NULL)<>(s.deliveredAt IS NOT "
         "NULL) "
         "OR (s.receivedBy<>'')<>(s.deliveredAt IS NOT NULL)) + (SELECT count(*) FROM documents WHERE "
         "shipment<>'' AND shipment NOT IN (SELECT key FROM shipments))"},
        {"what goes on a pallet, and nothing else, has its bill of lading",
         "SELECT count(*) FROM shipments s LEFT JOIN documents d ON d.id=70000000000000+s.id AND "
         "d.paper='billOfLading' AND d.shipment=s.key AND d.account=s.account AND d.dated=s.shippedAt WHERE "
         "(d.id IS NOT NULL)<>(s.parcelCount>=3)"},
        {"what was authorised to come back, and nothing else, has its label",
         "SELECT (SELECT count(*) FROM returns r LEFT JOIN documents d ON d.id=90000000000000+r.id AND "
         "d.paper='returnLabel' AND d.returned=r.key AND d.account=r.account AND d.number=r.number WHERE "
         "(d.id IS NOT NULL)<>EXISTS(SELECT 1 FROM returnEvents e WHERE e.owner=r.id AND "
         "e.code='authorised'))"
         " + (SELECT count(*) FROM documents WHERE returned<>'' AND returned NOT IN (SELECT key FROM "
         "returns))"},
        {"statements are of accounts, dated within what was charged and paid",
         "SELECT count(*) FROM documents d LEFT JOIN accounts a ON a.key=d.account WHERE d.paper='statement' "
         "AND (a.key IS NULL OR d.number NOT LIKE 'ST-'||a.number||'-____-__' OR (SELECT min(issuedAt) FROM "
         "invoices WHERE account=d.account)>d.dated)"},
        {"what is said of items is whose they are, and one revision of each is not superseded",
         "SELECT (SELECT count(*) FROM documents d LEFT JOIN items i ON i.key=d.sku WHERE CASE WHEN d.sku='' "
         "THEN d.account='' ELSE d.account IS NOT i.assortment END OR (d.sku<>'' AND d.paper<>'picture')<>"
         "(d.revision<>'')) + (SELECT count(*) FROM (SELECT sku FROM documents WHERE sku<>'' AND "
         "paper<>'picture' GROUP BY sku HAVING sum(superseded=0)<>1))"},
        {"every item has its picture, which belongs to whom the item does",
         "SELECT (SELECT count(*) FROM items i LEFT JOIN documents d ON d.key=i.picture AND "
         "d.paper='picture' "
         "AND d.sku=i.key AND d.account=i.assortment WHERE d.id IS NULL) + (SELECT count(*) FROM documents "
         "WHERE paper='picture' AND key NOT IN (SELECT picture FROM items))"},
        {"every invoice and credit memo has its document",
         "SELECT (SELECT count(*) FROM invoices i LEFT JOIN documents d ON d.id=i.id AND d.invoice=i.key AND "
         "d.number=i.number AND d.account=i.account AND d.dated=i.issuedAt AND d.paper=CASE WHEN i.credit "
         "THEN "
         "'creditMemo' ELSE 'invoice' END WHERE d.id IS NULL) + (SELECT count(*) FROM documents WHERE "
         "id<10000000000000 AND id NOT IN "
         "(SELECT id FROM invoices)) + (SELECT count(*) FROM documents d LEFT JOIN papers p ON "
         "p.document=d.id "
         "WHERE d.issued<>(p.document IS NOT NULL) OR d.bytes<>coalesce(length(p.bytes), 0) OR "
         "d.issued<>(length(d.sha256)=64) OR d.issued<>(d.issuedAt IS NOT NULL))"},
        {"invoices name orders and shipments that exist",
         "SELECT count(*) FROM invoices i LEFT JOIN orders o ON o.key=i.\"order\" LEFT JOIN shipments s ON "
         "s.key=i.shipment WHERE (i.\"order\"<>'' AND (o.id IS NULL OR o.number<>i.orderNumber OR "
         "o.account<>i.account OR o.currency<>i.currency)) OR (i.shipment<>'' AND (s.id IS NULL OR "
         "s.number<>i.shipmentNumber OR s.\"order\"<>i.\"order\")) OR (i.id<1000000000000 AND (o.id IS NULL "
         "OR "
         "s.id IS NULL))"},
        {"invoices bear the order's addresses and terms",
         "SELECT count(*) FROM invoices i JOIN orders o ON o.key=i.\"order\" WHERE "
         "i.billToName<>o.billToName OR "
         "i.billToAddress<>o.billToAddress OR i.shipToName<>o.shipToName OR i.shipToAddress<>o.shipToAddress "
         "OR "
         "(i.credit=0 AND i.terms<>o.terms)"},
        {"open invoices have something planned",
         "SELECT count(*) FROM invoices i WHERE \"open\" AND credit=0 AND NOT EXISTS(SELECT 1 FROM agenda "
         "WHERE "
         "subject=i.id AND task BETWEEN 8 AND 11)"},
        {"events name what exists",
         "SELECT count(*) FROM orderEvents e WHERE reference<>'' AND NOT EXISTS(SELECT 1 FROM shipments "
         "WHERE "
         "number=e.reference AND id=CAST(substr(e.reference, 4) AS INTEGER)-5000) AND NOT EXISTS(SELECT 1 "
         "FROM "
         "invoices WHERE number=e.reference AND id=CASE WHEN e.reference LIKE 'CM-%' THEN "
         "CAST(substr(e.reference, 4) AS INTEGER)-3000 ELSE CAST(substr(e.reference, 5) AS INTEGER)-80000 "
         "END)"},
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
         "FROM shipments WHERE 'shipment/'||status NOT IN (SELECT key FROM statuses)) + (SELECT count(*) "
         "FROM "
         "invoices WHERE 'invoice/'||status NOT IN (SELECT key FROM statuses)) + (SELECT count(*) FROM "
         "payments "
         "WHERE 'payment/'||status NOT IN (SELECT key FROM statuses)) + (SELECT count(*) FROM addresses "
         "WHERE "
         "'address/'||status NOT IN (SELECT key FROM statuses)) + (SELECT count(*) FROM contacts WHERE "
         "'contact/'||status NOT IN (SELECT key FROM statuses))"},
        {"every address and contact is somebody's, and says whether it counts",
         "SELECT (SELECT count(*) FROM addresses WHERE account NOT IN (SELECT key FROM accounts) OR (status="
         "'retired')=current OR (reason<>'')<>(status='refused')) + (SELECT count(*) FROM contacts WHERE "
         "(account<>'' AND account NOT IN (SELECT key FROM accounts)) OR (status='retired')=current OR "
         "(reason<>'')<>(status='refused'))"},
        {"an account's usual addresses are its own, in use, and for that",
         "SELECT (SELECT count(*) FROM accounts a WHERE defaultShipTo<>'' AND NOT EXISTS(SELECT 1 FROM "
         "addresses d WHERE d.key=a.defaultShipTo AND d.account=a.key AND d.current AND d.shipTo)) + (SELECT "
         "count(*) FROM accounts a WHERE defaultBillTo<>'' AND NOT EXISTS(SELECT 1 FROM addresses d WHERE "
         "d.key=a.defaultBillTo AND d.account=a.key AND d.current AND d.billTo)) + (SELECT count(*) FROM "
         "accounts JOIN customers USING(id) WHERE defaultShipTo='' OR defaultBillTo='' OR taxTreatment='')"},
        {"what waits to be checked has somebody who will",
         "SELECT (SELECT count(*) FROM addresses a WHERE status='pending' AND NOT EXISTS(SELECT 1 FROM "
         "agenda WHERE task=12 AND subject=a.id)) + (SELECT count(*) FROM contacts c WHERE status='pending' "
         "AND NOT EXISTS(SELECT 1 FROM agenda WHERE task=13 AND subject=c.id))"},
        {"every command took effect once, on the record that it names",
         "SELECT (SELECT count(*) FROM commands c WHERE 1<>(SELECT count(*) FROM audit a WHERE "
         "a.command=c.key AND a.actor=c.actor AND a.verb=c.verb AND a.kind=c.kind AND a.target=c.target AND "
         "a.at=c.at)) + (SELECT count(*) FROM audit WHERE command<>'' AND command NOT IN (SELECT key FROM "
         "commands)) + (SELECT count(*) FROM auditValues WHERE before=after OR audit NOT IN (SELECT id FROM "
         "audit))"},
        {"every account exists and has its parent",
         "SELECT (SELECT count(*) FROM orders WHERE account NOT IN (SELECT key FROM accounts)) + (SELECT "
         "count(*) FROM "
         "accounts WHERE parent<>'' AND parent NOT IN (SELECT key FROM accounts))"},
        {"every record is in the feed once",
         "SELECT abs((SELECT count(*) FROM changes) - (SELECT count(*) FROM orders) - (SELECT count(*) FROM "
         "shipments) - (SELECT count(*) FROM accounts) - (SELECT count(*) FROM statuses) - (SELECT count(*) "
         "FROM invoices) - (SELECT count(*) FROM payments) - (SELECT count(*) FROM creditStandings) - "
         "(SELECT "
         "count(*) FROM documents) - (SELECT count(*) FROM addresses) - (SELECT count(*) FROM contacts) - "
         "(SELECT "
         "count(*) FROM carts) - (SELECT count(*) FROM items) - (SELECT count(*) "
         "FROM itemNumbers) - (SELECT count(*) FROM returnRuleSets) - (SELECT count(*) FROM returns) - "
         "(SELECT count(*) FROM messages) - (SELECT count(*) FROM notes))"},
        {"a cart that was placed is one order of its account",
         "SELECT (SELECT count(*) FROM carts c WHERE (status='submitted')<>EXISTS(SELECT 1 FROM orders o "
         "WHERE "
         "o.key=c.\"order\" AND o.account=c.account)) + (SELECT count(*) FROM carts WHERE "
         "\"open\"<>(status='open')) + (SELECT count(*) - count(DISTINCT \"order\") FROM carts WHERE "
         "\"order\"<>'')"},
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
