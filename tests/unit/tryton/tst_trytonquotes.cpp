// What Tryton refuses to answer is said of what it refuses.
#include "faketryton.h"
#include "testentry.h"
#include "trytonerp.h"
#include "trytonquotes.h"

#include <QtTest>

#include <set>

using namespace Counterfoil;

namespace {

constexpr const char *noWarehouse = "No warehouse delivers. Call the supplier.";
constexpr const char *noAccount = "There is no account for the revenue of this item.";

QString words(const char *text)
{
    return QString::fromUtf8(text);
}

QJsonObject refusing(const char *sentence)
{
    return {{words("error"), QJsonArray{words("UserError"), QJsonArray{words(sentence), words("")}}}};
}

QJsonObject pricing(qsizetype lines)
{
    const QJsonObject line{{words("name"), words("Valve")},
                           {words("unit"), words("each")},
                           {words("price"), QJsonObject{{words("decimal"), words("2.50")}}}};
    QJsonArray all;
    for (qsizetype each = 0; each < lines; ++each)
        all.append(line);
    return {{words("result"),
             QJsonObject{{words("currency."), QJsonObject{{words("code"), words("EUR")}}},
                         {words("deliverable"), true},
                         {words("lines."), all}}}};
}

QuoteRequest asking(std::int64_t lines)
{
    QuoteRequest request;
    request.account = "9";
    for (std::int64_t n = 1; n <= lines; ++n)
        request.lines.push_back({n, "V-" + std::to_string(n), Decimal::fromInteger(n)});
    return request;
}

} // namespace

class TestTrytonQuotes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void namesTheLineThatIsRefused();
    void blamesNoLineForTheWhole();
    void asksOfFewLinesAlone();
    void saysOfOneLineWhyItIsRefused();

private:
    // What Tryton is asked for, from `refused` on the items that it prices no order with.
    void refuse(const std::set<QString> &refused, const char *sentence);
    Result<Quote> quote(std::int64_t lines) { return m_erp->quote(asking(lines), "maya"); }

    std::unique_ptr<FakeTryton> m_tryton;
    HandClock m_clock;
    std::unique_ptr<TrytonErp> m_erp;
    int m_questions = 0;
};

void TestTrytonQuotes::init()
{
    m_tryton = std::make_unique<FakeTryton>();
    m_erp = std::make_unique<TrytonErp>(m_tryton->access(), m_clock);
    m_questions = 0;
}

void TestTrytonQuotes::refuse(const std::set<QString> &refused, const char *sentence)
{
    m_tryton->instead = [this, refused, sentence](const QString &method, const QJsonArray &parameters) {
        if (method != words("model.counterfoil.command.quote"))
            return QJsonObject();
        ++m_questions;
        const QJsonArray lines = parameters.at(0).toObject().value(words("lines")).toArray();
        const bool any = std::ranges::any_of(lines, [&](const QJsonValue &line) {
            return refused.empty() || refused.contains(line.toArray().at(0).toString());
        });
        return any ? refusing(sentence) : pricing(lines.size());
    };
}

void TestTrytonQuotes::namesTheLineThatIsRefused()
{
    refuse({words("V-2")}, noAccount);
    const auto told = quote(3);
    QVERIFY2(told, told ? "" : qPrintable(told.error().userText + told.error().detail));
    QCOMPARE(told->notices.size(), 1U);
    QCOMPARE(told->notices[0].text, std::string(noAccount));
    QVERIFY(told->notices[0].forbids);
    QCOMPARE(told->lines[1].reason, std::string(noAccount));
    for (const std::size_t other : {0U, 2U}) {
        QVERIFY(!told->lines[other].possible);
        QCOMPARE(told->lines[other].reasonCode, std::string("not-priced"));
    }
}

void TestTrytonQuotes::blamesNoLineForTheWhole()
{
    refuse({}, noWarehouse);
    const auto told = quote(3);
    QVERIFY(told);
    QCOMPARE(told->notices[0].text, std::string(noWarehouse));
    for (const QuoteLine &line : told->lines)
        QCOMPARE(line.reasonCode, std::string("not-priced"));
}

void TestTrytonQuotes::asksOfFewLinesAlone()
{
    refuse({words("V-2")}, noAccount);
    const auto told = quote(static_cast<std::int64_t>(TrytonQuotes::mostAskedAlone) + 1);
    QVERIFY(told);
    QCOMPARE(m_questions, 1);
    QCOMPARE(told->notices[0].text, std::string(noAccount));
    QCOMPARE(told->lines[1].reasonCode, std::string("not-priced"));
}

void TestTrytonQuotes::saysOfOneLineWhyItIsRefused()
{
    refuse({}, noAccount);
    const auto told = quote(1);
    QVERIFY(told);
    QCOMPARE(m_questions, 1);
    QCOMPARE(told->lines[0].reason, std::string(noAccount));
    QVERIFY(told->notices[0].forbids);
}

CORE_TEST(TestTrytonQuotes)
#include "tst_trytonquotes.moc"
