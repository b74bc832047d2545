#pragma once

#include "outgoingdoors.h"

namespace Counterfoil {

// Opens a new letter in the person's mail program, with the files attached: xdg-email on Linux, Mail on macOS
// without its subject, nothing yet on Windows. Only Linux has been tried. Does not wait for the program,
// which may be one that leaves attachments out: xdg-email says nothing of that.
Outcome handToMailProgram(const Letter &letter);

} // namespace Counterfoil
