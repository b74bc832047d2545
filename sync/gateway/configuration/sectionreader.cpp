#include "sectionreader.h"

#include "configurationwords.h"

#include <algorithm>

namespace Counterfoil {

using ConfigurationWords::shown;
using ConfigurationWords::tr;

namespace {

bool isCode(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
            || c == '_' || c == '/' || c == '.';
    });
}

} // namespace

void Complaints::add(ConfigurationPlace place, const QString &sentence)
{
    if (!m_first)
        m_first = configurationError(place, sentence);
}

SectionReader::SectionReader(const ConfigurationValue &table, Complaints &complaints)
    : m_table(table)
    , m_complaints(complaints)
{ }

SectionReader::~SectionReader()
{
    for (const ConfigurationMember &member : m_table.table) {
        if (!m_asked.contains(member.key))
            m_complaints.add(
                member.place,
                tr("there is no setting \"%1\" here. Check its spelling.").arg(shown(member.key)));
    }
}

const ConfigurationValue *SectionReader::find(std::string_view key) const
{
    const auto found = std::ranges::find(m_table.table, key, &ConfigurationMember::key);
    return found == m_table.table.end() ? nullptr : &found->value;
}

ConfigurationPlace SectionReader::placeOf(std::string_view key) const
{
    const ConfigurationValue *value = find(key);
    return value ? value->place : m_table.place;
}

void SectionReader::complain(std::string_view key, const QString &sentence)
{
    m_complaints.add(placeOf(key), sentence);
}

const ConfigurationValue *SectionReader::take(std::string_view key, Type type, const QString &expected)
{
    m_asked.emplace(key);
    const ConfigurationValue *value = find(key);
    if (!value || value->type == type)
        return value;
    m_complaints.add(value->place, tr("\"%1\" takes %2.").arg(shown(key), expected));
    return nullptr;
}

void SectionReader::read(std::string_view key, std::string &target)
{
    const ConfigurationValue *value = take(key, Type::Text, tr("text in quotation marks"));
    if (!value)
        return;
    if (value->text.size() > mostTextBytes)
        complain(
            key,
            tr("\"%1\" is longer than the %2 bytes that it may have.").arg(shown(key)).arg(mostTextBytes));
    target = value->text;
}

void SectionReader::read(std::string_view key, bool &target)
{
    if (const ConfigurationValue *value = take(key, Type::Flag, tr("true or false")))
        target = value->flag;
}

void SectionReader::read(std::string_view key, std::int64_t &target, std::int64_t least, std::int64_t most)
{
    const QString expected = tr("a whole number from %1 to %2").arg(least).arg(most);
    const ConfigurationValue *value = take(key, Type::Integer, expected);
    if (!value)
        return;
    if (value->integer < least || value->integer > most)
        complain(key, tr("\"%1\" takes %2.").arg(shown(key), expected));
    target = value->integer;
}

void SectionReader::read(std::string_view key, std::vector<std::string> &target)
{
    const QString expected = tr("a list of texts, such as [\"one\", \"two\"]");
    const ConfigurationValue *value = take(key, Type::List, expected);
    if (!value)
        return;
    target.clear();
    for (const ConfigurationValue &item : value->list) {
        if (item.type != Type::Text || item.text.empty() || item.text.size() > mostTextBytes)
            m_complaints.add(item.place, tr("\"%1\" takes %2.").arg(shown(key), expected));
        if (std::ranges::find(target, item.text) != target.end())
            m_complaints.add(item.place, tr("\"%1\" is there twice.").arg(shown(item.text)));
        target.push_back(item.text);
    }
}

std::optional<Decimal> SectionReader::decimal(std::string_view key, const QString &expected, bool percent)
{
    const ConfigurationValue *value = take(key, Type::Text, expected);
    if (!value)
        return std::nullopt;
    std::string_view text = value->text;
    const bool marked = text.ends_with('%');
    if (marked)
        text.remove_suffix(1);
    const auto number = Decimal::parse(text);
    if (number && marked == percent && *number >= Decimal())
        return number;
    complain(key, tr("\"%1\" takes %2.").arg(shown(key), expected));
    return std::nullopt;
}

void SectionReader::readMoney(std::string_view key, Decimal &target)
{
    if (const auto value = decimal(key, tr("an amount as text, such as \"12.50\""), false))
        target = *value;
}

void SectionReader::readPercent(std::string_view key, std::int64_t &basisPoints)
{
    constexpr std::int64_t millionthsOfBasisPoint = Decimal::one / 100;
    const auto value = decimal(key, tr("a share as text, such as \"12.5%\""), true);
    if (!value)
        return;
    if (*value > Decimal::fromInteger(100))
        complain(key, tr("\"%1\" is more than 100 %.").arg(shown(key)));
    if (value->millionths % millionthsOfBasisPoint != 0)
        complain(key, tr("\"%1\" takes two decimals at most.").arg(shown(key)));
    basisPoints = value->millionths / millionthsOfBasisPoint;
}

void SectionReader::readOneOf(std::string_view key, std::string &target,
                              std::span<const std::string_view> known)
{
    read(key, target);
    if (!has(key) || std::ranges::find(known, target) != known.end())
        return;
    QStringList all;
    for (const std::string_view each : known)
        all.append(QLatin1Char('"') + shown(each) + QLatin1Char('"'));
    complain(
        key,
        tr("\"%1\" is no %2; there are %3.").arg(shown(target), shown(key), all.join(QStringLiteral(", "))));
}

void SectionReader::readCode(std::string_view key, std::string &target)
{
    read(key, target);
    if (has(key) && !isCode(target))
        complain(key,
                 tr("\"%1\" takes a name of 1 to 64 letters without accents, digits, '-', '_', '/' and '.'.")
                     .arg(shown(key)));
}

void SectionReader::need(std::string_view key)
{
    const ConfigurationValue *value = find(key);
    if (!value || (value->type == Type::Text && value->text.empty()))
        m_complaints.add(value ? value->place : m_table.place,
                         tr("\"%1\" has to be said here.").arg(shown(key)));
}

void SectionReader::section(std::string_view key, const std::function<void(SectionReader &)> &visit)
{
    const ConfigurationValue *value
        = take(key, Type::Table, tr("a section that begins with [%1]").arg(shown(key)));
    if (!value)
        return;
    SectionReader section(*value, m_complaints);
    visit(section);
}

void SectionReader::each(std::string_view key, const std::function<void(SectionReader &)> &visit)
{
    const QString expected = tr("sections that begin with [[%1]]").arg(shown(key));
    const ConfigurationValue *value = take(key, Type::List, expected);
    if (!value)
        return;
    for (const ConfigurationValue &item : value->list) {
        if (item.type != Type::Table) {
            m_complaints.add(item.place, tr("\"%1\" takes %2.").arg(shown(key), expected));
            return;
        }
        SectionReader section(item, m_complaints);
        visit(section);
    }
}

} // namespace Counterfoil
