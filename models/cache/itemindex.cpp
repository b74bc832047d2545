#include "itemindex.h"

#include "likewords.h"
#include "searchwords.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

namespace Counterfoil {

namespace {

// A term that is met by a word as it stands counts a hundred; everything else is measured by that.
constexpr int exactNumber = 150;
constexpr int wholeFigure = 125; // "1023" of "WH-1023"
constexpr int numberBegins = 110;
constexpr int numberEnds = 80;
constexpr int numberContains = 65;
constexpr int exactWord = 100;
constexpr int wordBegins = 85;
constexpr int wordContains = 40;
constexpr int perMistake = 18;
constexpr int piecesPercent = 90; // in a hundred, for a term that is met piece by piece
constexpr int wholeNumber = 400;  // all that was typed is one number
constexpr int nameIsWhole = 30;   // a name that has nothing else is likelier meant than a longer one
constexpr int withdrawnCosts = 25;
constexpr int placePercent[] = {100, 82, 60};

constexpr std::size_t shortestContained = 3;
constexpr std::size_t shortestMistaken = 4;
constexpr std::size_t shortestTwiceMistaken = 8;
constexpr std::size_t shortestMistakenNumber = 5;
constexpr std::size_t longestTerm = 40;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool termHasDigit(std::string_view text)
{
    return std::ranges::any_of(text, isDigit);
}

int mistakesAllowed(std::string_view typed, std::size_t shortest)
{
    return typed.size() < shortest ? 0 : typed.size() < shortestTwiceMistaken ? 1 : 2;
}

// Letters and digits apart: "125mm" is "125" and "mm" to many.
void appendPieces(std::vector<std::string> &into, std::string_view word)
{
    for (std::size_t at = 0; at < word.size();) {
        if (word[at] == '.') {
            ++at;
            continue;
        }
        std::size_t end = at + 1;
        while (end < word.size() && word[end] != '.' && isDigit(word[end]) == isDigit(word[at]))
            ++end;
        into.emplace_back(word.substr(at, end - at));
        at = end;
    }
}

// As a number may have been meant by who reads it from paper.
std::string withoutLookalikes(std::string text)
{
    for (char &c : text)
        c = c == 'o' ? '0' : c == 'l' || c == 'i' ? '1' : c;
    return text;
}

template <class Each> void eachPiece(std::string_view text, std::string_view separators, const Each &each)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
        if (end > at)
            each(text.substr(at, end - at));
        at = end + 1;
    }
}

int wordScore(std::string_view word, std::string_view typed, bool forgiving)
{
    if (word == typed)
        return exactWord;
    if (word.starts_with(typed))
        return wordBegins - static_cast<int>(std::min<std::size_t>(word.size() - typed.size(), 10));
    if (typed.size() >= shortestContained && word.find(typed) != std::string_view::npos)
        return wordContains;
    // A figure with a digit changed is another figure.
    if (!forgiving || std::ranges::all_of(typed, isDigit))
        return 0;
    const int allowed = mistakesAllowed(typed, shortestMistaken);
    if (allowed == 0)
        return 0;
    if (const int mistakes = LikeWords::mistakes(typed, word, allowed); mistakes <= allowed)
        return exactWord - 20 - perMistake * mistakes;
    // While it is still being typed.
    if (typed.size() > shortestMistaken && word.size() > typed.size()
        && LikeWords::mistakes(typed, word.substr(0, typed.size()), 1) <= 1)
        return wordBegins - 2 * perMistake - 10;
    return 0;
}

int numberScore(std::string_view number, std::string_view typed, std::size_t at)
{
    if (number.size() == typed.size())
        return exactNumber;
    if (at == 0)
        return numberBegins - static_cast<int>(std::min<std::size_t>(number.size() - typed.size(), 20));
    if (at + typed.size() != number.size())
        return numberContains;
    return isDigit(number[at - 1]) ? numberEnds : wholeFigure;
}

} // namespace

void ItemIndex::addWords(Slot slot, std::string_view text, Place place)
{
    const auto add = [&](std::string_view word) {
        const auto [known, isNew]
            = m_wordIds.try_emplace(std::string(word), static_cast<std::uint32_t>(m_words.size()));
        if (isNew) {
            m_words.emplace_back(word);
            m_places.emplace_back();
        }
        auto &places = m_places[known->second];
        if (places.empty() || places.back() >> placeBits != slot)
            places.push_back(slot << placeBits | place);
    };
    int count = 0;
    eachPiece(SearchWords::folded(text), " ", [&](std::string_view word) {
        std::string together;
        int inWord = 0;
        eachPiece(word, ".", [&](std::string_view piece) {
            add(piece);
            together += piece;
            ++inWord;
        });
        if (inWord > 1) // "hivis" for "hi-vis"
            add(together);
        count += inWord > 0 ? 1 : 0;
    });
    if (place == InName)
        m_nameWords[slot] = static_cast<std::uint8_t>(std::min(count, 255));
}

