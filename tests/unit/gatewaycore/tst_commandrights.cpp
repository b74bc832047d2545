#include "commandfixture.h"
#include "message.h"
#include "note.h"
#include "return.h"
#include "scope.h"
#include "testentry.h"

using namespace Counterfoil;
using namespace Counterfoil::Testing;

// Who may ask for what, and what somebody who gains accounts has to fetch.
class CommandRightsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void byRole_data();
    void byRole();
    void ownProfile();
    void returnsAreTheSuppliersToDecide();
    void nobodyWritesForTheOtherSide();
    void notesAreWrittenByTheSupplier();
    void whoSeesNoInvoicesSeesNoCredit();
    void outOfSight_data();
    void outOfSight();
    void supplierWide();
    void listsWhatIsBeyond();
    void beyondIsRefusedWhenInDoubt();
    void beyondIsRefusedWhenSomethingWasLost();
    void restoredStoreWaitsForTheErp();
};

void CommandRightsTest::byRole_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<bool>("may");
    for (const Role &role : roles()) {
        const QString name = QString::fromUtf8(role.name.data(), static_cast<int>(role.name.size()));
        QTest::newRow(qPrintable(name))
            << name << (role.name == "buyer" || role.name == "csr" || role.name == "admin");
    }
    QTest::newRow("visitor") << QStringLiteral("visitor") << false;
}

void CommandRightsTest::byRole()
{
    QFETCH(QString, role);
    QFETCH(bool, may);
    Commands gateway;
    gateway.user("pat", role.toStdString(), {"A"});
    const auto pat = gateway.token("pat");
    Command contact;
    contact.verb = "save";
    contact.kind = &Contact::type;
    contact.account = "A";
    contact.record = AnyRecord(Contact::type);
    std::vector<Command> all{saveAddress({}, "A", {}, "Leeds"),
                             saveAddress({}, "A", "ADR-A", "Leeds", "Hull"), retireAddress({}, "A", "ADR-A"),
                             saveDefault({}, "A", "ADR-A"), contact};
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].key = "k-" + std::to_string(i);
        QCOMPARE(gateway.refusal(pat, all[i]), std::string(may ? "" : "forbidden"));
    }
    QCOMPARE(gateway.erp.executed.size(), may ? all.size() : 0U);
}

// Whoever they are, people may change the contact that they are themselves, and no other.
void CommandRightsTest::ownProfile()
{
    Commands gateway;
    gateway.erp.contact("CON-A2", "A");
    gateway.erp.contact("CON-S", {});
    gateway.pumpAll();
    User eve = **gateway.store->people().user("eve");
    eve.contact = "CON-A";
    QVERIFY(gateway.store->people().putUser(eve));
    QCOMPARE(gateway.signIn("eve").contact, std::string("CON-A"));
    const auto token = gateway.token("eve");
    Command command;
    command.key = "k-1";
    command.verb = "save";
    command.kind = &Contact::type;
    command.account = "A";
    command.target = "CON-A";
    command.record = AnyRecord(Contact::type);
    command.record.as<Contact>()->name = "Eve";
    QCOMPARE(gateway.refusal(token, command), std::string());
    const auto refused = [&](const std::string &key, const std::function<void(Command &)> &change) {
        Command other = command;
        other.key = key;
        change(other);
        return gateway.refusal(token, other);
    };
    QCOMPARE(refused("k-2", [](Command &c) { c.target = "CON-A2"; }), "forbidden");
    QCOMPARE(refused("k-3", [](Command &c) { c.target.clear(); }), "forbidden");
    QCOMPARE(refused("k-4", [](Command &c) { c.account = "B"; }), "not-found");
    QCOMPARE(refused("k-5",
                     [](Command &c) {
                         c.verb = "retire";
                         c.record = {};
                     }),
             "forbidden");
    eve.contact = "CON-S";
    QVERIFY(gateway.store->people().putUser(eve));
    QCOMPARE(refused("k-6",
                     [](Command &c) {
                         c.target = "CON-S";
                         c.account.clear();
                     }),
             "");
    // Of the supplier, as a buyer.
    command.key = "k-7";
    command.target = "CON-S";
    command.account.clear();
    QCOMPARE(gateway.refusal(gateway.ann, command), "not-found");
}

