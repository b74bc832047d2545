#pragma once

#include "address.h"
#include "books.h"

namespace Counterfoil::Sandbox {

// Where accounts have goods and bills sent and who is there, as the books say now. What was asked for once is
// remembered until it is forgotten. An account may have any number; Books::mostCurrent of them are looked at.
class AddressBook
{
public:
    explicit AddressBook(Books &books);

    struct Entry
    {
        std::vector<Address> deliveries; // goods may be sent to any of them now; may be none
        Address usual;                   // where they are sent unless somebody says otherwise
        Address billing;
        std::vector<std::string> people; // at least one
    };
    const Entry &of(const std::string &account);
    void forget(const std::string &account) { m_entries.erase(account); }

private:
    Books &m_books;
    std::unordered_map<std::string, Entry> m_entries;
};

} // namespace Counterfoil::Sandbox
