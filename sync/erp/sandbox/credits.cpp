#include "chance.h"
#include "exactvalue.h"
#include "simulation.h"
#include "wording.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

// The line's amounts for `quantity` of it at `unitPrice`, given back.
InvoiceLine givenBack(const InvoiceLine &line, Decimal quantity, Decimal unitPrice, int places)
{
    InvoiceLine back = line;
    back.quantity = -quantity;
    back.unitPrice = unitPrice;
    if (quantity == line.quantity && unitPrice == line.unitPrice) {
        back.net = -line.net;
        back.tax = -line.tax;
    } else {
        back.net = -extended(quantity, unitPrice, places);
        back.tax = taxOn(back.net, line.taxRate.millionths / (Decimal::one / 100));
    }
    return back;
}

Amount taxOfFreight(const Invoice &invoice)
{
    Amount tax = invoice.tax;
    for (const InvoiceLine &line : invoice.lines)
        tax = tax - line.tax;
    return tax;
}

} // namespace

// The same for an invoice whenever it is asked for.
std::optional<Simulation::Claim> Simulation::claimOn(const ActiveInvoice &invoice) const
{
    SeededRandom random = chanceOf(m_company.seed(), ChanceOf::Claim, invoice.id);
    const Invoice &record = invoice.record;
    const InvoiceLine &line = record.lines[random.below(record.lines.size())];
    const int places = minorUnitPlaces(record.currency);
    const std::int64_t whole = line.quantity.millionths / Decimal::one;
    const bool some = whole > 1;
    const Decimal quantity = some
        ? Decimal::fromInteger(between(random, 1, std::max<std::int64_t>(whole / 4, 1)))
        : line.quantity;
    Claim claim{&line, quantity, line.unitPrice, {}};
    const std::string what = quantity.toString() + " of " + line.quantity.toString() + " × " + line.sku;
    const std::uint64_t kind = random.below(3);
    if (kind == 0) {
        claim.text = what + " arrived damaged";
    } else if (kind == 1) {
        claim.text = what + " missing from the delivery";
    } else {
        claim.quantity = line.quantity;
        claim.unitPrice = roundedPrice({line.unitPrice.millionths * between(random, 5, 15) / 100}, places);
        const Decimal agreed = line.unitPrice - claim.unitPrice;
        claim.text
            = line.sku + " charged at " + line.unitPrice.toString() + ", agreed was " + agreed.toString();
    }
    if (extended(claim.quantity, claim.unitPrice, places) == Amount())
        return std::nullopt;
    return claim;
}

void Simulation::dispute(ActiveInvoice &invoice)
{
    Invoice &record = invoice.record;
    if (record.status != "open")
        return; // paid by now, or credited
    const auto claim = claimOn(invoice);
    if (!claim)
        return;
    SeededRandom random = taskChance(7);
    record.status = "disputed";
    record.disputeReason = claim->text;
    invoice.changed = true;
    tellOrder(record.order, "disputed", "Invoice disputed: " + claim->text, record.number);
    plan(between(random, 3, 12) * msPerDay, Task::Resolve, invoice.id);
}

void Simulation::resolve(ActiveInvoice &invoice)
{
    SeededRandom random = taskChance(8);
    Invoice &record = invoice.record;
    if (record.status != "disputed")
        return; // credited as a whole meanwhile
    if (percent(random, 20)) {
        plan(between(random, 10, 20) * msPerDay, Task::Resolve, invoice.id);
        return;
    }
    const std::string reason = std::exchange(record.disputeReason, {});
    record.status = "open";
    invoice.changed = true;
    const auto claim = claimOn(invoice);
    if (claim && !percent(random, 30))
        credit(invoice, &*claim, reason);
    else
        tellOrder(record.order, "dispute-settled", "Dispute settled: the invoice stands as it is",
                  record.number);
    plan(between(random, 2, 10) * msPerDay, Task::Pay, invoice.id);
}

void Simulation::creditLater(ActiveInvoice &invoice, bool whole)
{
    if (whole)
        return credit(invoice, nullptr, "Returned: the carrier could not deliver it");
    if (invoice.record.status == "disputed")
        return; // one thing after the other
    if (const auto claim = claimOn(invoice))
        credit(invoice, &*claim, claim->text);
}

// About the invoice, and sent where that went.
Invoice Simulation::memoOn(const Invoice &invoice)
{
    Invoice memo;
    memo.credit = true;
    memo.account = invoice.account;
    memo.order = invoice.order;
    memo.orderNumber = invoice.orderNumber;
    memo.poReference = invoice.poReference;
    memo.shipment = invoice.shipment;
    memo.shipmentNumber = invoice.shipmentNumber;
    memo.creditedInvoice = invoice.key;
    memo.creditedNumber = invoice.number;
    memo.billToName = invoice.billToName;
    memo.billToAddress = invoice.billToAddress;
    memo.shipToName = invoice.shipToName;
    memo.shipToAddress = invoice.shipToAddress;
    memo.currency = invoice.currency;
    return memo;
}

// Gives back what is claimed, or the whole invoice.
void Simulation::credit(ActiveInvoice &invoice, const Claim *claim, const std::string &reason)
{
    if (m_books.hasCredit(invoice.id))
        return;
    const Invoice &record = invoice.record;
    Invoice memo = memoOn(record);
    const int places = minorUnitPlaces(record.currency);
    if (claim) {
        memo.lines.push_back(givenBack(*claim->line, claim->quantity, claim->unitPrice, places));
    } else {
        memo.freight = -record.freight;
        memo.tax = -taxOfFreight(record);
        for (const InvoiceLine &line : record.lines)
            memo.lines.push_back(givenBack(line, line.quantity, line.unitPrice, places));
    }
    post(invoice, std::move(memo), reason);
}

// Issues the memo over its lines, and the freight and its tax that it has already. What is still open of the
// invoice is offset at once; what is over stays open until a payment makes use of it.
const Invoice &Simulation::post(ActiveInvoice &invoice, Invoice memo, const std::string &reason)
{
    Invoice &record = invoice.record;
    for (InvoiceLine &line : memo.lines) {
        line.lineNumber = &line - memo.lines.data() + 1;
        memo.net += line.net;
        memo.tax += line.tax;
    }
    memo.total = memo.net + memo.tax + memo.freight;
    ActiveInvoice &issued = issue(std::move(memo));
    const Amount offset = std::min(record.openAmount, -issued.record.total);
    m_books.writeCredit({issued.id, invoice.id, offset, reason});
    if (offset > Amount()) {
        const bool paidSome = record.status == "part-paid";
        setOpenAmount(invoice, record.openAmount - offset);
        setOpenAmount(issued, issued.record.openAmount + offset);
        if (!record.open)
            record.status = paidSome ? "paid" : "credited";
        else if (record.status != "disputed") // which goes on over what is left
            record.status = paidSome ? "part-paid" : "part-credited";
        if (record.status != "disputed")
            record.disputeReason.clear();
        issued.record.status = issued.record.open ? "credit-open" : "credit-used";
    }
    tellOrder(record.order, "credited",
              "Credited " + moneyText(-issued.record.total, issued.record.currency) + ": " + reason,
              issued.record.number);
    return issued.record;
}

} // namespace Counterfoil::Sandbox
