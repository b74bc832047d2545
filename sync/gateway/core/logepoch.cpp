#include "logepoch.h"

#include <QLoggingCategory>

namespace Counterfoil {

namespace {

Q_LOGGING_CATEGORY(epochLog, "counterfoil.gateway.store")

// More than one log can have numbered, so that a row of a new log is newer than any of the one before.
constexpr std::int64_t epochStride = std::int64_t{1} << 32;

} // namespace

Outcome LogEpoch::open(const std::string &file)
{
    auto query = m_database.prepare("SELECT epoch, file FROM state");
    if (!query)
        return query.error();
    const auto row = query->step();
    if (!row)
        return row.error();
    const bool isNew = query->text(0).empty();
    const std::string known(query->text(1));
    query->reset();
    if (!isNew && known == file)
        return Done();
    return m_database.transaction([&]() -> Outcome {
        if (isNew || (!known.empty() && !file.empty())) {
            if (const auto done = isNew ? renew() : restored(); !done)
                return done;
        }
        auto update = m_database.prepare("UPDATE state SET file = ?");
        return update ? update->with(file).run() : Outcome(update.error());
    });
}

Outcome LogEpoch::restored()
{
    if (const auto done = m_journal.putToSleep(); !done)
        return done;
    qCInfo(epochLog, "The store was restored or copied: a new log begins.");
    return renew();
}

Outcome LogEpoch::renew()
{
    const std::string stride = std::to_string(epochStride);
    if (const auto done = m_database.execute("DELETE FROM log; UPDATE projection SET seq = seq + " + stride
                                             + ", change = json_set(change, '$.seq', seq + " + stride + ");");
        !done)
        return done;
    auto update = m_database.prepare(
        "UPDATE state SET epoch = ?, last = last + ?2, first = last + ?2, provenAt = NULL");
    if (!update)
        return update.error();
    const std::string epoch = m_random.uuid();
    const auto rows = m_database.integer("SELECT last FROM state");
    if (!rows)
        return rows.error();
    return update->with(epoch, *rows > 0 ? epochStride : 0).run();
}

} // namespace Counterfoil
