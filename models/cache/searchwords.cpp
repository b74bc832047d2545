#include "searchwords.h"

#include <QList>
#include <QString>

#include <algorithm>

namespace Counterfoil::SearchWords {

namespace {

constexpr std::size_t maxQueryWords = 16; // more than anybody types
constexpr std::size_t maxWordBytes = 256;
constexpr std::size_t maxNumberBytes = 32;
constexpr std::size_t maxPieces = 8; // of one word that are the beginning of a word
// Of a run of characters of a script that puts no blanks between words: as many as anybody types at once.
constexpr std::size_t runCharacters = 8;

bool isSpace(char c)
{
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
}

bool isAscii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

bool isAlphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isPunctuation(char c)
{
    return isAscii(c) && !isAlphanumeric(c) && !isSpace(c);
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Letters and digits in lower case without diacritics; whatever else there is becomes a dot, blanks a blank.
std::string foldedByUnicode(std::string_view text)
{
    QString folded;
    const QString apart = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
                              .normalized(QString::NormalizationForm_KD)
                              .toCaseFolded();
    for (const char32_t point : apart.toUcs4()) {
        const QChar::Category category = QChar::category(point);
        if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing
            || category == QChar::Other_Format)
            continue;
        const bool counts = QChar::isLetterOrNumber(point) || category == QChar::Mark_SpacingCombining;
        if (counts)
            folded += QStringView(QChar::fromUcs4(point));
        else
            folded += QChar::isSpace(point) || category == QChar::Other_Control ? u' ' : u'.';
    }
    return folded.toStdString();
}

// Calls `each` with every piece between two separators.
template <class Each> void split(std::string_view text, char separator, const Each &each)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        if (end > at)
            each(text.substr(at, end - at));
        at = end + 1;
    }
}

using Words = std::vector<std::string>;

// The word's pieces, and from each of the first on all of them together.
void addWord(Words &words, std::string_view word)
{
    Words pieces;
    split(word, '.', [&pieces](std::string_view piece) { pieces.emplace_back(piece); });
    for (std::size_t first = 0; first + 1 < std::min(pieces.size(), maxPieces); ++first) {
        std::string together;
        for (std::size_t i = first; i < pieces.size(); ++i)
            together += pieces[i];
        words.push_back(std::move(together));
    }
    std::ranges::move(pieces, std::back_inserter(words));
}

// "1Z 999 AA1 01": a number that some write with blanks and others without.
bool isSpacedNumber(std::string_view text)
{
    return text.size() <= maxNumberBytes && std::ranges::any_of(text, isSpace)
        && std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string joined(std::string_view text)
{
    std::string result;
    std::ranges::copy_if(text, std::back_inserter(result), [](char c) { return c != '.' && c != ' '; });
    return result;
}

void appendWordsOf(Words &words, const RecordType &type, const void *record)
{
    for (const Field &field : type.fields) {
        if (!field.is(Searchable))
            continue;
        if (field.type == FieldType::List) {
            void *list = field.address(const_cast<void *>(record));
            for (std::size_t i = 0; i < field.list->size(list); ++i)
                appendWordsOf(words, *field.element, field.list->at(list, i));
        } else if (field.type == FieldType::Text) {
            const std::string text = folded(field.in<std::string>(record));
            split(text, ' ', [&words](std::string_view word) { addWord(words, word); });
            if (isSpacedNumber(text))
                words.push_back(joined(text));
        }
    }
}

// Whether the character, in UTF-8 from `at` on, is of such a script: Han, Kana, Thai, Lao, Khmer or Burmese.
bool isUnspaced(std::string_view word, std::size_t at)
{
    const auto byte
        = [&](std::size_t i) { return at + i < word.size() ? static_cast<unsigned char>(word[at + i]) : 0U; };
    const unsigned lead = byte(0);
    if (lead == 0xF0)
        return byte(1) >= 0xA0 && byte(1) <= 0xB2; // the rarer of Han
    if (lead < 0xE0 || lead > 0xEF)
        return false;
    const unsigned point = (lead & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    const auto within = [point](unsigned first, unsigned last) { return point >= first && point <= last; };
    return within(0x0E00, 0x0EFF) || within(0x1000, 0x109F) || within(0x1780, 0x17FF)
        || within(0x3040, 0x30FF) || within(0x3400, 0x9FFF) || within(0xF900, 0xFAFF);
}

std::size_t nextCharacter(std::string_view word, std::size_t at)
{
    for (++at; at < word.size() && (word[at] & '\xc0') == '\x80'; ++at) { }
    return at;
}

// Not longer than so many bytes, and whole characters.
std::string_view beginning(std::string_view word, std::size_t most)
{
    std::size_t size = std::min(word.size(), most);
    while (size > 0 && size < word.size() && (word[size] & '\xc0') == '\x80')
        --size;
    return word.substr(0, size);
}

// How many bytes so many characters have.
std::size_t charactersOf(std::string_view word, std::size_t most)
{
    std::size_t end = 0;
    for (std::size_t i = 0; i < most && end < word.size(); ++i)
        end = nextCharacter(word, end);
    return end;
}

// `piece` as it is looked for, and from each of its characters on where there are no blanks to tell words.
void addInside(Words &words, std::string_view piece)
{
    words.emplace_back(beginning(piece, maxWordBytes));
    for (std::size_t at = 0; at < piece.size(); at = nextCharacter(piece, at)) {
        if (!isUnspaced(piece, at))
            continue;
        const std::string_view rest = piece.substr(at);
        words.emplace_back(rest.substr(0, charactersOf(rest, runCharacters)));
    }
}

} // namespace

std::string folded(std::string_view text)
{
    if (!std::ranges::all_of(text, isAscii))
        return foldedByUnicode(text);
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return isSpace(c) ? ' ' : isAlphanumeric(c) ? lower(c) : '.';
    });
    return result;
}

