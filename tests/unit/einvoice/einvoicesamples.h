#pragma once

#include <QByteArray>

namespace Counterfoil {

// The same sale in each syntax: two lines (10 × 12.50 less a discount of 5.00 on the line, and 3 × 1.999),
// freight of 10.00 and a discount of 6.00, all at 19 %; 50.00 were paid before.
//
//   lines 120.00 + 6.00 = 126.00; net 126.00 − 6.00 + 10.00 = 130.00; tax 24.70; total 154.70; to be paid
//   104.70
QByteArray ciiSample();
QByteArray zugferd1Sample();
QByteArray ublSample();
QByteArray ublCreditNoteSample();

} // namespace Counterfoil
