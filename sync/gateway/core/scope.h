#pragma once

#include "accounttree.h"
#include "gatewaystore.h"
#include "kinds.h"

#include <memory>

namespace Counterfoil {

struct Role
{
    std::string_view name;
    bool allAccounts; // of who has none named
    bool seesPrices;
    bool seesInvoices; // and every other kind that is RecordType::financial
};

std::span<const Role> roles();
const Role *findRole(std::string_view name);

// By role, and what is withheld from this person.
bool seesPrices(const User &user);
bool seesInvoices(const User &user);
// A rep, or an administrator of the supplier's; one who has accounts named is the customer's own.
bool speaksForSupplier(const User &user);
Audience audienceOf(const User &user);

// What one person may see. Everything that leaves the gateway passes through here and nowhere else:
// pages of changes, listings and live frames alike.
class Scope
{
public:
    Scope(const User &user, const AccountTree &tree);

    const std::string &hash() const { return m_hash; }
    bool seesPrices() const { return m_seesPrices; }
    bool sees(const std::string &account) const;
    // Some records of the kind; and this one, as far as its account allows.
    bool sees(const RecordType &kind) const
    {
        return isInternal(kind) ? m_speaksForSupplier : kind.audience || m_seesInvoices || !kind.financial;
    }
    bool sees(const RecordType &kind, Audience audience) const
    {
        return kind.audience ? audience <= m_audience : sees(kind);
    }
    bool sees(const AnyRecord &record) const;
    Audience audience() const { return m_audience; } // that this person belongs to
    const std::set<std::string> *accounts() const;   // "" for everybody's included; null: all

    // Whether who has this scope sees nothing that the other does not show.
    enum class Compare { Everything, Accounts };
    bool isWithin(const Scope &other, Compare compare = Compare::Everything) const;

    // The entry as a line for this person: the record, its removal, or nothing. `text` is the
    // record's line as the store has it; empty when it is superseded.
    enum class Sight { Hidden, Record, Removal };
    Sight sight(const LogEntry &entry) const;
    Result<std::string> recordLine(const RecordType &kind,
                                   std::string text) const; // with what is withheld taken out
    void withhold(AnyRecord &record) const;                 // the same of a record
    std::string removalLine(const LogEntry &entry) const;

    // A text from which difference() tells later what this scope was.
    const std::string &text() const { return m_text; }

    struct Difference
    {
        std::vector<std::string> added;
        std::vector<std::string> removed;
        bool redactionsChanged = false; // or kinds: what is here already has to be fetched again
    };
    Difference differenceFrom(const std::string &oldText, const AccountTree &tree) const;

private:
    bool m_all = false;
    bool m_seesPrices = false;
    bool m_seesInvoices = false;
    bool m_speaksForSupplier = false;
    Audience m_audience = Audience::Everybody;
    std::set<std::string> m_accounts;
    std::string m_text;
    std::string m_hash;
};

using ScopePtr = std::shared_ptr<const Scope>;

} // namespace Counterfoil
