#pragma once

#include "error.h"

#include <string_view>

namespace Counterfoil {

// A proxy's or a captive portal's page says nothing about our tokens, our cursor or our rights.
Error foreignAnswer(int status);

// The Error of an answer that is no success, whoever gave it.
Error errorOfRefusal(int status, std::string_view body);

// It is about what was sent alone, as far as can be seen; anything else is about the gateway or the way to
// it. `status`: 0: there was no answer.
bool mayBeOfWhatWasSent(const Error &error, int status);

} // namespace Counterfoil
