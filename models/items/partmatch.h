#pragma once

#include "boughtitems.h"
#include "cart.h"
#include "partlist.h"
#include "toldprices.h"

namespace Counterfoil {

// A row of a pasted list beside what is known of its item on this computer.
struct MatchedPart
{
    enum class Group {
        Matched,  // the item is known by just this number
        Doubtful, // the number or the quantity was read in one of several ways: `note` says how
        Unknown,  // not bought before: the supplier is asked when the cart is reviewed
        Bad,      // nothing can be added: `note` says why
    };

    PartRow row;
    Group group = Group::Bad;
    CartLine line; // what would be added; of Bad rows empty
    QString note;  // sentences, one a line; may be empty
};

struct MatchedParts
{
    std::vector<MatchedPart> rows; // in the list's order
    int left = 0;                  // rows of the list that were not looked at
    QString refused;

    int count(MatchedPart::Group group) const;
    std::vector<CartLine> lines() const; // of all but the bad ones

    static MatchedParts of(const PartList &list, const std::vector<BoughtItem> &known);
    // Where the ERP said a price since the item was bought last, or of one that never was, that one.
    void takeTold(const std::string &account, ToldPrices &told);
};

} // namespace Counterfoil
