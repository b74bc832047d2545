#include "random.h"
#include "sandboxpeople.h"
#include "smallcompany.h"
#include "testentry.h"

#include <QTest>

using namespace CommandedCompany;

// What becomes of a command at the sandbox, and that it becomes that once.
class SandboxCommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aNewAddressIsLookedAtAndConfirmed();
    void aKeyTakesEffectOnce();
    void nothingIsKnownOfWhatWasNotApplied();
    void whoCameFirstWins();
    void whatIsWantedAlreadyIsNoConflict();
    void theCompanysOwnWordIsNoConflict();
    void aChainMadeOffline();
    void whatIsUsualStays();
    void retiredStaysOnRecord();
    void onesOwnProfile();
    void hostileTextIsOnlyText();
    void aFileThatCannotBeWrittenLeavesNothing();
    void whoDidWhat();
    void manyCommandsSentOften();

private:
    std::unique_ptr<SmallCompany> m_company;
};

void SandboxCommandsTest::init()
{
    m_company = std::make_unique<SmallCompany>();
    QVERIFY(m_company->open());
}

void SandboxCommandsTest::cleanup()
{
    QCOMPARE(booksThatDoNotAddUp(m_company->path()).join(u'\n'), QString());
}

void SandboxCommandsTest::aNewAddressIsLookedAtAndConfirmed()
{
    Held held;
    const std::string before = follow(*m_company->erp, held, {});
    int calls = 0;
    m_company->erp->setChangeCallback([&calls] { ++calls; });
    const CommandEffect effect = m_company->give(newRecord("k1", goodAddress()));
    QVERIFY(effect.verdict == Verdict::Applied);
    QCOMPARE(calls, 1);
    Held changed;
    QVERIFY(!follow(*m_company->erp, changed, before).empty());
    QCOMPARE(changed.size(), std::size_t{1});
    const auto &change = changed.begin()->second;
    QCOMPARE(change.key, effect.target);
    QCOMPARE(change.account, harbour);
    QCOMPARE(change.time, today);
    const Address pending = *change.record.as<Address>();
    QCOMPARE(pending.status, std::string("pending"));
    QVERIFY(pending.current && pending.reason.empty() && pending.key == effect.target);
    const Address wanted = goodAddress();
    QVERIFY(equalEditable(Address::type, &pending, &wanted));
    // Some hours of the company's later, which are seconds here, somebody has looked at it.
    QVERIFY(live(*m_company->erp, later(60)) > 0);
    QCOMPARE(m_company->record<Address>(effect.target).status, std::string("confirmed"));

    const CommandEffect person = m_company->give(newRecord("k2", goodContact()));
    QVERIFY(person.verdict == Verdict::Applied);
    QCOMPARE(m_company->record<Contact>(person.target).status, std::string("pending"));
    QVERIFY(m_company->open()); // it is not forgotten
    QVERIFY(live(*m_company->erp, later(120)) > 0);
    QCOMPARE(m_company->record<Contact>(person.target).status, std::string("confirmed"));
}

void SandboxCommandsTest::aKeyTakesEffectOnce()
{
    const Command command = newRecord("k1", goodAddress());
    const CommandEffect first = m_company->give(command);
    QVERIFY(first.verdict == Verdict::Applied);
    Address other = goodAddress();
    other.name = "Another wish";
    QVERIFY(m_company->nothingHappens([&] {
        for (int life = 0; life < 3; ++life) {
            for (const Command &again :
                 {command, newRecord("k1", other), retired("k1", m_company->anyOf<Address>(jonas))}) {
                const CommandEffect effect = m_company->give(again, "somebody else");
                QVERIFY(effect.verdict == Verdict::Applied);
                QCOMPARE(effect.target, first.target);
            }
            const auto found = m_company->erp->findByKey("k1");
            QVERIFY(found && *found && (*found)->verdict == Verdict::Applied);
            QCOMPARE((*found)->target, first.target);
            QVERIFY(m_company->open());
        }
    }));
    QCOMPARE(m_company->count("SELECT count(*) FROM audit WHERE command='k1'"), 1);
    QCOMPARE(m_company->count("SELECT count(*) FROM commands WHERE key='k1' AND actor='maya'"), 1);
}

