#include "tokens.h"

#include <QPalette>

#include <algorithm>
#include <cmath>

namespace Counterfoil {

namespace {

Tokens makeLight()
{
    Tokens t;
    t.ground = QColor(0xF3F4F7);
    t.panel = QColor(0xFFFFFF);
    t.raised = QColor(0xFFFFFF);
    t.field = QColor(0xF7F8FA);
    t.line = QColor(0xE7E9EE);
    t.edge = QColor(0xD9DDE4);
    t.text = QColor(0x1B2330);
    t.muted = QColor(0x5C667A);
    t.accent = QColor(0x2F5BEA);
    t.onAccent = QColor(0xFFFFFF);
    t.hover = QColor(0xF3F5F9);
    t.selection = QColor(0xEDF2FF);
    t.glow = QColor(0xFFF3CF);
    t.scrollHandle = QColor(0xC3C9D4);
    t.shadow = QColor(16, 24, 40, 46);
    t.markedText = QColor(0xBBD0FF);
    t.hit = QColor(0xFFE9A3);
    t.currentHit = QColor(0xFFB454);
    t.neutral = {QColor(0xEEF0F4), QColor(0x4E586A)};
    t.info = {QColor(0xDEE7FF), QColor(0x2449C4)};
    t.ok = {QColor(0xE1F4EA), QColor(0x0B6B4B)};
    t.warn = {QColor(0xFFF0D1), QColor(0x855700)};
    t.bad = {QColor(0xFDE7E4), QColor(0xA9281C)};
    return t;
}

Tokens makeDark()
{
    Tokens t;
    t.dark = true;
    t.ground = QColor(0x14171C);
    t.panel = QColor(0x1A1E25);
    t.raised = QColor(0x222730);
    t.field = QColor(0x15181E);
    t.line = QColor(0x282E38);
    t.edge = QColor(0x353C49);
    t.text = QColor(0xE6E9EF);
    t.muted = QColor(0x9BA5B5);
    t.accent = QColor(0x7C9CFF);
    t.onAccent = QColor(0x10162A);
    t.hover = QColor(0x20252E);
    t.selection = QColor(0x222D4B);
    t.glow = QColor(0x40361A);
    t.scrollHandle = QColor(0x434B59);
    t.shadow = QColor(0, 0, 0, 90);
    t.markedText = QColor(0xBBD0FF);
    t.hit = QColor(0xFFE9A3);
    t.currentHit = QColor(0xFFB454);
    t.neutral = {QColor(0x2A303A), QColor(0xB4BDCB)};
    t.info = {QColor(0x2A3866), QColor(0xA9BDFF)};
    t.ok = {QColor(0x163528), QColor(0x66DAAD)};
    t.warn = {QColor(0x3B2E10), QColor(0xF2C55C)};
    t.bad = {QColor(0x42201F), QColor(0xFF9C93)};
    return t;
}

double channel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF())
        + 0.0722 * channel(colour.blueF());
}

} // namespace

Tone toneNamed(const QString &name)
{
    if (name == QLatin1String("info"))
        return Tone::Info;
    if (name == QLatin1String("ok"))
        return Tone::Ok;
    if (name == QLatin1String("warn"))
        return Tone::Warn;
    if (name == QLatin1String("bad"))
        return Tone::Bad;
    return Tone::Neutral;
}

const TonePair &Tokens::tone(Tone tone) const
{
    switch (tone) {
    case Tone::Info:
        return info;
    case Tone::Ok:
        return ok;
    case Tone::Warn:
        return warn;
    case Tone::Bad:
        return bad;
    case Tone::Neutral:
        break;
    }
    return neutral;
}

QPalette Tokens::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, panel);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, panel);
    p.setColor(QPalette::AlternateBase, ground);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, muted);
    p.setColor(QPalette::Button, panel);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, onAccent);
    p.setColor(QPalette::Highlight, dark ? accent.darker(190) : QColor(0xBBD0FF));
    p.setColor(QPalette::HighlightedText, text);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, accent);
    p.setColor(QPalette::ToolTipBase, text);
    p.setColor(QPalette::ToolTipText, panel);
    p.setColor(QPalette::Light, panel);
    p.setColor(QPalette::Midlight, hover);
    p.setColor(QPalette::Mid, line);
    p.setColor(QPalette::Dark, edge);
    p.setColor(QPalette::Shadow, shadow);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, blend(panel, muted, 0.75));
    return p;
}

const Tokens &Tokens::light()
{
    static const Tokens tokens = makeLight();
    return tokens;
}

const Tokens &Tokens::darkSet()
{
    static const Tokens tokens = makeDark();
    return tokens;
}

const Tokens &Tokens::of(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() < 128 ? darkSet() : light();
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor blend(const QColor &base, const QColor &over, double opacity)
{
    const auto mix = [opacity](float from, float to) {
        return static_cast<float>(static_cast<double>(from) * (1 - opacity)
                                  + static_cast<double>(to) * opacity);
    };
    return QColor::fromRgbF(mix(base.redF(), over.redF()), mix(base.greenF(), over.greenF()),
                            mix(base.blueF(), over.blueF()));
}

} // namespace Counterfoil
