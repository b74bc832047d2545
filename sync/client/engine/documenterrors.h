#pragma once

#include "error.h"

// What is said about a document that cannot be handed out.
namespace Counterfoil::DocumentErrors {

enum class Hindrance { SignedOut, Disconnected, Offline };

Error notHereYet(Hindrance hindrance, bool damaged); // damaged: it was here, but cannot be shown
Error unknownDocument();
Error wrongBytesTwice(const Error &last);
Error letGo();
Error tooLarge();

} // namespace Counterfoil::DocumentErrors
