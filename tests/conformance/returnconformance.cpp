// The part of the suite that has goods taken back.
#include "clock.h"
#include "connectorconformance.h"
#include "returnable.h"

#include <QtTest>

#include <algorithm>

namespace Counterfoil {

namespace {

template <class Record, class Projection>
std::vector<Record> ofOrder(const Projection &all, const Order &order)
{
    std::vector<Record> found;
    for (const auto &[record, change] : all.records) {
        const auto *each = change.record.template as<Record>();
        if (each && each->order == order.key)
            found.push_back(*each);
    }
    return found;
}

// Why something of the order comes back that nothing more need be said of; nullptr: there is no such reason.
const ReturnReason *plainReason(const ReturnRules &rules)
{
    const auto found = std::ranges::find_if(rules.reasons, [&rules](const ReturnReason &reason) {
        return !reason.needsAttachment && reason.outcomes.find("credit") != std::string::npos
            && std::ranges::none_of(rules.questionsOf(reason.code), &ReturnQuestion::required);
    });
    return found == rules.reasons.end() ? nullptr : &*found;
}

QByteArray saidOf(const Result<CommandEffect> &effect)
{
    return effect ? QByteArray::fromStdString(effect->reasonCode + ' ' + effect->reason)
                  : (effect.error().userText + effect.error().detail).toUtf8();
}

bool isVerdict(const Result<CommandEffect> &effect, CommandEffect::Verdict verdict)
{
    return effect && effect->verdict == verdict;
}

AnyRecord recordOf(const Return &record)
{
    return AnyRecord(std::make_shared<Return>(record));
}

} // namespace

// One unit of something that was sent and can come back.
Return ConnectorConformance::somethingToReturn(const Projection &all)
{
    std::vector<ReturnRules> rules;
    for (const auto &[record, change] : all.records) {
        if (const auto *each = change.record.as<ReturnRules>())
            rules.push_back(*each);
    }
    for (const auto &[record, change] : all.records) {
        const auto *order = change.record.as<Order>();
        const ReturnRules *counting = order ? rulesFor(rules, order->account) : nullptr;
        const ReturnReason *reason = counting ? plainReason(*counting) : nullptr;
        if (!reason)
            continue;
        const auto shipments = ofOrder<Shipment>(all, *order);
        const auto invoices = ofOrder<Invoice>(all, *order);
        const auto returns = ofOrder<Return>(all, *order);
        ReturnFacts facts;
        facts.order = order;
        facts.shipments = shipments;
        facts.invoices = invoices;
        facts.returns = returns;
        facts.rules = counting;
        facts.now = SystemClock().now();
        for (const ReturnableLine &line : returnableLines(facts, reason->code)) {
            if (line.returnable < Decimal::fromInteger(1))
                continue;
            Return wanted;
            wanted.account = order->account;
            wanted.order = order->key;
            wanted.outcome = ReturnOutcome::credit;
            wanted.comment = "Conformance";
            wanted.lines.push_back({.lineNumber = 1,
                                    .orderLine = line.orderLine,
                                    .quantity = Decimal::fromInteger(1),
                                    .reason = reason->code,
                                    .feeBasisPoints = reason->feeBasisPoints});
            if (objectionsTo(wanted, facts).empty())
                return wanted;
        }
    }
    return {};
}

Result<CommandEffect> ConnectorConformance::askForReturn(const Return &wanted)
{
    Command request = command("request", Return::type, wanted.account);
    request.record = recordOf(wanted);
    return executeAgainAndAgain(request);
}

void ConnectorConformance::takesGoodsBackOnce()
{
    if (!m_subject.takesReturns)
        QSKIP("This ERP takes nothing back.");
    Projection following = whole();
    QVERIFY(follow(following, usualLimit));
    const Return wanted = somethingToReturn(following);
    QVERIFY2(!wanted.lines.empty(), "nothing can be returned");
    const auto asked = askForReturn(wanted);
    QVERIFY2(isVerdict(asked, CommandEffect::Verdict::Applied), saidOf(asked).constData());
    QVERIFY(follow(following, usualLimit));
    const Record record{&Return::type, asked->target};
    QVERIFY(following.records.contains(record));
    const Return requested = *following.records.at(record).record.as<Return>();
    QCOMPARE(requested.status, std::string(ReturnStatus::requested));
    QCOMPARE(requested.account, wanted.account);
    QCOMPARE(requested.order, wanted.order);
    QVERIFY(!requested.number.empty());
    QCOMPARE(requested.lines.size(), std::size_t(1));
    QCOMPARE(requested.lines.front().orderLine, wanted.lines.front().orderLine);
    QCOMPARE(requested.lines.front().quantity, wanted.lines.front().quantity);
    QCOMPARE(requested.lines.front().reason, wanted.lines.front().reason);

    Command decide = command("decide", Return::type, wanted.account);
    decide.target = requested.key;
    decide.base = recordOf(requested);
    Return decided = requested;
    decided.lines.front().authorised = decided.lines.front().quantity;
    decided.lines.front().disposition = "restock";
    decide.record = recordOf(decided);
    const auto authorised = executeAgainAndAgain(decide);
    QVERIFY2(isVerdict(authorised, CommandEffect::Verdict::Applied), saidOf(authorised).constData());
    QVERIFY(follow(following, usualLimit));
    const Return &is = *following.records.at(record).record.as<Return>();
    QCOMPARE(is.status, std::string(ReturnStatus::authorised));
    QCOMPARE(is.lines.front().authorised, decided.lines.front().authorised);
    QCOMPARE(is.decidedBy, std::string(actor));
    m_whole = {};
    compare(whole(), following);
}

void ConnectorConformance::takesNoMoreBackThanCame()
{
    if (!m_subject.takesReturns)
        QSKIP("This ERP takes nothing back.");
    Return wanted = somethingToReturn(whole());
    QVERIFY2(!wanted.lines.empty(), "nothing can be returned");
    wanted.lines.front().quantity = Decimal::fromInteger(999'999);
    const auto more = askForReturn(wanted);
    QVERIFY2(isVerdict(more, CommandEffect::Verdict::Rejected), saidOf(more).constData());
    QVERIFY(!more->reason.empty());
    wanted.lines.front().quantity = Decimal::fromInteger(1);
    wanted.account = "no-such-account";
    const auto another = askForReturn(wanted);
    QVERIFY2(isVerdict(another, CommandEffect::Verdict::Rejected), saidOf(another).constData());
}

void ConnectorConformance::forgetsAReturnThatWasTakenBack()
{
    if (!m_subject.takesReturns)
        QSKIP("This ERP takes nothing back.");
    Projection following = whole();
    QVERIFY(follow(following, usualLimit));
    const Return wanted = somethingToReturn(following);
    QVERIFY2(!wanted.lines.empty(), "nothing can be returned");
    const auto asked = askForReturn(wanted);
    QVERIFY2(isVerdict(asked, CommandEffect::Verdict::Applied), saidOf(asked).constData());
    Command retire = command("retire", Return::type, wanted.account);
    retire.target = asked->target;
    const auto back = executeAgainAndAgain(retire);
    QVERIFY2(isVerdict(back, CommandEffect::Verdict::Applied), saidOf(back).constData());
    QVERIFY(follow(following, usualLimit));
    const Return &is = *following.records.at({&Return::type, asked->target}).record.as<Return>();
    QCOMPARE(is.status, std::string(ReturnStatus::withdrawn));
    QVERIFY(!is.open);
    m_whole = {};
}

// What it says that it cannot do, it refuses with that sentence, and there is such a thing to ask for.
void ConnectorConformance::refusesWhatItDoesNotOffer()
{
    const auto limits = m_connector->notOffered();
    for (const NotOffered &limit : limits) {
        QVERIFY2(!limit.reason.empty(), limit.kind.c_str());
        const auto types = commandTypes();
        const auto type = std::ranges::find_if(types, [&limit](const CommandType &each) {
            return each.kind->name == limit.kind && (limit.verb.empty() || limit.verb == each.verb);
        });
        QVERIFY2(type != types.end(), (limit.verb + ' ' + limit.kind).c_str());
        if (!limit.field.empty()) {
            QVERIFY2(type->kind->find(limit.field) && type->kind->find(limit.field)->is(Editable),
                     limit.field.c_str());
            continue;
        }
        Command asked = command(limit.verb.c_str(), *type->kind, "1");
        asked.target = "1";
        asked.base = asked.record = AnyRecord(*type->kind);
        const auto effect = m_connector->execute(asked, actor);
        QVERIFY2(isVerdict(effect, CommandEffect::Verdict::Rejected), saidOf(effect).constData());
        QCOMPARE(effect->reason, limit.reason);
    }
}

} // namespace Counterfoil
