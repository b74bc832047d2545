#include "gatewayfixture.h"
#include "papersfixture.h"
#include "quote.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

QuoteRequest someRequest(const std::string &account = "A")
{
    QuoteRequest request;
    request.account = account;
    request.lines = {{1, "SKU-1", Decimal::fromInteger(10)}, {2, "SKU-2", Decimal::fromInteger(3)}};
    return request;
}

// What an ERP would say of it.
Quote quoteFor(const QuoteRequest &request)
{
    Quote quote;
    quote.account = request.account;
    quote.currency = "GBP";
    quote.at = Instant{1'795'000'000'000};
    quote.validUntil = Instant{1'795'000'900'000};
    for (const QuoteWish &wish : request.lines) {
        QuoteLine line;
        line.lineNumber = wish.lineNumber;
        line.sku = wish.sku;
        line.quantity = wish.quantity;
        line.possible = true;
        line.unitPrice = Decimal::fromInteger(7);
        line.priceReason = "Because.";
        line.breaks = {{Decimal::fromInteger(1), Decimal::fromInteger(7)}};
        line.net = {700};
        quote.lines.push_back(line);
    }
    quote.total = {1'400};
    quote.creditTold = true;
    quote.creditAvailable = {99'000};
    quote.willHold = true;
    quote.holdReason = "The account is over its credit limit.";
    quote.notices = {{"credit-hold", quote.holdReason, false}};
    return quote;
}

} // namespace

// Who may ask what things cost now, and what of the ERP's answer reaches them.
class QuotesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theErpsAnswerIsPassedOn();
    void whoMayBuyMayAsk();
    void whatIsOutOfSightIsNotThere();
    void whatIsWithheldStaysWithheld();
    void rightsThatEndMeanwhile();
    void nonsenseIsRefused();
    void aSlowErpIsGivenUp();
    void tooManyAtOnce();
    void answersToAnotherQuestion();
    void anErpThatTellsNoPrices();

private:
    HttpResponse ask(const std::string &name, const QuoteRequest &request)
    {
        return m_gateway->send("POST", "/v1/quotes", m_gateway->token(name), encode(request));
    }
    // As the shell does: what waits is asked, and answered.
    HttpResponse answered(const std::string &name, const QuoteRequest &request)
    {
        const auto waiting = ask(name, request);
        if (waiting.wait == 0)
            return waiting;
        const auto question = m_gateway->core->quoteQuestion();
        if (!question || question->wait != waiting.wait || question->actor != name)
            qFatal("no question");
        const auto late = m_gateway->core->takeQuote(*question, quoteFor(question->request));
        return late.size() == 1 && late[0].wait == waiting.wait ? late[0].response : HttpResponse();
    }

    std::unique_ptr<Gateway> m_gateway;
};

void QuotesTest::init()
{
    m_gateway = std::make_unique<Gateway>();
    fill(*m_gateway);
    m_gateway->erp.address("adr-a", "A");
    m_gateway->erp.address("adr-b", "B");
    m_gateway->pumpAll();
}

void QuotesTest::theErpsAnswerIsPassedOn()
{
    const auto before = m_gateway->erp.history.size();
    QuoteRequest request = someRequest();
    request.shipTo = "adr-a";
    const auto answer = answered("ann", request);
    QCOMPARE(answer.status, 200);
    const auto quote = decode<Quote>(answer.body);
    QVERIFY(quote);
    const Quote wanted = quoteFor(request);
    QVERIFY(equal(Quote::type, &*quote, &wanted));
    QVERIFY(!m_gateway->core->quoteQuestion()); // once each
    QCOMPARE(m_gateway->erp.history.size(), before);
}

void QuotesTest::whoMayBuyMayAsk()
{
    for (const char *role : {"buyer", "csr", "admin"}) {
        m_gateway->user("one", role, {"A"});
        QCOMPARE(answered("one", someRequest()).status, 200);
    }
    for (const char *role : {"viewer", "finance", "approver"}) {
        m_gateway->user("one", role, {"A"});
        QCOMPARE(problemOf(ask("one", someRequest())), std::string("forbidden"));
    }
    QCOMPARE(problemOf(m_gateway->send("POST", "/v1/quotes", "nobody", encode(someRequest()))),
             std::string("token-refused"));
}

void QuotesTest::whatIsOutOfSightIsNotThere()
{
    for (const char *account : {"B", "none", "A ", ""})
        QVERIFY2(ask("ann", someRequest(account)).status >= 400, account);
    QCOMPARE(problemOf(ask("ann", someRequest("B"))), std::string("not-found"));
    QuoteRequest request = someRequest();
    request.shipTo = "adr-b";
    QCOMPARE(problemOf(ask("ann", request)), std::string("not-found"));
    request.shipTo.clear();
    request.cart = "a-1"; // an order
    QCOMPARE(problemOf(ask("ann", request)), std::string("not-found"));
    QCOMPARE(answered("ann", someRequest("A1")).status, 200); // a branch
}

