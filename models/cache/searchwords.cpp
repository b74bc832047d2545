#include "searchwords.h"

#include <QList>
#include <QString>

#include <algorithm>
#include <vector>

namespace Counterfoil::SearchWords {

namespace {

// More words than anybody types; what follows in a pasted page is passed over.
constexpr std::size_t maxQueryWords = 16;
constexpr std::size_t maxWordBytes = 256;
constexpr std::size_t maxNumberBytes = 32;

bool isSpace(char c)
{
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
}

bool isPunctuation(char c)
{
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return static_cast<unsigned char>(c) < 0x80 && !alphanumeric && !isSpace(c);
}

std::vector<std::string_view> split(std::string_view text)
{
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin
            = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), isSpace);
        const auto end = std::find_if(begin, text.end(), isSpace);
        if (begin != end)
            words.push_back(text.substr(static_cast<std::size_t>(begin - text.begin()),
                                        static_cast<std::size_t>(end - begin)));
        at = static_cast<std::size_t>(end - text.begin());
    }
    return words;
}

std::string_view trimmed(std::string_view word)
{
    while (!word.empty() && isPunctuation(word.front()))
        word.remove_prefix(1);
    while (!word.empty() && isPunctuation(word.back()))
        word.remove_suffix(1);
    return word;
}

bool hasPunctuation(std::string_view word)
{
    return std::ranges::any_of(word, isPunctuation);
}

// Whether the full-text index would see anything in it: a dash or a dot between two names is no word.
bool isWord(std::string_view text)
{
    const auto points = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toUcs4();
    return std::ranges::any_of(points, [](char32_t point) { return QChar::isLetterOrNumber(point); });
}

// "1Z 999 AA1 01": a number that some write with blanks and others without.
bool isSpacedNumber(std::string_view text)
{
    return text.size() <= maxNumberBytes && std::ranges::any_of(text, isSpace)
        && std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void append(std::string &words, const RecordType &type, const void *record)
{
    for (const Field &field : type.fields) {
        if (!field.is(Searchable))
            continue;
        if (field.type == FieldType::List) {
            void *list = field.address(const_cast<void *>(record));
            for (std::size_t i = 0; i < field.list->size(list); ++i)
                append(words, *field.element, field.list->at(list, i));
        } else if (field.type == FieldType::Text) {
            const auto &text = field.in<std::string>(record);
            words += text;
            words += '\n';
            if (isSpacedNumber(text))
                words += squeezed(text) + '\n';
            for (std::string_view word : split(text)) {
                if (word = trimmed(word); hasPunctuation(word))
                    words += squeezed(word) + '\n';
            }
        }
    }
}

std::string term(std::string_view word, Match match)
{
    return '"' + std::string(word) + (match == Beginning ? "\"*" : "\"");
}

} // namespace

std::string squeezed(std::string_view text)
{
    std::string result;
    for (char c : text) {
        if (!isPunctuation(c) && !isSpace(c))
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

std::string of(const RecordType &type, const void *record)
{
    std::string words;
    append(words, type, record);
    return words;
}

std::string query(std::string_view typed, Match match)
{
    std::string result;
    std::size_t count = 0;
    for (std::string_view word : split(typed)) {
        word = trimmed(word);
        if (word.size() > maxWordBytes || !isWord(word))
            continue;
        if (++count > maxQueryWords)
            break;
        if (!result.empty())
            result += " AND ";
        if (!hasPunctuation(word)) {
            result += term(word, match);
            continue;
        }
        // As its pieces in a row, or as one word that was written without the punctuation.
        std::string pieces(word);
        std::ranges::replace_if(pieces, isPunctuation, ' ');
        result += '(' + term(squeezed(word), match) + " OR " + term(pieces, match) + ')';
    }
    return result;
}

} // namespace Counterfoil::SearchWords
