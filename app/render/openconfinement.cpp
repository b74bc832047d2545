// A system of which we know no locks.

#include "confinement.h"

namespace Counterfoil {

void limitOurselves() { }

RenderDoors closeDoors()
{
    return RenderDoor::Files | RenderDoor::Network | RenderDoor::Calls | RenderDoor::Memory;
}

} // namespace Counterfoil
