#pragma once

class QFrame;
class QWidget;

namespace Counterfoil {

// A horizontal line of one pixel that parts two areas.
QFrame *hairline(QWidget *parent);

} // namespace Counterfoil