void SandboxCommandsTest::nothingIsKnownOfWhatWasNotApplied()
{
    const auto knows = [this](const char *key) {
        const auto found = m_company->erp->findByKey(key);
        return !found || *found;
    };
    QVERIFY(!knows("k1") && !knows("") && !knows("' OR 1=1 --"));
    Address bad = goodAddress();
    bad.country = "XQ";
    QVERIFY(m_company->give(newRecord("k1", bad)).verdict == Verdict::Rejected);
    QVERIFY(!knows("k1"));
    // Judged anew when it is asked for again.
    QVERIFY(m_company->give(newRecord("k1", goodAddress())).verdict == Verdict::Applied);
    QVERIFY(knows("k1"));
}

void SandboxCommandsTest::whoCameFirstWins()
{
    const Address base = m_company->anyOf<Address>(harbour);
    Address theirs = base;
    theirs.street = "1 Their Street";
    QVERIFY(m_company->erp->editAddress(theirs, later(1)));
    Address mine = base;
    mine.phone = "+44 1632 960999"; // another field: it is still another record than I saw
    CommandEffect effect;
    QVERIFY(m_company->nothingHappens([&] { effect = m_company->give(saved("k1", base, mine)); }));
    QVERIFY(effect.verdict == Verdict::Conflict);
    QCOMPARE(effect.target, base.key);
    QCOMPARE(effect.theirVersion, 2);
    const auto *told = effect.theirs.as<Address>();
    QVERIFY(told && told->street == "1 Their Street" && told->account == harbour);
    QVERIFY(told->status == "confirmed");
    CommandEffect leaving;
    Command retire = retired("k2", m_company->anyOf<Contact>(harbour));
    Contact person = m_company->anyOf<Contact>(harbour);
    retire.base = any(person);
    person.role = "Director";
    QVERIFY(m_company->erp->editContact(person, later(2)));
    QVERIFY(m_company->nothingHappens([&] { leaving = m_company->give(retire); }));
    QVERIFY(leaving.verdict == Verdict::Conflict);
    // Whoever has seen theirs may insist.
    mine.street = told->street;
    QVERIFY(m_company->give(saved("k3", *told, mine)).verdict == Verdict::Applied);
    QCOMPARE(m_company->record<Address>(base.key).phone, mine.phone);
}

void SandboxCommandsTest::whatIsWantedAlreadyIsNoConflict()
{
    const Address base = m_company->anyOf<Address>(harbour);
    Address both = base;
    both.street = "1 New Street";
    QVERIFY(m_company->erp->editAddress(both, later(1)));
    Held held;
    const std::string before = follow(*m_company->erp, held, {});
    const CommandEffect effect = m_company->give(saved("k1", base, both));
    QVERIFY(effect.verdict == Verdict::Applied);
    QCOMPARE(effect.target, base.key);
    QCOMPARE(follow(*m_company->erp, held, before), before); // nothing changed
    QCOMPARE(m_company->record<Address>(base.key).status, std::string("confirmed"));
    QCOMPARE(m_company->count("SELECT count(*) FROM audit WHERE command='k1'"), 1);
    QCOMPARE(m_company->count(
                 "SELECT count(*) FROM auditValues v JOIN audit a ON a.id=v.audit WHERE command='k1'"),
             0);
}

void SandboxCommandsTest::theCompanysOwnWordIsNoConflict()
{
    const CommandEffect made = m_company->give(newRecord("k1", goodAddress()));
    const Address base = m_company->record<Address>(made.target);
    QVERIFY(live(*m_company->erp, later(60)) > 0); // pending becomes confirmed
    Address mine = base;
    mine.attention = "Gate 4";
    QVERIFY(m_company->give(saved("k2", base, mine)).verdict == Verdict::Applied);
}

