#include "scope.h"

#include "codec.h"
#include "digest.h"
#include "kinds.h"
#include "order.h"
#include "return.h"

#include <algorithm>
#include <charconv>

namespace Counterfoil {

namespace {

// Parts as "length:part", so that no character of a key can pass for a separator.
void appendPart(std::string &text, std::string_view part)
{
    ((text += std::to_string(part.size())) += ':') += part;
}

std::optional<std::string_view> takePart(std::string_view &text)
{
    std::size_t size = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), size);
    const auto digits = static_cast<std::size_t>(result.ptr - text.data());
    if (result.ec != std::errc() || digits >= text.size() || text[digits] != ':'
        || size > text.size() - digits - 1)
        return std::nullopt;
    const auto part = text.substr(digits + 1, size);
    text.remove_prefix(digits + 1 + size);
    return part;
}

bool hasPrices(const RecordType &type)
{
    return std::ranges::any_of(type.fields, [](const Field &field) {
        return field.is(Price) || (field.type == FieldType::List && hasPrices(*field.element));
    });
}

// An order's timeline also says what became of its invoices and of the account's credit, in numbers and
// amounts. Only what is known to be about the goods stays, so that no other code says it unnoticed.
void withholdInvoices(Order &order)
{
    static constexpr std::string_view ofGoods[] = {"placed",
                                                   "note",
                                                   "held",
                                                   "released",
                                                   "allocated",
                                                   "backordered",
                                                   "shipped",
                                                   "delayed",
                                                   "out-for-delivery",
                                                   "delivered",
                                                   "delivery-failed",
                                                   "returned",
                                                   "cancelled",
                                                   "closed"};
    std::erase_if(order.events, [](const OrderEvent &event) {
        return std::ranges::find(ofGoods, event.code) == std::end(ofGoods);
    });
}

// What was charged and credited for it; that something was, its status says.
void withholdInvoices(Return &record)
{
    for (std::string *text : {&record.invoice, &record.invoiceNumber, &record.creditMemo,
                              &record.creditMemoNumber, &record.creditRemark})
        text->clear();
    record.postedCredit = {};
    for (ReturnEvent &event : record.events) {
        if (event.code == ReturnStatus::credited)
            event.reference.clear();
    }
}

// What a scope shows of every account alike.
std::string fixedPart(const Scope &scope)
{
    std::string kinds;
    for (const RecordType *kind : allKinds()) {
        if (scope.sees(*kind))
            (kinds += kind->name) += ' ';
    }
    std::string text;
    appendPart(text, scope.seesPrices() ? "prices" : "no prices, nor papers that show some");
    appendPart(text, kinds);
    return text;
}

} // namespace

std::span<const Role> roles()
{
    static constexpr Role all[] = {
        {"buyer", false, true, true},    {"approver", false, true, true}, {"finance", false, true, true},
        {"viewer", false, false, false}, {"csr", true, true, true},       {"admin", true, true, true},
    };
    return all;
}

const Role *findRole(std::string_view name)
{
    const auto found = std::ranges::find(roles(), name, &Role::name);
    return found == roles().end() ? nullptr : &*found;
}

bool seesPrices(const User &user)
{
    const Role *role = findRole(user.role);
    return role && role->seesPrices && !user.pricesWithheld;
}

bool seesInvoices(const User &user)
{
    const Role *role = findRole(user.role);
    return role && role->seesInvoices && !user.invoicesWithheld;
}

bool speaksForSupplier(const User &user)
{
    return user.role == "csr" || (user.role == "admin" && user.accounts.empty());
}

Audience audienceOf(const User &user)
{
    if (!seesPrices(user))
        return Audience::Everybody;
    return seesInvoices(user) ? Audience::InvoiceReaders : Audience::PriceReaders;
}

