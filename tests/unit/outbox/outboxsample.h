#pragma once

#include "account.h"
#include "address.h"
#include "outboxfile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#define VERIFY_OK(expression)                                                                                \
    do {                                                                                                     \
        const auto &outcome_ = (expression);                                                                 \
        QVERIFY2(outcome_, outcome_ ? "" : qPrintable(outcome_.error().detail));                             \
    } while (false)

// Commands as a person makes them, and an outbox in a folder of its own.
namespace Counterfoil::OutboxSample {

using State = OutboxEntry::State;
using Told = CommandOutcome::State;

inline constexpr Instant morning{1'800'000'000'000};

inline Instant after(std::int64_t ms)
{
    return {morning.ms + ms};
}

inline AnyRecord address(const std::string &city, const std::string &phone = "1")
{
    auto record = std::make_shared<Address>();
    record->name = "Works";
    record->city = city;
    record->phone = phone;
    record->shipTo = true;
    return AnyRecord(record);
}

inline std::string cityOf(const AnyRecord &record)
{
    return record.isNull() ? "-" : record.as<Address>()->city;
}

inline std::string phoneOf(const AnyRecord &record)
{
    return record.isNull() ? "-" : record.as<Address>()->phone;
}

inline Command newAddress(const std::string &key, const std::string &account = "acme")
{
    Command command;
    command.key = key;
    command.verb = "save";
    command.kind = &Address::type;
    command.account = account;
    command.madeAt = morning;
    command.record = address("Leeds");
    return command;
}

inline Command edit(const std::string &key, const std::string &from, const std::string &to,
                    const std::string &target = "address-1", const std::string &account = "acme")
{
    Command command = newAddress(key, account);
    command.target = target;
    command.baseVersion = 3;
    command.base = address(from);
    command.record = address(to);
    return command;
}

// On top of another command on the same record.
inline Command editAfter(const std::string &key, const std::string &earlier, const std::string &from,
                         const std::string &to, const std::string &target = "address-1")
{
    Command command = edit(key, from, to, target);
    command.after = earlier;
    command.baseVersion = 0;
    return command;
}

inline Command useAsDefault(const std::string &key, const std::string &addressCommand)
{
    auto base = std::make_shared<Account>();
    auto record = std::make_shared<Account>();
    record->defaultShipTo = resultOf(addressCommand);
    Command command;
    command.key = key;
    command.verb = "save";
    command.kind = &Account::type;
    command.account = "acme";
    command.target = "acme";
    command.baseVersion = 9;
    command.madeAt = morning;
    command.base = AnyRecord(base);
    command.record = AnyRecord(record);
    return command;
}

inline CommandOutcome outcome(const std::string &key, Told state, const std::string &code = {})
{
    CommandOutcome told;
    told.command = key;
    told.state = state;
    told.reasonCode = code;
    if (state == Told::Applied)
        told.effectSeq = 77;
    return told;
}

// A new address in which each text is the mark with a number behind it.
inline Command marked(const std::string &key, const std::string &mark, const std::string &account = "acme")
{
    Command command = newAddress(key, account);
    int number = 0;
    for (const Field &field : Address::type.fields) {
        if (field.is(Editable) && field.type == FieldType::Text)
            field.in<std::string>(command.record.data()) = mark + std::to_string(++number);
    }
    return command;
}

class Box
{
public:
    QString path() const { return dir.filePath(QStringLiteral("outbox.sqlite")); }
    void open(const std::string &vfs = {})
    {
        file.reset();
        auto opened = OutboxFile::open(path(), vfs);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
        file = *std::move(opened);
    }
    OutboxFile *operator->() { return file.get(); }
    QStringList files() const { return QDir(dir.path()).entryList(QDir::Files | QDir::Hidden); }
    QStringList filesWith(const QByteArray &mark) const
    {
        QStringList names;
        for (const QString &name : files()) {
            QFile found(dir.filePath(name));
            if (!found.open(QIODevice::ReadOnly) || found.readAll().contains(mark))
                names.append(name);
        }
        return names;
    }
    const OutboxEntry *find(const std::string &key) const
    {
        for (const OutboxEntry &entry : *file->entries()) {
            if (entry.command.key == key)
                return &entry;
        }
        return nullptr;
    }
    // "queued", as people would say it; "-" when there is none.
    const char *state(const std::string &key) const
    {
        static constexpr const char *names[] = {"queued",   "sending", "received",  "applied",  "rejected",
                                                "conflict", "held",    "cancelled", "withdrawn"};
        const OutboxEntry *entry = find(key);
        return entry ? names[static_cast<int>(entry->state)] : "-";
    }

    QTemporaryDir dir;
    std::unique_ptr<OutboxFile> file;
};

} // namespace Counterfoil::OutboxSample
