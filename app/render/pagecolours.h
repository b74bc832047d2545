#pragma once

#include "openeddocument.h"

class QImage;

namespace Counterfoil {

// Gives a drawn page other paper and ink. `image` in Format_RGB32.
void recolour(QImage &image, const PageColours &colours);

} // namespace Counterfoil
