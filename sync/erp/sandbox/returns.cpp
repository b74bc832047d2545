#include "chance.h"
#include "exactvalue.h"
#include "founders.h"
#include "message.h"
#include "paperwork.h"
#include "returnbook.h"
#include "returnclerk.h"
#include "simulation.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::int64_t msPerHour = 3'600'000;
constexpr std::int64_t stepsOfAReturn = 64; // more than it can have
constexpr const char *feeSku = "RESTOCKING";

// What somebody would say who gives that reason.
std::string answerTo(const ReturnQuestion &question)
{
    if (question.kind == "flag")
        return "yes";
    if (question.kind == "number")
        return "1";
    if (question.kind == "choice")
        return question.choices.substr(0, question.choices.find('\n'));
    return question.kind == "date" ? std::string() : "It is not what we need.";
}

std::string dispositionFor(const ReturnReason *reason)
{
    if (!reason || !reason->evenExcluded)
        return "restock";
    return reason->code == "damaged" ? "scrap" : reason->labelPaid ? "vendor" : "restock";
}

InvoiceLine givenBack(const CreditPart &part)
{
    InvoiceLine line = part.charged;
    line.quantity = -part.quantity;
    line.unitPrice = part.unitPrice;
    line.net = -part.goods;
    line.tax = -part.goodsTax;
    return line;
}

InvoiceLine feeLine(const CreditPart &part, int places)
{
    InvoiceLine line;
    line.sku = feeSku;
    line.description = "Restocking fee for " + part.charged.sku;
    line.unit = "each";
    line.quantity = Decimal::fromInteger(1);
    line.unitPrice = ExactValue::of(part.fee, places).decimal().value_or(Decimal());
    line.taxRate = part.charged.taxRate;
    line.net = part.fee;
    line.tax = part.feeTax;
    return line;
}

// Why less is credited than was expected.
std::string remarkOn(const Return &record)
{
    std::string text;
    for (const ReturnLine &line : record.lines) {
        if (!line.finding.empty())
            text += (text.empty() ? "" : " ") + line.finding;
    }
    return text.empty() ? "What was charged was partly credited before." : text;
}

// The order in which returns are credited decides which of them has the odd penny, and that is no difference.
void takeRounding(Return &record, const std::vector<CreditPart> &parts)
{
    Amount comesTo;
    for (const CreditPart &part : parts)
        comesTo += part.credit();
    if (std::abs((comesTo - record.expectedCredit).minor) <= 2 * std::ssize(parts))
        record.expectedCredit = comesTo;
}

Decimal accepted(const Return &record)
{
    Decimal units;
    for (const ReturnLine &line : record.lines)
        units += line.accepted;
    return units;
}

} // namespace

void Simulation::planReturn(std::int64_t id, Instant at)
{
    m_now = std::max(m_now, m_clock.companyTime(at));
    planNextOf(id);
    saveCounters();
}

// Goes on with it as it is now: what somebody does about it meanwhile is planned for anew.
void Simulation::planNextOf(std::int64_t id)
{
    Return record;
    if (!m_books.read(Return::type, id, &record) || !record.open)
        return;
    const auto steps = std::ssize(record.events);
    SeededRandom random = chanceOf(m_company.seed(), ChanceOf::Return, id * stepsOfAReturn + steps);
    const std::int64_t hours = record.status == ReturnStatus::requested ? between(random, 48, 120)
        : record.status == ReturnStatus::authorised                     ? between(random, 12, 48)
        : record.status == ReturnStatus::inTransit                      ? between(random, 24, 48)
                                                                        : between(random, 6, 24);
    plan(hours * msPerHour, Task::MoveReturn, id, steps);
}

// Somebody finds something wrong with what a shipment brought.
std::int64_t Simulation::askForReturn(std::int64_t id)
{
    Shipment shipment;
    if (!m_books.read(Shipment::type, id, &shipment))
        return 0;
    const auto book = ReturnBook::of(m_books, shipment.order);
    const ReturnRules *rules = book ? rulesFor(book->policy.rules, shipment.account) : nullptr;
    if (!rules || rules->reasons.empty())
        return 0;
    SeededRandom random = chanceOf(m_company.seed(), ChanceOf::ReturnRequest, id);
    const ReturnReason &reason = rules->reasons[random.below(rules->reasons.size())];
    Return wanted;
    wanted.order = shipment.order;
    wanted.shipment = shipment.key;
    wanted.outcome = reason.outcomes.substr(0, reason.outcomes.find(' '));
    for (const ReturnableLine &line : returnableLines(book->factsFor(wanted, stamp()), reason.code)) {
        const std::int64_t whole = line.returnable.millionths / Decimal::one;
        if (whole < 1 || wanted.lines.size() == 2)
            continue;
        ReturnLine &asked = wanted.lines.emplace_back();
        asked.lineNumber = std::ssize(wanted.lines);
        asked.orderLine = line.orderLine;
        asked.quantity = Decimal::fromInteger(between(random, 1, std::max<std::int64_t>(whole / 3, 1)));
        asked.reason = reason.code;
        asked.feeBasisPoints = reason.feeBasisPoints;
        for (const ReturnQuestion *question : rules->questionsOf(reason.code))
            wanted.answers.push_back({asked.lineNumber, question->code, answerTo(*question)});
    }
    if (wanted.lines.empty())
        return 0;
    const std::int64_t made = m_books.lastId(Return::type) + 1;
    const Return record = requested(wanted, *book, returnNumber(made), book->order.placedBy, stamp());
    m_books.change({supplierActor, "request", {}}, Return::type, made, nullptr, &record, stamp());
    if (percent(random, 40))
        say(record, record.requestedBy, false, "When will somebody look at this? We need the space.");
    return made;
}

