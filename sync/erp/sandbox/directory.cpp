#include "directory.h"

#include "address.h"
#include "chance.h"
#include "contact.h"
#include "founders.h"
#include "sandboxpeople.h"

#include <QString>

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

struct JobTitle
{
    const char *role;
    const char *department;
};

constexpr JobTitle jobs[] = {{"Purchasing", "Purchasing"},
                             {"Accounts payable", "Finance"},
                             {"Goods in", "Warehouse"},
                             {"Site manager", "Operations"},
                             {"Maintenance", "Engineering"}};

struct PersonAtWork
{
    const char *user; // of sandboxPeople()
    const char *role;
    const char *department;
};

constexpr PersonAtWork peopleAtWork[]
    = {{"maya", "Head of purchasing", "Purchasing"},    {"jonas", "Purchasing", "Purchasing"},
       {"tomasz", "Accounts payable", "Finance"},       {"yuki", "Stock planning", "Operations"},
       {"sam", "Customer service", "Customer service"}, {"ingrid", "Managing director", "Management"}};

constexpr struct
{
    const char *name;
    const char *role;
    const char *department;
    const char *email;
    const char *phone;
} supplierDesks[] = {
    {"Customer service desk", "Orders and deliveries", "Customer service", "service", "+44 1632 960140"},
    {"Grace Whitcombe", "Accounts receivable", "Finance", "accounts", "+44 1632 960141"},
    {"Imran Sheikh", "Technical advice", "Products", "technical", "+44 1632 960142"},
};
constexpr const char *supplierDomain = "meridian-trade.example";

// Letters and digits in ASCII, as they stand in an e-mail address; empty for other scripts.
std::string mailWord(std::string_view text, char between)
{
    QString decomposed = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toLower();
    decomposed.replace(QChar(0xdf), QLatin1String("ss")).replace(QChar(0x142), QLatin1Char('l'));
    std::string word;
    for (const QChar c : decomposed.normalized(QString::NormalizationForm_D)) {
        if ((c >= QLatin1Char('a') && c <= QLatin1Char('z'))
            || (c >= QLatin1Char('0') && c <= QLatin1Char('9')))
            word += c.toLatin1();
        else if ((c == QLatin1Char(' ') || c == QLatin1Char('-')) && !word.empty() && word.back() != between)
            word += between;
    }
    while (!word.empty() && word.back() == between)
        word.pop_back();
    return word;
}

// Branches share the domain of their company.
std::string mailDomain(const Account &account)
{
    std::string word = mailWord(account.name.substr(0, account.name.find(" · ")), '-');
    if (word.empty())
        word = 'a' + (account.parent.empty() ? account.number : account.parent.substr(2));
    return word + ".example";
}

std::string siteName(Random &random, const std::string &city)
{
    static constexpr const char *kinds[] = {" DC", "", " Depot", " Store", " Works", " Kitchen"};
    return city + kinds[random.below(std::size(kinds))];
}

class DirectoryWriter
{
public:
    DirectoryWriter(Books &books, const Company &company, Instant founded)
        : m_books(books)
        , m_company(company)
        , m_founded(founded)
        , m_people(sandboxPeople())
    { }

    void write()
    {
        writePeople();
        for (const Customer &customer : m_company.customers()) {
            m_books.writeCustomer(customer);
            Account account = customer.account;
            writeAddresses(customer, account);
            m_books.postNew(Account::type, customer.id, &account, m_founded);
            writeContacts(customer);
        }
    }

private:
    Address place(Random &random, const Country &country, const std::string &wantedCity) const;
    void addAddress(Address address);
    void writeAddresses(const Customer &customer, Account &account);
    void addContact(Contact contact);
    void writeContacts(const Customer &customer);
    void writePeople();

    Books &m_books;
    const Company &m_company;
    const Instant m_founded;
    const std::vector<SandboxPerson> m_people;
    std::int64_t m_lastAddress = 0;
    std::int64_t m_lastContact = 0;
    std::unordered_map<std::string, Address> m_headOffices; // by account
};

Address DirectoryWriter::place(Random &random, const Country &country, const std::string &wantedCity) const
{
    const auto cities = listed(country.cities);
    const auto codes = listed(country.postalCodes);
    const auto found = std::ranges::find(cities, wantedCity);
    const auto city
        = found == cities.end() ? std::size_t{0} : static_cast<std::size_t>(found - cities.begin());
    Address address;
    address.street
        = filled(pick(random, listed(country.streets)), "{n}", std::to_string(between(random, 1, 98)));
    address.city = wantedCity;
    // American cities are listed with their states.
    if (const auto comma = wantedCity.find(", "); comma != std::string::npos) {
        address.city = wantedCity.substr(0, comma);
        address.region = wantedCity.substr(comma + 2);
    }
    address.postalCode = filledIn(random, std::string(codes[city]));
    address.country = country.code;
    address.status = "confirmed";
    return address;
}

