#include "papersheet.h"

#include <QPainterPath>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr double scale = PaperType::unitsPerPoint;
constexpr int pointsPerInch = 72;

// True when each letter is one glyph, the one that stands for it alone: a reader then finds the letters
// behind the glyphs.
bool tellsItsText(const QGlyphRun &run, const QString &word)
{
    QList<quint32> nominal = run.rawFont().glyphIndexesForString(word);
    if (run.isRightToLeft())
        std::reverse(nominal.begin(), nominal.end());
    if (nominal.contains(0))
        return false;
    QList<quint32> drawn = run.glyphIndexes();
    if (drawn == nominal)
        return true;
    // Qt hands the glyphs of a run from right to left over in the order of the text.
    std::reverse(nominal.begin(), nominal.end());
    return run.isRightToLeft() && drawn == nominal;
}

} // namespace

PaperSheet::PaperSheet(const PaperType &type, QPageSize::PageSizeId size, const QString &title,
                       const PaperFile &embedded)
    : m_type(type)
    , m_writer(&m_buffer)
{
    m_buffer.open(QIODevice::WriteOnly);
    m_writer.setPageLayout(QPageLayout(QPageSize(size), QPageLayout::Portrait, QMarginsF()));
    m_writer.setResolution(pointsPerInch * PaperType::unitsPerPoint);
    m_writer.setTitle(title);
    m_writer.setCreator(QStringLiteral("Counterfoil"));
    if (!embedded.bytes.isEmpty())
        m_writer.addFileAttachment(embedded.name, embedded.bytes, embedded.mediaType);
    const QSizeF points = QPageSize(size).size(QPageSize::Point);
    m_width = points.width();
    m_height = points.height();
    m_sound = m_painter.begin(&m_writer);
}

void PaperSheet::text(double x, double baseline, const PaperLine &line, Lettering lettering, Edge edge,
                      QRgb ink)
{
    if (line.text.isEmpty())
        return;
    QTextLayout layout(line.text, m_type.font(lettering));
    const QTextLine shaped = layOutLine(layout, line.rightToLeft);
    const double wide = shaped.naturalTextWidth();
    const double shift = edge == Edge::Left ? 0 : edge == Edge::Right ? wide : wide / 2;
    const QPointF origin(x * scale - shift, baseline * scale - shaped.ascent());
    const QList<QGlyphRun> runs = shaped.glyphRuns();
    if (runs.size() == 1 && tellsItsText(runs.first(), line.text)) {
        m_painter.setPen(QColor::fromRgba(ink));
        m_painter.drawGlyphRun(origin, runs.first());
        return;
    }
    for (qsizetype begin = 0; begin < line.text.size();) {
        qsizetype end = begin;
        while (end < line.text.size() && !line.text.at(end).isSpace())
            ++end;
        if (end > begin)
            word(shaped, int(begin), line.text.mid(begin, end - begin), origin, ink);
        begin = end + 1;
    }
}

std::vector<PaperSheet::Letters> PaperSheet::lettersOf(const QTextLine &line, int start, const QString &word)
{
    std::vector<Letters> all;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const bool pair = word.at(i).isHighSurrogate() && i + 1 < word.size();
        const QString letter = word.mid(i, pair ? 2 : 1);
        const QList<QGlyphRun> runs = line.glyphRuns(start + int(i), pair ? 2 : 1);
        // A mark that melted into the letter before it has no glyph of its own.
        const bool own = !runs.isEmpty();
        if (all.empty()
            || (own
                && (runs.first().rawFont() != all.back().font
                    || runs.first().isRightToLeft() != all.back().rightToLeft))) {
            if (own)
                all.push_back({runs.first().rawFont(), runs.first().isRightToLeft(), start + int(i), letter});
        } else {
            all.back().text += letter;
        }
        i += pair ? 1 : 0;
    }
    return all;
}

void PaperSheet::word(const QTextLine &line, int start, const QString &word, QPointF origin, QRgb ink)
{
    for (const Letters &letters : lettersOf(line, start, word)) {
        const QList<QGlyphRun> runs = line.glyphRuns(letters.start, int(letters.text.size()));
        if (runs.size() == 1 && tellsItsText(runs.first(), letters.text)) {
            m_painter.setPen(QColor::fromRgba(ink));
            m_painter.drawGlyphRun(origin, runs.first());
        } else {
            shapes(runs, origin, ink);
            unseen(line, letters, origin);
        }
    }
}

// Qt writes for each glyph the letter that it stands for alone. Where letters join, stack or change places
// (Arabic, Devanagari, ligatures) that would be wrong or nothing: they are drawn as shapes, and the letters
// are laid over them, unseen.
void PaperSheet::shapes(const QList<QGlyphRun> &runs, QPointF origin, QRgb ink)
{
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    for (const QGlyphRun &run : runs) {
        const QList<quint32> glyphs = run.glyphIndexes();
        const QList<QPointF> places = run.positions();
        for (qsizetype i = 0; i < glyphs.size(); ++i)
            path.addPath(run.rawFont().pathForGlyph(glyphs.at(i)).translated(origin + places.at(i)));
    }
    m_painter.fillPath(path, QColor::fromRgba(ink));
}

// The letters are as wide together as the shapes are, since readers sort letters by their places.
void PaperSheet::unseen(const QTextLine &line, const Letters &letters, QPointF origin)
{
    QList<quint32> glyphs = letters.font.glyphIndexesForString(letters.text);
    if (letters.rightToLeft)
        std::reverse(glyphs.begin(), glyphs.end());
    double advance = 0;
    QList<QPointF> places;
    for (const QPointF &step : letters.font.advancesForGlyphIndexes(glyphs)) {
        places.append(QPointF(advance, 0));
        advance += step.x();
    }
    const double from = line.cursorToX(letters.start);
    const double to = line.cursorToX(letters.start + int(letters.text.size()));
    if (advance <= 0 || qFuzzyCompare(from, to))
        return;
    QGlyphRun run;
    run.setRawFont(letters.font);
    run.setGlyphIndexes(glyphs);
    run.setPositions(places);
    m_painter.save();
    m_painter.setPen(QColor(0, 0, 0, 0));
    m_painter.translate(origin.x() + std::min(from, to), origin.y() + line.ascent());
    m_painter.scale(std::abs(to - from) / advance, 1);
    m_painter.drawGlyphRun(QPointF(), run);
    m_painter.restore();
}

void PaperSheet::rule(double x1, double x2, double y, QRgb ink, double thickness)
{
    box(QRectF(x1, y - thickness / 2, x2 - x1, thickness), ink);
}

void PaperSheet::cutLine(double x1, double x2, double y)
{
    QPen pen(QColor::fromRgba(Ink::muted), 0.6 * scale);
    pen.setDashPattern({5, 5});
    pen.setCapStyle(Qt::FlatCap);
    m_painter.setPen(pen);
    m_painter.drawLine(QPointF(x1, y) * scale, QPointF(x2, y) * scale);
}

void PaperSheet::box(const QRectF &area, QRgb ink, double radius)
{
    const QRectF scaled(area.topLeft() * scale, area.size() * scale);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(QColor::fromRgba(ink));
    if (radius > 0)
        m_painter.drawRoundedRect(scaled, radius * scale, radius * scale);
    else
        m_painter.drawRect(scaled);
}

void PaperSheet::nextPage()
{
    m_sound = m_writer.newPage() && m_sound;
}

QByteArray PaperSheet::finish()
{
    m_sound = m_painter.end() && m_sound;
    m_buffer.close();
    return m_sound ? m_buffer.data() : QByteArray();
}

} // namespace Counterfoil
