#include "returnable.h"

#include "exactvalue.h"

#include <algorithm>
#include <chrono>

namespace Counterfoil {

namespace {

constexpr std::int64_t basisPointsPerRate = Decimal::one / 100; // of a tax rate in per cent

Date dayOf(Instant at)
{
    return {static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::days>(std::chrono::milliseconds(at.ms)).count())};
}

bool isWhole(const ReturnFacts &facts)
{
    return facts.shipment.empty() && facts.invoice.empty();
}

const Invoice *findInvoice(const ReturnFacts &facts, const std::string &key)
{
    const auto found = std::ranges::find(facts.invoices, key, &Invoice::key);
    return found == facts.invoices.end() ? nullptr : &*found;
}

const Shipment *findShipment(const ReturnFacts &facts, const std::string &key)
{
    const auto found = std::ranges::find(facts.shipments, key, &Shipment::key);
    return found == facts.shipments.end() ? nullptr : &*found;
}

// The shipment that the facts are restricted to; empty: all of them.
std::string shipmentInScope(const ReturnFacts &facts)
{
    if (!facts.shipment.empty())
        return facts.shipment;
    const Invoice *invoice = findInvoice(facts, facts.invoice);
    return invoice ? invoice->shipment : std::string();
}

bool isExcluded(const ReturnExclusion &exclusion, const OrderLine &line, const Item *item)
{
    if (exclusion.of == "item")
        return exclusion.value == line.sku;
    if (!item)
        return false;
    return (exclusion.of == "category" && exclusion.value == item->category)
        || (exclusion.of == "family" && exclusion.value == item->family);
}

const ReturnExclusion *exclusionOf(const ReturnFacts &facts, const OrderLine &line)
{
    const auto item = std::ranges::find(facts.items, line.sku, &Item::key);
    const auto found = std::ranges::find_if(facts.rules->exclusions, [&](const ReturnExclusion &exclusion) {
        return isExcluded(exclusion, line, item == facts.items.end() ? nullptr : &*item);
    });
    return found == facts.rules->exclusions.end() ? nullptr : &*found;
}

// What a reason allows, or, where none is named, what some reason does.
struct Allowance
{
    bool any = false;
    bool excluded = false; // it would be, if the item could come back at all
    std::int64_t windowDays = 0;
};

Allowance allowanceOf(const ReturnRules &rules, std::string_view reason, bool excluded)
{
    Allowance allowance;
    for (const ReturnReason &each : rules.reasons) {
        if (!reason.empty() && each.code != reason)
            continue;
        if (excluded && !each.evenExcluded) {
            allowance.excluded = true;
            continue;
        }
        const bool endless = each.windowDays == 0 || (allowance.any && allowance.windowDays == 0);
        allowance.windowDays = endless ? 0 : std::max(allowance.windowDays, each.windowDays);
        allowance.any = true;
    }
    return allowance;
}

bool isOfReturn(const Invoice &memo)
{
    return !memo.ofReturn.empty();
}

// Whether a memo's line gives whole units back, rather than some of their price.
bool givesUnitsBack(const Invoice &memo, const InvoiceLine &given, Decimal price)
{
    return isOfReturn(memo) || given.unitPrice == price;
}

// From when it counts as the customer's; not set: it does not yet.
Instant arrivalOf(const ReturnFacts &facts, const Shipment &shipment)
{
    return facts.rules && facts.rules->fromShipping ? shipment.shippedAt : shipment.deliveredAt;
}

bool brought(const ReturnFacts &facts, const Invoice &memo)
{
    const Shipment *shipment = findShipment(facts, memo.shipment);
    return memo.shipment.empty() || !shipment || arrivalOf(facts, *shipment).isSet();
}

// Credited without a return: what was missing or damaged, and settled otherwise.
Decimal creditedOtherwise(const ReturnFacts &facts, const OrderLine &line)
{
    Decimal units;
    for (const Invoice &memo : facts.invoices) {
        if (!memo.credit || isOfReturn(memo) || !brought(facts, memo))
            continue;
        for (const InvoiceLine &given : memo.lines) {
            if (given.orderLine == line.lineNumber && givesUnitsBack(memo, given, line.unitPrice))
                units -= given.quantity;
        }
    }
    return units;
}

Decimal heldOf(const ReturnFacts &facts, std::int64_t orderLine)
{
    Decimal held;
    for (const Return &other : facts.returns) {
        if (!facts.self.empty() && other.key == facts.self)
            continue;
        for (const ReturnLine &line : other.lines) {
            if (line.orderLine == orderLine)
                held += unitsHeld(other, line);
        }
    }
    return held;
}

// What shipments brought of one order line, by when.
struct Brought
{
    Decimal everywhere; // delivered, whatever the facts are restricted to
    Decimal shipped;    // within the restriction, as the rest
    Decimal delivered;
    Decimal inWindow;
    Date until;  // the last day for any of `inWindow`
    Date passed; // the last day that there was for any of the rest
};

Brought broughtOf(const ReturnFacts &facts, std::int64_t orderLine, std::int64_t windowDays)
{
    Brought result;
    const std::string scope = shipmentInScope(facts);
    for (const Shipment &shipment : facts.shipments) {
        const bool inScope = scope.empty() || shipment.key == scope;
        for (const ShipmentLine &line : shipment.lines) {
            if (line.orderLine != orderLine)
                continue;
            if (inScope)
                result.shipped += line.quantity;
            const Instant arrived = arrivalOf(facts, shipment);
            if (!arrived.isSet())
                continue;
            result.everywhere += line.quantity;
            if (!inScope)
                continue;
            result.delivered += line.quantity;
            const Date last{dayOf(arrived).daysSinceEpoch + static_cast<std::int32_t>(windowDays)};
            if (windowDays == 0)
                result.inWindow += line.quantity;
            else if (last < dayOf(facts.now))
                result.passed = std::max(result.passed, last);
            else {
                result.inWindow += line.quantity;
                result.until = std::max(result.until, last);
            }
        }
    }
    return result;
}

ReturnableLine returnableLine(const ReturnFacts &facts, const OrderLine &line, std::string_view reason)
{
    ReturnableLine result;
    result.orderLine = line.lineNumber;
    const ReturnExclusion *excluded
        = facts.rules && facts.rules->accepts ? exclusionOf(facts, line) : nullptr;
    const Allowance allowance
        = facts.rules && facts.rules->accepts ? allowanceOf(*facts.rules, reason, excluded) : Allowance();
    const Brought brought = broughtOf(facts, line.lineNumber, allowance.windowDays);
    result.shipped = brought.shipped;
    result.delivered = brought.delivered;
    result.returned = heldOf(facts, line.lineNumber) + creditedOtherwise(facts, line);
    if (!allowance.any) {
        ReturnObjection objection{allowance.excluded ? "item" : "agreement", line.lineNumber};
        if (allowance.excluded)
            objection.text = excluded->why;
        result.objection = std::move(objection);
        return result;
    }
    const Decimal free = std::max(brought.everywhere - result.returned, Decimal());
    result.returnable = std::min(free, brought.inWindow);
    result.until = result.returnable.isZero() ? Date() : brought.until;
    const Decimal onItsWay = brought.shipped - brought.delivered;
    const Decimal late = brought.delivered - brought.inWindow;
    const Decimal taken = brought.inWindow - result.returnable;
    ReturnObjection objection{"returned", line.lineNumber, taken, result.returnable};
    if (brought.shipped.isZero() || (onItsWay >= taken && onItsWay >= late && !onItsWay.isZero()))
        objection = {"not-delivered", line.lineNumber, onItsWay, result.returnable};
    else if (late >= taken && !late.isZero())
        objection = {"window", line.lineNumber, late, result.returnable, brought.passed};
    if (brought.shipped.isZero() || result.returnable < brought.shipped)
        result.objection = std::move(objection);
    return result;
}

bool isInScope(const ReturnFacts &facts, const OrderLine &line)
{
    if (isWhole(facts))
        return true;
    if (const Invoice *invoice = findInvoice(facts, facts.invoice))
        return std::ranges::count(invoice->lines, line.lineNumber, &InvoiceLine::orderLine) > 0;
    const Shipment *shipment = findShipment(facts, facts.shipment);
    return shipment && std::ranges::count(shipment->lines, line.lineNumber, &ShipmentLine::orderLine) > 0;
}

// How one line of an invoice stands: what of it was given back, and what is left.
struct Charge
{
    const Invoice *invoice = nullptr;
    const InvoiceLine *line = nullptr;
    Decimal units; // left
    Decimal price; // of one of them, less what was taken off it
    Amount net;    // left
    Amount tax;
};

Charge chargeOf(const ReturnFacts &facts, const Invoice &invoice, const InvoiceLine &line)
{
    Charge charge{&invoice, &line, line.quantity, line.unitPrice, line.net, line.tax};
    for (const Invoice &memo : facts.invoices) {
        if (!memo.credit || memo.creditedInvoice != invoice.key)
            continue;
        for (const InvoiceLine &given : memo.lines) {
            if (given.orderLine != line.orderLine)
                continue;
            charge.net += given.net;
            charge.tax += given.tax;
            if (givesUnitsBack(memo, given, line.unitPrice))
                charge.units += given.quantity;
            else
                charge.price -= given.unitPrice;
        }
    }
    return charge;
}

// Those that charge the order line and were delivered; the one that the return is about first, then by age.
std::vector<Charge> chargesOf(const ReturnFacts &facts, std::int64_t orderLine)
{
    std::vector<Charge> charges;
    for (const Invoice &invoice : facts.invoices) {
        if (invoice.credit || !brought(facts, invoice))
            continue;
        for (const InvoiceLine &line : invoice.lines) {
            if (line.orderLine == orderLine)
                charges.push_back(chargeOf(facts, invoice, line));
        }
    }
    const std::string scope = shipmentInScope(facts);
    const auto isMeant = [&](const Invoice &invoice) {
        return invoice.key == facts.invoice || (!scope.empty() && invoice.shipment == scope);
    };
    std::ranges::stable_sort(charges, [&](const Charge &a, const Charge &b) {
        const bool meantA = isMeant(*a.invoice);
        const bool meantB = isMeant(*b.invoice);
        return std::tie(meantB, a.invoice->issuedAt, a.invoice->key)
            < std::tie(meantA, b.invoice->issuedAt, b.invoice->key);
    });
    return charges;
}

Amount feeOf(Amount goods, std::int64_t basisPoints)
{
    return taxOn(goods, std::clamp<std::int64_t>(basisPoints, 0, 10'000));
}

CreditPart partOf(const Charge &charge, const ReturnLine &line, Decimal units, std::int64_t basisPoints,
                  int places)
{
    CreditPart part{line.lineNumber, charge.invoice->key, *charge.line, units, charge.price};
    const bool last = units == charge.units;
    const std::int64_t rate = charge.line->taxRate.millionths / basisPointsPerRate;
    // What the amount up to here exceeds the amount before, and the last of them take what is left: all
    // together are what was charged, to the penny.
    const Decimal given = charge.line->quantity - charge.units;
    const Amount before = extended(given, charge.price, places);
    const Amount after = extended(given + units, charge.price, places);
    part.goods = last ? charge.net : std::min(after - before, charge.net);
    part.goodsTax = last ? charge.tax : std::min(taxOn(after, rate) - taxOn(before, rate), charge.tax);
    part.fee = feeOf(part.goods, basisPoints);
    part.feeTax = std::min(taxOn(part.fee, rate), part.goodsTax);
    return part;
}

// Where no invoice is known: as the order says.
CreditPart partOf(const OrderLine &ordered, const ReturnLine &line, Decimal units, std::int64_t basisPoints,
                  int places)
{
    CreditPart part{line.lineNumber, {}, {}, units, ordered.unitPrice};
    part.goods = extended(units, ordered.unitPrice, places);
    const auto taxOf = [&ordered](Amount net) {
        return ordered.net.minor == 0 ? Amount() : Amount{ordered.tax.minor * net.minor / ordered.net.minor};
    };
    part.goodsTax = taxOf(part.goods);
    part.fee = feeOf(part.goods, basisPoints);
    part.feeTax = taxOf(part.fee);
    return part;
}

// A fee that is charged at all is at least the rules' least, as far as the goods are worth it.
void raiseToMinimum(std::vector<CreditPart> &parts, const ReturnFacts &facts, int places)
{
    Amount fee;
    for (const CreditPart &part : parts)
        fee += part.fee;
    if (fee <= Amount() || !facts.rules)
        return;
    Amount missing = ExactValue::of(facts.rules->minimumFee).rounded(places) - fee;
    for (CreditPart &part : parts) {
        if (missing <= Amount())
            return;
        if (part.fee <= Amount())
            continue;
        const Amount more = std::min(missing, part.goods - part.fee);
        part.fee += more;
        missing = missing - more;
        const std::int64_t rate = part.charged.taxRate.millionths / basisPointsPerRate;
        part.feeTax = part.fee == part.goods ? part.goodsTax
            : part.invoice.empty()           ? Amount{part.goodsTax.minor * part.fee.minor / part.goods.minor}
                                             : std::min(taxOn(part.fee, rate), part.goodsTax);
    }
}

Decimal quantityOf(const ReturnLine &line, ReturnQuantity which)
{
    switch (which) {
    case ReturnQuantity::Requested:
        return line.quantity;
    case ReturnQuantity::Authorised:
        return line.authorised;
    case ReturnQuantity::Accepted:
        return line.accepted;
    }
    return {};
}

} // namespace

Decimal unitsHeld(const Return &record, const ReturnLine &line)
{
    if (record.status == ReturnStatus::refused || record.status == ReturnStatus::withdrawn
        || record.status == ReturnStatus::lapsed)
        return {};
    if (record.status == ReturnStatus::requested || record.status.empty())
        return line.quantity;
    if (record.status == ReturnStatus::credited || record.status == ReturnStatus::inspected)
        return line.accepted;
    // What was repaired is the customer's again.
    return record.status == ReturnStatus::settled ? Decimal() : line.authorised;
}

std::vector<ReturnableLine> returnableLines(const ReturnFacts &facts, std::string_view reason)
{
    std::vector<ReturnableLine> lines;
    for (const OrderLine &line : facts.order->lines) {
        if (isInScope(facts, line))
            lines.push_back(returnableLine(facts, line, reason));
    }
    return lines;
}

std::vector<CreditPart> creditParts(const Return &wanted, const ReturnFacts &facts, ReturnQuantity which)
{
    std::vector<CreditPart> parts;
    if (wanted.outcome == ReturnOutcome::repair)
        return parts;
    const int places = minorUnitPlaces(facts.order->currency);
    const bool feeDue = wanted.outcome != ReturnOutcome::replacement;
    for (const ReturnLine &line : wanted.lines) {
        Decimal rest = quantityOf(line, which);
        const std::int64_t basisPoints = feeDue ? line.feeBasisPoints : 0;
        for (const Charge &charge : chargesOf(facts, line.orderLine)) {
            const Decimal units = std::min(rest, charge.units);
            if (units <= Decimal())
                continue;
            parts.push_back(partOf(charge, line, units, basisPoints, places));
            rest -= units;
        }
        const auto ordered = std::ranges::find(facts.order->lines, line.orderLine, &OrderLine::lineNumber);
        if (rest > Decimal() && ordered != facts.order->lines.end() && which != ReturnQuantity::Accepted)
            parts.push_back(partOf(*ordered, line, rest, basisPoints, places));
    }
    raiseToMinimum(parts, facts, places);
    return parts;
}

void setExpected(Return &record, const std::vector<CreditPart> &parts)
{
    record.amounts.clear();
    record.restockingFee = {};
    record.expectedCredit = {};
    for (const ReturnLine &line : record.lines) {
        ReturnAmount &amount = record.amounts.emplace_back();
        amount.lineNumber = line.lineNumber;
        for (const CreditPart &part : parts) {
            if (part.lineNumber != line.lineNumber)
                continue;
            amount.unitPrice = part.unitPrice;
            amount.goods += part.goods;
            amount.fee += part.fee;
            amount.tax += part.goodsTax - part.feeTax;
            amount.credit += part.credit();
        }
        record.restockingFee += amount.fee;
        record.expectedCredit += amount.credit;
    }
}

} // namespace Counterfoil
