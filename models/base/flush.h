#pragma once

class QFileDevice;

namespace Counterfoil {

// What was written to the file is on the disk, not only with the system; false: it may not be. Blocks, for
// milliseconds as a rule.
bool flushToDisk(QFileDevice &file);

} // namespace Counterfoil
