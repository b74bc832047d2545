#include "cart.h"
#include "creditstanding.h"
#include "csvimport.h"
#include "historyfile.h"
#include "order.h"
#include "smallcompany.h"
#include "testentry.h"

#include <QFile>
#include <QTest>

#include <map>
#include <set>

using namespace CommandedCompany;

namespace {

constexpr std::int64_t companyDayMs = 60'000; // at speed 1

std::string problems(const QuoteLine &line)
{
    return line.sku + ' ' + line.reasonCode + ": " + line.reason;
}

} // namespace

// What the sandbox says of buying, and that it sells exactly what was seen, once.
class SandboxBuyingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void everyOrderCanBeAskedAboutLineByLine();
    void askingChangesNothing();
    void quantitiesAreChecked();
    void pricesFollowContractAndQuantity();
    void totalsAreThoseOfTheOrder();
    void numbersOfOnesOwn();
    void aCartIsKeptAndShared();
    void placedOnceAsSeen();
    void nothingUnseenIsPlaced();
    void pricesThatChangedAreTold();
    void foolishQuantities();
    void holdsAreAnnounced();
    void importedAccountsBuyAgain();

private:
    Quote ask(const QuoteRequest &request) const
    {
        const auto quote = m_company->erp->quote(request, "maya");
        return quote ? *quote : Quote();
    }
    // One possible line of each of so many items of the account's own orders.
    QuoteRequest possibleLines(const std::string &account, std::size_t count) const
    {
        QuoteRequest request{account, {}, {}, "PO 1", {}, {}};
        std::set<std::string> seen;
        for (const auto &[key, order] : records<Order>(*m_company->erp)) {
            for (const OrderLine &line : order.lines) {
                QuoteRequest one{account, {}, {}, {}, {}, {{1, line.sku, Decimal::fromInteger(100)}}};
                if (request.lines.size() < count && seen.insert(line.sku).second
                    && ask(one).lines[0].possible)
                    request.lines.push_back(
                        {std::ssize(request.lines) + 1, line.sku, Decimal::fromInteger(100)});
            }
        }
        return request;
    }
    // The cart that a person makes of what they were told.
    static Cart cartOf(const QuoteRequest &request, const Quote &quote)
    {
        Cart cart;
        cart.account = request.account;
        cart.name = "Spring";
        cart.poReference = request.poReference;
        cart.notes = "Ring at gate 2";
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
        return cart;
    }
    Cart kept(const Cart &cart, const std::string &key) const
    {
        const CommandEffect effect = m_company->give(newRecord(key, cart, cart.account));
        return effect.verdict == Verdict::Applied ? m_company->record<Cart>(effect.target) : Cart();
    }
    static Command placing(const std::string &key, const Cart &stored, const Cart &seen)
    {
        Command command = saved(key, stored, seen);
        command.verb = "place";
        return command;
    }
    // An account whose own numbers are of any kind.
    std::string freeAccount() const
    {
        for (const auto &[key, account] : records<Account>(*m_company->erp)) {
            const Quote quote = ask({key, {}, {}, {}, {}, {{1, "none", Decimal::fromInteger(1)}}});
            if (std::ranges::none_of(quote.notices,
                                     [](const QuoteNotice &notice) { return notice.code == "po-missing"; }))
                return key;
        }
        return {};
    }

    std::unique_ptr<SmallCompany> m_company;
    std::string m_account;
};

void SandboxBuyingTest::init()
{
    m_company = std::make_unique<SmallCompany>();
    QVERIFY(m_company->open({.scale = 300}));
    m_account = freeAccount();
    QVERIFY(!m_account.empty());
}

void SandboxBuyingTest::cleanup()
{
    QCOMPARE(booksThatDoNotAddUp(m_company->path()).join(u'\n'), QString());
}

