#pragma once

#include <cstdint>

namespace Counterfoil {

// A disk that can be filled: SQLite files opened through the VFS named here are ordinary files, but
// once the room is used up every write that makes a file longer fails as on a full disk. One at a
// time in a process.
class FullDisk
{
public:
    static constexpr const char *vfs = "fulldisk";

    FullDisk(); // with room without end
    ~FullDisk();

    void leaveRoom(std::int64_t bytes);
    void empty(); // somebody made room
};

} // namespace Counterfoil
