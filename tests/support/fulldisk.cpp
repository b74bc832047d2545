#include "fulldisk.h"

#include <sqlite3.h>

#include <atomic>
#include <limits>
#include <new>

namespace Counterfoil {

namespace {

std::atomic<std::int64_t> room = std::numeric_limits<std::int64_t>::max();

// The platform's file lies behind ours in the memory that SQLite provides.
struct File
{
    sqlite3_file base;
    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

sqlite3_file *realOf(sqlite3_file *file)
{
    return reinterpret_cast<File *>(file)->real();
}

int write(sqlite3_file *file, const void *data, int amount, sqlite3_int64 offset)
{
    sqlite3_file *real = realOf(file);
    sqlite3_int64 size = 0;
    real->pMethods->xFileSize(real, &size);
    if (const std::int64_t growth = offset + amount - size; growth > 0) {
        if (growth > room.load())
            return SQLITE_FULL;
        room -= growth;
    }
    return real->pMethods->xWrite(real, data, amount, offset);
}

// Everything but writing is the platform's. The methods are those of version 2: without memory mapping.
const sqlite3_io_methods methods = {
    2,
    [](sqlite3_file *f) { return realOf(f)->pMethods->xClose(realOf(f)); },
    [](sqlite3_file *f, void *to, int n, sqlite3_int64 at) {
        return realOf(f)->pMethods->xRead(realOf(f), to, n, at);
    },
    write,
    [](sqlite3_file *f, sqlite3_int64 size) { return realOf(f)->pMethods->xTruncate(realOf(f), size); },
    [](sqlite3_file *f, int flags) { return realOf(f)->pMethods->xSync(realOf(f), flags); },
    [](sqlite3_file *f, sqlite3_int64 *size) { return realOf(f)->pMethods->xFileSize(realOf(f), size); },
    [](sqlite3_file *f, int level) { return realOf(f)->pMethods->xLock(realOf(f), level); },
    [](sqlite3_file *f, int level) { return realOf(f)->pMethods->xUnlock(realOf(f), level); },
    [](sqlite3_file *f, int *out) { return realOf(f)->pMethods->xCheckReservedLock(realOf(f), out); },
    // Not passed on: hints about the size to come would make room behind our back.
    [](sqlite3_file *, int, void *) { return SQLITE_NOTFOUND; },
    [](sqlite3_file *f) { return realOf(f)->pMethods->xSectorSize(realOf(f)); },
    [](sqlite3_file *f) { return realOf(f)->pMethods->xDeviceCharacteristics(realOf(f)); },
    [](sqlite3_file *f, int page, int size, int extend, void volatile **out) {
        return realOf(f)->pMethods->xShmMap(realOf(f), page, size, extend, out);
    },
    [](sqlite3_file *f, int offset, int n, int flags) {
        return realOf(f)->pMethods->xShmLock(realOf(f), offset, n, flags);
    },
    [](sqlite3_file *f) { realOf(f)->pMethods->xShmBarrier(realOf(f)); },
    [](sqlite3_file *f, int remove) { return realOf(f)->pMethods->xShmUnmap(realOf(f), remove); },
    nullptr,
    nullptr,
};

sqlite3_vfs *platform()
{
    return static_cast<sqlite3_vfs *>(sqlite3_vfs_find(FullDisk::vfs)->pAppData);
}

int open(sqlite3_vfs *, sqlite3_filename name, sqlite3_file *file, int flags, int *outFlags)
{
    sqlite3_vfs *real = platform();
    const int code = real->xOpen(real, name, realOf(file), flags, outFlags);
    file->pMethods = code == SQLITE_OK ? &methods : nullptr;
    return code;
}

sqlite3_vfs disk;

} // namespace

FullDisk::FullDisk()
{
    sqlite3_vfs *real = sqlite3_vfs_find(nullptr);
    disk = *real;
    disk.zName = vfs;
    disk.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
    disk.pAppData = real;
    disk.xOpen = open;
    sqlite3_vfs_register(&disk, 0);
    empty();
}

FullDisk::~FullDisk()
{
    sqlite3_vfs_unregister(&disk);
}

void FullDisk::leaveRoom(std::int64_t bytes)
{
    room = bytes;
}

void FullDisk::empty()
{
    room = std::numeric_limits<std::int64_t>::max();
}

} // namespace Counterfoil
