// The part of the suite that asks an ERP to do something.
#include "connectorconformance.h"

#include "address.h"
#include "clock.h"
#include "commandoutcome.h"
#include "contact.h"
#include "order.h"

#include <QRandomGenerator>
#include <QUuid>
#include <QtTest>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::size_t itemsOrdered = 2;
constexpr int mostQuestions = 60; // until something is found that can be ordered

template <class T> AnyRecord recordOf(T record)
{
    return AnyRecord(std::make_shared<T>(std::move(record)));
}

bool endedAs(const Result<CommandEffect> &effect, CommandEffect::Verdict verdict)
{
    return effect && effect->verdict == verdict;
}

QByteArray describe(const Result<CommandEffect> &effect)
{
    if (!effect)
        return (effect.error().userText + u' ' + effect.error().detail).toUtf8();
    return QByteArray::fromStdString(effect->reasonCode + ' ' + effect->reason);
}

bool mayBePlaced(const Quote &quote)
{
    return std::ranges::all_of(quote.lines, &QuoteLine::possible)
        && std::ranges::none_of(quote.notices, &QuoteNotice::forbids);
}

} // namespace

Command ConnectorConformance::command(const char *verb, const RecordType &kind, const std::string &account)
{
    Command command;
    command.key = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    command.verb = verb;
    command.kind = &kind;
    command.account = account;
    command.madeAt = SystemClock().now();
    return command;
}

Result<CommandEffect> ConnectorConformance::executeAgainAndAgain(const Command &command)
{
    const auto first = m_connector->execute(command, actor);
    if (!first || first->verdict != CommandEffect::Verdict::Applied)
        return first;
    for (int again = 0; again < 2; ++again) {
        if (again == 1)
            m_connector = m_subject.open();
        const auto known = m_connector->findByKey(command.key);
        if (!known)
            return known.error();
        if (!*known || (*known)->target != first->target)
            return Error{ErrorKind::Conflict, {}, QStringLiteral("the key is not known")};
        const auto effect = m_connector->execute(command, actor);
        if (!effect)
            return effect.error();
        if (effect->verdict != first->verdict || effect->target != first->target)
            return Error{ErrorKind::Conflict, {}, QStringLiteral("another effect the second time")};
    }
    return first;
}

void ConnectorConformance::savesOnce()
{
    if (!m_subject.takesCommands)
        QSKIP("This ERP takes no commands.");
    Projection following = whole();
    QVERIFY(follow(following, usualLimit));
    const auto found = std::ranges::find_if(following.records, [](const auto &entry) {
        const auto *address = entry.second.record.template as<Address>();
        return address && address->current && address->status == "confirmed";
    });
    QVERIFY(found != following.records.end());
    const Record record = found->first;
    const auto was = *found->second.record.as<Address>();
    Command save = command("save", Address::type, was.account);
    save.target = was.key;
    save.base = recordOf(was);
    Address wished = was;
    wished.street = "9 Conformance Row";
    save.record = recordOf(wished);
    const auto effect = executeAgainAndAgain(save);
    QVERIFY2(endedAs(effect, CommandEffect::Verdict::Applied), describe(effect).constData());
    QCOMPARE(effect->target, was.key);
    QVERIFY(follow(following, usualLimit));
    const Address *is = following.records.at(record).record.as<Address>();
    QVERIFY(equalEditable(Address::type, is, &wished));
    m_whole = {};
}

void ConnectorConformance::makesANewRecordOnce()
{
    if (!m_subject.takesCommands)
        QSKIP("This ERP takes no commands.");
    Projection following = whole();
    QVERIFY(follow(following, usualLimit));
    const auto account = std::ranges::find_if(following.records, [](const auto &entry) {
        return entry.first.first == &Contact::type && !entry.second.account.empty();
    });
    QVERIFY(account != following.records.end());
    Command save = command("save", Contact::type, account->second.account);
    Contact wished;
    wished.name = "Conny Formance " + save.key.substr(0, 8);
    wished.email = "conny@conformance.example";
    save.record = recordOf(wished);
    const auto effect = executeAgainAndAgain(save);
    QVERIFY2(endedAs(effect, CommandEffect::Verdict::Applied), describe(effect).constData());
    QVERIFY(follow(following, usualLimit));
    int made = 0;
    for (const auto &[record, change] : following.records) {
        const auto *contact = change.record.as<Contact>();
        if (!contact || contact->name != wished.name)
            continue;
        ++made;
        QCOMPARE(contact->key, effect->target);
        QCOMPARE(contact->account, save.account);
        QCOMPARE(contact->email, wished.email);
    }
    QCOMPARE(made, 1);
    m_whole = {};
}