std::string squeezed(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (!isPunctuation(c) && !isSpace(c))
            result += lower(c);
    }
    return result;
}

std::string of(const RecordType &type, const void *record)
{
    Words words;
    appendWordsOf(words, type, record);
    std::ranges::sort(words);
    words.erase(std::ranges::unique(words).begin(), words.end());
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string inside(std::string_view text)
{
    Words words;
    Words forms;
    const auto settle = [&words] {
        std::ranges::sort(words);
        words.erase(std::ranges::unique(words).begin(), words.end());
    };
    bool full = false;
    const std::string plain = folded(text);
    split(plain, ' ', [&](std::string_view word) {
        if (full)
            return;
        forms.clear();
        // A word without end would have thousands of pieces, each with all that follow it.
        if (word.size() <= maxWordBytes)
            addWord(forms, word);
        else
            split(word, '.', [&forms](std::string_view piece) { forms.emplace_back(piece); });
        for (const std::string &form : forms)
            addInside(words, form);
        if (words.size() > 2 * insideWordsMost) {
            settle();
            full = words.size() >= insideWordsMost;
        }
    });
    settle();
    words.resize(std::min(words.size(), insideWordsMost));
    std::string all;
    for (const std::string &word : words)
        all += (all.empty() ? "" : " ") + word;
    return all;
}

std::vector<std::string> typed(std::string_view text)
{
    std::size_t size = std::min(text.size(), typedBytesMost);
    while (size > 0 && size < text.size() && (text[size] & '\xc0') == '\x80') // inside a character
        --size;
    Words words;
    const std::string plain = folded(text.substr(0, size));
    split(plain, ' ', [&words](std::string_view word) {
        std::string whole = joined(word);
        if (isUnspaced(whole, 0))
            whole.resize(charactersOf(whole, runCharacters));
        if (!whole.empty() && whole.size() <= maxWordBytes && words.size() < maxQueryWords
            && std::ranges::find(words, whole) == words.end())
            words.push_back(std::move(whole));
    });
    return words;
}

std::string beginningWith(std::string_view word)
{
    return '"' + std::string(word) + "\"*";
}

std::string query(std::string_view text, Match match)
{
    std::string result;
    for (const std::string &word : typed(text)) {
        result += result.empty() ? "" : " AND ";
        result += match == Beginning ? beginningWith(word) : '"' + word + '"';
    }
    return result;
}

bool hasAll(std::string_view words, const std::vector<std::string> &typed)
{
    return std::ranges::all_of(typed, [words](const std::string &word) {
        if (words.starts_with(word))
            return true;
        for (std::size_t at = words.find(word, 1); at != std::string_view::npos;
             at = words.find(word, at + 1)) {
            if (words[at - 1] == ' ')
                return true;
        }
        return false;
    });
}

} // namespace Counterfoil::SearchWords
