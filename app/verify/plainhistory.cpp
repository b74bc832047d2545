#include "plainhistory.h"

#include <QFile>

#include <zlib.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace {

std::optional<std::string> inflated(const QString &path)
{
    gzFile file = gzopen(QFile::encodeName(path).constData(), "rb");
    if (!file)
        return std::nullopt;
    std::string text;
    std::vector<char> block(1 << 20);
    int count = 0;
    while ((count = gzread(file, block.data(), static_cast<unsigned>(block.size()))) > 0)
        text.append(block.data(), static_cast<std::size_t>(count));
    const bool whole = gzclose(file) == Z_OK && count == 0;
    return whole ? std::optional(text) : std::nullopt;
}

// One character after the other: within quotes everything but a quote is text.
std::vector<std::vector<std::string>> records(const std::string &text)
{
    std::vector<std::vector<std::string>> all;
    std::vector<std::string> record(1);
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            record.emplace_back();
        } else if (c == '\n' && !quoted) {
            all.push_back(std::exchange(record, std::vector<std::string>(1)));
        } else if (c != '\r') {
            record.back() += c;
        }
    }
    if (record.size() > 1)
        all.push_back(record);
    return all;
}

// "-12.34" as millionths; nothing for what has other characters or more decimals.
std::optional<std::int64_t> millionths(const std::string &text)
{
    const std::size_t point = text.find('.');
    std::string digits = text.substr(0, point);
    std::string decimals = point == std::string::npos ? "" : text.substr(point + 1);
    if (decimals.size() > 6 || digits.empty())
        return std::nullopt;
    decimals.append(6 - decimals.size(), '0');
    digits += decimals;
    const std::size_t first = digits[0] == '-' ? 1 : 0;
    if (digits.find_first_not_of("0123456789", first) != std::string::npos || digits.size() > 18)
        return std::nullopt;
    return std::stoll(digits);
}

} // namespace

PlainHistory PlainHistory::read(const QString &file)
{
    PlainHistory history;
    const auto text = inflated(file);
    if (!text) {
        history.problem = QStringLiteral("cannot be read");
        return history;
    }
    const auto all = records(*text);
    const auto column = [&all](const char *name) {
        return static_cast<std::size_t>(std::ranges::find(all.front(), name) - all.front().begin());
    };
    if (all.empty() || column("CustomerID") >= all.front().size()) {
        history.problem = QStringLiteral("has other columns than this check knows");
        return history;
    }
    const std::size_t order = column("InvoiceNo");
    const std::size_t quantity = column("Quantity");
    const std::size_t date = column("InvoiceDate");
    const std::size_t price = column("UnitPrice");
    const std::size_t customer = column("CustomerID");
    for (std::size_t i = 1; i < all.size(); ++i) {
        const auto &row = all[i];
        const auto units = row.size() == all.front().size() ? millionths(row[quantity]) : std::nullopt;
        const auto each = units ? millionths(row[price]) : std::nullopt;
        if (!each || *units % 1'000'000 != 0) {
            history.problem = QStringLiteral("has a row that this check cannot read, number %1").arg(i);
            return history;
        }
        ++history.rows;
        history.valuePerMonth[row[date].substr(0, 7)] += *units / 1'000'000 * *each;
        const std::int64_t value = *units / 1'000'000 * *each;
        const std::int64_t rounded = (std::abs(value) + 5'000) / 10'000 * (value < 0 ? -1 : 1);
        if (row[order].starts_with('C')) {
            ++history.creditLines;
            history.totals[row[order]] += rounded;
        } else if (*units <= 0 || *each <= 0) {
            ++history.adjustments;
        } else {
            ++history.orderLines;
            history.totals[row[order]] += rounded;
            history.guestLines += row[customer].empty() ? 1 : 0;
        }
    }
    return history;
}
