#pragma once

#include "random.h"

#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace Counterfoil {

struct MemoryFile; // memoryvfs.h

// A disk in memory that can be filled, broken, unplugged and put back. Every SQLite file opened below its
// folder, through SQLite's usual VFS, lives on it, journals included; nothing else does. The folder need
// not exist. Several at a time; all used by one thread. A disk must outlive the connections to it.
//
// A write is on the disk for every later read at once, and for good once its file is synced: that is what
// losePower() goes by. Names are made and removed for good at once.
class MemoryDisk
{
public:
    static constexpr const char *vfs = "memorydisk"; // where somebody wants it named

    explicit MemoryDisk(QString folder);
    ~MemoryDisk();
    MemoryDisk(const MemoryDisk &) = delete;
    MemoryDisk &operator=(const MemoryDisk &) = delete;

    QString path(const QString &file) const { return m_folder + QLatin1Char('/') + file; }

    // An empty database with small pages, for files of which many are to be copied: what is small stays so.
    void layOut(const QString &file);

    // Of named files.
    enum class Operation { Write, Truncation, Sync, Removal };
    // Called before each of them; `file` tells files apart.
    void setWatcher(std::function<void(Operation, const void *file)> watcher)
    {
        m_watcher = std::move(watcher);
    }

    enum class Trouble {
        Fails,    // it does not happen, and SQLite is told
        Full,     // the same, for want of room
        Tears,    // half of it happens, and SQLite is told
        Dies,     // it does not happen, nor anything after it until kill() or losePower()
        DiesTorn, // half of it happens, and nothing after it
    };
    // At the operation of that number, counted from 0 at the next one. One trouble at a time; kill(),
    // losePower() and restore() call it off.
    void troubleAt(std::int64_t operation, Trouble trouble);
    void noTrouble() { m_troubleAt = -1; }
    void setFull(bool full) { m_full = full; } // no file grows any more
    std::int64_t operations() const { return m_operations; }
    bool isFull() const { return m_full; }
    int troubles() const { return m_troubles; } // that have come
    bool isDead() const { return m_dead; }      // a trouble has come that nothing survives

    // The process ends in the middle of what it does: its connections reach the disk no more, whether they
    // are closed or not, and what it wrote stays.
    void kill();
    // So does the machine: each write that was not synced is kept, lost, torn or garbled, in any order.
    void losePower(Random &random);

    using Image = std::map<std::string, std::vector<char>, std::less<>>;
    Image image() const;                      // all files as they are now, names without the folder
    void restore(const Image &image);         // instead of all that is here; connections are cut as by kill()
    bool holds(std::string_view bytes) const; // in any file

private:
    friend struct MemoryVfs;
    enum class Fate { Happens, Fails, Full, Tears, Gone };
    Fate next(Operation operation, const MemoryFile *file, std::int64_t growth = 0);

    QString m_folder;
    std::string m_prefix;
    std::map<std::string, std::shared_ptr<MemoryFile>, std::less<>> m_files;
    std::function<void(Operation, const void *)> m_watcher;
    std::uint64_t m_life = 0; // connections of an earlier one are dead
    std::int64_t m_operations = 0;
    std::int64_t m_troubleAt = -1;
    Trouble m_trouble = Trouble::Fails;
    int m_troubles = 0;
    bool m_full = false;
    bool m_dead = false;
};

} // namespace Counterfoil