// A buyer asks, a rep decides; where the supplier says so, an administrator alone.
void CommandRightsTest::returnsAreTheSuppliersToDecide()
{
    Commands gateway;
    for (const auto &[key, account, role] :
         {std::tuple{"R-A", "A", "csr"}, std::tuple{"R-dear", "A", "admin"}, std::tuple{"R-B", "B", "csr"}}) {
        auto record = std::make_shared<Return>();
        record->key = key;
        record->account = account;
        record->decidingRole = role;
        gateway.erp.put(&Return::type, key, account, AnyRecord(record));
    }
    gateway.pumpAll();
    gateway.user("root", "admin");
    gateway.user("mia", "approver", {"A"});
    gateway.user("own", "admin", {"A"}); // the customer's administrator
    int count = 0;
    const auto said = [&](const char *who, const char *verb, const std::string &target,
                          const std::string &account = "A") {
        Command command;
        command.key = "k-" + std::to_string(++count);
        command.verb = verb;
        command.kind = &Return::type;
        command.account = account;
        command.target = target;
        if (carriesRecord(verb)) {
            auto record = std::make_shared<Return>();
            record->order = account == "A" ? "a-1" : "b-1";
            command.record = AnyRecord(record);
            if (!target.empty())
                command.base = AnyRecord(Return::type);
        }
        return gateway.refusal(gateway.token(who), command);
    };
    QCOMPARE(said("ann", "request", {}), "");
    QCOMPARE(said("sam", "request", {}), "");
    QCOMPARE(said("eve", "request", {}), "forbidden");
    QCOMPARE(said("mia", "request", {}), "forbidden");
    QCOMPARE(said("ann", "request", {}, "B"), "not-found");
    QCOMPARE(said("ann", "decide", "R-A"), "forbidden");
    QCOMPARE(said("mia", "decide", "R-A"), "forbidden");
    QCOMPARE(said("eve", "retire", "R-A"), "forbidden");
    QCOMPARE(said("bob", "retire", "R-A"), "not-found");
    QCOMPARE(said("bob", "retire", "R-A", "B"), "not-found");
    QCOMPARE(said("own", "request", {}), "");
    QCOMPARE(said("own", "decide", "R-A"), "forbidden");
    QCOMPARE(said("own", "decide", "R-dear"), "forbidden");
    QCOMPARE(said("sam", "decide", "R-dear"), "forbidden");
    QCOMPARE(said("root", "decide", "R-dear"), "");
    QCOMPARE(said("sam", "decide", "R-A"), "");
}

void CommandRightsTest::nobodyWritesForTheOtherSide()
{
    Commands gateway;
    auto record = std::make_shared<Return>();
    record->key = "R-A";
    record->account = "A";
    gateway.erp.put(&Return::type, "R-A", "A", AnyRecord(record));
    gateway.pumpAll();
    gateway.user("own", "admin", {"A"});
    int count = 0;
    const auto said = [&](const char *who, bool fromSupplier) {
        auto message = std::make_shared<Message>();
        message->ofReturn = "R-A";
        message->text = "Hello";
        message->fromSupplier = fromSupplier;
        Command command;
        command.key = "m-" + std::to_string(++count);
        command.verb = "save";
        command.kind = &Message::type;
        command.account = "A";
        command.record = AnyRecord(message);
        return gateway.refusal(gateway.token(who), command);
    };
    QCOMPARE(said("ann", false), "");
    QCOMPARE(said("ann", true), "forbidden");
    QCOMPARE(said("own", false), "");
    QCOMPARE(said("own", true), "forbidden");
    QCOMPARE(said("sam", true), "");
    QCOMPARE(said("sam", false), "forbidden");
    QCOMPARE(said("bob", false), "not-found");
    QCOMPARE(said("eve", false), "forbidden");
}

void CommandRightsTest::notesAreWrittenByTheSupplier()
{
    Commands gateway;
    gateway.user("pet", "admin", {"A"}); // the customer's administrator
    gateway.user("root", "admin");
    int count = 0;
    const auto said = [&](const char *who, const std::string &account = "A") {
        auto note = std::make_shared<Note>();
        note->text = "Hello";
        Command command;
        command.key = "n-" + std::to_string(++count);
        command.verb = "save";
        command.kind = &Note::type;
        command.account = account;
        command.record = AnyRecord(note);
        return gateway.refusal(gateway.token(who), command);
    };
    QCOMPARE(said("sam"), "");
    QCOMPARE(said("root", "B"), "");
    for (const char *who : {"ann", "eve", "pet"})
        QCOMPARE(said(who), "forbidden");
}

