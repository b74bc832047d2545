#pragma once

#include "paperdata.h"

#include <QByteArray>

namespace Counterfoil {

// A drawing of what is sold under the SKU's prefix, in its maker's colour, as a PDF of one small page. The
// same item gives the same bytes but for the moment of writing.
QByteArray drawItemPicture(const PaperItem &item);

} // namespace Counterfoil
