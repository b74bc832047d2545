#pragma once

#include "account.h"
#include "accountediting.h"
#include "accountpane.h"
#include "accountsection.h"
#include "commandfixture.h"
#include "contact.h"
#include "freshness.h"
#include "guifixture.h"
#include "status.h"
#include "statuswording.h"

#include <memory>

// An account with two branches, addresses in every state, and contacts, under the pane that shows them.
namespace Counterfoil {

inline Account accountNamed(const std::string &key, const std::string &name, const std::string &parent = {})
{
    Account account;
    account.key = account.account = key;
    account.name = name;
    account.number = "C-10" + key.substr(1);
    account.parent = parent;
    account.city = "Bristol";
    account.country = "GB";
    account.currency = "GBP";
    account.terms = "30 days net";
    account.calendar = "Europe/London";
    account.taxTreatment = "Standard VAT";
    return account;
}

inline Address addressOf(const std::string &key, const std::string &account, const std::string &name,
                         const std::string &street)
{
    Address address;
    address.key = key;
    address.account = account;
    address.name = name;
    address.street = street;
    address.city = "Bristol";
    address.postalCode = "BS1 6FL";
    address.country = "GB";
    address.shipTo = true;
    address.status = "confirmed";
    return address;
}

inline Contact contactOf(const std::string &key, const std::string &account, const std::string &name,
                         const std::string &role)
{
    Contact contact;
    contact.key = key;
    contact.account = account;
    contact.name = name;
    contact.role = role;
    contact.status = "confirmed";
    return contact;
}

inline std::vector<Change> addressWording()
{
    std::vector<Change> changes;
    constexpr const char *states[][4] = {{"pending", "Pending", "info", "◷"},
                                         {"confirmed", "Confirmed", "ok", "✓"},
                                         {"refused", "Refused", "bad", "✕"},
                                         {"retired", "Retired", "neutral", "–"}};
    for (const char *subject : {"address", "contact"}) {
        for (const auto &[code, label, tone, symbol] : states) {
            Status status;
            status.key = std::string(subject) + '/' + code;
            status.subject = subject;
            status.code = code;
            status.label = label;
            status.tone = tone;
            status.symbol = symbol;
            changes.push_back(changeTo(status));
        }
    }
    return changes;
}

inline std::vector<Change> sampleAccount()
{
    Account top = accountNamed("a1", "Harbour Supply");
    top.defaultShipTo = "ad1";
    top.defaultBillTo = "ad2";
    Address office = addressOf("ad2", "a1", "Harbour Supply, Accounts", "14 Temple Back East");
    office.shipTo = false;
    office.billTo = true;
    office.attention = "Ines Duarte";
    Address dock = *dockAddress().as<Address>();
    Address depot = addressOf("ad3", "a1", "Avonmouth depot", "Unit 12\nGloucester Road Trading Estate");
    depot.city = "Avonmouth";
    depot.postalCode = "BS11 9QD";
    depot.status = "pending";
    Address yard = addressOf("ad4", "a1", "Cork yard", "3 Kilbarry Park");
    yard.city = "Cork";
    yard.country = "IE";
    yard.postalCode = "T23";
    yard.status = "refused";
    yard.reason = "The postal code is not one of Ireland's.";
    Address old = addressOf("ad5", "a1", "Old warehouse", "1 Quay Street");
    old.status = "retired";
    old.current = false;
    Contact harriet = contactOf("ct1", "a1", "Harriet Lane", "Purchasing");
    harriet.department = "Head office";
    harriet.email = "harriet.lane@harbour.example";
    harriet.phone = "+44 117 496 0123";
    harriet.mobile = "+44 7700 900461";
    Contact ines = contactOf("ct2", "a1", "Ines Duarte", "Accounts payable");
    ines.email = "ap@harbour.example";
    Contact goods = contactOf("ct3", "a1", "Gareth Morgan", "Goods in");
    goods.phone = "+44 117 496 0199";
    std::vector<Change> changes = addressWording();
    for (const Address &address : {dock, office, depot, yard, old})
        changes.push_back(changeTo(address));
    for (const Contact &contact : {harriet, ines, goods})
        changes.push_back(changeTo(contact));
    Account branch = accountNamed("a2", "Harbour Supply Cardiff", "a1");
    branch.city = "Cardiff";
    branch.taxTreatment = "Reverse charge";
    for (const Account &account : {top, branch, accountNamed("a3", "Harbour Supply Exeter", "a1")})
        changes.push_back(changeTo(account));
    changes.push_back(changeTo(addressOf("ad9", "a2", "Cardiff branch", "8 Dock Street")));
    return changes;
}

inline Person accountPerson(const char *role = "buyer")
{
    Person person = buyer();
    person.role = QString::fromLatin1(role);
    person.contact = QStringLiteral("ct1");
    return person;
}

inline Member memberNamed(const char *user, const char *name, const char *role)
{
    Member member;
    member.user = QString::fromLatin1(user);
    member.displayName = QString::fromLatin1(name);
    member.role = QString::fromLatin1(role);
    member.accounts = {QStringLiteral("a1")};
    return member;
}

struct AccountFixture
{
    explicit AccountFixture(Person who = accountPerson())
        : person(std::move(who))
    {
        cache.put(sampleAccount());
        sync.setMode(SyncStatus::Mode::Live, clock);
        people.members
            = {memberNamed("harriet", "Harriet Lane", "admin"), memberNamed("ines", "Ines Duarte", "finance"),
               memberNamed("max", "Max Weber", "viewer")};
        people.members[1].invited = true;
        people.members[2].disabled = true;
        people.members[2].pricesWithheld = true;
    }

    // In a window of its own, as it lies over it with its sheets.
    AccountPane &open(const std::vector<std::string> &accounts = {"a1"})
    {
        pane = new AccountPane({cache.readers(), wording, freshness, clock, person, documents, {}}, commands,
                               people);
        window.reset(pane);
        window->resize(1092, 760);
        pane->setAccounts(accounts);
        window->show();
        return *pane;
    }

    Person person;
    SetClock clock;
    SetSyncPort sync;
    SetDocumentPort documents;
    TestCache cache;
    FileCommandPort commands{clock};
    SetPeoplePort people;
    StatusWording wording{cache.readers()};
    Freshness freshness{sync, clock};
    std::unique_ptr<QWidget> window;
    AccountPane *pane = nullptr;
};

} // namespace Counterfoil
