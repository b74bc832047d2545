#pragma once

#include "connector.h"
#include "world.h"

#include <map>
#include <string>

namespace Counterfoil {

// An ERP of random records, made from the field tables. It forgets nothing and never lies; its
// history is what gateway and caches are judged by.
class ScriptedErp final : public Connector
{
public:
    ScriptedErp(World &world, const Faults &faults);

    Result<ErpBatch> changesAfter(const std::string &position, int limit) override;
    Result<IssuedDocument> document(const std::string &key) override
    {
        return Error{ErrorKind::NotFound, QStringLiteral("There is no such document."),
                     QString::fromStdString(key)};
    }
    void setChangeCallback(std::function<void()> callback) override { m_callback = std::move(callback); }

    void begin(int records); // accounts, states and so many records of the other kinds
    void change(int count);  // commits so many random changes at once

    struct Fact
    {
        Change change;       // as last committed; a null record was removed
        std::int64_t at = 0; // world time of the commit
    };
    using Key = std::pair<std::string, std::string>; // kind and key
    const std::map<Key, Fact> &facts() const { return m_facts; }
    const std::vector<Fact> &history() const { return m_history; }

    static std::vector<std::string> accounts();              // keys
    static std::string secretOf(const std::string &account); // a word in every record of the account
    static std::string financialSecret(); // a word in every record that is only for who may see invoices

private:
    void commit(const RecordType &kind, const std::string &key, const std::string &account, bool removed);
    void fillRandomly(const RecordType &type, void *record, const std::string &key,
                      const std::string &account, const std::string &words);

    World &m_world;
    const Faults &m_faults;
    std::vector<Fact> m_history;
    std::map<Key, Fact> m_facts;
    std::function<void()> m_callback;
    int m_lastNumber = 0;
};

} // namespace Counterfoil
