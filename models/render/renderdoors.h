#pragma once

#include <QFlags>

namespace Counterfoil {

// What a render worker that a document has taken over could still use, because its computer has no lock for
// it.
enum class RenderDoor : quint8 {
    Files = 1, // others than fonts
    Network = 2,
    Calls = 4, // of the system, that drawing does not take
    Memory = 8,
};
Q_DECLARE_FLAGS(RenderDoors, RenderDoor)
Q_DECLARE_OPERATORS_FOR_FLAGS(RenderDoors)
inline constexpr quint8 allRenderDoors = 15;

} // namespace Counterfoil
