#pragma once

#include "gatewaystore.h"
#include "random.h"

#include <QString>

#include <memory>

namespace Counterfoil {

// The gateway's memory in one SQLite file, synchronous=FULL: what was committed survives a power cut.
// Documents are files in a folder beside it, named like it with ".documents" behind.
class SqliteGatewayStore final : public GatewayStore
{
public:
    // Opens or creates the file. A file that is not the one written last (it was restored, or copied)
    // gets a new epoch, since its log may lack what clients were told already. `vfs`: see Database::open().
    static Result<std::unique_ptr<SqliteGatewayStore>> open(const QString &path, Random &random,
                                                            const std::string &vfs = {});
    ~SqliteGatewayStore() override;

    Result<LogState> logState() override;
    Result<std::vector<LogEntry>> commit(const ErpBatch &batch, Instant askedAt, Instant now) override;
    Result<std::vector<LogEntry>> readLog(std::int64_t after, int limit) override;
    Result<std::string> changeText(const LogEntry &entry) override;
    Result<Listed> list(const Listing &listing) override;
    Result<std::int64_t> count(const Listing &listing) override;
    Result<std::optional<std::string>> recordText(const RecordType &kind, const std::string &key) override;
    Outcome trim(const Retention &retention, Instant now) override;
    Outcome restored() override;
    Outcome startOver() override;
    Outcome rememberScope(const std::string &user, const std::string &hash, const std::string &text,
                          Instant now) override;
    Result<std::optional<std::string>> scopeText(const std::string &user, const std::string &hash) override;
    PeopleStore &people() override;
    CommandJournal &journal() override;
    HookPlaces &hookPlaces() override;
    const GatewayDocuments &documents() const override;

private:
    class Private;
    explicit SqliteGatewayStore(std::unique_ptr<Private> state);
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
