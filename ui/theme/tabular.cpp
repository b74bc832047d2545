#include "tabular.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QRawFont>

#include <algorithm>
#include <vector>

namespace Counterfoil::Tabular {

namespace {

// What is needed of one font, computed once; the GUI thread alone draws text.
struct Face
{
    QFont font;
    QRawFont raw;
    qreal digit = 0;
};

constexpr std::size_t faceLimit = 16;

const Face &faceOf(const QFont &font)
{
    static std::vector<Face> faces;
    const auto known
        = std::find_if(faces.begin(), faces.end(), [&font](const Face &face) { return face.font == font; });
    if (known != faces.end())
        return *known;
    if (faces.size() >= faceLimit)
        faces.clear();
    Face face{font, QRawFont::fromFont(font), 0};
    const auto digits = face.raw.glyphIndexesForString(QStringLiteral("0123456789"));
    for (const QPointF &advance : face.raw.advancesForGlyphIndexes(digits))
        face.digit = std::max(face.digit, advance.x());
    return faces.emplace_back(std::move(face));
}

struct Layout
{
    QList<quint32> glyphs; // empty where the font lacks one: then plain text it is
    QList<QPointF> positions;
    qreal width = 0;
};

Layout layOut(const QString &text, const Face &face)
{
    Layout layout;
    if (face.digit <= 0)
        return layout;
    const QList<quint32> glyphs = face.raw.glyphIndexesForString(text);
    if (glyphs.size() != text.size() || glyphs.contains(0))
        return layout;
    const QList<QPointF> advances = face.raw.advancesForGlyphIndexes(glyphs);
    layout.positions.reserve(glyphs.size());
    for (qsizetype i = 0; i < glyphs.size(); ++i) {
        const qreal own = advances[i].x();
        const qreal cell = text[i].isDigit() ? face.digit : own;
        layout.positions.append(QPointF(layout.width + (cell - own) / 2, 0));
        layout.width += cell;
    }
    layout.glyphs = glyphs;
    return layout;
}

} // namespace

qreal width(const QString &text, const QFont &font)
{
    const Layout layout = layOut(text, faceOf(font));
    return layout.glyphs.isEmpty() ? QFontMetricsF(font).horizontalAdvance(text) : layout.width;
}

void draw(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text,
          const QFont &font)
{
    const Face &face = faceOf(font);
    const Layout layout = layOut(text, face);
    if (layout.glyphs.isEmpty() || layout.width > rect.width()) {
        painter.setFont(font);
        const QString shown = QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width());
        painter.drawText(rect, static_cast<int>(alignment | Qt::AlignVCenter | Qt::TextSingleLine), shown);
        return;
    }
    const QFontMetricsF metrics(font);
    qreal x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - layout.width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - layout.width / 2;
    const qreal baseline = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    QGlyphRun run;
    run.setRawFont(face.raw);
    run.setGlyphIndexes(layout.glyphs);
    run.setPositions(layout.positions);
    painter.drawGlyphRun(QPointF(x, qRound(baseline)), run);
}

} // namespace Counterfoil::Tabular
