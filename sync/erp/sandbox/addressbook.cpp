#include "addressbook.h"

#include "contact.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

bool isUsable(const Address &address)
{
    return address.current && address.status == "confirmed";
}

// The account's usual address for this; another one while that is not confirmed, and it all the same when
// there is no other.
Address chosen(const std::vector<Address> &all, const std::string &usual, bool Address::*purpose)
{
    const auto itself = std::ranges::find(all, usual, &Address::key);
    if (itself != all.end() && isUsable(*itself) && (*itself).*purpose)
        return *itself;
    const auto other = std::ranges::find_if(
        all, [&](const Address &address) { return isUsable(address) && address.*purpose; });
    if (other != all.end())
        return *other;
    return itself != all.end() ? *itself : all.empty() ? Address() : all.front();
}

} // namespace

AddressBook::AddressBook(Books &books)
    : m_books(books)
{ }

const AddressBook::Entry &AddressBook::of(const std::string &key)
{
    const auto [found, isNew] = m_entries.try_emplace(key);
    Entry &entry = found->second;
    if (!isNew)
        return entry;
    Account account;
    if (const auto id = m_books.idOf(Account::type, key))
        m_books.read(Account::type, *id, &account);
    std::vector<Address> all;
    auto ids = m_books.currentOf(Address::type, key);
    for (const std::string *usual : {&account.defaultShipTo, &account.defaultBillTo}) {
        const auto id = m_books.idOf(Address::type, *usual);
        if (id && std::ranges::find(ids, *id) == ids.end())
            ids.push_back(*id);
    }
    for (const std::int64_t id : ids)
        m_books.read(Address::type, id, &all.emplace_back());
    std::ranges::copy_if(all, std::back_inserter(entry.deliveries),
                         [](const Address &address) { return isUsable(address) && address.shipTo; });
    entry.usual = chosen(all, account.defaultShipTo, &Address::shipTo);
    entry.billing = chosen(all, account.defaultBillTo, &Address::billTo);
    for (const std::int64_t id : m_books.currentOf(Contact::type, key)) {
        Contact contact;
        if (m_books.read(Contact::type, id, &contact))
            entry.people.push_back(contact.name);
    }
    if (entry.people.empty())
        entry.people.push_back(account.name);
    return entry;
}

} // namespace Counterfoil::Sandbox