Scope::Scope(const User &user, const AccountTree &tree)
{
    // A role that this program does not know sees what is everybody's, without prices or invoices.
    const Role *role = findRole(user.role);
    m_all = role && role->allAccounts && user.accounts.empty();
    m_seesPrices = Counterfoil::seesPrices(user);
    m_seesInvoices = seesInvoices(user);
    m_speaksForSupplier = Counterfoil::speaksForSupplier(user);
    m_audience = audienceOf(user);
    if (!m_all && role)
        m_accounts = tree.reach(user.accounts);
    m_accounts.insert(std::string());

    m_text = fixedPart(*this);
    appendPart(m_text, m_all ? "all" : "some");
    if (!m_all) {
        for (const std::string &account : m_accounts)
            appendPart(m_text, account);
    }
    m_hash = sha256Hex(m_text).substr(0, 32);
}

bool Scope::sees(const std::string &account) const
{
    return m_all || m_accounts.contains(account);
}

const std::set<std::string> *Scope::accounts() const
{
    return m_all ? nullptr : &m_accounts;
}

bool Scope::isWithin(const Scope &other, Compare compare) const
{
    const bool accounts = other.m_all || (!m_all && std::ranges::includes(other.m_accounts, m_accounts));
    if (compare == Compare::Accounts)
        return accounts;
    return accounts && (other.m_seesPrices || !m_seesPrices) && (other.m_seesInvoices || !m_seesInvoices)
        && (other.m_speaksForSupplier || !m_speaksForSupplier);
}

Scope::Sight Scope::sight(const LogEntry &entry) const
{
    if (!entry.kind || !sees(*entry.kind))
        return Sight::Hidden;
    if (sees(entry.account) && sees(*entry.kind, entry.audience))
        return entry.removed ? Sight::Removal : Sight::Record;
    const bool sawIt = sees(entry.previousAccount.value_or(entry.account))
        && sees(*entry.kind, entry.previousAudience.value_or(entry.audience));
    return sawIt ? Sight::Removal : Sight::Hidden;
}

bool Scope::sees(const AnyRecord &record) const
{
    const RecordType &kind = record.type();
    return kind.audience ? kind.audience(record.data()) <= m_audience : sees(kind);
}

Result<std::string> Scope::recordLine(const RecordType &kind, std::string text) const
{
    const bool tellsOfInvoices = (&kind == &Order::type || &kind == &Return::type) && !m_seesInvoices;
    if (!tellsOfInvoices && (m_seesPrices || !hasPrices(kind)))
        return text;
    auto change = decodeChange(text);
    if (!change)
        return change.error();
    withhold(change->record);
    return encodeChange(*change);
}

void Scope::withhold(AnyRecord &record) const
{
    if (!m_seesPrices)
        withholdPrices(record.type(), record.data());
    if (auto *order = record.as<Order>(); order && !m_seesInvoices)
        withholdInvoices(*order);
    if (auto *returned = record.as<Return>(); returned && !m_seesInvoices)
        withholdInvoices(*returned);
}

std::string Scope::removalLine(const LogEntry &entry) const
{
    Change change;
    change.kind = entry.kind;
    change.key = entry.key;
    // Who may not see where a record went is told the account that they knew it under.
    change.account = sees(entry.account) ? entry.account : entry.previousAccount.value_or(std::string());
    change.sequence = entry.sequence;
    change.version = entry.version;
    change.time = entry.time;
    return encodeChange(change);
}

Scope::Difference Scope::differenceFrom(const std::string &oldText, const AccountTree &tree) const
{
    std::string_view rest(oldText);
    std::vector<std::string_view> parts;
    while (const auto part = takePart(rest))
        parts.push_back(*part);
    Difference difference;
    if (!rest.empty() || parts.size() < 3) {
        difference.redactionsChanged = true;
        return difference;
    }
    difference.redactionsChanged = !oldText.starts_with(fixedPart(*this));

    std::set<std::string> before(parts.begin() + 3, parts.end());
    if (parts[2] == "all")
        before = tree.all();
    std::set<std::string> after = m_all ? tree.all() : m_accounts;
    before.erase(std::string());
    after.erase(std::string());
    std::ranges::set_difference(after, before, std::back_inserter(difference.added));
    std::ranges::set_difference(before, after, std::back_inserter(difference.removed));
    return difference;
}

} // namespace Counterfoil