void ConnectorConformance::overwritesNobody()
{
    if (!m_subject.takesCommands)
        QSKIP("This ERP takes no commands.");
    const auto found = std::ranges::find_if(whole().records, [](const auto &entry) {
        const auto *address = entry.second.record.template as<Address>();
        return address && address->current && address->status == "confirmed";
    });
    QVERIFY(found != whole().records.end());
    const auto was = *found->second.record.as<Address>();
    Command save = command("save", Address::type, was.account);
    save.target = was.key;
    Address begun = was;
    begun.city = "Not What It Is";
    save.base = recordOf(begun);
    Address wished = begun;
    wished.street = "1 Overwriting Lane";
    save.record = recordOf(wished);
    const auto effect = m_connector->execute(save, actor);
    QVERIFY2(endedAs(effect, CommandEffect::Verdict::Conflict), describe(effect).constData());
    QVERIFY(equalEditable(Address::type, effect->theirs.data(), &was));
    const auto known = m_connector->findByKey(save.key);
    QVERIFY(known && !*known);
    Projection after;
    QVERIFY(follow(after, usualLimit));
    QVERIFY(equalEditable(Address::type, after.records.at(found->first).record.data(), &was));
}

void ConnectorConformance::changesNothingOfAnotherAccount()
{
    if (!m_subject.takesCommands)
        QSKIP("This ERP takes no commands.");
    const auto isAddress = [](const auto &entry) { return entry.first.first == &Address::type; };
    const auto found = std::ranges::find_if(whole().records, isAddress);
    QVERIFY(found != whole().records.end());
    const auto other = std::ranges::find_if(whole().records, [&](const auto &entry) {
        return isAddress(entry) && entry.second.account != found->second.account;
    });
    QVERIFY(other != whole().records.end());
    Command retire = command("retire", Address::type, other->second.account);
    retire.target = found->first.second;
    const auto effect = m_connector->execute(retire, actor);
    QVERIFY2(endedAs(effect, CommandEffect::Verdict::Rejected), describe(effect).constData());
    QVERIFY(!effect->reason.empty());
    Command none = command("retire", Address::type, other->second.account);
    none.target = "999999999";
    QVERIFY(endedAs(m_connector->execute(none, actor), CommandEffect::Verdict::Rejected));
}

std::pair<QuoteRequest, Quote> ConnectorConformance::somethingToOrder()
{
    std::map<std::string, std::set<std::string>> ordered;
    for (const auto &[record, change] : whole().records) {
        const auto *order = change.record.as<Order>();
        for (const OrderLine &line : order ? order->lines : std::vector<OrderLine>()) {
            if (!line.sku.empty() && ordered[order->account].size() < itemsOrdered)
                ordered[order->account].insert(line.sku);
        }
    }
    int asked = 0;
    for (const auto &[account, items] : ordered) {
        if (items.size() < itemsOrdered || ++asked > mostQuestions)
            continue;
        QuoteRequest request;
        request.account = account;
        // Some of the sandbox's accounts take no others.
        request.poReference
            = "45" + std::to_string(10'000'000 + QRandomGenerator::global()->bounded(80'000'000));
        for (const std::string &sku : items)
            request.lines.push_back({std::ssize(request.lines) + 1, sku, Decimal::fromInteger(1)});
        auto quote = m_connector->quote(request, actor);
        for (std::size_t i = 0; quote && i < quote->lines.size(); ++i) {
            if (!quote->lines[i].orderable.isZero())
                request.lines[i].quantity = quote->lines[i].orderable;
        }
        quote = m_connector->quote(request, actor);
        if (quote && mayBePlaced(*quote))
            return {request, *quote};
    }
    return {};
}

Result<Command> ConnectorConformance::placing(const std::pair<QuoteRequest, Quote> &seen)
{
    const auto &[request, quote] = seen;
    Cart cart;
    cart.name = "Conformance";
    cart.poReference = request.poReference;
    cart.total = quote.total;
    cart.acceptsHold = quote.willHold;
    for (const QuoteLine &line : quote.lines) {
        cart.lines.push_back({line.lineNumber,
                              line.sku,
                              line.description,
                              line.unit,
                              line.quantity,
                              line.unitPrice,
                              quote.at,
                              line.inStock,
                              {},
                              0});
    }
    Command save = command("save", Cart::type, request.account);
    save.record = recordOf(cart);
    const auto saved = executeAgainAndAgain(save);
    if (!saved)
        return saved.error();
    if (saved->verdict != CommandEffect::Verdict::Applied)
        return Error{ErrorKind::Rejected, QString::fromStdString(saved->reason)};
    Command place = command("place", Cart::type, request.account);
    place.target = saved->target;
    place.base = place.record = recordOf(cart);
    return place;
}

