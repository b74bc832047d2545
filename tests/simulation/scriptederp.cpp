#include "scriptederp.h"

#include "account.h"
#include "address.h"
#include "contact.h"
#include "document.h"
#include "kinds.h"
#include "status.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int accountCount = 5;

// Some wishes are such that this ERP always refuses them, or always breaks over them.
bool isUnlucky(const std::string &commandKey, unsigned of, unsigned which)
{
    unsigned sum = 0;
    for (const char c : commandKey)
        sum = sum * 31 + static_cast<unsigned char>(c);
    return sum % of == which;
}

} // namespace

ScriptedErp::ScriptedErp(World &world, Mood mood)
    : m_world(world)
    , m_mood(mood)
{ }

std::vector<std::string> ScriptedErp::accounts() const
{
    std::vector<std::string> all;
    for (int i = 1; i <= accountCount; ++i)
        all.push_back("acc" + std::to_string(i));
    return all;
}

std::vector<std::string> ScriptedErp::secretsOf(const std::string &account) const
{
    return {"zz" + account + "confidential"};
}

std::string ScriptedErp::financialSecret() const
{
    return "zzmoneyconfidential";
}

Result<ErpBatch> ScriptedErp::changesAfter(const std::string &position, int limit)
{
    const std::size_t from = position.empty() ? 0 : std::stoul(position);
    const std::size_t to = std::min(m_history.size(), from + static_cast<std::size_t>(limit));
    ErpBatch batch;
    for (std::size_t i = from; i < to; ++i)
        batch.changes.push_back(m_history[i].change);
    batch.position = std::to_string(to);
    batch.more = to < m_history.size();
    return batch;
}

Result<std::optional<CommandEffect>> ScriptedErp::findByKey(const std::string &key)
{
    const auto found = m_effectOf.find(key);
    if (found == m_effectOf.end())
        return std::optional<CommandEffect>();
    CommandEffect effect;
    effect.target = m_effects[found->second].target;
    return std::optional(effect);
}

Result<CommandEffect> ScriptedErp::execute(const Command &command, const std::string &)
{
    if (m_mood == Mood::Moody && isUnlucky(command.key, 29, 7)) {
        m_world.goesWrong(Fault::ErpRefusal, "erp", command.key);
        return Error{ErrorKind::Storage, {}, QStringLiteral("it breaks over this one")};
    }
    CommandEffect effect = carryOut(command);
    if (effect.verdict == CommandEffect::Verdict::Applied) {
        const Fact &fact = m_facts[{std::string(command.kind->name), effect.target}];
        m_effectOf[command.key] = m_effects.size();
        m_effects.push_back(
            {command.key, std::string(command.kind->name), effect.target, fact.change.version});
        m_world.note("erp", "does", command.key + " to " + effect.target);
    } else {
        m_world.note("erp",
                     effect.verdict == CommandEffect::Verdict::Conflict ? "sees a conflict" : "rejects",
                     command.key);
    }
    announce();
    return effect;
}

CommandEffect ScriptedErp::carryOut(const Command &command)
{
    const auto rejected = [](const char *code) {
        CommandEffect effect;
        effect.verdict = CommandEffect::Verdict::Rejected;
        effect.reasonCode = code;
        effect.reason = "The ERP has its reasons.";
        return effect;
    };
    if (m_mood == Mood::Moody && isUnlucky(command.key, 11, 3))
        return rejected("no-such-street");
    const RecordType &kind = *command.kind;
    CommandEffect effect;
    effect.target = command.target;
    AnyRecord record(kind);
    if (command.target.empty()) {
        effect.target = "made" + std::to_string(++m_lastMade);
        kind.findFlag(Counterfoil::Key)->in<std::string>(record.data()) = effect.target;
        kind.findFlag(AccountKey)->in<std::string>(record.data()) = command.account;
        copyEditable(kind, command.record.data(), record.data());
        commit(kind, effect.target, command.account, record);
        return effect;
    }
    const auto found = m_facts.find({std::string(kind.name), command.target});
    if (found == m_facts.end() || found->second.change.record.isNull()
        || found->second.change.account != command.account)
        return rejected("gone");
    const Change &theirs = found->second.change;
    const bool same
        = !command.record.isNull() && equalEditable(kind, theirs.record.data(), command.record.data());
    if (same)
        return effect;
    if (!command.base.isNull() && !equalEditable(kind, theirs.record.data(), command.base.data())) {
        effect.verdict = CommandEffect::Verdict::Conflict;
        effect.theirVersion = theirs.version;
        effect.theirs = theirs.record;
        return effect;
    }
    for (const Field &field : kind.fields) {
        if (field.type != FieldType::List)
            copyField(field, theirs.record.data(), record.data());
    }
    if (command.record.isNull())
        kind.find("current")->in<bool>(record.data()) = false;
    else
        copyEditable(kind, command.record.data(), record.data());
    commit(kind, effect.target, command.account, record);
    return effect;
}

