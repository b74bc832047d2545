#include "icons.h"

#include <QApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>

#include <array>
#include <utility>

namespace Counterfoil::Icons {

namespace {

// A path on a grid of 24 by 24. M x y, L x y, C x1 y1 x2 y2 x y, Z as in SVG; O cx cy r is a circle,
// R x y w h r a rounded rectangle, A cx cy r from span an arc in degrees. `filled` adds an inked shape.
struct Drawing
{
    const char *stroked;
    const char *filled;
};

constexpr std::array<Drawing, static_cast<std::size_t>(Icon::Count)> drawings{{
    {"", "A 15 12 9 90 180 Z M 17 3 L 19.5 3 L 19.5 21 L 17 21 Z"}, // Brand: a stub and its tear line
    {"R 4 3.5 16 17 2.5 M 8 8.5 L 16 8.5 M 8 12.5 L 16 12.5 M 8 16.5 L 12.5 16.5", ""}, // Orders
    {"O 10.5 10.5 6 M 15 15 L 20 20", ""},                                              // Search
    {"M 4 6.5 L 20 6.5 M 7 12 L 17 12 M 10 17.5 L 14 17.5", ""},                        // Filter
    {"R 3.5 4.5 17 15 2.5 M 9.2 4.5 L 9.2 19.5 M 14.8 4.5 L 14.8 19.5", ""},            // Columns
    {"M 7 10 L 12 15 L 17 10", ""},                                                     // Chevron
    {"M 6.5 6.5 L 17.5 17.5 M 17.5 6.5 L 6.5 17.5", ""},                                // Close
    {"R 8.5 8.5 11.5 11.5 2.5 M 15.5 5 C 15 4.3 14.5 4 13.5 4 L 6.5 4 C 5 4 4 5 4 6.5 L 4 13.5 C 4 14.5 4.3 "
     "15 5 15.5",
     ""}, // Copy
    {"M 13.5 4 L 20 4 L 20 10.5 M 20 4 L 12 12 M 10 5.5 L 6.5 5.5 C 5 5.5 4 6.5 4 8 L 4 17.5 C 4 19 5 20 6.5 "
     "20 L 16 "
     "20 C 17.5 20 18.5 19 18.5 17.5 L 18.5 14",
     ""},                                                                  // Window
    {"R 8.5 3.5 12 12 2.5 M 4 9 L 4 17.5 C 4 19 5 20 6.5 20 L 15 20", ""}, // Float
    {"O 12 12 4 M 12 3 L 12 4.8 M 12 19.2 L 12 21 M 3 12 L 4.8 12 M 19.2 12 L 21 12 M 5.6 5.6 L 6.9 6.9 M "
     "17.1 17.1 L "
     "18.4 18.4 M 5.6 18.4 L 6.9 17.1 M 17.1 6.9 L 18.4 5.6",
     ""}, // Sun
    {"M 20 14.2 C 18.9 14.7 17.8 15 16.5 15 C 12.4 15 9 11.6 9 7.5 C 9 6.2 9.3 5.1 9.8 4 C 6.4 5 4 8.2 4 12 "
     "C 4 16.4 7.6 "
     "20 12 20 C 15.8 20 19 17.6 20 14.2 Z",
     ""}, // Moon
    {"M 9 3.5 L 9 8 M 15 3.5 L 15 8 M 6.5 8 L 17.5 8 L 17.5 11 C 17.5 14 15 16.5 12 16.5 C 9 16.5 6.5 14 6.5 "
     "11 Z M 12 "
     "16.5 L 12 20.5",
     ""}, // Plug
    {"M 4 4 L 20 20 M 9 3.5 L 9 6 M 15 3.5 L 15 8 M 11.5 8 L 17.5 8 L 17.5 11 C 17.5 12 17.2 12.9 16.8 13.7 "
     "M 14.5 15.9 C "
     "13.7 16.3 12.9 16.5 12 16.5 C 9 16.5 6.5 14 6.5 11 L 6.5 8.5 M 12 16.5 L 12 20.5",
     ""}, // Unplugged
    {"R 2.5 6 19 12 2.5 M 6.5 10 L 6.6 10 M 10 10 L 10.1 10 M 14 10 L 14.1 10 M 17.4 10 L 17.5 10 M 8 14 L "
     "16 14",
     ""},                                                                                // Keyboard
    {"O 12 8 4 M 4.5 20 C 5.2 16.4 8.2 14.5 12 14.5 C 15.8 14.5 18.8 16.4 19.5 20", ""}, // Person
    {"M 20 5 L 20 9.5 L 15.5 9.5 M 19.7 9.3 C 18.5 6.2 15.5 4 12 4 C 7.6 4 4 7.6 4 12 C 4 16.4 7.6 20 12 20 "
     "C 15.3 20 "
     "18.1 18 19.3 15.2",
     ""},                                                                                        // Refresh
    {"M 12 4 L 21 19.5 L 3 19.5 Z M 12 10 L 12 14 M 12 16.6 L 12 16.8", ""},                     // Warning
    {"O 12 12 8.5 M 12 11 L 12 16 M 12 8 L 12 8.1", ""},                                         // Info
    {"R 5 10.5 14 10 2.5 M 8 10.5 L 8 8 C 8 5.8 9.8 4 12 4 C 14.2 4 16 5.8 16 8 L 16 10.5", ""}, // Lock
    {"M 3.5 13 L 8 13 L 9.5 16 L 14.5 16 L 16 13 L 20.5 13 M 6.5 5 L 17.5 5 L 20.5 13 L 20.5 17 C 20.5 18.5 "
     "19.5 19.5 18 "
     "19.5 L 6 19.5 C 4.5 19.5 3.5 18.5 3.5 17 L 3.5 13 Z",
     ""},                                                                           // Empty
    {"R 4 5.5 16 15 2.5 M 4 10.5 L 20 10.5 M 8.5 3 L 8.5 7 M 15.5 3 L 15.5 7", ""}, // Calendar
    {"M 2.5 6.5 L 14 6.5 L 14 16.5 L 9.5 16.5 M 5 16.5 L 2.5 16.5 L 2.5 6.5 M 14 10 L 18 10 L 21.5 13.2 L "
     "21.5 16.5 L 19.5 "
     "16.5 M 15 16.5 L 14 16.5 O 7.2 17 2.2 O 17.2 17 2.2",
     ""},                                                    // Truck
    {"M 5 12.5 L 10 17.5 L 19.5 7", ""},                     // Check
    {"O 12 12 8", "A 12 12 8 90 180 Z"},                     // Half
    {"O 12 12 8", "M 12 12 L 12 4 C 16.4 4 20 7.6 20 12 Z"}, // Quarter
    {"", "R 4.5 4.5 15 15 2"},                               // Square
    {"R 4 4 16 16 2.5", "R 8.2 8.2 7.6 7.6 1"},              // Boxed
    {"", "M 3.5 4.5 L 21 12 L 3.5 19.5 L 7 12 Z"},           // Arrow
    {"", "O 12 12 6.5"},                                     // Dot
    {"M 6 6 L 18 18 M 18 6 L 6 18", ""},                     // Cross
    {"", "R 5.5 4.5 4.6 15 1 R 13.9 4.5 4.6 15 1"},          // Pause
    {"O 12 12 7.5", ""},                                     // Ring
    {"M 12 5 L 12 19 M 5 12 L 19 12", ""},                   // Plus
    {"M 5 12 L 19 12", ""},                                  // Minus
    {"M 7 14 L 12 9 L 17 14", ""},                           // ChevronUp
    {"M 15.5 2.5 L 19 6 L 15.5 9.5 M 19 6 L 8 6 C 5.8 6 4 7.8 4 10 L 4 13 R 9.5 11 10.5 9.5 2",
     ""},                                                                                   // TurnRight
    {"R 3.5 4.5 17 15 2.5 M 9.5 4.5 L 9.5 19.5 M 6.2 8.5 L 6.8 8.5 M 6.2 12 L 6.8 12", ""}, // Sidebar
    {"M 3.5 4 L 3.5 20 M 20.5 4 L 20.5 20 M 7 12 L 17 12 M 9.5 9.2 L 6.8 12 L 9.5 14.8 M 14.5 9.2 L 17.2 12 "
     "L 14.5 14.8",
     ""}, // FitWidth
    {"M 4 8.5 L 4 4 L 8.5 4 M 15.5 4 L 20 4 L 20 8.5 M 20 15.5 L 20 20 L 15.5 20 M 8.5 20 L 4 20 L 4 15.5 R "
     "8.5 8 7 8 1",
     ""}, // FitPage
    {"M 4 6.5 L 20 6.5 M 8.5 12 L 20 12 M 8.5 17.5 L 20 17.5 M 4.2 12 L 4.8 12 M 4.2 17.5 L 4.8 17.5",
     ""},                                                       // Outline
    {"M 4 6.5 L 20 6.5 M 4 12 L 20 12 M 4 17.5 L 14 17.5", ""}, // List
    {"M 12 4 L 12 14.5 M 7.5 10.5 L 12 15 L 16.5 10.5 M 4 16.5 L 4 18 C 4 19.2 4.8 20 6 20 L 18 20 C 19.2 20 "
     "20 19.2 20 18 L 20 16.5",
     ""}, // Save
    {"M 7 8.5 L 7 3.5 L 17 3.5 L 17 8.5 M 7 17 L 5.5 17 C 4.4 17 3.5 16.1 3.5 15 L 3.5 10.5 C 3.5 9.4 4.4 "
     "8.5 "
     "5.5 8.5 L 18.5 8.5 C 19.6 8.5 20.5 9.4 20.5 10.5 L 20.5 15 C 20.5 16.1 19.6 17 18.5 17 L 17 17 R 7 14 "
     "10 "
     "6.5 1",
     ""}, // Print
}};

class PathReader
{
public:
    explicit PathReader(const char *text)
        : m_tokens(QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts))
    { }

