#include "configurationtree.h"

#include <QCoreApplication>

#include <toml++/toml.h>

namespace Counterfoil {

namespace {

constexpr int mostLevels = 16;

ConfigurationPlace placeOf(const toml::source_region &region)
{
    return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

ConfigurationValue valueOf(const toml::node &node, int levels)
{
    using Type = ConfigurationValue::Type;
    ConfigurationValue value;
    value.place = placeOf(node.source());
    if (const auto *text = node.as_string()) {
        value.type = Type::Text;
        value.text = text->get();
    } else if (const auto *integer = node.as_integer()) {
        value.type = Type::Integer;
        value.integer = integer->get();
    } else if (const auto *flag = node.as_boolean()) {
        value.type = Type::Flag;
        value.flag = flag->get();
    } else if (const auto *list = node.as_array(); list && levels > 0) {
        value.type = Type::List;
        for (const toml::node &item : *list)
            value.list.push_back(valueOf(item, levels - 1));
    } else if (const auto *table = node.as_table(); table && levels > 0) {
        value.type = Type::Table;
        for (const auto &[key, member] : *table)
            value.table.push_back(
                {std::string(key.str()), placeOf(key.source()), valueOf(member, levels - 1)});
    }
    return value;
}

} // namespace

Error configurationError(ConfigurationPlace place, const QString &sentence)
{
    return {ErrorKind::BadInput,
            QCoreApplication::translate("Gateway", "Line %1, column %2: %3")
                .arg(place.line)
                .arg(place.column)
                .arg(sentence)};
}

Result<ConfigurationValue> parseToml(const QByteArray &text)
{
    // Debian's library speaks by exceptions; they end here.
    try {
        return valueOf(toml::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size()))),
                       mostLevels);
    } catch (const toml::parse_error &error) {
        const std::string_view what = error.description();
        return configurationError(
            placeOf(error.source()),
            QCoreApplication::translate("Gateway", "this is no TOML (%1).")
                .arg(QString::fromUtf8(what.data(), static_cast<qsizetype>(what.size()))));
    }
}

} // namespace Counterfoil
