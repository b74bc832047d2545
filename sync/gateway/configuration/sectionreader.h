#pragma once

#include "configurationtree.h"
#include "decimal.h"

#include <functional>
#include <optional>
#include <set>
#include <span>

namespace Counterfoil {

// Goes through a file once and keeps the first thing that is wrong; what is read after that does not count.
class Complaints
{
public:
    void add(ConfigurationPlace place, const QString &sentence);
    bool none() const { return !m_first; }
    const Error &first() const { return *m_first; }

private:
    std::optional<Error> m_first;
};

// Reads one table strictly: a value of another type, out of its range, or under a key that nobody asked for
// is a complaint. What is absent leaves the target as it is.
class SectionReader
{
public:
    static constexpr std::size_t mostTextBytes = 4'000;

    SectionReader(const ConfigurationValue &table, Complaints &complaints);
    SectionReader(const SectionReader &) = delete;
    SectionReader &operator=(const SectionReader &) = delete;
    ~SectionReader(); // complains of the keys that nobody asked for

    bool has(std::string_view key) const { return find(key) != nullptr; }
    ConfigurationPlace placeOf(std::string_view key) const; // of its value; of the table where there is none

    void read(std::string_view key, std::string &target);
    void read(std::string_view key, bool &target);
    void read(std::string_view key, std::int64_t &target, std::int64_t least, std::int64_t most);
    void read(std::string_view key, std::vector<std::string> &target);
    void readMoney(std::string_view key, Decimal &target);             // "12.50", not below nothing
    void readPercent(std::string_view key, std::int64_t &basisPoints); // "12.5%", 0 to 100
    void readOneOf(std::string_view key, std::string &target, std::span<const std::string_view> known);
    void need(std::string_view key); // complains when it is absent or empty
    // A short name for programs: letters, digits, '-', '_', '/' and '.'.
    void readCode(std::string_view key, std::string &target);
    void section(std::string_view key,
                 const std::function<void(SectionReader &)> &visit); // [key], if it is there
    void each(std::string_view key, const std::function<void(SectionReader &)> &visit); // [[key]]

    void complain(std::string_view key, const QString &sentence);
    Complaints &complaints() { return m_complaints; }

private:
    using Type = ConfigurationValue::Type;
    const ConfigurationValue *find(std::string_view key) const;
    const ConfigurationValue *take(std::string_view key, Type type, const QString &expected);
    std::optional<Decimal> decimal(std::string_view key, const QString &expected, bool percent);

    const ConfigurationValue &m_table;
    Complaints &m_complaints;
    std::set<std::string, std::less<>> m_asked;
};

} // namespace Counterfoil
