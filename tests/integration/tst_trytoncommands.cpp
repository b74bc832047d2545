// What people ask for, on a real Tryton, over a line on which questions and answers are lost, arrive late,
// and Tryton dies of: each is done once.
#include "address.h"
#include "contact.h"
#include "faultyline.h"
#include "return.h"
#include "testentry.h"
#include "trytonprocess.h"
#include "trytonrow.h"

#include <QJsonObject>
#include <QRandomGenerator>
#include <QUuid>
#include <QtTest>

#include <map>

using namespace Counterfoil;
using TrytonWords::s;

namespace {

constexpr int mostTries = 60; // of one command

template <class T> AnyRecord recordOf(T record)
{
    return AnyRecord(std::make_shared<T>(std::move(record)));
}

} // namespace

class TestTrytonCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void doesEachOnce();
    void saysWhatTrytonRefuses();
    void sendsNothingToARetiredAddress();
    void deliversFromTheWarehouseThatItIsTold();
    void takesBackWhatWasAuthorisedAtItsPrices();

private:
    // As a gateway that may die at any time: asks for the key before every attempt, with a connector that
    // remembers nothing.
    Result<CommandEffect> carryOut(const Command &command);
    Command command(const char *verb, const RecordType &kind, const QString &mark);
    Command placing(const QString &mark);
    FaultyLine::Fault accident(const QByteArray &question);
    qint64 countOf(const char *model, const char *field, const QString &mark);
    QJsonArray search(const char *model, const QJsonArray &domain); // the first of its ids
    QJsonArray read(const char *model, const QJsonArray &domain, const QJsonArray &fields);
    void write(const char *model, const QJsonArray &ids, const QJsonObject &values);
    Result<Quote> quote(const QString &mark, std::int64_t quantity = 1);
    Return returned(const QString &key); // as the projection has it

    TrytonProcess m_tryton;
    SystemClock m_clock;
    std::unique_ptr<FaultyLine> m_line;
    QRandomGenerator m_random{20261122};
    std::map<FaultyLine::Fault, int> m_accidents;
    bool m_faulty = false;
    qint64 m_account = 0;
};

void TestTrytonCommands::initTestCase()
{
    if (!TrytonProcess::isInstalled())
        QSKIP("Tryton is not installed here; ./dev test installs it.");
    QVERIFY(m_tryton.start());
    m_line = std::make_unique<FaultyLine>(m_tryton.access().url);
    m_line->fault = [this](const QByteArray &question) { return accident(question); };
    m_line->kill = [this] { QVERIFY(m_tryton.restart()); };
    m_account = m_tryton
                    .call(s("model.party.party.search"),
                          {where("name", s("Ateliers Moreau SARL")), 0, 1, QJsonValue()})
                    .toArray()
                    .at(0)
                    .toInteger();
    QVERIFY(m_account > 0);
}

FaultyLine::Fault TestTrytonCommands::accident(const QByteArray &question)
{
    using Fault = FaultyLine::Fault;
    if (!m_faulty || !question.contains("counterfoil.command"))
        return Fault::None;
    const int chance = m_random.bounded(100);
    const Fault fault = chance < 60 ? Fault::None
        : chance < 72               ? Fault::Lost
        : chance < 86               ? Fault::Unanswered
        : chance < 98               ? Fault::Late
                                    : Fault::Killed;
    ++m_accidents[fault];
    return fault;
}

Result<CommandEffect> TestTrytonCommands::carryOut(const Command &command)
{
    TrytonAccess access = m_tryton.access();
    access.url = m_line->url();
    std::unique_ptr<TrytonErp> erp;
    Error last;
    for (int tries = 0; tries < mostTries; ++tries) {
        if (!erp)
            erp = std::make_unique<TrytonErp>(access, m_clock);
        const auto known = erp->findByKey(command.key);
        if (known && *known)
            return **known;
        if (known) {
            const auto effect = erp->execute(command, "maya");
            // The gateway dies before it has noted the answer, now and then.
            if (effect && (!m_faulty || m_random.bounded(4) > 0))
                return effect;
            if (!effect)
                last = effect.error();
        } else {
            last = known.error();
        }
        erp.reset();
    }
    return last;
}