void ItemIndex::addNumber(std::string_view number)
{
    std::string plain = SearchWords::folded(number);
    std::erase_if(plain, [](char c) { return c == '.' || c == ' '; });
    m_numbers += '\n';
    m_numberStarts.push_back(static_cast<std::uint32_t>(m_numbers.size()));
    m_numbers += std::string_view(plain).substr(0, longestTerm);
}

bool ItemIndex::add(const Facts &item)
{
    if (m_rows.size() >= itemsMost)
        return false;
    const auto slot = static_cast<Slot>(m_rows.size());
    m_rows.push_back(item.row);
    m_withdrawn.push_back(item.withdrawn);
    m_nameWords.push_back(0);
    m_slots.emplace(item.row, slot);
    m_slotsBySku.emplace(item.sku, slot);
    m_makers.emplace_back(item.manufacturerNumber);
    addNumber(item.sku);
    addNumber(item.manufacturerNumber);
    // The places that count most first: a word is noted once for an item.
    addWords(slot, item.name, InName);
    addWords(slot, item.manufacturer, InKeywords);
    addWords(slot, item.keywords, InKeywords);
    addWords(slot, item.family, InCategory);
    addWords(slot, item.category, InCategory);
    return true;
}

void ItemIndex::addOwnNumber(std::string_view sku, std::string_view number)
{
    const auto found = m_slotsBySku.find(std::string(sku));
    if (found == m_slotsBySku.end() || m_own.size() >= itemsMost)
        return;
    m_own.push_back({found->second, std::string(number)});
    addNumber(number);
}

void ItemIndex::addInstead(std::string_view sku, std::string_view other)
{
    const auto item = m_slotsBySku.find(std::string(sku));
    const auto instead = m_slotsBySku.find(std::string(other));
    if (item == m_slotsBySku.end() || instead == m_slotsBySku.end() || item == instead)
        return;
    m_instead.resize(m_rows.size(), noSlot);
    m_instead[item->second] = instead->second;
}

// What is called just so and is sold needs nothing in its place.
ItemIndex::Slot ItemIndex::insteadOf(Slot slot, Closeness closeness) const
{
    const bool leadsOn = closeness != Closeness::AsTyped || m_withdrawn[slot];
    return leadsOn && slot < m_instead.size() ? m_instead[slot] : noSlot;
}

ItemIndex::Slot ItemIndex::slotOfNumber(std::size_t number) const
{
    const std::size_t ofItems = 2 * m_rows.size();
    return number < ofItems ? static_cast<Slot>(number / 2) : m_own[number - ofItems].slot;
}

std::string_view ItemIndex::number(std::size_t at) const
{
    const std::size_t end = at + 1 < m_numberStarts.size() ? m_numberStarts[at + 1] - 1 : m_numbers.size();
    return std::string_view(m_numbers).substr(m_numberStarts[at], end - m_numberStarts[at]);
}

std::vector<ItemIndex::Term> ItemIndex::termsOf(std::string_view text)
{
    std::vector<Term> terms;
    const std::string plain = SearchWords::folded(text.substr(0, SearchWords::typedBytesMost));
    eachPiece(plain, " ", [&terms](std::string_view word) {
        Term term;
        appendPieces(term.pieces, word);
        for (const char c : word) {
            if (c != '.')
                term.whole += c;
        }
        if (term.pieces.size() == 1)
            term.pieces.clear();
        const bool known = std::ranges::find(terms, term.whole, &Term::whole) != terms.end();
        if (!term.whole.empty() && !known && terms.size() < typedTermsMost)
            terms.push_back(std::move(term));
    });
    return terms;
}

void ItemIndex::scoreWords(const std::string &typed, bool forgiving, Scores &scores) const
{
    for (std::size_t id = 0; id < m_words.size(); ++id) {
        const int score = wordScore(m_words[id], typed, forgiving);
        if (score <= 0)
            continue;
        for (const std::uint32_t place : m_places[id]) {
            const int percent = placePercent[place & ((1U << placeBits) - 1)];
            Score &known = scores[place >> placeBits];
            known = std::max(known, static_cast<Score>(score * percent / 100));
        }
    }
}