void CommandRightsTest::whoSeesNoInvoicesSeesNoCredit()
{
    Commands gateway;
    auto record = std::make_shared<Return>();
    record->key = "R-A";
    record->account = "A";
    record->status = "credited";
    record->expectedCredit = {120};
    record->postedCredit = {100};
    record->creditMemo = record->creditMemoNumber = "CM-1";
    record->creditRemark = "One of them was used.";
    record->invoice = record->invoiceNumber = "INV-1";
    record->events = {{1, gateway.clock.now(), "credited", {}, "Credited", "CM-1"}};
    gateway.erp.put(&Return::type, "R-A", "A", AnyRecord(record));
    gateway.pumpAll();
    const auto seenBy = [&](const char *who) {
        const auto page = gateway.list(gateway.token(who), "return");
        const Return *row
            = page.page.changes.size() == 1 ? page.page.changes.front().record.as<Return>() : nullptr;
        return row ? *row : Return();
    };
    QVERIFY(equal(Return::type, record.get(), std::make_unique<Return>(seenBy("ann")).get()));
    gateway.user("pat", "buyer", {"A"});
    User pat = **gateway.store->people().user("pat");
    pat.invoicesWithheld = true;
    QVERIFY(gateway.store->people().putUser(pat));
    const Return goods = seenBy("pat");
    QCOMPARE(goods.status, std::string("credited"));
    QCOMPARE(goods.expectedCredit, record->expectedCredit);
    for (const std::string &text : {goods.creditMemo, goods.creditMemoNumber, goods.creditRemark,
                                    goods.invoice, goods.invoiceNumber, goods.events.front().reference})
        QCOMPARE(text, std::string());
    QCOMPARE(goods.postedCredit, Amount());
    QCOMPARE(seenBy("eve").expectedCredit, Amount());
    QCOMPARE(seenBy("eve").events.size(), std::size_t(1));
}

void CommandRightsTest::outOfSight_data()
{
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("sees");
    const auto row = [](const char *name, const char *account, const char *target, bool sees) {
        QTest::newRow(name) << QString::fromLatin1(account) << QString::fromLatin1(target) << sees;
    };
    row("own", "A", "ADR-A", true);
    row("of a branch", "A1", "ADR-A1", true);
    row("new", "A1", "", true);
    row("of another company", "B", "ADR-B", false);
    row("under one's own account", "A", "ADR-B", false);
    row("under another branch", "A", "ADR-A1", false);
    row("nowhere", "A", "ADR-Z", false);
    row("no such account", "Z", "", false);
    row("no account", "", "", false);
    row("new for others", "B", "", false);
}

void CommandRightsTest::outOfSight()
{
    QFETCH(QString, account);
    QFETCH(QString, target);
    QFETCH(bool, sees);
    Commands gateway;
    const std::string key = target.toStdString();
    const auto save = saveAddress("k-1", account.toStdString(), key, "Leeds", key.empty() ? "" : "Hull");
    QCOMPARE(gateway.refusal(gateway.ann, save), sees ? "" : "not-found");
    QVERIFY(gateway.post(gateway.ann, save).body.find("Secretville") == std::string::npos);
    const std::string link = gateway.refusal(gateway.ann, saveDefault("k-2", "A", key));
    QCOMPARE(link, key.empty() || key == "ADR-A" ? "" : "not-found");
}

void CommandRightsTest::supplierWide()
{
    Commands gateway;
    const auto sam = gateway.token("sam");
    QCOMPARE(gateway.refusal(sam, saveAddress("k-1", "B", "ADR-B", "Leeds", "Secretville")), "");
    QCOMPARE(gateway.refusal(sam, saveAddress("k-2", "Z", {}, "Leeds")), "not-found");
    QCOMPARE(gateway.erp.actors, Keys{"sam"});
    QVERIFY(gateway.outcome(sam, "k-1").state == State::Applied);
}

