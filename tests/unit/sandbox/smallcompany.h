#pragma once

#include "account.h"
#include "address.h"
#include "bookscheck.h"
#include "contact.h"
#include "database.h"
#include "fixedclock.h"
#include "follower.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>

// A small company to which commands are given.
namespace CommandedCompany {

using namespace Counterfoil;
using namespace Follower;
using Verdict = CommandEffect::Verdict;

inline const std::string harbour = "A-10001"; // of the sandbox's people
inline const std::string jonas = "A-10006";

class SmallCompany
{
public:
    bool open(const SandboxSettings &settings = {.scale = 0})
    {
        erp.reset(); // two that think of one file would be none the wiser
        auto opened = SandboxErp::open(path(), settings, clock);
        if (!opened) {
            qWarning() << opened.error().userText << opened.error().detail;
            return false;
        }
        erp = std::move(*opened);
        return true;
    }
    QString path() const { return m_folder.filePath(QStringLiteral("erp.sqlite")); }

    template <class Record> Record record(const std::string &key) const
    {
        const auto all = records<Record>(*erp);
        const auto found = all.find(key);
        return found == all.end() ? Record() : found->second;
    }
    // The first current one of the account.
    template <class Record> Record anyOf(const std::string &account) const
    {
        for (const auto &[key, record] : records<Record>(*erp)) {
            if (record.account == account && record.current)
                return record;
        }
        return {};
    }
    std::int64_t count(const char *sql) const
    {
        auto database = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadOnly);
        const auto value = database ? database->integer(sql) : Result<std::int64_t>(database.error());
        return value ? *value : -1;
    }
    CommandEffect give(const Command &command, const std::string &actor = "maya") const
    {
        const auto effect = erp->execute(command, actor);
        if (effect)
            return *effect;
        qWarning() << effect.error().userText << effect.error().detail;
        return {.verdict = Verdict::Rejected, .reasonCode = "error"};
    }

    // Neither its facts nor its audit are others afterwards.
    bool nothingHappens(const std::function<void()> &work) const
    {
        Held before;
        Held after;
        const std::string from = follow(*erp, before, {});
        const std::int64_t audited = count("SELECT count(*) FROM audit");
        work();
        return follow(*erp, after, {}) == from && digest(before) == digest(after)
            && count("SELECT count(*) FROM audit") == audited;
    }

    FixedClock clock{today};
    std::unique_ptr<SandboxErp> erp;

private:
    QTemporaryDir m_folder;
};

template <class Record> AnyRecord any(const Record &record)
{
    return AnyRecord(std::make_shared<Record>(record));
}

inline Address goodAddress()
{
    Address address;
    address.name = "North warehouse";
    address.street = "Unit 7, Mill Lane";
    address.city = "Leeds";
    address.postalCode = "LS1 4AP";
    address.country = "GB";
    address.shipTo = true;
    return address;
}

inline Contact goodContact()
{
    Contact contact;
    contact.name = "Ada Nkemelu";
    contact.role = "Purchasing";
    contact.email = "ada@harbour.example";
    return contact;
}

template <class Record>
Command newRecord(const std::string &key, const Record &record, const std::string &account = harbour)
{
    Command command;
    command.key = key;
    command.verb = "save";
    command.kind = &Record::type;
    command.account = account;
    command.madeAt = today;
    command.record = any(record);
    return command;
}

template <class Record> Command saved(const std::string &key, const Record &base, const Record &wanted)
{
    Command command = newRecord(key, wanted, base.account);
    command.target = base.key;
    command.base = any(base);
    return command;
}

template <class Record> Command retired(const std::string &key, const Record &record)
{
    Command command;
    command.key = key;
    command.verb = "retire";
    command.kind = &Record::type;
    command.account = record.account;
    command.target = record.key;
    command.madeAt = today;
    return command;
}

} // namespace CommandedCompany
