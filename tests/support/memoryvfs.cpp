#include "memoryvfs.h"

#include "memorydisk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>

namespace Counterfoil {

namespace {

std::vector<MemoryDisk *> &mounted()
{
    static std::vector<MemoryDisk *> disks;
    return disks;
}

sqlite3_vfs *platform = nullptr;

MemoryDisk *diskOf(const char *name)
{
    const auto found = std::ranges::find_if(
        mounted(), [&](const MemoryDisk *disk) { return MemoryVfs::isOn(*disk, name); });
    return found == mounted().end() ? nullptr : *found;
}

} // namespace

// What SQLite holds of an open file. Everything is asked of the disk through alive(): a connection of a
// process that died may be closed later, and must not be heard.
struct MemoryVfs::Connection
{
    sqlite3_file base{};
    MemoryDisk *disk = nullptr;
    std::shared_ptr<MemoryFile> file;
    std::shared_ptr<SharedIndex> index; // once it is mapped
    std::uint64_t life = 0;
    int level = SQLITE_LOCK_NONE;
    unsigned sharedLocks = 0;
    unsigned exclusiveLocks = 0;
    bool isNamed = false;

    bool alive() const { return life == disk->m_life && !disk->m_dead; }
    MemoryDisk::Fate next(MemoryDisk::Operation operation, std::int64_t growth = 0)
    {
        if (life != disk->m_life)
            return MemoryDisk::Fate::Gone;
        return isNamed ? disk->next(operation, file.get(), growth) : MemoryDisk::Fate::Happens;
    }
};

struct MemoryVfs::Methods
{
    static Connection &of(sqlite3_file *file) { return *reinterpret_cast<Connection *>(file); }

    static int close(sqlite3_file *file)
    {
        unlock(file, SQLITE_LOCK_NONE);
        shmUnmap(file, 0);
        of(file).~Connection();
        return SQLITE_OK;
    }

    static int read(sqlite3_file *file, void *to, int length, sqlite3_int64 at)
    {
        Connection &c = of(file);
        if (!c.alive())
            return SQLITE_IOERR_READ;
        const auto wanted = static_cast<std::size_t>(length);
        const auto offset = static_cast<std::size_t>(at);
        const std::vector<char> &bytes = c.file->now;
        const std::size_t there = offset < bytes.size() ? std::min(wanted, bytes.size() - offset) : 0;
        if (there > 0)
            std::memcpy(to, bytes.data() + offset, there);
        if (there == wanted)
            return SQLITE_OK;
        std::memset(static_cast<char *>(to) + there, 0, wanted - there);
        return SQLITE_IOERR_SHORT_READ;
    }

    static int write(sqlite3_file *file, const void *data, int length, sqlite3_int64 at)
    {
        Connection &c = of(file);
        const auto *bytes = static_cast<const char *>(data);
        const auto offset = static_cast<std::size_t>(at);
        const auto growth = at + length - static_cast<std::int64_t>(c.file->now.size());
        switch (c.next(MemoryDisk::Operation::Write, growth)) {
        case MemoryDisk::Fate::Happens:
            c.file->write(bytes, static_cast<std::size_t>(length), offset);
            return SQLITE_OK;
        case MemoryDisk::Fate::Full:
            return SQLITE_FULL;
        case MemoryDisk::Fate::Tears:
            c.file->write(bytes, static_cast<std::size_t>(length + 1) / 2, offset);
            return SQLITE_IOERR_WRITE;
        case MemoryDisk::Fate::Fails:
        case MemoryDisk::Fate::Gone:
            break;
        }
        return SQLITE_IOERR_WRITE;
    }

    static int truncate(sqlite3_file *file, sqlite3_int64 length)
    {
        Connection &c = of(file);
        if (c.next(MemoryDisk::Operation::Truncation) != MemoryDisk::Fate::Happens)
            return SQLITE_IOERR_TRUNCATE;
        c.file->truncate(static_cast<std::size_t>(length));
        return SQLITE_OK;
    }

    static int sync(sqlite3_file *file, int)
    {
        Connection &c = of(file);
        if (c.next(MemoryDisk::Operation::Sync) != MemoryDisk::Fate::Happens)
            return SQLITE_IOERR_FSYNC;
        c.file->sync();
        return SQLITE_OK;
    }

    static int fileSize(sqlite3_file *file, sqlite3_int64 *size)
    {
        *size = static_cast<sqlite3_int64>(of(file).file->now.size());
        return of(file).alive() ? SQLITE_OK : SQLITE_IOERR_FSTAT;
    }