void CommandRightsTest::listsWhatIsBeyond()
{
    Commands gateway;
    const auto old = gateway.snapshotCursor(gateway.ann);
    gateway.erp.order("a-2", "A");
    for (int i = 0; i < 5; ++i)
        gateway.erp.order("b-2" + std::to_string(i), "B");
    gateway.pumpAll();
    gateway.user("ann", "buyer", {"A", "B"});
    auto refused = gateway.changes(gateway.ann, old);
    QCOMPARE(problemName(refused), "scope-changed");
    QVERIFY(!refused.problem.redactionsChanged);
    const auto answer = gateway.send("POST", "/v1/snapshot", gateway.ann, {}, {{"beyond", old}});
    QCOMPARE(answer.status, 200);
    const auto snapshot = decode<SnapshotAnswer>(answer.body);
    QVERIFY(!snapshot->listing.empty());
    QCOMPARE(cursorOf(snapshot->cursor).sequence, cursorOf(old).sequence);
    Keys listed;
    std::string next = snapshot->listing;
    for (bool more = true; more;) {
        const auto page = gateway.list(gateway.ann, "order", 2, next, snapshot->cursor);
        QCOMPARE(page.status, 200);
        QCOMPARE(page.page.head.total, 6);
        for (const std::string &key : page.keys())
            listed.push_back(key);
        more = page.page.head.more;
        next = page.page.head.to;
    }
    std::ranges::sort(listed);
    QCOMPARE(listed, (Keys{"b-1", "b-20", "b-21", "b-22", "b-23", "b-24"}));
    QCOMPARE(gateway.list(gateway.ann, "account", 10, snapshot->listing, snapshot->cursor).keys(), Keys{"B"});
    QVERIFY(gateway.list(gateway.ann, "status", 10, snapshot->listing, snapshot->cursor).keys().empty());
    // The rest is in the replay.
    const auto replay = gateway.changes(gateway.ann, snapshot->cursor);
    QCOMPARE(replay.status, 200);
    QVERIFY(std::ranges::count(replay.keys(), "a-2") == 1);
    QCOMPARE(replay.page.head.toSeq, gateway.store->logState()->last);
}

void CommandRightsTest::beyondIsRefusedWhenInDoubt()
{
    Commands gateway;
    const auto old = gateway.snapshotCursor(gateway.ann);
    const auto beyond = [&](const std::string &cursor) {
        return gateway.problemOf(gateway.send("POST", "/v1/snapshot", gateway.ann, {}, {{"beyond", cursor}}));
    };
    QCOMPARE(beyond("nonsense"), "malformed");
    Cursor cursor = cursorOf(old);
    cursor.scope = std::string(32, 'a');
    QCOMPARE(beyond(cursor.toString()), "cursor-expired"); // nobody knows what it could see
    cursor = cursorOf(old);
    cursor.sequence += 1'000;
    QCOMPARE(beyond(cursor.toString()), "cursor-ahead");
    cursor.epoch = std::string(36, '0');
    QCOMPARE(beyond(cursor.toString()), "cursor-other-epoch");
    gateway.user("ann", "viewer", {"A", "B"});
    QCOMPARE(beyond(old), "cursor-expired"); // what is withheld differs
    gateway.user("ann", "csr");
    QCOMPARE(beyond(old), "cursor-expired"); // everything
    // A listing of nothing new is empty, not everything.
    gateway.user("ann", "buyer", {"A"});
    const auto same = decode<SnapshotAnswer>(
        gateway.send("POST", "/v1/snapshot", gateway.ann, {}, {{"beyond", old}}).body);
    QVERIFY(gateway.list(gateway.ann, "order", 10, same->listing, same->cursor).keys().empty());
    QCOMPARE(gateway.list(gateway.ann, "order", 10, "n1.0..zz", same->cursor).status, 400);
}

// Whoever asks for what is new alone would keep the rest.
void CommandRightsTest::beyondIsRefusedWhenSomethingWasLost()
{
    Commands gateway;
    const auto old = gateway.snapshotCursor(gateway.ann);
    gateway.user("ann", "buyer", {"A", "B"});
    const auto more = gateway.send("POST", "/v1/snapshot", gateway.ann, {}, {{"beyond", old}});
    QCOMPARE(more.status, 200);
    const auto listing = decode<SnapshotAnswer>(more.body);
    // Between the question and the pages, too.
    gateway.user("ann", "buyer", {"B"});
    QCOMPARE(gateway.problemOf(gateway.send("POST", "/v1/snapshot", gateway.ann, {}, {{"beyond", old}})),
             "scope-changed");
    QVERIFY(gateway.list(gateway.ann, "order", 10, listing->listing, listing->cursor).keys().empty());
}

// What is listed after a restore is never older than what clients were told before.
void CommandRightsTest::restoredStoreWaitsForTheErp()
{
    Commands gateway;
    const QString copy = gateway.backup();
    gateway.pumpAll();
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.settle();
    const auto told = gateway.outcome(gateway.ann, "k-1").effectSeq;
    gateway.putBack(copy);
    QCOMPARE(gateway.send("POST", "/v1/snapshot", gateway.ann).status, 503);
    gateway.pumpAll();
    QVERIFY(cursorOf(gateway.snapshotCursor(gateway.ann)).sequence > told);
    const auto page = gateway.list(gateway.ann, "address");
    const auto row = std::ranges::find(page.page.changes, "ADR-A", &Change::key);
    QCOMPARE(row->record.as<Address>()->city, std::string("Leeds"));
}

CORE_TEST(CommandRightsTest)
#include "tst_commandrights.moc"