void DirectoryWriter::addAddress(Address address)
{
    address.key = addressKey(++m_lastAddress);
    m_books.postNew(Address::type, m_lastAddress, &address, m_founded);
}

void DirectoryWriter::writeAddresses(const Customer &customer, Account &account)
{
    SeededRandom random = chanceOf(m_company.seed(), ChanceOf::Address, customer.id);
    const Country &country = *customer.country;
    std::vector<Address> addresses;
    Address office = place(random, country, account.city);
    office.name = account.name;
    office.phone = anyPhone(random, country);
    office.billTo = true;
    const std::int64_t sites = std::min(between(random, 0, 4), between(random, 0, 4));
    office.shipTo = sites == 0 || percent(random, 70);
    addresses.push_back(office);
    for (std::int64_t i = 0; i < sites; ++i) {
        const std::string city = i == 0 ? account.city : pick(random, listed(country.cities));
        Address site = place(random, country, city);
        site.name = siteName(random, site.city);
        site.attention = percent(random, 40) ? "Goods in" : "";
        site.shipTo = true;
        addresses.push_back(std::move(site));
    }
    // Some have their bills sent to where somebody pays them: the head office, or a box.
    const auto head = m_headOffices.find(account.parent);
    if (head != m_headOffices.end() && percent(random, 50)) {
        addresses.push_back(head->second);
        addresses.back().shipTo = false;
    } else if (percent(random, 15)) {
        Address box = office;
        box.attention = "Accounts payable";
        box.street = "PO Box " + std::to_string(between(random, 100, 9'999));
        box.shipTo = false;
        addresses.push_back(std::move(box));
    }
    m_headOffices[account.key] = office;

    for (Address &address : addresses) {
        address.account = account.key;
        addAddress(address);
        if (address.shipTo && account.defaultShipTo.empty())
            account.defaultShipTo = addressKey(m_lastAddress);
        if (address.billTo)
            account.defaultBillTo = addressKey(m_lastAddress);
    }
}

void DirectoryWriter::addContact(Contact contact)
{
    contact.key = contactKey(++m_lastContact);
    contact.status = "confirmed";
    m_books.postNew(Contact::type, m_lastContact, &contact, m_founded);
}

void DirectoryWriter::writeContacts(const Customer &customer)
{
    SeededRandom random = chanceOf(m_company.seed(), ChanceOf::Contact, customer.id);
    const auto names = listed(customer.country->people);
    const auto most = static_cast<std::int64_t>(std::min(names.size(), std::size(jobs)));
    const auto count = static_cast<std::size_t>(between(random, 1, most));
    const std::size_t first = random.below(names.size());
    for (std::size_t i = 0; i < count; ++i) {
        Contact contact;
        contact.account = customer.account.key;
        contact.name = names[(first + i) % names.size()];
        contact.role = jobs[i].role;
        contact.department = jobs[i].department;
        const std::string word = mailWord(contact.name, '.');
        contact.email = (word.empty() ? "contact" + std::to_string(m_lastContact + 1) : word) + '@'
            + mailDomain(customer.account);
        contact.phone = anyPhone(random, *customer.country);
        if (percent(random, 40))
            contact.mobile = anyPhone(random, *customer.country);
        addContact(std::move(contact));
    }
}

// First, so that their keys are the same in every company.
void DirectoryWriter::writePeople()
{
    SeededRandom random = chanceOf(m_company.seed(), ChanceOf::Contact, 0);
    for (const SandboxPerson &person : m_people) {
        const auto *const work = std::ranges::find(peopleAtWork, person.user, &PersonAtWork::user);
        Contact contact;
        contact.account = person.accounts.empty() ? std::string() : person.accounts.front();
        contact.name = person.displayName;
        contact.role = work->role;
        contact.department = work->department;
        const Customer *customer = m_company.findCustomer(contact.account);
        contact.email = person.user + '@' + (customer ? mailDomain(customer->account) : supplierDomain);
        contact.phone = anyPhone(random, customer ? *customer->country : countryOf("GB"));
        contact.mobile = anyPhone(random, customer ? *customer->country : countryOf("GB"));
        addContact(std::move(contact));
    }
    for (const auto &desk : supplierDesks) {
        Contact contact;
        contact.name = desk.name;
        contact.role = desk.role;
        contact.department = desk.department;
        contact.email = std::string(desk.email) + '@' + supplierDomain;
        contact.phone = desk.phone;
        addContact(std::move(contact));
    }
}

} // namespace

void writeDirectory(Books &books, const Company &company, Instant founded)
{
    DirectoryWriter(books, company, founded).write();
}

std::string anyPhone(Random &random, const Country &country)
{
    return filledIn(random, country.phone);
}

} // namespace Counterfoil::Sandbox
