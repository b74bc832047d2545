#include "document.h"
#include "note.h"
#include "returningcompany.h"
#include "testentry.h"

#include <set>

using namespace ReturningCompany;

// What becomes of returns at the sandbox, as the gateway asks for them.
class SandboxReturnsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aNewCompanyHasSomeInEachState();
    void aRequestBecomesAReturnAsItWasPreviewed();
    void saysWhyNot_data();
    void saysWhyNot();
    void theSameUnitsComeBackOnce();
    void aRepAuthorisesAllPartOrNone();
    void aRepCannotGiveMoreThanThereIs();
    void twoRepsConflict();
    void whatIsTakenBackCanBeAskedForAgain();
    void buyerAndRepWriteToEachOther();
    void keepsNotesOfACustomer();
    void goesOnToACreditMemo();
    void aReplacementIsAnOrder();
    void rulesAreTold();
    void aRequestIsMadeOnce();

private:
    // An order line all of which can come back, for any of these reasons, and is at least so much.
    bool findLine(std::int64_t atLeast, OrderFile &file, ReturnableLine &line,
                  const std::vector<std::string> &reasons = {"wrong-sent"}) const
    {
        for (auto &[key, each] : orderFiles(*m_company->erp)) {
            for (const ReturnableLine &stands : returnableLines(each.facts(), reasons.front())) {
                const auto fits = [&](const std::string &reason) {
                    const auto lines = returnableLines(each.facts(), reason);
                    const auto same = std::ranges::find(lines, stands.orderLine, &ReturnableLine::orderLine);
                    return !same->objection && same->returnable >= Decimal::fromInteger(atLeast);
                };
                if (each.returns.empty() && std::ranges::all_of(reasons, fits)) {
                    file = each;
                    line = stands;
                    return true;
                }
            }
        }
        return false;
    }
    Return made(const Return &asked, const std::string &key = "r-1") const
    {
        const CommandEffect effect = m_company->give(requesting(key, asked));
        if (effect.verdict != Verdict::Applied)
            qWarning("%s: %s", effect.reasonCode.c_str(), effect.reason.c_str());
        return m_company->record<Return>(effect.target);
    }
    // Lives until the return is at its end, or for a month of the company's time.
    Return atItsEnd(const std::string &key) const
    {
        Return record;
        for (int minutes = 1; minutes < 40; ++minutes) {
            live(*m_company->erp, later(minutes * 60));
            record = m_company->record<Return>(key);
            if (!record.open)
                break;
        }
        return record;
    }

    std::unique_ptr<SmallCompany> m_company;
};

void SandboxReturnsTest::init()
{
    if (m_company && QTest::currentDataTag())
        return; // where nothing happens, one is enough
    m_company = std::make_unique<SmallCompany>();
    QVERIFY(m_company->open({.scale = 500}));
}

void SandboxReturnsTest::cleanup()
{
    QCOMPARE(booksThatDoNotAddUp(m_company->path()).join(u'\n'), QString());
}

