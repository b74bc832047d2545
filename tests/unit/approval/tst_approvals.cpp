#include "approvingerp.h"
#include "cart.h"
#include "lossyerp.h"
#include "order.h"
#include "password.h"
#include "smallcompany.h"
#include "sqlitegatewaystore.h"
#include "testentry.h"

#include <QTest>

using namespace CommandedCompany;

namespace {

CommandEffect effectOf(const Result<std::optional<CommandEffect>> &known)
{
    return known && *known ? **known : CommandEffect{.verdict = Verdict::Rejected};
}

} // namespace

// Orders above somebody's limit: they wait, and are placed as they were seen, once, or not at all.
class ApprovalsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aboveTheLimitItWaits();
    void withinTheLimitNothingWaits();
    void theTotalIsTheErpsWhateverIsSaid();
    void approvedItIsPlacedOnce();
    void refusedNothingIsPlaced();
    void takenBackByWhoAskedAlone();
    void nobodyApprovesTheirOwn();
    void severalLevels();
    void limitsLoweredMeanwhile();
    void rightsThatEndedMeanwhile();
    void aPriceThatChangedComesBack();
    void aLostAnswerIsNoSecondOrder();
    void whatWaitsIsNotChanged();
    void nobodyIsThereToApprove();
    void anErpWithoutQuotes();
    void theLimitIsToldBefore();
    void theHistoryGoesOn();