// A new address, made the usual one, changed, and the one that it replaces retired: all before any answer.
void SandboxCommandsTest::aChainMadeOffline()
{
    const Account base = m_company->record<Account>(harbour);
    const Address first = goodAddress();
    const CommandEffect made = m_company->give(newRecord("k1", first));
    Account wanted = base;
    wanted.defaultShipTo = made.target; // the gateway has put the key where the reference was
    QVERIFY(m_company->give(saved("k2", base, wanted)).verdict == Verdict::Applied);
    Address second = first;
    second.postalCode = "LS2 9JT";
    Command change = saved("k3", first, second);
    change.target = made.target;
    change.account = harbour;
    change.after = "k1";
    QVERIFY(m_company->give(change).verdict == Verdict::Applied);
    QVERIFY(live(*m_company->erp, later(60)) > 0);
    QCOMPARE(m_company->record<Account>(harbour).defaultShipTo, made.target);
    const Address now = m_company->record<Address>(made.target);
    QCOMPARE(now.postalCode, second.postalCode);
    QCOMPARE(now.status, std::string("confirmed"));
    Account billed = wanted;
    billed.defaultBillTo = base.defaultShipTo;
    const CommandEffect effect = m_company->give(saved("k4", wanted, billed));
    const bool isForBills = m_company->record<Address>(base.defaultShipTo).billTo;
    QCOMPARE(effect.reasonCode, std::string(isForBills ? "" : "default-not-bill-to"));
}

void SandboxCommandsTest::whatIsUsualStays()
{
    const Account base = m_company->record<Account>(harbour);
    const auto refused = [&](const std::string &shipTo, const std::string &billTo) {
        Account wanted = base;
        wanted.defaultShipTo = shipTo;
        wanted.defaultBillTo = billTo;
        CommandEffect effect;
        if (!m_company->nothingHappens([&] { effect = m_company->give(saved("d", base, wanted)); }))
            return std::string("something happened");
        return effect.reasonCode;
    };
    QCOMPARE(refused({}, base.defaultBillTo), std::string("default-missing"));
    QCOMPARE(refused("AD-99999", base.defaultBillTo), std::string("default-not-of-account"));
    QCOMPARE(refused(resultOf("k0"), base.defaultBillTo), std::string("default-not-of-account"));
    QCOMPARE(refused(m_company->anyOf<Address>(jonas).key, base.defaultBillTo),
             std::string("default-not-of-account"));
    const std::string goods = m_company->give(newRecord("k1", goodAddress())).target;
    QCOMPARE(refused(base.defaultShipTo, goods), std::string("default-not-bill-to"));
    Address bills = goodAddress();
    bills.shipTo = false;
    bills.billTo = true;
    QCOMPARE(refused(m_company->give(newRecord("k2", bills)).target, base.defaultBillTo),
             std::string("default-not-ship-to"));
    Address bad = goodAddress();
    bad.postalCode = "1";
    const std::string odd = m_company->give(newRecord("k3", bad)).target;
    QVERIFY(live(*m_company->erp, later(60)) > 0);
    QCOMPARE(refused(odd, base.defaultBillTo), std::string("default-refused"));
    QVERIFY(m_company->give(retired("k4", m_company->record<Address>(goods))).verdict == Verdict::Applied);
    QCOMPARE(refused(goods, base.defaultBillTo), std::string("default-retired"));
    // Nor does it cease to be for what it is usual for.
    const Address usual = m_company->record<Address>(base.defaultBillTo);
    Address useless = usual;
    useless.billTo = false;
    useless.shipTo = true;
    QCOMPARE(m_company->give(saved("k5", usual, useless)).reasonCode, std::string("address-is-default"));
    QCOMPARE(m_company->give(retired("k6", usual)).reasonCode, std::string("address-is-default"));
}

