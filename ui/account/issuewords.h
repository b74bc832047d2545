#pragma once

#include "recordcheck.h"

#include <QString>

namespace Counterfoil {

// What a FieldIssue says to the person, in a sentence.
QString issueSentence(const FieldIssue &issue, const AnyRecord &record);

} // namespace Counterfoil
