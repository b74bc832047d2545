#pragma once

#include <QColor>

class QPalette;

namespace Counterfoil {

// What a chip, a pill or a banner wants to say with its colour; its words and symbol say it too.
enum class Tone { Neutral, Info, Ok, Warn, Bad };

Tone toneNamed(const QString &name); // as Status::tone has it; Neutral for anything else

// A text colour and what it stands on; every pair has a contrast of at least 4.5 : 1.
struct TonePair
{
    QColor fill;
    QColor text;
};

// Every colour of the program. Widgets take the set that belongs to their palette with of(), so one
// QApplication::setPalette() changes everything; no pane names a colour.
struct Tokens
{
    bool dark = false;
    QColor ground; // rail, behind panels
    QColor panel;  // lists, details, bars
    QColor raised; // popovers, cards above a panel
    QColor field;  // inside input fields
    QColor line;   // hairlines
    QColor edge;   // borders of buttons and fields
    QColor text;
    QColor muted;
    QColor accent; // links, focus, the primary button
    QColor onAccent;
    QColor hover;
    QColor selection; // the selected row, in a view with or without focus
    QColor glow;      // a row that just changed
    QColor scrollHandle;
    QColor shadow;
    QColor markedText; // laid over paper, which is white in both sets: what is selected
    QColor hit;        // what was searched for
    QColor currentHit; // the one of them that one is at
    TonePair neutral;
    TonePair info;
    TonePair ok;
    TonePair warn;
    TonePair bad;

    const TonePair &tone(Tone tone) const;
    QPalette palette() const;

    static const Tokens &light();
    static const Tokens &darkSet();
    static const Tokens &of(const QPalette &palette);
};

// Contrast ratio after WCAG 2: 1 to 21.
double contrast(const QColor &a, const QColor &b);

// `over` laid on `base` with the given opacity, 0 to 1.
QColor blend(const QColor &base, const QColor &over, double opacity);

// The 4-pt grid, in device-independent pixels.
namespace Space {
inline constexpr int unit = 4;
inline constexpr int small = 8;
inline constexpr int medium = 12;
inline constexpr int large = 16;
inline constexpr int huge = 24;
} // namespace Space

namespace Radius {
inline constexpr double chip = 5;
inline constexpr double control = 6;
inline constexpr double card = 8;
} // namespace Radius

} // namespace Counterfoil
