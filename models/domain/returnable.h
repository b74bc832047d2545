#pragma once

#include "invoice.h"
#include "item.h"
#include "order.h"
#include "return.h"
#include "returnrules.h"
#include "shipment.h"

#include <QString>

#include <optional>

// What of an order may come back and what that comes to. A window shows it before anything is asked for, and
// the supplier's side decides by the same functions; they know nothing but what they are given.
namespace Counterfoil {

// All of one order that is known. Who may not see invoices gives none: their preview counts no earlier
// credit, and the ERP's answer may be lower.
struct ReturnFacts
{
    const Order *order = nullptr;
    std::span<const Shipment> shipments; // of the order
    std::span<const Invoice> invoices;   // and credit memos, of the order
    std::span<const Return> returns;     // of the order; one with the key `self` is passed over
    std::span<const Item> items;         // of its lines, as far as they are known
    const ReturnRules *rules = nullptr;  // those that count for the account; null: nothing is taken back
    Instant now;
    std::string shipment; // only what it brought; empty: whatever the order did
    std::string invoice;  // only what it charges; likewise
    std::string self;     // the key of the return that is judged; empty: a new one
};

// Why something cannot be done as it is wished. Codes are stable.
struct ReturnObjection
{
    // Of a line: "not-delivered", "window", "item", "returned", "agreement"; of a request also
    // "line-unknown", "line-twice", "quantity-none", "reason-unknown", "question-missing", "answer-invalid",
    // "photo-missing", "fee"; of the whole: "no-lines", "too-many-lines", "too-many-files", "too-long",
    // "outcome", "order"
    std::string code;
    std::int64_t orderLine = 0;   // 0: the whole
    Decimal quantity = {};        // "returned": of how many
    Decimal left = {};            // "returned", "window": what can still come back
    Date until = {};              // "window": the last day that there was
    std::string text = {};        // "item": the rule's own sentence; "question-missing": the question
    std::int64_t basisPoints = 0; // "fee": as it is now

    bool operator==(const ReturnObjection &) const = default;
};
QString sentenceOf(const ReturnObjection &objection); // for the person, saying what to do next

// How one line of the order stands.
struct ReturnableLine
{
    std::int64_t orderLine = 0;
    Decimal shipped;
    Decimal delivered;
    Decimal returned;   // on returns that were not refused or taken back, or credited otherwise
    Decimal returnable; // now
    Date until;         // the last day for any of `returnable`; none: there is none, or no end
    // Why not all that was shipped can come back; of several reasons the one that holds back most.
    std::optional<ReturnObjection> objection;
};

// One for each line of the order that the facts are restricted to, for that reason; with an empty one, what
// some reason allows. The calendar is that of UTC.
std::vector<ReturnableLine> returnableLines(const ReturnFacts &facts, std::string_view reason = {});

// What speaks against `wanted` as a request; empty: nothing.
std::vector<ReturnObjection> objectionsTo(const Return &wanted, const ReturnFacts &facts);
// Against what was decided: more than there is to come back, or an outcome that is none.
std::vector<ReturnObjection> objectionsToDecision(const Return &decided, const ReturnFacts &facts);

// A piece of the credit: so many units of one invoice's line.
struct CreditPart
{
    std::int64_t lineNumber = 0; // ReturnLine::lineNumber
    std::string invoice;         // its key; empty: none is known that charges it
    InvoiceLine charged;         // the invoice's line
    Decimal quantity;
    Decimal unitPrice; // of one of them, less what was taken off it since
    Amount goods;      // never more than the line's net that is not credited yet
    Amount fee;
    Amount goodsTax;
    Amount feeTax;

    Amount credit() const { return goods + goodsTax - fee - feeTax; }
};

enum class ReturnQuantity { Requested, Authorised, Accepted };

// What the return comes to, line by line in its order and piece by piece: the oldest invoice first, or the
// one that the return is about. Nothing for a repair.
std::vector<CreditPart> creditParts(const Return &wanted, const ReturnFacts &facts, ReturnQuantity which);

// Puts the sums of the parts into amounts, restockingFee and expectedCredit.
void setExpected(Return &record, const std::vector<CreditPart> &parts);

// How many units of the line the return keeps from being returned again.
Decimal unitsHeld(const Return &record, const ReturnLine &line);

} // namespace Counterfoil
