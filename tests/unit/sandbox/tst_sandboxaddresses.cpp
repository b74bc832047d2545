#include "addressrules.h"
#include "addresstext.h"
#include "document.h"
#include "invoice.h"
#include "order.h"
#include "recordcheck.h"
#include "sandboxpeople.h"
#include "shipment.h"
#include "smallcompany.h"
#include "testentry.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <set>

using namespace CommandedCompany;

// The addresses and contacts that a company has, and what they do to its business.
class SandboxAddressesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyAccountHasSome();
    void theyAreWhatTheCountriesWrite();
    void peopleAreContacts();
    void taxIsAsTheAccountSays();
    void ordersGoWhereTheTableSays();
    void whatIsNotConfirmedIsNotUsed();
    void whatIsWrittenStays();
    void theCompanyTouchesThemRarely();
    void editsByTheSupplier();
    void textOfAnAddress_data();
    void textOfAnAddress();
    void aVfsIsUsed();
    void anotherProgramsFileIsLeftAlone();

private:
    // Of the orders placed after `since`.
    template <class Value>
    std::map<Value, int> counted(Instant since, Value Order::*member, const std::string &of);
    std::unique_ptr<SmallCompany> m_company;
};

void SandboxAddressesTest::init()
{
    m_company = std::make_unique<SmallCompany>();
}

template <class Value>
std::map<Value, int> SandboxAddressesTest::counted(Instant since, Value Order::*member, const std::string &of)
{
    std::map<Value, int> counts;
    for (const auto &[key, order] : records<Order>(*m_company->erp)) {
        if (order.account == of && order.placedAt > since)
            ++counts[order.*member];
    }
    return counts;
}

