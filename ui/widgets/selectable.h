#pragma once

class QLabel;

namespace Counterfoil {

// The label's words can be selected with the mouse and copied. They stay plain words until the pointer first
// comes to them: a label whose words can be selected is a text document, laid out anew for every width that
// a layout tries.
void makeSelectable(QLabel &label);

} // namespace Counterfoil