void Simulation::say(const Return &about, const std::string &author, bool fromSupplier,
                     const std::string &text)
{
    const std::int64_t id = m_books.lastId(Message::type) + 1;
    const Message message{
        "MSG-" + std::to_string(id), about.account, about.key, author, fromSupplier, stamp(), text, {}};
    m_books.change({supplierActor, "write", {}}, Message::type, id, nullptr, &message, stamp());
}

// Unless somebody did something about it meanwhile.
void Simulation::moveReturn(std::int64_t id, std::int64_t steps)
{
    Return before;
    if (!m_books.read(Return::type, id, &before) || !before.open || std::ssize(before.events) != steps)
        return;
    Return after = before;
    SeededRandom random = chanceOf(m_company.seed(), ChanceOf::Return, id * stepsOfAReturn + steps + 1);
    if (before.status == ReturnStatus::requested) {
        decideReturn(after, id);
    } else if (before.status == ReturnStatus::authorised) {
        if (percent(random, 3))
            moveTo(after, ReturnStatus::lapsed, stamp(), {}, "The goods were never sent");
        else
            moveTo(after, ReturnStatus::inTransit, stamp(), {}, "Handed to the carrier");
    } else if (before.status == ReturnStatus::inTransit) {
        for (ReturnLine &line : after.lines)
            line.received = line.authorised;
        moveTo(after, ReturnStatus::received, stamp(), {}, after.units.toString() + " received");
    } else if (before.status == ReturnStatus::received) {
        inspectReturn(after, random);
    } else {
        settleReturn(after);
    }
    m_books.change({supplierActor, "return", {}}, Return::type, id, &before, &after, stamp());
    if (const auto label = returnLabelOf(after))
        m_books.postDocumentOnce(id, *label, stamp());
    if (before.status == ReturnStatus::requested && after.refusal.empty() && percent(random, 50))
        say(after, "Returns desk", true, "Send it back at any time this week, we are expecting it.");
}

// For those that no person decided. Which are refused or cut follows from their number.
void Simulation::decideReturn(Return &record, std::int64_t id)
{
    const auto book = ReturnBook::of(m_books, record.order);
    if (!book)
        return;
    const ReturnRules *rules = rulesFor(book->policy.rules, record.account);
    const bool refuse = id % 9 == 4;
    Return decided = record;
    for (ReturnLine &line : decided.lines) {
        const bool cut = id % 7 == 3 && line.quantity > Decimal::fromInteger(1);
        line.authorised = refuse ? Decimal() : cut ? line.quantity - Decimal::fromInteger(1) : line.quantity;
        line.disposition
            = refuse ? std::string() : dispositionFor(rules ? rules->findReason(line.reason) : nullptr);
        if (cut && !refuse)
            line.refusal = "One of them is on another of your returns.";
    }
    if (refuse)
        decided.refusal = "The delivery slip was signed without a remark, and the photo shows no damage.";
    applyDecision(record, decided, *book, {}, stamp());
}

void Simulation::inspectReturn(Return &record, Random &random)
{
    for (ReturnLine &line : record.lines) {
        line.accepted = line.received;
        if (line.received > Decimal::fromInteger(1) && percent(random, 20)) {
            line.accepted = line.received - Decimal::fromInteger(1);
            line.finding = "One of the " + line.received.toString() + " × " + line.sku + " was used.";
        }
    }
    moveTo(record, ReturnStatus::inspected, stamp(), {},
           accepted(record) == record.units ? "Inspected and in order" : "Inspected; not all is in order");
}

void Simulation::settleReturn(Return &record)
{
    const auto book = ReturnBook::of(m_books, record.order);
    if (record.outcome == ReturnOutcome::repair)
        return moveTo(record, ReturnStatus::settled, stamp(), {}, "Repaired and sent back");
    if (!book || accepted(record).isZero())
        return moveTo(record, ReturnStatus::settled, stamp(), {}, "Nothing was accepted; it is sent back");
    restock(record);
    if (record.outcome == ReturnOutcome::replacement)
        sendReplacement(record);
    const ReturnFacts facts = book->factsFor(record, stamp());
    const auto authorised = creditParts(record, facts, ReturnQuantity::Authorised);
    takeRounding(record, authorised);
    postCredit(record, creditParts(record, facts, ReturnQuantity::Accepted));
    if (record.postedCredit < record.expectedCredit)
        record.creditRemark = remarkOn(record);
    // Without the amount, which not everybody may see who sees this.
    moveTo(record, ReturnStatus::credited, stamp(), {},
           record.creditMemo.empty() ? "Nothing is left to credit" : "Credited", record.creditMemoNumber);
}