void ConnectorConformance::answersQuestionsInTheirOrder()
{
    if (!m_subject.takesCommands)
        QSKIP("This ERP takes no commands.");
    auto [request, quote] = somethingToOrder();
    QVERIFY2(!quote.lines.empty(), "nobody can order anything");
    request.lines.insert(request.lines.begin() + 1, {7, "NO-SUCH-ITEM", Decimal::fromInteger(1)});
    request.lines.push_back({8, request.lines.front().sku, Decimal()});
    const auto answer = m_connector->quote(request, actor);
    QVERIFY(answer);
    QVERIFY(answers(*answer, request));
    QCOMPARE(answer->total, quote.total); // of what is possible
    for (const std::size_t impossible : {std::size_t(1), answer->lines.size() - 1}) {
        QVERIFY(!answer->lines[impossible].possible);
        QVERIFY(!answer->lines[impossible].reasonCode.empty());
        QVERIFY(!answer->lines[impossible].reason.empty());
    }
    request.account = "no-such-account";
    const auto none = m_connector->quote(request, actor);
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::NotFound);
}

void ConnectorConformance::placesACartOnce()
{
    if (!m_subject.takesCommands)
        QSKIP("This ERP takes no commands.");
    Projection following = whole();
    QVERIFY(follow(following, usualLimit));
    const auto seen = somethingToOrder();
    QVERIFY2(!seen.second.lines.empty(), "nobody can order anything");
    const auto place = placing(seen);
    QVERIFY2(place, place ? "" : qPrintable(place.error().userText + place.error().detail));
    const auto effect = executeAgainAndAgain(*place);
    QVERIFY2(endedAs(effect, CommandEffect::Verdict::Applied), describe(effect).constData());
    // Another command, as from another machine, makes no second order.
    Command second = *place;
    second.key = command("place", Cart::type, place->account).key;
    QVERIFY(!endedAs(m_connector->execute(second, actor), CommandEffect::Verdict::Applied));
    QVERIFY(follow(following, usualLimit));
    const auto cart = following.records.find({&Cart::type, effect->target});
    QVERIFY(cart != following.records.end());
    const Cart *placed = cart->second.record.as<Cart>();
    QVERIFY(!placed->open);
    QCOMPARE(placed->status, std::string("submitted"));
    int orders = 0;
    for (const auto &[record, change] : following.records) {
        const auto *order = change.record.as<Order>();
        if (!order || order->poReference != seen.first.poReference)
            continue;
        ++orders;
        QCOMPARE(order->key, placed->order);
        QCOMPARE(order->account, seen.first.account);
        QCOMPARE(order->total, seen.second.total);
        QCOMPARE(order->lines.size(), seen.second.lines.size());
    }
    QCOMPARE(orders, 1);
    m_whole = {};
}

void ConnectorConformance::placesNothingThatWasNotSeen()
{
    if (!m_subject.takesCommands)
        QSKIP("This ERP takes no commands.");
    auto seen = somethingToOrder();
    QVERIFY2(!seen.second.lines.empty(), "nobody can order anything");
    seen.second.lines.back().unitPrice += Decimal{10'000};
    const auto place = placing(seen);
    QVERIFY2(place, place ? "" : qPrintable(place.error().userText + place.error().detail));
    const auto effect = m_connector->execute(*place, actor);
    QVERIFY2(endedAs(effect, CommandEffect::Verdict::Rejected), describe(effect).constData());
    QCOMPARE(effect->reasonCode, std::string(RejectionCode::changed));
    QCOMPARE(effect->differences.size(), std::size_t(1));
    QCOMPARE(effect->differences.front().code, std::string("price"));
    QCOMPARE(effect->differences.front().sku, seen.second.lines.back().sku);
    Projection after;
    QVERIFY(follow(after, usualLimit));
    QVERIFY(std::ranges::none_of(after.records, [&](const auto &entry) {
        const auto *order = entry.second.record.template as<Order>();
        return order && order->poReference == seen.first.poReference;
    }));
    QVERIFY(after.records.at({&Cart::type, place->target}).record.template as<Cart>()->open);
}

} // namespace Counterfoil
