#pragma once

#include <functional>

namespace Counterfoil {

// Ends this process, by SIGTERM to itself, when the parent that holds the other end of its standard
// input goes, however it goes. Does nothing when the standard input is no pipe.
void endWithParent();

// From here on SIGTERM, SIGINT and SIGHUP wait for awaitEnd(), in this thread and those it starts.
void holdBackEndSignals();
void awaitEnd();
// The same, but SIGHUP is no end: `everySecond` is called with true then, and meanwhile with false.
void awaitEnd(const std::function<void(bool)> &everySecond);

// As many open files as the system lets us have: every connection is one.
void raiseFileLimit();

} // namespace Counterfoil
