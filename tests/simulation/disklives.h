#pragma once

#include "cachewriter.h"
#include "memorydisk.h"
#include "outboxfile.h"
#include "sandboxerp.h"
#include "sqlitegatewaystore.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace Counterfoil {

// A file under test, and what of the program has it open.
struct OpenedFile
{
    static QString name() { return QStringLiteral("a.sqlite"); }

    explicit OpenedFile(const MemoryDisk &disk)
        : path(disk.path(name()))
    { }
    bool isOpen() const { return cache || outbox || store || erp; }
    void close();

    const QString path;
    std::unique_ptr<CacheWriter> cache;
    std::unique_ptr<OutboxFile> outbox;
    SeededRandom random{1}; // the store's
    std::unique_ptr<SqliteGatewayStore> store;
    std::unique_ptr<SandboxErp> erp;
};

// What a program does with one of its files, a transaction a step.
struct DiskLife
{
    using Step = std::function<Outcome(OpenedFile &)>;

    MemoryDisk::Image before;                 // what was there
    std::vector<Step> steps;                  // the first one opens, and may do so again
    std::vector<std::string> migrations = {}; // what opening does first, in a transaction of its own
    bool synced = true; // what was done stays done; false: a power cut may take the last of it back
    std::string gone;   // what is in no file in the end; empty: nothing is to go
};

DiskLife cacheBirth();
DiskLife cacheLife();
DiskLife cacheMigration(); // of a program with another schema, other kinds and other fields
DiskLife outboxLife();
DiskLife storeLife();
DiskLife storeMigration(std::size_t schemas); // of a version that knew the first so many
DiskLife erpLife();

} // namespace Counterfoil