void SandboxReturnsTest::aNewCompanyHasSomeInEachState()
{
    m_company = std::make_unique<SmallCompany>();
    QVERIFY(m_company->open({.scale = 3'000}));
    std::map<std::string, int> states;
    std::map<std::string, int> ofPeople;
    for (const auto &[key, record] : records<Return>(*m_company->erp)) {
        ++states[record.status];
        if (record.account <= "A-10005")
            ++ofPeople[record.status];
        QCOMPARE(record.number, key);
        QVERIFY(!record.lines.empty() && record.events.size() >= 1);
        QCOMPARE(record.events.back().at, record.statusAt);
        // RMA-11: a difference is explained.
        QCOMPARE(!record.creditRemark.empty(),
                 record.status == "credited" && record.postedCredit < record.expectedCredit);
        for (std::size_t i = 1; i < record.events.size(); ++i)
            QVERIFY(record.events[i - 1].at <= record.events[i].at);
    }
    for (const char *state :
         {"requested", "authorised", "in-transit", "received", "inspected", "credited", "refused"})
        QVERIFY2(states[state] > 0, state);
    QVERIFY(ofPeople["requested"] > 0);
    QVERIFY(ofPeople["credited"] > 0);
    QVERIFY(!records<Message>(*m_company->erp).empty());
}

void SandboxReturnsTest::aRequestBecomesAReturnAsItWasPreviewed()
{
    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(2, file, line, {"surplus"}));
    const Return asked = wanted(file, line.orderLine, Decimal::fromInteger(2), "surplus");
    QVERIFY(objectionsTo(asked, file.facts()).empty());
    Return preview = asked;
    setExpected(preview, creditParts(asked, file.facts(), ReturnQuantity::Requested));
    QVERIFY(preview.expectedCredit > Amount());
    QVERIFY(preview.restockingFee > Amount());

    const Return record = made(asked);
    QVERIFY(record.number.starts_with("RMA-"));
    QCOMPARE(record.status, std::string("requested"));
    QVERIFY(record.open);
    QCOMPARE(record.requestedBy, std::string("maya"));
    QCOMPARE(record.orderNumber, file.order.number);
    QCOMPARE(record.reason, std::string("surplus"));
    QCOMPARE(record.expectedCredit, preview.expectedCredit);
    QCOMPARE(record.restockingFee, preview.restockingFee);
    QCOMPARE(record.comment, asked.comment);
    QCOMPARE(record.answers.size(), asked.answers.size());
    QVERIFY(!record.routedTo.empty());
    QCOMPARE(record.lines.front().sku, file.order.lines[static_cast<std::size_t>(line.orderLine - 1)].sku);
}

void SandboxReturnsTest::saysWhyNot_data()
{
    using Change = std::function<void(Return &)>;
    QTest::addColumn<QString>("code");
    QTest::addColumn<Change>("change");
    QTest::newRow("more than there was")
        << "returned" << Change([](Return &r) { r.lines[0].quantity = Decimal::fromInteger(100'000); });
    QTest::newRow("none") << "quantity-none" << Change([](Return &r) { r.lines[0].quantity = {}; });
    QTest::newRow("less than none") << "quantity-none" << Change([](Return &r) {
        r.lines[0].quantity = Decimal::fromInteger(-1);
    });
    QTest::newRow("nothing") << "no-lines" << Change([](Return &r) { r.lines.clear(); });
    QTest::newRow("an unknown line") << "line-unknown"
                                     << Change([](Return &r) { r.lines[0].orderLine = 99; });
    QTest::newRow("a line twice") << "line-twice" << Change([](Return &r) {
        r.lines.push_back(r.lines[0]);
        r.lines[0].quantity = r.lines[1].quantity = Decimal{1};
    });
    QTest::newRow("an unknown reason")
        << "reason-unknown" << Change([](Return &r) { r.lines[0].reason = "because"; });
    QTest::newRow("no answer") << "question-missing" << Change([](Return &r) { r.answers.clear(); });
    QTest::newRow("a lower fee") << "fee" << Change([](Return &r) {
        r.lines[0].reason = "surplus";
        r.outcome = "credit";
        r.lines[0].feeBasisPoints = 1;
    });
    QTest::newRow("no photo") << "photo-missing" << Change([](Return &r) {
        r.lines[0].reason = "damaged";
        r.answers = {{1, "packing", "Wet"}, {1, "noted", "yes"}};
    });
    QTest::newRow("no such choice") << "answer-invalid" << Change([](Return &r) {
        r.lines[0].reason = "damaged";
        r.answers = {{1, "packing", "Ripped"}};
    });
    QTest::newRow("another outcome") << "outcome" << Change([](Return &r) { r.outcome = "repair"; });
    QTest::newRow("another order") << "order" << Change([](Return &r) { r.order = "SO-none"; });
    QTest::newRow("an order with a quote") << "order" << Change([](Return &r) { r.order = "x' OR '1'='1"; });
    QTest::newRow("control characters")
        << "text-unprintable" << Change([](Return &r) { r.comment = "\x07"; });
    QTest::newRow("no UTF-8") << "text-unprintable" << Change([](Return &r) { r.lines[0].comment = "\xff"; });
    QTest::newRow("too much text") << "too-long"
                                   << Change([](Return &r) { r.lines[0].comment = std::string(5'000, 'x'); });
    QTest::newRow("too many lines") << "too-many-lines" << Change([](Return &r) {
        r.lines.resize(mostReturnLines + 1, r.lines[0]);
    });
    QTest::newRow("too many files") << "too-many-files"
                                    << Change([](Return &r) { r.attachments.resize(mostAttachments + 1); });
}

void SandboxReturnsTest::saysWhyNot()
{
    QFETCH(const QString, code);
    QFETCH(const std::function<void(Return &)>, change);
    ReturnRules endless = orderFiles(*m_company->erp).begin()->second.rules;
    for (ReturnReason &reason : endless.reasons)
        reason.windowDays = 0;
    QVERIFY(m_company->erp->setReturnPolicy({{endless}, {}}).ok());
    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(1, file, line, {"wrong-sent", "surplus"}));
    Return asked = wanted(file, line.orderLine, Decimal::fromInteger(1));
    change(asked);
    QVERIFY(m_company->nothingHappens([&] {
        const CommandEffect effect = m_company->give(requesting("why-not", asked));
        QCOMPARE(int(effect.verdict), int(Verdict::Rejected));
        QCOMPARE(QString::fromStdString(effect.reasonCode), code);
        QVERIFY(effect.reason.ends_with('.') || effect.reason.ends_with('?'));
    }));
}

// Two who were offline ask for the same units; the second is told, and can ask for what is left.
void SandboxReturnsTest::theSameUnitsComeBackOnce()
{
    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(3, file, line));
    const Decimal most = line.returnable;
    const Decimal one = Decimal::fromInteger(1);
    QCOMPARE(made(wanted(file, line.orderLine, most - one), "r-1").status, std::string("requested"));
    const CommandEffect second
        = m_company->give(requesting("r-2", wanted(file, line.orderLine, Decimal::fromInteger(2))), "jonas");
    QCOMPARE(int(second.verdict), int(Verdict::Rejected));
    QCOMPARE(second.reasonCode, std::string("returned"));
    QVERIFY2(second.reason.find(" 1 can still come back") != std::string::npos, second.reason.c_str());
    QCOMPARE(made(wanted(file, line.orderLine, one), "r-3").status, std::string("requested"));
    QCOMPARE(m_company->give(requesting("r-4", wanted(file, line.orderLine, one))).reasonCode,
             std::string("returned"));
}

void SandboxReturnsTest::aRepAuthorisesAllPartOrNone()
{
    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(3, file, line));
    const Return seen = made(wanted(file, line.orderLine, Decimal::fromInteger(2)));

    Return none = seen;
    none.lines[0].authorised = {};
    QCOMPARE(m_company->give(deciding("d-0", seen, none), "sam").reasonCode, std::string("refusal-missing"));

    Return part = authorised(seen);
    part.lines[0].authorised = Decimal::fromInteger(1);
    part.lines[0].refusal = "One of them was opened.";
    QCOMPARE(int(m_company->give(deciding("d-1", seen, part), "sam").verdict), int(Verdict::Applied));
    const Return cut = m_company->record<Return>(seen.key);
    QCOMPARE(cut.status, std::string("authorised"));
    QCOMPARE(cut.units, Decimal::fromInteger(1));
    QCOMPARE(cut.decidedBy, std::string("sam"));
    QVERIFY(cut.expectedCredit < seen.expectedCredit);
    QVERIFY(!cut.returnTo.empty() && !cut.instructions.empty());
    QVERIFY(cut.labelPaid);

    // Until the goods are on their way the rep may think better of it.
    QCOMPARE(int(m_company->give(deciding("d-2", cut, authorised(cut)), "sam").verdict),
             int(Verdict::Applied));
    const Return whole = m_company->record<Return>(seen.key);
    QCOMPARE(whole.expectedCredit, seen.expectedCredit);

    Return refused = whole;
    refused.lines[0].authorised = {};
    refused.refusal = "It is not ours.";
    QCOMPARE(int(m_company->give(deciding("d-3", whole, refused), "sam").verdict), int(Verdict::Applied));
    const Return gone = m_company->record<Return>(seen.key);
    QCOMPARE(gone.status, std::string("refused"));
    QVERIFY(!gone.open);
    QCOMPARE(gone.refusal, std::string("It is not ours."));
    QCOMPARE(gone.expectedCredit, Amount());
    QCOMPARE(m_company->give(deciding("d-4", gone, authorised(gone)), "sam").reasonCode,
             std::string("return-decided"));
    // What was refused can be asked for again.
    QCOMPARE(made(wanted(file, line.orderLine, line.returnable), "r-2").status, std::string("requested"));
}

void SandboxReturnsTest::aRepCannotGiveMoreThanThereIs()
{
    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(3, file, line));
    const Return seen = made(wanted(file, line.orderLine, line.returnable - Decimal::fromInteger(1)));
    Return more = authorised(seen);
    more.lines[0].authorised = line.delivered + Decimal::fromInteger(1);
    QCOMPARE(m_company->give(deciding("d-1", seen, more), "sam").reasonCode, std::string("returned"));
    Return dearer = authorised(seen);
    dearer.lines[0].feeBasisPoints += 1;
    QCOMPARE(m_company->give(deciding("d-2", seen, dearer), "sam").reasonCode, std::string("not-the-reps"));
    Return odd = authorised(seen);
    odd.lines[0].disposition = "sell";
    QCOMPARE(m_company->give(deciding("d-3", seen, odd), "sam").reasonCode, std::string("disposition"));
    Return raised = authorised(seen);
    raised.lines[0].authorised = line.returnable;
    QCOMPARE(int(m_company->give(deciding("d-4", seen, raised), "sam").verdict), int(Verdict::Applied));
}

void SandboxReturnsTest::twoRepsConflict()
{
    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(2, file, line));
    const Return seen = made(wanted(file, line.orderLine, Decimal::fromInteger(2)));
    QCOMPARE(int(m_company->give(deciding("d-1", seen, authorised(seen)), "sam").verdict),
             int(Verdict::Applied));
    // The same decision is no second one; another one is a conflict.
    QCOMPARE(int(m_company->give(deciding("d-2", seen, authorised(seen)), "ada").verdict),
             int(Verdict::Applied));
    Return refused = seen;
    refused.refusal = "No.";
    const CommandEffect effect = m_company->give(deciding("d-3", seen, refused), "ada");
    QCOMPARE(int(effect.verdict), int(Verdict::Conflict));
    QCOMPARE(effect.theirs.as<Return>()->decidedBy, std::string("sam"));
    QCOMPARE(m_company->record<Return>(seen.key).events.size(), std::size_t(2));
}

void SandboxReturnsTest::whatIsTakenBackCanBeAskedForAgain()
{
    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(1, file, line));
    const Return first = made(wanted(file, line.orderLine, line.returnable), "r-1");
    QCOMPARE(int(m_company->give(retired("w-1", first)).verdict), int(Verdict::Applied));
    QCOMPARE(int(m_company->give(retired("w-2", first)).verdict), int(Verdict::Applied));
    const Return gone = m_company->record<Return>(first.key);
    QCOMPARE(gone.status, std::string("withdrawn"));
    QCOMPARE(gone.events.size(), std::size_t(2));
    QCOMPARE(made(wanted(file, line.orderLine, line.returnable), "r-2").status, std::string("requested"));
    QCOMPARE(m_company->give(deciding("d-1", gone, authorised(gone)), "sam").reasonCode,
             std::string("return-decided"));
}

void SandboxReturnsTest::buyerAndRepWriteToEachOther()
{
    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(1, file, line));
    const Return record = made(wanted(file, line.orderLine, Decimal::fromInteger(1)));
    Message message;
    message.account = record.account;
    message.ofReturn = record.key;
    message.text = "Is there a pallet to collect?\nWe close at 4.";
    const auto effect = m_company->give(newRecord("m-1", message, record.account));
    QCOMPARE(int(effect.verdict), int(Verdict::Applied));
    const Message kept = m_company->record<Message>(effect.target);
    QCOMPARE(kept.text, message.text);
    QCOMPARE(kept.author, std::string("maya"));
    QCOMPARE(kept.ofReturn, record.key);

    Message changed = kept;
    changed.text = "Never mind.";
    QCOMPARE(m_company->give(saved("m-2", kept, changed)).reasonCode, std::string("message-sent"));
    Message empty = message;
    empty.text.clear();
    QCOMPARE(m_company->give(newRecord("m-3", empty, record.account)).reasonCode,
             std::string("text-missing"));
    Message elsewhere = message;
    elsewhere.ofReturn = "RMA-1";
    QCOMPARE(m_company->give(newRecord("m-4", elsewhere, record.account)).reasonCode,
             std::string("target-missing"));
    QCOMPARE(m_company->give(newRecord("m-5", message, record.account == jonas ? harbour : jonas)).reasonCode,
             std::string("target-missing"));
    Message endless = message;
    endless.text.assign(mostMessageCharacters + 1, 'x');
    QCOMPARE(m_company->give(newRecord("m-6", endless, record.account)).reasonCode,
             std::string("text-too-long"));
}

void SandboxReturnsTest::keepsNotesOfACustomer()
{
    Note note;
    note.text = "Wants to be called,\nnot written to.";
    const auto effect = m_company->give(newRecord("n-1", note, harbour), "sam");
    QCOMPARE(int(effect.verdict), int(Verdict::Applied));
    const Note kept = m_company->record<Note>(effect.target);
    QCOMPARE(kept.text, note.text);
    QCOMPARE(kept.author, std::string("sam"));
    QCOMPARE(kept.account, harbour);
    QVERIFY(kept.at.isSet());
    QCOMPARE(m_company->give(newRecord("n-2", note, std::string("A-none")), "sam").reasonCode,
             std::string("target-missing"));
    QCOMPARE(m_company->give(saved("n-3", kept, kept), "sam").reasonCode, std::string("note-kept"));
    note.text = std::string(mostNoteCharacters + 1, 'x');
    QCOMPARE(m_company->give(newRecord("n-4", note, harbour), "sam").reasonCode,
             std::string("text-too-long"));
    note.text.clear();
    QCOMPARE(m_company->give(newRecord("n-5", note, harbour), "sam").reasonCode,
             std::string("text-unprintable"));
}

// RMA-10, 11: from the request to the memo, which names the return, and has its paper.
void SandboxReturnsTest::goesOnToACreditMemo()
{
    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(1, file, line, {"surplus"}));
    const Return seen = made(wanted(file, line.orderLine, Decimal::fromInteger(1), "surplus"));
    QCOMPARE(int(m_company->give(deciding("d-1", seen, authorised(seen)), "sam").verdict),
             int(Verdict::Applied));
    const Return end = atItsEnd(seen.key);
    QCOMPARE(end.status, std::string("credited"));
    std::string codes;
    for (const ReturnEvent &event : end.events)
        codes += event.code + ' ';
    QCOMPARE(codes, std::string("requested authorised in-transit received inspected credited "));
    QCOMPARE(end.postedCredit, seen.expectedCredit);
    const Invoice memo = m_company->record<Invoice>(end.creditMemo);
    QVERIFY(memo.credit);
    QCOMPARE(memo.ofReturn, end.key);
    QCOMPARE(-memo.total, end.postedCredit);
    QCOMPARE(memo.number, end.creditMemoNumber);
    bool hasPaper = false;
    for (const auto &[key, document] : records<Document>(*m_company->erp))
        hasPaper |= document.invoice == memo.key && document.paper == Paper::creditMemo;
    QVERIFY(hasPaper);
}