    static int lock(sqlite3_file *file, int level)
    {
        Connection &c = of(file);
        if (!c.alive())
            return SQLITE_IOERR_LOCK;
        if (level <= c.level)
            return SQLITE_OK;
        MemoryFile &f = *c.file;
        const bool others = f.readers > (c.level >= SQLITE_LOCK_SHARED ? 1 : 0);
        switch (level) {
        case SQLITE_LOCK_SHARED:
            if (f.pending || f.exclusive)
                return SQLITE_BUSY;
            ++f.readers;
            break;
        case SQLITE_LOCK_RESERVED:
            if (f.reserved)
                return SQLITE_BUSY;
            f.reserved = true;
            break;
        case SQLITE_LOCK_EXCLUSIVE:
            if ((f.reserved && c.level < SQLITE_LOCK_RESERVED)
                || (f.pending && c.level < SQLITE_LOCK_PENDING))
                return SQLITE_BUSY;
            f.reserved = f.pending = true;
            c.level = SQLITE_LOCK_PENDING;
            if (others)
                return SQLITE_BUSY;
            f.exclusive = true;
            break;
        default:
            break;
        }
        c.level = level;
        return SQLITE_OK;
    }

    static int unlock(sqlite3_file *file, int level)
    {
        Connection &c = of(file);
        if (level >= c.level)
            return SQLITE_OK;
        if (c.life == c.disk->m_life) {
            if (c.level >= SQLITE_LOCK_RESERVED)
                c.file->reserved = c.file->pending = c.file->exclusive = false;
            if (level == SQLITE_LOCK_NONE)
                --c.file->readers;
        }
        c.level = level;
        return SQLITE_OK;
    }

    static int checkReservedLock(sqlite3_file *file, int *out)
    {
        *out = of(file).file->reserved;
        return SQLITE_OK;
    }

    static int shmMap(sqlite3_file *file, int region, int size, int extend, void volatile **out)
    {
        Connection &c = of(file);
        *out = nullptr;
        if (!c.alive())
            return SQLITE_IOERR_SHMMAP;
        if (!c.index) {
            c.index = c.file->index;
            ++c.index->users;
        }
        auto &regions = c.index->regions;
        const auto wanted = static_cast<std::size_t>(region);
        while (extend != 0 && regions.size() <= wanted)
            regions.push_back(std::make_unique<std::byte[]>(static_cast<std::size_t>(size)));
        if (wanted < regions.size())
            *out = regions[wanted].get();
        return SQLITE_OK;
    }

    static int shmLock(sqlite3_file *file, int first, int count, int flags)
    {
        Connection &c = of(file);
        if (!c.index)
            return SQLITE_IOERR_SHMLOCK;
        SharedIndex &index = *c.index;
        const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
        for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(first + count); ++i) {
            const unsigned bit = 1U << i;
            const bool mine = ((exclusive ? c.exclusiveLocks : c.sharedLocks) & bit) != 0;
            if ((flags & SQLITE_SHM_UNLOCK) != 0) {
                if (mine && exclusive)
                    index.exclusive[i] = false;
                else if (mine)
                    --index.shared[i];
            } else if (!mine && (index.exclusive[i] || (exclusive && index.shared[i] > 0))) {
                return SQLITE_BUSY;
            }
        }
        const unsigned bits = ((1U << count) - 1U) << first;
        unsigned &held = exclusive ? c.exclusiveLocks : c.sharedLocks;
        if ((flags & SQLITE_SHM_UNLOCK) != 0) {
            held &= ~bits;
            return SQLITE_OK;
        }
        for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(first + count); ++i) {
            if ((held & (1U << i)) != 0)
                continue;
            if (exclusive)
                index.exclusive[i] = true;
            else
                ++index.shared[i];
        }
        held |= bits;
        return SQLITE_OK;
    }

    static int shmUnmap(sqlite3_file *file, int)
    {
        Connection &c = of(file);
        if (!c.index)
            return SQLITE_OK;
        shmLock(file, 0, SharedIndex::locks, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE);
        shmLock(file, 0, SharedIndex::locks, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED);
        if (--c.index->users == 0)
            c.index->regions.clear();
        c.index.reset();
        return SQLITE_OK;
    }

    static const sqlite3_io_methods table;
};

const sqlite3_io_methods MemoryVfs::Methods::table = {
    2, // without memory mapping
    close,
    read,
    write,
    truncate,
    sync,
    fileSize,
    lock,
    unlock,
    checkReservedLock,
    [](sqlite3_file *, int, void *) { return SQLITE_NOTFOUND; },
    [](sqlite3_file *) { return 0; },
    [](sqlite3_file *) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; },
    shmMap,
    shmLock,
    [](sqlite3_file *) {},
    shmUnmap,
    nullptr,
    nullptr,
};