void SandboxAddressesTest::everyAccountHasSome()
{
    QVERIFY(m_company->open({.scale = 3'000}));
    std::map<std::string, int> addresses;
    std::map<std::string, int> contacts;
    std::map<std::string, int> kinds;
    for (const auto &[key, address] : records<Address>(*m_company->erp)) {
        ++addresses[address.account];
        ++kinds[address.shipTo && address.billTo ? "both" : address.shipTo ? "goods" : "bills"];
        QCOMPARE(address.status, std::string("confirmed"));
    }
    for (const auto &[key, contact] : records<Contact>(*m_company->erp)) {
        ++contacts[contact.account];
        QVERIFY(!contact.role.empty() && !contact.department.empty() && !contact.phone.empty());
    }
    const auto accounts = records<Account>(*m_company->erp);
    std::set<int> counts;
    for (const auto &[key, account] : accounts) {
        QVERIFY(addresses[key] >= 1 && addresses[key] <= 6);
        counts.insert(addresses[key]);
        const int ofPeople = key == harbour ? 2 : key == jonas || key == "A-10007" ? 1 : 0;
        QVERIFY(contacts[key] - ofPeople >= 1 && contacts[key] - ofPeople <= 5);
    }
    QVERIFY(counts.size() >= 5);
    QVERIFY(contacts[""] >= 3); // of the supplier
    QVERIFY(kinds["both"] > 20 && kinds["goods"] > 20 && kinds["bills"] > 20);
    QCOMPARE(booksThatDoNotAddUp(m_company->path()).join(u'\n'), QString());
}

void SandboxAddressesTest::theyAreWhatTheCountriesWrite()
{
    QVERIFY(m_company->open({.scale = 3'000}));
    const auto soundness = [](const AnyRecord &record) {
        QStringList wrong;
        for (const FieldIssue &issue : issuesOf(record))
            wrong += QString::fromUtf8(issue.field->name.data(),
                                       static_cast<qsizetype>(issue.field->name.size()));
        return wrong.join(u' ');
    };
    for (const auto &[key, address] : records<Address>(*m_company->erp)) {
        const QString wrong = soundness(any(address));
        QVERIFY2(wrong.isEmpty(),
                 qPrintable(QString::fromStdString(address.city + address.postalCode) + wrong));
        const CountryRules *rules = countryRules(address.country);
        QVERIFY(!rules || rules->shapes.empty() || !address.postalCode.empty());
    }
    for (const auto &[key, contact] : records<Contact>(*m_company->erp)) {
        const QString wrong = soundness(any(contact));
        QVERIFY2(wrong.isEmpty(),
                 qPrintable(QString::fromStdString(contact.email + ' ' + contact.phone) + wrong));
    }
}

void SandboxAddressesTest::peopleAreContacts()
{
    // Whatever the company's seed and scale.
    for (const SandboxSettings &settings :
         {SandboxSettings{.seed = 9, .scale = 0}, SandboxSettings{.scale = 700}}) {
        m_company = std::make_unique<SmallCompany>();
        QVERIFY(m_company->open(settings));
        for (const SandboxPerson &person : sandboxPeople()) {
            const Contact contact = m_company->record<Contact>(person.contact);
            QCOMPARE(contact.name, person.displayName);
            QVERIFY(contact.current);
        }
    }
}

void SandboxAddressesTest::taxIsAsTheAccountSays()
{
    QVERIFY(m_company->open({.scale = 3'000}));
    const auto accounts = records<Account>(*m_company->erp);
    std::set<std::string> seen;
    for (const auto &[key, invoice] : records<Invoice>(*m_company->erp)) {
        const std::string &treatment = accounts.at(invoice.account).taxTreatment;
        seen.insert(treatment);
        const bool taxed = treatment.find('%') != std::string::npos;
        for (const InvoiceLine &line : invoice.lines) {
            QVERIFY2(taxed ? treatment.find(' ' + line.taxRate.toString() + '%') != std::string::npos
                           : line.taxRate.isZero(),
                     (treatment + ' ' + line.taxRate.toString()).c_str());
        }
    }
    for (const char *treatment : {"Reverse charge", "Exempt, for resale", "Not taxed", "VAT 19%",
                                  "VAT 20%, protective wear 0%", "Consumption tax 10%"})
        QVERIFY2(seen.contains(treatment), treatment);
}

void SandboxAddressesTest::ordersGoWhereTheTableSays()
{
    QVERIFY(m_company->open({.scale = 200, .changesPerSecond = 20}));
    const Account before = m_company->record<Account>(jonas);
    Address goods = goodAddress();
    goods.name = "Neues Lager";
    goods.country = "DE";
    goods.city = "Köln";
    goods.postalCode = "50667";
    Address bills = goods;
    bills.name = "Rechnungsstelle";
    bills.shipTo = false;
    bills.billTo = true;
    Account after = before;
    after.defaultShipTo = m_company->give(newRecord("k1", goods, jonas), "jonas").target;
    after.defaultBillTo = m_company->give(newRecord("k2", bills, jonas), "jonas").target;
    QVERIFY(m_company->give(saved("k3", before, after), "jonas").verdict == Verdict::Applied);
    QVERIFY(live(*m_company->erp, later(60)) > 0);
    QVERIFY(live(*m_company->erp, later(600)) > 0);
    auto shipTo = counted(later(60), &Order::shipToName, jonas);
    const auto billTo = counted(later(60), &Order::billToName, jonas);
    QCOMPARE(billTo.size(), std::size_t{1});
    QCOMPARE(billTo.begin()->first, bills.name);
    QVERIFY(shipTo[goods.name] > billTo.begin()->second / 2); // most of them
    for (const auto &[text, count] : counted(later(60), &Order::shipToAddress, jonas)) {
        if (text.find("Mill Lane") != std::string::npos)
            QCOMPARE(text, before.name + "\nUnit 7, Mill Lane\n50667 Köln\nGermany");
    }
    // Where parcels arrive is the city, without its code.
    std::set<std::string> places;
    for (const auto &[key, shipment] : records<Shipment>(*m_company->erp)) {
        for (const TrackingEvent &event : shipment.events) {
            if (shipment.shipToName == goods.name && event.code == "delivered")
                places.insert(event.place);
        }
    }
    QCOMPARE(places, std::set<std::string>{"Köln"});
    QCOMPARE(booksThatDoNotAddUp(m_company->path()).join(u'\n'), QString());
}

void SandboxAddressesTest::whatIsNotConfirmedIsNotUsed()
{
    QVERIFY(m_company->open({.scale = 200, .changesPerSecond = 20}));
    // All that the account has, made unfit one after the other.
    int number = 0;
    for (const auto &[key, address] : records<Address>(*m_company->erp)) {
        if (address.account != jonas)
            continue;
        Address bad = address;
        bad.name = "nowhere";
        bad.postalCode = "1";
        QVERIFY(m_company->give(saved("k" + std::to_string(++number), address, bad)).verdict
                == Verdict::Applied);
    }
    const std::string good = m_company->give(newRecord("good", goodAddress(), jonas)).target;
    QVERIFY(live(*m_company->erp, later(60)) > 0);
    QVERIFY(live(*m_company->erp, later(500)) > 0);
    const auto shipTo = counted(later(60), &Order::shipToName, jonas);
    QCOMPARE(shipTo.size(), std::size_t{1});
    QCOMPARE(shipTo.begin()->first, goodAddress().name);
    // Where there is none at all, it goes on as it was.
    QVERIFY(m_company->give(retired("last", m_company->record<Address>(good))).verdict == Verdict::Applied);
    QVERIFY(live(*m_company->erp, later(900)) > 0);
    const auto nowhere = counted(later(500), &Order::shipToName, jonas);
    QCOMPARE(nowhere.size(), std::size_t{1});
    QCOMPARE(nowhere.begin()->first, std::string("nowhere"));
    QCOMPARE(booksThatDoNotAddUp(m_company->path()).join(u'\n'), QString());
}

void SandboxAddressesTest::whatIsWrittenStays()
{
    SandboxSettings settings{.scale = 300};
    settings.drawing = [](const PaperData &data) {
        return Result<std::string>("%PDF-" + data.invoice.number + data.invoice.billToAddress
                                   + data.invoice.shipToAddress + data.country);
    };
    QVERIFY(m_company->open(settings));
    const auto written = [this] {
        Held held;
        (void)follow(*m_company->erp, held, {});
        std::erase_if(held, [](const auto &entry) {
            return entry.first.first == "address" || entry.first.first == "account"
                || entry.first.first == "contact";
        });
        return held;
    };
    std::vector<Document> documents;
    for (const auto &[key, document] : records<Document>(*m_company->erp)) {
        if (document.account == harbour && !document.invoice.empty())
            documents.push_back(document);
    }
    QVERIFY(documents.size() >= 2);
    const auto issued = m_company->erp->document(documents[0].key);
    QVERIFY(issued);
    const auto unissued = records<Invoice>(*m_company->erp).at(documents[1].invoice);
    const QByteArray before = digest(written());

    int number = 0;
    for (const auto &[key, address] : records<Address>(*m_company->erp)) {
        Address changed = address;
        changed.name = changed.street = changed.city = "changed";
        changed.country = "FR";
        QVERIFY(m_company->give(saved("k" + std::to_string(++number), address, changed)).verdict
                == Verdict::Applied);
        if (address.account == harbour) {
            changed.street = "changed again";
            changed.key = key;
            QVERIFY(m_company->erp->editAddress(changed, later(1)));
        }
    }
    QCOMPARE(digest(written()), before);
    const auto again = m_company->erp->document(documents[0].key);
    QVERIFY(again && again->bytes == issued->bytes && again->sha256 == issued->sha256);
    // What was not issued yet says what the invoice says.
    const auto late = m_company->erp->document(documents[1].key);
    QVERIFY(late);
    QCOMPARE(late->bytes, "%PDF-" + unissued.number + unissued.billToAddress + unissued.shipToAddress + "GB");
}

void SandboxAddressesTest::theCompanyTouchesThemRarely()
{
    QVERIFY(m_company->open({.scale = 100}));
    Held held;
    const std::string before = follow(*m_company->erp, held, {});
    QVERIFY(live(*m_company->erp, later(3'600)) > 0);
    const std::int64_t touched = m_company->count("SELECT count(*) FROM audit WHERE verb='tidy'");
    QVERIFY2(touched >= 10 && touched <= 60, std::to_string(touched).c_str()); // an hour: 60 company days
    Held changed;
    QVERIFY(!follow(*m_company->erp, changed, before).empty());
    QVERIFY(std::ranges::any_of(changed, [](const auto &entry) { return entry.first.first == "contact"; }));
    QVERIFY(std::ranges::any_of(changed, [](const auto &entry) { return entry.first.first == "address"; }));
    QCOMPARE(m_company->count("SELECT count(*) FROM audit WHERE command<>'' OR actor<>'(supplier)'"), 0);
    QCOMPARE(booksThatDoNotAddUp(m_company->path()).join(u'\n'), QString());
}

void SandboxAddressesTest::editsByTheSupplier()
{
    QVERIFY(m_company->open());
    int calls = 0;
    m_company->erp->setChangeCallback([&calls] { ++calls; });
    Address address = m_company->anyOf<Address>(harbour);
    address.street = "2 Edited Street";
    QVERIFY(m_company->erp->editAddress(address, later(1)));
    QVERIFY(m_company->erp->editAddress(address, later(2))); // nothing new, so no change
    QCOMPARE(calls, 1);
    QVERIFY(equal(Address::type, &address,
                  std::make_unique<Address>(m_company->record<Address>(address.key)).get()));
    // What was retired or moved elsewhere by the record given is not: only its words count.
    Contact contact = m_company->anyOf<Contact>(harbour);
    const Contact was = contact;
    contact.account = jonas;
    contact.current = false;
    contact.status = "refused";
    contact.role = "Director";
    QVERIFY(m_company->erp->editContact(contact, later(3)));
    const Contact now = m_company->record<Contact>(contact.key);
    QVERIFY(now.account == was.account && now.current && now.status == "confirmed" && now.role == "Director");
    address.key = "AD-99999";
    const auto missing = m_company->erp->editAddress(address, later(4));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    QCOMPARE(calls, 2);
    QCOMPARE(booksThatDoNotAddUp(m_company->path()).join(u'\n'), QString());
}

void SandboxAddressesTest::textOfAnAddress_data()
{
    QTest::addColumn<QByteArray>("city");
    QTest::addColumn<QByteArray>("region");
    QTest::addColumn<QByteArray>("postalCode");
    QTest::addColumn<QByteArray>("country");
    QTest::addColumn<QByteArray>("lines"); // the last two
    const auto row
        = [](const char *city, const char *region, const char *code, const char *country, const char *lines) {
              QTest::newRow(country) << QByteArray(city) << QByteArray(region) << QByteArray(code)
                                     << QByteArray(country) << QByteArray(lines);
          };
    row("Newcastle upon Tyne", "", "NE1 4ST", "GB", "Newcastle upon Tyne NE1 4ST\nUnited Kingdom");
    row("Stuttgart", "", "70173", "DE", "70173 Stuttgart\nGermany");
    row("’s-Hertogenbosch", "", "5211 AB", "NL", "5211 AB ’s-Hertogenbosch\nNetherlands");
    row("České Budějovice", "", "370 01", "CZ", "370 01 České Budějovice\nCzech Republic");
    row("Columbus", "OH", "43215-1234", "US", "Columbus, OH 43215-1234\nUSA");
    row("大阪市", "", "541-0041", "JP", "大阪市 541-0041\nJapan");
    row("دبي", "", "", "AE", "دبي\nUnited Arab Emirates");
    row("Dublin", "", "D01 F5P2", "IE", "Dublin D01 F5P2\nIreland");
    row("Wien", "", "1010", "AT", "1010 Wien\nAustria");
    row("Lima", "", "15001", "PE", "Lima 15001\nPeru");
}

void SandboxAddressesTest::textOfAnAddress()
{
    QFETCH(QByteArray, city);
    QFETCH(QByteArray, region);
    QFETCH(QByteArray, postalCode);
    QFETCH(QByteArray, country);
    QFETCH(QByteArray, lines);
    Address address;
    address.name = "Depot";
    address.street = "1 Road\nFloor 2";
    address.city = city.toStdString();
    address.region = region.toStdString();
    address.postalCode = postalCode.toStdString();
    address.country = country.toStdString();
    const std::string text = Sandbox::addressText(address, "Harbour");
    QCOMPARE(text, "Harbour\n1 Road\nFloor 2\n" + lines.toStdString());
    address.attention = "Goods in";
    QCOMPARE(Sandbox::addressText(address, "Depot"), "Goods in\n1 Road\nFloor 2\n" + lines.toStdString());
    if (country != "PE") // its codes are not known here
        QCOMPARE(Sandbox::cityIn(text), (city + (region.isEmpty() ? "" : ", " + region)).toStdString());
    for (const char *odd : {"", "\n", "\n\n", "one line", "two\nlines", " \n \n ", "\n12345 \n"})
        (void)Sandbox::cityIn(odd);
}

void SandboxAddressesTest::aVfsIsUsed()
{
#ifdef Q_OS_UNIX
    // A VFS holds what is there; a company is made where the platform's own files are.
    QVERIFY(m_company->open({.scale = 20}));
    Held before;
    const std::string position = follow(*m_company->erp, before, {});
    QVERIFY(m_company->open({.scale = 20, .vfs = "unix-excl"}));
    Held after;
    QCOMPARE(follow(*m_company->erp, after, {}), position);
    QCOMPARE(digest(after), digest(before));
    m_company->erp.reset();
    const auto unknown = SandboxErp::open(m_company->path(), {.vfs = "no such vfs"}, m_company->clock);
    QVERIFY(!unknown);
    const auto none
        = SandboxErp::open(m_company->path() + QStringLiteral(".other"), {.vfs = "unix"}, m_company->clock);
    QVERIFY(!none);
    QVERIFY(!none.error().userText.isEmpty());
#endif
}

void SandboxAddressesTest::anotherProgramsFileIsLeftAlone()
{
    {
        auto database = Sqlite::Database::open(m_company->path(), Sqlite::Database::Mode::ReadWrite);
        QVERIFY(database && database->execute("CREATE TABLE orders(mine); INSERT INTO orders VALUES(1)"));
    }
    const auto erp = SandboxErp::open(m_company->path(), {}, m_company->clock);
    QVERIFY(!erp);
    QVERIFY(erp.error().userText.contains(QStringLiteral("another version")));
    QCOMPARE(m_company->count("SELECT count(*) FROM sqlite_master"), 1);
    // As does one of an earlier version, which knew other kinds.
    QVERIFY(QFile::remove(m_company->path()));
    QVERIFY(m_company->open());
    m_company->erp.reset();
    {
        auto database = Sqlite::Database::open(m_company->path(), Sqlite::Database::Mode::ReadWrite);
        QVERIFY(database
                && database->execute("DROP TABLE addresses; DROP TABLE contacts; UPDATE meta SET value='7' "
                                     "WHERE name='madeBy'"));
    }
    const auto older = SandboxErp::open(m_company->path(), {}, m_company->clock);
    QVERIFY(!older);
    QVERIFY(older.error().userText.contains(QStringLiteral("another version")));
}

CORE_TEST(SandboxAddressesTest)
#include "tst_sandboxaddresses.moc"
