#include "returnsamples.h"

#include "invoice.h"
#include "shipment.h"
#include "testcache.h"

namespace Counterfoil {

ReturnRules standardRules()
{
    ReturnRules rules;
    rules.key = "standard";
    rules.name = "Standard terms";
    ReturnReason surplus;
    surplus.code = "surplus";
    surplus.label = "Not needed any more";
    surplus.windowDays = 30;
    surplus.feeBasisPoints = 1000;
    surplus.outcomes = "credit";
    ReturnReason damaged;
    damaged.code = "damaged";
    damaged.label = "Arrived damaged";
    damaged.outcomes = "credit replacement";
    rules.reasons = {surplus, damaged};
    rules.questions = {{"damaged", "what", "What is damaged?", "text", {}, true}};
    rules.exclusions = {{"item", "CUT-1", "It was cut to your measure."}};
    return rules;
}

Order deliveredOrder()
{
    Order order = plainOrder(700);
    OrderLine line;
    line.lineNumber = 1;
    line.sku = "UF-0231";
    line.description = "Ultra Forge drill press";
    line.unit = "each";
    line.ordered = line.shipped = line.invoiced = Decimal::fromInteger(6);
    line.unitPrice = Decimal::fromInteger(10);
    line.net = Amount{60'00};
    order.lines.push_back(line);
    line.lineNumber = 2;
    line.sku = "CUT-1";
    line.description = "Hose, cut";
    order.lines.push_back(line);
    return order;
}

std::vector<Change> deliveredThings()
{
    const Order order = deliveredOrder();
    Shipment shipment;
    shipment.key = "s700";
    shipment.account = "a1";
    shipment.number = "SH-700";
    shipment.order = order.key;
    shipment.orderNumber = order.number;
    shipment.shippedAt = shipment.deliveredAt = delivered;
    Invoice invoice;
    invoice.key = "i700";
    invoice.account = "a1";
    invoice.number = "INV-700";
    invoice.order = order.key;
    invoice.shipment = shipment.key;
    invoice.issuedAt = delivered;
    invoice.currency = "GBP";
    for (const OrderLine &line : order.lines) {
        shipment.lines.push_back(
            {line.lineNumber, line.sku, line.description, "each", Decimal::fromInteger(6), {}});
        invoice.lines.push_back({line.lineNumber, line.lineNumber, line.sku, line.description, "each",
                                 Decimal::fromInteger(6), line.unitPrice, Decimal::fromInteger(20),
                                 Amount{60'00}, Amount{12'00}});
    }
    invoice.net = Amount{120'00};
    invoice.tax = Amount{24'00};
    invoice.total = Amount{144'00};
    return {changeTo(order), changeTo(shipment), changeTo(invoice), changeTo(standardRules())};
}

Return askedFor()
{
    Return record;
    record.key = "r1";
    record.account = "a1";
    record.number = "RMA-17";
    record.order = "o700";
    record.orderNumber = "SO-10700";
    record.requestedBy = "kim";
    record.requestedAt = record.statusAt = Instant{1'795'200'000'000};
    record.status = ReturnStatus::requested;
    record.open = true;
    record.reason = "surplus";
    record.outcome = ReturnOutcome::credit;
    record.currency = "GBP";
    record.units = Decimal::fromInteger(4);
    record.expectedCredit = Amount{43'20};
    ReturnLine line;
    line.lineNumber = 1;
    line.orderLine = 1;
    line.sku = "UF-0231";
    line.description = "Ultra Forge drill press";
    line.unit = "each";
    line.quantity = Decimal::fromInteger(4);
    line.reason = "surplus";
    line.feeBasisPoints = 1000;
    record.lines.push_back(line);
    return record;
}

} // namespace Counterfoil
