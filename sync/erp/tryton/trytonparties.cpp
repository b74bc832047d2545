#include "account.h"
#include "address.h"
#include "contact.h"
#include "creditstanding.h"
#include "trytonthings.h"

namespace Counterfoil {

namespace {

// The kind of relation between a branch and the account that it belongs to, by its name in Tryton.
constexpr const char *branchRelation = "Branch of";

constexpr const char *accountFields[] = {"code",
                                         "name",
                                         "active",
                                         "customer_payment_term.name",
                                         "lang.code",
                                         "relations.to",
                                         "relations.type.name",
                                         "addresses.active",
                                         "addresses.city",
                                         "addresses.country.code",
                                         "addresses.invoice",
                                         "addresses.delivery",
                                         "tax_identifier.code"};

void makeAccount(const TrytonRow &row, const TrytonLookups &lookups, std::vector<AnyRecord> &records)
{
    if (row.id() == lookups.company.party)
        return;
    const auto account = std::make_shared<Account>();
    account->key = account->account = trytonKey("", row.id());
    account->number = row.text("code");
    account->name = row.text("name");
    account->currency = lookups.company.currency;
    account->calendar = lookups.company.timeZone;
    account->terms = row.row("customer_payment_term").text("name");
    for (const TrytonRow &relation : row.rows("relations")) {
        if (relation.row("type").text("name") == branchRelation && account->parent.empty())
            account->parent = trytonKey("", relation.integer("to"));
    }
    for (const TrytonRow &address : row.rows("addresses")) {
        if (!address.flag("active"))
            continue;
        if (account->city.empty()) {
            account->city = address.text("city");
            account->country = address.row("country").text("code");
        }
        if (address.flag("delivery") && account->defaultShipTo.empty())
            account->defaultShipTo = trytonKey("", address.id());
        if (address.flag("invoice") && account->defaultBillTo.empty())
            account->defaultBillTo = trytonKey("", address.id());
    }
    records.emplace_back(account);
}

constexpr const char *standingFields[] = {"credit_limit_amount", "credit_amount", "receivable"};

void makeStanding(const TrytonRow &row, const TrytonLookups &lookups, std::vector<AnyRecord> &records)
{
    if (row.id() == lookups.company.party)
        return;
    const auto standing = std::make_shared<CreditStanding>();
    standing->key = standing->account = trytonKey("", row.id());
    standing->currency = lookups.company.currency;
    const int places = minorUnitPlaces(standing->currency);
    standing->limited = row.has("credit_limit_amount");
    standing->used = row.amount("credit_amount", places);
    standing->openInvoices = row.amount("receivable", places);
    standing->openOrders = standing->used - standing->openInvoices;
    if (standing->limited) {
        standing->limit = row.amount("credit_limit_amount", places);
        standing->available = standing->limit - standing->used;
    }
    records.emplace_back(standing);
}

constexpr const char *addressFields[]
    = {"party", "party.name",       "party_name",   "name",    "street",   "postal_code",
       "city",  "subdivision.name", "country.code", "invoice", "delivery", "active"};

void makeAddress(const TrytonRow &row, const TrytonLookups &lookups, std::vector<AnyRecord> &records)
{
    if (row.integer("party") == lookups.company.party)
        return;
    const auto address = std::make_shared<Address>();
    address->key = trytonKey("", row.id());
    address->account = trytonKey("", row.integer("party"));
    address->name = row.text("party_name");
    address->attention = row.text("name");
    address->street = row.text("street");
    address->postalCode = row.text("postal_code");
    address->city = row.text("city");
    address->region = row.row("subdivision").text("name");
    address->country = row.row("country").text("code");
    address->billTo = row.flag("invoice");
    address->shipTo = row.flag("delivery");
    address->current = row.flag("active");
    address->status = address->current ? "confirmed" : "retired";
    if (address->name.empty())
        address->name = row.row("party").text("name");
    records.emplace_back(address);
}

constexpr const char *contactFields[] = {"party", "party.name", "type", "value", "name", "active"};

// Tryton keeps ways to reach somebody: each of those that a contact can have is one.
void makeContact(const TrytonRow &row, const TrytonLookups &lookups, std::vector<AnyRecord> &records)
{
    if (row.integer("party") == lookups.company.party)
        return;
    const auto contact = std::make_shared<Contact>();
    contact->key = trytonKey("", row.id());
    contact->account = trytonKey("", row.integer("party"));
    contact->name = row.text("name");
    if (contact->name.empty())
        contact->name = row.row("party").text("name");
    const std::string type = row.text("type");
    if (type == "email")
        contact->email = row.text("value");
    else if (type == "phone")
        contact->phone = row.text("value");
    else if (type == "mobile")
        contact->mobile = row.text("value");
    else
        return;
    contact->current = row.flag("active");
    contact->status = contact->current ? "confirmed" : "retired";
    records.emplace_back(contact);
}

constexpr TrytonThing::Kind accountKinds[] = {{&Account::type, ""}};
constexpr TrytonThing::Kind standingKinds[] = {{&CreditStanding::type, ""}};
constexpr TrytonThing::Kind addressKinds[] = {{&Address::type, ""}};
constexpr TrytonThing::Kind contactKinds[] = {{&Contact::type, ""}};

} // namespace

const TrytonThing trytonAccount{"party.party", "party.party", accountFields, "[]", accountKinds, makeAccount};
const TrytonThing trytonStanding{"counterfoil.standing", "party.party", standingFields, "[]",
                                 standingKinds,          makeStanding};
const TrytonThing trytonAddress{"party.address", "party.address", addressFields, "[]",
                                addressKinds,    makeAddress};
const TrytonThing trytonContact{
    "party.contact_mechanism", "party.contact_mechanism", contactFields, "[]", contactKinds, makeContact};

} // namespace Counterfoil