// CRT-03: ready, changed and not possible are all there is.
void SandboxBuyingTest::everyOrderCanBeAskedAboutLineByLine()
{
    std::map<std::string, int> reasons;
    int orders = 0;
    int changed = 0;
    for (const auto &[key, order] : records<Order>(*m_company->erp)) {
        QuoteRequest request{order.account, {}, {}, order.poReference, {}, {}};
        for (const OrderLine &line : order.lines)
            request.lines.push_back({line.lineNumber, line.sku, line.ordered});
        const Quote quote = ask(request);
        QCOMPARE(quote.lines.size(), order.lines.size());
        for (std::size_t i = 0; i < quote.lines.size(); ++i) {
            const QuoteLine &line = quote.lines[i];
            QCOMPARE(line.sku, order.lines[i].sku);
            QVERIFY2(line.possible == line.reasonCode.empty() && line.possible == line.reason.empty(),
                     problems(line).c_str());
            ++reasons[line.reasonCode];
            changed += line.possible && line.unitPrice != order.lines[i].unitPrice ? 1 : 0;
            if (line.reasonCode == "withdrawn" && !line.successor.empty()) {
                QuoteRequest instead{order.account, {}, {}, {}, {}, {{1, line.successor, line.quantity}}};
                QVERIFY(ask(instead).lines[0].reasonCode != "withdrawn");
            }
        }
        ++orders;
    }
    for (const char *reason : {"", "withdrawn", "below-minimum", "not-a-multiple", "not-permitted"})
        QVERIFY2(reasons[reason] > 0, reason);
    qInfo("%d orders: %d lines ready, %d of them at another price; %d withdrawn, %d not permitted", orders,
          reasons[""], changed, reasons["withdrawn"], reasons["not-permitted"]);
    QVERIFY(changed > 0);
}

void SandboxBuyingTest::askingChangesNothing()
{
    const QuoteRequest request = possibleLines(m_account, 5);
    QVERIFY(m_company->nothingHappens([&] {
        const Quote first = ask(request);
        const Quote second = ask(request);
        QVERIFY(equal(Quote::type, &first, &second));
    }));
}

