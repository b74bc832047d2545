#pragma once

#include <QString>

#include <string>

namespace Counterfoil {

// Which file this is, as far as the platform tells: one put in its place is another. Its number alone
// may be given out again, so the time of its making belongs to it.
// Empty where the platform does not tell.
std::string fileIdentity(const QString &path);

} // namespace Counterfoil
