#include "resolution.h"

#include "cart.h"

#include <algorithm>

namespace Counterfoil {

namespace {

// A cart may have the same line more than once.
auto countOf(const AnyRecord &cart, const CartLine &line)
{
    return std::ranges::count_if(cart.as<Cart>()->lines, [&line](const CartLine &each) {
        return each.sku == line.sku && each.unit == line.unit && each.quantity == line.quantity;
    });
}

} // namespace

Resolution::Resolution(const OutboxEntry &entry)
    : m_command(entry.command)
    , m_outcome(entry.outcome)
    , m_base(entry.command.base.isNull() ? AnyRecord(entry.outcome.theirs.type()) : entry.command.base)
    , m_mine(entry.command.record)
    , m_theirs(entry.outcome.theirs)
{
    const void *mine = m_mine.isNull() ? m_base.data() : m_mine.data();
    for (const Field &field : m_theirs.type().fields) {
        // What it comes to follows from the rest, and is the ERP's.
        if (!field.is(Editable) || field.is(Price) || equalField(field, mine, m_theirs.data()))
            continue;
        const bool mineChanged = !equalField(field, m_base.data(), mine);
        const bool theirsChanged = !equalField(field, m_base.data(), m_theirs.data());
        const bool both = mineChanged && theirsChanged;
        m_choices.push_back({&field, both, both ? Side::None : mineChanged ? Side::Mine : Side::Theirs});
    }
}

void Resolution::choose(std::size_t index, Side side)
{
    if (index < m_choices.size())
        m_choices[index].side = side;
}

int Resolution::openChoices() const
{
    if (m_mine.isNull())
        return 0;
    return static_cast<int>(std::ranges::count(m_choices, Side::None, &Choice::side));
}

bool Resolution::keepsTheirs() const
{
    return !m_mine.isNull()
        && std::ranges::none_of(m_choices, [](const Choice &choice) { return choice.side == Side::Mine; });
}

AnyRecord Resolution::record() const
{
    if (m_mine.isNull())
        return {};
    AnyRecord record(m_theirs.type());
    copyEditable(m_theirs.type(), m_theirs.data(), record.data());
    for (const Choice &choice : m_choices) {
        if (choice.side == Side::Mine)
            copyField(*choice.field, m_mine.data(), record.data());
    }
    return record;
}

Resolution::Differing Resolution::differing(const AnyRecord &record) const
{
    if (m_mine.isNull() || !record.as<Cart>())
        return {record};
    const auto isSame = [this](const CartLine &line) {
        const auto count = countOf(m_base, line);
        return count == countOf(m_mine, line) && count == countOf(m_theirs, line);
    };
    const auto isAll
        = [&](const AnyRecord &side) { return std::ranges::all_of(side.as<Cart>()->lines, isSame); };
    if (isAll(m_base) && isAll(m_mine) && isAll(m_theirs)) // prices differ, or the order
        return {record};
    auto rest = std::make_shared<Cart>(*record.as<Cart>());
    const auto same = std::erase_if(rest->lines, isSame);
    return {AnyRecord(std::move(rest)), static_cast<qsizetype>(same)};
}

Command Resolution::command() const
{
    Command command = m_command;
    command.key.clear();
    command.after.clear(); // theirs is a fact
    if (!m_outcome.target.empty())
        command.target = m_outcome.target;
    command.baseVersion = m_outcome.theirVersion;
    command.base = m_theirs;
    command.record = record();
    return command;
}

} // namespace Counterfoil