void SandboxBuyingTest::quantitiesAreChecked()
{
    const std::string sku = possibleLines(m_account, 1).lines[0].sku;
    const auto reasonFor = [&](Decimal quantity) {
        return ask({m_account, {}, {}, {}, {}, {{1, sku, quantity}}}).lines[0].reasonCode;
    };
    QCOMPARE(reasonFor({}), std::string("quantity-none"));
    QCOMPARE(reasonFor(Decimal::fromInteger(-5)), std::string("quantity-none"));
    QCOMPARE(reasonFor(Decimal::fromInteger(1'000'000)), std::string("quantity-too-large"));
    QCOMPARE(reasonFor(Decimal::fromInteger(999'999'999'999)), std::string("quantity-too-large"));
    QCOMPARE(reasonFor({1}), std::string("below-minimum"));
    QCOMPARE(ask({m_account, {}, {}, {}, {}, {{1, "WH-0", Decimal::fromInteger(1)}}}).lines[0].reasonCode,
             std::string("unknown-item"));
    // What is advised can be ordered.
    int advised = 0;
    for (const auto &[key, order] : records<Order>(*m_company->erp)) {
        for (const OrderLine &line : order.lines) {
            const auto told
                = ask({order.account, {}, {}, {}, {}, {{1, line.sku, line.ordered + Decimal{250'000}}}})
                      .lines[0];
            if (told.orderable.isZero())
                continue;
            ++advised;
            QVERIFY(ask({order.account, {}, {}, {}, {}, {{1, line.sku, told.orderable}}}).lines[0].possible);
        }
    }
    QVERIFY(advised > 20);
}

void SandboxBuyingTest::pricesFollowContractAndQuantity()
{
    std::set<std::string> sources;
    for (const QuoteWish &wish : possibleLines(m_account, 40).lines) {
        const QuoteLine one = ask({m_account, {}, {}, {}, {}, {wish}}).lines[0];
        sources.insert(one.priceSource);
        QVERIFY(!one.priceReason.empty() && one.unitPrice > Decimal());
        for (const PriceBreak &step : one.breaks) {
            const QuoteLine there = ask({m_account, {}, {}, {}, {}, {{1, wish.sku, step.from}}}).lines[0];
            QVERIFY(!there.possible || there.unitPrice == step.unitPrice);
        }
    }
    QVERIFY(sources.contains("list") && sources.contains("break"));
}

void SandboxBuyingTest::totalsAreThoseOfTheOrder()
{
    const QuoteRequest request = possibleLines(m_account, 6);
    const Quote quote = ask(request);
    const Cart stored = kept(cartOf(request, quote), "k1");
    QCOMPARE(m_company->give(placing("k2", stored, stored)).reason, std::string());
    const Order order = m_company->record<Order>(m_company->record<Cart>(stored.key).order);
    QVERIFY(order.net == quote.net && order.tax == quote.tax && order.freight == quote.freight);
    QCOMPARE(order.total, quote.total);
    QVERIFY(quote.freight == Amount() || quote.net < quote.freeFreightFrom);
    const auto standing = m_company->record<CreditStanding>(m_account);
    QVERIFY(!quote.creditLimited || standing.available == quote.creditAfter);
}

void SandboxBuyingTest::numbersOfOnesOwn()
{
    std::set<std::string> codes;
    for (const auto &[key, account] : records<Account>(*m_company->erp)) {
        for (const char *reference : {"", "PO 1"}) {
            for (const QuoteNotice &notice :
                 ask({key, {}, {}, reference, {}, {{1, "none", Decimal::fromInteger(1)}}}).notices)
                codes.insert(notice.code);
        }
    }
    QVERIFY(codes.contains("po-missing") && codes.contains("po-pattern"));
    const auto orders = records<Order>(*m_company->erp);
    const Order &known = orders.begin()->second;
    const Quote again
        = ask({known.account, {}, {}, known.poReference, {}, {{1, "none", Decimal::fromInteger(1)}}});
    QVERIFY(std::ranges::any_of(again.notices, [&](const QuoteNotice &notice) {
        return notice.code == "po-duplicate" && !notice.forbids;
    }));
}

void SandboxBuyingTest::aCartIsKeptAndShared()
{
    const QuoteRequest request = possibleLines(m_account, 3);
    const Cart stored = kept(cartOf(request, ask(request)), "k1");
    QCOMPARE(stored.owner, std::string("maya"));
    QVERIFY(stored.open && stored.status == "open" && stored.lineCount == 3 && !stored.currency.empty());
    Cart wanted = stored;
    wanted.lines[1].quantity += Decimal::fromInteger(100);
    QCOMPARE(m_company->give(saved("k2", stored, wanted), "jonas").reasonCode,
             std::string("cart-of-another"));
    wanted.shared = true;
    QVERIFY(m_company->give(saved("k3", stored, wanted)).verdict == Verdict::Applied);
    const Cart shared = m_company->record<Cart>(stored.key);
    Cart theirs = shared;
    theirs.lines.pop_back();
    QVERIFY(m_company->give(saved("k4", shared, theirs), "jonas").verdict == Verdict::Applied);
    // Who looked at it before is told.
    Cart late = shared;
    late.notes = "Ring first";
    const CommandEffect conflict = m_company->give(saved("k5", shared, late));
    QVERIFY(conflict.verdict == Verdict::Conflict);
    QCOMPARE(conflict.theirs.as<Cart>()->lines.size(), std::size_t{2});
    QVERIFY(m_company->open());
    QVERIFY(m_company->give(retired("k6", m_company->record<Cart>(stored.key))).verdict == Verdict::Applied);
    QCOMPARE(m_company->record<Cart>(stored.key).status, std::string("closed"));
    QCOMPARE(m_company->give(placing("k7", shared, shared)).reasonCode, std::string("cart-closed"));
}

void SandboxBuyingTest::placedOnceAsSeen()
{
    const auto before = records<Order>(*m_company->erp).size();
    const QuoteRequest request = possibleLines(m_account, 4);
    const Cart stored = kept(cartOf(request, ask(request)), "k1");
    const Command command = placing("k2", stored, stored);
    for (int times = 0; times < 3; ++times) {
        QVERIFY(m_company->give(command).verdict == Verdict::Applied);
        QVERIFY(m_company->open({.scale = 300}));
    }
    // Another wish for the same cart comes too late.
    const CommandEffect second = m_company->give(placing("k3", stored, stored));
    QCOMPARE(second.reasonCode, std::string("cart-submitted"));
    const Cart placed = m_company->record<Cart>(stored.key);
    QVERIFY(second.reason.find(placed.order) != std::string::npos);
    QCOMPARE(records<Order>(*m_company->erp).size(), before + 1);
    const Order order = m_company->record<Order>(placed.order);
    QVERIFY(order.account == m_account && order.poReference == "PO 1" && order.origin == "app");
    QVERIFY(std::ranges::any_of(order.events, [&](const OrderEvent &event) {
        return event.code == "note" && event.text.find(placed.notes) != std::string::npos;
    }));
    QCOMPARE(order.lines.size(), placed.lines.size());
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        QVERIFY(order.lines[i].sku == placed.lines[i].sku
                && order.lines[i].ordered == placed.lines[i].quantity);
        QCOMPARE(order.lines[i].unitPrice, placed.lines[i].unitPrice);
    }
    // It goes the way of all orders.
    live(*m_company->erp, later(600));
    QVERIFY(m_company->record<Order>(placed.order).events.size() > 1);
}

void SandboxBuyingTest::nothingUnseenIsPlaced()
{
    const QuoteRequest request = possibleLines(m_account, 3);
    const Cart stored = kept(cartOf(request, ask(request)), "k1");
    int number = 1;
    const auto codesOf = [&](const std::function<void(Cart &)> &change) {
        Cart seen = stored;
        change(seen);
        CommandEffect effect;
        if (!m_company->nothingHappens(
                [&] { effect = m_company->give(placing("p" + std::to_string(++number), stored, seen)); }))
            return QStringList{QStringLiteral("something happened")};
        QStringList codes;
        for (const CartDifference &difference : effect.differences)
            codes.append(QString::fromStdString(difference.code));
        if (effect.verdict != Verdict::Rejected || effect.reason.empty())
            codes.append(QStringLiteral("without a reason"));
        return codes.isEmpty() ? QStringList{QString::fromStdString(effect.reasonCode)} : codes;
    };
    const auto one = [](const char *code) { return QStringList{QString::fromLatin1(code)}; };
    QCOMPARE(codesOf([](Cart &cart) { cart.lines[0].unitPrice -= Decimal{10'000}; }), one("price"));
    QCOMPARE(codesOf([](Cart &cart) { cart.lines[0].pricedAt = {}; }), one("price"));
    QCOMPARE(codesOf([](Cart &cart) { cart.lines[1].inStock += Decimal::fromInteger(9'999); }), one("stock"));
    QCOMPARE(codesOf([](Cart &cart) { cart.lines[2].unit = "dozen"; }), one("unit"));
    QCOMPARE(codesOf([](Cart &cart) { cart.lines[2].sku = "WH-0"; }), one("unknown-item"));
    QCOMPARE(codesOf([](Cart &cart) { cart.total += Amount{1}; }), one("total"));
    QCOMPARE(codesOf([](Cart &cart) { cart.wantedOn = Date::fromCivil(2001, 1, 1); }), one("wanted-past"));
    QCOMPARE(codesOf([](Cart &cart) { cart.shipTo = "ADR-0"; }), one("ship-to"));
    QCOMPARE(codesOf([](Cart &cart) { cart.lines.clear(); }), one("cart-empty"));
    QCOMPARE(codesOf([](Cart &cart) {
                 cart.lines[0].unitPrice = {};
                 cart.lines[1].unitPrice = {};
             }),
             (QStringList{QStringLiteral("price"), QStringLiteral("price")}));
    QCOMPARE(codesOf([](Cart &cart) { cart.lines[0].quantity = Decimal::fromInteger(-1); }),
             one("quantity-none"));
    // As it was seen it still can be.
    QVERIFY(m_company->give(placing("k2", stored, stored)).verdict == Verdict::Applied);
}

// CRT-02, CRT-21: half a year later.
void SandboxBuyingTest::pricesThatChangedAreTold()
{
    const QuoteRequest request = possibleLines(m_account, 30);
    const Quote before = ask(request);
    const Cart stored = kept(cartOf(request, before), "k1");
    for (int day = 1; day <= 190; ++day)
        live(*m_company->erp, Instant{today.ms + day * companyDayMs});
    const Quote after = ask(request);
    std::size_t changed = 0;
    for (std::size_t i = 0; i < after.lines.size(); ++i)
        changed += after.lines[i].possible && after.lines[i].unitPrice != before.lines[i].unitPrice ? 1U : 0U;
    QVERIFY(changed > 3);
    const CommandEffect effect = m_company->give(placing("k2", stored, stored));
    QCOMPARE(effect.reasonCode, std::string("changed"));
    const auto told = std::ranges::count(effect.differences, std::string("price"), &CartDifference::code);
    QCOMPARE(static_cast<std::size_t>(told), changed);
    for (const CartDifference &difference : effect.differences)
        QVERIFY(!difference.text.empty() && difference.was != difference.now);
    QVERIFY(m_company->record<Cart>(stored.key).open);
}

void SandboxBuyingTest::foolishQuantities()
{
    const QuoteRequest request = possibleLines(m_account, 1);
    const Cart cart = cartOf(request, ask(request));
    for (const std::int64_t quantity : {std::int64_t{0}, std::int64_t{-3}, std::int64_t{999'999'999'999}}) {
        Cart foolish = cart;
        foolish.lines[0].quantity = Decimal::fromInteger(quantity);
        const CommandEffect effect
            = m_company->give(newRecord("q" + std::to_string(quantity + 3), foolish, m_account));
        QVERIFY(effect.verdict == Verdict::Rejected && effect.reason.starts_with("Line 1: "));
    }
    Cart endless = cart;
    endless.lines.resize(mostCartLines + 1, cart.lines[0]);
    QCOMPARE(m_company->give(newRecord("long", endless, m_account)).reasonCode,
             std::string("too-many-lines"));
    QVERIFY(records<Cart>(*m_company->erp).empty());
}

void SandboxBuyingTest::holdsAreAnnounced()
{
    for (const auto &[key, standing] : records<CreditStanding>(*m_company->erp)) {
        if (!standing.limited)
            continue;
        QuoteRequest request = possibleLines(key, 12);
        for (QuoteWish &wish : request.lines)
            wish.quantity = Decimal::fromInteger(90'000);
        const Quote quote = ask(request);
        if (!quote.willHold || std::ranges::any_of(quote.notices, &QuoteNotice::forbids))
            continue;
        QVERIFY(!quote.holdReason.empty() && quote.creditAfter < Amount());
        Cart cart = cartOf(request, quote);
        cart.acceptsHold = false;
        const Cart stored = kept(cart, "k1");
        const CommandEffect effect = m_company->give(placing("k2", stored, stored));
        QCOMPARE(effect.differences.back().code, std::string("credit-hold"));
        cart.acceptsHold = true;
        QVERIFY(m_company->give(placing("k3", stored, cart)).verdict == Verdict::Applied);
        live(*m_company->erp, later(30));
        QVERIFY(!m_company->record<Order>(m_company->record<Cart>(stored.key).order).holdReason.empty());
        return;
    }
    QFAIL("nobody is held");
}

// At prices that follow from what the history says was paid.
void SandboxBuyingTest::importedAccountsBuyAgain()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("history.csv")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(HistoryFile::quirks) > 0);
    file.close();
    QVERIFY(m_company->erp->importCsv(file.fileName(), {}));
    int answered = 0;
    int lines = 0;
    for (const auto &[key, order] : records<Order>(*m_company->erp)) {
        if (order.origin != "import")
            continue;
        QuoteRequest request{order.account, {}, {}, {}, {}, {}};
        for (const OrderLine &line : order.lines)
            request.lines.push_back({line.lineNumber, line.sku, line.ordered});
        const Quote quote = ask(request);
        QVERIFY(answers(quote, request));
        lines += int(order.lines.size());
        for (const QuoteLine &line : quote.lines) {
            QVERIFY2(line.possible == line.reason.empty(), problems(line).c_str());
            QVERIFY(!line.possible || (line.unitPrice > Decimal() && !line.priceReason.empty()));
            ++answered;
        }
    }
    QVERIFY(lines > 0);
    QCOMPARE(answered, lines);
    const QuoteRequest request{"C-17850", {}, {}, "PO 1", {}, {{1, "85123A", Decimal::fromInteger(6)}}};
    const Quote quote = ask(request);
    QVERIFY(quote.lines[0].possible);
    QVERIFY(quote.lines[0].priceReason.find("2.55") != std::string::npos);
    QCOMPARE(ask({"C-12583", {}, {}, {}, {}, {{1, "POST", Decimal::fromInteger(1)}}}).lines[0].reasonCode,
             std::string("not-an-item"));
    const auto reasonFor = [&](const char *sku, Decimal quantity) {
        return ask({"C-17850", {}, {}, {}, {}, {{1, sku, quantity}}}).lines[0].reasonCode;
    };
    QCOMPARE(reasonFor("WH-0", Decimal::fromInteger(1)), std::string("unknown-item"));
    QCOMPARE(reasonFor("85123A", {}), std::string("quantity-none"));
    QCOMPARE(reasonFor("85123A", {1}), std::string("not-a-multiple"));
    // It is placed as it was seen, once, and is what was paid last from then on.
    const Cart stored = kept(cartOf(request, quote), "k1");
    QCOMPARE(stored.currency, std::string("GBP"));
    QCOMPARE(m_company->give(placing("k2", stored, stored)).reason, std::string());
    const Order order = m_company->record<Order>(m_company->record<Cart>(stored.key).order);
    QVERIFY(order.account == "C-17850" && order.origin == "app" && order.total == quote.total);
    QCOMPARE(order.lines[0].unitPrice, quote.lines[0].unitPrice);
    QVERIFY(m_company->open({.scale = 300}));
    live(*m_company->erp, later(60));
}

CORE_TEST(SandboxBuyingTest)
#include "tst_sandboxbuying.moc"