void SandboxReturnsTest::aReplacementIsAnOrder()
{
    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(1, file, line));
    Return asked = wanted(file, line.orderLine, Decimal::fromInteger(1));
    asked.outcome = "replacement";
    const Return seen = made(asked);
    QCOMPARE(int(m_company->give(deciding("d-1", seen, authorised(seen)), "sam").verdict),
             int(Verdict::Applied));
    const Return end = atItsEnd(seen.key);
    QCOMPARE(end.status, std::string("credited"));
    const Order order = m_company->record<Order>(end.replacement);
    QCOMPARE(order.number, end.replacementNumber);
    QCOMPARE(order.account, end.account);
    QCOMPARE(order.lines.size(), std::size_t(1));
    QCOMPARE(order.lines[0].sku, end.lines[0].sku);
    QCOMPARE(order.lines[0].ordered, end.lines[0].accepted);
}

void SandboxReturnsTest::rulesAreTold()
{
    const auto first = records<ReturnRules>(*m_company->erp);
    QCOMPARE(first.size(), std::size_t(1));
    ReturnRules general = first.begin()->second;
    ReturnRules agreement = general;
    agreement.account = jonas;
    agreement.accepts = false;
    general.reasons[0].windowDays = 7;
    const auto set = m_company->erp->setReturnPolicy({{general, agreement}, {{{}, {}, {}, "Anna", "admin"}}});
    QVERIFY(set.ok());
    const auto rules = records<ReturnRules>(*m_company->erp);
    QCOMPARE(rules.size(), std::size_t(2));
    QCOMPARE(rules.at(general.key).reasons[0].windowDays, 7);
    QVERIFY(!rules.at("RR-" + jonas).accepts);

    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(1, file, line));
    const Return asked = wanted(file, line.orderLine, Decimal::fromInteger(1));
    const CommandEffect effect = m_company->give(requesting("r-1", asked));
    if (file.order.account == jonas)
        QCOMPARE(effect.reasonCode, std::string("agreement"));
    else
        QCOMPARE(m_company->record<Return>(effect.target).decidingRole, std::string("admin"));

    // What is no longer agreed is as for everybody, and saying the same again is no change.
    QVERIFY(m_company->erp->setReturnPolicy({{general}, {}}).ok());
    QVERIFY(records<ReturnRules>(*m_company->erp).at("RR-" + jonas).accepts);
    QVERIFY(m_company->nothingHappens([&] {
        QVERIFY(m_company->erp->setReturnPolicy({{general}, {}}).ok());
    }));
}

void SandboxReturnsTest::aRequestIsMadeOnce()
{
    OrderFile file;
    ReturnableLine line;
    QVERIFY(findLine(2, file, line));
    const Return asked = wanted(file, line.orderLine, Decimal::fromInteger(1));
    const Return record = made(asked);
    QVERIFY(m_company->open({.scale = 500})); // died and came again
    QVERIFY(m_company->nothingHappens([&] {
        const CommandEffect again = m_company->give(requesting("r-1", asked));
        QCOMPARE(int(again.verdict), int(Verdict::Applied));
        QCOMPARE(again.target, record.key);
    }));
}

CORE_TEST(SandboxReturnsTest)
#include "tst_sandboxreturns.moc"
