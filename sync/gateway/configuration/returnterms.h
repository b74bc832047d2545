#pragma once

#include "returnrules.h"
#include "sectionreader.h"

namespace Counterfoil {

// The section [returns]: its [[returns.terms]] and [[returns.route]].
ReturnPolicy readReturns(SectionReader &returns);

} // namespace Counterfoil