Command TestTrytonCommands::command(const char *verb, const RecordType &kind, const QString &mark)
{
    Command command;
    command.key = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    command.verb = verb;
    command.kind = &kind;
    command.account = std::to_string(m_account);
    if (&kind == &Address::type) {
        Address address;
        address.name = "Ateliers Moreau";
        address.street = mark.toStdString();
        address.city = "Lyon";
        address.country = "FR";
        address.shipTo = true;
        command.record = recordOf(address);
    } else if (&kind == &Contact::type) {
        Contact contact;
        contact.name = mark.toStdString();
        contact.email = "once@moreau.example";
        command.record = recordOf(contact);
    }
    return command;
}

Result<Quote> TestTrytonCommands::quote(const QString &mark, std::int64_t quantity)
{
    QuoteRequest request{std::to_string(m_account), {}, {}, mark.toStdString(), {}, {}};
    request.lines.push_back({1, "ANC-M10", Decimal::fromInteger(quantity)});
    return m_tryton.connector()->quote(request, "maya");
}

// A cart is saved first, over the same line.
Command TestTrytonCommands::placing(const QString &mark)
{
    const auto quote = this->quote(mark, 1 + m_random.bounded(5));
    Command save = command("save", Cart::type, mark);
    Cart cart;
    cart.poReference = mark.toStdString();
    if (quote) {
        const QuoteLine &line = quote->lines.front();
        cart.total = quote->total;
        cart.lines.push_back({1,
                              line.sku,
                              line.description,
                              line.unit,
                              line.quantity,
                              line.unitPrice,
                              quote->at,
                              line.inStock,
                              {},
                              0});
    }
    save.record = recordOf(cart);
    const auto saved = carryOut(save);
    Command place = command("place", Cart::type, mark);
    place.target = saved ? saved->target : std::string();
    place.base = place.record = save.record;
    return place;
}

qint64 TestTrytonCommands::countOf(const char *model, const char *field, const QString &mark)
{
    return m_tryton.call(s("model.%1.search_count").arg(s(model)), {where(field, mark)}).toInteger(-1);
}

QJsonArray TestTrytonCommands::search(const char *model, const QJsonArray &domain)
{
    return m_tryton.call(s("model.%1.search").arg(s(model)), {domain, 0, 1, QJsonValue()}).toArray();
}

QJsonArray TestTrytonCommands::read(const char *model, const QJsonArray &domain, const QJsonArray &fields)
{
    return m_tryton.call(s("model.%1.search_read").arg(s(model)), {domain, 0, 100, QJsonValue(), fields})
        .toArray();
}

void TestTrytonCommands::write(const char *model, const QJsonArray &ids, const QJsonObject &values)
{
    m_tryton.call(s("model.%1.write").arg(s(model)), {ids, values});
}

