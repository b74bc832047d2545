#pragma once

#include "hook.h"
#include "sectionreader.h"

namespace Counterfoil {

// A [[hook]], with the secret out of the file that it names.
Hook readHook(SectionReader &section, const QString &folder);

} // namespace Counterfoil
