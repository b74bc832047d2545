#include "memorydisk.h"

#include "memoryvfs.h"

#include <algorithm>
#include <cstring>

namespace Counterfoil {

namespace {

constexpr std::size_t sector = 512; // what a disk writes whole or not at all

void put(std::vector<char> &bytes, const char *data, std::size_t length, std::size_t offset)
{
    if (bytes.size() < offset + length)
        bytes.resize(offset + length);
    std::memcpy(bytes.data() + offset, data, length);
}

} // namespace

void MemoryFile::write(const char *data, std::size_t length, std::size_t offset)
{
    put(now, data, length, offset);
    unsynced.push_back({offset, length, unsyncedBytes.size()});
    unsyncedBytes.insert(unsyncedBytes.end(), data, data + length);
}

void MemoryFile::truncate(std::size_t length)
{
    now.resize(length);
    unsynced.push_back({length, 0, 0});
}

void MemoryFile::sync()
{
    for (const Operation &operation : unsynced) {
        if (operation.length == 0)
            synced.resize(operation.offset);
        else
            put(synced, unsyncedBytes.data() + operation.data, operation.length, operation.offset);
    }
    unsynced.clear();
    unsyncedBytes.clear();
}

void MemoryFile::hold(const std::vector<char> &bytes)
{
    now = bytes;
    synced = bytes;
    unsynced.clear();
    unsyncedBytes.clear();
    forgetConnections();
}

void MemoryFile::forgetConnections()
{
    index = std::make_shared<SharedIndex>();
    readers = 0;
    reserved = pending = exclusive = false;
}

MemoryDisk::MemoryDisk(QString folder)
    : m_folder(std::move(folder))
    , m_prefix(m_folder.toStdString() + '/')
{
    MemoryVfs::mount(this);
}

MemoryDisk::~MemoryDisk()
{
    MemoryVfs::unmount(this);
}

void MemoryDisk::troubleAt(std::int64_t operation, Trouble trouble)
{
    m_troubleAt = m_operations + operation;
    m_trouble = trouble;
}

MemoryDisk::Fate MemoryDisk::next(Operation operation, const MemoryFile *file, std::int64_t growth)
{
    if (m_dead)
        return Fate::Gone;
    if (m_watcher)
        m_watcher(operation, file);
    if (m_operations++ != m_troubleAt && !(m_full && growth > 0))
        return Fate::Happens;
    ++m_troubles;
    if (m_operations - 1 != m_troubleAt)
        return Fate::Full;
    switch (m_trouble) {
    case Trouble::Fails:
        return Fate::Fails;
    case Trouble::Full:
        return Fate::Full;
    case Trouble::Tears:
        return Fate::Tears;
    case Trouble::Dies:
        m_dead = true;
        return Fate::Gone;
    case Trouble::DiesTorn:
        m_dead = true;
        return Fate::Tears;
    }
    return Fate::Happens;
}

void MemoryDisk::kill()
{
    ++m_life;
    m_dead = false;
    m_troubleAt = -1;
    for (const auto &[name, file] : m_files)
        file->forgetConnections();
}

void MemoryDisk::losePower(Random &random)
{
    kill();
    const std::uint64_t luck = random.below(4); // 0: all is lost, 3: all is kept
    for (const auto &[name, file] : m_files) {
        for (const MemoryFile::Operation &operation : file->unsynced) {
            if (luck == 0 || (luck < 3 && random.below(4) < 3 - luck))
                continue;
            if (operation.length == 0) {
                file->synced.resize(operation.offset);
                continue;
            }
            std::vector<char> bytes(file->unsyncedBytes.data() + operation.data,
                                    file->unsyncedBytes.data() + operation.data + operation.length);
            const std::uint64_t harm = luck == 3 ? 3 : random.below(4);
            const std::size_t at = random.below(bytes.size() / sector + 1) * sector;
            if (harm == 0)
                bytes.resize(at);
            else if (harm == 1)
                random.fill(std::as_writable_bytes(
                    std::span(bytes).subspan(at, std::min(bytes.size() - at, sector))));
            put(file->synced, bytes.data(), bytes.size(), operation.offset);
        }
        file->hold(std::vector<char>(file->synced));
    }
}

MemoryDisk::Image MemoryDisk::image() const
{
    Image image;
    for (const auto &[name, file] : m_files)
        image.emplace(name, file->now);
    return image;
}

void MemoryDisk::restore(const Image &image)
{
    kill();
    std::erase_if(m_files, [&](const auto &file) { return !image.contains(file.first); });
    for (const auto &[name, bytes] : image) {
        std::shared_ptr<MemoryFile> &file = m_files[name];
        if (!file)
            file = std::make_shared<MemoryFile>();
        file->hold(bytes);
    }
}

bool MemoryDisk::holds(std::string_view bytes) const
{
    return std::ranges::any_of(m_files, [&](const auto &file) {
        return std::string_view(file.second->now.data(), file.second->now.size()).find(bytes)
            != std::string_view::npos;
    });
}

} // namespace Counterfoil