Return TestTrytonCommands::returned(const QString &key)
{
    const auto erp = m_tryton.connector();
    Return found;
    std::string position;
    for (bool more = true; more;) {
        const auto batch = erp->changesAfter(position, 2'000);
        if (!batch)
            return {};
        for (const Change &change : batch->changes) {
            const auto *const each = change.record.as<Return>();
            if (each && each->key == key.toStdString())
                found = *each;
        }
        position = batch->position;
        more = batch->more;
    }
    return found;
}

void TestTrytonCommands::doesEachOnce()
{
    int commands = qEnvironmentVariableIntValue("COUNTERFOIL_TRYTON_COMMANDS");
    commands = commands > 0 ? commands : 15;
    m_faulty = true;
    for (int number = 0; number < commands; ++number) {
        const QString mark = s("ONCE-%1").arg(number);
        const int what = number % 3;
        const Command wish = what == 0 ? placing(mark)
            : what == 1                ? command("save", Address::type, mark)
                                       : command("save", Contact::type, mark);
        const auto effect = carryOut(wish);
        QVERIFY2(effect, effect ? "" : qPrintable(effect.error().userText + effect.error().detail));
        QVERIFY2(effect->verdict == CommandEffect::Verdict::Applied, effect->reason.c_str());
    }
    m_faulty = false;
    // What is still on its way arrives, and does nothing.
    QTRY_COMPARE_WITH_TIMEOUT(m_line->underWay(), 0, 60'000);
    for (int number = 0; number < commands; ++number) {
        const QString mark = s("ONCE-%1").arg(number);
        const int what = number % 3;
        const qint64 found = what == 0 ? countOf("sale.sale", "reference", mark)
            : what == 1                ? countOf("party.address", "street", mark)
                                       : countOf("party.contact_mechanism", "name", mark);
        QVERIFY2(found == 1, qPrintable(s("%1: %2").arg(mark).arg(found)));
    }
    using Fault = FaultyLine::Fault;
    qInfo("%d commands: %d questions went well, %d were lost, %d answers were lost, %d came late, Tryton was "
          "killed %d times.",
          commands, m_accidents[Fault::None], m_accidents[Fault::Lost], m_accidents[Fault::Unanswered],
          m_accidents[Fault::Late], m_accidents[Fault::Killed]);
}

void TestTrytonCommands::saysWhatTrytonRefuses()
{
    m_faulty = false;
    Command nowhere = command("save", Address::type, s("Nowhere"));
    Address address = *nowhere.record.as<Address>();
    address.country = "ZZ";
    nowhere.record = recordOf(address);
    auto effect = carryOut(nowhere);
    QVERIFY(effect && effect->verdict == CommandEffect::Verdict::Rejected);
    QCOMPARE(effect->reasonCode, std::string("country-unknown"));
    // Tryton's own sentence: an address of an account that there is none of.
    Command nobody = command("save", Address::type, s("Nobody"));
    nobody.account = "99999999";
    effect = carryOut(nobody);
    QVERIFY2(effect, effect ? "" : qPrintable(effect.error().userText + effect.error().detail));
    QVERIFY(effect->verdict == CommandEffect::Verdict::Rejected);
    QVERIFY(!effect->reason.empty());
    // More than one means of reaching somebody.
    Command both = command("save", Contact::type, s("Both"));
    Contact contact = *both.record.as<Contact>();
    contact.phone = "+33 4 72 00 00 00";
    both.record = recordOf(contact);
    effect = carryOut(both);
    QVERIFY(effect && effect->reasonCode == "one-each");
    for (const char *mark : {"Nowhere", "Nobody"})
        QCOMPARE(countOf("party.address", "street", s(mark)), 0);
    QCOMPARE(countOf("party.contact_mechanism", "name", s("Both")), 0);
}

void TestTrytonCommands::sendsNothingToARetiredAddress()
{
    QJsonArray before;
    const auto addresses = read("party.address", where("party", m_account), {s("id")});
    for (const auto &each : addresses)
        before.append(each.toObject().value(s("id")));
    QVERIFY(!before.isEmpty());
    const QJsonObject address{{s("party"), m_account}, {s("street"), s("In Use")}, {s("delivery"), true}};
    const QJsonArray used
        = m_tryton.call(s("model.party.address.create"), listOf(QJsonArray{address})).toArray();
    QCOMPARE(used.size(), 1);
    write("party.address", before, {{s("active"), false}});
    const auto effect = carryOut(placing(s("RETIRED")));
    write("party.address", before, {{s("active"), true}});
    QVERIFY2(effect, effect ? "" : qPrintable(effect.error().userText + effect.error().detail));
    QVERIFY2(effect->verdict == CommandEffect::Verdict::Applied, effect->reason.c_str());
    const QJsonArray sales
        = read("sale.sale", where("reference", s("RETIRED")), {s("shipment_address"), s("invoice_address")});
    QCOMPARE(sales.size(), 1);
    for (const char *field : {"shipment_address", "invoice_address"})
        QCOMPARE(sales.at(0).toObject().value(s(field)), used.at(0));
}

void TestTrytonCommands::deliversFromTheWarehouseThatItIsTold()
{
    const QJsonArray first = search("stock.location", where("type", s("warehouse")));
    const QJsonArray second = m_tryton.call(s("model.stock.location.copy"), listOf(first)).toArray();
    QCOMPARE(second.size(), 1);
    // Tryton's own sentence is the answer,
    const auto unknown = quote(s("TWO"));
    QVERIFY2(unknown, unknown ? "" : qPrintable(unknown.error().userText + unknown.error().detail));
    const QuoteLine &refused = unknown->lines.at(0);
    QVERIFY(!refused.possible && unknown->notices.at(0).forbids);
    QVERIFY2(refused.reason.find("which warehouse") != std::string::npos, refused.reason.c_str());
    // and what comes of an order.
    const auto unplaced = carryOut(placing(s("TWO")));
    QVERIFY2(unplaced, unplaced ? "" : qPrintable(unplaced.error().userText + unplaced.error().detail));
    QVERIFY(unplaced->verdict == CommandEffect::Verdict::Rejected);
    QVERIFY2(unplaced->reason.find("which warehouse") != std::string::npos, unplaced->reason.c_str());
    const QJsonArray account = search("res.user", where("login", s("counterfoil")));
    write("res.user", account, {{s("warehouse"), first.at(0)}});
    auto known = quote(s("TWO"));
    QVERIFY2(known, known ? "" : qPrintable(known.error().userText + known.error().detail));
    // One that was given up is none to choose among.
    write("res.user", account, {{s("warehouse"), QJsonValue()}});
    write("stock.location", second, {{s("active"), false}});
    known = quote(s("TWO"));
    QVERIFY2(known, known ? "" : qPrintable(known.error().userText + known.error().detail));
}

// Of a complaint by which Tryton's people take back one at a price of theirs and two at the order's.
void TestTrytonCommands::takesBackWhatWasAuthorisedAtItsPrices()
{
    const QJsonArray lines = search("sale.line",
                                    {QJsonArray{s("sale.state"), s("="), s("processing")},
                                     QJsonArray{s("sale.origin"), s("="), QJsonValue()},
                                     QJsonArray{s("shipment_cost"), s("="), QJsonValue()},
                                     QJsonArray{s("quantity"), s(">="), 3}});
    QCOMPARE(lines.size(), 1);
    const QJsonArray sales = read("sale.sale", where("lines", lines.at(0)), {s("party")});
    const QJsonObject sale = sales.at(0).toObject();
    const QJsonObject price{{s("__class__"), s("Decimal")}, {s("decimal"), s("0.0100")}};
    const auto action = [&](const QJsonObject &line) {
        return QJsonObject{{s("action"), s("sale_return")},
                           {s("sale_lines"), listOf({s("create"), QJsonArray{line}})}};
    };
    const QJsonArray actions{action({{s("line"), lines.at(0)}, {s("quantity"), 1}, {s("unit_price"), price}}),
                             action({{s("line"), lines.at(0)}, {s("quantity"), 2}})};
    const QJsonObject complaint{{s("customer"), sale.value(s("party"))},
                                {s("company"), 1},
                                {s("type"), search("sale.complaint.type", {}).at(0)},
                                {s("origin"), s("sale.sale,%1").arg(sale.value(s("id")).toInteger())},
                                {s("actions"), listOf({s("create"), actions})}};
    const QJsonArray made
        = m_tryton.call(s("model.sale.complaint.create"), listOf(QJsonArray{complaint})).toArray();
    QCOMPARE(made.size(), 1);
    m_tryton.call(s("model.sale.complaint.wait"), listOf(made));

    const Return asked = returned(QString::number(made.at(0).toInteger()));
    QCOMPARE(asked.lines.size(), std::size_t(1));
    QCOMPARE(asked.lines.front().quantity, Decimal::fromInteger(3));
    Command decide = command("decide", Return::type, {});
    decide.account = asked.account;
    decide.target = asked.key;
    decide.base = recordOf(asked);
    Return decided = asked;
    decided.lines.front().authorised = Decimal::fromInteger(2);
    decided.lines.front().refusal = "One is used.";
    decide.record = recordOf(decided);
    const auto effect = carryOut(decide);
    QVERIFY2(effect, effect ? "" : qPrintable(effect.error().userText + effect.error().detail));
    QVERIFY2(effect->verdict == CommandEffect::Verdict::Applied, effect->reason.c_str());
    const QJsonArray back
        = read("sale.line", where("sale.origin", s("sale.complaint,%1").arg(made.at(0).toInteger())),
               {s("quantity"), s("unit_price")});
    double quantity = 0;
    int atTheirPrice = 0;
    for (const auto &each : back) {
        quantity += each.toObject().value(s("quantity")).toDouble();
        atTheirPrice += int(each.toObject().value(s("unit_price")) == price);
    }
    QCOMPARE(quantity, -2.0);
    QCOMPARE(back.size(), 2);
    QCOMPARE(atTheirPrice, 1);
}

CORE_TEST(TestTrytonCommands)
#include "tst_trytoncommands.moc"
