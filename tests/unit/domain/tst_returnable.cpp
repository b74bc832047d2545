#include "returnable.h"
#include "testentry.h"

#include <QtTest>

using namespace Counterfoil;

namespace {

const Instant placed = *Instant::parse("2026-10-01T09:00:00Z");

Instant daysOn(int days)
{
    return {placed.ms + std::int64_t{days} * 86'400'000};
}

Decimal units(std::int64_t count)
{
    return Decimal::fromInteger(count);
}

// Ten of one item at 0.335 each: four delivered on day 1 and billed as INV-1, six on day 20 as INV-2.
struct Case
{
    Case()
    {
        order.key = order.number = "SO-1";
        order.currency = "GBP";
        order.lines = {{.lineNumber = 1,
                        .sku = "HB-1",
                        .ordered = units(10),
                        .shipped = units(10),
                        .unitPrice = {335'000},
                        .net = {335},
                        .tax = {67}}};
        shipments = {shipment("SH-1", 4, 1), shipment("SH-2", 6, 20)};
        invoices = {invoice("INV-1", "SH-1", 4, 134, 27), invoice("INV-2", "SH-2", 6, 201, 40)};
        rules.reasons = {{.code = "surplus", .windowDays = 30, .feeBasisPoints = 1'000, .outcomes = "credit"},
                         {.code = "faulty",
                          .windowDays = 365,
                          .evenExcluded = true,
                          .outcomes = "repair credit replacement"}};
    }
    static Shipment shipment(const std::string &key, std::int64_t count, int day)
    {
        Shipment shipment;
        shipment.key = shipment.number = key;
        shipment.order = "SO-1";
        shipment.deliveredAt = daysOn(day);
        shipment.lines = {{.orderLine = 1, .sku = "HB-1", .quantity = units(count)}};
        return shipment;
    }
    static Invoice invoice(const std::string &key, const std::string &of, std::int64_t count,
                           std::int64_t net, std::int64_t tax)
    {
        Invoice invoice;
        invoice.key = invoice.number = key;
        invoice.order = "SO-1";
        invoice.shipment = of;
        invoice.currency = "GBP";
        invoice.issuedAt = placed;
        invoice.lines = {{.lineNumber = 1,
                          .orderLine = 1,
                          .sku = "HB-1",
                          .quantity = units(count),
                          .unitPrice = {335'000},
                          .taxRate = units(20),
                          .net = {net},
                          .tax = {tax}}};
        return invoice;
    }
    // What a part of a credit was posted as.
    void post(const CreditPart &part, const std::string &ofReturn)
    {
        Invoice memo = invoice("CM-" + std::to_string(invoices.size()), {}, 0, 0, 0);
        memo.credit = true;
        memo.creditedInvoice = part.invoice;
        memo.ofReturn = ofReturn;
        memo.lines[0].quantity = -part.quantity;
        memo.lines[0].unitPrice = part.unitPrice;
        memo.lines[0].net = -part.goods;
        memo.lines[0].tax = -part.goodsTax;
        invoices.push_back(memo);
    }
    Return asked(std::int64_t count, const std::string &reason = "faulty",
                 const std::string &outcome = "credit") const
    {
        Return record;
        record.order = "SO-1";
        record.outcome = outcome;
        record.lines
            = {{.lineNumber = 1, .orderLine = 1, .sku = "HB-1", .quantity = units(count), .reason = reason}};
        if (const ReturnReason *why = rules.findReason(reason))
            record.lines[0].feeBasisPoints = why->feeBasisPoints;
        return record;
    }
    ReturnFacts facts(int day) const
    {
        return {.order = &order,
                .shipments = shipments,
                .invoices = invoices,
                .returns = returns,
                .items = items,
                .rules = &rules,
                .now = daysOn(day)};
    }
    ReturnableLine line(int day, std::string_view reason = "surplus") const
    {
        return returnableLines(facts(day), reason).front();
    }
    std::string objection(const Return &record, int day = 25) const
    {
        const auto found = objectionsTo(record, facts(day));
        return found.empty() ? std::string() : found.front().code;
    }

    Order order;
    std::vector<Shipment> shipments;
    std::vector<Invoice> invoices;
    std::vector<Return> returns;
    std::vector<Item> items;
    ReturnRules rules;
};

} // namespace

class TestReturnable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsWhatWasDelivered();
    void countsWhatWasSentWhereNobodyTellsOfDeliveries();
    void theWindowEndsWithItsDay();
    void startsFromAShipmentOrAnInvoice();
    void saysWhatCannotComeBack();
    void asksTheReasonsQuestions();
    void whatIsOnItsWayBackIsTaken();
    void whatWasCreditedOtherwiseIsTaken();
    void allOfItIsCreditedToThePenny();
    void aLowerPriceIsCreditedAsPaid();
    void feesAreOfTheGoods();
    void aRepairCreditsNothing();
    void previewsWithoutInvoices();
    void rulesOfAnAccountComeFirst();
    void everyObjectionIsASentence();
};

void TestReturnable::countsWhatWasDelivered()
{
    Case c;
    QCOMPARE(c.line(25).returnable, units(10));
    QVERIFY(!c.line(25).objection);
    c.shipments[1].deliveredAt = {};
    QCOMPARE(c.line(25).returnable, units(4));
    QCOMPARE(c.line(25).shipped, units(10));
    QCOMPARE(c.line(25).objection->code, std::string("not-delivered"));
    c.shipments.clear();
    QCOMPARE(c.line(25).returnable, Decimal());
    QCOMPARE(c.line(25).objection->code, std::string("not-delivered"));
}

void TestReturnable::countsWhatWasSentWhereNobodyTellsOfDeliveries()
{
    Case c;
    for (Shipment &shipment : c.shipments) {
        shipment.shippedAt = shipment.deliveredAt;
        shipment.deliveredAt = {};
    }
    QCOMPARE(c.line(25).returnable, Decimal());
    c.rules.fromShipping = true;
    QCOMPARE(c.line(25).returnable, units(10));
    QCOMPARE(c.line(32).returnable, units(6)); // the window counts from the same day
    c.shipments[1].shippedAt = {};
    QCOMPARE(c.line(25).returnable, units(4));
}

void TestReturnable::theWindowEndsWithItsDay()
{
    const Case c;
    QCOMPARE(c.line(31).returnable, units(10));
    const ReturnableLine late = c.line(32);
    QCOMPARE(late.returnable, units(6));
    QCOMPARE(late.until.toString(), std::string("2026-11-20"));
    QCOMPARE(late.objection->code, std::string("window"));
    QCOMPARE(late.objection->quantity, units(4));
    QCOMPARE(late.objection->until.toString(), std::string("2026-11-01"));
    QCOMPARE(c.line(51).returnable, Decimal());
    QCOMPARE(c.line(51, "faulty").returnable, units(10));
    // Without a reason: what some reason allows.
    QCOMPARE(c.line(51, {}).returnable, units(10));
    QCOMPARE(c.line(51, "no such reason").objection->code, std::string("agreement"));
}

void TestReturnable::startsFromAShipmentOrAnInvoice()
{
    Case c;
    ReturnFacts facts = c.facts(25);
    facts.shipment = "SH-2";
    QCOMPARE(returnableLines(facts, "surplus").front().returnable, units(6));
    facts.shipment.clear();
    facts.invoice = "INV-1";
    QCOMPARE(returnableLines(facts, "surplus").front().returnable, units(4));
    // What it credits is that invoice's first.
    facts.invoice = "INV-2";
    QCOMPARE(creditParts(c.asked(3), facts, ReturnQuantity::Requested).front().invoice, std::string("INV-2"));
    facts.invoice = "INV-none";
    QVERIFY(returnableLines(facts, "surplus").empty());
}

void TestReturnable::saysWhatCannotComeBack()
{
    Case c;
    QCOMPARE(c.objection(c.asked(10)), std::string());
    QCOMPARE(c.objection(c.asked(11)), std::string("returned"));
    QCOMPARE(c.objection(c.asked(0)), std::string("quantity-none"));
    QCOMPARE(c.objection(c.asked(1, "boredom")), std::string("reason-unknown"));
    QCOMPARE(c.objection(c.asked(1, "surplus", "repair")), std::string("outcome"));
    QCOMPARE(c.objection(c.asked(5, "surplus"), 40), std::string());
    QCOMPARE(c.objection(c.asked(7, "surplus"), 40), std::string("window"));
    Return dearer = c.asked(1, "surplus");
    dearer.lines[0].feeBasisPoints = 2'000; // it was that once, and is less now
    QCOMPARE(c.objection(dearer), std::string());
    dearer.lines[0].feeBasisPoints = 999;
    QCOMPARE(c.objection(dearer), std::string("fee"));

    c.rules.exclusions = {{"category", "Cable", "Cable is cut for you."}, {"item", "HB-1", "Not this one."}};
    QCOMPARE(c.objection(c.asked(1, "surplus")), std::string("item"));
    QCOMPARE(c.objection(c.asked(1, "faulty")), std::string());
    c.rules.exclusions.pop_back();
    QCOMPARE(c.objection(c.asked(1, "surplus")), std::string());
    Item item;
    item.key = item.sku = "HB-1";
    item.category = "Cable";
    c.items = {item};
    QCOMPARE(c.objection(c.asked(1, "surplus")), std::string("item"));
    QCOMPARE(c.line(25).objection->text, std::string("Cable is cut for you."));
    c.rules.accepts = false;
    QCOMPARE(c.objection(c.asked(1)), std::string("agreement"));
}

void TestReturnable::asksTheReasonsQuestions()
{
    Case c;
    c.rules.questions = {{"faulty", "hum", "Does it hum?", "flag", {}, true},
                         {"faulty", "since", "Since when?", "date", {}, false},
                         {"faulty", "colour", "Which colour?", "choice", "red\nblue", false},
                         {"surplus", "open", "Was it opened?", "flag", {}, true}};
    c.rules.reasons[1].needsAttachment = true;
    Return record = c.asked(1);
    QCOMPARE(c.objection(record), std::string("question-missing"));
    record.answers = {{1, "hum", "maybe"}};
    QCOMPARE(c.objection(record), std::string("answer-invalid"));
    record.answers = {{1, "hum", "yes"}, {1, "since", "yesterday"}};
    QCOMPARE(c.objection(record), std::string("answer-invalid"));
    record.answers = {{1, "hum", "yes"}, {1, "since", "2026-10-03"}, {1, "colour", "re"}};
    QCOMPARE(c.objection(record), std::string("answer-invalid"));
    record.answers[2].text = "blue";
    QCOMPARE(c.objection(record), std::string("photo-missing"));
    record.attachments = {{.upload = "u", .lineNumber = 1, .name = "a.jpg"}};
    QCOMPARE(c.objection(record), std::string());
}

void TestReturnable::whatIsOnItsWayBackIsTaken()
{
    Case c;
    Return other = c.asked(7);
    other.key = "R-1";
    other.status = ReturnStatus::requested;
    c.returns = {other};
    QCOMPARE(c.line(25).returnable, units(3));
    QCOMPARE(c.line(25).objection->code, std::string("returned"));
    c.returns[0].status = ReturnStatus::authorised;
    c.returns[0].lines[0].authorised = units(5);
    QCOMPARE(c.line(25).returnable, units(5));
    c.returns[0].status = ReturnStatus::credited;
    c.returns[0].lines[0].accepted = units(2);
    QCOMPARE(c.line(25).returnable, units(8));
    for (const auto status :
         {ReturnStatus::refused, ReturnStatus::withdrawn, ReturnStatus::lapsed, ReturnStatus::settled}) {
        c.returns[0].status = status;
        QCOMPARE(c.line(25).returnable, units(10));
    }
    // Itself does not stand in its own way.
    c.returns[0].status = ReturnStatus::requested;
    ReturnFacts facts = c.facts(25);
    facts.self = "R-1";
    QCOMPARE(returnableLines(facts, "surplus").front().returnable, units(10));
}

void TestReturnable::whatWasCreditedOtherwiseIsTaken()
{
    Case c;
    Invoice memo = c.invoices[0];
    memo.key = "CM-1";
    memo.credit = true;
    memo.creditedInvoice = "INV-1";
    memo.lines[0].quantity = -units(1);
    memo.lines[0].net = {-34};
    memo.lines[0].tax = {-7};
    c.invoices.push_back(memo);
    QCOMPARE(c.line(25).returnable, units(9));
    // Some of the price is no unit.
    c.invoices.back().lines[0].unitPrice = {35'000};
    QCOMPARE(c.line(25).returnable, units(10));
}

// One by one, in any order, with all the rounding there is: never a penny more than was charged, and in the
// end none less.
void TestReturnable::allOfItIsCreditedToThePenny()
{
    Case c;
    Amount credited;
    for (int i = 0; i < 10; ++i) {
        const auto parts = creditParts(c.asked(1), c.facts(25), ReturnQuantity::Requested);
        QCOMPARE(parts.size(), std::size_t(1));
        credited += parts.front().credit();
        c.post(parts.front(), "R-" + std::to_string(i));
    }
    QCOMPARE(credited.minor, 134 + 27 + 201 + 40);
    const auto more = creditParts(c.asked(1), c.facts(25), ReturnQuantity::Requested);
    QVERIFY(std::ranges::all_of(more, [](const CreditPart &part) { return part.invoice.empty(); }));
    Return accepted = c.asked(1);
    accepted.lines[0].accepted = units(1);
    QVERIFY(creditParts(accepted, c.facts(25), ReturnQuantity::Accepted).empty());
}

void TestReturnable::aLowerPriceIsCreditedAsPaid()
{
    Case c;
    Invoice memo = c.invoices[0]; // 0.035 of each was given back
    memo.key = "CM-1";
    memo.credit = true;
    memo.creditedInvoice = "INV-1";
    memo.lines[0].quantity = -units(4);
    memo.lines[0].unitPrice = {35'000};
    memo.lines[0].net = {-14};
    memo.lines[0].tax = {-3};
    c.invoices.push_back(memo);
    const auto parts = creditParts(c.asked(2), c.facts(25), ReturnQuantity::Requested);
    QCOMPARE(parts.front().goods.minor, 60);
    QCOMPARE(parts.front().unitPrice, (Decimal{300'000}));
    QCOMPARE(creditParts(c.asked(4), c.facts(25), ReturnQuantity::Requested).front().credit().minor,
             134 - 14 + 27 - 3);
}

void TestReturnable::feesAreOfTheGoods()
{
    Case c;
    Return record = c.asked(10, "surplus");
    setExpected(record, creditParts(record, c.facts(25), ReturnQuantity::Requested));
    QCOMPARE(record.restockingFee.minor, 13 + 20); // a tenth of 1.34 and of 2.01
    QCOMPARE(record.expectedCredit.minor, 335 + 67 - 33 - 3 - 4);
    QCOMPARE(record.amounts.front().credit, record.expectedCredit);
    c.rules.minimumFee = units(1);
    setExpected(record, creditParts(record, c.facts(25), ReturnQuantity::Requested));
    QCOMPARE(record.restockingFee.minor, 100);
    c.rules.minimumFee = units(50); // more than it is worth: nothing is left, and nothing is owed
    setExpected(record, creditParts(record, c.facts(25), ReturnQuantity::Requested));
    QCOMPARE(record.restockingFee.minor, 335);
    QCOMPARE(record.expectedCredit, Amount());
    // What is replaced costs nobody a fee, nor does what is none.
    record.outcome = "replacement";
    setExpected(record, creditParts(record, c.facts(25), ReturnQuantity::Requested));
    QCOMPARE(record.restockingFee, Amount());
    Return faulty = c.asked(10);
    setExpected(faulty, creditParts(faulty, c.facts(25), ReturnQuantity::Requested));
    QCOMPARE(faulty.expectedCredit.minor, 335 + 67);
}

void TestReturnable::aRepairCreditsNothing()
{
    const Case c;
    QVERIFY(creditParts(c.asked(3, "faulty", "repair"), c.facts(25), ReturnQuantity::Requested).empty());
}

void TestReturnable::previewsWithoutInvoices()
{
    Case c;
    c.invoices.clear();
    Return record = c.asked(10);
    setExpected(record, creditParts(record, c.facts(25), ReturnQuantity::Requested));
    QCOMPARE(record.expectedCredit.minor, 335 + 67);
}

void TestReturnable::rulesOfAnAccountComeFirst()
{
    std::vector<ReturnRules> all(2);
    all[0].key = "general";
    all[1].key = "agreement";
    all[1].account = "A-1";
    QCOMPARE(rulesFor(all, "A-1"), &all[1]);
    QCOMPARE(rulesFor(all, "A-2"), &all[0]);
    all.erase(all.begin());
    QCOMPARE(rulesFor(all, "A-2"), nullptr);
    Case c;
    ReturnFacts facts = c.facts(25);
    facts.rules = nullptr;
    QCOMPARE(returnableLines(facts).front().objection->code, std::string("agreement"));
}

void TestReturnable::everyObjectionIsASentence()
{
    for (const char *code :
         {"not-delivered", "window", "item", "returned", "agreement", "line-unknown", "line-twice",
          "quantity-none", "reason-unknown", "question-missing", "answer-invalid", "photo-missing", "fee",
          "no-lines", "too-many-lines", "too-many-files", "too-long", "outcome", "order"}) {
        ReturnObjection objection{code, 1, units(2), units(1), *Date::parse("2026-11-01"), "Really?", 1'250};
        const QString some = sentenceOf(objection);
        objection.left = {};
        const QString none = sentenceOf(objection);
        QVERIFY2(!some.isEmpty() && !none.isEmpty() && !some.contains(u'%') == (objection.code != "fee"),
                 qPrintable(some));
    }
}

CORE_TEST(TestReturnable)
#include "tst_returnable.moc"