void SandboxCommandsTest::retiredStaysOnRecord()
{
    const std::string key = m_company->give(newRecord("k1", goodAddress())).target;
    const Address before = m_company->record<Address>(key);
    QVERIFY(m_company->give(retired("k2", before)).verdict == Verdict::Applied);
    QVERIFY(live(*m_company->erp, later(60)) > 0); // also when somebody was to look at it still
    const Address after = m_company->record<Address>(key);
    QCOMPARE(after.status, std::string("retired"));
    QVERIFY(!after.current && equalEditable(Address::type, &before, &after));
    Address wanted = after;
    wanted.phone = "+44 1632 960000";
    QCOMPARE(m_company->give(saved("k3", after, wanted)).reasonCode, std::string("target-retired"));
    // Two people retire it: both have what they want.
    Held held;
    const std::string position = follow(*m_company->erp, held, {});
    QVERIFY(m_company->give(retired("k4", after)).verdict == Verdict::Applied);
    QCOMPARE(follow(*m_company->erp, held, position), position);
    const Contact person = m_company->anyOf<Contact>(jonas);
    QVERIFY(m_company->give(retired("k5", person), "jonas").verdict == Verdict::Applied);
    QVERIFY(!m_company->record<Contact>(person.key).current);
}

void SandboxCommandsTest::onesOwnProfile()
{
    for (const SandboxPerson &person : sandboxPeople()) {
        const Contact base = m_company->record<Contact>(person.contact);
        QCOMPARE(base.name, person.displayName);
        QCOMPARE(base.account, person.accounts.empty() ? std::string() : person.accounts.front());
        Contact wanted = base;
        wanted.mobile = "+44 1632 960777";
        QVERIFY(m_company->give(saved("p-" + person.user, base, wanted), person.user).verdict
                == Verdict::Applied);
        QCOMPARE(m_company->record<Contact>(person.contact).mobile, wanted.mobile);
    }
}

void SandboxCommandsTest::hostileTextIsOnlyText()
{
    const std::string texts[] = {
        "'; DROP TABLE addresses; --",
        "\"quoted\" \\ back",
        "%s%n%1 {0} ${x} $result:k1",
        "<b>&amp;</b>",
        "\u202egnippihs\u202c \u200f",
        "😀 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 e\u0301",
        "\ufeffbom",
        "=cmd|' /C calc'!A0",
        "../../etc/passwd",
        std::string(200, '\''),
    };
    int number = 0;
    for (const std::string &text : texts) {
        Address wanted = goodAddress();
        for (std::string *field : {&wanted.name, &wanted.attention, &wanted.street, &wanted.city,
                                   &wanted.region, &wanted.postalCode, &wanted.phone})
            *field = text;
        const std::string key = "key " + text + std::to_string(++number);
        Command command = newRecord(key.size() <= 200 ? key : "plain", wanted);
        const CommandEffect effect = m_company->give(command, text);
        QVERIFY2(effect.verdict == Verdict::Applied, effect.reason.c_str());
        QVERIFY(live(*m_company->erp, later(number * 60)) > 0);
        const Address seen = m_company->record<Address>(effect.target);
        QVERIFY(equalEditable(Address::type, &seen, &wanted));
        const auto found = m_company->erp->findByKey(command.key);
        QVERIFY(found && *found && (*found)->target == effect.target);
    }
}

void SandboxCommandsTest::aFileThatCannotBeWrittenLeavesNothing()
{
    auto other = Sqlite::Database::open(m_company->path(), Sqlite::Database::Mode::ReadWrite);
    QVERIFY(other && other->execute("BEGIN IMMEDIATE"));
    const auto refused = m_company->erp->execute(newRecord("k1", goodAddress()), "maya");
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::StorageLocked);
    QVERIFY(!m_company->erp->findByKey("k1")); // nor can it say that there is nothing
    QVERIFY(other->execute("ROLLBACK"));
    // Nor does one that breaks off in the middle: here the disk is full as soon as who did it is written.
    QVERIFY(
        other->execute("CREATE TRIGGER fault BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END"));
    Held held;
    const std::string before = follow(*m_company->erp, held, {});
    QVERIFY(!m_company->erp->execute(newRecord("k1", goodAddress()), "maya"));
    QVERIFY(other->execute("DROP TRIGGER fault"));
    QCOMPARE(follow(*m_company->erp, held, before), before);
    const auto nothing = m_company->erp->findByKey("k1");
    QVERIFY(nothing && !*nothing);
    QVERIFY(m_company->give(newRecord("k1", goodAddress())).verdict == Verdict::Applied);
    QCOMPARE(m_company->count("SELECT count(*) FROM audit WHERE command='k1'"), 1);
    QVERIFY(live(*m_company->erp, later(60)) > 0);
}

