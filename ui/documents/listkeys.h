#pragma once

namespace Counterfoil {

// Whether a key (Qt::Key) leads through a list beside the pages, which keeps it; every other is the viewer's.
bool leadsThroughList(int key);

} // namespace Counterfoil
