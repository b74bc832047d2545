#pragma once

namespace Counterfoil {

// Lets SIGINT, SIGTERM and SIGHUP end the event loop, so that what the program has to put away is put
// away. To be called once, after QApplication was made; does nothing where there are no such signals.
void quitOnEndSignals();

} // namespace Counterfoil
