#pragma once

#include "database.h"
#include "memorydisk.h"
#include "sandboxerp.h"
#include "simerp.h"
#include "world.h"

#include <optional>

namespace Counterfoil {

// The embedded ERP as the system of its own that it is, on a disk of its own. Its books are read from its
// file, not asked of it.
class SandboxSystem final : public SimErp
{
public:
    explicit SandboxSystem(World &world);

    Result<ErpBatch> changesAfter(const std::string &position, int limit) override
    {
        return m_erp->changesAfter(position, limit);
    }
    Result<IssuedDocument> document(const std::string &key) override { return m_erp->document(key); }
    Result<CommandEffect> execute(const Command &command, const std::string &actor) override;
    Result<std::optional<CommandEffect>> findByKey(const std::string &key) override
    {
        return m_erp->findByKey(key);
    }
    void setChangeCallback(std::function<void()> callback) override
    {
        m_erp->setChangeCallback(std::move(callback));
    }

    void begin(int records) override;
    void change(int count) override;
    void interfere() override;
    std::vector<std::string> accounts() const override { return m_accounts; }
    std::vector<std::string> secretsOf(const std::string &account) const override;
    std::string financialSecret() const override { return {}; }
    std::string parentOf(const std::string &account) const override;
    const std::map<Key, Fact> &facts() override { return m_facts; }
    const std::vector<Fact> &history() override { return m_history; }
    const std::vector<ErpEffect> &effects() override { return m_effects; }

private:
    void readBooks(); // as far as they are new

    World &m_world;
    MemoryDisk m_disk;
    std::unique_ptr<SandboxErp> m_erp;
    std::optional<Sqlite::Database> m_books; // as an auditor reads them
    std::vector<std::string> m_accounts;
    std::string m_position;
    std::int64_t m_audited = 0;
    std::map<Key, Fact> m_facts;
    std::vector<Fact> m_history;
    std::vector<ErpEffect> m_effects;
};

} // namespace Counterfoil
