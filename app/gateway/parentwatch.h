#pragma once

namespace Counterfoil {

// Ends this process, by SIGTERM to itself, when the parent that holds the other end of its standard
// input goes, however it goes. Does nothing when the standard input is no pipe.
void endWithParent();

// From here on SIGTERM and SIGINT wait for awaitEnd(), in this thread and those it starts.
void holdBackEndSignals();
void awaitEnd();

// As many open files as the system lets us have: every connection is one.
void raiseFileLimit();

} // namespace Counterfoil
