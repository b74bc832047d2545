#pragma once

#include "simerp.h"
#include "world.h"

#include <unordered_map>

namespace Counterfoil {

// An ERP of random records, made from the field tables. It never lies, and does what it is told as often as
// it is told: that nothing happens twice is not its doing.
class ScriptedErp final : public SimErp
{
public:
    // A moody one always refuses some wishes and breaks over others.
    enum class Mood { Moody, Obliging };
    explicit ScriptedErp(World &world, Mood mood = Mood::Moody);

    Result<ErpBatch> changesAfter(const std::string &position, int limit) override;
    Result<IssuedDocument> document(const std::string &key) override
    {
        return Error{ErrorKind::NotFound, QStringLiteral("There is no such document."),
                     QString::fromStdString(key)};
    }
    Result<CommandEffect> execute(const Command &command, const std::string &actor) override;
    Result<std::optional<CommandEffect>> findByKey(const std::string &key) override;
    void setChangeCallback(std::function<void()> callback) override { m_callback = std::move(callback); }

    void begin(int records) override;
    void change(int count) override;
    void interfere() override;
    std::vector<std::string> accounts() const override;
    std::vector<std::string> secretsOf(const std::string &account) const override;
    std::string financialSecret() const override;
    const std::map<Key, Fact> &facts() override { return m_facts; }
    const std::vector<Fact> &history() override { return m_history; }
    const std::vector<ErpEffect> &effects() override { return m_effects; }

private:
    void changeOne();
    void commit(const RecordType &kind, const std::string &key, const std::string &account,
                AnyRecord record); // a null one: removed
    AnyRecord randomRecord(const RecordType &kind, const std::string &key, const std::string &account);
    void fillRandomly(const RecordType &type, void *record, const std::string &key,
                      const std::string &account, const std::string &words);
    CommandEffect carryOut(const Command &command);
    void announce();

    World &m_world;
    Mood m_mood;
    std::vector<Fact> m_history;
    std::map<Key, Fact> m_facts;
    std::vector<ErpEffect> m_effects;
    std::unordered_map<std::string, std::size_t> m_effectOf; // command to its latest effect
    std::function<void()> m_callback;
    int m_lastNumber = 0;
    int m_lastMade = 0;
};

} // namespace Counterfoil