void QuotesTest::whatIsWithheldStaysWithheld()
{
    User user = **m_gateway->store->people().user("ann");
    user.pricesWithheld = true;
    QVERIFY(m_gateway->store->people().putUser(user));
    QCOMPARE(problemOf(ask("ann", someRequest())), std::string("forbidden"));

    user.pricesWithheld = false;
    user.invoicesWithheld = true;
    QVERIFY(m_gateway->store->people().putUser(user));
    const auto quote = decode<Quote>(answered("ann", someRequest()).body);
    QVERIFY(quote);
    QCOMPARE(quote->total, Amount{1'400});
    QVERIFY(!quote->creditTold && quote->creditAvailable == Amount());
    // That it will be held is asked about, and how the account stands is not said.
    QVERIFY(quote->willHold && !quote->holdReason.empty());
    QVERIFY(quote->holdReason.find("limit") == std::string::npos);
    QCOMPARE(quote->notices.size(), std::size_t{1});
    QCOMPARE(quote->notices[0].text, quote->holdReason);
}

void QuotesTest::rightsThatEndMeanwhile()
{
    const auto waiting = ask("ann", someRequest());
    QVERIFY(waiting.wait != 0 && waiting.asksErp);
    User user = **m_gateway->store->people().user("ann");
    user.role = "viewer";
    QVERIFY(m_gateway->store->people().putUser(user));
    const auto question = m_gateway->core->quoteQuestion();
    const auto late = m_gateway->core->takeQuote(*question, quoteFor(question->request));
    QCOMPARE(late.size(), std::size_t{1});
    QCOMPARE(problemOf(late[0].response), std::string("forbidden"));
}

void QuotesTest::nonsenseIsRefused()
{
    QuoteRequest none = someRequest();
    none.lines.clear();
    QuoteRequest many = someRequest();
    many.lines.resize(mostCartLines + 1, many.lines[0]);
    QuoteRequest longSku = someRequest();
    longSku.lines[0].sku = std::string(300, 's');
    for (const QuoteRequest &request : {none, many, longSku})
        QCOMPARE(problemOf(ask("ann", request)), std::string("malformed"));
    const std::string token = m_gateway->token("ann");
    for (const char *body : {"", "{", "[]", R"({"account":"A","lines":[{"sku":"x","quantity":"two"}]})",
                             R"({"account":"A","lines":[{"sku":"x","quantity":"1000000000000"}]})",
                             R"({"account":"A","lines":[{"sku":"x","quantity":1}]})"})
        QCOMPARE(problemOf(m_gateway->send("POST", "/v1/quotes", token, body)), std::string("malformed"));
}

void QuotesTest::aSlowErpIsGivenUp()
{
    const auto waiting = ask("ann", someRequest());
    const auto question = m_gateway->core->quoteQuestion();
    QVERIFY(question);
    m_gateway->clock.advance(m_gateway->settings.quoteMs - 1);
    QVERIFY(m_gateway->core->giveUpWaiting().empty());
    m_gateway->clock.advance(1);
    const auto late = m_gateway->core->giveUpWaiting();
    QCOMPARE(late.size(), std::size_t{1});
    QCOMPARE(late[0].wait, waiting.wait);
    QCOMPARE(problemOf(late[0].response), std::string("quote-unavailable"));
    // What it says afterwards is nobody's any more.
    QVERIFY(m_gateway->core->takeQuote(*question, quoteFor(question->request)).empty());
}

void QuotesTest::tooManyAtOnce()
{
    for (std::size_t i = 0; i < m_gateway->settings.quoteWaitsOfUser; ++i)
        QVERIFY(ask("ann", someRequest()).wait != 0);
    QCOMPARE(problemOf(ask("ann", someRequest())), std::string("overloaded"));
    QVERIFY(ask("bob", someRequest("B")).wait != 0);
}

void QuotesTest::answersToAnotherQuestion()
{
    const auto spoil = [this](const std::function<void(Quote &)> &change) {
        (void)ask("ann", someRequest());
        const auto question = m_gateway->core->quoteQuestion();
        Quote quote = quoteFor(question->request);
        change(quote);
        return problemOf(m_gateway->core->takeQuote(*question, quote)[0].response);
    };
    const std::string unavailable = "quote-unavailable";
    QCOMPARE(spoil([](Quote &quote) { quote.account = "B"; }), unavailable);
    QCOMPARE(spoil([](Quote &quote) { quote.lines.pop_back(); }), unavailable);
    QCOMPARE(spoil([](Quote &quote) { std::swap(quote.lines[0], quote.lines[1]); }), unavailable);
    QCOMPARE(spoil([](Quote &quote) { quote.lines[0].quantity = {}; }), unavailable);
    QCOMPARE(spoil([](Quote &quote) { quote.at = {}; }), unavailable);
}

void QuotesTest::anErpThatTellsNoPrices()
{
    (void)ask("ann", someRequest());
    const auto question = m_gateway->core->quoteQuestion();
    const auto late
        = m_gateway->core->takeQuote(*question, m_gateway->erp.quote(question->request, question->actor));
    QCOMPARE(problemOf(late[0].response), std::string("quotes-not-offered"));
    (void)ask("ann", someRequest());
    const auto failed = m_gateway->core->takeQuote(
        *m_gateway->core->quoteQuestion(), Error{ErrorKind::Offline, {}, QStringLiteral("unplugged")});
    QCOMPARE(problemOf(failed[0].response), std::string("quote-unavailable"));
}

CORE_TEST(QuotesTest)
#include "tst_quotes.moc"
