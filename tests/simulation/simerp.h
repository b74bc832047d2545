#pragma once

#include "connector.h"

#include <map>
#include <string>
#include <vector>

namespace Counterfoil {

// One command's effect, as the ERP's own books have it. Whoever judges a run counts these.
struct ErpEffect
{
    std::string command; // its key
    std::string kind;    // of the record
    std::string target;  // its key
    std::int64_t version = 0;
};

// An ERP for the simulation: a system of its own, which keeps everything that it ever committed. What
// gateway, caches and outboxes are judged by.
class SimErp : public Connector
{
public:
    struct Fact
    {
        Change change;       // as committed; a null record was removed
        std::int64_t at = 0; // world time of the commit
    };
    using Key = std::pair<std::string, std::string>; // kind and key

    virtual void begin(int records) = 0; // a company with so many records of all kinds
    virtual void change(int count) = 0;  // it goes on by itself, by about so many changes
    virtual void interfere() = 0;        // its own people change an address or a contact
    virtual std::vector<std::string> accounts() const = 0;
    // The account above it, whose people see this one too; empty: none.
    virtual std::string parentOf(const std::string &) const { return {}; }
    virtual std::vector<std::string> secretsOf(const std::string &account) const = 0; // words in no other's
    virtual std::string financialSecret() const = 0; // a word for those who may see invoices; may be empty

    virtual const std::map<Key, Fact> &facts() = 0;      // as they are now
    virtual const std::vector<Fact> &history() = 0;      // oldest first
    virtual const std::vector<ErpEffect> &effects() = 0; // oldest first, repetitions included
};

} // namespace Counterfoil