    QPainterPath read()
    {
        while (m_next < m_tokens.size())
            step(m_tokens[m_next++].at(0).toLatin1());
        return m_path;
    }

private:
    double number() { return m_next < m_tokens.size() ? m_tokens[m_next++].toDouble() : 0; }
    QPointF point()
    {
        const double x = number();
        return {x, number()};
    }
    void step(char command)
    {
        if (command == 'M') {
            m_path.moveTo(point());
        } else if (command == 'L') {
            m_path.lineTo(point());
        } else if (command == 'C') {
            const QPointF first = point();
            const QPointF second = point();
            m_path.cubicTo(first, second, point());
        } else if (command == 'O') {
            const QPointF centre = point();
            const double radius = number();
            m_path.addEllipse(centre, radius, radius);
        } else if (command == 'R') {
            const QPointF corner = point();
            const QPointF size = point();
            const double radius = number();
            m_path.addRoundedRect(QRectF(corner, QSizeF(size.x(), size.y())), radius, radius);
        } else if (command == 'A') {
            const QPointF centre = point();
            const double radius = number();
            const QPointF angles = point();
            const QRectF box(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
            m_path.arcMoveTo(box, angles.x());
            m_path.arcTo(box, angles.x(), angles.y());
        } else {
            m_path.closeSubpath();
        }
    }

    QStringList m_tokens;
    qsizetype m_next = 0;
    QPainterPath m_path;
};

struct Paths
{
    QPainterPath stroked;
    QPainterPath filled;
};

const Paths &pathsOf(Icon icon)
{
    static std::array<Paths, drawings.size()> known;
    const auto index = static_cast<std::size_t>(icon);
    Paths &paths = known[index];
    if (paths.stroked.isEmpty() && paths.filled.isEmpty())
        paths = {PathReader(drawings[index].stroked).read(), PathReader(drawings[index].filled).read()};
    return paths;
}

class Engine final : public QIconEngine
{
public:
    explicit Engine(Icon icon)
        : m_icon(icon)
    { }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        Icons::paint(*painter, m_icon, rect, palette.color(group, QPalette::ButtonText));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine *clone() const override { return new Engine(m_icon); }

private:
    Icon m_icon;
};

constexpr std::pair<char16_t, Icon> symbols[] = {
    {u'✓', Icon::Check},   {u'✔', Icon::Check},   {u'◐', Icon::Half},    {u'◑', Icon::Half},
    {u'◔', Icon::Quarter}, {u'◷', Icon::Quarter}, {u'■', Icon::Square},  {u'▣', Icon::Boxed},
    {u'▶', Icon::Arrow},   {u'➤', Icon::Arrow},   {u'●', Icon::Dot},     {u'○', Icon::Ring},
    {u'✕', Icon::Cross},   {u'✗', Icon::Cross},   {u'×', Icon::Cross},   {u'⏸', Icon::Pause},
    {u'!', Icon::Warning}, {u'⚠', Icon::Warning}, {u'↻', Icon::Refresh}, {u'⟳', Icon::Refresh},
};

} // namespace

void paint(QPainter &painter, Icon icon, const QRectF &square, const QColor &colour)
{
    const Paths &paths = pathsOf(icon);
    const double scale = square.width() / 24.0;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(scale, scale);
    // Strokes keep about one and a half pixels at small sizes, where a scaled one would turn grey.
    const double stroke = std::max(1.7, 1.35 / scale);
    painter.setPen(QPen(colour, stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(paths.stroked);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPath(paths.filled);
    painter.restore();
}

QIcon icon(Icon icon)
{
    return QIcon(new Engine(icon));
}

void paintSymbol(QPainter &painter, const QString &symbol, const QRectF &square, const QColor &colour)
{
    if (symbol.isEmpty())
        return;
    for (const auto &[character, icon] : symbols) {
        if (symbol.at(0) == QChar(character)) {
            paint(painter, icon, square, colour);
            return;
        }
    }
    painter.save();
    painter.setPen(colour);
    painter.drawText(square, static_cast<int>(Qt::AlignCenter) | Qt::TextDontClip, symbol);
    painter.restore();
}

} // namespace Counterfoil::Icons