void ItemIndex::scoreNumbers(const std::string &typed, bool forgiving, Scores &scores) const
{
    if (typed.size() < 2 || typed.size() > longestTerm)
        return;
    const auto note = [&](std::size_t at, int score) {
        Score &known = scores[slotOfNumber(at)];
        known = std::max(known, static_cast<Score>(score));
    };
    const bool anywhere = termHasDigit(typed); // letters alone are a beginning: "wh"
    const std::string sought = anywhere ? typed : '\n' + typed;
    const std::boyer_moore_horspool_searcher searcher(sought.begin(), sought.end());
    std::size_t at = 0;
    for (auto from = m_numbers.begin(); at < m_numberStarts.size();) {
        const auto hit = std::search(from, m_numbers.end(), searcher);
        if (hit == m_numbers.end())
            break;
        const auto place = static_cast<std::size_t>(hit - m_numbers.begin()) + (anywhere ? 0 : 1);
        at = static_cast<std::size_t>(
                 std::upper_bound(m_numberStarts.begin() + static_cast<std::ptrdiff_t>(at),
                                  m_numberStarts.end(), place)
                 - m_numberStarts.begin())
            - 1;
        note(at, numberScore(number(at), typed, place - m_numberStarts[at]));
        if (++at < m_numberStarts.size())
            from = m_numbers.begin() + m_numberStarts[at] - 1;
    }
    if (!forgiving || !anywhere)
        return;
    if (const std::string meant = withoutLookalikes(typed); meant != typed)
        scoreNumbers(meant, false, scores);
    const int allowed = mistakesAllowed(typed, shortestMistakenNumber);
    if (allowed == 0)
        return;
    for (std::size_t each = 0; each < m_numberStarts.size(); ++each) {
        const int mistakes = LikeWords::mistakes(typed, number(each), allowed);
        if (mistakes > 0 && mistakes <= allowed)
            note(each, exactWord - perMistake * mistakes);
    }
}

// "heatgun": two words that were written as one.
std::vector<std::string> ItemIndex::wordsIn(const std::string &typed) const
{
    for (std::size_t at = shortestContained; at + shortestContained <= typed.size(); ++at) {
        std::vector<std::string> two{typed.substr(0, at), typed.substr(at)};
        if (m_wordIds.contains(two[0]) && m_wordIds.contains(two[1]))
            return two;
    }
    return {};
}

void ItemIndex::scoreTerm(const Term &term, bool forgiving, Scores &scores) const
{
    scores.assign(m_rows.size(), 0);
    scoreWords(term.whole, forgiving, scores);
    scoreNumbers(term.whole, forgiving, scores);
    const std::vector<std::string> parts = term.pieces.empty() ? wordsIn(term.whole) : term.pieces;
    if (parts.empty())
        return;
    Scores least(m_rows.size(), std::numeric_limits<Score>::max());
    Scores one;
    for (const std::string &piece : parts) {
        one.assign(m_rows.size(), 0);
        scoreWords(piece, forgiving, one);
        std::ranges::transform(least, one, least.begin(), [](Score a, Score b) { return std::min(a, b); });
    }
    for (std::size_t slot = 0; slot < scores.size(); ++slot)
        scores[slot] = std::max(scores[slot], static_cast<Score>(least[slot] * piecesPercent / 100));
}

// Those that meet at least so many of the terms; the best first, among equals the first.
ItemIndex::Found ItemIndex::best(const std::vector<Scores> &scores, const Scores &whole, std::size_t needed,
                                 const RowSet *among) const
{
    struct Candidate
    {
        int score;
        Slot slot;
    };
    std::vector<Candidate> candidates;
    for (Slot slot = 0; slot < m_rows.size(); ++slot) {
        int sum = whole[slot] > 0 ? wholeNumber + whole[slot] : 0;
        std::size_t met = 0;
        for (const Scores &each : scores) {
            met += each[slot] > 0 ? 1 : 0;
            sum += each[slot];
        }
        if ((met < needed && whole[slot] == 0) || (among && !among->contains(m_rows[slot])))
            continue;
        const int words = std::max<int>(m_nameWords[slot], 1);
        sum += nameIsWhole * std::min(static_cast<int>(met), words) / words;
        candidates.push_back({sum - (m_withdrawn[slot] ? withdrawnCosts : 0), slot});
    }
    const std::size_t most = std::min(candidates.size(), foundMost);
    std::ranges::partial_sort(candidates, candidates.begin() + static_cast<std::ptrdiff_t>(most),
                              [](const Candidate &a, const Candidate &b) {
                                  return a.score != b.score ? a.score > b.score : a.slot < b.slot;
                              });
    Found found;
    for (std::size_t i = 0; i < most; ++i)
        found.rows.push_back(m_rows[candidates[i].slot]);
    return found;
}

ItemIndex::Found ItemIndex::find(std::string_view text, const RowSet *among, bool exactly) const
{
    Found found = findByName(text, among, exactly);
    if (exactly || found.rows.empty())
        return found;
    RowSet known;
    for (const RowId row : found.rows)
        known.insert(row);
    RowIds rows;
    for (std::size_t i = 0; i < found.rows.size(); ++i) {
        rows.push_back(found.rows[i]);
        if (i >= replacedMost)
            continue;
        const Slot instead = insteadOf(m_slots.at(found.rows[i]), found.closeness);
        if (instead == noSlot || known.contains(m_rows[instead])
            || (among && !among->contains(m_rows[instead])))
            continue;
        rows.push_back(m_rows[instead]);
        known.insert(m_rows[instead]);
    }
    rows.resize(std::min(rows.size(), foundMost));
    found.rows = std::move(rows);
    return found;
}

