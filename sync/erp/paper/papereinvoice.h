#pragma once

#include "paperdata.h"

#include <QByteArray>

namespace Counterfoil {

// What the paper says once more for programs: Factur-X 1.0 in its profile EN 16931 (UN/CEFACT CII D16B).
// Empty for customers whose tax is no VAT, which the standard is about, and where the issuer's country is not
// told. The same data gives the same bytes.
QByteArray einvoiceOf(const PaperData &data);

inline constexpr char einvoiceFileName[] = "factur-x.xml"; // as the format prescribes

} // namespace Counterfoil
