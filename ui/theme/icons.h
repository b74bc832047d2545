#pragma once

#include <QColor>
#include <QIcon>
#include <QPainterPath>

class QPainter;

// Pictograms drawn as strokes, so that they are crisp at every scale and take the colour of the text
// beside them. A picture never stands alone: buttons with one have a name or a tool tip.
namespace Counterfoil::Icons {

enum class Icon {
    Brand,
    Orders,
    Search,
    Filter,
    Columns,
    Chevron,
    Close,
    Copy,
    Window,
    Float,
    Sun,
    Moon,
    Plug,
    Unplugged,
    Keyboard,
    Person,
    Refresh,
    Warning,
    Info,
    Lock,
    Empty,
    Calendar,
    Truck,
    Check,
    Half,
    Quarter,
    Square,
    Boxed,
    Arrow,
    Dot,
    Cross,
    Pause,
    Ring,
    Plus,
    Minus,
    ChevronUp,
    TurnRight,
    Sidebar,
    FitWidth,
    FitPage,
    Outline,
    List,
    Save,
    Print,
    Count, // how many there are
};

void paint(QPainter &painter, Icon icon, const QRectF &square, const QColor &colour);
QIcon icon(Icon icon); // in the colour of button text

// The symbol that a state's record names with one character, drawn where we know it and as text
// otherwise, so that it looks the same with whatever fonts there are.
void paintSymbol(QPainter &painter, const QString &symbol, const QRectF &square, const QColor &colour);

} // namespace Counterfoil::Icons