void SandboxCommandsTest::whoDidWhat()
{
    const Contact base = m_company->anyOf<Contact>(harbour);
    Contact wanted = base;
    wanted.email = "new@harbour.example";
    wanted.mobile.clear();
    QVERIFY(m_company->erp->advance(later(5)));
    QVERIFY(m_company->give(saved("k1", base, wanted), "sam").verdict == Verdict::Applied);
    auto database = Sqlite::Database::open(m_company->path(), Sqlite::Database::Mode::ReadOnly);
    auto rows
        = database->prepare("SELECT actor, verb, kind, target, at, field, before, after FROM audit a JOIN "
                            "auditValues v ON v.audit=a.id WHERE command='k1' ORDER BY field");
    QVERIFY(rows);
    QByteArray all;
    for (auto row = rows->step(); row && *row; row = rows->step()) {
        QCOMPARE(rows->integer(4), later(5).ms);
        for (const int column : {0, 1, 2, 5, 6, 7})
            all += QByteArray(rows->text(column).data(), static_cast<qsizetype>(rows->text(column).size()))
                + '|';
        QCOMPARE(std::string(rows->text(3)), base.key);
    }
    QByteArray expected
        = "sam|save|contact|email|" + QByteArray::fromStdString(base.email) + "|new@harbour.example|";
    if (!base.mobile.empty())
        expected += "sam|save|contact|mobile|" + QByteArray::fromStdString(base.mobile) + "||";
    QCOMPARE(all, expected + "sam|save|contact|status|confirmed|pending|");
}

// Commands of all sorts, each sent one to five times, in bursts, across restarts, while the company lives.
void SandboxCommandsTest::manyCommandsSentOften()
{
    SeededRandom random(20'261'122);
    std::vector<Command> sent;
    std::map<std::string, std::string> targets; // of the applied ones
    std::int64_t second = 0;
    for (int i = 0; i < 400; ++i) {
        const std::string key = "k" + std::to_string(i);
        const std::string account = random.below(2) ? harbour : jonas;
        Address wanted = goodAddress();
        wanted.name = "Site " + std::to_string(random.below(50));
        wanted.postalCode = random.below(10) ? "LS1 4AP" : "?";
        wanted.billTo = random.below(2) != 0;
        const Address some = m_company->anyOf<Address>(account);
        switch (random.below(4)) {
        case 0:
            sent.push_back(newRecord(key, wanted, account));
            break;
        case 1:
            sent.push_back(saved(key, some, wanted));
            break;
        case 2:
            sent.push_back(retired(key, some));
            break;
        default:
            Account base = m_company->record<Account>(account);
            Account changed = base;
            changed.defaultShipTo = some.key;
            sent.push_back(saved(key, base, changed));
        }
        for (std::uint64_t times = 1 + random.below(5); times > 0; --times) {
            const Command &command = times == 1 ? sent.back() : sent[random.below(sent.size())];
            const CommandEffect effect = m_company->give(command);
            if (effect.verdict == Verdict::Applied) {
                const auto [before, isNew] = targets.emplace(command.key, effect.target);
                QCOMPARE(before->second, effect.target);
            } else {
                QVERIFY(!targets.contains(command.key));
            }
        }
        if (random.below(4) == 0)
            QVERIFY(live(*m_company->erp, later(second += 3)) >= 0);
        if (random.below(40) == 0) {
            m_company->clock.set(later(second));
            QVERIFY(m_company->open());
        }
    }
    QVERIFY(targets.size() > 150);
    QCOMPARE(m_company->count("SELECT count(*) FROM commands"), static_cast<std::int64_t>(targets.size()));
    QCOMPARE(m_company->count("SELECT count(*) FROM audit WHERE command<>''"),
             static_cast<std::int64_t>(targets.size()));
    QVERIFY(live(*m_company->erp, later(second + 60)) > 0);
    QCOMPARE(m_company->count("SELECT count(*) FROM addresses WHERE status='pending'"), 0);
}

CORE_TEST(SandboxCommandsTest)
#include "tst_sandboxcommands.moc"