bool MemoryVfs::isOn(const MemoryDisk &disk, const char *name)
{
    return std::string_view(name).starts_with(disk.m_prefix);
}

bool MemoryVfs::exists(const MemoryDisk &disk, const char *name)
{
    return disk.m_files.contains(std::string_view(name).substr(disk.m_prefix.size()));
}

int MemoryVfs::remove(MemoryDisk &disk, const char *name)
{
    const auto file = disk.m_files.find(std::string_view(name).substr(disk.m_prefix.size()));
    if (file == disk.m_files.end())
        return SQLITE_IOERR_DELETE_NOENT;
    if (disk.next(MemoryDisk::Operation::Removal, file->second.get()) != MemoryDisk::Fate::Happens)
        return SQLITE_IOERR_DELETE;
    disk.m_files.erase(file);
    return SQLITE_OK;
}

int MemoryVfs::open(MemoryDisk &disk, const char *name, void *into, int flags)
{
    auto *base = static_cast<sqlite3_file *>(into);
    base->pMethods = nullptr;
    std::shared_ptr<MemoryFile> file;
    if (!name) {
        file = std::make_shared<MemoryFile>();
    } else {
        if (disk.m_dead || (!exists(disk, name) && (flags & SQLITE_OPEN_CREATE) == 0))
            return SQLITE_CANTOPEN;
        auto &known = disk.m_files[std::string(name).substr(disk.m_prefix.size())];
        if (!known)
            known = std::make_shared<MemoryFile>();
        file = known;
    }
    auto *connection = new (into) Connection;
    connection->base.pMethods = &Methods::table;
    connection->disk = &disk;
    connection->file = std::move(file);
    connection->life = disk.m_life;
    connection->isNamed = name != nullptr;
    return SQLITE_OK;
}

namespace {

sqlite3_vfs memory;

int openAnywhere(sqlite3_vfs *, sqlite3_filename name, sqlite3_file *file, int flags, int *outFlags)
{
    MemoryDisk *disk = name ? diskOf(name) : mounted().empty() ? nullptr : mounted().front();
    if (!disk)
        return platform->xOpen(platform, name, file, flags, outFlags);
    if (outFlags)
        *outFlags = flags;
    return MemoryVfs::open(*disk, name, file, flags);
}

int removeAnywhere(sqlite3_vfs *, const char *name, int sync)
{
    MemoryDisk *disk = diskOf(name);
    return disk ? MemoryVfs::remove(*disk, name) : platform->xDelete(platform, name, sync);
}

int accessAnywhere(sqlite3_vfs *, const char *name, int flags, int *out)
{
    const MemoryDisk *disk = diskOf(name);
    if (!disk)
        return platform->xAccess(platform, name, flags, out);
    *out = MemoryVfs::exists(*disk, name);
    return SQLITE_OK;
}

int fullPathname(sqlite3_vfs *, const char *name, int size, char *out)
{
    if (!diskOf(name))
        return platform->xFullPathname(platform, name, size, out);
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

} // namespace

void MemoryVfs::mount(MemoryDisk *disk)
{
    mounted().push_back(disk);
    if (platform)
        return;
    platform = sqlite3_vfs_find(nullptr);
    memory = *platform;
    memory.zName = MemoryDisk::vfs;
    memory.szOsFile = std::max(platform->szOsFile, static_cast<int>(sizeof(Connection)));
    memory.xOpen = openAnywhere;
    memory.xDelete = removeAnywhere;
    memory.xAccess = accessAnywhere;
    memory.xFullPathname = fullPathname;
    memory.xSleep
        = [](sqlite3_vfs *, int microseconds) { return microseconds; }; // nobody else would act meanwhile
    memory.xRandomness = [](sqlite3_vfs *, int size, char *out) {       // the same on every run
        std::memset(out, 0x5a, static_cast<std::size_t>(size));
        return size;
    };
    sqlite3_vfs_register(&memory, 1);
}

void MemoryVfs::unmount(MemoryDisk *disk)
{
    std::erase(mounted(), disk);
}

void MemoryDisk::layOut(const QString &file)
{
    sqlite3 *handle = nullptr;
    if (sqlite3_open(path(file).toUtf8().constData(), &handle) != SQLITE_OK
        || sqlite3_exec(handle, "PRAGMA page_size=1024; VACUUM", nullptr, nullptr, nullptr) != SQLITE_OK)
        qFatal("no database can be laid out: %s", sqlite3_errmsg(handle));
    sqlite3_close(handle);
}

} // namespace Counterfoil
