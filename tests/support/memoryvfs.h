#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace Counterfoil {

class MemoryDisk;

// The index of a write-ahead log that the connections of one process share.
struct SharedIndex
{
    static constexpr std::size_t locks = 8; // SQLite's

    std::vector<std::unique_ptr<std::byte[]>> regions;
    std::array<int, locks> shared{};
    std::array<bool, locks> exclusive{};
    int users = 0;
};

// One file: what a reader sees, what would outlast a power cut, and how the one differs from the other.
struct MemoryFile
{
    struct Operation
    {
        std::size_t offset = 0;
        std::size_t length = 0; // 0: truncated to `offset`
        std::size_t data = 0;   // where in `unsyncedBytes`
    };

    std::vector<char> now;
    std::vector<char> synced;
    std::vector<Operation> unsynced;
    std::vector<char> unsyncedBytes;

    std::shared_ptr<SharedIndex> index = std::make_shared<SharedIndex>();
    int readers = 0;
    bool reserved = false;
    bool pending = false;
    bool exclusive = false;

    void write(const char *data, std::size_t length, std::size_t offset);
    void truncate(std::size_t length);
    void sync();
    void hold(const std::vector<char> &bytes); // synced, unlocked
    void forgetConnections();
};

// SQLite's usual VFS is this one from the first mount on: names below a mounted folder, and temporary
// files, are in memory; everything else is the platform's.
struct MemoryVfs
{
    static void mount(MemoryDisk *disk);
    static void unmount(MemoryDisk *disk);

    static int open(MemoryDisk &disk, const char *name, void *into, int flags);
    static bool isOn(const MemoryDisk &disk, const char *name);
    static bool exists(const MemoryDisk &disk, const char *name);
    static int remove(MemoryDisk &disk, const char *name);

    struct Connection;
    struct Methods;
};

} // namespace Counterfoil