// Sought among the rows and what each may be instead of, so that it is known how close the list went.
std::vector<ItemIndex::Instead> ItemIndex::insteadAmong(const RowIds &rows, std::string_view text) const
{
    RowSet asked;
    for (const RowId row : rows)
        asked.insert(row);
    RowSet among = asked;
    std::vector<Instead> pairs;
    for (Slot slot = 0; slot < m_instead.size(); ++slot) {
        if (m_instead[slot] == noSlot || !asked.contains(m_rows[m_instead[slot]]))
            continue;
        among.insert(m_rows[slot]);
        pairs.push_back({m_rows[m_instead[slot]], m_rows[slot]});
    }
    if (pairs.empty())
        return {};
    const Found found = findByName(text, &among, false);
    RowSet byName;
    for (const RowId row : found.rows)
        byName.insert(row);
    std::erase_if(pairs, [&](const Instead &pair) {
        return byName.contains(pair.row) || !byName.contains(pair.of)
            || insteadOf(m_slots.at(pair.of), found.closeness) == noSlot;
    });
    return pairs;
}

ItemIndex::Found ItemIndex::findByName(std::string_view text, const RowSet *among, bool exactly) const
{
    const std::vector<Term> terms = termsOf(text);
    if (terms.empty() || m_rows.empty())
        return {};
    std::vector<Scores> scores(terms.size());
    Scores whole(m_rows.size(), 0);
    // "WH 10 23": a number with blanks in it.
    const std::string together
        = std::accumulate(terms.begin(), terms.end(), std::string(),
                          [](std::string sum, const Term &term) { return std::move(sum) + term.whole; });
    if (terms.size() > 1 && termHasDigit(together))
        scoreNumbers(together, false, whole);
    for (const Closeness closeness : {Closeness::AsTyped, Closeness::Forgiven}) {
        for (std::size_t i = 0; i < terms.size(); ++i)
            scoreTerm(terms[i], closeness == Closeness::Forgiven, scores[i]);
        Found found = best(scores, whole, terms.size(), among);
        found.closeness = closeness;
        if (!found.rows.empty() || exactly)
            return found;
    }
    for (std::size_t needed = terms.size() - 1; needed > 0 && 2 * needed >= terms.size(); --needed) {
        Found found = best(scores, whole, needed, among);
        found.closeness = Closeness::Widened;
        if (!found.rows.empty())
            return found;
    }
    return {{}, Closeness::Widened};
}

std::optional<ItemIndex::Why> ItemIndex::why(RowId row, std::string_view text) const
{
    const auto known = m_slots.find(row);
    if (known == m_slots.end())
        return std::nullopt;
    const Slot slot = known->second;
    std::vector<Term> terms = termsOf(text);
    std::string together;
    for (const Term &term : terms)
        together += term.whole;
    if (terms.size() > 1)
        terms.push_back({together, {}});
    const auto fits = [](std::string_view written, const std::string &typed) {
        return termHasDigit(typed) && typed.size() > 1
            && (written.find(typed) != std::string_view::npos
                || LikeWords::mistakes(typed, written, 2) <= mistakesAllowed(typed, shortestMistakenNumber));
    };
    for (const Term &term : terms) {
        if (number(2 * slot).find(term.whole) != std::string_view::npos)
            continue;
        for (std::size_t i = 0; i < m_own.size(); ++i) {
            if (m_own[i].slot == slot && fits(number(2 * m_rows.size() + i), term.whole))
                return Why{Why::By::OwnNumber, m_own[i].number};
        }
        if (fits(number(2 * slot + 1), term.whole))
            return Why{Why::By::MakersNumber, m_makers[slot]};
    }
    for (const Term &term : terms) {
        const std::string *keyword = nullptr;
        bool inName = false;
        for (std::size_t id = 0; id < m_words.size(); ++id) {
            if (wordScore(m_words[id], term.whole, true) == 0)
                continue;
            const auto &places = m_places[id];
            const auto at = std::ranges::lower_bound(places, slot << placeBits);
            if (at == places.end() || *at >> placeBits != slot)
                continue;
            inName = inName || (*at & ((1U << placeBits) - 1)) != InKeywords;
            keyword = &m_words[id];
        }
        if (keyword && !inName)
            return Why{Why::By::Keyword, *keyword};
    }
    return std::nullopt;
}

} // namespace Counterfoil
