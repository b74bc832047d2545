#include "scriptederp.h"

#include "account.h"
#include "kinds.h"
#include "status.h"

#include <algorithm>

namespace Counterfoil {

ScriptedErp::ScriptedErp(World &world, const Faults &faults)
    : m_world(world)
    , m_faults(faults)
{ }

std::vector<std::string> ScriptedErp::accounts()
{
    return {"acc1", "acc2", "acc3", "acc4", "acc5"};
}

std::string ScriptedErp::secretOf(const std::string &account)
{
    return "zz" + account + "confidential";
}

std::string ScriptedErp::financialSecret()
{
    return "zzmoneyconfidential";
}

Result<ErpBatch> ScriptedErp::changesAfter(const std::string &position, int limit)
{
    if (m_world.chance(m_faults.erpDown))
        return Error{ErrorKind::Offline, {}, QStringLiteral("scripted")};
    const std::size_t from = position.empty() ? 0 : std::stoul(position);
    const std::size_t to = std::min(m_history.size(), from + static_cast<std::size_t>(limit));
    ErpBatch batch;
    for (std::size_t i = from; i < to; ++i)
        batch.changes.push_back(m_history[i].change);
    batch.position = std::to_string(to);
    batch.more = to < m_history.size();
    return batch;
}

void ScriptedErp::begin(int records)
{
    for (const std::string &account : accounts())
        commit(Account::type, account, account, false);
    for (int i = 0; i < 5; ++i)
        commit(Status::type, "order/state" + std::to_string(i), {}, false);
    for (int i = 0; i < records; ++i)
        change(1);
}

void ScriptedErp::change(int count)
{
    const auto kinds = allKinds();
    const auto all = accounts();
    for (int i = 0; i < count; ++i) {
        const RecordType &kind = *kinds[m_world.random.below(kinds.size())];
        const std::string account = all[m_world.random.below(all.size())];
        if (&kind == &Account::type) {
            commit(kind, account, account, false); // accounts stay: the tree is not what is tried here
            continue;
        }
        if (&kind == &Status::type) {
            commit(kind, "order/state" + std::to_string(m_world.between(0, 9)), {}, m_world.chance(0.2));
            continue;
        }
        const bool fresh = m_lastNumber == 0 || m_world.chance(0.3);
        const auto number = fresh ? ++m_lastNumber : static_cast<int>(m_world.between(1, m_lastNumber));
        const std::string key = "r" + std::to_string(number);
        const auto known = m_facts.find({std::string(kind.name), key});
        const bool moves = known == m_facts.end() || m_world.chance(0.1);
        commit(kind, key, moves ? account : known->second.change.account, m_world.chance(0.1));
    }
    if (m_callback)
        m_callback();
}

void ScriptedErp::commit(const RecordType &kind, const std::string &key, const std::string &account,
                         bool removed)
{
    Fact &fact = m_facts[{std::string(kind.name), key}];
    if (removed && fact.change.record.isNull())
        return; // never was, or is gone already
    Change &change = fact.change;
    change.kind = &kind;
    change.key = key;
    change.account = account;
    ++change.version;
    change.time = m_world.now();
    change.record = AnyRecord();
    if (!removed) {
        change.record = AnyRecord(kind);
        const std::string words = (account.empty() ? "" : secretOf(account) + ' ')
            + (kind.financial ? financialSecret() + ' ' : "");
        fillRandomly(kind, change.record.data(), key, account, words);
    }
    fact.at = m_world.ms();
    m_history.push_back(fact);
}

void ScriptedErp::fillRandomly(const RecordType &type, void *record, const std::string &key,
                               const std::string &account, const std::string &words)
{
    for (const Field &field : type.fields) {
        const auto number = m_world.between(-1'000, 1'000'000);
        switch (field.type) {
        case FieldType::Text:
            field.in<std::string>(record) = field.is(Counterfoil::Key) ? key
                : field.is(AccountKey)                                 ? account
                                                                       : words + 'w' + std::to_string(number);
            break;
        case FieldType::Integer:
            field.in<std::int64_t>(record) = number;
            break;
        case FieldType::Flag:
            field.in<bool>(record) = number % 2 == 0;
            break;
        case FieldType::Instant:
            field.in<Instant>(record)
                = m_world.chance(0.2) ? Instant() : Instant{World::epochMs + number * 1'000};
            break;
        case FieldType::Date:
            field.in<Date>(record)
                = m_world.chance(0.2) ? Date() : Date{static_cast<std::int32_t>(20'000 + number % 5'000)};
            break;
        case FieldType::Amount:
            field.in<Amount>(record) = Amount{number};
            break;
        case FieldType::Decimal:
            field.in<Decimal>(record) = Decimal{number * 500};
            break;
        case FieldType::List: {
            void *list = field.address(record);
            for (auto i = m_world.between(0, 2); i > 0; --i)
                fillRandomly(*field.element, field.list->append(list), key, account, words);
            break;
        }
        }
    }
}

} // namespace Counterfoil
