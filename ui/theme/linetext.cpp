#include "linetext.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QRawFont>
#include <QVarLengthArray>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

namespace Counterfoil::LineText {

namespace {

constexpr char16_t firstMark = 0x300; // from here on, characters may combine
constexpr char16_t softHyphen = 0xad;
constexpr char16_t firstControl = 0x7f;
constexpr char16_t lastControl = 0x9f;
constexpr char16_t ellipsis = 0x2026;

// What is plain beyond Latin.
struct Range
{
    char16_t first;
    char16_t last;
};
constexpr Range plainRanges[] = {
    {0x2009, 0x2009}, // thin space
    {0x2010, 0x2027}, // dashes, quotation marks, the ellipsis
    {0x202f, 0x203a}, // the narrow space between thousands, per mille, primes, quotation marks
    {0x20a0, 0x20c0}, // currencies
    {0x2212, 0x2212}, // minus
};
constexpr std::size_t tableSize = 0x380;

// Where a character's glyph stands in a face's table; 0: it is for Qt to lay out.
std::size_t placeOf(char16_t c)
{
    if (c < firstMark)
        return c >= u' ' && c != softHyphen && (c < firstControl || c > lastControl) ? c : 0;
    std::size_t place = firstMark;
    for (const Range &range : plainRanges) {
        if (c >= range.first && c <= range.last)
            return place + (c - range.first);
        place += range.last - range.first + 1U;
    }
    return 0;
}

struct Glyph
{
    quint32 index = 0;
    float advance = 0; // in pixels
    enum class State : quint8 { Unknown, Here, Missing } state = State::Unknown;
};

// What is needed of one font; the GUI thread alone draws text.
class Face
{
public:
    explicit Face(const QFont &font)
        : m_font(font)
        , m_raw(QRawFont::fromFont(font))
        , m_height(QFontMetricsF(font).height())
        , m_ascent(QFontMetricsF(font).ascent())
    {
        for (char16_t digit = u'0'; digit <= u'9'; ++digit)
            m_digit = std::max(m_digit, glyph(digit).advance);
    }

    const QFont &font() const { return m_font; }
    const QRawFont &raw() const { return m_raw; }
    float digit() const { return m_digit; }
    qreal baseline(const QRectF &rect) const
    {
        return std::round(rect.top() + (rect.height() - m_height) / 2 + m_ascent);
    }

    const Glyph &glyph(char16_t c)
    {
        Glyph &glyph = m_glyphs[placeOf(c)];
        if (glyph.state != Glyph::State::Unknown)
            return glyph;
        const QList<quint32> found = m_raw.glyphIndexesForString(QString(QChar(c)));
        const bool known = placeOf(c) > 0 && found.size() == 1 && found.constFirst() != 0;
        glyph.state = known ? Glyph::State::Here : Glyph::State::Missing;
        if (known) {
            glyph.index = found.constFirst();
            glyph.advance = static_cast<float>(m_raw.advancesForGlyphIndexes(found).constFirst().x());
        }
        return glyph;
    }

private:
    QFont m_font;
    QRawFont m_raw;
    qreal m_height;
    qreal m_ascent;
    float m_digit = 0;
    std::array<Glyph, tableSize> m_glyphs; // looked up when first used
};

constexpr std::size_t faceLimit = 16;

Face &faceOf(const QFont &font)
{
    static std::vector<std::unique_ptr<Face>> faces;
    const auto known
        = std::ranges::find_if(faces, [&font](const auto &face) { return face->font() == font; });
    if (known != faces.end())
        return **known;
    if (faces.size() >= faceLimit)
        faces.clear();
    return *faces.emplace_back(std::make_unique<Face>(font));
}

struct Line
{
    QVarLengthArray<quint32, 64> glyphs;
    QVarLengthArray<QPointF, 64> positions;
    QVarLengthArray<float, 64> ends; // of each glyph's own room
    float width = 0;
    bool isPlain = true;
};

void append(Line &line, const Glyph &glyph, float room)
{
    line.glyphs.append(glyph.index);
    line.positions.append(QPointF(static_cast<qreal>(line.width + (room - glyph.advance) / 2), 0));
    line.width += room;
    line.ends.append(line.width);
}

Line layOut(const QString &text, Face &face, Digits digits)
{
    Line line;
    for (const QChar c : text) {
        const Glyph &glyph = face.glyph(c.unicode());
        if (glyph.state == Glyph::State::Missing) {
            line.isPlain = false;
            return line;
        }
        const bool even = digits == Digits::Even && c >= u'0' && c <= u'9';
        append(line, glyph, even ? face.digit() : glyph.advance);
    }
    return line;
}

void elide(Line &line, Face &face, qreal room)
{
    const Glyph &dots = face.glyph(ellipsis);
    qsizetype kept = line.glyphs.size();
    while (kept > 0 && static_cast<qreal>(line.ends[kept - 1] + dots.advance) > room)
        --kept;
    line.glyphs.resize(kept);
    line.positions.resize(kept);
    line.ends.resize(kept);
    line.width = kept > 0 ? line.ends.back() : 0;
    append(line, dots, dots.advance);
}

int roundedUp(qreal width)
{
    constexpr qreal tolerance = 0.01; // advances are sums of sixty-fourths
    return static_cast<int>(std::ceil(width - tolerance));
}

qreal drawAsQtDoes(QPainter &painter, const QRectF &rect, Qt::Alignment side, const QString &text,
                   const QFont &font)
{
    const QFontMetricsF metrics(font);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, rect.width());
    const QFont before = painter.font();
    painter.setFont(font);
    painter.drawText(rect, int(side | Qt::AlignAbsolute | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
    painter.setFont(before);
    return metrics.horizontalAdvance(shown);
}

} // namespace

bool isPlain(const QString &text, const QFont &font)
{
    return layOut(text, faceOf(font), Digits::Own).isPlain;
}

int width(const QString &text, const QFont &font, Digits digits)
{
    const Line line = layOut(text, faceOf(font), digits);
    return roundedUp(line.isPlain ? static_cast<qreal>(line.width)
                                  : QFontMetricsF(font).horizontalAdvance(text));
}

qreal draw(QPainter &painter, const QRectF &rect, Qt::Alignment side, const QString &text, const QFont &font,
           Digits digits)
{
    if (text.isEmpty())
        return 0;
    Face &face = faceOf(font);
    Line line = layOut(text, face, digits);
    if (!line.isPlain || face.glyph(ellipsis).state == Glyph::State::Missing)
        return drawAsQtDoes(painter, rect, side, text, font);
    if (roundedUp(static_cast<qreal>(line.width)) > std::ceil(rect.width())) {
        if (static_cast<qreal>(face.glyph(ellipsis).advance) > rect.width())
            return 0;
        elide(line, face, rect.width());
    }
    const auto width = static_cast<qreal>(line.width);
    qreal x = rect.left();
    if (side & Qt::AlignRight)
        x = rect.right() - width;
    else if (side & Qt::AlignHCenter)
        x = rect.center().x() - width / 2;
    QGlyphRun run;
    run.setRawFont(face.raw());
    run.setRawData(line.glyphs.constData(), line.positions.constData(), static_cast<int>(line.glyphs.size()));
    painter.drawGlyphRun(QPointF(x, face.baseline(rect)), run);
    return width;
}

} // namespace Counterfoil::LineText
