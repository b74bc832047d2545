#include "likeness.h"

#include "address.h"
#include "addressrules.h"
#include "contact.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <vector>

namespace Counterfoil {

namespace {

using Why = Lookalike::Why;

constexpr double likeEnough = 0.85;
constexpr qsizetype mostCompared = 256;  // characters
constexpr qsizetype nameWithOneSlip = 6; // characters from which on one that differs is taken for a slip
constexpr qsizetype fewestDigits = 6;    // of a telephone number that says anything

// What is left when spelling does not count: small letters without accents, and single spaces.
QString plain(const std::string &text)
{
    const QString folded
        = QString::fromStdString(text).toCaseFolded().normalized(QString::NormalizationForm_KD);
    QString result;
    for (const QChar c : folded) {
        if (c.category() == QChar::Mark_NonSpacing || c == QLatin1Char('\'') || c == QChar(0x2019))
            continue;
        result += c.isLetterOrNumber() || c.isSurrogate() ? c : QChar(QLatin1Char(' '));
    }
    return result.simplified().left(mostCompared);
}

// Abbreviations as they are usual in addresses, and what they stand for.
QString unabbreviated(const QString &word)
{
    static const QHash<QString, QString> words = [] {
        QHash<QString, QString> map;
        constexpr std::pair<const char *, const char *> usual[]
            = {{"st", "street"},   {"rd", "road"},       {"ave", "avenue"},     {"av", "avenue"},
               {"ln", "lane"},     {"dr", "drive"},      {"blvd", "boulevard"}, {"sq", "square"},
               {"ct", "court"},    {"pl", "place"},      {"pk", "park"},        {"pkwy", "parkway"},
               {"hwy", "highway"}, {"ste", "suite"},     {"bldg", "building"},  {"fl", "floor"},
               {"flr", "floor"},   {"apt", "apartment"}, {"ind", "industrial"}, {"est", "estate"},
               {"str", "strasse"}, {"c", "calle"},       {"avda", "avenida"},   {"ul", "ulica"},
               {"al", "aleja"},    {"n", "north"},       {"s", "south"},        {"e", "east"},
               {"w", "west"},      {"und", "and"},       {"no", "nr"}};
        for (const auto &[abbreviation, whole] : usual)
            map.insert(QString::fromLatin1(abbreviation), QString::fromLatin1(whole));
        return map;
    }();
    // German runs it into the name: "Industriestr. 5".
    if (word.size() > 3 && word.endsWith(QLatin1String("str")))
        return word + QLatin1String("asse");
    return words.value(word, word);
}

// Numbers, each with the letter that follows it, tell premises apart; the words around them may be
// spelled one way or another.
struct Street
{
    QStringList numbers;
    QString words;
};

Street streetOf(const Address &address)
{
    Street street;
    QStringList words;
    bool afterNumber = false;
    for (const QString &token : plain(address.street).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (afterNumber && token.size() == 1 && token.front().isLetter()) {
            street.numbers.last() += token;
            afterNumber = false;
            continue;
        }
        QString word;
        QString number;
        const auto endNumber = [&] {
            if (!number.isEmpty())
                street.numbers.append(std::exchange(number, {}));
        };
        for (const QChar c : token) {
            const bool endsNumber = !number.isEmpty() && token.size() <= number.size() + 1; // "12a"
            if (c.isDigit() || endsNumber) {
                number += c;
            } else {
                endNumber();
                word += c;
            }
        }
        afterNumber = !number.isEmpty() && number.back().isDigit();
        endNumber();
        if (!word.isEmpty())
            words.append(unabbreviated(word));
    }
    street.numbers.sort();
    street.words = words.join(QLatin1Char(' '));
    return street;
}

// How many characters have to be put in, left out or exchanged to make one of the other.
qsizetype distance(const QString &a, const QString &b)
{
    std::vector<qsizetype> row(static_cast<std::size_t>(b.size()) + 1);
    for (std::size_t j = 0; j < row.size(); ++j)
        row[j] = static_cast<qsizetype>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype before = std::exchange(row[0], i);
        for (std::size_t j = 1; j < row.size(); ++j) {
            const qsizetype exchanged = before + (a[i - 1] == b[static_cast<qsizetype>(j) - 1] ? 0 : 1);
            before = row[j];
            row[j] = std::min({exchanged, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

bool alike(const QString &a, const QString &b)
{
    const auto longest = static_cast<double>(std::max(a.size(), b.size()));
    return a == b || 1 - static_cast<double>(distance(a, b)) / longest >= likeEnough;
}

QString postalCodeOf(const Address &address)
{
    const CountryRules *rules = countryRules(address.country);
    const std::string spelled = rules ? spelledPostalCode(*rules, address.postalCode) : std::string();
    return plain(spelled.empty() ? address.postalCode : spelled).remove(QLatin1Char(' '));
}

std::optional<Why> likeness(const Address &a, const Address &b)
{
    if (a.country != b.country)
        return {};
    const Street here = streetOf(a);
    const Street there = streetOf(b);
    if (here.numbers != there.numbers || !alike(here.words, there.words)
        || (here.words.isEmpty() && here.numbers.isEmpty()))
        return {};
    const QString code = postalCodeOf(a);
    const QString other = postalCodeOf(b);
    if (!code.isEmpty() && code == other)
        return Why::SamePlace;
    if (!alike(plain(a.city), plain(b.city)))
        return {};
    if (code.isEmpty() && other.isEmpty())
        return Why::SamePlace;
    const bool near = code.isEmpty() || other.isEmpty() || distance(code, other) <= 1;
    return near ? std::optional(Why::NearbyPlace) : std::nullopt;
}

QStringList nameWords(const Contact &contact)
{
    QStringList words = plain(contact.name).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    words.sort();
    return words;
}

QString digits(const std::string &phone)
{
    QString result;
    const QString typed = QString::fromStdString(phone);
    for (const QChar c : typed) {
        if (c.isDigit())
            result += c;
    }
    return result;
}

// With and without the country's code, which not everybody writes: the last digits decide.
bool samePhone(const std::string &a, const std::string &b)
{
    const QString here = digits(a);
    const QString there = digits(b);
    const qsizetype compared = std::min({here.size(), there.size(), qsizetype(9)});
    return compared >= fewestDigits && here.right(compared) == there.right(compared);
}

// "H. Lane" may be Harriet Lane.
bool maybeShortFor(const QStringList &a, const QStringList &b)
{
    return a.size() == b.size() && !a.isEmpty()
        && std::ranges::equal(a, b, [](const QString &x, const QString &y) {
               return x == y || ((x.size() == 1 || y.size() == 1) && x.front() == y.front());
           });
}

std::optional<Why> likeness(const Contact &a, const Contact &b)
{
    if (!a.email.empty()
        && QString::fromStdString(a.email).compare(QString::fromStdString(b.email), Qt::CaseInsensitive) == 0)
        return Why::SameEmail;
    const QStringList name = nameWords(a);
    const QStringList other = nameWords(b);
    if (name.isEmpty() || other.isEmpty())
        return {};
    const QString joined = name.join(QLatin1Char(' '));
    const QString otherJoined = other.join(QLatin1Char(' '));
    if (joined == otherJoined || (joined.size() >= nameWithOneSlip && distance(joined, otherJoined) <= 1))
        return Why::SameName;
    const bool phone = samePhone(a.phone, b.phone) || samePhone(a.mobile, b.mobile)
        || samePhone(a.phone, b.mobile) || samePhone(a.mobile, b.phone);
    return phone && maybeShortFor(name, other) ? std::optional(Why::SameNameAndPhone) : std::nullopt;
}

template <class T> std::optional<Lookalike> find(const T &record, std::span<const AnyRecord> others)
{
    for (std::size_t i = 0; i < others.size(); ++i) {
        const T *other = others[i].template as<T>();
        if (const auto why = other ? likeness(record, *other) : std::nullopt)
            return Lookalike{i, *why};
    }
    return {};
}

} // namespace

std::optional<Lookalike> findLookalike(const AnyRecord &record, std::span<const AnyRecord> others)
{
    if (const auto *address = record.as<Address>())
        return find(*address, others);
    if (const auto *contact = record.as<Contact>())
        return find(*contact, others);
    return {};
}

} // namespace Counterfoil
