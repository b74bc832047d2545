#pragma once

#include "sheet.h"

namespace Counterfoil {

class Actions;

// Every action of a window with its key, by group; and the keys that lists and fields understand.
class KeySheet final : public Sheet
{
    Q_OBJECT
public:
    KeySheet(QWidget *window, const Actions &actions);
};

} // namespace Counterfoil
