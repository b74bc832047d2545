// What people ask for, on a real Tryton, over a line on which questions and answers are lost, arrive late,
// and Tryton dies of: each is done once.
#include "address.h"
#include "contact.h"
#include "faultyline.h"
#include "testentry.h"
#include "trytonprocess.h"
#include "trytonrow.h"

#include <QJsonObject>
#include <QRandomGenerator>
#include <QUuid>
#include <QtTest>

#include <map>

using namespace Counterfoil;

namespace {

constexpr int mostTries = 60; // of one command

QString words(const char *text)
{
    return QString::fromUtf8(text);
}

QJsonArray condition(const char *field, const QJsonValue &value, const char *comparison = "=")
{
    return listOf({words(field), words(comparison), value});
}

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

private:
    // As a gateway that may die at any time: asks for the key before every attempt, with a connector that
    // remembers nothing.
    Result<CommandEffect> carryOut(const Command &command);
    Command command(const char *verb, const RecordType &kind, const QString &mark);
    Command placing(const QString &mark);
    FaultyLine::Fault accident(const QByteArray &question);
    qint64 countOf(const char *model, const char *field, const QString &mark);

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
                    .call(words("model.party.party.search"),
                          {condition("name", words("Ateliers Moreau SARL")), 0, 1, QJsonValue()})
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

// A cart is saved first, over the same line.
Command TestTrytonCommands::placing(const QString &mark)
{
    const auto erp = m_tryton.connector();
    QuoteRequest request{std::to_string(m_account), {}, {}, mark.toStdString(), {}, {}};
    request.lines.push_back({1, "ANC-M10", Decimal::fromInteger(1 + m_random.bounded(5))});
    const auto quote = erp->quote(request, "maya");
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
    return m_tryton.call(words("model.%1.search_count").arg(words(model)), {condition(field, mark)})
        .toInteger(-1);
}

void TestTrytonCommands::doesEachOnce()
{
    int commands = qEnvironmentVariableIntValue("COUNTERFOIL_TRYTON_COMMANDS");
    commands = commands > 0 ? commands : 15;
    m_faulty = true;
    for (int number = 0; number < commands; ++number) {
        const QString mark = words("ONCE-%1").arg(number);
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
        const QString mark = words("ONCE-%1").arg(number);
        const int what = number % 3;
        const qint64 found = what == 0 ? countOf("sale.sale", "reference", mark)
            : what == 1                ? countOf("party.address", "street", mark)
                                       : countOf("party.contact_mechanism", "name", mark);
        QVERIFY2(found == 1, qPrintable(words("%1: %2").arg(mark).arg(found)));
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
    Command nowhere = command("save", Address::type, words("Nowhere"));
    Address address = *nowhere.record.as<Address>();
    address.country = "ZZ";
    nowhere.record = recordOf(address);
    auto effect = carryOut(nowhere);
    QVERIFY(effect && effect->verdict == CommandEffect::Verdict::Rejected);
    QCOMPARE(effect->reasonCode, std::string("country-unknown"));
    // Tryton's own sentence: an address of an account that there is none of.
    Command nobody = command("save", Address::type, words("Nobody"));
    nobody.account = "99999999";
    effect = carryOut(nobody);
    QVERIFY2(effect, effect ? "" : qPrintable(effect.error().userText + effect.error().detail));
    QVERIFY(effect->verdict == CommandEffect::Verdict::Rejected);
    QVERIFY(!effect->reason.empty());
    // More than one means of reaching somebody.
    Command both = command("save", Contact::type, words("Both"));
    Contact contact = *both.record.as<Contact>();
    contact.phone = "+33 4 72 00 00 00";
    both.record = recordOf(contact);
    effect = carryOut(both);
    QVERIFY(effect && effect->reasonCode == "one-each");
    for (const char *mark : {"Nowhere", "Nobody"})
        QCOMPARE(countOf("party.address", "street", words(mark)), 0);
    QCOMPARE(countOf("party.contact_mechanism", "name", words("Both")), 0);
}

CORE_TEST(TestTrytonCommands)
#include "tst_trytoncommands.moc"
