#pragma once

#include "catalogue.h"
#include "document.h"
#include "paperdata.h"

namespace Counterfoil::Sandbox {

// What the certificate or safety data sheet says of the product.
PaperItem itemPaper(const Document &document, const Product &product);

} // namespace Counterfoil::Sandbox
