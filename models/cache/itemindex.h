#pragma once

#include "rowset.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace Counterfoil {

// Finds items of a catalogue by what people type: parts of a number with or without its dashes, words of the
// name from any letter on, other words for the same thing, and all of it with typing errors. It is held in
// memory, some 150 bytes an item, and gone through from one end to the other for each key: a hundred thousand
// items take milliseconds, and there is no table to keep in step with the records. Built on one thread, then
// read by any.
class ItemIndex
{
public:
    static constexpr std::size_t itemsMost = 500'000; // more are not found by it
    static constexpr std::size_t foundMost = 1'000;   // the best; nobody looks further
    static constexpr std::size_t typedTermsMost = 10; // more is no name of an item
    static constexpr std::size_t replacedMost = 20;   // of the best, bring what may be taken instead

    struct Facts
    {
        RowId row = 0;
        std::string_view sku;
        std::string_view name;
        std::string_view manufacturer;
        std::string_view manufacturerNumber;
        std::string_view category;
        std::string_view family;
        std::string_view keywords;
        bool withdrawn = false; // comes after what is sold
    };
    bool add(const Facts &item); // false: it is full
    // After the items: what an account calls one, and what may be taken instead of it.
    void addOwnNumber(std::string_view sku, std::string_view number);
    void addInstead(std::string_view sku, std::string_view other);
    std::size_t size() const { return m_rows.size(); }

    // Everything: as typed. Forgiven: with typing errors. Widened: without some of the words.
    enum class Closeness { AsTyped, Forgiven, Widened };
    struct Found
    {
        std::vector<RowId> rows; // the best first
        Closeness closeness = Closeness::AsTyped;
    };
    // Among those rows; nullptr: all. The first closeness at which there is something, where what only comes
    // close or is withdrawn is followed by what may be taken instead of it; `exactly`: as typed alone.
    Found find(std::string_view text, const RowSet *among = nullptr, bool exactly = false) const;

    // Of these rows, those that find() added, each with the one that it is instead of.
    struct Instead
    {
        RowId row = 0;
        RowId of = 0;
    };
    std::vector<Instead> insteadAmong(const RowIds &rows, std::string_view text) const;

    // What of an item is not in its name and was meant by the text.
    struct Why
    {
        enum class By { MakersNumber, OwnNumber, Keyword } by = By::Keyword;
        std::string matched; // as it is written; of a keyword, the word
    };
    std::optional<Why> why(RowId row, std::string_view text) const;

private:
    using Slot = std::uint32_t;
    static constexpr Slot noSlot = ~Slot{};
    using Score = std::uint16_t;
    using Scores = std::vector<Score>; // of each slot

    // Where in an item a word stands, which says how much it counts.
    enum Place : std::uint32_t { InName, InKeywords, InCategory, PlaceCount };
    static constexpr std::uint32_t placeBits = 2;

    // What was typed between two blanks: as a whole, and its pieces where it has several.
    struct Term
    {
        std::string whole;
        std::vector<std::string> pieces;
    };
    static std::vector<Term> termsOf(std::string_view text);

    Found findByName(std::string_view text, const RowSet *among, bool exactly) const;
    Slot insteadOf(Slot slot, Closeness closeness) const;
    void addWords(Slot slot, std::string_view text, Place place);
    void addNumber(std::string_view number);
    Slot slotOfNumber(std::size_t number) const;
    std::string_view number(std::size_t at) const;
    void scoreWords(const std::string &typed, bool forgiving, Scores &scores) const;
    void scoreNumbers(const std::string &typed, bool forgiving, Scores &scores) const;
    std::vector<std::string> wordsIn(const std::string &typed) const;
    void scoreTerm(const Term &term, bool forgiving, Scores &scores) const;
    Found best(const std::vector<Scores> &scores, const Scores &whole, std::size_t needed,
               const RowSet *among) const;

    std::vector<RowId> m_rows; // by slot
    std::vector<bool> m_withdrawn;
    std::vector<Slot> m_instead;           // by slot; may be shorter
    std::vector<std::uint8_t> m_nameWords; // how many the name has
    std::unordered_map<std::string, std::uint32_t> m_wordIds;
    std::vector<std::string> m_words;
    std::vector<std::vector<std::uint32_t>> m_places; // by word: slot << placeBits | Place
    // Two of each item, its SKU and the maker's, then those of accounts; without dashes, each after a line
    // feed.
    std::string m_numbers;
    std::vector<std::uint32_t> m_numberStarts;
    struct Own
    {
        Slot slot;
        std::string number; // as written
    };
    std::vector<Own> m_own;
    std::vector<std::string> m_makers; // as written, by slot
    std::unordered_map<std::string, Slot> m_slotsBySku;
    std::unordered_map<RowId, Slot> m_slots;
};

} // namespace Counterfoil
