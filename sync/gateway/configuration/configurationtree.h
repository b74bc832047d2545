#pragma once

#include "result.h"

#include <QByteArray>

#include <string>
#include <vector>

// TOML as plain values with their places, so that one file alone knows the library that reads it.
namespace Counterfoil {

struct ConfigurationPlace
{
    int line = 0; // from 1
    int column = 0;
};

struct ConfigurationMember;

struct ConfigurationValue
{
    enum class Type { Text, Integer, Flag, List, Table, Other };

    Type type = Type::Other;
    ConfigurationPlace place;
    std::string text;
    std::int64_t integer = 0;
    bool flag = false;
    std::vector<ConfigurationValue> list;
    std::vector<ConfigurationMember> table; // in no order that means anything
};

struct ConfigurationMember
{
    std::string key;
    ConfigurationPlace place; // of the key
    ConfigurationValue value;
};

// "Line 12, column 5: …"
Error configurationError(ConfigurationPlace place, const QString &sentence);

Result<ConfigurationValue> parseToml(const QByteArray &text);

} // namespace Counterfoil