void ScriptedErp::begin(int records)
{
    for (const std::string &account : accounts())
        commit(Account::type, account, account, randomRecord(Account::type, account, account));
    for (int i = 0; i < 3; ++i) {
        const std::string key = "order/state" + std::to_string(i);
        commit(Status::type, key, {}, randomRecord(Status::type, key, {}));
    }
    for (int i = 0; i < records; ++i)
        changeOne();
    interfere();
}

void ScriptedErp::change(int count)
{
    for (int i = 0; i < count; ++i)
        changeOne();
    announce();
}

// A record that is on its way to be confirmed, one that somebody corrects by telephone, a new one.
void ScriptedErp::interfere()
{
    const auto all = accounts();
    for (const RecordType *kind : {&Address::type, &Contact::type}) {
        std::vector<const Fact *> known;
        for (const auto &[key, fact] : m_facts) {
            if (fact.change.kind == kind && !fact.change.record.isNull())
                known.push_back(&fact);
        }
        if (known.empty() || m_world.chance(0.2)) {
            const std::string key = "made" + std::to_string(++m_lastMade);
            const std::string &account = all[m_world.random.below(all.size())];
            commit(*kind, key, account, randomRecord(*kind, key, account));
            continue;
        }
        const Change change = known[m_world.random.below(known.size())]->change;
        AnyRecord record = randomRecord(*kind, change.key, change.account);
        if (m_world.chance(0.6)) // only what is the ERP's own business
            copyEditable(*kind, change.record.data(), record.data());
        commit(*kind, change.key, change.account, record);
    }
    announce();
}

void ScriptedErp::changeOne()
{
    const auto kinds = allKinds();
    const auto all = accounts();
    const RecordType &kind = *kinds[m_world.random.below(kinds.size())];
    const std::string account = all[m_world.random.below(all.size())];
    if (&kind == &Account::type) {
        commit(kind, account, account, randomRecord(kind, account, account)); // the tree stays as it is
        return;
    }
    if (&kind == &Status::type) {
        const std::string key = "order/state" + std::to_string(m_world.between(0, 4));
        commit(kind, key, {}, m_world.chance(0.2) ? AnyRecord() : randomRecord(kind, key, {}));
        return;
    }
    const bool fresh = m_lastNumber == 0 || m_world.chance(0.3);
    const auto number = fresh ? ++m_lastNumber : static_cast<int>(m_world.between(1, m_lastNumber));
    const std::string key = "r" + std::to_string(number);
    const auto known = m_facts.find({std::string(kind.name), key});
    const bool moves = known == m_facts.end() || m_world.chance(0.1);
    if (moves && known != m_facts.end() && known->second.change.account != account)
        m_world.goesWrong(Fault::AccountMove, "erp", key);
    const std::string owner = moves ? account : known->second.change.account;
    commit(kind, key, owner, m_world.chance(0.1) ? AnyRecord() : randomRecord(kind, key, owner));
}

void ScriptedErp::announce()
{
    if (m_callback)
        m_callback();
}

void ScriptedErp::commit(const RecordType &kind, const std::string &key, const std::string &account,
                         AnyRecord record)
{
    Fact &fact = m_facts[{std::string(kind.name), key}];
    if (record.isNull() && fact.change.record.isNull())
        return; // never was, or is gone already
    Change &change = fact.change;
    change.kind = &kind;
    change.key = key;
    change.account = account;
    ++change.version;
    change.time = m_world.now();
    change.record = std::move(record);
    fact.at = m_world.ms();
    m_history.push_back(fact);
}

AnyRecord ScriptedErp::randomRecord(const RecordType &kind, const std::string &key,
                                    const std::string &account)
{
    AnyRecord record(kind);
    const std::string words = (account.empty() ? "" : secretsOf(account).front() + ' ')
        + (kind.financial ? financialSecret() + ' ' : "");
    fillRandomly(kind, record.data(), key, account, words);
    // Some papers are for everybody, and the ERP may change its mind about that.
    if (auto *document = record.as<Document>(); document && m_world.chance(0.3)) {
        const std::string plain = account.empty() ? std::string() : secretsOf(account).front() + ' ';
        fillRandomly(kind, record.data(), key, account, plain);
        document->paper = Paper::packingSlip;
    }
    return record;
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
                : field.is(Link)                                       ? std::string()
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
            for (auto i = m_world.between(0, 1); i > 0; --i)
                fillRandomly(*field.element, field.list->append(list), key, account, words);
            break;
        }
        }
    }
}

} // namespace Counterfoil