private:
    void person(const std::string &name, const std::string &role, std::vector<OrderLimit> limits,
                std::vector<std::string> accounts = {harbour})
    {
        User user{name, name, role, std::move(accounts), "-"};
        user.limits = std::move(limits);
        QVERIFY(m_store->people().putUser(user));
    }
    void reopen()
    {
        m_erp.reset();
        auto opened = ApprovingErp::open(m_folder->filePath(QStringLiteral("approvals.sqlite")), *m_lossy,
                                         *m_store, m_company->clock, m_random);
        QVERIFY(opened);
        m_erp = *std::move(opened);
    }
    // As the gateway does: everything from the beginning on, into the store.
    void readFeed()
    {
        std::string position;
        for (bool more = true; more;) {
            auto batch = m_erp->changesAfter(position, 2'000);
            QVERIFY(batch);
            position = batch->position;
            more = batch->more;
            QVERIFY(m_store->commit(*batch, today, today));
        }
        m_position = position;
    }
    std::vector<Approval> approvals() const
    {
        std::vector<Approval> found;
        std::string position;
        for (bool more = true; more;) {
            const auto batch = m_erp->changesAfter(position, 2'000);
            if (!batch)
                return {};
            for (const Change &change : batch->changes) {
                if (const auto *approval = change.record.as<Approval>())
                    found.push_back(*approval);
            }
            position = batch->position;
            more = batch->more;
        }
        return found;
    }
    Quote ask(const Cart &cart, const std::string &actor = "kim") const
    {
        QuoteRequest request{cart.account, cart.key, {}, cart.poReference, {}, {}};
        for (const CartLine &line : cart.lines)
            request.lines.push_back({line.lineNumber, line.sku, line.quantity});
        const auto quote = m_erp->quote(request, actor);
        return quote ? *quote : Quote();
    }
    // A cart of something that can be had, as kept by the ERP and as its person saw it.
    Cart someCart(const std::string &key)
    {
        Cart cart;
        cart.account = harbour;
        cart.name = "Spring";
        cart.poReference = "4500012345";
        for (const auto &[orderKey, order] : records<Order>(*m_company->erp)) {
            for (const OrderLine &line : order.lines) {
                if (!cart.lines.empty())
                    break;
                Cart one = cart;
                one.lines = {{1, line.sku, {}, {}, Decimal::fromInteger(100)}};
                const Quote quote = ask(one);
                if (!quote.lines.empty() && quote.lines[0].possible) {
                    const QuoteLine &told = quote.lines[0];
                    cart.lines.push_back({1,
                                          told.sku,
                                          told.description,
                                          told.unit,
                                          told.quantity,
                                          told.unitPrice,
                                          quote.at,
                                          {},
                                          {},
                                          0});
                    cart.total = quote.total;
                    cart.acceptsHold = quote.willHold;
                }
            }
        }
        const auto effect = m_erp->execute(newRecord(key, cart, harbour), "kim");
        return effect && effect->verdict == Verdict::Applied ? m_company->record<Cart>(effect->target)
                                                             : Cart();
    }
    static Command placing(const std::string &key, const Cart &cart)
    {
        Command command = saved(key, cart, cart);
        command.verb = "place";
        return command;
    }
    static Command deciding(const std::string &key, const char *verb, const Approval &approval,
                            const std::string &comment = {})
    {
        Approval said = approval;
        said.comment = comment;
        Command command = saved(key, approval, said);
        command.verb = verb;
        return command;
    }
    CommandEffect give(const Command &command, const std::string &actor) const
    {
        const auto effect = m_erp->execute(command, actor);
        return effect ? *effect : CommandEffect{.verdict = Verdict::Rejected, .reasonCode = "error"};
    }
    // A cart of kim's, above the limit, that waits.
    Approval waiting(const std::string &key)
    {
        const Cart cart = someCart("save-" + key);
        if (give(placing(key, cart), "kim").target != cart.key)
            return {};
        const auto all = approvals();
        return all.empty() ? Approval() : all.back();
    }
    std::int64_t orders() const { return m_company->count("SELECT count(*) FROM orders"); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SmallCompany> m_company;
    SeededRandom m_random{7};
    std::unique_ptr<SqliteGatewayStore> m_store;
    std::unique_ptr<LossyErp> m_lossy;
    std::unique_ptr<ApprovingErp> m_erp;
    std::string m_position;
    std::int64_t m_ordersBefore = 0;
};

void ApprovalsTest::init()
{
    m_erp.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_company = std::make_unique<SmallCompany>();
    QVERIFY(m_company->open({.scale = 30}));
    auto store = SqliteGatewayStore::open(m_folder->filePath(QStringLiteral("gateway.sqlite")), m_random);
    QVERIFY(store);
    m_store = *std::move(store);
    m_lossy = std::make_unique<LossyErp>(*m_company->erp);
    reopen();
    readFeed();
    person("kim", "buyer", {{{}, Decimal::fromInteger(1)}});
    person("ann", "approver", {});
    m_ordersBefore = orders();
}

// CRT-12
void ApprovalsTest::aboveTheLimitItWaits()
{
    const Approval approval = waiting("p1");
    QCOMPARE(approval.status, std::string("waiting"));
    QVERIFY(approval.open);
    QCOMPARE(approval.requestedBy, std::string("kim"));
    QCOMPARE(approval.waitsFor, std::string("ann"));
    QCOMPARE(approval.lines.size(), std::size_t{1});
    QVERIFY(approval.total > Amount{100} && approval.limit == Amount{100});
    QCOMPARE(orders(), m_ordersBefore);
    const Cart cart = m_company->record<Cart>(approval.cart);
    QVERIFY(cart.open && cart.order.empty());
}

void ApprovalsTest::withinTheLimitNothingWaits()
{
    person("kim", "buyer", {{{}, Decimal::fromInteger(1)}, {harbour, Decimal::fromInteger(1'000'000)}});
    const Cart cart = someCart("s");
    QCOMPARE(give(placing("p", cart), "kim").verdict, Verdict::Applied);
    QVERIFY(approvals().empty());
    QCOMPARE(orders(), m_ordersBefore + 1);
    person("kim", "buyer", {});
    QCOMPARE(give(placing("q", someCart("t")), "kim").verdict, Verdict::Applied);
    QCOMPARE(orders(), m_ordersBefore + 2);
}

// ROL-06: a client that says nothing of the total, or too little, gains nothing by it.
void ApprovalsTest::theTotalIsTheErpsWhateverIsSaid()
{
    const Cart cart = someCart("s");
    for (const std::int64_t said : {std::int64_t{0}, std::int64_t{1}}) {
        Cart seen = cart;
        seen.total = Amount{said};
        Command command = saved("p" + std::to_string(said), cart, seen);
        command.verb = "place";
        const CommandEffect effect = give(command, "kim");
        if (said == 0)
            QCOMPARE(effect.verdict, Verdict::Applied); // it waits
        else
            QCOMPARE(effect.reasonCode, std::string("awaiting-approval"));
    }
    QCOMPARE(approvals().size(), std::size_t{1});
    QCOMPARE(approvals()[0].total, cart.total);
    QCOMPARE(orders(), m_ordersBefore);
}

// ROL-07, ROL-09, ROL-10
void ApprovalsTest::approvedItIsPlacedOnce()
{
    const Approval approval = waiting("p1");
    const Command approve = deciding("a1", "approve", approval, "Fine by me.");
    QCOMPARE(effectOf(m_erp->findByKey("a1")).verdict, Verdict::Rejected);
    const CommandEffect effect = give(approve, "ann");
    QCOMPARE(effect.verdict, Verdict::Applied);
    QCOMPARE(effect.target, approval.key);
    reopen(); // the answer was lost with the gateway
    QCOMPARE(effectOf(m_erp->findByKey("a1")).target, approval.key);
    QCOMPARE(effectOf(m_erp->findByKey("p1")).target, approval.cart);
    QCOMPARE(give(deciding("a2", "approve", approval), "ann").reasonCode, std::string("approval-over"));
    const Cart cart = m_company->record<Cart>(approval.cart);
    QVERIFY(!cart.open && !cart.order.empty());
    QCOMPARE(orders(), m_ordersBefore + 1);
    QCOMPARE(m_company->record<Order>(cart.order).placedBy, std::string("kim"));
    const Approval after = approvals().back();
    QVERIFY(!after.open && after.status == "approved" && after.comment == "Fine by me.");
    QCOMPARE(after.steps.size(), std::size_t{2});
    QVERIFY(after.steps[0].code == "asked" && after.steps[0].person == "kim");
    QVERIFY(after.steps[1].code == "approved" && after.steps[1].person == "ann" && after.steps[1].at.isSet());
}

void ApprovalsTest::refusedNothingIsPlaced()
{
    const Approval approval = waiting("p1");
    QCOMPARE(give(deciding("r1", "refuse", approval, "Not this year."), "ann").verdict, Verdict::Applied);
    const Approval after = approvals().back();
    QVERIFY(!after.open && after.status == "refused" && after.steps.back().text == "Not this year.");
    QCOMPARE(orders(), m_ordersBefore);
    // The cart is free again, and can be asked for anew.
    const Cart cart = m_company->record<Cart>(approval.cart);
    QCOMPARE(give(placing("p2", cart), "kim").verdict, Verdict::Applied);
    QCOMPARE(approvals().size(), std::size_t{2});
}

void ApprovalsTest::takenBackByWhoAskedAlone()
{
    const Approval approval = waiting("p1");
    QCOMPARE(give(retired("w1", approval), "ann").reasonCode, std::string("approval-of-another"));
    QCOMPARE(give(retired("w2", approval), "kim").verdict, Verdict::Applied);
    QCOMPARE(approvals().back().status, std::string("withdrawn"));
    QCOMPARE(give(deciding("a", "approve", approval), "ann").reasonCode, std::string("approval-over"));
    QCOMPARE(orders(), m_ordersBefore);
}

// ROL-12
void ApprovalsTest::nobodyApprovesTheirOwn()
{
    person("kim", "admin", {{{}, Decimal::fromInteger(1)}});
    const Approval approval = waiting("p1");
    QVERIFY(approval.open);
    const CommandEffect effect = give(deciding("a", "approve", approval), "kim");
    QCOMPARE(effect.reasonCode, std::string("not-to-approve"));
    QVERIFY(effect.reason.starts_with("Nobody approves"));
    for (const auto &[name, role] :
         std::map<std::string, std::string>{{"jo", "buyer"}, {"vi", "viewer"}, {"fin", "finance"}}) {
        person(name, role, {});
        QCOMPARE(give(deciding("a-" + name, "approve", approval), name).reasonCode,
                 std::string("not-to-approve"));
    }
    person("bob", "approver", {}, {jonas}); // of another company
    QCOMPARE(give(deciding("a-bob", "approve", approval), "bob").reasonCode, std::string("not-to-approve"));
    person("sup", "admin", {}, {}); // the supplier's
    QCOMPARE(give(deciding("a-sup", "approve", approval), "sup").reasonCode, std::string("not-to-approve"));
    QVERIFY(approvals().back().open);
}

// ROL-08
void ApprovalsTest::severalLevels()
{
    person("low", "approver", {{{}, Decimal::fromInteger(2)}});
    const Approval approval = waiting("p1");
    QCOMPARE(approval.waitsFor, std::string("low"));
    QCOMPARE(give(deciding("a1", "approve", approval, "Needed."), "low").verdict, Verdict::Applied);
    QCOMPARE(orders(), m_ordersBefore);
    const Approval between = approvals().back();
    QVERIFY(between.open);
    QCOMPARE(between.waitsFor, std::string("ann"));
    QCOMPARE(give(deciding("a2", "approve", between), "low").reasonCode, std::string("not-to-approve"));
    QCOMPARE(give(deciding("a3", "approve", between), "ann").verdict, Verdict::Applied);
    QCOMPARE(orders(), m_ordersBefore + 1);
    QCOMPARE(approvals().back().steps.size(), std::size_t{3});
}

void ApprovalsTest::limitsLoweredMeanwhile()
{
    // Of who orders: what counts is the limit when it reaches the gateway.
    person("kim", "buyer", {{{}, Decimal::fromInteger(1'000'000)}});
    const Cart cart = someCart("s");
    person("kim", "buyer", {{{}, Decimal::fromInteger(1)}});
    QCOMPARE(give(placing("p", cart), "kim").target, cart.key);
    QCOMPARE(orders(), m_ordersBefore);
    // Of who approves: their word is not enough any more, and goes on to whoever's is.
    person("boss", "approver", {});
    person("ann", "approver", {{{}, Decimal::fromInteger(2)}});
    const Approval approval = approvals().back();
    QCOMPARE(give(deciding("a", "approve", approval), "ann").verdict, Verdict::Applied);
    QCOMPARE(orders(), m_ordersBefore);
    QCOMPARE(approvals().back().waitsFor, std::string("boss"));
}

void ApprovalsTest::rightsThatEndedMeanwhile()
{
    const Approval approval = waiting("p1");
    person("kim", "viewer", {});
    QCOMPARE(give(deciding("a", "approve", approval), "ann").verdict, Verdict::Applied);
    QCOMPARE(approvals().back().status, std::string("returned"));
    QVERIFY(approvals().back().steps.back().text.ends_with("may no longer order for this account."));
    QCOMPARE(orders(), m_ordersBefore);
}

void ApprovalsTest::aPriceThatChangedComesBack()
{
    const Approval approval = waiting("p1");
    const Cart cart = m_company->record<Cart>(approval.cart);
    bool changed = false;
    for (int day = 1; day <= 400 && !changed; ++day) {
        live(*m_company->erp, Instant{today.ms + day * 60'000});
        const Quote now = ask(cart);
        changed = !now.lines[0].possible || now.lines[0].unitPrice != cart.lines[0].unitPrice;
    }
    QVERIFY(changed);
    const std::int64_t before = orders();
    QCOMPARE(give(deciding("a", "approve", approval), "ann").verdict, Verdict::Applied);
    const Approval after = approvals().back();
    QCOMPARE(after.status, std::string("returned"));
    QVERIFY(!after.differences.empty() && !after.differences[0].text.empty());
    QCOMPARE(orders(), before);
    QVERIFY(m_company->record<Cart>(approval.cart).open);
}

void ApprovalsTest::aLostAnswerIsNoSecondOrder()
{
    const Approval approval = waiting("p1");
    const Command approve = deciding("a", "approve", approval);
    m_lossy->loses = true;
    QVERIFY(!m_erp->execute(approve, "ann"));
    QCOMPARE(orders(), m_ordersBefore + 1);
    QVERIFY(approvals().back().open);
    m_lossy->loses = false;
    reopen();
    QCOMPARE(effectOf(m_erp->findByKey("a")).target, approval.key);
    QCOMPARE(approvals().back().status, std::string("approved"));
    QCOMPARE(effectOf(m_erp->findByKey("a")).target, approval.key);
    QCOMPARE(orders(), m_ordersBefore + 1);
    QCOMPARE(approvals().back().steps.size(), std::size_t{2});
}

void ApprovalsTest::whatWaitsIsNotChanged()
{
    const Approval approval = waiting("p1");
    const Cart cart = m_company->record<Cart>(approval.cart);
    Cart other = cart;
    other.notes = "Ring twice";
    QCOMPARE(give(saved("s2", cart, other), "kim").reasonCode, std::string("awaiting-approval"));
    QCOMPARE(give(placing("p2", cart), "kim").reasonCode, std::string("awaiting-approval"));
    QCOMPARE(give(retired("d", cart), "kim").reasonCode, std::string("awaiting-approval"));
    QCOMPARE(give(retired("w", approval), "kim").verdict, Verdict::Applied);
    QCOMPARE(give(saved("s3", cart, other), "kim").verdict, Verdict::Applied);
}

void ApprovalsTest::nobodyIsThereToApprove()
{
    person("ann", "approver", {{{}, Decimal::fromInteger(2)}});
    const Cart cart = someCart("s");
    QCOMPARE(give(placing("p", cart), "kim").reasonCode, std::string("over-limit"));
    QVERIFY(approvals().empty());
    const Quote quote = ask(cart);
    const auto told = std::ranges::find(quote.notices, "over-limit", &QuoteNotice::code);
    QVERIFY(told != quote.notices.end() && told->forbids);
}

void ApprovalsTest::anErpWithoutQuotes()
{
    const Cart cart = someCart("s");
    m_lossy->quotes = false;
    QCOMPARE(give(placing("p", cart), "kim").reasonCode, std::string("limit-unknown"));
    QCOMPARE(orders(), m_ordersBefore);
}

void ApprovalsTest::theLimitIsToldBefore()
{
    const Cart cart = someCart("s");
    const auto noticeOf = [&](const char *code) {
        const Quote quote = ask(cart);
        const auto found = std::ranges::find(quote.notices, code, &QuoteNotice::code);
        return found == quote.notices.end() ? QuoteNotice() : *found;
    };
    QVERIFY(noticeOf("approval").text.find("until ann has approved it") != std::string::npos);
    QVERIFY(!noticeOf("approval").forbids);
    person("kim", "buyer", {{harbour, Decimal::fromInteger(1'000'000)}});
    QVERIFY(noticeOf("limit").text.find("GBP 1,000,000.00") != std::string::npos);
    person("kim", "buyer", {});
    QVERIFY(noticeOf("limit").code.empty());
}

// What is told goes on where it was, and another file is another history.
void ApprovalsTest::theHistoryGoesOn()
{
    readFeed();
    (void)waiting("p1");
    reopen();
    const auto batch = m_erp->changesAfter(m_position, 1);
    QVERIFY(batch && batch->more);
    QCOMPARE(batch->changes.size(), std::size_t{1});
    QVERIFY(batch->changes[0].record.as<Approval>());
    const auto next = m_erp->changesAfter(batch->position, 2'000);
    QVERIFY(next && !next->changes.empty()); // the cart
    m_erp.reset();
    for (const char *end : {"", "-wal", "-shm"})
        QFile::remove(m_folder->filePath(QStringLiteral("approvals.sqlite")) + QLatin1String(end));
    reopen();
    QCOMPARE(m_erp->changesAfter(next->position, 10).error().kind, ErrorKind::NotFound);
    // A gateway that had no approvals yet goes on with the ERP's.
    const auto first = m_company->erp->changesAfter({}, 1);
    QVERIFY(first);
    const auto upgraded = m_erp->changesAfter(first->position, 2'000);
    QVERIFY(upgraded && upgraded->more);
}

CORE_TEST(ApprovalsTest)
#include "tst_approvals.moc"
