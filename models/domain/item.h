#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// What else an item comes in: so many of its units in one.
struct ItemPack
{
    std::string name; // "carton"
    Decimal content;  // in the item's unit
    std::string barcode;

    static const RecordType type;
};

// Something that the supplier sells. It has no price: what an account pays is asked at the moment, see
// quote.h. It belongs to an assortment, which accounts are granted (Account::assortments), or to none, and
// then every account may buy it.
struct Item
{
    std::string key;     // its SKU, by which everything else names it
    std::string account; // its assortment, in the place of an account; empty: everybody's
    std::string sku;
    std::string name;
    std::string description;
    std::string category; // "Fixings"
    std::string family;   // of the category: "Hex bolts"
    std::string manufacturer;
    std::string manufacturerNumber; // the maker's own
    std::string keywords;           // other words by which people look for it, with commas between
    std::string unit;               // that it is ordered in
    Decimal minimum;                // least that can be ordered
    Decimal multiple;               // only multiples of this
    std::string picture;            // the key of a Document of one page; empty: there is none
    bool withdrawn = false;         // it is not sold any more
    std::string successor;          // the item to take instead; empty: none
    std::string substitute;         // what does as well while it is short; empty: none
    std::vector<ItemPack> packs;

    static const RecordType type;
};

// What an account itself calls an item.
struct ItemNumber
{
    std::string key;
    std::string account;
    std::string sku; // the key of the item
    std::string number;

    static const RecordType type;
};

} // namespace Counterfoil
