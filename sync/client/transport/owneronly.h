#pragma once

#include <QFileDevice>

namespace Counterfoil {

// What this room keeps on disk is the person's own: nobody else on the computer reads it.
inline constexpr auto ownerOnlyFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
inline constexpr auto ownerOnlyDirectory = ownerOnlyFile | QFileDevice::ExeOwner;

} // namespace Counterfoil
