#include "randomrecord.h"

#include <array>
#include <limits>

namespace Counterfoil {

namespace {

constexpr std::int64_t firstDay = -25'567;  // 1900-01-01
constexpr std::int64_t lastDay = 2'932'896; // 9999-12-31

bool oneIn(std::uint64_t n, Random &random)
{
    return random.below(n) == 0;
}

std::int64_t between(std::int64_t low, std::int64_t high, Random &random)
{
    return low + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(high - low) + 1));
}

std::int64_t anyInteger(Random &random)
{
    static constexpr std::array<std::int64_t, 6> edges = {
        0,        1, -1, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(),
        1LL << 53};
    return oneIn(4, random) ? edges[random.below(edges.size())]
                            : static_cast<std::int64_t>(random.next() >> 24);
}

std::string anyText(Random &random)
{
    static constexpr std::array<std::string_view, 12> pieces
        = {"Reno",   "AB-12.5", "O'Brien", "\"quoted\"", "\\back", "Überschuß",
           "日本語", "🚚",      "a\nb",    "SO-1044",    "%_?;--", "\t\x01"};
    std::string text;
    const std::uint64_t count = random.below(5);
    for (std::uint64_t i = 0; i < count; ++i) {
        text += text.empty() ? "" : " ";
        text += pieces[random.below(pieces.size())];
        text += std::to_string(random.below(1000));
    }
    return text;
}

void fillField(const Field &field, void *record, Random &random)
{
    switch (field.type) {
    case FieldType::Text:
        field.in<std::string>(record) = anyText(random);
        return;
    case FieldType::Integer:
        field.in<std::int64_t>(record) = anyInteger(random);
        return;
    case FieldType::Flag:
        field.in<bool>(record) = oneIn(2, random);
        return;
    case FieldType::Instant:
        field.in<Instant>(record) = oneIn(5, random)
            ? Instant()
            : Instant{between(firstDay * msPerDay, (lastDay + 1) * msPerDay - 1, random)};
        return;
    case FieldType::Date:
        field.in<Date>(record)
            = oneIn(5, random) ? Date() : Date{static_cast<std::int32_t>(between(firstDay, lastDay, random))};
        return;
    case FieldType::Amount:
        field.in<Amount>(record).minor = anyInteger(random);
        return;
    case FieldType::Decimal:
        field.in<Decimal>(record).millionths
            = between(-999'999'999'999 * Decimal::one, 999'999'999'999 * Decimal::one, random);
        return;
    case FieldType::List: {
        void *list = field.address(record);
        field.list->clear(list);
        const std::uint64_t count = random.below(4);
        for (std::uint64_t i = 0; i < count; ++i)
            fillRandomly(*field.element, field.list->append(list), random);
        return;
    }
    }
}

} // namespace

void fillRandomly(const RecordType &type, void *record, Random &random)
{
    for (const Field &field : type.fields)
        fillField(field, record, random);
}

AnyRecord randomRecord(const RecordType &type, Random &random)
{
    AnyRecord record(type);
    fillRandomly(type, record.data(), random);
    return record;
}

Change randomChange(const RecordType &type, const std::string &key, const std::string &account,
                    std::int64_t sequence, Random &random)
{
    Change change;
    change.kind = &type;
    change.key = key;
    change.account = account;
    change.sequence = sequence;
    change.version = 1 + static_cast<std::int64_t>(random.below(1'000'000));
    change.time = Instant{between(0, lastDay * msPerDay, random)};
    change.record = randomRecord(type, random);
    if (const Field *field = type.findFlag(Key))
        field->in<std::string>(change.record.data()) = key;
    if (const Field *field = type.findFlag(AccountKey))
        field->in<std::string>(change.record.data()) = account;
    return change;
}

} // namespace Counterfoil