// One credit memo for each invoice that charged some of it.
void Simulation::postCredit(Return &record, const std::vector<CreditPart> &parts)
{
    const int places = minorUnitPlaces(record.currency);
    std::vector<std::string> invoices;
    for (const CreditPart &part : parts) {
        if (std::ranges::find(invoices, part.invoice) == invoices.end())
            invoices.push_back(part.invoice);
    }
    for (const std::string &key : invoices) {
        const auto id = m_books.idOf(Invoice::type, key);
        if (!id)
            continue;
        ActiveInvoice &invoice = fetchInvoice(*id);
        Invoice memo = memoOn(invoice.record);
        memo.ofReturn = record.key;
        Amount comesTo;
        for (const CreditPart &part : parts) {
            if (part.invoice != key)
                continue;
            memo.lines.push_back(givenBack(part));
            if (part.fee > Amount())
                memo.lines.push_back(feeLine(part, places));
            comesTo += part.credit();
        }
        if (comesTo <= Amount())
            continue; // the fee is as much as the goods
        const Invoice &posted = post(invoice, std::move(memo), "Return " + record.number);
        record.postedCredit += -posted.total;
        record.creditMemo = posted.key;
        record.creditMemoNumber = posted.number;
    }
}

void Simulation::restock(const Return &record)
{
    const Customer &customer = *m_company.findCustomer(record.account);
    for (const ReturnLine &line : record.lines) {
        const Product *product = m_company.findProduct(line.sku);
        if (!product || line.disposition != "restock" || line.accepted.isZero())
            continue;
        const std::size_t place = atHome(customer, *product);
        m_stock[place].onHand += line.accepted;
        saveStock(place);
        m_books.writeMovement(product->id, static_cast<std::int64_t>(place % warehouseCount), stamp(),
                              "return", line.accepted, record.number);
    }
}

// The same goods at the price that was paid for them.
void Simulation::sendReplacement(Return &record)
{
    Purchase purchase;
    purchase.customer = m_company.findCustomer(record.account);
    purchase.placedBy = record.requestedBy;
    purchase.poReference = record.poReference;
    purchase.notes = "Replacement for " + record.number;
    for (const ReturnLine &line : record.lines) {
        const auto amount = std::ranges::find(record.amounts, line.lineNumber, &ReturnAmount::lineNumber);
        if (const Product *product = m_company.findProduct(line.sku);
            product && !line.accepted.isZero() && amount != record.amounts.end())
            purchase.items.push_back({product, line.accepted, amount->unitPrice});
    }
    if (purchase.items.empty())
        return;
    record.replacement = record.replacementNumber = placeFor(purchase, stamp());
    record.events.push_back({std::ssize(record.events) + 1,
                             stamp(),
                             "replaced",
                             {},
                             "Replaced by order " + record.replacementNumber,
                             record.replacementNumber});
}

// A new company has some in each state, most of them of the accounts of the sandbox's people. Their ids.
std::vector<std::int64_t> Simulation::openReturns()
{
    constexpr std::int64_t daysBack = 25;
    constexpr const char *ofEachSide = " ORDER BY id DESC LIMIT 40";
    constexpr int mostMoves = 6; // after which one is at its end
    const std::int64_t now = m_now;
    writeReturnPolicy(m_books, firstReturnPolicy(), stamp());
    std::string people;
    for (std::int64_t i = 1; i <= 7; ++i)
        (people += people.empty() ? "'" : ", '") += accountKey(i) + '\'';
    const std::string recent = "SELECT id FROM shipments WHERE deliveredAt>"
        + std::to_string(stamp().ms - daysBack * 24 * msPerHour) + " AND account ";
    std::vector<std::int64_t> shipments;
    for (const char *which : {"IN (", "NOT IN ("}) {
        m_books.each(recent + which + people + ')' + ofEachSide,
                     [&](const Sqlite::Statement &row) { shipments.push_back(row.integer(0)); });
    }
    std::vector<std::int64_t> made;
    for (const std::int64_t shipment : shipments) {
        Shipment record;
        m_books.read(Shipment::type, shipment, &record);
        const std::int64_t since = m_clock.companyTime(record.deliveredAt);
        const std::int64_t moves = std::ssize(made) % (mostMoves + 1);
        const std::int64_t pause = (now - since) / (moves + 2);
        m_now = since + pause;
        const std::int64_t id = askForReturn(shipment);
        if (id == 0)
            continue;
        made.push_back(id);
        for (std::int64_t move = 0; move < moves; ++move) {
            Return moved;
            m_books.read(Return::type, id, &moved);
            // What the order tells of has to be the last that happened to it.
            m_now = moved.status == ReturnStatus::inspected ? now : m_now + pause;
            // A replacement is an order that nobody has placed yet.
            if (moved.status == ReturnStatus::inspected && moved.outcome == ReturnOutcome::replacement)
                break;
            moveReturn(id, std::ssize(moved.events));
        }
        flushInvoices();
    }
    m_now = now;
    return made;
}

} // namespace Counterfoil::Sandbox
