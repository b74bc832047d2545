#include "jumptext.h"

#include "searchwords.h"

#include <QString>

#include <algorithm>
#include <set>
#include <sstream>

namespace Counterfoil::JumpText {

namespace {

constexpr qsizetype maxCharacters = 1024;
constexpr std::size_t maxNumbers = 100;
constexpr std::size_t shortestNumber = 3;
constexpr std::size_t longestNumber = 40;
// Of a number written with blanks: "1Z 999 AA1 01 2345 6784" is six pieces of at most four characters.
constexpr std::size_t mostPieces = 10;
constexpr std::size_t longestPiece = 8;
constexpr std::size_t longestLetters = 3; // of a piece without digits

bool hasDigit(std::string_view text)
{
    return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Collects what may be a number, each once.
class Numbers
{
public:
    void add(const std::string &text)
    {
        if (m_all.size() >= maxNumbers || !hasDigit(text))
            return;
        const std::string squeezed = SearchWords::squeezed(text);
        if (squeezed.size() >= shortestNumber && squeezed.size() <= longestNumber
            && m_known.insert(squeezed).second)
            m_all.push_back(squeezed);
    }
    std::vector<std::string> take() { return std::move(m_all); }

private:
    std::vector<std::string> m_all;
    std::set<std::string> m_known;
};

// "PO:4500-771", "INV#80123", "4711/4712", "order=12".
void addParts(Numbers &numbers, const std::string &word)
{
    static constexpr char separators[] = ":#=/,;|()[]<>\"'";
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t end = std::min(word.find_first_of(separators, at), word.size());
        numbers.add(word.substr(at, end - at));
        at = end + 1;
    }
}

bool isPiece(const std::string &word)
{
    const std::size_t size = SearchWords::squeezed(word).size();
    return size > 0 && size <= (hasDigit(word) ? longestPiece : longestLetters);
}

} // namespace

std::string cleaned(const std::string &pasted)
{
    // Four bytes are the longest character of UTF-8, so nothing that counts is cut off.
    const auto bytes = std::min(static_cast<qsizetype>(pasted.size()), 4 * maxCharacters);
    const QString text = QString::fromUtf8(pasted.data(), bytes)
                             .left(maxCharacters)
                             .normalized(QString::NormalizationForm_KC);
    QString plain;
    for (const QChar c : text) {
        switch (c.category()) {
        case QChar::Other_Format:
        case QChar::Other_NotAssigned:
        case QChar::Other_PrivateUse:
            break;
        case QChar::Other_Control:
        case QChar::Separator_Space:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            plain += u' ';
            break;
        case QChar::Punctuation_Dash:
            plain += u'-';
            break;
        default:
            plain += c == QChar(0x2212) ? QChar(u'-') : c; // the minus sign is no dash to Unicode
        }
    }
    return plain.simplified().toStdString();
}

std::vector<std::string> numbers(const std::string &cleaned)
{
    std::vector<std::string> words;
    std::istringstream stream(cleaned);
    for (std::string word; stream >> word;)
        words.push_back(word);
    Numbers numbers;
    // The longest run first, so that a piece of a number does not come before the whole.
    for (std::size_t first = 0; first < words.size(); ++first) {
        std::size_t end = first;
        while (end < words.size() && end - first < mostPieces && isPiece(words[end]))
            ++end;
        for (; end > first + 1; --end) {
            std::string run;
            for (std::size_t i = first; i < end; ++i)
                run += words[i];
            numbers.add(run);
        }
        numbers.add(words[first]);
        addParts(numbers, words[first]);
    }
    return numbers.take();
}

std::string withoutLabel(const std::string &number)
{
    const auto digit = std::ranges::find_if(number, [](char c) { return c >= '0' && c <= '9'; });
    const auto label = static_cast<std::size_t>(digit - number.begin());
    return label > 0 && number.size() - label > shortestNumber ? number.substr(label) : std::string();
}

} // namespace Counterfoil::JumpText
