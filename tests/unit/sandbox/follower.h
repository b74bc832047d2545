#pragma once

#include "sandboxerp.h"

#include <QCryptographicHash>

#include <map>
#include <string>

// What the sandbox's tests have in common: following a feed, and letting a company live.
namespace Follower {

using namespace Counterfoil;

inline const Instant today = *Instant::parse("2026-11-20T15:30:00Z");

inline Instant later(std::int64_t seconds)
{
    return {today.ms + seconds * 1'000};
}

inline void hashRecord(QCryptographicHash &hash, const RecordType &type, const void *record)
{
    const auto add = [&hash](const auto &value) {
        hash.addData(QByteArrayView(reinterpret_cast<const char *>(&value), sizeof value));
    };
    for (const Field &field : type.fields) {
        switch (field.type) {
        case FieldType::Text: {
            const auto &text = field.in<std::string>(record);
            hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size()) + 1));
            break;
        }
        case FieldType::Integer:
            add(field.in<std::int64_t>(record));
            break;
        case FieldType::Flag:
            add(field.in<bool>(record));
            break;
        case FieldType::Instant:
            add(field.in<Instant>(record).ms);
            break;
        case FieldType::Date:
            add(field.in<Date>(record).daysSinceEpoch);
            break;
        case FieldType::Amount:
            add(field.in<Amount>(record).minor);
            break;
        case FieldType::Decimal:
            add(field.in<Decimal>(record).millionths);
            break;
        case FieldType::List: {
            void *list = field.address(const_cast<void *>(record));
            const std::size_t size = field.list->size(list);
            add(size);
            for (std::size_t i = 0; i < size; ++i)
                hashRecord(hash, *field.element, field.list->at(list, i));
            break;
        }
        }
    }
}

// What somebody holds who follows the feed: the newest of each record.
using Held = std::map<std::pair<std::string, std::string>, Change>;

// Follows the feed from `position` to its end; an empty text when a batch failed.
inline std::string follow(SandboxErp &erp, Held &held, std::string position, int limit = 1'000)
{
    for (;;) {
        auto batch = erp.changesAfter(position, limit);
        if (!batch || batch->changes.size() > static_cast<std::size_t>(limit))
            return {};
        for (Change &change : batch->changes)
            held[{std::string(change.kind->name), change.key}] = std::move(change);
        position = batch->position;
        if (!batch->more)
            return position;
    }
}

// Every record of a kind, by its key; none when the feed cannot be read.
template <class Record> std::map<std::string, Record> records(SandboxErp &erp)
{
    Held held;
    (void)follow(erp, held, {});
    std::map<std::string, Record> all;
    for (const Held::value_type &entry : held) {
        if (const auto *record = entry.second.record.as<Record>())
            all[record->key] = *record;
    }
    return all;
}

inline QByteArray digest(const Held &held)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto &[key, change] : held) {
        hash.addData(
            QByteArray::fromStdString(key.first + '/' + key.second + '@' + std::to_string(change.version)));
        hashRecord(hash, *change.kind, change.record.data());
    }
    return hash.result().toHex();
}

// Lets the company live up to `until`, all of it.
inline std::int64_t live(SandboxErp &erp, Instant until)
{
    std::int64_t changes = 0;
    for (;;) {
        const auto advanced = erp.advance(until);
        if (!advanced)
            return -1;
        changes += advanced->changes;
        if (!advanced->more)
            return changes;
    }
}

} // namespace Follower
