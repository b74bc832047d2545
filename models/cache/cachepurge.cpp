#include "filewriter.h"
#include "recordlayout.h"

#include <algorithm>

// How rows leave the cache without a trace.
namespace Counterfoil {

Outcome FileWriter::removeRow(Kind &kind, std::int64_t id)
{
    if (kind.words)
        (void)kind.words->noteChange(id);
    return kind.store.remove(id);
}

Outcome FileWriter::removeRows(Kind &kind, const std::string &condition, const std::string &parameter,
                               bool &any)
{
    // The ids first: a statement that reads a table while rows go from it may see some of them twice or
    // never.
    std::vector<std::int64_t> ids;
    const auto read
        = m_database.lend("SELECT _id FROM " + quotedName(kind.type->plural) + " WHERE " + condition)
              ->with(parameter)
              .forEachRow([&](const Sqlite::Statement &row) { ids.push_back(row.integer(0)); });
    if (!read)
        return read;
    for (std::int64_t id : ids) {
        if (const auto done = removeRow(kind, id); !done)
            return done;
    }
    any = any || !ids.empty();
    return Done();
}

Result<ChangeNotice> FileWriter::purge(const std::vector<std::string> &accounts)
{
    NoticeBuilder notice;
    const auto outcome = commit([&]() -> Outcome {
        for (Kind &kind : m_kinds) {
            const Field *owner = kind.type->findFlag(AccountKey);
            bool any = false;
            for (const std::string &account : accounts) {
                if (!owner || account.empty()) // rows of no account are everybody's
                    continue;
                const auto done = removeRows(kind, quotedName(owner->name) + "=?", account, any);
                if (!done)
                    return done;
            }
            if (any)
                notice.wholeKind(*kind.type);
        }
        for (const std::string &account : accounts) {
            if (const auto done = run("DELETE FROM toldPrices WHERE account=?", account); !done)
                return done;
        }
        // What is left is no longer what the cursor stands for: should the account come into sight again
        // before the next fill, the gateway would think that its rows are still here.
        return run(accounts.empty() ? "UPDATE sync SET scrub=1" : "UPDATE sync SET scrub=1, cursor=''");
    });
    if (!outcome)
        return outcome.error();
    m_scrub->wanted();
    return notice.build();
}

// Before its rows go.
Outcome FileWriter::giveUpLoad(Kind &kind)
{
    if (kind.load == FirstLoad::State::Loading) {
        if (const auto done = FirstLoad::end(m_database, *kind.type); !done)
            return done;
    }
    if (kind.words) {
        kind.words->begin(0);
        if (const auto done = kind.words->save(); !done)
            return done;
    }
    kind.load = FirstLoad::State::None;
    return FirstLoad::mark(m_database, *kind.type, kind.load);
}

Outcome FileWriter::emptyKind(Kind &kind)
{
    if (const auto done = giveUpLoad(kind); !done)
        return done;
    const auto empty = isEmpty(kind);
    if (!empty)
        return empty.error();
    if (*empty) // and so is what belongs to it
        return Done();
    for (const std::string &sql : KindLayout(*kind.type).emptySql()) {
        if (const auto done = run(sql); !done)
            return done;
    }
    return Done();
}

Result<ChangeNotice> FileWriter::purgeEverything()
{
    const auto outcome = commit([&]() -> Outcome {
        for (Kind &kind : m_kinds) {
            if (const auto done = emptyKind(kind); !done)
                return done;
        }
        return run("DELETE FROM fills; DELETE FROM toldPrices; UPDATE kinds SET complete=0; "
                   "UPDATE sync SET cursor='', covered=0, filling=0, listing='', scrub=1");
    });
    if (!outcome)
        return outcome.error();
    if (const auto done = readKinds(); !done)
        return done.error();
    m_scrub->wanted();
    ChangeNotice notice;
    notice.everything = true;
    return notice;
}

} // namespace Counterfoil
